"""A Word document as python-docx makes it: the few forms that a report needs, each in one place."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from kg.errors import UsageError
from kg.export.picture import NEEDS
from kg.export.words import clean
from kg.query.workbook import timeless

_MADE = datetime(2000, 1, 1)
_CM = 360_000  # of Word's units
_WIDE = 17.0  # centimetres of text on A4
_MARGIN = 2.0
_HEAD, _INK, _LIGHT = "1F3864", "FFFFFF", "666666"


class Paper:
    """Writes a document from top to bottom. All text is cleaned of what no XML may hold."""

    def __init__(self, *, title: str, mark: str, note: str, language: str) -> None:
        try:
            import docx
            from docx.shared import Emu, Pt
        except ModuleNotFoundError as missing:
            raise UsageError(NEEDS) from missing
        self.document: Any = docx.Document()
        self._marks = 0
        self._styles: dict[str, str] = {}  # name → id
        self._end: Any = self.document.element.body.sectPr
        about = self.document.core_properties
        about.author, about.title, about.comments = "kg", clean(title), clean(note)
        about.created = about.modified = _MADE
        about.language = language
        about.last_modified_by = "kg"
        section = self.document.sections[0]
        section.page_width, section.page_height = Emu(21 * _CM), Emu(int(29.7 * _CM))
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", Emu(int(_MARGIN * _CM)))
        body = self.document.styles["Normal"]
        body.font.name, body.font.size = "Calibri", Pt(10.5)
        body.paragraph_format.space_after = Pt(4)
        for style in ("Title", "Heading 1", "Heading 2", "Heading 3"):
            self._own_letters(self.document.styles[style])
        self._speak(language)
        self._edge(section.header, f"{mark} · {title}")
        self._edge(section.footer, note)
        self._number(section.footer)

    def heading(self, text: str, level: int, *, mark: str = "") -> None:
        """A heading; with a *mark* links lead there."""
        found = self._paragraph(f"Heading {level}" if level else "Title")
        found.add_run(clean(text))
        if mark:
            self._mark(found, mark)

    def banner(self, text: str, fill: str) -> None:
        """A line on a coloured ground."""
        found = self._paragraph()
        run = found.add_run(clean(text))
        run.bold = True
        found._p.get_or_add_pPr().append(
            self._element("w:shd", val="clear", color="auto", fill=fill)
        )

    def line(self, text: str, *, style: str = "", bold: str = "", quiet: str = "") -> None:
        """A paragraph: words in bold, the text, and something in grey behind it."""
        found = self._paragraph(style)
        if bold:
            found.add_run(clean(bold)).bold = True
        if text:
            found.add_run(clean(text))
        if quiet:
            from docx.shared import RGBColor

            run = found.add_run(clean(quiet))
            run.font.color.rgb = RGBColor.from_string(_LIGHT)

    def link(self, text: str, mark: str, *, style: str = "") -> None:
        """A paragraph that leads to a heading of this document."""
        found = self._paragraph(style)
        link = self._element("w:hyperlink", anchor=mark)
        run = found.add_run(clean(text))
        run.font.underline = True
        found._p.remove(run._r)
        link.append(run._r)
        found._p.append(link)

    def picture(self, content: bytes, alternative: str) -> None:
        """A picture as wide as the text or as high as the page; *alternative* tells it in words."""
        from docx.shared import Emu

        added = self.document.add_picture(io.BytesIO(content))
        tallest = 22.5
        tall = _WIDE * added.height / added.width
        wide = _WIDE if tall <= tallest else _WIDE * tallest / tall
        added.width, added.height = Emu(int(wide * _CM)), Emu(int(min(tall, tallest) * _CM))
        added._inline.docPr.set("descr", clean(alternative))

    def table(
        self, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float],
        *, marked: int | None = None, fill: str = "FFF2CC",
    ) -> None:  # fmt: skip
        """A table with a header that each page repeats.

        Args:
            heads: Names of the columns.
            rows: Texts.
            widths: Shares of the page.
            marked: A column; where it holds something its cell is coloured.
            fill: The colour.
        """
        from docx.shared import Emu

        made = self.document.add_table(rows=0, cols=len(heads))
        made.style = self.document.styles["Table Grid"]
        made.autofit = False
        sizes = [Emu(int(_WIDE * _CM * width / sum(widths))) for width in widths]
        for column, size in zip(made.columns, sizes, strict=True):
            column.width = size
        self._row(made, heads, sizes, head=True)
        for row in rows:
            self._row(made, row, sizes, marked=marked, fill=fill)
        self.document.add_paragraph()

    def page_break(self) -> None:
        """What follows begins on a new page."""
        self.document.add_page_break()

    def saved(self) -> bytes:
        """The bytes of the document, without the moment of its making."""
        out = io.BytesIO()
        self.document.save(out)
        return timeless(out.getvalue())

    def _paragraph(self, style: str = "") -> Any:
        """A paragraph at the end; python-docx would look for end and style each time."""
        from docx.oxml import OxmlElement
        from docx.text.paragraph import Paragraph

        made: Any = OxmlElement("w:p")
        self._end.addprevious(made)
        if style:
            if style not in self._styles:
                self._styles[style] = self.document.styles[style].style_id
            made.style = self._styles[style]
        return Paragraph(made, self.document._body)

    def _row(
        self, table: Any, texts: Sequence[str], sizes: Sequence[Any],
        *, head: bool = False, marked: int | None = None, fill: str = "",
    ) -> None:  # fmt: skip
        from docx.shared import Pt, RGBColor

        row = table.add_row()
        about = row._tr.get_or_add_trPr()
        about.append(self._element("w:cantSplit"))
        if head:
            about.append(self._element("w:tblHeader"))
        for place, (cell, text, size) in enumerate(zip(row.cells, texts, sizes, strict=True)):
            cell.width = size
            found = cell.paragraphs[0]
            found.paragraph_format.space_after = Pt(1)
            run = found.add_run(clean(text))
            run.font.size = Pt(9)
            ground = _HEAD if head else fill if place == marked and text else ""
            if head:
                run.bold = True
                run.font.color.rgb = RGBColor.from_string(_INK)
            if ground:
                shade = self._element("w:shd", val="clear", color="auto", fill=ground)
                cell._tc.get_or_add_tcPr().append(shade)

    def _mark(self, paragraph: Any, name: str) -> None:
        self._marks += 1
        number = str(self._marks)
        paragraph._p.insert(0, self._element("w:bookmarkStart", id=number, name=name))
        paragraph._p.append(self._element("w:bookmarkEnd", id=number))
        about = paragraph._p.pPr
        if about is not None:  # the properties of a paragraph come first
            paragraph._p.remove(about)
            paragraph._p.insert(0, about)

    def _own_letters(self, style: Any) -> None:
        """Headings in the letters of the text: those of the theme differ from system to system."""
        from docx.oxml.ns import qn

        style.font.name = "Calibri"
        fonts = style.element.rPr.rFonts
        for name in list(fonts.attrib):
            if name.endswith("Theme"):
                del fonts.attrib[name]
        fonts.set(qn("w:hAnsi"), "Calibri")

    def _speak(self, language: str) -> None:
        """So that a spelling checker does not mark every word."""
        from docx.oxml.ns import qn

        tag = {"fr": "fr-FR"}.get(language, "en-GB")
        for found in self.document.styles.element.iter(qn("w:lang")):
            found.set(qn("w:val"), tag)

    def _edge(self, edge: Any, text: str) -> None:
        from docx.shared import Pt

        run = edge.paragraphs[0].add_run(clean(text))
        run.font.size = Pt(8)

    def _number(self, footer: Any) -> None:
        """The number of the page, to the right; Word fills it in."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        found = footer.add_paragraph()
        found.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = found.add_run()
        run.font.size = Pt(8)
        for kind in ("begin", "", "end"):
            if kind:
                run._r.append(self._element("w:fldChar", fldCharType=kind))
            else:
                told = self._element("w:instrText")
                told.text = "PAGE"
                run._r.append(told)

    def _element(self, tag: str, **attributes: str) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        made: Any = OxmlElement(tag)
        for name, value in attributes.items():
            made.set(qn(f"w:{name}"), value)
        return made
