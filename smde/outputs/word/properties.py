"""What a Word file says of itself: title, authority, date of the version, language; nothing of the machine."""

from lxml import etree

from smde.arbre import Document
from smde.outputs.reference import SETTINGS
from smde.outputs.tree import legible
from smde.outputs.word.paquet import Paquet
from smde.outputs.word.xml import Element, parse, q, w

_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_APP = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
<Application>smde</Application><DocSecurity>0</DocSecurity></Properties>"""
_BULLETS = ("\u2022", "\u2013", "\u2022")
_BEFORE_TRACKING = frozenset(map(q, (
    "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime", "doNotDisplayPageBoundaries",
    "displayBackgroundShape", "printPostScriptOverText", "printFractionalCharacterWidth", "printFormsData",
    "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "saveFormsData", "mirrorMargins",
    "alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop",
    "hideSpellingErrors", "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign",
    "attachedTemplate", "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge",
    "revisionView",
)))  # fmt: skip
"""What stands before `trackRevisions` among the settings, whose order is fixed."""
_STEP, _HANGING = 340, 255


def declare(paquet: Paquet, document: Document) -> None:
    """Write the properties of the file and its settings, and take away what pandoc adds that nobody reads."""
    core = etree.Element(f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI})
    said = [
        (_DC, "title", document.titre),
        (_DC, "creator", document.auteur),
        (_DC, "description", document.resume),
        (_DC, "language", "fr-FR"),
        (_CP, "contentStatus", document.statut),
        (_CP, "version", document.version),
    ]
    for space, name, value in said:
        if value:
            etree.SubElement(core, f"{{{space}}}{name}").text = legible(value)
    if document.date:
        for name in ("created", "modified"):
            moment = etree.SubElement(core, f"{{{_TERMS}}}{name}")
            moment.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
            moment.text = f"{document.date}T00:00:00Z"
    paquet.put("docProps/core.xml", core)
    paquet.put("docProps/app.xml", parse(_APP))
    paquet.parts["word/settings.xml"] = SETTINGS.read_bytes()
    for unused in ("docProps/custom.xml", "word/comments.xml", "word/webSettings.xml"):
        paquet.drop(unused)


def track_revisions(paquet: Paquet) -> None:
    """Make the file open with its revisions tracked, whatever settings it has."""
    settings = paquet.tree("word/settings.xml")
    before = [child for child in settings if child.tag in _BEFORE_TRACKING]
    settings.insert(settings.index(before[-1]) + 1 if before else 0, w("trackRevisions"))
    paquet.put("word/settings.xml", settings)


def restyle_lists(numbering: Element) -> None:
    """The lists pandoc defines, with the bullets and indents of the house; those of the headings are left alone."""
    for definition in numbering.iterchildren(q("abstractNum")):
        if int(definition.get(q("abstractNumId"), "0")) < 990:
            continue
        for level in definition.iterchildren(q("lvl")):
            rank = int(level.get(q("ilvl"), "0"))
            indent = level.find(f"{q('pPr')}/{q('ind')}")
            assert indent is not None
            indent.set(q("left"), str(_STEP * (rank + 1)))
            indent.set(q("hanging"), str(_HANGING))
            _rebullet(level, rank)


def _rebullet(level: Element, rank: int) -> None:
    kind, text = level.find(q("numFmt")), level.find(q("lvlText"))
    assert kind is not None and text is not None
    if kind.get(q("val")) != "bullet" or not text.get(q("val"), "").strip():
        return
    text.set(q("val"), _BULLETS[rank % len(_BULLETS)])
    fonts = level.find(q("rPr"))
    if fonts is not None:
        level.remove(fonts)
    level.append(w("rPr", w("rFonts", ascii="Arial", hAnsi="Arial", cs="Arial", hint="default")))
