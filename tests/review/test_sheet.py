"""The queue in Excel and back: nothing runs, nothing half applied, the round trip is identity."""

import io
import stat
import zipfile

import pytest
from openpyxl import load_workbook

from kg.config import load_config
from kg.errors import UsageError
from kg.review import (
    Item,
    ItemKind,
    Review,
    SheetError,
    answers_of,
    verdict_of,
    workbook_of,
)
from kg.review.item import Spot


def sheet(path):
    """The workbook, its page, and columns by name."""
    book = load_workbook(path)
    page = book["INTERNAL review"]
    return book, page, {cell.value: cell.column for cell in page[2]}


def fill(path, said):
    """Write cells: row → column → text."""
    book, page, columns = sheet(path)
    for row, cells in said.items():
        for column, text in cells.items():
            page.cell(row, columns[column]).value = text
    book.save(path)


def rows_of(path, column, value):
    _, page, columns = sheet(path)
    return [r for r in range(3, page.max_row + 1) if page.cell(r, columns[column]).value == value]


@pytest.fixture
def exported(project):
    """The queue of the small harvest as a sheet."""
    path = project / "queue.xlsx"
    path.write_bytes(workbook_of(Review(load_config(project)).items()))
    return path


def taken(project, path):
    return answers_of(path, Review(load_config(project)).items(), standing=())


def test_an_untouched_sheet_says_nothing(project, exported):
    """Export, import: no answer, no problem."""
    assert taken(project, exported) == ([], 0)


def test_each_cell_offers_its_own_answers(exported):
    """A drop-down for each kind of question, and a page that explains."""
    book, page, columns = sheet(exported)
    offered = {v.formula1 for v in page.data_validations.dataValidation}

    assert '"same,different"' in offered
    assert '"person,not-person,organisation,place"' in offered
    assert book.sheetnames == ["INTERNAL review", "How to"]
    assert page["A1"].value.startswith("INTERNAL")
    assert next(iter(columns)) == "verdict"


def test_what_colleagues_fill_in_comes_back(project, exported):
    """Verdicts in any spelling, reason, publish; sorted and with rows left out."""
    row = rows_of(exported, "name", "ROXDA")[0]
    fill(exported, {row: {"verdict": "Not organisation", "reason": "a radio", "publish": "Oui"}})
    book, page, _ = sheet(exported)
    page.delete_rows(next(r for r in range(3, page.max_row + 1) if r != row))
    book.save(exported)
    (answer,), done = taken(project, exported)

    assert (answer.item.name, answer.verdict, answer.reason, answer.publish, done) == (
        "ROXDA",
        "not-organisation",
        "a radio",
        True,
        0,
    )


def test_every_problem_is_a_line_and_no_row_counts(project, exported):
    """With file, row and field, and without a word of a cell."""
    book, page, columns = sheet(exported)
    person = rows_of(exported, "name", "Quorlina Vespertine")[0]
    page.cell(person, columns["verdict"]).value = "perhaps Zora"
    page.cell(4, columns["verdict"]).value = "person"
    page.cell(4, columns["id"]).value = "Zora"
    pair = rows_of(exported, "why", "Word for word, one name is the other in another language.")[0]
    page.cell(pair, columns["verdict"]).value = "place"
    good = rows_of(exported, "name", "ROXDA")[0]
    page.cell(good, columns["verdict"]).value = "organisation"
    book.save(exported)
    with pytest.raises(SheetError) as caught:
        taken(project, exported)

    assert len(caught.value.lines) == 3
    assert all(line.startswith("queue.xlsx, row ") for line in caught.value.lines)
    assert "Zora" not in str(caught.value)


def test_the_same_row_twice_is_refused(project, exported):
    """Which of the two should count?"""
    book, page, columns = sheet(exported)
    for row in (3, 4):
        page.cell(row, columns["id"]).value = page.cell(3, columns["id"]).value
        page.cell(row, columns["verdict"]).value = "different"
    book.save(exported)

    with pytest.raises(SheetError, match="stands in row 3 too"):
        taken(project, exported)


def test_import_decides_and_a_second_import_changes_nothing(project, kg):
    """A whole sitting through Excel; the sheet is for its owner alone."""
    path = project / "queue.xlsx"
    kg(project, "review", "--export", path)
    mode = stat.S_IMODE(path.stat().st_mode)
    row = rows_of(path, "name", "Quorlina Vespertine")[0]
    fill(
        path,
        {
            row: {"verdict": "not-person"},
            rows_of(path, "name", "ROXDA")[0]: {"verdict": "organisation"},
        },
    )
    first = kg(project, "review", "--import", path, "--by", "Ada")
    once = (project / "decisions.csv").read_text("utf-8")
    second = kg(project, "review", "--import", path)

    assert (mode, first.returncode, second.returncode) == (0o600, 0, 0)
    assert len(once.splitlines()) == 3
    assert "quorlina" not in (once + first.stdout + first.stderr).casefold()
    assert (project / "decisions.csv").read_text("utf-8") == once
    assert "change nothing: 2" in second.stderr


def test_problems_of_an_import_end_with_1_and_write_nothing(project, kg):
    """One line each on the screen."""
    path = project / "queue.xlsx"
    kg(project, "review", "--export", path)
    fill(path, {3: {"verdict": "perhaps"}, 4: {"verdict": "maybe"}, 5: {"publish": "x"}})
    refused = kg(project, "review", "--import", path)

    assert refused.returncode == 1
    assert refused.stderr.count("error: ") == 2
    assert not (project / "decisions.csv").exists()


HOSTILE = '=HYPERLINK("http://x","y")'


def test_no_text_of_a_record_becomes_a_formula():
    """Neither when opened nor when somebody types into the cell; the same bytes each time."""
    item = Item(
        kind=ItemKind.PERSON,
        why="unexplained-capitals",
        name=HOSTILE,
        other="",
        a=HOSTILE,
        b="",
        scope="",
        country="\x07@x",
        spots=(Spot("k", "description", 0, 4),),
        sentence=f"«{HOSTILE}» +1",
    )
    data = workbook_of([item], language="fr")
    page = load_workbook(io.BytesIO(data))["INTERNAL review"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = b"".join(archive.read(name) for name in archive.namelist() if "sheet1" in name)

    assert b"<f>" not in xml
    assert {cell.data_type for cell in page[3]} <= {"s", "n"}
    assert all(cell.quotePrefix for cell in page[3] if isinstance(cell.value, str))
    assert workbook_of([item], language="fr") == data


def test_words_for_verdicts():
    """In three languages; anything else is told without being quoted."""
    assert verdict_of("Même", where="x") == "same"
    with pytest.raises(UsageError) as caught:
        verdict_of("Zora", where="queue.xlsx, row 3")

    assert "Zora" not in str(caught.value)
