"""The Python door: what a notebook holds."""

import subprocess
import sys

import networkx as nx
import pyoxigraph as ox
import pytest
from pyvis.network import Network

import kg
from kg.errors import QueryError, UsageError
from kg.own_questions import library


def test_import_alone_is_cheap():
    """`import kg` loads neither the engine nor spaCy."""
    code = (
        "import sys, kg; print([m for m in ('spacy', 'rdflib', 'pyoxigraph') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


def test_every_name_of_the_api_is_there():
    """At most fifteen, each with a home."""
    assert all(hasattr(kg, name) for name in kg.__all__)
    assert len(kg.__all__) <= 15


def test_a_harvest_opens_from_a_folder_below(example):
    """As the command finds it."""
    below = example.config.root / "below"
    below.mkdir(exist_ok=True)

    assert kg.open(below).folder == example.folder


def test_a_harvest_says_what_it_is(example):
    """Name, audience, size."""
    assert "internal" in repr(example)
    assert "60 fragments" in repr(example)


def test_rows_become_a_frame(example):
    """Columns as the question declares them, values as a person sees them."""
    frame = example.query("outcomes", year=2022).to_pandas()

    assert list(frame.columns)[:2] == ["fragment", "key"]
    assert set(frame["year"]) == {2022}


def test_parameters_take_what_a_person_types(example):
    """An acronym, a name, a code with its word."""
    counts = {
        len(example.query("outcomes-of-organisation", organisation=typed))
        for typed in ("AFTP", "aftp")
    }
    code = example.query("trace-result", code="output 1.1.2", country="Botswana").records()

    assert len(counts) == 1
    assert {row["code"] for row in code} == {"1.1.2"}


def test_the_rdflib_view_is_the_union_and_is_guarded(example):
    """The same count as the engine; SERVICE and FROM are refused."""
    rows = list(
        example.dataset.query(
            "PREFIX oh: <https://w3id.org/outcome-harvest/ns#> "
            "SELECT (COUNT(DISTINCT ?f) AS ?n) { ?f a oh:Fragment }"
        )
    )

    assert int(rows[0][0]) == 60
    for sparql in (
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    ):
        with pytest.raises(QueryError):
            example.dataset.query(sparql)


def test_the_network_and_its_drawing(example):
    """networkx for analysis, pyvis for a picture; every claim carries its words."""
    graph = example.network()
    claims = [d for *_, d in graph.edges(data=True) if d["family"] == "claim"]

    assert isinstance(graph, nx.MultiDiGraph)
    assert claims
    assert all(d["words"] for d in claims)
    assert isinstance(example.draw(around="AFTP"), Network)
    assert isinstance(example.draw("contributors-to-result", code="1.1"), Network)


def test_draw_takes_a_question_or_a_name_or_nothing(example):
    """Nothing is the whole harvest; both are refused with what to type."""
    assert len(example.draw().nodes) == len(example.network())
    with pytest.raises(UsageError, match="--around"):
        example.draw("organisations", around="AFTP")


@pytest.mark.parametrize("form", ["ttl", "trig", "nq"])
def test_exports_hold_every_triple_and_say_internal(example, form):
    """Read back by another parser: the same triples; the head names the audience."""
    content = example.export(form)
    formats = {"ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS}
    triples = {(q.subject, q.predicate, q.object) for q in ox.parse(content, format=formats[form])}
    own = {
        (q.subject, q.predicate, q.object)
        for q in ox.parse(path=str(example.trig), format=ox.RdfFormat.TRIG)
    }

    assert content.startswith(b"# INTERNAL")
    assert triples == own
    assert example.export(form) == content


def test_a_public_harvest_is_not_there_before_a_release(example):
    """What leaves the machine has to be told; nothing internal stands in for it."""
    with pytest.raises(kg.WorkspaceError, match="no public harvest"):
        kg.open(example.config.root, audience="public")


TARGETS = {"code", "organisation", "fragment"}


def test_an_empty_harvest_answers_every_question(tmp_path):
    """A file whose rows were all rejected: no rows, and no error."""
    (tmp_path / "h.csv").write_text("Outcome description;Year\n;2022\n", "utf-8")
    empty = kg.build(tmp_path / "h.csv", project=tmp_path, ner=False)
    answered = unknown = 0
    for name, question in library(empty.config).items():
        needed = {p.name: p.example for p in question.parameters if not p.optional}
        targets = {p.type for p in question.parameters if not p.optional} & TARGETS
        if targets:  # nothing is there that could be meant
            with pytest.raises(UsageError):
                empty.query(name, **needed)
            unknown += 1
        else:
            assert len(empty.query(name, **needed)) == 0
            answered += 1

    assert (answered, unknown) == (12, 5)
    assert empty.check()
    assert len(empty.network()) == 0


def test_the_report_says_what_read_each_language(example):
    """Spanish has no model here: rules alone, and the report says so."""
    models = example.report["models"]

    assert models["es"] == "blank"
    assert models["fr"].startswith("fr_")
