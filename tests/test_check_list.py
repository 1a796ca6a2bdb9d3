"""How `kg check` prints: a list to work through, in two languages and as a workbook."""

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

from kg.cli.terminal import Terminal
from kg.cli.worklist import show_worklist
from kg.errors import UsageError
from kg.messages import tasks
from kg.model import Finding, Severity, Where


def finding(**changed: object) -> Finding:
    """A record without evidence, or what is told to differ from it."""
    given = {
        "reason": "missing-evidence",
        "where": Where("a.csv", 2, "evidence"),
        "message": "No evidence is stated.",
        "advice": "Ask.",
        "severity": Severity.INFO,
        "key": "one",
    } | changed
    return Finding(**given)  # type: ignore[arg-type]


def printed(
    *findings: Finding,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str = "en",
) -> str:
    """The list on a screen of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    terminal = Terminal()
    terminal.language = language
    show_worklist(findings, "table", None, terminal)
    return capsys.readouterr().out


@pytest.fixture
def show(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Prints findings."""
    return lambda *findings, **more: printed(
        *findings, capsys=capsys, monkeypatch=monkeypatch, **more
    )


def test_nothing_to_do_is_said(show) -> None:
    """An empty list is good news, in the reader's language."""
    told = [" ".join(show(language=language).split()) for language in ("en", "fr")]

    assert told == [
        "0 violations, 0 warnings, 0 notes: nothing to do, the harvest is in order",
        "0 infraction, 0 avertissement, 0 remarque : rien à faire, la récolte est en ordre",
    ]


def test_what_is_the_same_is_said_once_and_its_places_are_listed(show) -> None:
    """Sixty records without evidence are one thing to do: said once, the rows side by side."""
    many = [finding(key=f"k{n}", where=Where("a.csv", n, "evidence")) for n in range(2, 32)]
    text = show(*many)

    assert (text.count("No evidence is stated."), text.count("Ask."), text.count("a.csv")) == (
        1,
        1,
        1,
    )
    assert re.findall(r"k\d+", text) == [f.key for f in many]
    assert len(text.splitlines()) < 16


def test_tables_of_a_document_stand_side_by_side(show) -> None:
    """A document of forty forms is one file, whose records are told by table and row."""
    where = [Where("a.docx", 1, "evidence", f"table {n}") for n in (1, 2)]
    text = show(*(finding(where=w, key=f"k{n}") for n, w in enumerate(where)), language="fr")

    assert "a.docx  tableau 1 ligne 1 k0, tableau 2 ligne 1 k1" in text


def test_no_place_is_torn_apart_and_no_line_is_wider_than_the_window(show) -> None:
    """Row and record stay on one line, in 80 columns."""
    many = [
        finding(key=f"a-long-key-{n}", where=Where("harvest-of-may.xlsx", n, "evidence"))
        for n in range(2, 30)
    ]
    lines = show(*many).splitlines()

    assert max(map(len, lines)) <= 80
    assert all(f"row {n} a-long-key-{n}" in "\n".join(lines) for n in range(2, 30))


def suspected(key: str, row: int, *spans: tuple[str, int, int]) -> list[Finding]:
    """Names that may be somebody's, in one record."""
    return [
        finding(
            reason="suspected-name",
            key=key,
            where=Where("a.csv", row, field),
            message=f"Characters {start} to {end} may be the name of a person.",
            span=(start, end),
        )
        for field, start, end in spans
    ]


def test_names_are_counted_a_record_most_first(show) -> None:
    """Which words they are is kg review's to show; here an officer sees where the work lies."""
    text = show(
        *suspected("one", 2, ("description", 4, 9)),
        *suspected("two", 3, *(("evidence", n, n + 3) for n in (0, 9, 20))),
    )

    alone = show(*suspected("one", 2, ("description", 4, 9)))

    assert "a.csv  row 3 two ×3, row 2 one" in text
    assert "Characters" not in text + alone


def test_a_thousand_names_are_no_wall(show) -> None:
    """So many records are named; how many more there are is said."""
    many = [f for n in range(100) for f in suspected(f"k{n}", n, ("description", 4, 9))]
    text = show(*many)

    assert "… and 40 more records (--format xlsx or csv lists all)" in text
    assert len(text.splitlines()) < 30


def test_a_long_list_is_cut_and_says_so(show) -> None:
    """What no screen holds is in the file."""
    many = [finding(key=f"k{n}", where=Where("a.csv", n, "evidence")) for n in range(100)]

    assert "… and 60 more (--format xlsx or csv lists all)" in show(*many)


def test_tasks_stand_in_the_order_of_work(show) -> None:
    """What may harm people comes first, wording last, whatever the order of the findings."""
    reasons = ("coach-who", "missing-evidence", "unknown-code", "suspected-name", "flag-unclear")
    text = show(*(finding(reason=reason, message=reason) for reason in reasons))
    told = [text.index(reason) for reason in reversed(reasons)]

    assert told == sorted(told)
    assert tasks()[:3] == ("conformance", "confidential", "persons")


def test_french_is_whole(show) -> None:
    """Titles, columns, rows and the closing line; the finding brings its own words."""
    text = show(finding(message="Rien.", advice="Demandez."), language="fr")

    said = (
        "Demander aux récolteurs ce qui manque (1) 1 remarque : Rien. → Demandez. "
        "Colonne : Preuves a.csv ligne 2 one 0 infraction, 0 avertissement, 1 remarque"
    )

    assert " ".join(text.split()) == said


def test_one_line_a_finding_for_scripts(tmp_path: Path) -> None:
    """CSV and JSON keep their names in every language, and every finding."""
    terminal = Terminal(quiet=True)
    terminal.language = "fr"
    for form in ("csv", "json"):
        show_worklist([finding(), finding(key="two")], form, tmp_path / f"w.{form}", terminal)
    table = list(csv.DictReader(io.StringIO((tmp_path / "w.csv").read_text("utf-8"))))
    tree = json.loads((tmp_path / "w.json").read_text("utf-8"))

    assert [row["key"] for row in table] == [node["key"] for node in tree] == ["one", "two"]
    assert list(tree[0]) == [
        *("severity", "reason", "file", "row", "field", "key", "message", "advice")
    ]


@pytest.mark.parametrize(("language", "head"), [("en", "To do"), ("fr", "À faire")])
def test_the_workbook_is_made_to_be_worked_through(
    tmp_path: Path, language: str, head: str
) -> None:
    """A frozen header that filters, columns of a width, and no cell that a spreadsheet computes."""
    terminal = Terminal(quiet=True)
    terminal.language = language
    target = tmp_path / "w.xlsx"
    show_worklist([finding(message="=1+1", advice="@x")], "xlsx", target, terminal)
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}

    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet["A1"].value, kinds) == (
        "A2",
        "A1:I2",
        head,
        {"s", "n"},
    )
    assert sheet.column_dimensions["G"].width > 40
    assert sheet["G2"].value == "=1+1"


def test_a_workbook_needs_a_file() -> None:
    """Bytes are no text for a terminal."""
    with pytest.raises(UsageError, match=r"-o worklist\.xlsx"):
        show_worklist([], "xlsx", None, Terminal(quiet=True))


@pytest.mark.parametrize("name", ["todo.xlsx", "todo.CSV", "todo.json"])
def test_a_file_is_what_its_name_says(tmp_path: Path, name: str) -> None:
    """`kg check -o todo.xlsx` is a workbook; nobody wants a screen in a file."""
    show_worklist([finding()], "table", tmp_path / name, Terminal(quiet=True))
    written = (tmp_path / name).read_bytes()

    assert written[:2] == {"todo.xlsx": b"PK", "todo.CSV": b"se", "todo.json": b"[\n"}[name]


def test_a_file_of_another_name_is_refused(tmp_path: Path) -> None:
    """And nothing is written: before, the list went to the screen and the file was forgotten."""
    with pytest.raises(UsageError, match=r"\.xlsx, \.csv or \.json"):
        show_worklist([finding()], "table", tmp_path / "todo.txt", Terminal(quiet=True))

    assert list(tmp_path.iterdir()) == []
