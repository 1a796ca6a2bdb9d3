"""Delimited text."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Record
from kg.read import Headings, read_source
from kg.read.content import open_source
from kg.read.csv import read_csv
from kg.read.decode import decode
from kg.read.header import Search
from kg.read.source import load

HEADINGS = Headings.load()
SPECTRUM = Path(__file__).parents[3] / "shared" / "testdata" / "csv-spectrum"
HEADER = ("Fragment ID", "Country", "Outcome description", "Confidential")
ROWS = (
    ("H/1", "Mali", "The council, after talks, opened its sessions", "no"),
    ("H/2", "Bénin", 'The mayor said "yes"\nand kept to it', "yes"),
    ("H/3", "Côte d’Ivoire", "The law was repealed; nobody was arrested", "non"),
)


def table(rows=ROWS, *, delimiter=",", newline="\r\n", header=HEADER):
    """A CSV text as a spreadsheet writes it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows([header, *rows])
    return out.getvalue()


def read(tmp_path, data, name="harvest.csv"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_source(path, headings=HEADINGS)


def texts(reading):
    return [tuple(cell.text for cell in record.cells) for record in reading.records]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_dialect_reads_the_same(tmp_path, delimiter, newline, encoding):
    """Delimiter, line break and encoding are found; no row and no accent is lost."""
    reading = read(tmp_path, table(delimiter=delimiter, newline=newline).encode(encoding))

    assert texts(reading) == list(ROWS)


def test_rows_are_numbered_by_the_line_on_which_they_begin(tmp_path):
    """A cell with a line break pushes the next row down by a line."""
    assert [record.row for record in read(tmp_path, table()).records] == [2, 3, 5]


def test_the_delimiter_is_decided_by_the_header_line_alone(tmp_path):
    """Rows full of semicolons and tabs do not change what the header says."""
    rows = [("a;b;c;d", "x\ty\tz", f"one; two; three; {i}", "no") for i in range(50)]

    assert texts(read(tmp_path, table(rows))) == rows


def test_the_encoding_of_a_line_does_not_depend_on_its_neighbours():
    """One line in cp1252 leaves the others in UTF-8."""
    lines = ["Bénin\n".encode(), "Bénin\n".encode("cp1252"), "Côte\r".encode(), b"plain"]

    assert decode(b"".join(lines)).lines == ("Bénin\n", "Bénin\n", "Côte\r", "plain")


def test_a_header_below_titles(tmp_path):
    """Titles, blank lines and Excel's own hint stand above the header and are no rows."""
    reading = read(tmp_path, "sep=;\r\nHarvest 2, all countries\r\n\r\n" + table(delimiter=";"))

    assert texts(reading) == list(ROWS)
    assert reading.rows_read == 3


def test_blank_rows_are_no_rows(tmp_path):
    """Rows of delimiters alone are not counted."""
    assert read(tmp_path, table() + ",,,\r\n\r\n , ,,\r\n").rows_read == 3


def test_a_cell_beyond_128_kib_is_whole(tmp_path):
    """Long cells are neither refused nor cut."""
    long = "word " * 60_000
    reading = read(tmp_path, table([("H/1", "Mali", long, "no")]))

    assert reading.records[0].value("description") == long


def test_spaces_behind_delimiters_do_not_hide_quotes(tmp_path):
    """ "a, b" in the header tells how rows are parted."""
    data = 'ID, Country, Description, Confidential\n1, Mali, "One, two", no\n'

    assert texts(read(tmp_path, data)) == [("1", "Mali", "One, two", "no")]


class TestWrongQuotes:
    """A quote that is never closed costs its own row at most."""

    DATA = (
        "ID,Country,Description,Confidential\n"
        "1,Mali,First,no\n"
        '2,Mali,"Second is not closed,no\n'
        "3,Mali,Third,no\n"
        '4,Mali,"Fourth, in quotes",no\n'
        '5,Mali,He said "fine",no\n'
    )

    def test_the_rows_behind_it_are_kept(self, tmp_path):
        """Nothing else in the file is lost."""
        reading = read(tmp_path, self.DATA)

        assert [r.value("fragment_id") for r in reading.records] == ["1", "2", "3", "4", "5"]
        assert reading.records[4].value("description") == 'He said "fine"'

    def test_it_is_told_with_the_row_where_it_began(self, tmp_path):
        """The owner finds the quote at once."""
        found = [f.where.row for f in read(tmp_path, self.DATA).findings if "quote" in f.reason]

        assert found == [3]

    def test_its_words_stay(self, tmp_path):
        """The broken cell keeps what was typed."""
        description = read(tmp_path, self.DATA).records[1].value("description")

        assert description == '"Second is not closed,no'

    def test_such_a_row_never_clears_itself(self, tmp_path):
        """Its cells may stand under the wrong heading, the flag's too."""
        data = 'ID,Confidential,Description\n1,no,"open\n2,no,closed\n'
        flags = [r.value("confidential") for r in read(tmp_path, data).records]

        assert flags == ["", "no"]

    def test_quotes_that_are_not_doubled(self, tmp_path):
        """A quote inside a quoted cell stays as it was typed."""
        data = 'ID,Description,Country\n1,"They said "yes, we will" twice",Mali\n'

        assert texts(read(tmp_path, data)) == [("1", 'They said "yes, we will" twice', "Mali")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [("1,They met, and signed,no,Mali", "row-too-long"), ("end of a text,no,no", "row-too-short")],
)
def test_a_row_that_does_not_fit_its_header_counts_as_confidential(tmp_path, row, reason):
    """An unquoted delimiter or line break moves a "no" under the flag; that clears nothing."""
    reading = read(tmp_path, f"ID,Description,Confidential,Country\n{row}\n2,Fine,no,Mali\n")
    odd = [(f.reason, f.where.row) for f in reading.findings if f.reason.startswith("row-")]

    assert [record.value("confidential") for record in reading.records] == ["", "no"]
    assert odd == [(reason, 2)]


def test_cells_beyond_the_header_are_kept(tmp_path):
    """Every cell of a row that is too long is there, the last ones under their column."""
    data = "ID,Description,Confidential\n1,They met, and signed,no\n"
    record = read(tmp_path, data).records[0]

    assert {c.field: c.text for c in record.cells} == {
        "fragment_id": "1",
        "description": "They met",
        "confidential": "",
        "confidential-as-read": " and signed",
        "column-d": "no",
    }


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in (SPECTRUM / "csvs").glob("*.csv")) or ["none"]
)
def test_csv_spectrum(name):
    """The eleven files of csv-spectrum read as their JSON says."""
    if not SPECTRUM.is_dir():
        pytest.skip("shared/testdata/csv-spectrum is not beside this checkout; nothing was tested.")
    content = open_source(SPECTRUM / "csvs" / f"{name}.csv", name=name)
    table = next(read_csv(content, name=name, search=Search(len)))
    got = [dict(zip(table.header.cells, row.cells, strict=True)) for row in table.rows]

    # Line breaks in cells stay as they stand in the file; the suite's JSON folds some.
    def folded(rows):
        return [{k: v.replace("\r\n", "\n") for k, v in row.items()} for row in rows]

    assert folded(got) == folded(json.loads((SPECTRUM / "json" / f"{name}.json").read_text()))


cells = st.text(
    alphabet=st.characters(
        codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters='\n",;\t|'
    ),
    max_size=30,
)


@given(
    rows=st.lists(st.tuples(cells, cells, cells, cells), max_size=6),
    delimiter=st.sampled_from(",;\t|"),
)
def test_what_a_spreadsheet_writes_is_what_is_read(tmp_path_factory, rows, delimiter):
    """Any cells at all come back as they were; rows read are rows written."""
    path = tmp_path_factory.mktemp("csv") / "any.csv"
    path.write_text(table(rows, delimiter=delimiter), encoding="utf-8", newline="")
    events = load(path, headings=HEADINGS)
    got = [tuple(c.text for c in e.cells) for e in events if isinstance(e, Record)]
    written = [row for row in rows if any(cell.strip() for cell in row)]

    assert got == written


@given(st.binary(max_size=300))
def test_any_bytes_below_a_header_are_accounted_for(tmp_path_factory, data):
    """No bytes make the reader raise anything but its own error, or lose a row."""
    path = tmp_path_factory.mktemp("csv") / "bytes.csv"
    path.write_bytes(b"ID,Description,Confidential\n1,ok,no\n" + data)
    reading = read_source(path, headings=HEADINGS)

    assert reading.rows_read == len(reading.records) + len(reading.rejected)
    assert reading.records[0].value("fragment_id") == "1"


@pytest.mark.parametrize("text", ['"Chief" Abou resigned', '"Chief" and "Queen" of it'])
def test_quoted_words_that_begin_a_cell_cost_no_other_cell(text, tmp_path):
    """The cells beside it stay what they are; the row is told, and never clears itself."""
    path = tmp_path / "a.csv"
    path.write_text(
        f"ID;Country;Outcome description;Confidential\nC1;Niger;{text};no\nC2;Niger;Told;no\n",
        "utf-8",
    )
    found = read_source(path, headings=Headings.load())
    first, second = found.records

    assert first.value("description") == text
    assert (first.value("confidential"), first.value("confidential-as-read")) == ("", "no")
    assert second.value("confidential") == "no"
    assert [f.reason for f in found.findings] == ["unclosed-quote"]
