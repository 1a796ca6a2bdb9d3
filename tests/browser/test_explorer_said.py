"""What the page says is so: links that come back, files named by content, what is found."""

import re

import networkx as nx
import pytest
from playwright.sync_api import expect

from kg.explorer import explorer_page
from kg.model import Audience
from kg.network import whole

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(open_explorer, example):
    """The page of the example harvest."""
    return open_explorer(example.explorer.read_text(encoding="utf-8"))


def _set(opened, state: str) -> None:
    opened.page.evaluate(f"kg.store.set({state})")
    opened.settled()


def _small(sample) -> str:
    graph: nx.MultiDiGraph = whole(sample.sample(2))
    return explorer_page(
        graph,
        lambda _: [],
        name="Lantern",
        audience=Audience.INTERNAL,
        base="https://example.org/harvest/",
    )


def test_typing_over_one_selected_line_breaks_no_rule(opened):
    """A query of one line, all of it selected, is replaced by a letter: no style in place."""
    opened.page.keyboard.press("5")
    _set(opened, "{ sparql: 'SELECT * { ?s ?p ?o }' }")
    editor = opened.page.locator(".cm-content")
    editor.click()
    opened.page.keyboard.press("Control+a")
    opened.page.keyboard.type("x")
    expect(editor).to_have_text("x")
    opened.settled()

    assert opened.complaints == []
    assert opened.violations() == []


def test_the_link_of_a_small_harvest_keeps_its_grouping(open_explorer, sample):
    """It opens ungrouped; gathered, and reloaded by its address, it is gathered still."""
    opened = open_explorer(_small(sample))
    assert opened.page.evaluate("kg.store.state.group") == "none"
    _set(opened, "{ view: 'network', group: 'objective' }")
    opened.page.reload()
    opened.wait("performance.getEntriesByName('kg-complete').length > 0")

    assert opened.page.evaluate("kg.store.state.group") == "objective"


def test_the_link_of_a_trace_keeps_all_outcomes(opened):
    """ "All outcomes" beside a chosen thing is in the address, and back after a reload."""
    _set(opened, "{ view: 'trace', node: kg.search.find('AFTP')[0].node }")
    button = opened.page.locator(".trace .tools button[aria-pressed]")
    button.click()
    expect(opened.page).to_have_url(re.compile("all=yes"))
    opened.page.reload()

    expect(button).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("view", "12345")
def test_every_view_is_saved_and_passed_on(opened, view):
    """Copy the link, and Save, stand in each view."""
    opened.page.keyboard.press(view)

    expect(opened.page.get_by_role("button", name="Copy the link")).to_be_visible()
    expect(opened.page.locator("select.save")).to_be_visible()


def test_a_copied_link_opens_the_same_view_and_a_refusal_is_told(opened):
    """The address of just this view; where the browser refuses, it is told where that stands."""
    _set(opened, "{ view: 'table', filters: { year: ['2023'] }, sort: '-year' }")
    opened.page.evaluate(
        """() => Object.defineProperty(navigator, "clipboard", { configurable: true, value: {
             writeText: (text) => { window.copied = text; return Promise.resolve(); } } })"""
    )
    button = opened.page.get_by_role("button", name="Copy the link")
    button.click()
    expect(opened.page.locator(".saved")).to_have_text("Copied")
    copied = opened.page.evaluate("window.copied")
    _set(opened, "{ view: 'network', filters: {}, sort: '' }")
    opened.page.goto(copied)
    opened.wait("kg.store.state.view === 'table'")
    state = opened.page.evaluate("kg.store.state")
    opened.page.evaluate(
        """() => Object.defineProperty(navigator, "clipboard", { configurable: true, value: {
             writeText: () => Promise.reject(new Error("no")) } })"""
    )
    button.click()

    assert (state["filters"], state["sort"]) == ({"year": ["2023"]}, "-year")
    expect(opened.page.locator(".saved")).to_contain_text("address line")
    assert opened.complaints == []


def test_a_view_is_found_where_it_was_left(opened):
    """Another view begins at its top; back in the first one, it stands where it stood."""
    top = "document.getElementById('content').scrollTop"
    opened.page.keyboard.press("1")
    opened.page.locator(".coverage").scroll_into_view_if_needed()
    opened.settled()
    left = opened.page.evaluate(top)
    opened.page.keyboard.press("3")
    expect(opened.page.locator(".stop").first).to_be_attached()
    opened.settled()
    assert left > 100
    assert opened.page.evaluate(top) == 0
    opened.page.keyboard.press("1")
    expect(opened.page.locator(".coverage")).to_be_attached()
    opened.settled()

    assert opened.page.evaluate(top) == left


def test_an_answer_is_drawn_as_a_network_with_what_links_it(opened):
    """Organisations alone have no links: outcomes in which two of them stand are drawn too."""
    opened.page.keyboard.press("5")
    _set(opened, "{ question: 'contributors-to-result', given: { code: '1.1' } }")
    opened.page.locator(".questions button.go").click()
    expect(opened.page.locator(".answer")).to_be_visible()
    asked = opened.page.locator(".answer tbody .node bdi").all_inner_texts()
    opened.page.get_by_role("button", name="As a network").click()
    opened.wait("kg.stage !== null && kg.stage.drawing.count > 5")
    drawn = opened.page.evaluate(
        """() => { const { model, stage } = kg; const { drawing } = stage;
          const { label } = model.scene.nodes;
          const said = (l) => typeof l === "string" ? l : l[""] || l.en || Object.values(l)[0];
          return { names: [...drawing.node].map((node) => said(label[node])),
            kinds: [...new Set([...drawing.node].map((node) => model.kindOf(node)))],
            lines: drawing.from.length }; }"""
    )

    assert len(set(asked)) > 5
    assert set(drawn["kinds"]) == {"organisation", "outcome"}
    assert drawn["lines"] > len(set(asked))
    assert len(drawn["names"]) > len(set(asked))


def test_an_answer_says_its_question_and_its_file_does(opened):
    """The form of another question is opened: the answer stays that of the first, file and all."""
    opened.page.keyboard.press("5")
    _set(opened, "{ question: 'unlinked-outcomes', given: {} }")
    opened.page.locator(".questions button.go").click()
    expect(opened.page.locator(".answer")).to_be_visible()
    title = opened.text(".asked")
    _set(opened, "{ question: 'organisations', given: {} }")
    with opened.page.expect_download() as waiting:
        opened.page.locator(".answer .tools button").first.click()

    assert title
    assert opened.text(".asked") == title
    assert waiting.value.suggested_filename == "unlinked-outcomes.csv"


def test_words_are_found_in_any_order(opened):
    """Two words of one text that stand apart; and the number found is no cap."""
    words = opened.page.evaluate(
        """() => {
          const { passages, cells } = kg.details;
          const fold = (text) => text.toLowerCase().match(/[a-z]{7,}/g) ?? [];
          for (let node = 0; node < kg.model.count; node++)
            for (const cell of cells[node]) {
              const found = passages.narrative[cell] ? fold(passages.text[cell]) : [];
              if (found.length > 6) return [node, found[5], found[0]];
            }
        }"""
    )
    node, later, first = words
    hits = opened.page.evaluate(f"kg.search.look('{later} {first}', 1000)")

    assert node in [hit["node"] for hit in hits["hits"]]
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("the")
    total = opened.page.evaluate("kg.search.look('the').total")
    assert total > 30
    expect(opened.page.locator(".search [role=status]")).to_have_text(re.compile(rf"^{total}\b"))


def test_a_thing_that_a_filter_hides_says_so(opened):
    """Found past a filter: the view says what hides it, and a button shows it."""
    _set(opened, "{ view: 'table', filters: { year: ['2023'] } }")
    other = opened.page.evaluate(
        "kg.facets.outcomes.find((node) => !kg.facets.of('year', node).includes('2023'))"
    )
    opened.page.evaluate("node => kg.choose(node)", other)
    said = opened.page.locator("#details .outside")
    expect(said).to_contain_text("hidden by")
    expect(said).to_contain_text("Year")
    said.locator("button").click()

    expect(said).to_have_count(0)
    assert opened.page.evaluate("kg.visible()[kg.store.state.node]") == 1


def test_names_in_a_trace_are_isolated(opened):
    """A name of another direction cannot draw the number beside it into itself."""
    opened.page.keyboard.press("3")
    opened.page.locator(".stop text").first.wait_for(state="attached")
    labels = opened.page.locator(".stop text").all_text_contents()

    assert all(label.strip().startswith("\u2068") and "\u2069" in label for label in labels)


def test_two_links_between_the_same_two_are_one_line_that_opens_both(opened):
    """No two lines of the picture join the same marks; one that stands for two says both."""
    _set(opened, "{ view: 'network', group: 'none' }")
    pairs, twice = opened.page.evaluate(
        """() => {
          const drawing = kg.stage.drawing;
          const { from, to, edge } = drawing;
          const pairs = [...from].map((a, line) => [a, to[line]].sort().join());
          const at = edge.indexOf(-1);
          return [pairs, drawing.behind(at)];
        }"""
    )
    assert len(set(pairs)) == len(pairs)
    assert len(twice) > 1
    opened.page.evaluate("kg.stage.chooseLine(kg.stage.drawing.edge.indexOf(-1))")

    expect(opened.page.locator("#details .bundle section")).to_have_count(len(twice))


def test_every_band_of_the_trace_opens(opened):
    """Those that rest on no link open their outcomes: to "no result", and up to the programme."""
    opened.page.keyboard.press("3")
    bands = opened.page.locator(".ribbons path")
    expect(bands.first).to_be_attached()
    count = bands.count()
    expect(opened.page.locator(".ribbons [role=button]")).to_have_count(count)
    band = opened.page.locator(".ribbons path[aria-label*='Linked to no result']").first
    n = int(re.search(r": (\d+)\. Choose it to list", band.get_attribute("aria-label")).group(1))
    band.dispatch_event("click")

    expect(opened.page.locator(".how-many")).to_have_text(re.compile(rf"^{n}\b"))


@pytest.mark.parametrize("wide", [680, 980])
def test_on_paper_nothing_is_cut_or_stretched(opened, wide):
    """Upright and across: the trace and a table of ten columns fit; the network keeps its shape."""
    opened.page.set_viewport_size({"width": wide, "height": 900})
    _set(opened, "{ view: 'trace' }")
    opened.page.emulate_media(media="print")
    box = opened.page.locator(".trace .scroll > svg").bounding_box()
    assert box["x"] + box["width"] <= wide + 1
    expect(opened.page.locator(".trace")).to_contain_text("Hollow")
    _set(opened, "{ view: 'table', columns: ['key', 'title', ...kg.facets.names] }")
    box = opened.page.locator(".rows table").bounding_box()
    assert box["x"] + box["width"] <= wide + 1
    _set(opened, "{ view: 'overview' }")
    expect(opened.page.locator(".cell").first).to_have_css("print-color-adjust", "exact")
    expect(opened.page.locator("#details")).to_be_hidden()
    _set(opened, "{ view: 'network' }")

    expect(opened.page.locator(".stage canvas")).to_have_css("object-fit", "contain")


def test_the_trace_of_one_organisation_needs_no_scrolling(opened):
    """With all six columns it stands whole between filters and details."""
    _set(opened, "{ view: 'trace', node: kg.search.find('AFTP')[0].node }")
    frame = opened.page.locator(".trace .scroll")
    expect(frame.locator(".column")).to_have_count(6)

    opened.wait(
        """() => {
          const { scrollWidth, clientWidth } = document.querySelector(".trace .scroll");
          return scrollWidth <= clientWidth;
        }"""
    )
