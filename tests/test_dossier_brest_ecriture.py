"""The Brest dossier reads well: French typography as writers type it, short sentences, no code, no word unexplained."""

import re
from collections import Counter
from pathlib import Path

import pytest

from smde.model.mesures import Source, Terme
from tests.brest import brest, diagnostics, fichiers, passages, prose, tous

MOTS = 40
FAUTES = {
    "two spaces": r"(?m)(?<=\S) {2,}(?=\S)",
    "curly apostrophe": "’",
    "no-break space": "[\u00a0\u202f]",
    "straight quotes": r'"',
    "double hyphen": r"--",
    "three dots": r"\.\.\.",
    "no space before high punctuation": r"(?<=[\wÀ-ÿ])(?:[;!?»]|:(?=\s))",
    "no space inside quotes": r"«\S|\S»",
    "space before a comma or a full stop": r"(?<=\S) [,.](?!\d)",
    "missing accent": r"\b(?:Etats?|Region|Ecole|Etude|Energie|Economie|Etablissement|Equipement|A (?:la|l'|partir))\b",
    "orphan of a list": r"(?m)^\s*[;:]",
    "word used twice": r"\b(de|la|le|les|des|un|une|et|à|en|que|qui|pour) \1\b",
}
ANGLAIS = re.compile(
    r"\b(?:the|and|with|for|roadmap|benchmark|workshop|deadline|feedback|start-?ups?|cluster|challenges?|open data|"
    r"newsletter|hub|leader|smart|green|business|coworking|meeting|to do)\b",
    re.IGNORECASE,
)
CREUX = re.compile(
    r"\b(?:synergies?|impacter|prioriser|co-?constru\w+|résilien\w+|cercle vertueux|acteurs clés|"
    r"écosystèmes? innovants?|dynamique partenariale|levier structurant|"
    r"feuille de route ambitieuse|au plus près des territoires|à 360)\b",
    re.IGNORECASE,
)


def _lus() -> list[tuple[str, str, str]]:
    """Id, field and words of what is written for readers; titles of sources are quoted as they were published."""
    return [
        (passage.element.id, passage.champ.nom, passage.texte)
        for passage in passages()
        if not isinstance(passage.element, Source) or passage.champ.nom != "titre"
    ]


@pytest.mark.parametrize("faute", FAUTES)
def test_the_typing_is_clean(faute: str) -> None:
    pattern = re.compile(FAUTES[faute])
    found = []
    for ident, champ, texte in _lus():
        if champ in ("url", "site", "serie", "code"):
            continue
        words = re.sub(r"https?://\S+|`[^`]*`|\n +", " ", texte)
        found += [(ident, champ, words[max(0, m.start() - 20) : m.end() + 20]) for m in pattern.finditer(words)]
    assert found == []


def test_words_are_french_and_say_something() -> None:
    for ident, champ, texte in _lus():
        for pattern in (ANGLAIS, CREUX):
            found = pattern.search(prose(texte))
            assert not found or champ in ("url", "site", "titre"), (ident, champ, found and found[0])


def test_sentences_have_forty_words_at_most() -> None:
    long = []
    for ident, _, texte in _lus():
        for part in re.split(r"(?<=[.!?…])\s+|\n\s*\n|\n\s*(?:- |\d+\. )", prose(texte)):
            count = len(re.findall(r"[\wÀ-ÿ]+(?:['’-][\wÀ-ÿ]+)*", part))
            if count > MOTS:
                long.append((count, ident, " ".join(part.split()[:8])))
    assert long == []


def test_titles_say_one_thing_and_do_not_end_with_a_stop() -> None:
    for element in brest().elements.values():
        assert not element.titre.endswith((".", ";", ":", ",")), element.id
        assert element.titre[0].isupper() or element.titre[0] in "«0123456789", element.id
    titles = Counter((element.genre, element.titre.casefold()) for element in brest().elements.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_a_constat_states_instead_of_naming_a_subject() -> None:
    verb = re.compile(
        r"\b(?:est|sont|a|ont|avait|avaient|était|étaient|fait|font|compte|comptent|reste|pèse|emploie|dépend|dispose|"
        r"relève|relie|réunit|vont|vit|vient|gagne|regagne|perd|recule|reculait|progresse|crédités?|concentrent|occupe|"
        r"abrite|donne|couvrait|coopèrent|lie|s'achèvent|prévoit|place|plaçaient|destine|figure|peut|soutient|élargit|"
        r"mesure|connaît|décrit|encadre|dépassait|artificialisait|vend|profité|décide|décident|travaillent|exerçaient|"
        r"portent|changé|reçoivent)\b"
    )
    assert [c.id for c in tous("constat") if not verb.search(c.titre)] == []


def test_no_identifier_is_typed_in_the_words() -> None:
    names = {ident for ident in brest().elements if re.search(r"-|\d", ident)}
    found = []
    for ident, champ, texte in _lus():
        words = re.findall(r"[\w-]+", re.sub(r"https?://\S+", " ", prose(texte)))
        found += [(ident, champ, word) for word in words if word in names and champ != "orientation"]
    assert found == []


def test_the_same_sentence_is_not_served_to_readers_again_and_again() -> None:
    """But the definition of a measure, which is the same words wherever it is the same measure."""
    sentences: Counter[str] = Counter()
    for passage in passages():
        measured = passage.champ.nom == "definition"
        if (
            passage.champ.nature == "texte"
            and not measured
            and passage.element.genre not in ("acteur", "source", "entretien")
        ):
            parts = re.split(r"(?<=[.!?])\s+", " ".join(prose(passage.texte).split()))
            sentences.update({part for part in parts if len(part) > 60})
    assert [sentence for sentence, count in sentences.items() if count > 2] == []


def test_a_text_of_the_argument_is_neither_a_line_nor_a_page() -> None:
    for genre, least, most in (("constat", 30, 130), ("enjeu", 60, 180), ("objectif", 40, 170), ("priorite", 40, 130)):
        for element in tous(genre):
            count = len(prose(element.texte or "").split())
            assert least <= count <= most, (element.id, count)


def test_acronyms_are_explained() -> None:
    assert [d.message for d in diagnostics() if d.code == "sigle-non-defini"] == []
    sigles = {terme.sigle for terme in brest().tous(Terme)} | {s for t in brest().tous(Terme) for s in t.synonymes}
    assert {"CPC", "INET", "SMDE", "NOTRe", "NOTR", "ADEUPa", "EPCI", "SRDEII", "CPER", "SCoT", "CGCT"} <= sigles
    assert all(terme.texte for terme in brest().tous(Terme))


@pytest.mark.parametrize("file", fichiers(), ids=lambda file: file.name)
def test_no_list_is_lost_in_a_folded_text(file: Path) -> None:
    """`>-` joins the lines of a paragraph: an item on its own line would vanish into the sentence before."""
    folded = -1
    previous = ""
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        indent = len(line) - len(line.lstrip())
        if folded >= 0 and line.strip() and indent <= folded:
            folded = -1
        if folded >= 0:
            item = re.match(r"\s*(?:- |\* |\d{1,2}\. )", line)
            assert not item, f"{file.name}:{number}: a list needs `|-`"
            assert not re.match(r"\s*[;:!?»]", line), f"{file.name}:{number}: a sign left alone after « {previous} »"
        if re.match(r"\s*(?:- )?\w+: >-\s*$", line):
            folded = indent + (2 if line.lstrip().startswith("- ") else 0)
        previous = line.strip()[-20:]
