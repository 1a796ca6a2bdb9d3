"""What Python puts into the explorer: a graph without what stands in the page twice."""

import json
import re
import subprocess
import sys

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.api import build
from kg.explorer import large
from kg.explorer.packing import slimmed
from kg.explorer.reduced import LEFT_OUT, reduced
from kg.graph.terms import text as as_term
from kg.query import load_library, prepare
from kg.resources import resource
from kg.vocab import PREFIXES, fold

_SPAN = re.compile(r"(?m)^(  :[\w-]+_(\d+)_(\d+) a oh:Mention ;\n(?:    .*\n)*?)    \x01\n")


def _restored(graph: str, texts: list[str]) -> str:
    """What the worker does, in Python: `explorer/src/worker/texts.ts`."""

    def literal(found: re.Match[str]) -> str:
        text = texts[int(found[2])]
        return str(as_term(text if found[1] == "=" else fold(text)))

    number = '"{}"^^xsd:nonNegativeInteger'
    spans = _SPAN.sub(
        lambda m: (
            f"{m[1]}    nif:beginIndex {number.format(m[2])} ;\n"
            f"    nif:endIndex {number.format(m[3])} ;\n"
        ),
        graph,
    )
    return re.sub(r'"\x01([=~])(\d+)"', literal, spans)


@given(st.lists(st.text(min_size=0, max_size=60), max_size=6))
def test_what_is_taken_out_of_a_graph_comes_back(texts):
    """For any texts, hostile ones too: marks are turned back into the same bytes."""
    graph = "".join(
        f"  :a nif:isString {as_term(text)} ;\n    oh:searchText {as_term(fold(text))} .\n"
        f"  :a_{number}_{number + 4} a oh:Mention ;\n    nif:anchorOf {as_term(text)} ;\n"
        f'    nif:beginIndex "{number}"^^xsd:nonNegativeInteger ;\n'
        f'    nif:endIndex "{number + 4}"^^xsd:nonNegativeInteger ;\n    oh:confidence 0.9 .\n'
        for number, text in enumerate(texts)
    )
    slim = slimmed(graph.encode("utf-8", "surrogatepass"), texts)

    assert _restored(slim.decode("utf-8", "surrogatepass"), texts) == graph


def test_the_graph_of_the_example_loses_its_texts_and_gets_them_back(example):
    """Byte for byte, and much of it is gone in between."""
    graph = example.trig.read_bytes()
    texts = [row["text"] for row in example.select("SELECT ?text { ?cell nif:isString ?text }")]
    slim = slimmed(graph, texts)

    assert _restored(slim.decode(), texts) == graph.decode()
    assert len(slim) < 0.85 * len(graph)
    assert slim.count(b"\x01=") > 200


def test_a_mention_whose_span_is_not_its_name_keeps_it():
    """Nothing is derived that would be another number."""
    graph = (
        b'  :a_3_7 a oh:Mention ;\n    nif:beginIndex "4"^^xsd:nonNegativeInteger ;\n'
        b'    nif:endIndex "7"^^xsd:nonNegativeInteger .\n'
    )

    assert slimmed(graph, []) == graph


def _iri(name: str) -> str:
    prefix, local = name.split(":")
    return PREFIXES[prefix] + local


def _loaded(trig: bytes) -> ox.Store:
    store = ox.Store()
    store.load(trig, format=ox.RdfFormat.TRIG)
    return store


def test_a_property_is_reduced_with_all_its_triples_or_none(example):
    """What the fragments say of it is all there or all gone, in its graph; types by their class."""
    whole = example.trig.read_bytes()
    gone = {_iri(name) for name in LEFT_OUT}
    less = reduced(whole, most=len(whole))
    own = {q.graph_name for q in ox.parse(whole, format=ox.RdfFormat.TRIG) if _is_fragment(q)}
    wanted = {
        quad
        for quad in ox.parse(whole, format=ox.RdfFormat.TRIG)
        if quad.graph_name not in own or not {quad.predicate.value, _class(quad)} & gone
    }

    assert set(ox.parse(less, format=ox.RdfFormat.TRIG)) == wanted
    assert len(less) < 0.7 * len(whole)
    assert reduced(example.trig, most=len(whole)) == less


def _is_fragment(quad: ox.Quad) -> bool:
    return quad.predicate.value == f"{PREFIXES['oh']}reports"


def _class(quad: ox.Quad) -> str:
    is_type = quad.predicate.value == f"{PREFIXES['rdf']}type"
    return quad.object.value if is_type else ""


#: What the page marks as not asked there: tests/browser/test_explorer_large.py.
_MARKED = {"if-withdrawn", "low-confidence", "related-outcomes", "search", "words-behind"}


def test_the_reduced_graph_answers_as_the_whole_one_does(example):
    """Row for row, every question of the library that the page does not mark."""
    whole = _loaded(example.trig.read_bytes())
    less = _loaded(reduced(example.trig, most=10**9))
    library = load_library(resource("queries"))
    names = sorted(library.keys() - _MARKED)
    rows = {}
    for name in names:
        question = library[name]
        values = {p.name: p.example for p in question.parameters if not p.optional}
        prepared = prepare(question, values, library={}, select=example.select, language="en")
        for store in (whole, less):
            answer = store.query(prepared.checked.text, use_default_graph_as_union=True)
            rows.setdefault(name, []).append(sorted(str(row) for row in answer))

    assert len(names) == 12
    assert {name: both[1] for name, both in rows.items()} == {
        name: both[0] for name, both in rows.items()
    }
    assert sum(len(both[0]) for both in rows.values()) > 100


@pytest.mark.parametrize(("trig", "most"), [(b"", 10**6), (b"<a:b> <c:d> <e:f> .", 10**6)])
def test_a_graph_that_kg_did_not_write_is_not_reduced(trig, most):
    """Nothing is guessed: the page then has no engine."""
    assert reduced(trig, most=most) is None


def test_a_graph_too_large_even_so_is_not_carried(example):
    """It stops where the limit is passed."""
    assert reduced(example.trig, most=20_000) is None


def test_the_first_picture_needs_no_more_than_the_beginning_of_the_file(example):
    """Scene, then the script; texts, graph and engine, which are most of it, come after."""
    page = example.explorer.read_text(encoding="utf-8")
    places = [
        page.index(mark)
        for mark in ('id="data-scene"', "<script>", *map('id="data-{}"'.format, _AFTER))
    ]

    assert places == sorted(places)
    assert places[2] < len(page) / 3


_AFTER = ("details", "graph", "worker", "engine")


@pytest.mark.parametrize("said", ["kg.toml", "command line"])
def test_a_build_without_sparql_leaves_the_engine_out(tmp_path, said):
    """No engine, no graph, no editor and no right to run one; the questions stay, as commands."""
    (tmp_path / "h.csv").write_text(
        "FragmentID,Year,Outcome description\nA1,2023,In 2023 the council opened its doors.\n",
        encoding="utf-8",
    )
    if said == "kg.toml":
        (tmp_path / "kg.toml").write_text("[explorer]\nsparql = false\n", encoding="utf-8")
        build(tmp_path / "h.csv", project=tmp_path, ner=False)
    else:
        command = [sys.executable, "-m", "kg", "-C", tmp_path, "build", "h.csv"]
        subprocess.run([*command, "--no-ner", "--no-sparql"], check=True, cwd=tmp_path)
    page = (tmp_path / "output" / "internal" / "explorer.html").read_text(encoding="utf-8")

    assert {"data-graph", "data-engine", "data-worker"} & set(
        re.findall(r'id="([\w-]+)"', page)
    ) == set()
    assert "wasm-unsafe-eval" not in page and "worker-src" not in page
    assert len(page) < 300_000


def test_the_page_of_a_part_says_of_how_many(example, monkeypatch):
    """The best linked outcomes with all their words, no others, and how many there are."""
    monkeypatch.setattr(large, "_OUTCOMES", 3)
    page = large.part_page(example.trig, name="Part", audience=example.audience, language="fr")
    (one,) = example.select("SELECT (COUNT(?o) AS ?n) WHERE { ?o a oh:Outcome }")
    texts = example.select(
        "SELECT ?key ?text { ?f oh:key ?key ; oh:hasStatement [ nif:isString ?text ; oh:field ?d ] "
        "FILTER(STRENDS(STR(?d), '-description')) }"
    )
    shown = [row["key"] for row in texts if json.dumps(row["text"])[1:50] in page]
    left = json.loads(re.search(r'"left_out": ?(\[\[.*?\]\])', page)[1])

    assert ["outcome", 3, int(one["n"])] in left
    assert "organisation" in {kind for kind, *_ in left}
    assert len(shown) == 3


def test_a_harvest_too_large_for_a_page_has_that_of_a_part(tmp_path, monkeypatch):
    """The same file, whoever asks for it; a harvest without a single link has one, too."""
    monkeypatch.setattr(large, "LARGEST_PAGE", 0)
    (tmp_path / "h.csv").write_text(
        "FragmentID,Outcome description\nA1,The council opened its doors.\n", encoding="utf-8"
    )
    harvest = build(tmp_path / "h.csv", project=tmp_path, ner=False)
    page = harvest.explorer.read_text(encoding="utf-8")

    assert '"left_out"' in page and "opened its doors" in page
    assert harvest.explorer_page(sparql=False) == page
