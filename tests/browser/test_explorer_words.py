"""Every link opens its words; every view says its SPARQL; what was saved comes back."""

import base64
import json
import re
import zlib
from pathlib import Path

import pyoxigraph as ox
import pytest
from playwright.sync_api import expect

from kg.api import build
from kg.start import start_project

pytestmark = pytest.mark.browser

_RIBBONS = """(() => [...document.querySelectorAll(".ribbons .opens, .arcs path")].map((path) => {
  path.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  const { edge, bundle } = kg.store.state;
  return [edge !== null || bundle.length > 0, document.querySelectorAll("#details").length];
}))()"""


@pytest.fixture
def opened(open_explorer, example):
    """The page of the example harvest, as a build wrote it."""
    return open_explorer(example.explorer.read_text(encoding="utf-8"))


def _sparql(opened, within: str = "main") -> str:
    opened.settled()
    fold = opened.page.locator(f"{within} .sparql").last
    fold.locator("summary").click()
    expect(fold.locator("pre")).to_contain_text("SELECT")
    return fold.locator("pre").inner_text()


def _passing(opened) -> int:
    return opened.page.evaluate("kg.facets.passing(kg.store.state.filters).length")


def test_every_ribbon_and_arc_of_the_trace_opens_words(opened):
    """All that a cell states is opened by a click, with quotes; influence between outcomes too."""
    opened.page.keyboard.press("3")
    expect(opened.page.locator(".arcs path").first).to_be_attached()
    opened.settled()
    found = opened.page.evaluate(_RIBBONS)

    assert len(found) > 50
    assert all(opens for opens, _ in found)
    expect(opened.page.locator("#details blockquote").first).to_be_visible()


def test_a_thick_line_of_the_network_opens_the_words_of_all_its_links(opened):
    """A line between a bubble and an organisation stands for several links: each has its words."""
    opened.page.evaluate(
        """() => {
          kg.store.set({ view: "network", group: "objective" });
          const backers = kg.model.ofKind("organisation")
            .map((node) => kg.model.near(node).map((one) => one.edge))
            .find((edges) => edges.length > 3);
          kg.chooseEdges(backers);
        }"""
    )
    links = opened.page.locator("#details .bundle section")

    expect(links.nth(3)).to_be_attached()
    expect(opened.page).to_have_url(re.compile("link="))
    for at in range(links.count()):
        expect(links.nth(at).locator("blockquote, p.soft").first).to_be_attached()


@pytest.mark.parametrize("view", ["overview", "network", "trace", "table"])
def test_the_sparql_of_a_view_is_about_what_it_shows(opened, example, view):
    """Under filters of every form, the query of a view names just the outcomes that pass."""
    filters = opened.page.evaluate(
        """view => {
          const chosen = {};
          for (const facet of ["country", "significance", "negative", "framework"])
            chosen[facet] = kg.facets.counted(facet, {}).slice(0, 3).map((one) => one.value);
          chosen.framework.push("?");
          kg.store.set({ view, filters: chosen });
          return chosen;
        }""",
        view,
    )
    matrix = ".overview > section:has(> .scroll)"
    query = _sparql(opened, matrix if view == "overview" else "main")
    rows = list(example.query(query))
    named = {
        value.split("#")[0]
        for row in rows
        for value in row.values()
        if isinstance(value, str) and "/fragment/" in value
    }

    assert all(filters.values())
    assert 0 < _passing(opened) < 60
    if view == "overview":
        cells = opened.page.evaluate(
            """() => [...document.querySelectorAll(".matrix")].at(-1)
                 .querySelectorAll("button.cell").length"""
        )
        assert len(rows) == cells, query
    elif view != "network":
        assert len(named) == _passing(opened)
    else:
        assert len(named) >= _passing(opened)


@pytest.mark.parametrize("facet", ["year", "round", "country", "actor", "change", "status"])
def test_a_filter_says_the_same_in_sparql(opened, example, facet):
    """Each value of a filter leaves as many outcomes as its SPARQL does, "not stated" too."""
    opened.page.keyboard.press("4")
    values = opened.page.evaluate(
        "f => kg.facets.counted(f, {}).map((one) => [one.value, one.count])", facet
    )
    found = {}
    for value, _ in values[:5]:
        opened.page.evaluate("([f, v]) => kg.store.set({ filters: { [f]: [v] } })", [facet, value])
        query = _sparql(opened)
        found[value] = len(list(example.query(query)))
        opened.page.locator("main details.sparql summary").last.click()
        expect(opened.page.locator("main details.sparql pre")).to_have_count(0)

    assert found == dict(values[:5])


def test_who_stands_behind_a_result_and_with_which_words(opened, example):
    """The officer's first question, in two steps: search the code, read names and sentences."""
    opened.page.evaluate(
        """() => {
          const node = kg.model.ofKind("result").find((n) =>
            kg.model.scene.nodes.short[n].startsWith("1.1 (Botswana"));
          kg.choose(node);
        }"""
    )
    names = opened.page.locator("#details .behind ul.near").first.locator("> li > button > bdi")
    rows = example.query("contributors-to-result", code="1.1", country="Botswana")
    wanted = {row["label"] for row in rows if row["role"] == "contributor"}
    expect(names).to_have_count(len(wanted))
    said = set(names.all_inner_texts())
    opened.page.locator("#details .behind details summary").first.click()

    assert said == wanted
    expect(opened.page.locator("#details .behind blockquote mark").first).to_be_visible()


def test_the_trace_reaches_the_programme_and_says_why_a_link_is_missing(opened, example):
    """Five columns, reasons for no link, and as many unlinked outcomes as SPARQL counts."""
    opened.page.keyboard.press("3")
    heads = opened.page.locator(".trace .column")
    expect(heads).to_have_count(5)
    rows = example.query("unlinked-outcomes")
    reasons = {row["reason"] for row in rows}
    text = opened.page.locator(".trace svg").text_content()

    expect(heads.first).to_have_text("Outcomes")
    expect(heads.last).to_have_text("Programme")
    assert reasons
    assert {reason for reason in reasons if f": {reason}" not in text} == set()


def test_the_trace_of_an_organisation_begins_with_it(opened):
    """One organisation, its outcomes, and what they are linked to."""
    opened.find("LCRR")
    opened.page.keyboard.press("3")

    expect(opened.page.locator(".trace .column").first).to_have_text(re.compile("^Organi"))
    expect(opened.page.locator(".stop.chosen")).to_have_count(1)
    expect(opened.page.locator(".stop.kind-organisation")).to_have_count(1)


def test_every_number_of_the_framework_opens_its_list(opened):
    """Linked directly, and with what lies below: the table has as many rows as the number says."""
    for column in (1, 2):
        opened.page.keyboard.press("1")
        opened.page.evaluate("kg.store.set({ filters: {}, only: [] })")
        number = opened.page.locator(f".coverage td:nth-child({column + 1}) button").first
        wanted = int(number.inner_text())
        number.click()

        expect(opened.page.locator(".table .how-many")).to_have_text(re.compile(rf"^{wanted}\b"))


def test_a_saved_view_comes_back(opened, tmp_path):
    """View, filters and choice are as they were; a file that is none says so."""
    opened.page.evaluate(
        "kg.store.set({ view: 'table', filters: { year: ['2023'] }, list: 'outcome' })"
    )
    with opened.page.expect_download() as waiting:
        opened.page.locator("select.save").select_option("view")
    saved = tmp_path / "view.json"
    waiting.value.save_as(saved)
    opened.page.evaluate("kg.store.set({ view: 'network', filters: {} })")
    opened.page.locator("input[type=file]").set_input_files(saved)
    opened.wait("kg.store.state.view === 'table'")
    back = opened.page.evaluate("kg.store.state.filters")
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"view": 7}), encoding="utf-8")
    opened.page.locator("input[type=file]").set_input_files(other)
    expect(opened.page.locator(".bar")).to_contain_text("no view")

    assert back == {"year": ["2023"]}


def test_the_turtle_of_a_selection_is_of_the_graph(opened, example):
    """What is shown is saved as Turtle: every triple of it stands in the graph."""
    opened.find("EQL001")
    opened.page.evaluate("kg.store.set({ view: 'network', hops: 1 })")
    with opened.page.expect_download() as waiting:
        opened.page.locator("select.save").select_option("ttl")
    triples = list(ox.parse(path=waiting.value.path(), format=ox.RdfFormat.TURTLE))
    known = {
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for quad in ox.parse(path=example.trig, format=ox.RdfFormat.TRIG)
    }
    said = {(str(t.subject), str(t.predicate), str(t.object)) for t in triples}

    assert len(said) > 50
    assert said <= known


@pytest.mark.parametrize(("view", "words"), [("2", "outcomes"), ("3", "Programme")])
def test_a_drawing_carries_legend_filters_and_years(opened, view, words):
    """SVG of network and trace: what it holds, for whom, which filters, data of which years."""
    opened.page.keyboard.press(view)
    opened.page.evaluate("kg.store.set({ filters: { year: ['2022', '2023'] } })")
    with opened.page.expect_download() as waiting:
        opened.page.locator("select.save").select_option("svg")
    text = waiting.value.path().read_text(encoding="utf-8")

    assert "INTERNAL" in text and "Year: 2022" in text
    assert "Data of 2022–2023" in text
    assert words in text
    assert "<script" not in text


def test_a_print_says_what_it_shows(opened):
    """On paper: no controls, but filters, audience and years."""
    opened.page.evaluate("kg.store.set({ view: 'trace', filters: { year: ['2022'] } })")
    opened.page.emulate_media(media="print")

    expect(opened.page.locator(".print-foot")).to_contain_text("Year: 2022")
    expect(opened.page.locator(".print-foot")).to_contain_text("INTERNAL")
    expect(opened.page.locator(".tabs")).to_be_hidden()
    expect(opened.page.locator("select.save")).to_be_hidden()
    assert len(opened.page.pdf()) > 10_000


def test_a_page_without_engine_names_the_commands(open_explorer, example):
    """--no-sparql: the questions stand there as commands to type."""
    opened = open_explorer(example.explorer_page(sparql=False))
    opened.page.keyboard.press("5")

    expect(opened.page.locator(".no-engine")).to_contain_text("kg query")
    expect(opened.page.locator(".no-engine")).to_contain_text("no-sparql")


def _details(page: Path) -> dict:
    packed = re.search('id="data-details">([^<]*)<', page.read_text(encoding="utf-8"))[1]
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def test_files_rows_and_the_project_s_own_questions_stay_inside(tmp_path):
    """Where a record was read and what queries/ asks are in the internal page; in a release not."""
    project = tmp_path / "demo"
    start_project(project, demo=True)
    (project / "queries").mkdir()
    (project / "queries" / "our-own.rq").write_text(
        "#+ summary: Ours\n#+ question:\n#+   en: Ours?\n#+   fr: La nôtre ?\n#+ columns: [s]\n"
        "SELECT ?s WHERE { ?s a <https://w3id.org/outcome-harvest/ns#Outcome> } ORDER BY ?s\n",
        encoding="utf-8",
    )
    harvest = build(project=project, ner=False)
    inside = _details(harvest.explorer)
    harvest.release()
    outside = _details(project / "output" / "public" / "explorer.html")
    asked, asked_outside = (
        {question["name"] for question in details["questions"]} for details in (inside, outside)
    )

    assert asked - asked_outside == {"our-own"}
    assert len(asked_outside) > 15
    assert any("harvest-1.txt" in said for all_ in inside["origins"].values() for said in all_)
    assert outside["origins"] == {}
    assert outside["passages"]["text"]
