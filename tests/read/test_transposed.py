"""Tables on their side, forms in worksheets, lists of fields, a second header below the first."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.read import Headings, inspect_source, read_source
from kg.read.content import Content
from kg.read.csv import read_csv
from kg.read.job import Job, search_of
from kg.read.understand import ANOTHER
from tests.read.writers import WRITERS, ods, row, table, xlsx

HEADINGS = Headings.load()
HEADER = ["Outcome ID", "Country", "Outcome description", "Year", "Confidential"]
ROWS = [
    ["T/1", "Mali", "The council of Lundar published its budget.", "2022", "no"],
    ["T/2", "Niger", "The union of Orvena signed a code.", "2023", "yes"],
    ["T/3", "Mali", "Two stations in Keshti changed their tone.", "", "no"],
]
SIDEWAYS = [list(cells) for cells in zip(HEADER, *ROWS, strict=True)]
LIST = [
    ["Record", "Field", "Value"],
    *(
        [cells[0], heading, cell]
        for cells in ROWS
        for heading, cell in zip(HEADER[1:], cells[1:], strict=True)
    ),
]


def delimited(rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def read(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    return read_source(path, headings=HEADINGS)


def told(record):
    return {c.field: c.text for c in record.cells if c.text}


@pytest.mark.parametrize("kind", [".csv", ".tsv", ".xlsx", ".ods", ".xls"])
def test_a_table_on_its_side_is_read_as_one_upright(tmp_path, kind):
    """A record a column; its row is the number of the column, and it is told."""
    reading = read(tmp_path, WRITERS[kind](SIDEWAYS), f"side{kind}")
    upright = read(tmp_path, WRITERS[kind]([HEADER, *ROWS]), f"up{kind}")

    assert [told(r) for r in reading.records] == [told(r) for r in upright.records]
    assert [r.row for r in reading.records] == [2, 3, 4]
    assert [f.reason for f in reading.findings if f.reason == "turned-table"] == ["turned-table"]
    assert "turned-table" not in [f.reason for f in upright.findings]


def test_forms_in_worksheets(tmp_path):
    """One a worksheet or one below the other; title rows and empty answers do no harm."""
    form = [["OUTCOME FORM"], *([h, c] for h, c in zip(HEADER, ROWS[0], strict=True))]
    second = [[h, c] for h, c in zip(HEADER, ROWS[2], strict=True)]
    data = xlsx(
        {"One": form, "Two": [*second, [], *([h, c] for h, c in zip(HEADER, ROWS[1], strict=True))]}
    )
    reading = read(tmp_path, data, "forms.xlsx")

    assert [(r.sheet, r.row, r.value("fragment_id")) for r in reading.records] == [
        ("One", 2, "T/1"),
        ("Two", 1, "T/3"),
        ("Two", 7, "T/2"),
    ]
    assert [r.value("year") for r in reading.records] == ["2022", "", "2023"]


def test_instructions_beside_a_form_are_no_record(tmp_path):
    """By the heading of their column; it is told, with its letter."""
    rows = [["Rubrique", "Réponse", "Consignes"], ["Pays", "Togo", "Un seul"]]
    rows += [["Description de l’incidence", "Le conseil a publié.", "Deux phrases"]]
    rows += [["Confidentiel", "non", "oui ou non"]]
    reading = read(tmp_path, xlsx({"Fiche": rows}), "fiche.xlsx")

    assert [r.value("description") for r in reading.records] == ["Le conseil a publié."]
    assert [f.message for f in reading.findings if f.reason == "column-beside"] == [
        "Column C holds instructions, by its heading; it is no record."
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_list_of_fields_is_read_record_by_record(tmp_path, delimiter):
    """Such as T/1 | Country | Mali: the record's own cell becomes a field, under its heading."""
    reading = read(tmp_path, delimited(LIST, delimiter), "list.csv")

    assert [r.value("country") for r in reading.records] == ["Mali", "Niger", "Mali"]
    assert [r.value("confidential") for r in reading.records] == ["no", "yes", "no"]
    assert [next(c.text for c in r.cells if c.heading == "Record") for r in reading.records] == [
        "T/1",
        "T/2",
        "T/3",
    ]


def test_a_sentence_is_never_a_heading(tmp_path):
    """Where no row is a header, none is made of what somebody tells."""
    rows = [["A1", "Outcome description", "The council of Lundar published its budget in May."]]

    with pytest.raises(SourceError, match="no header found"):
        read(tmp_path, delimited(rows), "odd.csv")


def test_a_second_header_with_other_columns_is_read_as_one(tmp_path):
    """It is told, no record, and counted; rows below stand under it."""
    other = ["Confidential", "Year", "Outcome description", "Outcome ID"]
    rows = [HEADER, ROWS[0], [], other, ["no", "2021", "The clerk of Venn wrote back.", "T/9"]]
    reading = read(tmp_path, ods(table(*map(row, rows))), "two.ods")

    assert [(r.value("fragment_id"), r.value("year")) for r in reading.records] == [
        ("T/1", "2022"),
        ("T/9", "2021"),
    ]
    assert [(r.where.row, r.reason) for r in reading.rejected] == [(4, ANOTHER)]
    assert reading.rows_read == len(reading.records) + len(reading.rejected)


def test_a_second_header_without_a_flag_withholds_what_is_below(tmp_path):
    """A flag of the table above says nothing of the one below."""
    rows = [HEADER, ROWS[0], HEADER[:4], [*ROWS[2][:4]]]
    reading = read(tmp_path, xlsx({"S": rows}), "two.xlsx")

    assert [r.value("confidential") for r in reading.records] == ["no", None]
    assert "no-confidential-column" in [f.reason for f in reading.findings]


def test_the_labels_of_a_form_below_its_names_are_no_record(tmp_path):
    """As forms export them: names, then what was asked."""
    names = ["outcome_id", "country", "outcome_description", "year", "confidential"]
    reading = read(tmp_path, delimited([names, HEADER, *ROWS]), "form.csv")

    assert [r.value("fragment_id") for r in reading.records] == ["T/1", "T/2", "T/3"]


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_a_table_saved_as_text(tmp_path, delimiter):
    """As "Unicode text" of Excel, or the export of a database: rows are lines."""
    lines = [delimiter.join(cells) for cells in [HEADER, *ROWS]]
    reading = read(tmp_path, "\r\n".join(lines).encode("utf-16"), "export.txt")

    assert [(r.row, r.value("fragment_id")) for r in reading.records] == [
        (2, "T/1"),
        (3, "T/2"),
        (4, "T/3"),
    ]


def test_inspect_shows_a_turned_table(tmp_path):
    """With its headings, and how many records it holds."""
    path = tmp_path / "side.csv"
    path.write_bytes(delimited(SIDEWAYS))
    (seen,) = inspect_source(path, headings=HEADINGS).tables

    assert (seen.rows, [c.heading for c in seen.columns]) == (3, HEADER)


@given(st.lists(st.lists(st.text("ab \n", max_size=4), min_size=5, max_size=5), max_size=9))
def test_a_table_with_a_header_is_never_turned(rows):
    """Whatever stands in its rows."""
    job = Job(Content.of(delimited([HEADER, *rows])), "a.csv", "text/csv", HEADINGS, lenient=False)
    first = next(read_csv(job.content, name="a.csv", search=search_of(job)))

    assert list(first.header.cells) == HEADER


def test_a_list_of_what_is_asked_is_no_harvest(tmp_path):
    """Headings beside headings: nobody answered."""
    names = ["outcome_id", "country", "outcome_description", "year", "confidential"]
    rows = [
        ["Variable", "Label", "Type"],
        *([n, h, "text"] for n, h in zip(names, HEADER, strict=True)),
    ]

    with pytest.raises(SourceError, match="no header found"):
        read(tmp_path, delimited(rows), "codebook.csv")


@pytest.mark.parametrize("kind", [".csv", ".xlsx", ".ods"])
@pytest.mark.parametrize("more", [[], [["Status", "Outcome", "Round", "2"]]])
def test_a_form_with_two_questions_in_a_row_is_one_record(tmp_path, kind, more):
    """Read as three columns, its flag stood under nobody's heading."""
    form = [
        ["Outcome ID", "X1", "Country", "Mali"],
        ["Year", "2022", "Confidential", "no"],
        *more,
        ["Outcome description", "The council of Lundar published its budget.", "", ""],
    ]
    reading = read(tmp_path, WRITERS[kind](form), f"form{kind}")

    assert [told(record) for record in reading.records] == [
        {
            "fragment_id": "X1",
            "country": "Mali",
            "year": "2022",
            "confidential": "no",
            **({"status": "Outcome", "round": "2"} if more else {}),
            "description": "The council of Lundar published its budget.",
        }
    ]
    assert reading.rows_read == 1


def test_answers_that_are_words_of_headings_are_answers(tmp_path):
    """A status "Outcome" is a heading, too: beside other records it stays what it is."""
    rows = [
        ["Outcome ID", "1", "2", "3"],
        ["Status", "Lead", "Outcome", "Outcome"],
        ["Outcome description", "They met.", "They spoke.", "They left."],
        ["Country", "Mali", "Niger", "Togo"],
    ]
    reading = read(tmp_path, WRITERS[".csv"](rows), "side.csv")

    assert [told(record)["status"] for record in reading.records] == ["Lead", "Outcome", "Outcome"]
