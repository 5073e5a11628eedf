/* What the search finds, and in which order; no word about the page. `smdeMoteur(entries)` gives the engine.

   An entry is [address, title, genre, words for the genre, names, states, texts, chain]; texts alternate between the
   entry's own words and those of its links; in them and in the chain, a number is the entry whose title a link bears. */
window.smdeMoteur = function (entries) {
  "use strict"

  var VIDES = new Set(("a ai au aux avec avoir c ca car ce ceci cela celle celui ces cet cette ceux ci comme comment " +
    "combien d dans de des dit doit donc dont du elle elles en entre es est et etre eu eux fait faire faut font " +
    "il ils j je l la le les leur leurs lui m ma mais me mes mon n ne nos notre nous on ont ou par pas peut plus pour " +
    "pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses si son sont sur t ta te tes toi ton " +
    "tous tout toute toutes tres tu un une va vers vos votre vous y").split(" "))
  var IRREGULIERS = new Map(Object.entries({
    travaux: "travail", baux: "bail", emaux: "email", vitraux: "vitrail", coraux: "corail", yeux: "oeil",
    commune: "commune", communes: "commune", // and not « commun »
  }))
  var BOOST = { noms: 8, titre: 6, genre: 1.5, texte: 1, liens: 0.15 }
  /* An element of the chain comes before what it rests on, and all of them before how the dossier is written. */
  var POIDS = new Map(Object.entries({
    page: 1.5, terme: 0.9, territoire: 0.55, theme: 0.9, source: 0.45, repere: 0.7, guide: 0.3,
  }))
  /* What people say, and how a strategy says it; both folded. */
  var COURANTS = new Map(Object.entries({
    argent: "budget", avion: "aeroport", boulot: "emploi", coute: "cout", fac: "universite", job: "emploi", paie: "financement",
    paye: "financement", payer: "financement", subvention: "financement",
  }))
  var CODE = /^[A-Za-z]{1,4}-?\d{1,4}$/
  var MOT = /[\p{L}\p{N}]+/gu
  var LONGUEUR = 200, MOTS = 16, PAR_MOT = 32, EXTRAIT = 190

  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae")
  }

  /* One word, compared without accent, in the singular, and without the ending of its gender or of its verb: the light
     French stemmer of J. Savoy (2006), whose long words only lose more than their plural. */
  function stem(word) {
    word = plain(word)
    if (IRREGULIERS.has(word)) return IRREGULIERS.get(word)
    if (word.length < 4 || /\d/.test(word)) return word
    if (word.endsWith("eaux")) word = word.slice(0, -1)
    else word = word.endsWith("aux") ? word.slice(0, -2) + "l" : word.replace(/[sx]$/, "")
    return word.length < 6 ? word : word.replace(/r$/, "").replace(/e$/, "").replace(/(.)\1$/, "$1")
  }

  var stems = new Map()

  function fold(word) {
    var known = stems.get(word)
    if (known === undefined) stems.set(word, known = stem(word))
    return known
  }

  /* « 31 000 » is one number, « A-07 » one code as well as two words. */
  function tokens(text) {
    text = text.normalize("NFC").replace(/(?<![\d,.])\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?!\d)/g, function (number) {
      return number.replace(/\s/g, "")
    })
    var words = (text.match(MOT) || []).map(fold)
    var codes = /\d/.test(text) && text.match(/(?<![\p{L}\p{N}])\p{L}{1,3}-?\d{1,4}(?![\p{L}\p{N}])/gu)
    return codes ? words.concat(codes.map(code)) : words
  }

  function code(text) {
    return plain(text).replace(/[\s-]/g, "").replace(/^([a-z]+)0+(?=\d)/, "$1")
  }

  function useful(words) {
    var kept = words.filter(function (word) { return !VIDES.has(word) || sigles.has(word) })
    return kept.length ? kept : words
  }

  /* Two names are the same when they are read alike. */
  function key(text) {
    return (plain(text).match(MOT) || []).join(" ")
  }

  var engine = window.smdeTermes(BOOST)
  var exact = new Map(), vocabulary = new Map(), sigles = new Map(), titles = []

  function told(text) {
    return typeof text === "number" ? entries[text][1] : text
  }

  function whole(entry) {
    return entry[6].map(told).join("")
  }

  function name(text, rank, strength) {
    var known = exact.get(text)
    if (!known) exact.set(text, known = new Map())
    known.set(rank, Math.max(strength, known.get(rank) || 0))
  }

  /* Keep how a word is written: what is proposed to who misspells it. */
  function remember(words) {
    words.forEach(function (word) {
      var folded = fold(word), known = vocabulary.get(folded)
      if (known) known.count += 1
      else if (word.length > 2 && !VIDES.has(folded)) vocabulary.set(folded, { word: word.toLowerCase(), count: 1 })
    })
  }

  function add(rank) {
    var entry = entries[rank], title = entry[1], names = entry[4]
    var bare = title.replace(/\s*\([^()]*\)$/, "")
    var own = entry[6].filter(function (_, place) { return place % 2 === 0 }).join("\n")
    var links = entry[6].filter(function (_, place) { return place % 2 === 1 }).concat(entry[7])
    name(key(title), rank, 1)
    name(key(bare), rank, 1)
    names.forEach(function (short, place) {
      name(key(short), rank, 2)
      if (/\d/.test(short)) name(code(short), rank, 2)
      if (place) sigles.set(fold(short), useful(tokens(bare)))
    })
    remember((title + " " + names.slice(1).join(" ") + " " + own).match(MOT) || [])
    var codes = names.filter(function (short, place) { return place || CODE.test(short) })
    var number = CODE.test(names[0]) ? [Number(names[0].match(/\d+/)[0])] : [] // « action 7 »
    var cited = links.map(function (link) { return typeof link === "number" ? titles[link] : tokens(link) })
    engine.add(rank, {
      noms: tokens(codes.join(" ")).concat(CODE.test(names[0]) ? [String(parseInt(names[0].match(/\d+/)[0], 10))] : []),
      titre: titles[rank],
      genre: tokens(entry[3]),
      texte: tokens(own).filter(full),
      liens: [].concat.apply([], links.map(function (link) {
        return typeof link === "number" ? titles[link] : tokens(link)
      })).filter(full),
    })
  }

  function full(word) {
    return !VIDES.has(word)
  }

  titles = entries.map(function (entry) { return tokens(entry[1]) })
  var known = [], next = 0

  /* Take entries in for so many milliseconds, for the page to remain alive meanwhile; true when all are. */
  function learn(most) {
    var end = performance.now() + most
    while (next < entries.length && performance.now() < end) add(next++)
    if (next === entries.length && !known.length) known = Array.from(vocabulary.keys()).sort()
    return next === entries.length
  }

  function begins(word) {
    var low = 0, high = known.length
    while (low < high) {
      var middle = (low + high) >> 1
      if (known[middle] < word) low = middle + 1
      else high = middle
    }
    return low < known.length && known[low].startsWith(word)
  }

  /* What a long word shares with those of its family: « artificialisation », « artificialisait ». */
  function root(word) {
    for (var length = word.length - 1; length >= Math.max(6, word.length * 0.6); length--) {
      if (begins(word.slice(0, length))) return word.slice(0, length)
    }
    return ""
  }

  /* Letters to change, to add, to take away or to swap; Infinity beyond `most`. */
  function distance(left, right, most) {
    if (Math.abs(left.length - right.length) > most) return Infinity
    var before, last = [], row = Array.from({ length: right.length + 1 }, function (_, at) { return at })
    for (var i = 1; i <= left.length; i++) {
      before = last
      last = row
      row = [i]
      for (var j = 1; j <= right.length; j++) {
        var same = left[i - 1] === right[j - 1]
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
        if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1)
        }
      }
      if (Math.min.apply(null, row) > most) return Infinity
    }
    return row[right.length]
  }

  /* The word of the site that is written almost like this one; the most used when several are. */
  function near(word) {
    if (word.length < 4) return null
    var most = word.length < 6 ? 1 : 2, best = null
    vocabulary.forEach(function (found, folded) {
      var far = distance(word, folded, most)
      if (far < Infinity && (!best || far < best.far || (far === best.far && found.count > best.count))) {
        best = { folded: folded, word: found.word, far: far, count: found.count }
      }
    })
    return best
  }

  /* What a question asks: its words, those that are nowhere, and what they were taken for; a name is taken as it is. */
  function understood(question, isName) {
    var spelled = question.replace(/(?<![\p{L}\p{N}])(\p{L})\s(\d{1,3})(?![\p{L}\p{N}])/gu, "$1$2")
    var asked = Array.from(new Set(useful(tokens(spelled).map(function (word) { return word.slice(0, PAR_MOT) }))))
    var kept = [], unknown = [], taken = [], roots = new Set()
    asked.slice(0, MOTS).forEach(function (word) {
      if (/\d/.test(word) || begins(word) || VIDES.has(word) || COURANTS.has(word)) return kept.push(word)
      if (isName) return
      var shared = root(word)
      if (shared) {
        roots.add(shared)
        return kept.push(shared)
      }
      var written = (question.match(MOT) || []).find(function (typed) { return fold(typed).slice(0, PAR_MOT) === word }) || word
      var other = near(word)
      unknown.push(written)
      if (!other) return
      kept.push(other.folded)
      taken.push([written, other.word])
    })
    return { words: kept, unknown: unknown, taken: taken, roots: roots }
  }

  /* The beginning that the words of its family share with a long word. */
  function family(word) {
    return word.slice(0, Math.max(7, Math.floor(word.length * 0.65)))
  }

  /* The entries that hold these words, what is commonly said for them, their family, or the long form of an acronym. */
  function holding(words, roots) {
    var begun = words.length > 1 ? 3 : 1, asked = new Set(words), wanted = words.slice(), answers = []
    words.forEach(function (word) {
      if (COURANTS.has(word)) wanted.push(COURANTS.get(word))
      if (word.length > 9) answers.push(engine.look(family(word), 0.6, 0))
    })
    sigles.forEach(function (long, short) {
      var all = long.length > 1 && long.every(function (word) { return asked.has(word) })
      if (all && !asked.has(short)) wanted.push(short)
      if (asked.has(short)) {
        answers.push(engine.joined(long.map(function (word) { return engine.look(word, 0.2, Infinity) }), true))
      }
    })
    return engine.joined(wanted.map(function (word) {
      return engine.look(word, roots.has(word) ? 3 : 1, begun)
    }).concat(answers), false)
  }

  function weight(rank) {
    return POIDS.get(entries[rank][2]) || 1
  }

  /* The entries that the question names: by their title, their short form, their id, or its beginning. */
  function called(question) {
    var named = new Map(exact.get(key(question)) || exact.get(code(question)) || [])
    var begun = plain(question.trim())
    if (!named.size && /^[a-z]+-[a-z0-9-]+$/.test(begun)) {
      entries.forEach(function (entry, rank) {
        if (entry[4].length && plain(entry[4][0]).startsWith(begun)) named.set(rank, 1)
      })
    }
    return named
  }

  /* What an entry is called may be the question itself, its beginning, or hold it whole. */
  function likeness(rank, asked) {
    var title = " " + titles[rank].join(" ") + " ", at = title.indexOf(" " + asked + " ")
    return at < 0 ? 1 : at ? 1.3 : 1.7
  }

  /* The entries that answer a question, the best first: those it names, then those that hold the most of its words. */
  function search(question) {
    question = question.normalize("NFC").slice(0, LONGUEUR)
    var named = called(question), asked = understood(question, named.size > 0)
    var answer = { results: [], unknown: asked.unknown, taken: asked.taken }
    if (!named.size) {
      if (!asked.words.length) return answer
      asked.taken.forEach(function (pair) { question = question.replace(pair[0], pair[1]) })
      named = called(question)
    }
    var spoken = tokens(question).join(" "), last = asked.words.length - 1
    answer.results = Array.from(holding(asked.words, asked.roots), function (pair) {
      var rank = pair[0], result = pair[1]
      var part = asked.words.filter(function (word) {
        return result.asked.has(word) || result.asked.has(COURANTS.get(word)) || result.asked.has(family(word))
      }).length / asked.words.length
      var score = result.score * result.asked.size * weight(rank) * Math.max(part, 0.1) * (last ? likeness(rank, spoken) : 1)
      var name = (named.get(rank) || 0) * weight(rank)
      named.delete(rank)
      return { rank: rank, terms: Array.from(result.held), score: name * 1e6 + score }
    })
    named.forEach(function (strength, rank) {
      answer.results.push({ rank: rank, terms: [], score: strength * weight(rank) * 1e6 })
    })
    answer.results.sort(function (left, right) { return right.score - left.score || left.rank - right.rank })
    return answer
  }

  /* The passage of an entry that holds the most of these terms, as pieces: [words, whether they are to be marked]. */
  function extract(entry, terms) {
    var text = whole(entry).trim().replace(/\s*\n\s*/g, " · "), wanted = new Set(terms), marks = [], found
    var words = new RegExp(MOT.source, "gu")
    while ((found = words.exec(text))) {
      if (wanted.has(fold(found[0]))) marks.push([found.index, found.index + found[0].length, fold(found[0])])
    }
    /* One word that the title has already shown says less than how the text begins. */
    var best = 0, most = tokens(entry[1]).some(function (word) { return wanted.has(word) }) ? 1 : 0
    marks.forEach(function (mark, place) {
      var seen = new Set()
      for (var at = place; at < marks.length && marks[at][1] <= mark[0] + EXTRAIT - 30; at++) seen.add(marks[at][2])
      if (seen.size > most) { most = seen.size; best = mark[0] }
    })
    var from = best < 60 ? 0 : text.indexOf(" ", best - 40) + 1
    if (text.startsWith("· ", from)) from += 2
    var to = text.length <= from + EXTRAIT ? text.length : text.lastIndexOf(" ", from + EXTRAIT)
    if (to <= from) to = Math.min(text.length, from + EXTRAIT)
    var pieces = from ? [["… ", false]] : [], at = from
    marks.forEach(function (mark) {
      if (mark[0] < at || mark[1] > to) return
      pieces.push([text.slice(at, mark[0]), false], [text.slice(mark[0], mark[1]), true])
      at = mark[1]
    })
    pieces.push([text.slice(at, to), false])
    if (to < text.length) pieces.push([" …", false])
    return pieces.filter(function (piece) { return piece[0] })
  }

  return {
    learn: learn,
    search: search,
    extract: function (rank, terms) { return extract(entries[rank], terms) },
    marked: function (text, terms) {
      var wanted = new Set(terms)
      return text.split(/([\p{L}\p{N}]+)/u).filter(Boolean).map(function (piece) { return [piece, wanted.has(fold(piece))] })
    },
  }
}
