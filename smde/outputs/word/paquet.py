"""A Word file as its parts: read from a zip, written as one that has no clock and no disk order in it."""

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

from smde.outputs.word.xml import CONTENT_TYPES, RELATIONSHIPS, Element, parse, serialize

_EPOCH = (1980, 1, 1, 0, 0, 0)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_DATA = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


@dataclass
class Paquet:
    """Names and contents of the parts; the trees of those being changed are asked for, then put back."""

    parts: dict[str, bytes]

    def tree(self, name: str) -> Element:
        return parse(self.parts[name])

    def put(self, name: str, tree: Element) -> None:
        self.parts[name] = serialize(tree)

    def add(self, name: str, kind: str, tree: Element) -> str:
        """A new part of the document (header, footer…) with its type and its relation, whose id is given back."""
        self.put(f"word/{name}", tree)
        types = self.tree("[Content_Types].xml")
        override = etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", PartName=f"/word/{name}")
        override.set("ContentType", _WORD_TYPE.format(kind))
        self.put("[Content_Types].xml", types)
        relations = self.tree("word/_rels/document.xml.rels")
        ident = "rId" + name.removesuffix(".xml").capitalize()
        _relate(relations, ident, kind, name)
        self.put("word/_rels/document.xml.rels", relations)
        return ident

    def join_data(self, tree: Element, number: str) -> None:
        """Data that travel with the text, which Word keeps and does not show; `number` names what they are."""
        self.put("customXml/item1.xml", tree)
        item = etree.Element(f"{{{_DATA}}}datastoreItem", {f"{{{_DATA}}}itemID": number}, nsmap={"ds": _DATA})
        schemas = etree.SubElement(item, f"{{{_DATA}}}schemaRefs")
        etree.SubElement(schemas, f"{{{_DATA}}}schemaRef", {f"{{{_DATA}}}uri": etree.QName(tree).namespace or ""})
        self.put("customXml/itemProps1.xml", item)
        own = parse(f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode())
        _relate(own, "rId1", "customXmlProps", "itemProps1.xml")
        self.put("customXml/_rels/item1.xml.rels", own)
        types = self.tree("[Content_Types].xml")
        override = etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", PartName="/customXml/itemProps1.xml")
        override.set("ContentType", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml")
        self.put("[Content_Types].xml", types)
        relations = self.tree("word/_rels/document.xml.rels")
        _relate(relations, "rIdDonnees1", "customXml", "../customXml/item1.xml")
        self.put("word/_rels/document.xml.rels", relations)

    def declare(self, extension: str, kind: str) -> None:
        """Say of which type the files of an extension are, unless it is said."""
        types = self.tree("[Content_Types].xml")
        if not any(default.get("Extension", "").lower() == extension for default in types):
            types.insert(0, etree.Element(f"{{{CONTENT_TYPES}}}Default", Extension=extension, ContentType=kind))
            self.put("[Content_Types].xml", types)

    def drop(self, name: str) -> None:
        """Take a part away, with everything that announces it."""
        if self.parts.pop(name, None) is None:
            return
        for listing in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
            tree = self.tree(listing)
            for child in list(tree):
                announced = child.get("PartName") or child.get("Target") or ""
                if name.endswith(announced.lstrip("/")) and announced:
                    tree.remove(child)
            self.put(listing, tree)

    def forget_unused_links(self) -> None:
        """Addresses declared to a part that does not use them: pandoc declares those of the notes to the text too."""
        for name in ("document", "footnotes"):
            listing = f"word/_rels/{name}.xml.rels"
            if listing in self.parts:
                tree = self.tree(listing)
                for relation in list(tree):
                    used = f'"{relation.get("Id")}"'.encode()
                    if relation.get("TargetMode") == "External" and used not in self.parts[f"word/{name}.xml"]:
                        tree.remove(relation)
                self.put(listing, tree)


def _relate(relations: Element, ident: str, kind: str, target: str) -> None:
    etree.SubElement(relations, f"{{{RELATIONSHIPS}}}Relationship", Id=ident, Type=_OFFICE + kind, Target=target)


def read_zip(content: bytes) -> Paquet:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return Paquet({name: archive.read(name) for name in archive.namelist()})


def write_zip(paquet: Paquet) -> bytes:
    """The zip, the list of types first as readers expect, the rest by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(paquet.parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, paquet.parts[name])
    return buffer.getvalue()
