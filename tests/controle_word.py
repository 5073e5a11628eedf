"""What validators of Word files do not see, and Word or a reader would: one sentence for each fault. No test here."""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_NOM = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
_RENVOI = re.compile(r'\b(?:PAGEREF|REF)\s+(\S+)|\bHYPERLINK\s+\\l\s+"([^"]+)"')
_DEHORS = re.compile(r"(?:https?://[^/\s]|mailto:|tel:)", re.IGNORECASE)
_CHEMIN = re.compile(r"(?:/(?:tmp|home|root|work|var|usr|Users|opt|mnt)/|[A-Z]:\\\\|file:|\\\\\\\\)")
_OUTIL = re.compile(r"pandoc|typst|python|lxml|libreoffice|openpyxl|docx4j", re.IGNORECASE)
_TYPES = "[Content_Types].xml"

Parties = Mapping[str, bytes]


def fautes(contenu: bytes) -> list[str]:
    """Everything wrong in this Word file."""
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    found = [f"partie en double : {name}" for name, count in Counter(names).items() if count > 1]
    for check in (
        _xml,
        _parties,
        _relations,
        _signets,
        _renvois,
        _dessins,
        _notes,
        _styles,
        _tableaux,
        _proprietes,
        _traces,
    ):
        found += check(parts)
    return found


def _trees(parts: Parties) -> Iterator[tuple[str, etree._Element]]:
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                yield name, etree.fromstring(content)
            except etree.XMLSyntaxError:
                continue


def _all(parts: Parties, *tags: str) -> list[etree._Element]:
    return [node for _, tree in _trees(parts) for node in tree.iter(*tags)]


def _doubles(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _xml(parts: Parties) -> list[str]:
    read = {name for name, _ in _trees(parts)}
    broken = [f"XML illisible : {name}" for name in parts if name.endswith((".xml", ".rels")) and name not in read]
    return broken + [f"DOCTYPE : {name}" for name in read if b"<!DOCTYPE" in parts[name]]


def _parties(parts: Parties) -> list[str]:
    types = etree.fromstring(parts[_TYPES])
    announced = {str(node.get("PartName"))[1:] for node in types if node.get("PartName")}
    known = {str(node.get("Extension")) for node in types if node.get("Extension")}
    absent = [f"partie annoncée et absente : {name}" for name in sorted(announced - parts.keys())]
    return absent + [
        f"partie sans type : {name}"
        for name in parts
        if name != _TYPES and name not in announced and name.rpartition(".")[2] not in known
    ]


def _relations(parts: Parties) -> list[str]:
    found = []
    for name, tree in _trees(parts):
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("_rels/")
        owner = folder + file.removesuffix(".rels")
        found += [f"relation en double : {owner} {ident}" for ident in _doubles(str(node.get("Id")) for node in tree)]
        for node in tree:
            target, kind = str(node.get("Target")), str(node.get("Type")).rpartition("/")[2]
            if node.get("TargetMode") == "External":
                if kind != "hyperlink" or not _DEHORS.match(target):
                    found.append(f"relation vers le dehors : {kind} {target}")
            elif posixpath.normpath(posixpath.join(folder, target)).lstrip("/") not in parts:
                found.append(f"relation vers une partie absente : {owner} → {target}")
        if owner in parts:
            used = set(re.findall(rb'r:(?:id|embed|link|pict)="([^"]+)"', parts[owner]))
            known = {str(node.get("Id")).encode() for node in tree}
            found += [f"relation citée et absente : {owner} {ident.decode()}" for ident in sorted(used - known)]
    return found


def _signets(parts: Parties) -> list[str]:
    found = []
    for name, tree in _trees(parts):
        starts, ends = list(tree.iter(f"{W}bookmarkStart")), list(tree.iter(f"{W}bookmarkEnd"))
        opened = [str(node.get(f"{W}id")) for node in starts]
        closed = [str(node.get(f"{W}id")) for node in ends]
        found += [f"numéro de signet en double : {name} {ident}" for ident in _doubles(opened)]
        found += [f"signet sans fin : {name} {ident}" for ident in opened if closed.count(ident) != 1]
        found += [f"signet sans début : {name} {ident}" for ident in closed if ident not in opened]
        rank = {node: place for place, node in enumerate(tree.iter())}
        begun = {str(node.get(f"{W}id")): rank[node] for node in starts}
        found += [
            f"signet fini avant de commencer : {name} {node.get(f'{W}id')}"
            for node in ends
            if rank[node] < begun.get(str(node.get(f"{W}id")), 0)
        ]
    names = [str(node.get(f"{W}name")) for node in _all(parts, f"{W}bookmarkStart")]
    found += [f"nom de signet en double : {nom}" for nom in _doubles(nom.lower() for nom in names)]
    return found + [f"nom de signet refusé par Word : {nom}" for nom in names if not _NOM.fullmatch(nom)]


def _renvois(parts: Parties) -> list[str]:
    known = {node.get(f"{W}name") for node in _all(parts, f"{W}bookmarkStart")}
    wanted = [str(node.get(f"{W}anchor")) for node in _all(parts, f"{W}hyperlink") if node.get(f"{W}anchor")]
    fields = [node.text or "" for node in _all(parts, f"{W}instrText")]
    fields += [str(node.get(f"{W}instr")) for node in _all(parts, f"{W}fldSimple")]
    wanted += [match[1] or match[2] for field in fields for match in _RENVOI.finditer(field)]
    return [f"renvoi vers un signet absent : {nom}" for nom in dict.fromkeys(wanted) if nom not in known]


def _dessins(parts: Parties) -> list[str]:
    drawings = _all(parts, f"{WP}docPr")
    found = [f"numéro de dessin en double : {ident}" for ident in _doubles(str(node.get("id")) for node in drawings)]
    return found + [f"dessin sans texte : {node.get('name')}" for node in drawings if not node.get("descr", "").strip()]


def _notes(parts: Parties) -> list[str]:
    found = []
    for kind in ("footnote", "endnote", "comment"):
        told = [str(node.get(f"{W}id")) for node in _all(parts, f"{W}{kind}") if node.get(f"{W}id") and len(node)]
        cited = [str(node.get(f"{W}id")) for node in _all(parts, f"{W}{kind}Reference")]
        found += [f"{kind} en double : {ident}" for ident in _doubles(told)]
        found += [f"{kind} appelé deux fois : {ident}" for ident in _doubles(cited)]
        found += [f"{kind} absent : {ident}" for ident in cited if ident not in told]
        extra = {"-1", "0"} if kind != "comment" else set()
        found += [f"{kind} que rien n’appelle : {ident}" for ident in told if ident not in {*cited, *extra}]
    revisions = [str(node.get(f"{W}id")) for node in _all(parts, f"{W}ins", f"{W}del") if node.get(f"{W}id")]
    return found + [f"révision en double : {ident}" for ident in _doubles(revisions)]


def _styles(parts: Parties) -> list[str]:
    styles = etree.fromstring(parts["word/styles.xml"])
    idents = [str(node.get(f"{W}styleId")) for node in styles.iter(f"{W}style")]
    named = [str(node.get(f"{W}val")).lower() for node in styles.iter(f"{W}name")]
    found = [f"style en double : {ident}" for ident in [*_doubles(idents), *_doubles(named)]]
    used = {str(node.get(f"{W}val")) for node in _all(parts, f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle", f"{W}basedOn")}
    found += [f"style absent : {ident}" for ident in sorted(used - set(idents))]
    numbers = {str(node.get(f"{W}numId")) for node in _all(parts, f"{W}num")} | {"0"}
    asked = {str(node.get(f"{W}val")) for node in _all(parts, f"{W}numId")}
    return found + [f"numérotation absente : {ident}" for ident in sorted(asked - numbers)]


def _tableaux(parts: Parties) -> list[str]:
    found = []
    for table in _all(parts, f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            cells = row.findall(f"{W}tc")
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in cells]
            if sum(1 if span is None else int(str(span.get(f"{W}val"))) for span in spans) != columns:
                found.append(f"rangée qui n’a pas {columns} colonnes")
            found += ["cellule qui ne finit pas par un paragraphe" for cell in cells if cell[-1].tag != f"{W}p"]
    return found


def _proprietes(parts: Parties) -> list[str]:
    tags = [str(node.tag) for node in etree.fromstring(parts["docProps/core.xml"])]
    found = [f"propriété en double : {tag.rpartition('}')[2]}" for tag in _doubles(tags)]
    return found + [
        f"propriété de l’usager : {tag.rpartition('}')[2]}" for tag in tags if tag.endswith("lastModifiedBy")
    ]


def _traces(parts: Parties) -> list[str]:
    """A path of the machine, the name of a tool: in what properties, names, attributes and comments say."""
    found = [f"nom de partie : {name}" for name in parts if _CHEMIN.search(f"/{name}") or _OUTIL.search(name)]
    for name, tree in _trees(parts):
        said = [str(node.text) for node in tree.iter() if not isinstance(node.tag, str)]
        if name.startswith(("docProps/", "customXml/")):
            said += [str(text) for text in tree.itertext()]
        said += [str(value) for node in tree.iter(etree.Element) for value in node.attrib.values()]
        found += [f"chemin dans {name} : {text}" for text in said if _CHEMIN.search(text)]
        found += [f"outil dans {name} : {text}" for text in said if _OUTIL.search(text)]
    return found
