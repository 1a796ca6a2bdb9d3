"""Lines added to decisions.csv: its own form kept, whole or not at all, never a formula."""

import stat

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import ConfigError, WorkspaceError
from kg.model import Decision
from kg.registry import read_decisions
from kg.review.lines import added

HEADER = "decision,a,b,scope,by,date,reason,publish\n"
PLACE = Decision("place", "Gao-sur-Mer", by="Ada", date="2026-05-31", publish=True)


def test_a_missing_file_gets_its_header(tmp_path):
    """For its owner alone."""
    path = tmp_path / "decisions.csv"

    assert added(path, [PLACE, PLACE]) == (2, 3)
    assert path.read_text() == HEADER + "place,Gao-sur-Mer,,,Ada,2026-05-31,,yes\n" * 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEADER.encode(), b"place,Gao-sur-Mer,,,Ada,2026-05-31,,yes\n"),
        (HEADER.replace(",", ";").encode(), b"place;Gao-sur-Mer;;;Ada;2026-05-31;;yes\n"),
        (
            b"\xef\xbb\xbf" + HEADER.replace("\n", "\r\n").encode(),
            b"place,Gao-sur-Mer,,,Ada,2026-05-31,,yes\r\n",
        ),
        (HEADER.strip().encode(), b"\nplace,Gao-sur-Mer,,,Ada,2026-05-31,,yes\n"),
        (
            b"publish;a;decision;date;by\nno;R\xe9cif;place;;\n",
            b"yes;Gao-sur-Mer;place;2026-05-31;Ada\n",
        ),
        (
            "\ufeffdecision,a,by,date,publish\n".encode("utf-16-le"),
            "place,Gao-sur-Mer,Ada,2026-05-31,yes\n".encode("utf-16-le"),
        ),
    ],
)
def test_a_file_keeps_its_bytes_and_its_form(tmp_path, old, new):
    """Delimiter, mark, line breaks, code page, order of columns; nothing before is touched."""
    path = tmp_path / "decisions.csv"
    path.write_bytes(old)
    path.chmod(0o640)
    (number,) = added(path, [PLACE])
    last = read_decisions(path)[-1]

    assert path.read_bytes() == old + new
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert (last.decision, last.a, last.publish, last.line) == (
        "place",
        "Gao-sur-Mer",
        True,
        number,
    )


def test_a_comment_stays(tmp_path):
    """Also one above the header."""
    path = tmp_path / "decisions.csv"
    path.write_text("# ours\n" + HEADER + "# settled in May\n")
    added(path, [PLACE])

    assert path.read_text().startswith("# ours\n" + HEADER + "# settled in May\nplace,")


def test_a_letter_that_the_code_page_lacks_is_kept(tmp_path):
    """The new line is read back as it was meant."""
    path = tmp_path / "decisions.csv"
    path.write_bytes((HEADER + "place,Récif,,,,,,\n").encode("cp1252"))
    added(path, [Decision("place", "Łódź"), Decision("place", "Ã©té")])

    assert [d.a for d in read_decisions(path)] == ["Récif", "Łódź", "Ã©té"]


def test_a_missing_column_is_told_where_it_is_needed(tmp_path):
    """Nothing is written."""
    path = tmp_path / "decisions.csv"
    path.write_text("decision,a\n")

    with pytest.raises(ConfigError, match="no column by"):
        added(path, [PLACE])
    assert path.read_text() == "decision,a\n"


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path, monkeypatch):
    """As when the disk is full; the file stays as it was, and nothing lies beside it."""
    path = tmp_path / "decisions.csv"
    path.write_text(HEADER)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(WorkspaceError, match="no space left"):
        added(path, [PLACE])

    assert path.read_text() == HEADER
    assert [p.name for p in tmp_path.iterdir()] == ["decisions.csv"]


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")))


@settings(max_examples=60)
@example("=1+1", "@SUM(A1)", ",")
@example("'=1+1", "-1 of us", ";")
@example("+cmd", '"quoted"; and, parted', "\t")
@given(
    NAMES.filter(lambda t: t.strip() and not t.strip().startswith("#")),
    NAMES,
    st.sampled_from([",", ";", "\t"]),
)
def test_whatever_is_written_is_read_back(tmp_path_factory, name, reason, delimiter):
    """Quotes, delimiters, formulas, apostrophes: one line, the same texts but for white space."""
    path = tmp_path_factory.mktemp("lines") / "decisions.csv"
    path.write_text(HEADER.replace(",", delimiter), "utf-8")
    added(path, [Decision("same", name, "b", reason=reason)])
    (read,) = read_decisions(path)
    cells = path.read_text("utf-8").splitlines()[1]

    assert " ".join(read.a.split()) == " ".join(name.split())
    assert " ".join(read.reason.split()) == " ".join(reason.split())
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells.split(delimiter))
