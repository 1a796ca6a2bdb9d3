"""The explorer in a real browser: every view, by mouse and keyboard, against what SPARQL says."""

import json
import re

import networkx as nx
import pytest

from kg.explorer import explorer_page
from kg.model import Audience
from kg.network import whole

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(open_explorer, example):
    """The page of the example harvest, as a build wrote it."""
    return open_explorer(example.explorer.read_text(encoding="utf-8"))


def _count(harvest, pattern: str) -> int:
    rows = harvest.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")
    return int(rows[0]["n"])


def _filter(opened, facet: str, value: str) -> None:
    fold = opened.page.locator(".facet").filter(has=opened.page.get_by_text(facet, exact=True))
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    fold.locator("label").filter(has_text=value).locator("input").check()


def _rows(opened) -> int:
    return int(opened.text(".table .how-many").split()[0])


def test_the_page_asks_for_nothing_and_complains_of_nothing(opened):
    """No request but for the file itself, no error, no breach of the policy, in any view."""
    for view in "12345":
        opened.page.keyboard.press(view)
        opened.page.wait_for_timeout(120)
    opened.page.get_by_title("Dark or light").click()
    opened.page.get_by_text("Français", exact=True).click()

    assert opened.outside() == []
    assert [url for url in opened.requests if url.startswith("file:")] == opened.requests[:1]
    assert opened.complaints == []
    assert opened.violations() == []


def test_nothing_is_styled_in_place_and_no_script_is_but_ours(opened):
    """The policy names one script and one style sheet; data stands in inert elements."""
    page = opened.page.content()
    policy = opened.page.locator("meta[http-equiv]").get_attribute("content")

    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-inline" not in policy
    assert len(re.findall(r"<script(?! type=\"text/plain\")", page)) == 1


def test_the_picture_is_painted(opened):
    """The canvas holds many colours."""
    opened.page.keyboard.press("2")
    opened.page.wait_for_timeout(400)
    colours = opened.page.evaluate(
        """() => {
          const canvas = document.querySelector(".stage canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set();
          for (let at = 0; at < data.length; at += 4) seen.add(data.slice(at, at + 3).join());
          return seen.size;
        }"""
    )

    assert colours > 20


def test_overview_counts_what_sparql_counts(opened, example):
    """Outcomes and organisations in the page are those of the graph."""
    opened.page.keyboard.press("1")
    counts = opened.text(".counts")
    outcomes = _count(example, "?x a oh:Outcome")
    unlinked = len(example.query("unlinked-outcomes"))

    assert f"{outcomes} outcomes" in counts
    assert f"{unlinked} Outcomes linked to no result" in opened.text(".overview")


def test_every_number_of_the_matrix_opens_its_list(opened):
    """A cell of actor by change opens the table with just these outcomes."""
    opened.page.keyboard.press("1")
    cell = opened.page.locator(".matrix").nth(1).locator("button.cell").first
    wanted = int(cell.inner_text())
    cell.click()

    assert _rows(opened) == wanted
    assert opened.page.locator(".chips li").count() == 3


def test_filters_count_what_sparql_counts(opened, example):
    """A year leaves just the outcomes of that year, in every view."""
    year = example.select("SELECT (STR(?y) AS ?year) WHERE { ?x oh:year ?y } ORDER BY ?year")[0]
    wanted = _count(example, f"?x oh:year ?y FILTER(STR(?y) = '{year['year']}')")
    opened.page.keyboard.press("4")
    _filter(opened, "Year", year["year"])

    assert _rows(opened) == wanted
    assert f"{wanted} of" in opened.text(".filters")
    assert f"f.year={year['year']}" in opened.page.url


def test_the_back_button_goes_back(opened):
    """Views, filters and choices are steps."""
    opened.page.keyboard.press("4")
    opened.page.keyboard.press("1")
    opened.page.go_back()

    assert opened.page.locator(".rows table").count() == 1


@pytest.mark.parametrize("typed", ["association des femmes", "AFTP", "aftp", "Associatión fémmes"])
def test_search_folds_accents_and_knows_acronyms(opened, typed):
    """What people type finds the organisation, by keyboard alone."""
    opened.find(typed)

    assert "transformatrices de poisson" in opened.text("#details h2")


def test_search_finds_words_in_texts(opened, example):
    """The full text is searched too, and the hit shows its words."""
    word = "harbour"
    opened.page.keyboard.press("/")
    opened.page.keyboard.type(word)

    assert "in the text" in opened.text("#found")


def test_details_mark_names_and_every_link_opens_its_words(opened):
    """An outcome shows its text with marks; a mark leads on; a link unfolds its quote."""
    opened.find("EQL001")
    marks = opened.page.locator(".passage mark").count()
    opened.page.locator(".quotes summary").first.click()

    assert marks > 0
    assert opened.text(".quotes[open] blockquote mark >> nth=0")
    assert "section" in opened.text(".quotes[open] figcaption >> nth=0")
    assert "harvest-1.txt" in opened.text("#details dl")


def test_focus_draws_the_surroundings_only(opened):
    """What was looked for is drawn with one link around it; 2 and 3 draw more, "everything" all."""
    opened.find("AFTP")
    near = opened.page.evaluate("kg.model.around(kg.store.state.node, 1).size")
    opened.page.locator(".mirror summary").click()
    one = opened.page.locator(".mirror li").count()
    first = opened.page.url
    opened.page.locator("#details .actions button").nth(1).click()
    more = opened.page.evaluate(
        "[...document.querySelectorAll('.legend ul:first-of-type .count')]"
        ".reduce((sum, count) => sum + Number(count.textContent), 0)"
    )

    assert one == near - 1
    assert "hops=1" in first
    assert "hops=2" in opened.page.url
    assert more > near


def test_groups_open_on_choice(opened):
    """The network starts gathered; a group of the list opens into its outcomes."""
    opened.page.keyboard.press("2")
    opened.page.locator(".mirror summary").click()
    before = opened.page.locator(".mirror li").count()
    opened.page.locator(".mirror li button", has_text="Open").first.click()

    assert opened.page.locator(".mirror li").count() > before


def test_the_trace_shows_gaps_as_columns(opened):
    """Outcomes without a result stand in the trace, and results without an outcome too."""
    opened.page.keyboard.press("3")

    assert opened.page.locator(".stop.gap").count() > 1
    assert "Linked to no result" in opened.page.locator(".trace svg").text_content()


def test_a_table_holds_only_rows_in_sight(opened):
    """Sorted by a click, virtual, and complete when scrolled."""
    opened.page.keyboard.press("4")
    opened.page.locator(".rows th button").nth(1).click()
    titles = opened.page.locator(".rows tbody .node bdi").all_inner_texts()

    assert titles == sorted(titles, key=str.casefold) or len(titles) < 60
    assert opened.page.locator(".rows th[aria-sort=ascending]").count() == 1


def test_every_library_question_is_answered_in_the_page(opened, example):
    """The engine in the page gives as many rows as kg query does."""
    opened.page.keyboard.press("5")
    asked = {}
    for name in ("actor-by-change", "organisations", "unlinked-outcomes", "framework-coverage"):
        opened.page.evaluate("name => kg.store.set({ question: name, given: {} })", name)
        opened.page.locator(".questions button.go").click()
        opened.wait("document.querySelector('.ask [role=status]').innerText.includes(' in ')")
        asked[name] = int(opened.text(".ask [role=status]").split()[0])
        opened.page.evaluate("kg.store.set({ question: '' })")
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
    opened.page.locator(".ask .go").last.click()

    assert "SERVICE" in opened.text(".ask .warn")
    assert opened.outside() == []


def test_csv_holds_what_the_table_shows(opened, tmp_path):
    """Saved in the page; as many lines as rows, in UTF-8 that Excel knows."""
    opened.page.keyboard.press("4")
    rows = _rows(opened)
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
        opened.page.keyboard.press(view)
        opened.page.wait_for_timeout(100)
        wide[view] = opened.page.evaluate("document.documentElement.scrollWidth")

    assert {view: w for view, w in wide.items() if w > size[0]} == {}


def test_the_page_speaks_french(opened):
    """The toggle changes words, labels of concepts and the language of the document."""
    opened.page.get_by_text("Français", exact=True).click()
    opened.page.keyboard.press("1")

    assert opened.page.evaluate("document.documentElement.lang") == "fr"
    assert "Dans cette récolte" in opened.text(".overview")
    assert "Réseau" in opened.text(".tabs")
    assert "INTERNE (INTERNAL)" in opened.text("footer")


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
        opened.page.wait_for_timeout(150)
        opened.page.evaluate(
            "document.querySelectorAll('details').forEach((fold) => (fold.open = true))"
        )
        opened.page.wait_for_timeout(150)
        found += opened.page.evaluate(
            """async () => (await axe.run()).violations.map((v) =>
                 `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" | ")}`)"""
        )

    assert found == []


def test_an_empty_harvest_explains_itself(open_explorer):
    """No blank page: what to do next."""
    opened = open_explorer(_page_of(nx.MultiDiGraph()))
    for view in "12345":
        opened.page.keyboard.press(view)

    assert "no outcome yet" in opened.text("main")
    assert opened.complaints == []


def test_one_outcome_is_a_picture(open_explorer, sample):
    """A harvest of one record is drawn, with its names."""
    opened = open_explorer(_page_of(whole(sample.sample(1))))

    assert opened.page.locator(".mirror li").count() > 3
    assert opened.complaints == []


def _page_of(graph) -> str:
    return explorer_page(
        graph,
        lambda _: [],
        name="Lantern",
        audience=Audience.INTERNAL,
        base="https://example.org/harvest/",
    )
