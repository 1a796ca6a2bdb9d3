"""Sources read record by record: no more than a row in memory, whatever their length."""

import itertools
import json
import os
import subprocess
import sys

import pytest

from kg.errors import SourceError
from kg.model import Finding, Record, Rejection
from kg.read import Headings, inspect_source, read_source, stream
from tests.read.writers import WRITERS, xlsx, zipped

HEADINGS = Headings.load()
HEADER = ["Fragment ID", "Country", "Outcome description", "Confidential"]
ROWS = [["1", "Mali", "Met", "no"], ["2", "Mali", "", "no"], ["3", "Niger", "Left\x00", "no"]]
READ_ALL = """
import json, sys
from pathlib import Path
from kg.model import Record
from kg.read import Headings, inspect_source, stream
headings = Headings.load()
path = Path(sys.argv[1])
if sys.argv[2] == "inspect":
    rows = inspect_source(path, headings=headings).rows
else:
    rows = sum(isinstance(item, Record) for item in stream(path, headings=headings))
status = Path("/proc/self/status").read_text()
print(json.dumps([rows, int(status.partition("VmHWM:")[2].split()[0]) // 1024]))
"""


def written(folder, kind, rows=ROWS):
    path = folder / f"harvest{kind}"
    path.write_bytes(WRITERS[kind]([HEADER, *rows]))
    return path


@pytest.mark.parametrize("kind", sorted(WRITERS.keys() - {".ods", ".docx"}))
def test_a_stream_tells_what_read_source_tells(tmp_path, kind):
    """Records, rejected rows and findings are the same, in the same order."""
    path = written(tmp_path, kind)
    reading = read_source(path, headings=HEADINGS)
    streamed = stream(path, headings=HEADINGS)
    items = list(streamed)

    assert tuple(i for i in items if isinstance(i, Record)) == reading.records
    assert tuple(i for i in items if isinstance(i, Rejection)) == reading.rejected
    assert tuple(i for i in items if isinstance(i, Finding)) == reading.findings
    assert (streamed.rows, len(reading.records), len(reading.rejected)) == (3, 2, 1)


def test_records_come_before_the_file_has_been_read(tmp_path):
    """What is wrong at the end of a file does not keep its beginning back."""
    path = tmp_path / "harvest.csv"
    good = "".join(f"{i},They met again,no\n" for i in range(5_000))
    path.write_bytes(b"ID,Description,Confidential\n" + good.encode() + b"x" * 17_000_000)
    streamed = iter(stream(path, headings=HEADINGS))
    first = list(itertools.islice(streamed, 1_000))

    assert [item.row for item in first] == list(range(2, 1_002))
    with pytest.raises(SourceError, match="a line of more than 16 MB"):
        list(streamed)


def test_a_missing_file_is_told_before_anything_is_read(tmp_path):
    """The error does not wait for the first record to be asked for."""
    with pytest.raises(SourceError, match="no such file"):
        stream(tmp_path / "none.csv", headings=HEADINGS)


def test_two_streams_at_once_do_not_disturb_each_other(tmp_path):
    """The csv module has one limit for the length of a cell, for all of its readers."""
    long = "word " * 60_000
    one = written(tmp_path, ".csv", [[str(i), "Mali", long, "no"] for i in range(4)])
    other = written(tmp_path, ".tsv", [[str(i), "Mali", long, "no"] for i in range(3)])
    pairs = itertools.zip_longest(stream(one, headings=HEADINGS), stream(other, headings=HEADINGS))
    texts = [item.value("description") for pair in pairs for item in pair if item is not None]

    assert texts == [long] * 7


@pytest.mark.parametrize("length", [4_000, 40_000])
@pytest.mark.parametrize("what", ["stream", "inspect"])
@pytest.mark.parametrize("kind", [".csv", ".zip", ".jsonl", ".xlsx"])
@pytest.mark.skipif(sys.platform != "linux", reason="Memory is measured as Linux tells it.")
@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path, kind, what, length):
    """Ten times the rows take the same memory, but for the texts that cells of a sheet share."""
    text = "The council opened its sessions to the public. " * 20
    rows = [[str(i), "Mali", f"{i} {text}", "no"] for i in range(length)]
    path = written(tmp_path, kind, rows)
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(path), what],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    count, megabytes = json.loads(done.stdout)

    assert count == length
    assert megabytes < (130 if kind == ".xlsx" else 75)


def test_a_record_in_quotes_may_run_over_many_lines(tmp_path):
    """Each line is kept until the row is whole, and a later wrong quote costs itself alone."""
    long = "\n".join(f"line {i}" for i in range(50_000))
    path = tmp_path / "harvest.csv"
    path.write_text(f'ID,Description\n1,"{long}"\n2,"open\n3,Met\n', encoding="utf-8", newline="")
    reading = read_source(path, headings=HEADINGS)

    assert [r.value("description") for r in reading.records] == [long, '"open', "Met"]
    assert [r.row for r in reading.records] == [2, 50_002, 50_003]
    assert [f.where.row for f in reading.findings if f.reason == "unclosed-quote"] == [50_002]


def test_a_quote_that_is_not_closed_does_not_fill_the_memory(tmp_path):
    """A record of more than 16 MB is none: the quote costs its row, all others are kept."""
    path = tmp_path / "harvest.csv"
    others = "".join(f"{i},They met again and again,no\n" for i in range(700_000))
    path.write_text(f'ID,Description,Confidential\n0,"open,no\n{others}', encoding="utf-8")
    count = 0
    broken = []
    for item in stream(path, headings=HEADINGS):
        count += isinstance(item, Record)
        broken += [item.where.row] if isinstance(item, Finding) else []

    assert (count, broken) == (700_001, [2])


def test_progress_is_told(tmp_path):
    """Now and then, with the rows so far."""
    path = written(tmp_path, ".csv", [[str(i), "Mali", "Met", "no"] for i in range(1_700)])
    told, looked = [], []
    read_source(path, headings=HEADINGS, progress=told.append)
    inspect_source(path, headings=HEADINGS, progress=looked.append)

    assert (told, looked) == ([500, 1000, 1500], [500, 1000, 1500])


def test_files_of_an_archive_are_counted_each(tmp_path):
    """A table in an archive is streamed as well; a workbook in it is read all the same."""
    path = tmp_path / "round.zip"
    csv, sheet = WRITERS[".csv"]([HEADER, *ROWS]), xlsx({"A": [HEADER, ROWS[0]]})
    path.write_bytes(zipped({"a.csv": csv, "b.xlsx": sheet}))
    streamed = stream(path, headings=HEADINGS)
    records = [item for item in streamed if isinstance(item, Record)]

    assert [(f.file, f.rows) for f in streamed.files] == [
        ("round.zip/a.csv", 3),
        ("round.zip/b.xlsx", 1),
    ]
    assert len(records) == 3


def test_a_quote_that_closes_too_far_below_opens_no_record(tmp_path, monkeypatch):
    """Rows between two lone quotes are not swallowed where they are more than a record holds."""
    monkeypatch.setattr("kg.read.csv.LONGEST_LINE", 1_000)
    others = "".join(f"{i},They met again,no\n" for i in range(100))
    path = tmp_path / "harvest.csv"
    path.write_text(f'ID,Description,Confidential\na,"open,no\n{others}b,closed",no\n')

    assert len(read_source(path, headings=HEADINGS).records) == 102
