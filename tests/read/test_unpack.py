"""Archives of sources."""

import io
import zipfile

import pytest

from kg.errors import SourceError
from kg.read import Headings, inspect_source, read_source

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
        packed([("inner.zip", GOOD), ("a.csv", CSV)]),
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
    """Cut off, changed, nested, a bomb, or empty: a build never leaves a file out silently."""
    with pytest.raises(SourceError) as caught:
        read(tmp_path, data)

    assert str(caught.value).startswith("round.zip")
    assert "\n" not in str(caught.value)
