"""The tables of the body: as wide as the text, styled by name, their header repeated, their rows whole."""

from collections.abc import Iterator

from smde.outputs.tree import holds_together
from smde.outputs.word.xml import Element, properties_of, q, set_style, style_of, w

TEXT, HEADER, ROW_HEADER = "TexteTableau", "EnteteTableau", "EnteteLigne"
_LOOK = {"firstRow": 1, "lastRow": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}


def finish_table(table: Element, width: int) -> None:
    """Everything pandoc leaves to the defaults of Word, for a table in a text of this width."""
    _share(table, width)
    rows = list(table.iterchildren(q("tr")))
    for row in rows:
        properties = row.find(q("trPr"))
        heading = properties is not None and properties.find(q("tblHeader")) is not None
        if properties is None:
            properties = w("trPr")
            row.insert(0, properties)
        properties.insert(0, w("cantSplit"))
        style = HEADER if heading else TEXT
        for paragraph in row.iter(q("p")):
            set_style(paragraph, style, instead_of=("", "Compact"))
        for run_style in list(row.iter(q("rStyle"))) if heading else ():
            properties_of_run = run_style.getparent()
            assert properties_of_run is not None
            properties_of_run.remove(run_style)  # the blue of links cannot be read on the dark ground
    if holds_together(len(rows), (text.text or "" for text in table.iter(q("t")))):
        for row in rows[:-1]:
            for paragraph in row.iter(q("p")):
                properties_of(paragraph).insert(1, w("keepNext"))
    _declare(table, width)


def _share(table: Element, width: int) -> None:
    """Give the columns their part of the width, the last one what is left."""
    grid = table.find(q("tblGrid"))
    assert grid is not None
    shares = [int(column.get(q("w"), "1")) for column in grid]
    columns = [width * share // sum(shares) for share in shares]
    columns[-1] += width - sum(columns)
    for column, size in zip(grid, columns, strict=True):
        column.set(q("w"), str(size))


def _declare(table: Element, width: int) -> None:
    properties = table.find(q("tblPr"))
    assert properties is not None
    caption = properties.find(q("tblCaption"))
    row_headers = any(style_of(paragraph) == ROW_HEADER for paragraph in _first_cells(table))
    for child in list(properties):
        if child.tag != q("tblStyle"):
            properties.remove(child)
    properties.append(w("tblW", w=width, type="dxa"))
    properties.append(w("tblLayout", type="fixed"))
    value = "06A0" if row_headers else "0620"
    properties.append(w("tblLook", val=value, **_LOOK, firstColumn=int(row_headers)))
    if caption is not None:
        properties.append(caption)


def _first_cells(table: Element) -> Iterator[Element]:
    for row in table.iterchildren(q("tr")):
        if (cell := row.find(q("tc"))) is not None:
            yield from cell.iterchildren(q("p"))
