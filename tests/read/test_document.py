"""Word documents, made here from their XML."""

import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from kg.errors import SourceError
from kg.messages import place_of
from kg.read import Headings, inspect_source, read_source

HEADINGS = Headings.load()
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = (
    f'<w:styles xmlns:w="{SPACE}"><w:style w:styleId="Titre1"><w:name w:val="heading 1"/>'
    "</w:style></w:styles>"
)


def run(text, *, bold=False):
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs, style=None):
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(r if r.startswith('<w:') else run(r) for r in runs)}</w:p>"


def keyed(key, value):
    return paragraph(run(f"{key}: ", bold=True), value)


def cell(text, look=""):
    content = "".join(paragraph(line) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content}</w:tc>"


def table(*rows):
    made = ("".join(c if c.startswith("<w:") else cell(c) for c in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{cells}</w:tr>' for cells in made)}</w:tbl>"


def docx(*parts, prolog="", part="word/document.xml"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/styles.xml", STYLES)
        body = "".join(parts)
        archive.writestr(
            part,
            f'{prolog}<w:document xmlns:w="{SPACE}"><w:body>{body}</w:body></w:document>',
        )
    return out.getvalue()


def read(tmp_path, data, name="harvest.docx"):
    path = tmp_path / name
    path.write_bytes(data)
    return read_source(path, headings=HEADINGS)


def cells(record):
    return {cell.field: cell.text for cell in record.cells}


HEADER = ["Fragment ID", "Country", "Outcome description", "Confidential"]


def test_a_table_with_a_header(tmp_path):
    """Each row is a record; lines of a cell stay parted, merged cells are filled down."""
    data = docx(
        paragraph("Harvest 2"),
        table(
            HEADER,
            ["1", cell("Mali", '<w:vMerge w:val="restart"/>'), "They met\nin May", "no"],
            ["2", cell("", "<w:vMerge/>"), "They left", "no"],
        ),
    )
    reading = read(tmp_path, data)

    assert [cells(r) for r in reading.records] == [
        {
            "fragment_id": "1",
            "country": "Mali",
            "description": "They met\nin May",
            "confidential": "no",
        },
        {"fragment_id": "2", "country": "Mali", "description": "They left", "confidential": "no"},
    ]
    assert [r.row for r in reading.records] == [2, 3]


def test_paragraphs_of_key_and_value(tmp_path):
    """Bold keys; further paragraphs belong to the value; a title parts records."""
    data = docx(
        paragraph("Première", style="Titre1"),
        keyed("Fragment ID", "1"),
        keyed("Outcome description", "They met."),
        paragraph("They also: spoke."),
        keyed("Confidential", "no"),
        paragraph("Deuxième", style="Titre1"),
        keyed("Fragment ID", "2"),
        keyed("Outcome description", "They left."),
        keyed("Confidential", "yes"),
    )
    reading = read(tmp_path, data)

    assert [cells(r) for r in reading.records] == [
        {"fragment_id": "1", "description": "They met.\nThey also: spoke.", "confidential": "no"},
        {"fragment_id": "2", "description": "They left.", "confidential": "yes"},
    ]
    assert [r.row for r in reading.records] == [2, 7]


def test_plain_paragraphs_of_key_and_value(tmp_path):
    """Keys need not be bold where they are known."""
    data = docx(*(paragraph(line) for line in ["ID: 1", "Outcome: They met", "Confidential: no"]))

    assert cells(read(tmp_path, data).records[0])["description"] == "They met"


@pytest.mark.parametrize("bold", [True, False])
def test_a_form_in_one_paragraph(tmp_path, bold):
    """Shift and Enter part its lines, each with a key of its own; a form may stand beside it."""
    answers = {"Outcome ID": "{}", "Country": "Mali", "Outcome": "They met.", "Confidential": "no"}
    soft = [
        paragraph(
            *(
                run(f"{key}: ", bold=bold)
                + f"<w:r><w:t>{value.format(n)}</w:t>{'<w:br/>' * (key != 'Confidential')}</w:r>"
                for key, value in answers.items()
            )
        )
        for n in (1, 2)
    ]
    form = table(*((key, value.format(3)) for key, value in answers.items()))
    records = read(tmp_path, docx(*soft, "<w:p/>", form)).records

    assert sorted(r.value("fragment_id") for r in records) == ["1", "2", "3"]
    assert {r.value("description") for r in records} == {"They met."}


def test_lines_beside_a_table_are_told(tmp_path):
    """Keys of no record ("Date: 3 May") stand above a table that is read: not a word unsaid."""
    above = [paragraph("Date: 3 May"), paragraph("Country: Mali")]
    reading = read(tmp_path, docx(*above, table(HEADER, ["1", "Mali", "They met.", "no"])))

    assert len(reading.records) == 1
    assert [f.where.row for f in reading.findings if f.reason == "text-outside-records"] == [1]


def test_a_table_of_keys_and_values_is_one_record(tmp_path):
    """A form, one table a record."""
    forms = [
        table(["Fragment ID", str(i)], ["Outcome description", "They met"], ["Confidential", "no"])
        for i in (1, 2)
    ]
    reading = read(tmp_path, docx(*forms, table(["Version", "2"], ["Author", "Nobody"])))

    assert [r.value("fragment_id") for r in reading.records] == ["1", "2"]
    assert "skipped-table" in {f.reason for f in reading.findings}


def test_deleted_words_are_not_read(tmp_path):
    """Tracked changes count as accepted; breaks and tabs stay."""
    words = (
        run("They met")
        + "<w:del><w:r><w:delText>secretly</w:delText></w:r></w:del>"
        + "<w:moveFrom><w:r><w:t>elsewhere</w:t></w:r></w:moveFrom>"
        + "<w:ins><w:r><w:tab/><w:t>openly</w:t><w:br/><w:t>twice</w:t></w:r></w:ins>"
    )
    data = docx(keyed("Fragment ID", "1"), paragraph(run("Outcome: ", bold=True), words))

    assert read(tmp_path, data).records[0].value("description") == "They met\topenly\ntwice"


GOOD = docx(keyed("Fragment ID", "1"), keyed("Outcome description", "Met"))
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cut.docx", GOOD[:-30]),
        ("entities.docx", docx(paragraph("x"), prolog=ENTITIES)),
        ("nothing.docx", docx(paragraph("A report of some kind."))),
        ("other.docx", docx(paragraph("x"), part="word/other.xml")),
        ("deep.docx", docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000)),
        ("broken.docx", docx("<w:p>")),
        ("password.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)),
        ("text.docx", b"Fragment ID: 1"),
    ],
)
def test_what_is_no_document_is_refused_in_one_line(tmp_path, name, data):
    """Cut off, with entities, nested without end, or of another kind."""
    with pytest.raises(SourceError) as caught:
        read(tmp_path, data, name)

    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)


def test_a_form_whose_values_are_words_of_headings_is_a_form(tmp_path):
    """ "Outcome status | Outcome" is a record's status, and no header of two columns."""
    rows = (("ID", "A/1"), ("Outcome status", "Outcome"), ("Country", "Mali"))
    data = docx(table(*rows, ("Outcome description", "The mayor came.")))
    reading = read(tmp_path, data)
    found = [(r.value("status"), r.value("description")) for r in reading.records]

    assert (found, reading.rejected) == ([("Outcome", "The mayor came.")], ())


def test_rows_of_several_tables_are_told_apart(tmp_path):
    """Word numbers no rows: a person counts tables, then rows; of a table and of a form alike."""
    rows = [HEADER, ["1", "Mali", "Met", "no"], ["2", "Mali", "", "no"]]
    form = [["Fragment ID", "3"], ["Outcome description", "Spoke"], ["Country", "Mali"]]
    again = [["Fragment ID", "4"], ["Outcome description", ""], ["Country", "Mali"]]
    gap = paragraph("")
    data = docx(table(*rows), gap, table(["Budget", "1"]), gap, table(*rows), gap,
                table(*form, *again))  # fmt: skip
    reading = read(tmp_path, data)
    places = [r.where() for r in reading.records] + [r.where for r in reading.rejected]

    assert sorted({(place.sheet, place.row) for place in places}) == [
        *(("table 1", 2), ("table 1", 3), ("table 3", 2), ("table 3", 3)),
        *(("table 4", 1), ("table 4", 4)),
    ]
    assert str(reading.rejected[-1].where) == ("harvest.docx, table 4, row 4, field description")
    assert place_of(reading.rejected[0].where, "fr") == (
        "harvest.docx, tableau 1, ligne 3, champ description"
    )


def test_inspect_names_tables_as_people_do(tmp_path):
    """By their number, also where one says nothing of what is confidential."""
    (tmp_path / "harvest.docx").write_bytes(
        docx(table(["Fragment ID", "Country", "Outcome description"], ["1", "Mali", "Met"]))
    )
    found = inspect_source(tmp_path / "harvest.docx", headings=HEADINGS)

    assert [t.name for t in found.tables] == ["table 1"]
    assert [f.message.split(" that")[0] for f in found.findings] == ["Table 1 has no column"]
