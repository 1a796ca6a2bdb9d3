"""Questions in the page: the graph it carries is the graph, typing is helped, a question stops."""

import csv
import io
import re

import networkx as nx
import pytest
from playwright.sync_api import expect

from kg.explorer import explorer_page
from kg.explorer.packing import _PLAIN
from kg.model import Audience
from kg.vocab import PREFIXES, fold

pytestmark = pytest.mark.browser

_ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
_ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != ?i) }"


@pytest.fixture
def opened(open_explorer, example):
    """The page of the example harvest, as a build wrote it."""
    return open_explorer(example.explorer.read_text(encoding="utf-8"))


def _ask(opened, query: str) -> None:
    """Free SPARQL, sent."""
    opened.page.keyboard.press("5")
    opened.page.evaluate("sparql => kg.store.set({ sparql })", query)
    opened.page.locator(".writing .go").click()


def _answer(opened, query: str) -> list[dict[str, str]]:
    """Its rows, as the page saves them."""
    _ask(opened, query)
    expect(opened.page.locator(".ask [role=status]")).to_have_text(re.compile(r"^\d+ \w+ in "))
    with opened.page.expect_download() as waiting:
        opened.page.locator(".answer .tools button").first.click()
    text = waiting.value.path().read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_graph_in_the_page_is_the_graph(opened, example):
    """What was taken out of it to make the page small is all back when a question is asked."""
    rows = example.select(_ALL)
    wanted = sorted((row["p"], row["o"]) for row in rows if not row["o"].startswith("_:"))
    found = sorted(
        (row["p"], row["o"].removeprefix("'") if row["o"][1:2] in set("=+-@\t\r") else row["o"])
        for row in _answer(opened, "SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(!ISBLANK(?o)) }")
    )

    assert len(found) > 5_000
    assert found == wanted


def test_texts_are_folded_in_the_page_as_in_the_graph(open_explorer):
    """Every character that the page is trusted to fold is folded as kg folds it."""
    plain = [chr(code) for code in range(9, 0x2030) if _PLAIN.fullmatch(chr(code))]
    text = " ".join(f"A{sign}b" for sign in plain)
    written = text.replace("\\", "\\\\").replace('"', '\\"')
    for sign, escape in (("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        written = written.replace(sign, escape)
    folded = fold(text).replace("\\", "\\\\").replace('"', '\\"')
    heads = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("nif", "oh"))
    trig = f'{heads}<x:a> nif:isString "{written}" ;\n    oh:searchText "{folded}" .\n'
    opened = open_explorer(_page_with(text, trig))
    page = opened.page.content()
    found = _answer(opened, "SELECT ?o WHERE { ?s oh:searchText ?o }")

    assert len(plain) > 300
    assert "data-graph" in page
    assert [row["o"] for row in found] == [fold(text)]


def _page_with(text: str, trig: str) -> str:
    from kg.network import Passage

    graph = nx.MultiDiGraph()
    cell = Passage("a", "A1", "description", "", text, narrative=True)
    graph.add_node(
        "outcome", kind="outcome", label="x", labels={"": "x"}, short="A1", passages=(cell,),
        search=(), fields=(), gap=False,
    )  # fmt: skip
    return explorer_page(
        graph,
        lambda _: [],
        name="Lantern",
        audience=Audience.PUBLIC,
        base="https://example.org/",
        trig=trig.encode(),
    )


def test_a_question_without_end_is_stopped_and_the_next_one_answered(opened, example):
    """The stop button ends it at once; the page stays usable and the engine comes back."""
    _ask(opened, _ENDLESS)
    status = opened.page.locator(".ask [role=status]")
    opened.page.get_by_role("button", name="Stop").click()
    expect(status).to_have_text(re.compile("[Ss]topped"))
    expect(opened.page.get_by_role("button", name="Stop")).to_have_count(0)
    rows = _answer(opened, "SELECT ?o WHERE { ?o a oh:Outcome }")

    assert len(rows) == len(example.select("SELECT ?o WHERE { ?o a oh:Outcome }"))


def test_filters_do_not_stand_where_they_do_nothing(opened):
    """Beside questions there are none, and where some are set it is said that they do not hold."""
    opened.page.evaluate("kg.store.set({ view: 'ask', filters: { year: ['2023'] } })")
    expect(opened.page.locator(".bar")).to_contain_text("Filters do not hold here")
    expect(opened.page.locator(".filters")).to_have_count(0)
    expect(opened.page.locator(".chips")).to_have_count(0)
    opened.page.keyboard.press("4")

    expect(opened.page.locator(".chips li")).to_have_count(2)
    expect(opened.page.locator(".filters")).to_be_visible()


def test_an_answer_has_heads_in_the_language_of_the_page(opened):
    """French beside English, as `kg query --lang fr` has them; what is saved keeps the names."""
    opened.page.evaluate("kg.store.set({ view: 'ask', language: 'fr', question: 'by-year' })")
    opened.page.locator(".questions form .go").click()
    head = opened.page.locator(".answer th")
    expect(head.first).to_contain_text("année")
    with opened.page.expect_download() as waiting:
        opened.page.locator(".answer .tools button").first.click()

    assert waiting.value.path().read_text("utf-8-sig").startswith("year,round,")


def test_terms_and_prefixes_are_completed(opened):
    """Typing offers terms of the ontology, prefixes, and after PREFIX its declaration."""
    opened.page.keyboard.press("5")
    opened.page.locator(".writing summary").click()
    editor = opened.page.locator(".editor .cm-content")
    offered = opened.page.locator(".editor .cm-tooltip-autocomplete li")
    editor.click()
    opened.page.keyboard.press("Control+a")
    opened.page.keyboard.type("PREFIX sk")
    expect(offered.first).to_have_text(re.compile(r"^PREFIX skos: <http"))
    # By mouse: Enter counts only some time after the list was drawn last, however long that takes.
    offered.first.click()
    expect(editor).to_have_text(re.compile(r"^PREFIX skos: <[^>]*>$"))
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.type("SELECT * { ?o itsr")
    expect(offered.filter(has_text="itsrdf:")).to_have_count(1)
    opened.page.keyboard.press("Escape")
    opened.page.keyboard.type(" oh:contrib")

    expect(offered.filter(has_text="oh:contributesTo")).to_have_count(1)


def test_a_query_is_typed_over_and_emptied_without_a_breach_of_the_policy(opened):
    """Lines replaced all at once leave no style behind, and an emptied editor stays empty."""
    opened.page.keyboard.press("5")
    opened.page.locator(".writing summary").click()
    editor = opened.page.locator(".editor .cm-content")
    expect(editor.locator(".cm-line").nth(3)).to_be_attached()
    editor.click()
    opened.page.keyboard.press("Control+a")
    opened.settled()
    opened.page.keyboard.type("ASK")
    expect(editor).to_have_text("ASK")
    opened.page.evaluate("kg.store.set({ sparql: 'SELECT *\\n{ ?s oh:year ?o }\\nLIMIT 5' })")
    expect(editor.locator(".cm-line")).to_have_count(3)
    editor.fill("")
    opened.settled()

    expect(editor).to_have_text("")
    assert opened.violations() == []
    assert opened.complaints == []
