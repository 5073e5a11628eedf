/* Which entries hold which words, and how much that says of them: an inverted index scored by BM25+ (Lv and Zhai, 2011),
   field by field. `smdeTermes({field: weight, …})` gives an index; words come folded, entries are known by their rank. */
window.smdeTermes = function (fields) {
  "use strict"

  var SATURATION = 1.2, LENGTH = 0.7, PRESENCE = 0.5
  /* What a word that only begins as asked is worth, and how fast that falls with the letters it has in addition. */
  var BEGUN = 0.3, EXCESS = 0.3
  var names = Object.keys(fields), weights = names.map(function (name) { return fields[name] })
  var lengths = new Map(), totals = names.map(function () { return 0 }), postings = new Map(), sorted = null

  function counted(words) {
    var counts = new Map()
    words.forEach(function (word) { if (word) counts.set(word, (counts.get(word) || 0) + 1) })
    return counts
  }

  /* Take an entry in: its words, field by field. */
  function add(rank, words) {
    sorted = null
    lengths.set(rank, names.map(function (name, field) {
      var counts = counted(words[name])
      totals[field] += counts.size
      counts.forEach(function (count, word) {
        var known = postings.get(word)
        if (!known) postings.set(word, known = names.map(function () { return new Map() }))
        known[field].set(rank, count)
      })
      return counts.size
    }))
  }

  /* The known words that begin so, longer ones only. */
  function longer(start) {
    sorted = sorted || Array.from(postings.keys()).sort()
    var low = 0, high = sorted.length, found = []
    while (low < high) {
      var middle = (low + high) >> 1
      if (sorted[middle] <= start) low = middle + 1
      else high = middle
    }
    while (low < sorted.length && sorted[low].startsWith(start)) found.push(sorted[low++])
    return found
  }

  function count(asked, word, worth, found) {
    var known = postings.get(word)
    if (!known) return
    known.forEach(function (holders, field) {
      var mean = totals[field] / lengths.size
      var rarity = Math.log(1 + (lengths.size - holders.size + 0.5) / (holders.size + 0.5))
      holders.forEach(function (times, rank) {
        var long = 1 - LENGTH + LENGTH * lengths.get(rank)[field] / mean
        var result = found.get(rank)
        if (!result) found.set(rank, result = { score: 0, asked: new Set(), held: new Set() })
        result.score += worth * weights[field] * rarity * (PRESENCE + times * (SATURATION + 1) / (times + SATURATION * long))
        result.asked.add(asked)
        result.held.add(word)
      })
    })
  }

  /* What holds one word, or, from `begun` letters on, a word that begins so: score, words asked and words held, by rank. */
  function look(word, worth, begun) {
    var found = new Map()
    count(word, word, worth, found)
    if (word.length > begun) {
      longer(word).forEach(function (other) {
        var excess = other.length - word.length
        count(word, other, worth * BEGUN * other.length / (other.length + EXCESS * excess), found)
      })
    }
    return found
  }

  /* Several answers as one; when all are needed, what one of them lacks is left out. */
  function joined(answers, all) {
    return !answers.length ? new Map() : answers.reduce(function (left, right) {
      var both = all ? new Map() : left
      right.forEach(function (result, rank) {
        var known = left.get(rank)
        if (known) {
          known.score += result.score
          result.asked.forEach(function (word) { known.asked.add(word) })
          result.held.forEach(function (word) { known.held.add(word) })
          both.set(rank, known)
        } else if (!all) both.set(rank, result)
      })
      return both
    })
  }

  return { add: add, look: look, joined: joined }
}
