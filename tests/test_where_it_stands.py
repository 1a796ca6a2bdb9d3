"""Findings say where to look: the row of a record that stands in two files, the worksheet."""

import io
import json

import pytest
from rich.console import Console

from kg import build
from kg.cli import terminal as terminals
from kg.cli.terminal import Terminal
from kg.harvest import Harvest
from tests.read.writers import WRITERS, xlsx

HEADER = ["Fragment ID", "Country", "Year", "Outcome description", "Confidential"]
ONE = ["A/1", "Mali", "soon", "The council opened its sessions to the public", "no"]
TWO = ["A/2", "Niger", "later", "The law on meetings was repealed in parliament", "no"]
LAST = ["A/3", "Niger", "2022", "", "no"]


@pytest.fixture
def harvest(tmp_path) -> Harvest:
    """One record in a CSV file and in the second sheet of a workbook; another in a sheet alone."""
    (tmp_path / "kg.toml").write_text('[project]\nname = "Places"\n', encoding="utf-8")
    csv, book = tmp_path / "a.csv", tmp_path / "b.xlsx"
    csv.write_bytes(WRITERS[".csv"]([HEADER, ["B/9", *TWO[1:]], ONE]))
    book.write_bytes(xlsx({"Old": [HEADER, TWO], "New": [["Round 2"], HEADER, ONE, LAST]}))
    return build(csv, book, project=tmp_path, ner=False)


def places(harvest, reason):
    return [str(f.where) for f in harvest.check() if f.reason == reason]


def test_a_finding_of_a_record_in_two_files_has_the_row_of_the_first(harvest):
    """File and row belong together; the graph alone could not tell."""
    assert "a.csv, row 3, field year" in places(harvest, "unreadable-year")
    assert "a.csv, row 3" in " ".join(places(harvest, "unlinked-no-code"))


def test_a_duplicate_names_sheet_and_row(harvest):
    """Of the copy, and in words of the first."""
    found = [f for f in harvest.check() if f.reason == "duplicate"]

    assert [str(f.where) for f in found] == ["b.xlsx, sheet “New”, row 3"]
    assert "a.csv, row 3" in found[0].message


def test_the_worksheet_is_told_where_a_file_has_several(harvest):
    """In findings, in rejected rows and in the report, and nowhere else."""
    report = json.loads((harvest.folder / "report.json").read_text("utf-8"))
    sheets = [(row["file"], row.get("sheet"), row["row"]) for row in report["rejected"]]

    assert "b.xlsx, sheet “Old”, row 2, field year" in places(harvest, "unreadable-year")
    assert sheets == [("b.xlsx", "New", 4)]
    assert not [row for row in report["warnings"] if row["file"] == "a.csv" and "sheet" in row]


class TestTheBar:
    """Work that lasts is told while it lasts."""

    def shown(self, monkeypatch, *, patience, quiet=False, terminal=True):
        monkeypatch.setattr(terminals, "PATIENCE", patience)
        screen = io.StringIO()
        told = Terminal(quiet=quiet)
        told.err = Console(file=screen, force_terminal=terminal, width=80)
        with told.progress() as progress:
            progress("reading rows", 1_500, 0)
            for timer in [t for t in terminals.threading.enumerate() if hasattr(t, "finished")]:
                timer.join(0.5)
        return screen.getvalue()

    def test_it_is_there_after_some_seconds(self, monkeypatch):
        """With the rows so far, where nobody knows how many there will be."""
        screen = self.shown(monkeypatch, patience=0.0)

        assert "reading rows" in screen
        assert "1500/?" in screen

    def test_short_work_shows_nothing(self, monkeypatch):
        """Nothing flickers."""
        assert self.shown(monkeypatch, patience=60.0) == ""

    @pytest.mark.parametrize("how", [{"quiet": True}, {"terminal": False}])
    def test_it_is_for_a_person_who_watches(self, monkeypatch, how):
        """Neither in a log nor where quiet was asked for."""
        assert self.shown(monkeypatch, patience=0.0, **how) == ""
