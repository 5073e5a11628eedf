"""Word models such as communication services give, made part by part: a plain one, and one with its letterhead."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from smde.arbre import Document
from smde.modele_word import lire
from smde.outputs import docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
XMLNS = f'xmlns:w="{W}" xmlns:r="{R}"'

Parts = dict[str, bytes]


def paquet(parts: Mapping[str, str | bytes]) -> bytes:
    """These parts as a file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def parties(octets: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def change(octets: bytes, **changes: tuple[str, str]) -> bytes:
    """The same file where words of a part (`styles`, `document`…) give way to others."""
    parts = parties(octets)
    for part, (before, after) in changes.items():
        name = f"word/{part}.xml"
        text = parts[name].decode()
        assert before in text, (part, before)
        parts[name] = text.replace(before, after).encode()
    return paquet(parts)


def types(*parts: str, main: str = "document.main", **images: str) -> str:
    """The list of types; `parts` are names in word/, whose kind is read from the name."""
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml", **images}
    said = "".join(f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in defaults.items())
    said += f'<Override PartName="/word/document.xml" ContentType="{PART.format(main)}"/>'
    said += "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{PART.format(part.rstrip("0123456789"))}"/>'
        for part in parts
    )
    return f'<Types xmlns="{TYPES}">{said}</Types>'


def relations(*calls: tuple[str, str, str]) -> str:
    """Relations, as (id, kind, target); an address is outside."""
    outside = ' TargetMode="External"'
    said = "".join(
        f'<Relationship Id="{ident}" Type="{R}/{kind}" Target="{target}"{outside if ":" in target else ""}/>'
        for ident, kind, target in calls
    )
    return f'<Relationships xmlns="{RELS}">{said}</Relationships>'


MAIN = relations(("rId1", "officeDocument", "word/document.xml"))


def style(
    ident: str, name: str, inside: str = "", kind: str = "paragraph", based: str = "", default: bool = False
) -> str:
    said = ' w:default="1"' if default else ""
    rests = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}"{said} w:styleId="{ident}"><w:name w:val="{name}"/>{rests}{inside}</w:style>'


def document(body: str, section: str = "") -> str:
    return f"<w:document {XMLNS}><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>"


def page(width: int, height: int, top: int, right: int, bottom: int, left: int) -> str:
    side = ' w:orient="landscape"' if width > height else ""
    return (
        f'<w:pgSz w:w="{width}" w:h="{height}"{side}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" '
        f'w:left="{left}" w:header="567" w:footer="567" w:gutter="0"/>'
    )


def paragraph(style_: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style_}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def png(largeur: int = 60, hauteur: int = 20, note: str = "Photographié par Jeanne Le Gall") -> bytes:
    """A logo: a blue rectangle, and what the machine that made it noted."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\x00\x5a\x8c" * largeur for _ in range(hauteur))
    head = struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0)
    said = chunk(b"tEXt", b"Author\x00" + note.encode("latin-1"))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + said + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


def sobre() -> bytes:
    """A plain model in French: « Titre 1 » to « Titre 3 » under the ids Word gives them, wide margins; no header."""
    titres = "".join(
        style(
            f"Titre{rank}",
            f"Titre {rank}",
            f'<w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="{480 - 80 * rank}" w:after="120"/>'
            + (f'<w:outlineLvl w:val="{rank - 1}"/>' if rank < 3 else "")
            + f'</w:pPr><w:rPr><w:b/><w:color w:val="1E6B52"/><w:sz w:val="{38 - 6 * rank}"/></w:rPr>',
            based="Normal",
        )
        for rank in (1, 2, 3)
    )
    styles = (
        f'<w:styles {XMLNS}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/>'
        '<w:sz w:val="22"/><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault></w:docDefaults>'
        + style(
            "Normal", "Normal", '<w:pPr><w:spacing w:after="160" w:line="264" w:lineRule="auto"/></w:pPr>', default=True
        )
        + style("Policepardfaut", "Default Paragraph Font", kind="character", default=True)
        + style("TableauNormal", "Normal Table", kind="table", default=True)
        + titres
        + style("Lgende", "caption", '<w:rPr><w:i/><w:color w:val="1E6B52"/></w:rPr>', based="Normal")
        + "</w:styles>"
    )
    section = page(11906, 16838, 1701, 1701, 1701, 1701)
    return paquet(
        {
            "[Content_Types].xml": types("styles"),
            "_rels/.rels": MAIN,
            "word/_rels/document.xml.rels": relations(("rId1", "styles", "styles.xml")),
            "word/styles.xml": styles,
            "word/document.xml": document(paragraph("Titre1", "Remplacez ce texte par le vôtre"), section),
        }
    )


DESSIN = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="1620000" cy="540000"/>'
    '<wp:docPr id="1" name="logo.png" descr="C:\\Users\\jlegall\\Images\\logo.png"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="1" name="C:\\Users\\jlegall\\Images\\logo.png"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1620000" cy="540000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing></w:r>"
)


def champ(code: str, shown: str) -> str:
    """A field, as Word writes it."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def header(inside: str, tag: str = "hdr", style_: str = "En-tte") -> str:
    return f'<w:{tag} {XMLNS}><w:p><w:pPr><w:pStyle w:val="{style_}"/></w:pPr>{inside}</w:p></w:{tag}>'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


TAB = "<w:r><w:tab/></w:r>"
CHARTE = {
    "word/header1.xml": header(
        run("Métropole du Ponant") + TAB + TAB + champ("TITLE", "Modèle 2019")
        + '<w:ins w:id="7" w:author="Jeanne Le Gall" w:date="2019-03-04T10:00:00Z">' + run(" – Direction") + "</w:ins>"
    ),
    "word/header2.xml": header(DESSIN),
    "word/header3.xml": header(run("Métropole du Ponant, page large")),
    "word/footer1.xml": header(
        champ("FILENAME \\p", "C:\\Users\\jlegall\\modele.docx") + TAB + champ("SAVEDATE", "04/03/2019") + TAB
        + champ("PAGE", "2"), "ftr", "Pieddepage",
    ),
}  # fmt: skip


def charte() -> bytes:
    """A model with its letterhead: a logo on the first page, other headers after, a landscape section with its own,
    numbered headings (« Article I », « I.1 »), its colours in a theme; and all that a model should not carry.
    """
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Ponant"><a:themeElements>'
        '<a:clrScheme name="Ponant"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
        '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
        + "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in (
            ("dk2", "44546A"), ("lt2", "E7E6E6"), ("accent1", "7A1F5C"), ("accent2", "D98E04"), ("accent3", "2F6F8F"),
            ("accent4", "5B7F2B"), ("accent5", "8C4A2F"), ("accent6", "555555"), ("hlink", "0563C1"),
            ("folHlink", "954F72"),
        ))
        + '</a:clrScheme><a:fontScheme name="Ponant">'
        + "".join(
            f'<a:{name}><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/></a:{name}>'
            for name, face in (("majorFont", "Verdana"), ("minorFont", "Calibri"))
        )
        + "</a:fontScheme>"
        '<a:fmtScheme name="Ponant">'
        + "".join(f"<a:{name}>{inside * 3}</a:{name}>" for name, inside in (
            ("fillStyleLst", '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'),
            ("lnStyleLst", '<a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>'),
            ("effectStyleLst", "<a:effectStyle><a:effectLst/></a:effectStyle>"),
            ("bgFillStyleLst", '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'),
        ))
        + "</a:fmtScheme></a:themeElements></a:theme>"
    )  # fmt: skip
    titres = "".join(
        style(
            f"Titre{rank}",
            f"heading {rank}",
            '<w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:numPr>'
            + (f'<w:ilvl w:val="{rank - 1}"/>' if rank > 1 else "")
            + f'<w:numId w:val="4"/></w:numPr><w:outlineLvl w:val="{rank - 1}"/></w:pPr><w:rPr>'
            '<w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi"/><w:b/>'
            f'<w:color w:val="7A1F5C" w:themeColor="accent1"/><w:sz w:val="{36 - 6 * rank}"/></w:rPr>',
            based="Normal",
        )
        for rank in (1, 2)
    )
    tabs = '<w:pPr><w:tabs><w:tab w:val="center" w:pos="4536"/><w:tab w:val="right" w:pos="9072"/></w:tabs></w:pPr>'
    styles = (
        f"<w:styles {XMLNS}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/><w:sz w:val="24"/><w:lang w:val="en-US"/>'
        "</w:rPr></w:rPrDefault></w:docDefaults>"
        + style("Normal", "Normal", "<w:qFormat/>", default=True)
        + style("Policepardfaut", "Default Paragraph Font", kind="character", default=True)
        + style("TableauNormal", "Normal Table", kind="table", default=True)
        + style("Corpsdetexte", "Body Text", '<w:pPr><w:spacing w:after="140"/><w:jc w:val="both"/></w:pPr>')
        + titres
        + style("Titre", "Title", '<w:rPr><w:color w:val="7A1F5C"/><w:sz w:val="56"/></w:rPr>', based="Normal")
        + style("TM1", "toc 1", '<w:pPr><w:spacing w:after="100"/></w:pPr>', based="Normal")
        + style("En-tte", "header", tabs, based="Normal")
        + style("Pieddepage", "footer", tabs, based="Normal")
        + style("Table", "Encadré", '<w:rPr><w:i/></w:rPr>', based="Normal")
        + "</w:styles>"
    )  # fmt: skip
    levels = "".join(
        f'<w:lvl w:ilvl="{rank}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        + (f'<w:pStyle w:val="Titre{rank + 1}"/>' if rank < 2 else "")
        + f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{432 + 144 * rank}" w:hanging="{432 + 144 * rank}"/></w:pPr></w:lvl>'
        for rank, (form, text) in enumerate(
            (("upperRoman", "Article %1"), ("decimal", "%1.%2"), ("lowerLetter", "%3)"))
        )
    )
    numbering = (
        f'<w:numbering {XMLNS}><w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="multilevel"/>{levels}'
        '</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    settings = (
        f'<w:settings {XMLNS}><w:attachedTemplate r:id="rId1"/><w:mirrorMargins/><w:defaultTabStop w:val="709"/>'
        '<w:rsids><w:rsidRoot w:val="00A1B2C3"/></w:rsids><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" '
        'w:bg2="light2" w:t2="dark2" '
        + "".join(f'w:accent{n}="accent{n}" ' for n in range(1, 7))
        + 'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/></w:settings>'
    )
    upright = (
        '<w:headerReference w:type="default" r:id="rId5"/><w:headerReference w:type="first" r:id="rId6"/>'
        '<w:footerReference w:type="default" r:id="rId8"/>'
        + page(11906, 16838, 1985, 1134, 1418, 1701)
        + "<w:titlePg/>"
    )
    wide = '<w:headerReference w:type="default" r:id="rId7"/>' + page(16838, 11906, 1701, 1418, 1134, 1418)
    body = (
        paragraph("Titre1", "CONTENU-DU-MODELE à remplacer")
        + f'<w:p><w:pPr><w:sectPr>{upright}</w:sectPr></w:pPr></w:p><w:p><w:commentRangeStart w:id="0"/>'
        '<w:r><w:t>Page large</w:t></w:r><w:commentRangeEnd w:id="0"/></w:p>'
    )
    return paquet(
        {
            "[Content_Types].xml": types(
                "styles", "numbering", "settings", "header1", "header2", "header3", "footer1", "comments",
                png="image/png",
            ).replace(
                "</Types>",
                '<Override PartName="/word/theme/theme1.xml" '
                'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/></Types>',
            ),
            "_rels/.rels": MAIN.replace(
                "</Relationships>",
                '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
                'core-properties" Target="docProps/core.xml"/></Relationships>',
            ),
            "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
            'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Jeanne Le Gall</dc:creator>'
            "<cp:lastModifiedBy>Jeanne Le Gall</cp:lastModifiedBy></cp:coreProperties>",
            "customXml/item1.xml": "<contact>Jeanne Le Gall</contact>",
            "word/_rels/document.xml.rels": relations(
                ("rId1", "styles", "styles.xml"), ("rId2", "numbering", "numbering.xml"),
                ("rId3", "settings", "settings.xml"), ("rId4", "theme", "theme/theme1.xml"),
                ("rId5", "header", "header1.xml"), ("rId6", "header", "header2.xml"), ("rId7", "header", "header3.xml"),
                ("rId8", "footer", "footer1.xml"), ("rId9", "comments", "comments.xml"),
                ("rId10", "customXml", "../customXml/item1.xml"),
            ),
            "word/_rels/header2.xml.rels": relations(("rId1", "image", "media/image1.png")),
            "word/_rels/settings.xml.rels": relations(
                ("rId1", "attachedTemplate", "file:///S:\\Communication\\Modeles\\Ponant.dotx")
            ),
            "word/media/image1.png": png(),
            "word/styles.xml": styles,
            "word/numbering.xml": numbering,
            "word/settings.xml": settings,
            "word/theme/theme1.xml": theme,
            "word/comments.xml": f'<w:comments {XMLNS}><w:comment w:id="0" w:author="Jeanne Le Gall">'
            f"<w:p>{run('À revoir')}</w:p></w:comment></w:comments>",
            "word/document.xml": document(body, wide),
            **CHARTE,
        }
    )  # fmt: skip


def detache(octets: bytes) -> bytes:
    """The same model, attached to no other."""
    parts = parties(octets)
    del parts["word/_rels/settings.xml.rels"]
    return change(paquet(parts), settings=('<w:attachedTemplate r:id="rId1"/>', ""))


def ecrit(document: Document, octets: bytes, folder: Path) -> Path:
    """A document in this model, as a file of the folder."""
    docx.write(document, folder / "strategie.docx", modele=lire(octets))
    return folder / "strategie.docx"
