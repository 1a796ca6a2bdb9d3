"""One source, whatever its kind: every row is accounted for."""

import csv
import io
import json
import os
import time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from kg.blank import is_blank
from kg.errors import SourceError
from kg.read import Headings, read_source
from kg.read.rows import clean

HEADINGS = Headings.load()
SHARED = Path(__file__).parents[3] / "shared"
HEADER = ["Fragment ID", "Country", "Outcome description", "Confidential"]
KINDS = [".csv", ".tsv", ".txt", ".md", ".xlsx", ".xlsm"]


def write(folder, kind, header, rows):
    """A source of the given kind with these rows."""
    path = folder / f"harvest{kind}"
    if kind in {".xlsx", ".xlsm"}:
        book = openpyxl.Workbook()
        for row in [header, *rows]:
            book.active.append(row)
        for row in book.active.iter_rows():  # "=1+1" is what somebody typed, not a formula
            for cell in row:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        book.save(path)
    elif kind in {".csv", ".tsv"}:
        out = io.StringIO(newline="")
        delimiter = "\t" if kind == ".tsv" else ","
        csv.writer(out, delimiter=delimiter).writerows([header, *rows])
        path.write_text(out.getvalue(), encoding="utf-8", newline="")
    else:
        blocks = (
            "".join(f"**{h}**: {v}\n" for h, v in zip(header, row, strict=True)) for row in rows
        )
        path.write_text("---\n".join(blocks), encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_without_description_is_rejected_and_every_other_is_kept(tmp_path, kind):
    """Rejected with file, row, field and reason; nothing else in the file is lost."""
    rows = [["1", "Mali", "Met", "no"], ["2", "Mali", "n/a", "no"], ["3", "", "Left", ""]]
    reading = read_source(write(tmp_path, kind, HEADER, rows), headings=HEADINGS)

    line = 6 if kind in {".txt", ".md"} else 3  # four keys and a separator, or the second row

    assert [r.value("fragment_id") for r in reading.records] == ["1", "3"]
    assert [(str(r.where), r.reason) for r in reading.rejected] == [
        (f"harvest{kind}, row {line}, field description", "no description")
    ]
    assert reading.rows_read == 3


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_reads_the_same_cells(tmp_path, kind):
    """Field, heading and text do not depend on the format."""
    rows = [["H-<redacted>/1", "Côte d’Ivoire", "Le conseil, après <LOC>, s’est réuni", "NON"]]
    record = read_source(write(tmp_path, kind, HEADER, rows), headings=HEADINGS).records[0]

    assert [(c.field, c.heading, c.text) for c in record.cells] == [
        ("fragment_id", "Fragment ID", rows[0][0]),
        ("country", "Country", rows[0][1]),
        ("description", "Outcome description", rows[0][2]),
        ("confidential", "Confidential", rows[0][3]),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_source_without_a_flag_says_so(tmp_path, kind):
    """All of it is withheld, and that is said loudly."""
    path = write(tmp_path, kind, HEADER[:3], [["1", "Mali", "Met"]])
    reading = read_source(path, headings=HEADINGS)

    assert reading.records[0].value("confidential") is None
    assert "no-confidential-column" in {f.reason for f in reading.findings}


@pytest.mark.parametrize("kind", KINDS)
def test_two_columns_for_one_field(tmp_path, kind):
    """The better understood one has the field, the other its own name, and it is told."""
    header = ["ID", "Contry", "Country", "Description", "Description"]
    if kind in {".txt", ".md"}:
        header[4] = "Description (again)"
    path = write(tmp_path, kind, header, [["1", "close", "exact", "first", "second"]])
    reading = read_source(path, headings=HEADINGS)
    record = reading.records[0]

    assert record.value("country") == "exact"
    assert record.value("contry") == "close"
    assert record.value("description") == "first"
    assert len({c.field for c in record.cells}) == len(record.cells)
    assert [f.reason for f in reading.findings].count("two-columns-one-field") == 2


@pytest.mark.parametrize(
    ("first", "second", "flag"),
    [("no", "no", "no"), ("no", "yes", "no | yes"), ("no", "", "no | "), ("", "no", " | no")],
)
def test_two_flags_clear_a_record_only_together(tmp_path, first, second, flag):
    """Where two columns speak of confidentiality, one "no" is not enough; one in doubt counts."""
    for other in ("Confidentiel", "Confidential? Names removed"):
        header = ["ID", "Description", "Confidential", other]
        path = write(tmp_path, ".csv", header, [["1", "Met", first, second]])

        assert read_source(path, headings=HEADINGS).records[0].value("confidential") == flag


@pytest.mark.parametrize("kind", KINDS)
def test_unknown_columns_keep_a_slug_that_is_no_field(tmp_path, kind):
    """A column of its own never passes for a canonical one, nor for another column."""
    header = ["ID", "Description", "Donor", "donor!", "Confidential as read", "Column outcome"]
    path = write(tmp_path, kind, header, [list("abcdef")])
    fields = [c.field for c in read_source(path, headings=HEADINGS).records[0].cells]

    assert fields == [
        "fragment_id",
        "description",
        "donor",
        "donor-2",
        "confidential-as-read-2",
        "column-outcome-2",
    ]


def test_the_header_once_more_is_no_record(tmp_path):
    """A header that a printout repeats is told and left out."""
    reading = read_source(
        write(tmp_path, ".csv", HEADER, [["1", "Mali", "Met", "no"], HEADER]), headings=HEADINGS
    )

    assert (len(reading.records), [r.where.row for r in reading.rejected]) == (1, [3])


def test_a_file_is_called_by_its_label(tmp_path):
    """Records, rejections and findings carry the label where one is given."""
    path = write(tmp_path, ".csv", HEADER[:3], [["1", "Mali", "Met"], ["2", "Mali", ""]])
    reading = read_source(path, headings=HEADINGS, label="round1/harvest.csv")

    assert {
        reading.records[0].file,
        reading.rejected[0].where.file,
        *(f.where.file for f in reading.findings),
    } == {"round1/harvest.csv"}


BAD = {
    "missing.csv": (None, "no such file"),
    "empty.csv": (b"", "empty"),
    "bom.csv": (b"\xef\xbb\xbf", "header"),
    "spaces.txt": (b" \n\n", "empty"),
    "no_header.csv": (b"1,2,3\n4,5,6\n", "header"),
    "no_description.csv": (b"ID,Country\n1,Mali\n", "header"),
    "prose.txt": (b"Only a letter.\n", "no record"),
    "harvest.pptx": (b"PK\x03\x04", "no reader"),
    "harvest": (b"ID,Description\n", "no reader"),
    "really.csv": (b"PK\x03\x04\x14\x00", "Excel"),
    "really.txt": (b"%PDF-1.7 ...", "PDF"),
    "binary.csv": (bytes(range(1, 9)) + bytes(500), "not text"),
    "old.xlsx": (b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_one_line_with_the_next_step(tmp_path, name):
    """Where, what, what was expected, what to do; never a traceback, never the words."""
    content, told = BAD[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read_source(tmp_path / name, headings=HEADINGS)
    message = str(caught.value)

    assert message.startswith(f"{name}: ")
    assert told in message
    assert "\n" not in message


def test_a_folder_is_no_source(tmp_path):
    """Named as a file it is refused in a line."""
    (tmp_path / "harvest.csv").mkdir()
    with pytest.raises(SourceError, match="folder"):
        read_source(tmp_path / "harvest.csv", headings=HEADINGS)


def test_control_characters_are_marked_and_told(tmp_path):
    """What RDF cannot hold becomes U+FFFD; the rest of the cell is as typed."""
    path = tmp_path / "harvest.csv"
    path.write_bytes(b"ID,Description,Confidential\n1,a\x00b\x0bc,no\n")
    reading = read_source(path, headings=HEADINGS)
    found = [str(f.where) for f in reading.findings if f.reason == "control-characters"]

    assert reading.records[0].value("description") == "a\ufffdb\ufffdc"
    assert found == ["harvest.csv, row 2, field description"]


row = st.tuples(*[st.text(st.characters(exclude_categories=("Cs",)), max_size=15)] * 4)


@pytest.mark.parametrize("kind", [".csv", ".xlsx"])
@given(rows=st.lists(row, max_size=6))
def test_rows_read_are_rows_kept_and_rejected(tmp_path_factory, kind, rows):
    """Whatever stands in the cells."""
    if kind == ".xlsx":
        rows = [tuple(ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in cells) for cells in rows]
    path = write(tmp_path_factory.mktemp("any"), kind, HEADER, rows)
    reading = read_source(path, headings=HEADINGS)
    written = [cells for cells in rows if any(cell.strip() for cell in cells)]

    assert reading.rows_read == len(reading.records) + len(reading.rejected) == len(written)


@given(withheld=st.lists(row, min_size=1, max_size=4), kept=st.lists(row, min_size=1, max_size=4))
def test_a_row_reads_the_same_without_its_neighbours(tmp_path_factory, withheld, kept):
    """How a row is read depends on no other row: a release cannot leak that way."""
    folder = tmp_path_factory.mktemp("law")
    alone = read_source(write(folder, ".csv", HEADER, kept), headings=HEADINGS)
    beside = read_source(write(folder, ".csv", HEADER, [*withheld, *kept]), headings=HEADINGS)

    last = len(alone.records)
    assert [r.cells for r in alone.records] == [r.cells for r in beside.records[-last or 99 :]]


def naughty():
    """The big list of naughty strings, each once."""
    path = SHARED / "testdata" / "blns" / "blns.json"
    if not path.is_file():
        pytest.skip("shared/testdata/blns is not beside this checkout; nothing was tested.")
    return list(dict.fromkeys(json.loads(path.read_text("utf-8"))))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("position", range(4))
def test_naughty_strings_come_back_whole(tmp_path, kind, position):
    """All rows are accounted for; values are intact but for documented control characters."""
    strings = naughty()
    if kind in {".xlsx", ".xlsm"}:
        strings = [s for s in strings if clean(s)[0] == s]
    rows = [["H/1", "Mali", "They met", "no"] for _ in strings]
    for cells, text in zip(rows, strings, strict=True):
        cells[position] = text
    reading = read_source(write(tmp_path, kind, HEADER, rows), headings=HEADINGS)
    name = ("fragment_id", "country", "description", "confidential")[position]
    cleaned = [clean(text)[0] for text in strings]
    expected = [text for text in cleaned if name != "description" or not is_blank(text)]

    assert len(strings) > 490
    assert reading.rows_read == len(strings)
    assert [record.value(name) for record in reading.records] == expected


@pytest.mark.seed
def test_the_seed_record_is_understood_whole():
    """Every heading of the one real record is one of the canonical fields."""
    path = SHARED / "seed" / "CIV010.txt"
    if not path.is_file():
        pytest.skip("shared/seed is not beside this checkout; the real record was not tested.")
    reading = read_source(path, headings=HEADINGS)
    cells = reading.records[0].cells

    assert (reading.rows_read, reading.records[0].row, len(cells)) == (1, 1, 23)
    assert all("-" not in cell.field for cell in cells)
    assert reading.records[0].value("confidential") == "1.0"
    assert reading.records[0].value("evidence") == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_is_no_source(tmp_path):
    """It may never end: refused at once, whatever its name says."""
    os.mkfifo(tmp_path / "endless.csv")

    with pytest.raises(SourceError, match="not a file on the disk"):
        read_source(tmp_path / "endless.csv", headings=HEADINGS)


def test_a_header_wider_than_any_spreadsheet_is_refused_before_it_is_read(tmp_path):
    """Looking up twenty thousand headings would take half a minute."""
    columns = ["Outcome ID", "Outcome description", *(f"Question {n}" for n in range(20_000))]
    (tmp_path / "wide.csv").write_text(",".join(columns) + "\nA-1,x\n", encoding="utf-8")
    before = time.process_time()
    with pytest.raises(SourceError, match="columns, which no"):
        read_source(tmp_path / "wide.csv", headings=HEADINGS)

    assert time.process_time() - before < 5
