/* What the page cannot say in HTML alone: the drawer of the menu, the folds that a link leads into, which areas scroll. */
document.querySelectorAll("button[data-case]").forEach(function (button) {
  var box = document.getElementById(button.dataset.case)
  button.addEventListener("click", function () {
    box.click()
    var first = document.querySelector(".menu a")
    if (box.checked) setTimeout(function () { first.focus() }, 300)
  })
  if (!button.hasAttribute("aria-expanded")) return
  box.addEventListener("change", function () { button.setAttribute("aria-expanded", box.checked) })
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && box.checked) { box.click(); button.focus() }
  })
})

function unfold(event) { /* recent browsers open the folds, and may scroll before it is done */
  var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1))
  if (!target || !target.closest(event ? "details" : "details:not([open])")) return
  for (var fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true
  target.scrollIntoView()
}
addEventListener("hashchange", unfold)
unfold()

function measure(areas) { /* all is read before anything is written: one layout for the whole page */
  areas.map(function (area) { return area.scrollWidth - area.clientWidth }).forEach(function (hidden, rank) {
    var area = areas[rank]
    if (hidden > 1) area.setAttribute("tabindex", "0")
    else area.removeAttribute("tabindex")
    area.classList.toggle("suite", hidden - area.scrollLeft > 1)
  })
}
var scrolling = ".tableau, .dessin, pre > code"
function measureAll() { measure(Array.from(document.querySelectorAll(scrolling))) }
measureAll()
addEventListener("resize", measureAll)
document.addEventListener("toggle", measureAll, true)
document.addEventListener("scroll", function (event) {
  if (event.target.matches && event.target.matches(scrolling)) measure([event.target])
}, { passive: true, capture: true })

/* On paper, a fold is open: it cannot be asked to. */
addEventListener("beforeprint", function () {
  var folds = document.querySelectorAll("details:not([open])")
  folds.forEach(function (fold) { fold.open = true })
  addEventListener("afterprint", function () { folds.forEach(function (fold) { fold.open = false }) }, { once: true })
})
