"""A harvest that is too large for a page: what its file carries instead, and what it says of it."""

import re

import pytest
from playwright.sync_api import expect

from kg.explorer import explorer_page
from kg.model import Audience
from kg.network import whole
from kg.query import load_library
from kg.resources import resource

pytestmark = pytest.mark.browser

#: Questions that need what the reduced graph lacks; the others: tests/test_explorer_page.py.
_MARKED = {"if-withdrawn", "low-confidence", "related-outcomes", "search", "words-behind"}


@pytest.fixture
def opened(open_explorer, example, monkeypatch):
    """Opens the example as if pages could carry so many bytes of graph."""

    def opening(most: int):
        monkeypatch.setattr("kg.explorer.LARGEST_GRAPH", most)
        opened = open_explorer(
            explorer_page(
                whole(example.select),
                example.select,
                name="Lantern",
                audience=Audience.INTERNAL,
                base=example.config.base_iri,
                trig=example.trig,
                library=load_library(resource("queries")),
            )
        )
        opened.page.keyboard.press("5")
        return opened

    return opening


@pytest.fixture
def reduced(opened, example):
    """The example with the reduced graph."""
    return opened(example.trig.stat().st_size - 1)


def test_the_page_says_that_its_graph_is_reduced(reduced):
    """Above the questions and at the foot: what is left out, and that kg query asks the whole."""
    said = reduced.page.locator(".ask .reduced")

    expect(said).to_contain_text("reduced graph")
    expect(said).to_contain_text("nif:anchorOf")
    expect(said).to_contain_text("kg query")
    expect(reduced.page.locator("footer .holds")).to_contain_text("a reduced graph")
    assert reduced.complaints == []


def test_a_question_that_needs_more_is_marked_and_names_its_command(reduced):
    """No form to ask it, but what to type; the others are unmarked."""
    marks = reduced.page.locator(".questions li", has=reduced.page.locator(".outside"))
    expect(marks).to_have_count(len(_MARKED))
    reduced.page.evaluate("kg.store.set({ question: 'words-behind' })")
    instead = reduced.page.locator(".questions .instead")
    marked = reduced.page.evaluate(
        """() => {
          const items = [...document.querySelectorAll('.questions li')];
          const { questions } = kg.details;
          const marked = questions.filter((_, at) => items[at].querySelector(".outside"));
          return marked.map((question) => question.name);
        }"""
    )

    expect(instead.locator("code")).to_have_text(re.compile("^kg query words-behind -p fragment="))
    expect(reduced.page.locator(".questions form")).to_have_count(0)
    assert set(marked) == _MARKED


def test_the_others_give_the_rows_of_the_whole_graph(reduced, example):
    """Asked in the page, as many as kg query says."""
    asked = {}
    for name in ("organisations", "unlinked-outcomes", "framework-coverage"):
        reduced.page.evaluate("name => kg.store.set({ question: name, given: {} })", name)
        reduced.page.locator(".questions button.go").click()
        said = reduced.page.locator(".ask [role=status]")
        expect(said).to_have_text(re.compile(r"^\d+ \w+ in "))
        asked[name] = int(said.inner_text().split()[0])
        reduced.page.evaluate("kg.store.set({ question: '' })")
        expect(reduced.page.locator(".questions form")).to_have_count(0)

    assert asked == {name: len(example.query(name)) for name in asked}


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?m nif:anchorOf ?words }", "nif:anchorOf"),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "?p"),
    ],
)
def test_sparql_that_would_be_answered_wrongly_is_not_asked(reduced, query, left):
    """What names something left out, or might mean it, gets no row at all but the way to ask."""
    reduced.page.evaluate("sparql => kg.store.set({ sparql })", query)
    reduced.page.locator(".writing .go").click()
    said = reduced.page.locator(".ask [role=status] .warn")

    expect(said).to_contain_text(left)
    expect(said).to_contain_text("kg query")
    expect(reduced.page.locator(".answer")).to_have_count(0)


def test_a_harvest_too_large_even_so_carries_no_graph_and_says_so(opened):
    """The page opens with network, trace and table, and names kg query."""
    page = opened(10).page
    expect(page.locator(".no-engine")).to_contain_text("too large")
    expect(page.locator(".no-engine")).to_contain_text("kg query")
    expect(page.locator("footer .holds")).to_contain_text("too large for a page")
    page.keyboard.press("3")

    expect(page.locator(".stop").nth(10)).to_be_attached()
