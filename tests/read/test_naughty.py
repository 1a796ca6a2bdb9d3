"""The big list of naughty strings, in every field, through every format."""

import json
from pathlib import Path

import pytest

from kg.blank import is_blank
from kg.read import Headings, read_source
from kg.read.rows import clean
from tests.read.writers import WRITERS, markdown

HEADINGS = Headings.load()
LIST = Path(__file__).parents[3] / "shared" / "testdata" / "blns" / "blns.json"
HEADER = ["Fragment ID", "Country", "Outcome description", "Confidential"]
FIELDS = ("fragment_id", "country", "description", "confidential")
#: Formats made of XML that know no way to write control characters: a program that saves one
#: has lost them already, and no reader can bring them back.
WITHOUT_CONTROLS = {".ods", ".docx"}
#: The library that reads this format takes these for a mark of the order of bytes where a text
#: begins with one.
WITHOUT_MARKS = {".xls"}
MARKS = ("\ufeff", "\ufffe")


def naughty():
    """The strings, each once."""
    if not LIST.is_file():
        pytest.skip("shared/testdata/blns is not beside this checkout; nothing was tested.")
    return list(dict.fromkeys(json.loads(LIST.read_text("utf-8"))))


def carried(kind, strings):
    """Those strings that a file of this kind can hold."""
    if kind in WITHOUT_CONTROLS:
        return [text for text in strings if clean(text)[0] == text]
    if kind in WITHOUT_MARKS:
        return [text for text in strings if not text.startswith(MARKS)]
    return strings


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("position", range(4))
def test_naughty_strings_come_back_whole(tmp_path, kind, position):
    """Every row is accounted for, every value intact; what RDF cannot hold is marked and told."""
    strings = carried(kind, naughty())
    rows = [["H/1", "Mali", "They met", "no"] for _ in strings]
    for cells, text in zip(rows, strings, strict=True):
        cells[position] = text
    path = tmp_path / f"harvest{kind}"
    path.write_bytes(WRITERS[kind]([HEADER, *rows]))
    reading = read_source(path, headings=HEADINGS)
    name = FIELDS[position]
    cleaned = [clean(text)[0] for text in strings]
    told = [f for f in reading.findings if f.reason == "control-characters"]

    assert reading.rows_read == len(reading.records) + len(reading.rejected) == len(strings)
    assert [r.value(name) for r in reading.records] == [
        text for text in cleaned if name != "description" or not is_blank(text)
    ]
    assert len(told) == sum(text != before for text, before in zip(cleaned, strings, strict=True))


def test_all_strings_and_all_formats_are_there():
    """511 strings; three formats cannot bring back some of them, and it is known how many."""
    strings = naughty()
    lost = {kind: len(strings) - len(carried(kind, strings)) for kind in WRITERS}

    assert (len(strings), len(WRITERS)) == (511, 12)
    assert {kind: n for kind, n in lost.items() if n} == {".ods": 6, ".xls": 2, ".docx": 6}


@pytest.mark.parametrize("kind", sorted(WRITERS.keys() - {".xls"}))
def test_a_cell_longer_than_a_spreadsheet_allows_is_not_cut(tmp_path, kind):
    """Whole in every format but .xls, where no cell holds more than 32,767 characters."""
    long = "The council met, é ’ 𝄞, and met again. " * 3_000
    path = tmp_path / f"harvest{kind}"
    path.write_bytes(WRITERS[kind]([HEADER, ["H/1", "Mali", long.strip(), "no"]]))
    (record,) = read_source(path, headings=HEADINGS).records

    assert record.value("description") == long.strip()
    assert len(long) > 32_767


@pytest.mark.parametrize("position", range(4))
def test_naughty_strings_come_back_whole_from_a_table_of_markdown(tmp_path, position):
    """Bars masked and lines broken by <br>; outer space is none of the cell's."""
    strings = naughty()
    rows = [["H/1", "Mali", "They met", "no"] for _ in strings]
    for cells, text in zip(rows, strings, strict=True):
        cells[position] = text
    path = tmp_path / "harvest.md"
    path.write_bytes(markdown([HEADER, *rows]))
    reading = read_source(path, headings=HEADINGS)
    name = FIELDS[position]
    cleaned = [clean(text)[0].strip() for text in strings]

    assert reading.rows_read == len(reading.records) + len(reading.rejected) == len(strings)
    assert [(r.value(name) or "").strip() for r in reading.records] == [
        text for text in cleaned if name != "description" or not is_blank(text)
    ]
