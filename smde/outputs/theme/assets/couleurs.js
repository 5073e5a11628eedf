/* The colours a reader asked for, put on while the page is read, before anything is drawn; and the button that changes
   them, made here since it is of no use without a script. */
;(function () {
  "use strict"
  var NEXT = { systeme: "clair", clair: "sombre", sombre: "systeme" }
  var WORDS = {
    systeme: "Couleurs : comme le système. Passer en clair",
    clair: "Couleurs : clair. Passer en sombre",
    sombre: "Couleurs : sombre. Suivre le système",
  }
  var key = new URL("..", document.currentScript.src).pathname + "couleurs"
  var dark = matchMedia("(prefers-color-scheme: dark)"), asked = "systeme", button = document.createElement("button")
  try { asked = localStorage.getItem(key) || asked } catch (error) { /* nothing is kept where a browser forbids it */ }
  if (!NEXT[asked]) asked = "systeme"

  function show() {
    var night = asked === "sombre" || (asked === "systeme" && dark.matches)
    document.body.dataset.mdColorScheme = night ? "slate" : "default"
    document.querySelector("meta[name=color-scheme]").content = night ? "dark" : "light"
    button.dataset.couleurs = asked
    button.title = WORDS[asked]
    button.setAttribute("aria-label", WORDS[asked])
  }

  document.documentElement.classList.replace("no-js", "js")
  button.type = "button"
  button.className = "md-header__button md-icon bandeau__couleurs"
  button.addEventListener("click", function () {
    asked = NEXT[asked]
    try { localStorage.setItem(key, asked) } catch (error) { /* the choice lasts as long as the page */ }
    show()
  })
  dark.addEventListener("change", show)
  show()
  document.currentScript.replaceWith(button)
  document.addEventListener("DOMContentLoaded", function () { /* around the page, phones take the colour of its header */
    var meta = document.createElement("meta")
    meta.name = "theme-color"
    meta.content = getComputedStyle(document.querySelector(".bandeau")).backgroundColor
    document.head.append(meta)
  })
})()
