/* The search as a person sees it: a dialog that opens with a button, « / » or Ctrl+K; it is made here, being of no use
   without a script. The engine, the index and the look of the dialog come when it opens for the first time; they are
   scripts, which a browser also reads from a folder. */
;(function () {
  "use strict"
  var button = document.querySelector(".recherche-ouvrir"), dialog = element("dialog", "recherche")
  if (!button || !dialog.showModal) return
  dialog.setAttribute("aria-label", "Recherche")
  dialog.innerHTML = '<form class="recherche__saisie" role="search">' +
    '<input type="text" name="mots" class="recherche__mots" aria-label="Rechercher dans la stratégie"' +
    ' aria-describedby="recherche-aide" placeholder="Un mot, un sigle, un numéro d’action…" inputmode="search"' +
    ' enterkeyhint="search" autocapitalize="off" autocomplete="off" autocorrect="off" spellcheck="false" maxlength="500">' +
    '<button type="button" class="recherche__fermer">Fermer</button></form>' +
    '<div class="recherche__corps"><div class="recherche__bilan"></div><p class="recherche__dit" role="status"></p>' +
    '<ol class="recherche__liste"></ol><button type="button" class="recherche__suite" hidden></button></div>' +
    '<p class="recherche__aide" id="recherche-aide"><span><kbd>↓</kbd> <kbd>↑</kbd> choisir</span>' +
    ' <span><kbd>Entrée</kbd> ouvrir</span> <span><kbd>Échap</kbd> fermer</span></p>'
  button.after(dialog)
  var root = button.dataset.racine + "/", place = root + "assets/recherche/"
  var form = dialog.querySelector("form"), field = dialog.querySelector(".recherche__mots")
  var summary = dialog.querySelector(".recherche__bilan"), spoken = dialog.querySelector("[role=status]")
  var list = dialog.querySelector(".recherche__liste"), more = dialog.querySelector(".recherche__suite")
  var plan = button.dataset.plan
  var PAGE = 20, CODE = /^[A-Za-z]{1,4}-?\d{1,4}$/
  var engine = null, state = "", answer = null, waiting = false, timer, opener

  function element(name, className, text) {
    var made = document.createElement(name)
    if (className) made.className = className
    if (text) made.textContent = text
    return made
  }

  function load(name, tag, attribute) {
    return new Promise(function (done, failed) {
      var made = element(tag)
      if (tag === "link") made.rel = "stylesheet"
      else made.async = false
      made.onload = done
      made.onerror = failed
      made[attribute] = place + name
      document.head.append(made)
    })
  }

  function begin() {
    if (state === "loading" || state === "ready") return
    state = "loading"
    Promise.all([
      load("termes.js", "script", "src"),
      load("moteur.js", "script", "src"),
      load("index.js", "script", "src"),
    ]).then(function () {
      engine = window.smdeMoteur(window.smdeIndex)
      ;(function work() {
        if (engine.learn(25)) {
          state = "ready"
          dialog.dataset.pret = ""
          answered()
        } else setTimeout(work)
      })()
    }).catch(function () {
      state = "failed"
      answered()
    })
  }

  function open() {
    if (dialog.open) return
    opener = document.activeElement
    begin()
    load.look = load.look || load("recherche.css", "link", "href")
    load.look.catch(function () {}).then(function () {
      if (dialog.open) return
      dialog.showModal()
      field.focus()
      field.select()
      answered()
    })
  }

  function say(sentences, silently) {
    summary.replaceChildren.apply(summary, sentences.filter(Boolean).map(function (sentence) {
      var paragraph = element("p")
      paragraph.append.apply(paragraph, [].concat(sentence))
      return paragraph
    }))
    clearTimeout(timer)
    var words = summary.innerText.replace(/\s*\n\s*/g, " ")
    if (!silently) timer = setTimeout(function () { spoken.textContent = words }, 400)
  }

  function quoted(words) {
    return words.map(function (word) { return "«\u00a0" + word + "\u00a0»" }).join(", ")
  }

  function count(number) {
    return number.toLocaleString("fr-FR") + (number > 1 ? " résultats" : " résultat")
  }

  function wholeList() {
    var link = element("a", "", "plan du site")
    link.href = root + plan
    return link
  }

  /* What the question became, in sentences. */
  function told(question) {
    var found = answer.results.length, others = [].concat(plan ? [", ou parcourez le ", wholeList()] : [], ".")
    var lost = answer.unknown.filter(function (word) { return !answer.taken.some(function (pair) { return pair[0] === word }) })
    if (!found) return [["Aucun résultat pour " + quoted([question]) + ". Essayez un autre mot, un sigle ou un numéro d’action"].concat(others)]
    var sentences = answer.taken.map(function (pair) { return "Rien pour " + quoted([pair[0]]) + "\u202f: voici ce que donne " + quoted([pair[1]]) + "." })
    if (lost.length) sentences.push("Rien pour " + quoted(lost) + "\u202f: voici ce que donnent les autres mots.")
    return sentences.concat(count(found) + (sentences.length ? "" : " pour " + quoted([question])) + ".")
  }

  function answered() {
    var question = field.value.replace(/\s+/g, " ").trim()
    answer = null
    list.replaceChildren()
    more.hidden = true
    if (state === "failed") return say(["La recherche n’a pas pu être chargée. Rechargez la page pour réessayer."])
    if (!question) return say(["Cherchez un sujet, un acteur, un sigle, ou un élément par son numéro."], true)
    if (state !== "ready") return say(["Préparation de la recherche…"], true)
    answer = engine.search(question)
    say(told(question.length > 80 ? question.slice(0, 80) + "…" : question))
    show()
    if (waiting) follow()
  }

  function show() {
    var from = list.children.length
    list.append.apply(list, answer.results.slice(from, from + PAGE).map(line))
    var left = answer.results.length - list.children.length
    more.hidden = left <= 0
    more.textContent = "Afficher " + (left > PAGE ? "les " + PAGE + " suivants" : left > 1 ? "les " + left + " derniers" : "le dernier")
  }

  function pieces(parent, found) {
    parent.append.apply(parent, found.map(function (piece) { return piece[1] ? element("mark", "", piece[0]) : piece[0] }))
    return parent
  }

  function line(result) {
    var entry = window.smdeIndex[result.rank], item = element("li"), link = element("a"), label = element("span", "recherche__etiquette")
    var code = entry[4][0] && CODE.test(entry[4][0]) ? " " + entry[4][0] : ""
    if (entry[3]) label.append(element("span", "recherche__genre", entry[3] + code))
    entry[5].forEach(function (status) { label.append(" ", element("span", "statut " + status[0], status[1])) })
    link.href = root + entry[0]
    link.append(label, " ", pieces(element("span", "recherche__titre"), engine.marked(entry[1], result.terms)), " ")
    link.append(pieces(element("span", "recherche__extrait"), engine.extract(result.rank, result.terms)))
    item.append(link)
    return item
  }

  /* Open the first result; as soon as there is one, for who does not wait. */
  function follow() {
    var first = list.querySelector("a")
    waiting = !first && state === "loading" && field.value.trim() !== ""
    if (first) first.click()
  }

  button.addEventListener("click", open)
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]")
    var bare = !event.ctrlKey && !event.metaKey && !event.altKey
    var shortcut = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k"
    if (shortcut || (event.key === "/" && bare && !typing)) {
      event.preventDefault()
      open()
    }
  })
  form.addEventListener("submit", function (event) {
    event.preventDefault()
    follow()
  })
  field.addEventListener("input", function () {
    waiting = false
    answered()
  })
  more.addEventListener("click", function () {
    var next = list.children.length
    show()
    list.children[next].querySelector("a").focus()
  })
  dialog.querySelector(".recherche__fermer").addEventListener("click", function () { dialog.close() })
  dialog.addEventListener("click", function (event) {
    if (event.target === dialog || (event.target.closest("a") && bareClick(event))) dialog.close()
  })
  dialog.addEventListener("close", function () {
    waiting = false
    ;(opener && opener !== document.body ? opener : button).focus()
  })
  dialog.addEventListener("keydown", function (event) {
    var links = Array.from(list.querySelectorAll("a")), at = links.indexOf(document.activeElement)
    var to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: at < 0 ? null : 0, End: at < 0 ? null : links.length - 1 }[event.key]
    if (to === undefined || to === null || event.isComposing || document.activeElement === more) return
    event.preventDefault()
    ;(to < 0 ? field : links[Math.min(to, links.length - 1)] || field).focus()
  })

  function bareClick(event) {
    return !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0
  }
})()
