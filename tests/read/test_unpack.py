"""Archives of sources."""

import io
import zipfile

import pytest

from kg.errors import SourceError
from kg.model import Record
from kg.read import Headings, inspect_source, read_source, stream

HEADINGS = Headings.load()
CSV = b"Fragment ID,Outcome description,Confidential\n1,They met,no\n2,,no\n"
TEXT = b"**Outcome description**: They left\n**Confidential**: no\n"


def packed(files, *, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def read(tmp_path, data, name="round.zip"):
    path = tmp_path / name
    path.write_bytes(data)
    return read_source(path, headings=HEADINGS)


def test_every_source_in_it_is_read(tmp_path):
    """As those of a folder are: by name, each record with its own file and kind."""
    files = [
        *(("b/two.txt", TEXT), ("a.csv", CSV), ("photo.png", b"x"), ("README.md", b"x")),
        *(("__MACOSX/._a.csv", b"x"), ("framework.csv", b"x"), (".hidden.csv", b"x")),
    ]
    reading = read(tmp_path, packed(files))

    assert [(r.file, r.row, r.format) for r in reading.records] == [
        ("round.zip/a.csv", 2, "text/csv"),
        ("round.zip/b/two.txt", 1, "text/plain"),
    ]
    assert reading.files == (
        ("round.zip/a.csv", "text/csv", 2),
        ("round.zip/b/two.txt", "text/plain", 1),
    )
    assert [str(r.where) for r in reading.rejected] == ["round.zip/a.csv, row 3, field description"]


def test_a_name_is_never_a_path(tmp_path):
    """Nothing is written, wherever a name points."""
    inside = tmp_path / "inside"
    inside.mkdir()
    reading = read(inside, packed([("../../out.csv", CSV), ("/abs.csv", CSV), ("C:\\x.csv", CSV)]))

    assert sorted({r.file for r in reading.records}) == [
        "round.zip/C:/x.csv",
        "round.zip/abs.csv",
        "round.zip/out.csv",
    ]
    assert [p.name for p in tmp_path.rglob("*")] == ["inside", "round.zip"]


def test_inspect_shows_all_of_it(tmp_path):
    """One table a source."""
    path = tmp_path / "round.zip"
    path.write_bytes(packed([("a.csv", CSV), ("b.csv", CSV)]))

    assert inspect_source(path, headings=HEADINGS).rows == 4


GOOD = packed([("a.csv", CSV)], compression=zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    "data",
    [
        GOOD[:-10],
        GOOD.replace(b"They met", b"They mut"),
        packed([("inner.zip", GOOD)]),
        packed([("a.csv", CSV), ("./a.csv", CSV)]),
        packed([("photo.png", b"x")]),
        packed([]),
        packed([("a.csv", b"")]),
        packed([("a.csv", b"Foo,Bar\n1,2\n")]),
        packed([("a.csv", bytes(64_000_000))]),
        packed((f"{i}.csv", b"") for i in range(10_001)),
        CSV,
    ],
)
def test_what_is_no_archive_of_sources_is_refused_in_one_line(tmp_path, data):
    """Cut off, changed, nested, a bomb, or empty, and nothing else in it to be read."""
    with pytest.raises(SourceError) as caught:
        read(tmp_path, data)

    assert str(caught.value).startswith("round.zip")
    assert "\n" not in str(caught.value)


def locked(data, name):
    """The mark of encryption on one part of an archive."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.getinfo(name)
        changed[part.header_offset + 6] |= 1
    at = data.index(b"PK\x01\x02", 0)
    while data[at + 46 : at + 46 + len(name)] != name.encode():
        at = data.index(b"PK\x01\x02", at + 4)
    changed[at + 8] |= 1
    return bytes(changed)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("b.csv", b"", "empty"),
        ("b.csv", b"Foo,Bar\n1,2\n", "no header"),
        ("b.csv", bytes(64_000_000), "100 times"),
        ("b.xlsx", b"PK\x03\x04 cut off", "cut off"),
        ("b.json", b'[{"Outcome description": "They met"}, {', "JSON"),
        ("b.zip", GOOD, "an archive in the archive"),
        ("b.7z", b"7z", "an archive in the archive"),
    ],
)
def test_the_others_are_read_where_one_cannot_be(tmp_path, name, content, said):
    """It is told in one line; nothing of it is in the records, the rows or the findings."""
    files = [("a.csv", CSV), (name, content), ("c.csv", CSV)]
    reading = read(tmp_path, packed(files))
    (finding,) = reading.unread

    assert reading.files == (
        ("round.zip/a.csv", "text/csv", 2),
        ("round.zip/c.csv", "text/csv", 2),
    )
    assert {r.file for r in reading.records} == {"round.zip/a.csv", "round.zip/c.csv"}
    assert reading.rows_read == len(reading.records) + len(reading.rejected) == 4
    assert finding.where.file == f"round.zip/{name}"
    assert said in finding.message
    assert "\n" not in finding.message
    assert all(f.where.file != finding.where.file for f in reading.findings)


def test_one_file_with_a_password_is_told_and_the_others_are_read(tmp_path):
    """An archive may lock each of its files by itself."""
    data = locked(packed([("a.csv", CSV), ("b.csv", CSV)]), "b.csv")
    reading = read(tmp_path, data)

    assert [r.file for r in reading.records] == ["round.zip/a.csv"]
    assert [f.message for f in reading.unread] == [
        "This file is not read: it has a password; pack it again without one."
    ]


def test_a_file_that_breaks_off_takes_its_rows_back(tmp_path):
    """Records told before its end do not count: half a file passes for a whole one."""
    lines = CSV + (b"3," + b"They stayed. " * 40 + b",no\n") * 4000 + b"4,They spoke,no\n"
    files = [("a.csv", CSV), ("b.csv", lines)]
    data = packed(files, compression=zipfile.ZIP_STORED).replace(b"They spoke", b"They spake")
    path = tmp_path / "round.zip"
    path.write_bytes(data)
    streamed = stream(path, headings=HEADINGS)
    told = sum(isinstance(item, Record) and item.file == "round.zip/b.csv" for item in streamed)
    reading = read_source(path, headings=HEADINGS)

    assert told > 1000
    assert streamed.rows == reading.rows_read == 2
    assert [r.file for r in reading.records] == ["round.zip/a.csv"]


def test_inspect_tells_the_one_that_cannot_be_read(tmp_path):
    """And shows the tables of the others alone."""
    path = tmp_path / "round.zip"
    path.write_bytes(packed([("a.csv", CSV), ("b.xlsx", b"PK\x03\x04 cut off")]))
    found = inspect_source(path, headings=HEADINGS)

    assert (found.rows, len(found.tables)) == (2, 1)
    assert [(f.reason, f.where.file) for f in found.findings] == [
        ("unreadable-file", "round.zip/b.xlsx")
    ]
