"""Files of every kind that is read, made here: no library writes them all, nor as oddly."""

import csv
import io
import json
import re
import struct
import zipfile
from xml.sax.saxutils import escape

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


class Raw(str):
    """XML as it stands, not a text."""

    __slots__ = ()


def cell(value, attributes=""):
    """One cell of an .ods; a text, a number, or XML as it stands."""
    if value is None:
        return Raw("<table:table-cell/>")
    if isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
        return Raw(
            f"<table:table-cell {kind} {attributes}><text:p>{value}</text:p></table:table-cell>"
        )
    text = value if isinstance(value, Raw) else paragraphs(value)
    kind = "" if "value-type" in attributes else 'office:value-type="string"'
    return Raw(f"<table:table-cell {kind} {attributes}>{text}</table:table-cell>")


def paragraphs(text):
    """A text of an .ods: its lines, tabs and spaces as elements of their own."""
    lines = []
    for line in text.split("\n"):
        pieces = re.split(r"(\t| +)", line)
        lines.append(f"<text:p>{''.join(map(_piece, pieces))}</text:p>")
    return "".join(lines)


def _piece(piece):
    if piece == "\t":
        return "<text:tab/>"
    if piece.startswith(" ") and not piece.strip():
        return f'<text:s text:c="{len(piece)}"/>'
    return escape(piece).replace("\r", "&#13;")


def row(values, attributes=""):
    cells = "".join(v if isinstance(v, Raw) else cell(v) for v in values)
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def table(*rows, name="Harvest", attributes=""):
    return f'<table:table table:name="{name}" {attributes}>{"".join(rows)}</table:table>'


def ods(*tables, styles="", prolog="", manifest="<m/>"):
    """An OpenDocument spreadsheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr(
            "content.xml",
            f"{prolog}<office:document-content {SPACES}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet>"
            "</office:body></office:document-content>",
        )
    return out.getvalue()


def xls(sheets, *, merged=(), far=None, hidden_sheets=(), hidden_rows=()):
    """An Excel 97 workbook: BIFF8 records in an OLE container."""

    def record(kind, data):
        return struct.pack("<HH", kind, len(data)) + data

    def begin(kind):
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    def label(at, column, text):
        head = struct.pack("<HHHHB", at, column, 0, len(text.encode("utf-16-le")) // 2, 1)
        return record(0x204, head + text.encode("utf-16-le"))

    bodies = []
    for rows in sheets.values():
        body = begin(0x10)
        for at, values in enumerate(rows):
            flags = 0x120 if at + 1 in hidden_rows else 0x100
            body += record(0x208, struct.pack("<8H", at, 0, len(values), 300, 0, 0, flags, 15))
            for column, value in enumerate(values):
                if isinstance(value, str):
                    body += label(at, column, value)
                elif value is not None:
                    body += record(0x203, struct.pack("<HHHd", at, column, 0, value))
        if far:
            body += label(*far, "far")
        if merged:
            ranges = b"".join(struct.pack("<HHHH", *area) for area in merged)
            body += record(0xE5, struct.pack("<H", len(merged)) + ranges)
        bodies.append(body + record(0xA, b""))

    def named(name, at):
        head = struct.pack("<IBBBB", at, name in hidden_sheets, 0, len(name), 1)
        return record(0x85, head + name.encode("utf-16-le"))

    start = begin(5) + record(0x42, struct.pack("<H", 1200))
    at = len(start) + sum(len(named(name, 0)) for name in sheets) + 4
    stream = start
    for name, body in zip(sheets, bodies, strict=True):
        stream += named(name, at)
        at += len(body)
    return container(stream + record(0xA, b"") + b"".join(bodies))


def container(stream, name="Workbook"):
    """An OLE container with one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors, tables = len(stream) // 512, 1
    while sectors + 1 + tables > tables * 128:
        tables += 1
    chain = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    chain += [tables + 2 + i for i in range(sectors - 1)] + [0xFFFFFFFE]
    chain += [0xFFFFFFFF] * (tables * 128 - len(chain))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", *(i if i < tables else 0xFFFFFFFF for i in range(109)))

    def entry(title, kind, child, first, size):
        raw = title.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return raw.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", first, size)

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    folder += entry(name, 2, 0xFFFFFFFF, tables + 1, len(stream))
    return head + struct.pack(f"<{len(chain)}I", *chain) + folder.ljust(512, b"\0") + stream


# ── Excel ────────────────────────────────────────────────────────────────────────────────────

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def letters(column):
    """What a spreadsheet calls a column, counted from 0."""
    return chr(65 + column) if column < 26 else letters(column // 26 - 1) + chr(65 + column % 26)


def escaped(text):
    """A text as Excel writes it: what XML cannot hold, or would fold, as _xHHHH_."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    text = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda m: f"_x{ord(m[0]):04X}_", text)
    return escape(text)


def xlsx(sheets, *, merged=(), hidden_rows=(), hidden_sheets=(), shared=True):
    """A workbook: title -> rows of texts and numbers; texts shared or in their cells."""
    texts = {}

    def cell_of(value, at, column):
        place = f'r="{letters(column)}{at}"'
        if value is None:
            return ""
        if not isinstance(value, str):
            return f"<c {place}><v>{value}</v></c>"
        if shared:
            return f'<c {place} t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'
        text = f'<t xml:space="preserve">{escaped(value)}</t>'
        return f'<c {place} t="inlineStr"><is>{text}</is></c>'

    parts = {}
    for number, rows in enumerate(sheets.values(), start=1):
        lines = "".join(
            f'<row r="{at}" hidden="{int(at in hidden_rows)}">'
            + "".join(cell_of(value, at, column) for column, value in enumerate(values))
            + "</row>"
            for at, values in enumerate(rows, start=1)
        )
        areas = "".join(
            f'<mergeCell ref="{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"/>'
            for top, bottom, left, right in merged
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{SHEET}"><sheetData>{lines}</sheetData>'
            + (f"<mergeCells>{areas}</mergeCells>" if areas else "")
            + "</worksheet>"
        )
    strings = "".join(f'<si><t xml:space="preserve">{escaped(t)}</t></si>' for t in texts)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{SHEET}">{strings}</sst>'
    listed = "".join(
        f'<sheet name="{escape(title)}" sheetId="{number}" r:id="r{number}" '
        f'state="{"hidden" if title in hidden_sheets else "visible"}"/>'
        for number, title in enumerate(sheets, start=1)
    )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
    )
    relation = '<Relationship Id="r{}" Type="' + OFFICE + '/{}" Target="{}"/>'
    links = "".join(
        relation.format(n, "worksheet", f"worksheets/sheet{n}.xml")
        for n in range(1, len(sheets) + 1)
    ) + relation.format(0, "sharedStrings", "sharedStrings.xml")
    wrap = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = wrap.format(links)
    parts["_rels/.rels"] = wrap.format(relation.format(1, "officeDocument", "xl/workbook.xml"))
    kinds = {"/xl/workbook.xml": "sheet.main", "/xl/sharedStrings.xml": "sharedStrings"}
    kinds |= {f"/{part}": "worksheet" for part in parts if "worksheets/" in part}
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="{part}" ContentType="{KIND}.{kind}+xml"/>'
            for part, kind in kinds.items()
        )
        + "</Types>"
    )
    return zipped(parts)


def zipped(parts):
    """An archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# ── Word ─────────────────────────────────────────────────────────────────────────────────────

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*tables, looks=None):
    """A document of tables; *looks*: (row, column), counted from 0 -> properties of the cell."""
    looks = looks or {}
    body = "".join(
        "<w:tbl>"
        + "".join(
            "<w:tr>"
            + "".join(
                f"<w:tc><w:tcPr>{looks.get((at, column), '')}</w:tcPr>{_lines(text or '')}</w:tc>"
                for column, text in enumerate(values)
            )
            + "</w:tr>"
            for at, values in enumerate(rows)
        )
        + "</w:tbl><w:p/>"
        for rows in tables
    )
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"word/document.xml": document})


def _lines(text):
    def run(piece):
        if piece == "\t":
            return "<w:r><w:tab/></w:r>"
        text = escape(piece).replace("\r", "&#13;")
        return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'

    lines = (re.split(r"(\t)", line) for line in text.split("\n"))
    return "".join(f"<w:p>{''.join(map(run, pieces))}</w:p>" for pieces in lines)


# ── One table in any of them ─────────────────────────────────────────────────────────────────


def markdown(rows):
    """A table of Markdown: bars masked, line breaks as <br>."""
    lines = [
        "| " + " | ".join(c.replace("|", "\\|").replace("\n", "<br>") for c in cells) + " |"
        for cells in rows
    ]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]).encode("utf-8", "replace")


def _delimited(delimiter):
    def made(rows):
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows(rows)
        return out.getvalue().encode("utf-8", "surrogatepass")

    return made


def _objects(rows):
    header, *others = rows
    return [dict(zip(header, values, strict=True)) for values in others]


def _blocks(rows):
    header, *others = rows
    blocks = (
        "".join(f"**{h}**: {v}\n" for h, v in zip(header, values, strict=True)) for values in others
    )
    return "---\n".join(blocks).encode()


#: Every kind of source -> how a table of texts, its header first, is written as one.
WRITERS = {
    ".csv": _delimited(","),
    ".tsv": _delimited("\t"),
    ".txt": _blocks,
    ".md": _blocks,
    ".json": lambda rows: json.dumps(_objects(rows)).encode(),
    ".jsonl": lambda rows: "".join(json.dumps(o) + "\n" for o in _objects(rows)).encode(),
    ".xlsx": lambda rows: xlsx({"Harvest": rows}),
    ".xlsm": lambda rows: xlsx({"Harvest": rows}, shared=False),
    ".ods": lambda rows: ods(table(*map(row, rows))),
    ".xls": lambda rows: xls({"Harvest": rows}),
    ".docx": docx,
    ".zip": lambda rows: zipped({"a.csv": _delimited(",")(rows)}),
}
