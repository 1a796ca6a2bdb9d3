"""The explorer in a real browser: every view, by mouse and keyboard, against what SPARQL says."""

import json
import re

import networkx as nx
import pytest
from playwright.sync_api import expect

from kg.explorer import explorer_page
from kg.model import Audience
from kg.network import whole
from kg.vocab import fold

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(open_explorer, example):
    """The page of the example harvest, as a build wrote it."""
    return open_explorer(example.explorer.read_text(encoding="utf-8"))


def _count(harvest, pattern: str) -> int:
    rows = harvest.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")
    return int(rows[0]["n"])


def _filter(opened, facet: str, value: str) -> None:
    facets = opened.page.locator(".facet").filter(has=opened.page.get_by_text(facet, exact=True))
    facets.evaluate("fold => (fold.open = true)")
    facets.locator("label").filter(has_text=value).locator("input").check()


def _holds_rows(opened, wanted: int) -> None:
    """The table says that it has so many rows."""
    expect(opened.page.locator(".table .how-many")).to_have_text(re.compile(rf"^{wanted}\b"))


def _shows(opened, view: str) -> None:
    """Go to a view by its key, and wait until it stands there."""
    opened.page.keyboard.press(view)
    tab = opened.page.locator(".tabs button").nth(int(view) - 1)
    expect(tab).to_have_attribute("aria-current", "page")
    opened.settled()


def test_the_page_asks_for_nothing_and_complains_of_nothing(opened):
    """No request but for the file itself, no error, no breach of the policy, in any view."""
    for view in "12345":
        _shows(opened, view)
    opened.page.get_by_title("Dark or light").click()
    opened.page.get_by_text("Français", exact=True).click()
    expect(opened.page.locator("html")).to_have_attribute("lang", "fr")
    opened.settled()

    assert opened.outside() == []
    assert [url for url in opened.requests if url.startswith("file:")] == opened.requests[:1]
    assert opened.complaints == []
    assert opened.violations() == []


def test_nothing_is_styled_in_place_and_no_script_is_but_ours(opened):
    """The policy names one script and one style sheet; data stands in inert elements."""
    page = opened.page.content()
    policy = opened.page.locator("meta[http-equiv]").get_attribute("content")
    digest = r"'sha256-[\w+/]{43}='"

    assert re.fullmatch(
        f"default-src 'none'; script-src {digest} 'wasm-unsafe-eval'; style-src {digest}; "
        "worker-src blob:; img-src data: blob:; base-uri 'none'; form-action 'none'",
        policy,
    )
    assert len(re.findall(r"<script(?! type=\"text/plain\")", page)) == 1


def test_the_picture_is_painted(opened):
    """The canvas holds many colours."""
    opened.page.keyboard.press("2")

    opened.wait(
        """() => {
          const canvas = document.querySelector(".stage canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set();
          for (let at = 0; at < data.length; at += 4) seen.add(data.slice(at, at + 3).join());
          return seen.size > 20;
        }"""
    )


def test_overview_counts_what_sparql_counts(opened, example):
    """Outcomes and organisations in the page are those of the graph."""
    opened.page.keyboard.press("1")
    outcomes = _count(example, "?x a oh:Outcome")
    unlinked = len(example.query("unlinked-outcomes"))
    page = opened.page.locator(".overview")

    expect(page.locator(".counts")).to_contain_text(f"{outcomes} outcomes")
    expect(page).to_contain_text(f"{unlinked} Outcomes linked to no result")


def test_every_number_of_the_matrix_opens_its_list(opened):
    """A cell of actor by change opens the table with just these outcomes."""
    opened.page.keyboard.press("1")
    cell = opened.page.locator(".matrix").nth(1).locator("button.cell").first
    wanted = int(cell.inner_text())
    cell.click()

    _holds_rows(opened, wanted)
    expect(opened.page.locator(".chips li")).to_have_count(3)


def test_filters_count_what_sparql_counts(opened, example):
    """A year leaves just the outcomes of that year, in every view."""
    year = example.select("SELECT (STR(?y) AS ?year) WHERE { ?x oh:year ?y } ORDER BY ?year")[0]
    wanted = _count(example, f"?x oh:year ?y FILTER(STR(?y) = '{year['year']}')")
    opened.page.keyboard.press("4")
    _filter(opened, "Year", year["year"])

    _holds_rows(opened, wanted)
    expect(opened.page.locator(".filters")).to_contain_text(f"{wanted} of")
    expect(opened.page).to_have_url(re.compile(f"f\\.year={year['year']}"))


def test_the_back_button_goes_back(opened):
    """Views, filters and choices are steps."""
    _shows(opened, "4")
    _shows(opened, "1")
    opened.page.go_back()

    expect(opened.page.locator(".rows table")).to_have_count(1)


@pytest.mark.parametrize("typed", ["association des femmes", "AFTP", "aftp", "Associatión fémmes"])
def test_search_folds_accents_and_knows_acronyms(opened, typed):
    """What people type finds the organisation, by keyboard alone."""
    opened.find(typed)

    expect(opened.page.locator("#details h2")).to_contain_text("transformatrices de poisson")


def test_search_finds_words_in_texts(opened):
    """The full text is searched too, and the hit shows its words."""
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("harbour")

    expect(opened.page.locator("#found")).to_contain_text("in the text")


def test_details_mark_names_and_every_link_opens_its_words(opened):
    """An outcome shows its text with marks; a mark leads on; a link unfolds its quote."""
    opened.find("EQL001")
    expect(opened.page.locator(".passage mark").first).to_be_attached()
    opened.page.locator(".quotes summary").first.click()
    quote = opened.page.locator(".quotes[open]").first

    expect(quote.locator("blockquote mark").first).to_have_text(re.compile(r"\w"))
    expect(quote.locator("figcaption").first).to_contain_text("section")
    expect(opened.page.locator("#details dl")).to_contain_text("harvest-1.txt")


def test_focus_draws_the_surroundings_only(opened):
    """What was looked for is drawn with one link around it; 2 and 3 draw more, "everything" all."""
    opened.find("AFTP")
    near = opened.page.evaluate("kg.model.around(kg.store.state.node, 1).size")
    opened.page.locator(".mirror summary").click()
    expect(opened.page.locator(".mirror li")).to_have_count(near - 1)
    expect(opened.page).to_have_url(re.compile("hops=1"))
    opened.page.locator("#details .actions button").nth(1).click()

    expect(opened.page).to_have_url(re.compile("hops=2"))
    opened.wait(
        """near => [...document.querySelectorAll('.legend ul:first-of-type .count')]
          .reduce((sum, count) => sum + Number(count.textContent), 0) > near""",
        near,
    )


def test_groups_open_on_choice(opened):
    """The network starts gathered; a group of the list opens into its outcomes."""
    _shows(opened, "2")
    opened.page.locator(".mirror summary").click()
    before = opened.page.locator(".mirror li").count()
    opened.page.locator(".mirror li button", has_text="Open").first.click()

    expect(opened.page.locator(".mirror li").nth(before)).to_be_attached()


def test_the_trace_shows_gaps_as_columns(opened):
    """Outcomes without a result stand in the trace, and results without an outcome too."""
    opened.page.keyboard.press("3")

    expect(opened.page.locator(".stop.gap").nth(1)).to_be_attached()
    expect(opened.page.locator(".trace svg")).to_contain_text("Linked to no result")


def test_a_table_holds_only_rows_in_sight(opened):
    """Sorted by a click, virtual, and complete when scrolled."""
    opened.page.keyboard.press("4")
    opened.page.locator(".rows th button").nth(1).click()
    expect(opened.page.locator(".rows th[aria-sort=ascending]")).to_have_count(1)
    titles = opened.page.locator(".rows tbody .node bdi").all_inner_texts()

    # Fewer than the sixty outcomes there are, in order of their folded titles.
    assert 10 < len(titles) < 60
    assert titles == sorted(titles, key=fold)


def test_every_library_question_is_answered_in_the_page(opened, example):
    """The engine in the page gives as many rows as kg query does."""
    opened.page.keyboard.press("5")
    asked = {}
    for name in ("actor-by-change", "organisations", "unlinked-outcomes", "framework-coverage"):
        opened.page.evaluate("name => kg.store.set({ question: name, given: {} })", name)
        opened.page.locator(".questions button.go").click()
        said = opened.page.locator(".ask [role=status]")
        expect(said).to_have_text(re.compile(r"^\d+ \w+ in "))
        asked[name] = int(said.inner_text().split()[0])
        opened.page.evaluate("kg.store.set({ question: '' })")
        expect(opened.page.locator(".questions form")).to_have_count(0)
    found = {name: len(example.query(name)) for name in asked}

    assert asked == found
    assert opened.violations() == []
    assert opened.outside() == []


def test_free_sparql_cannot_reach_out(opened):
    """SERVICE and updates are refused before the engine sees them."""
    opened.page.keyboard.press("5")
    opened.page.evaluate(
        "kg.store.set({ sparql: 'SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }' })"
    )
    opened.page.locator(".writing .go").click()

    expect(opened.page.locator(".ask .warn")).to_contain_text("SERVICE")
    assert opened.outside() == []


def test_csv_holds_what_the_table_shows(opened, tmp_path):
    """Saved in the page; as many lines as rows, in UTF-8 that Excel knows."""
    opened.page.keyboard.press("4")
    expect(opened.page.locator(".table .how-many")).to_have_text(re.compile(r"^\d+ "))
    rows = int(opened.text(".table .how-many").split()[0])
    with opened.page.expect_download() as waiting:
        opened.page.locator(".table .tools button").last.click()
    content = waiting.value.path().read_bytes().decode("utf-8-sig")

    assert len(content.strip().split("\r\n")) >= rows + 1


@pytest.mark.parametrize("what", ["png", "svg", "view"])
def test_pictures_and_views_are_saved(opened, what):
    """PNG and SVG of what is drawn; a file that brings the view back."""
    opened.page.keyboard.press("2")
    with opened.page.expect_download() as waiting:
        opened.page.locator("select.save").select_option(what)
    content = waiting.value.path().read_bytes()

    assert len(content) > 60
    if what == "png":
        assert content.startswith(b"\x89PNG")
    elif what == "svg":
        assert b"INTERNAL" in content
    else:
        assert json.loads(content)["view"].startswith("#v=")


@pytest.mark.parametrize("size", [(390, 844), (320, 640), (820, 1180)])
def test_no_width_scrolls_sideways(open_explorer, example, size):
    """From a small phone to a tablet nothing sticks out, in any view."""
    opened = open_explorer(example.explorer.read_text(encoding="utf-8"), size=size)
    wide = {}
    for view in "12345":
        _shows(opened, view)
        wide[view] = opened.page.evaluate("document.documentElement.scrollWidth")

    assert {view: w for view, w in wide.items() if w > size[0]} == {}


def test_the_page_speaks_french(opened):
    """The toggle changes words, labels of concepts and the language of the document."""
    opened.page.get_by_text("Français", exact=True).click()
    opened.page.keyboard.press("1")

    expect(opened.page.locator("html")).to_have_attribute("lang", "fr")
    expect(opened.page.locator(".overview")).to_contain_text("Dans cette récolte")
    expect(opened.page.locator(".tabs")).to_contain_text("Réseau")
    expect(opened.page.locator("footer")).to_contain_text("INTERNE (INTERNAL)")


@pytest.fixture(scope="session")
def axe(root) -> str:
    """axe-core, from the locked packages of the pages."""
    path = root / "explorer" / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip("AXE WAS NOT RUN: make pages installs it.")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["overview", "network", "trace", "table", "ask"])
def test_axe_finds_nothing(open_explorer, example, axe, view, scheme):
    """No known barrier, in any view, beside an outcome, a result, several links, nothing."""
    opened = open_explorer(example.explorer.read_text(encoding="utf-8"), scheme=scheme)
    opened.page.evaluate(axe)
    opened.page.evaluate("view => kg.store.set({ view })", view)
    found = []
    for choice in (
        "0",
        "kg.choose(kg.search.find('EQL001')[0].node)",
        "kg.choose(kg.model.ofKind('result')[3])",
        "kg.chooseEdges([1, 2, 3, 4, 5])",
    ):
        opened.page.evaluate(choice)
        opened.settled()
        opened.page.evaluate(
            "document.querySelectorAll('details').forEach((fold) => (fold.open = true))"
        )
        opened.settled()
        found += opened.page.evaluate(
            """async () => (await axe.run()).violations.map((v) =>
                 `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" | ")}`)"""
        )

    assert found == []


def test_an_empty_harvest_explains_itself(open_explorer):
    """No blank page: what to do next."""
    opened = open_explorer(_page_of(nx.MultiDiGraph()))
    for view in "12345":
        _shows(opened, view)

    expect(opened.page.locator("main")).to_contain_text("no outcome yet")
    assert opened.complaints == []


def test_one_outcome_is_a_picture(open_explorer, sample):
    """A harvest of one record is drawn, with its names."""
    opened = open_explorer(_page_of(whole(sample.sample(1))))

    expect(opened.page.locator(".mirror li").nth(3)).to_be_attached()
    assert opened.complaints == []


def _page_of(graph) -> str:
    return explorer_page(
        graph,
        lambda _: [],
        name="Lantern",
        audience=Audience.INTERNAL,
        base="https://example.org/harvest/",
    )
