/* The other versions of the site, where it is published in a folder beside them with the list mike keeps
   (../versions.json). The list is data: all of it is understood, or nothing changes in the page. */
;(function () {
  "use strict"
  var IN_FORCE = "en-vigueur", DRAFT = "projet"
  var NAME = /^[A-Za-z0-9][\w.+-]{0,63}$/
  var MARKS = /[<>\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/
  var root = new URL("..", document.currentScript.src)
  var parent = new URL("..", root), folder = decoded(root.pathname.slice(parent.pathname.length, -1))
  var page = location.pathname.slice(root.pathname.length)
  if (!/^https?:$/.test(location.protocol) || root.origin !== location.origin) return
  if (!location.pathname.startsWith(root.pathname) || !NAME.test(folder)) return
  if (!/\d/.test(folder) && folder !== IN_FORCE && folder !== DRAFT) return /* no folder of a version: nothing to ask */

  function decoded(text) {
    try { return decodeURIComponent(text) } catch (error) { return "" }
  }

  function element(name, className, text) {
    var made = document.createElement(name)
    if (className) made.className = className
    if (text) made.textContent = text
    return made
  }

  function understood(list) {
    if (!Array.isArray(list) || !list.length || list.length > 500) return null
    var read = list.map(function (entry) {
      if (!entry || typeof entry.version !== "string" || !NAME.test(entry.version)) return null
      var title = entry.title === undefined ? entry.version : entry.title
      var aliases = entry.aliases === undefined ? [] : entry.aliases
      if (typeof title !== "string" || !title.trim() || title.length > 200 || MARKS.test(title)) return null
      if (!Array.isArray(aliases)) return null
      if (!aliases.every(function (alias) { return typeof alias === "string" && NAME.test(alias) })) return null
      return { name: entry.version, title: title, aliases: aliases }
    })
    return read.every(Boolean) ? read : null
  }

  /* A link to a version: to its home, then to this same page once it is known to be there. */
  function lead(link, name) {
    var home = new URL(name + "/index.html", parent), same = new URL(name + "/" + page, parent)
    link.href = home.href
    return function () {
      fetch(same, { method: "HEAD", redirect: "manual", credentials: "same-origin" }).then(function (answer) {
        if (answer.ok) link.href = same.href
      }).catch(function () {})
    }
  }

  function menu(list, current, inForce) {
    var block = document.querySelector(".bandeau__version")
    if (!block) return
    var holder = element("div", "bandeau__version bandeau__version--choix"), button = element("button")
    var choices = element("ul", "bandeau__versions"), checks = [], covered = document.querySelectorAll("nav.menu")
    button.type = "button"
    button.append.apply(button, block.childNodes)
    button.append(element("span", "lu", ", choisir une version"))
    button.setAttribute("aria-controls", (choices.id = "page--versions"))
    list.forEach(function (version) {
      var item = element("li"), link = element("a")
      var words = [version === current && "celle que vous lisez", version === inForce && "en vigueur"]
      words.push(version.aliases.indexOf(DRAFT) >= 0 && "projet")
      link.append(element("bdi", "", version.title))
      words = words.filter(Boolean).join(", ")
      if (words) link.append(" ", element("span", "bandeau__mention", "(" + words + ")"))
      if (version === current) link.setAttribute("aria-current", "true")
      checks.push(lead(link, version === current ? folder : version.name))
      item.append(link)
      choices.append(item)
    })
    function show(open) {
      choices.hidden = !open
      button.setAttribute("aria-expanded", open)
      covered.forEach(function (nav) { nav.inert = open }) // half hidden under the list, it is not to be used
      if (open) checks.splice(0).forEach(function (check) { check() })
    }
    show(false)
    button.addEventListener("click", function () { show(choices.hidden) })
    holder.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || choices.hidden) return
      show(false)
      button.focus()
    })
    holder.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !holder.contains(event.relatedTarget)) show(false)
    })
    document.addEventListener("click", function (event) { if (!holder.contains(event.target)) show(false) })
    holder.append(button, choices)
    block.replaceWith(holder)
  }

  function banner(list, current, inForce, alias) {
    var past = list.indexOf(current) > list.indexOf(inForce) && current.aliases.indexOf(DRAFT) < 0
    var aside = element("aside", "md-banner version-autre"), inside = element("p", "md-banner__inner md-grid")
    var link = element("a", "", alias ? "Lire la version en vigueur" : "Lire la version la plus récente")
    aside.setAttribute("aria-label", "Cette version")
    inside.append(past ? "Vous lisez une version archivée. " : "Vous lisez une version qui n’est pas en vigueur. ", link)
    aside.append(inside)
    lead(link, alias ? IN_FORCE : inForce.name)()
    document.querySelector("header.bandeau").before(aside)
  }

  fetch(new URL("versions.json", parent), { redirect: "error", credentials: "same-origin" }).then(function (answer) {
    if (answer.ok) return answer.json()
    if (answer.body) answer.body.cancel() // read or refused: an answer left open keeps the page busy
    return null
  }).then(understood).then(function (list) {
    if (!list) return
    var found = list.find(function (version) { return version.aliases.indexOf(IN_FORCE) >= 0 })
    var current = list.find(function (version) { return version.name === folder || version.aliases.indexOf(folder) >= 0 })
    if (!current) return
    menu(list, current, found || list[0])
    if (current !== (found || list[0])) banner(list, current, found || list[0], Boolean(found))
  }).catch(function () { /* no list, or not one: the page stays as it is */ })
})()
