"""The report as a workbook: counted as questions count, linked, safe, the same bytes each time."""

import io
import re
import zipfile

import openpyxl
import pytest

from kg.export.book import report_workbook
from kg.export.page import FILLS, Cell, Page, write_page
from kg.messages import has_phrase
from kg.query.workbook import LONGEST_CELL, new_book, saved

SHEETS = {
    "en": [
        *("Read me", "Overview", "Outcomes", "Organisations", "Participations"),
        *("Actors and changes", "Framework", "Gaps", "Links", "Worklist"),
    ],
    "fr": [
        *("À lire", "Vue d’ensemble", "Incidences", "Organisations", "Participations"),
        *("Acteurs et changements", "Cadre de résultats", "Lacunes", "Liens", "Tâches"),
    ],
}


@pytest.fixture(scope="module")
def content(example) -> bytes:
    return example.export("xlsx")


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(book, sheet) -> list[dict[str, object]]:
    found = list(book[sheet].iter_rows(values_only=True))
    return [dict(zip(found[0], row, strict=True)) for row in found[1:]]


def test_sheets_speak_the_language_that_was_asked_for(example, book):
    """English or French, whatever the project's language; the mark stands on the first sheet."""
    french = openpyxl.load_workbook(io.BytesIO(example.export("xlsx", language="fr")))

    assert book.sheetnames == SHEETS["en"]
    assert french.sheetnames == SHEETS["fr"]
    assert "INTERNAL" in str(book["Read me"]["A2"].value)
    assert "INTERNAL" in str(french["À lire"]["A2"].value)


def test_rows_are_those_that_questions_answer(example, book):
    """Outcomes, promises, organisations and gaps are counted as the question library does."""
    coverage = {
        (row.get("country") or None, row["code"], row["outcomes_direct"], row["outcomes_total"])
        for row in example.query("framework-coverage").records()
    }
    shown = {
        (
            row["Country"],
            row["Code"],
            row["Outcomes that name it"],
            row["With what lies under it"],
        )
        for row in rows(book, "Framework")
    }
    gaps = [row["Gap"] for row in rows(book, "Gaps")]
    accepted = [r for r in example.query("organisations").records() if r["status"] == "accepted"]
    bodies = {r["Organisation"]: r["Outcomes"] for r in rows(book, "Organisations")}

    assert {row["Key"] for row in rows(book, "Outcomes")} == {
        row["key"] for row in example.query("outcomes").records()
    }
    assert shown == coverage
    assert gaps.count("No link to a result") == len(example.query("unlinked-outcomes").records())
    assert gaps.count("Rated large, no evidence stated") == len(
        example.query("large-without-evidence").records()
    )
    assert {r["label"] for r in accepted if r["outcomes"]} <= set(bodies)


def test_a_promise_without_outcomes_says_so_in_words(book):
    """The colour only repeats what the cell says."""
    for row in rows(book, "Framework"):
        assert (row["Gap"] == "No outcome yet") == (row["With what lies under it"] == 0)


def test_every_participation_has_words_of_the_record(example, book):
    """Each quote stands in a text of its outcome."""
    texts = {
        node: " ".join(p.text for p in about["passages"])
        for node, about in example.network().nodes(data=True)
    }
    numbers = {row["Number"]: row["Key"] for row in rows(book, "Outcomes")}
    found = rows(book, "Participations")
    base = f"{example.config.base_iri}fragment/"

    assert len(found) > 100
    for row in found:
        words = row["Words"] if row["Words"] != "(the whole cell)" else row["Sentence"]
        assert words in texts[base + str(numbers[row["Number"]])]


def test_links_lead_where_they_say(book):
    """Outcome, organisation and participation lead to one another, to the row that is meant."""
    found = set()
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
            target, row = re.fullmatch(r"'(.+)'!A(\d+)", cell.hyperlink.location).groups()
            found.add((sheet.title, target))
            assert 1 <= int(row) <= book[target].max_row
            if sheet.title == "Participations":
                assert book[target].cell(int(row), 1).value == cell.value
            if (sheet.title, target) == ("Outcomes", "Participations"):
                assert book[target].cell(int(row), 1).value == sheet.cell(cell.row, 1).value
            if (sheet.title, target) == ("Organisations", "Participations"):
                assert book[target].cell(int(row), 3).value == sheet.cell(cell.row, 1).value

    assert found >= {
        *(("Participations", "Outcomes"), ("Participations", "Organisations")),
        *(("Outcomes", "Participations"), ("Outcomes", "Framework")),
        *(("Organisations", "Participations"), ("Organisations", "Outcomes")),
        *(("Framework", "Outcomes"), ("Gaps", "Outcomes"), ("Links", "Outcomes")),
        *(("Worklist", "Outcomes"), ("Read me", "Overview")),
    }


def test_every_table_has_filter_frozen_header_and_widths(book):
    """What an officer does first in a spreadsheet works at once."""
    for name in SHEETS["en"][2:]:
        sheet = book[name]
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.freeze_panes is not None
        assert sheet.print_title_rows == "$1:$1"
        assert all(dim.width > 5 for dim in sheet.column_dimensions.values())


def test_long_texts_are_seen_whole_or_say_that_they_are_longer():
    """Rows grow to Excel's 409 points, columns beside them; what is longer still says so."""
    texts = ["short", "word " * 500, "word " * 2000]
    book = new_book()
    sheet = book.create_sheet("S")
    page = Page("S", [("Text", 45), ("Who", 20)], [(t, Cell("a; b", "'S'!A1")) for t in texts])
    write_page(sheet, page, mark="", note="", language="fr")
    read = openpyxl.load_workbook(io.BytesIO(saved(book)))["S"]
    shown = [read.cell(row, 1).value for row in (2, 3, 4)]

    assert shown[:2] == texts[:2]
    assert shown[2].startswith("[Plus long") and shown[2].endswith(texts[2])
    assert 45 < read.column_dimensions["A"].width <= 120
    assert 390 < read.row_dimensions[4].height <= 409
    assert 300 < read.row_dimensions[3].height <= 409
    assert read.cell(3, 2).alignment.wrap_text


def test_charts_are_native_and_draw_numbers_of_the_sheet(content):
    """Seven charts of Excel's own; what they refer to are cells with numbers."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        charts = [n for n in archive.namelist() if n.startswith("xl/charts/chart")]
        refs = [
            ref
            for name in charts
            for ref in re.findall(r"<(?:c:)?numRef><(?:c:)?f>([^<]+)<", archive.read(name).decode())
        ]
    sheet = book["Overview"]

    assert len(charts) == 7
    for ref in refs:
        name, cells = ref.rsplit("!", 1)
        assert name.strip("'") == "Overview"
        found = [cell for row in sheet[cells.replace("$", "")] for cell in row]
        assert found
        assert all(isinstance(cell.value, int) for cell in found)


def test_the_same_harvest_gives_the_same_bytes_and_no_moment(content, example):
    """No clock: a date stands there only where somebody said one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        dates = {info.date_time for info in archive.infolist()}
    dated = openpyxl.load_workbook(io.BytesIO(example.export("xlsx", date="May 2031")))
    cells = [cell.value for row in dated["Read me"].iter_rows() for cell in row]

    assert example.export("xlsx") == content
    assert dates == {(2000, 1, 1, 0, 0, 0)}
    assert "May 2031" in cells


def test_what_is_public_names_no_source_and_no_work(public):
    """A release tells nothing of where it was read, nor what its owners still have to do."""
    book = openpyxl.load_workbook(io.BytesIO(public.export("xlsx")))
    cells = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value}

    assert "Worklist" not in book.sheetnames
    assert not any("INTERNAL" in cell for cell in cells)
    assert not any("harvest-1" in cell or "harvest-2" in cell for cell in cells)


def test_a_text_that_is_too_long_ends_with_a_mark():
    """Excel holds 32,767 characters in a cell; the report is still written, and says so."""
    book = new_book()
    page = Page("a", [("a", 10)], [["x" * 40_000], [Cell("=1+1", look="gap")]])
    write_page(book.create_sheet("a"), page, mark="", note="", language="en")
    read = openpyxl.load_workbook(io.BytesIO(saved(book)))["a"]

    assert len(read["A2"].value) == LONGEST_CELL
    assert read["A2"].value.endswith("[cut here; kg export csv has all of it]")
    assert read["A3"].data_type == "s"
    assert read["A3"].fill.fgColor.rgb == f"00{FILLS['gap']}"


def test_harvests_of_nothing_and_of_one_record_are_books_too(small, told):
    """Every sheet is there, with its header; one record is one row."""
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(told(small))))

    assert book.sheetnames == SHEETS["en"][:-1]
    assert book["Outcomes"].max_row - 1 == len(small.query("outcomes").records())


@pytest.mark.parametrize("form", ["xlsx", "docx", "csv"])
def test_who_waits_is_told_how_far_it_is(small, form):
    """Each step has its words in the progress bar, and ends where it said it would."""
    told: list[tuple[str, int, int]] = []
    small.export(form, progress=lambda *step: told.append(step))
    last = {stage: (done, total) for stage, done, total in told}

    assert told[0][0] == "reading the graph"
    assert all(has_phrase(f"steps.{stage.replace(' ', '-')}") for stage in last)
    assert all(done == total for done, total in last.values())
