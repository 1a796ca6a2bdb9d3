"""One state through all views: what a view shows, what its SPARQL gives, what is said of both."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(open_explorer, example):
    """The page of the example harvest."""
    return open_explorer(example.explorer.read_text(encoding="utf-8"))


def _set(opened, state: str) -> None:
    opened.page.evaluate(f"kg.store.set({state})")
    opened.settled()


def _sparql(opened, at: int = 0) -> str:
    """The query that a view shows."""
    fold = opened.page.locator("main details.sparql").nth(at)
    fold.evaluate("fold => (fold.open = true)")
    return fold.locator("pre").inner_text()


#: States that filters alone do not say: an opened list, the slider, the legend, one year.
_STATES = {
    "everything": "{}",
    "year": "{ filters: { year: ['2023'] } }",
    "unlinked kept": "{ filters: { year: ['2023'] }, linked: false }",
    "sure": "{ confidence: 0.9 }",
    "list": "{ only: kg.model.ofKind('outcome').slice(3, 13).map((node) => kg.idOf(node)) }",
    "hidden": "{ hidden: ['place', 'contributor'] }",
}

#: What each state starts from.
_PLAIN = "{ filters: {}, linked: true, confidence: 0, only: [], hidden: [], hops: 0, node: null }"


def test_the_sparql_of_a_table_gives_its_rows(opened, example):
    """In every state the query behind a table gives as many rows as the table has."""
    shown, given = {}, {}
    for name, state in _STATES.items():
        for kind in ("outcome", "organisation", "actor", "result"):
            _set(opened, f"{{ ...{_PLAIN}, view: 'table', list: '{kind}', ...{state} }}")
            shown[name, kind] = int(opened.text(".table .how-many").split()[0])
            given[name, kind] = len(example.select(_sparql(opened)))

    assert given == shown
    assert len(set(shown.values())) > 8


@pytest.mark.parametrize("focus", ["", "hops: 1, node: kg.search.find('AFTP')[0].node,"])
def test_the_sparql_of_the_network_gives_its_links(opened, example, focus):
    """One row for each link that is drawn, around one thing and of everything."""
    drawn, given = {}, {}
    for name, state in _STATES.items():
        _set(opened, f"{{ ...{_PLAIN}, view: 'network', group: 'none', {focus} ...{state} }}")
        drawn[name] = opened.page.evaluate(
            "[...document.querySelectorAll('.legend ul:last-of-type .count')]"
            ".reduce((sum, count) => sum + Number(count.textContent), 0)"
        )
        given[name] = len(example.select(_sparql(opened)))

    assert given == drawn
    assert len(set(drawn.values())) > 2


def test_the_sparql_of_the_overview_counts_what_it_counts(opened, example):
    """Things by kind, the matrix and the framework: the same numbers by each section's query."""
    for state in _STATES.values():
        _set(opened, f"{{ ...{_PLAIN}, view: 'overview', ...{state} }}")
        counts = opened.page.locator(".overview .counts b").all_inner_texts()
        cells = opened.page.locator(".overview > section .matrix .cell").all_inner_texts()
        totals = opened.page.locator(".coverage tbody td:last-child").all_inner_texts()
        things = example.select(_sparql(opened, 0))
        matrix = example.select(_sparql(opened, 2))
        covered = example.select(_sparql(opened, 3))

        assert sorted(int(row["things"]) for row in things) == sorted(map(int, counts))
        assert sorted(int(row["outcomes"]) for row in matrix) == sorted(map(int, cells))
        total = sum(int(n.split()[-1]) for n in totals)
        assert sum(int(row["withBelow"]) for row in covered) == total


def test_every_number_of_the_overview_opens_as_many(opened):
    """After a list was opened and a kind switched off, a cell still opens its own number."""
    _set(opened, f"{{ view: 'overview', ...{_STATES['list']} }}")
    opened.page.locator(".matrix .cell").first.wait_for()
    for at in (0, 3):
        cell = opened.page.locator(".overview > section .matrix .cell").nth(at)
        n = int(cell.inner_text())
        cell.click()
        expect(opened.page.locator(".how-many")).to_have_text(re.compile(rf"^{n}\b"))
        _set(opened, "{ view: 'overview', filters: {} }")


def test_the_trace_keeps_to_list_slider_and_legend(opened):
    """An opened list leaves its outcomes; a kind switched off has no column; the rest is said."""
    _set(opened, f"{{ view: 'trace', ...{_STATES['list']} }}")
    expect(opened.page.locator(".stop.kind-outcome")).to_have_count(10)
    _set(opened, "{ hidden: ['output'] }")
    expect(opened.page.locator(".stop.kind-outcome")).to_have_count(10)
    expect(opened.page.locator(".stop.kind-output")).to_have_count(0)
    _set(opened, "{ hidden: ['contributes-to'] }")

    expect(opened.page.locator(".stop.kind-objective")).to_have_count(0)


def test_what_keeps_things_from_sight_has_a_chip_and_stands_below_pictures(opened):
    """Slider, legend and list: each a chip that takes it away, and a word in the caption."""
    _set(opened, "{ view: 'network', confidence: 0.9, hidden: ['organisation'] }")
    chips = opened.page.locator(".chips li")
    expect(chips.filter(has_text="0.9")).to_have_count(1)
    with opened.page.expect_download() as waiting:
        opened.page.locator("select.save").select_option("svg")
    drawn = waiting.value.path().read_text(encoding="utf-8")
    assert "No filter" not in drawn
    assert "0.9" in drawn
    assert "Not shown: organisations" in drawn
    _set(opened, "{ view: 'table', list: 'organisation' }")
    expect(opened.page.locator(".table .why")).to_contain_text("Not shown: organisations")
    chips.filter(has_text="Not shown").locator("button").click()
    chips.filter(has_text="0.9").locator("button").click()

    expect(chips).to_have_count(0)
    expect(opened.page.locator(".table .why")).to_have_count(0)
