"""Makes the example's Word document from words that can be reviewed: same words, same bytes.

A line of `# words` is a title, a block of `**Key**: value` lines a table of two
columns, every other line a paragraph.
"""

import io
import re
from collections.abc import Iterable
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PAIR = re.compile(r"\*\*(.+?)\*\*: ?(.*)")
#: The time that every part of the file bears: the document carries no clock.
_MADE = (2024, 12, 16, 9, 0, 0)
#: Width of the two columns, in twentieths of a point.
_WIDTHS = (2800, 6800)

_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_OWN_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_WORD}">'
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="20"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/>'
    '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style></w:styles>'
)


def word_document(words: str) -> bytes:
    """The document of *words*."""
    body: list[str] = []
    for block in re.split(r"\n{2,}", words.strip()):
        pairs = [_PAIR.fullmatch(line) for line in block.split("\n")]
        if all(pairs):
            body.append(_table([pair.groups() for pair in pairs if pair]))
            body.append("<w:p/>")
        else:
            body += [_paragraph(line) for line in block.split("\n")]
    document = (
        f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{"".join(body)}<w:sectPr/></w:body>'
        "</w:document>"
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": document,
        "word/styles.xml": _STYLES,
        "word/_rels/document.xml.rels": _OWN_RELATIONS,
    }
    made = io.BytesIO()
    # Stored, not deflated: zlib's bytes differ from one release to the next.
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name, _MADE), content.encode("utf-8"))
    return made.getvalue()


def _paragraph(line: str) -> str:
    if line.startswith("# "):
        style = '<w:pPr><w:pStyle w:val="Titel"/></w:pPr>'
        return f"<w:p>{style}{_run(line.removeprefix('# '))}</w:p>"
    return f"<w:p>{_run(line)}</w:p>"


def _run(text: str, *, bold: bool = False) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _table(pairs: Iterable[tuple[str, ...]]) -> str:
    rows = "".join(
        f"<w:tr>{_cell(key, _WIDTHS[0], bold=True)}{_cell(value, _WIDTHS[1])}</w:tr>"
        for key, value in pairs
    )
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="999999"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell(text: str, width: int, *, bold: bool = False) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"<w:p>{_run(text, bold=bold) if text else ''}</w:p></w:tc>"
    )
