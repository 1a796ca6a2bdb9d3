"""Every number of the overview opens its list, and the list has as many rows."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(open_explorer, example):
    """The overview of the example harvest."""
    opened = open_explorer(example.explorer.read_text(encoding="utf-8"))
    opened.page.keyboard.press("1")
    expect(opened.page.locator(".overview .counts button").first).to_be_visible()
    return opened


def _lists(opened, wanted: int) -> None:
    """The table has so many rows; then back to the overview."""
    expect(opened.page.locator(".table .how-many")).to_have_text(re.compile(rf"^{wanted}\b"))
    opened.page.go_back()
    expect(opened.page.locator(".overview .counts button").first).to_be_visible()


def test_each_count_of_things_opens_the_list_of_that_kind(opened):
    """Outcomes, organisations, countries and all the others."""
    buttons = opened.page.locator(".counts button")
    for at in range(buttons.count()):
        wanted = int(buttons.nth(at).locator("b").inner_text())
        buttons.nth(at).click()
        _lists(opened, wanted)

    assert buttons.count() >= 7


def test_each_gap_opens_the_list_of_what_it_counts(opened, example):
    """As many rows as its number; outcomes without a result are those of the graph."""
    folds = opened.page.locator(".gap-list")
    counts = {}
    for at in range(folds.count()):
        summary = folds.nth(at).locator("summary")
        name = summary.inner_text().split(" ", 1)
        counts[name[1]] = int(name[0])
        if counts[name[1]]:
            summary.click()
            folds.nth(at).locator("button.link").first.click()
            _lists(opened, counts[name[1]])
    negative = example.select("SELECT DISTINCT ?o { ?o oh:negative true }")
    unintended = example.select("SELECT DISTINCT ?o { ?o oh:unintended true }")

    assert counts["Outcomes linked to no result"] == len(example.query("unlinked-outcomes"))
    assert counts["Negative outcomes"] == len(negative)
    assert counts["Unintended outcomes"] == len(unintended)
    assert len(counts) == 6


def test_numbers_by_year_open_their_outcomes_and_are_those_of_sparql(opened, example):
    """A cell of year by round, and the heading of a year with all of its outcomes."""
    matrix = opened.page.locator(".matrix").first
    cell = matrix.locator("button.cell").first
    wanted = int(cell.inner_text())
    cell.click()
    _lists(opened, wanted)
    year = matrix.locator("tbody th button").first
    name = year.inner_text()
    year.click()
    rows = example.select(f"SELECT DISTINCT ?o {{ ?o oh:year ?y FILTER(STR(?y) = '{name}') }}")

    _lists(opened, len(rows))
