"""One graph a fragment: what may stand where, and that what is written is what is read."""

from io import BytesIO

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat

from kg.errors import KgError
from kg.graph import terms
from kg.graph.terms import Writer, header
from kg.vocab import OH, RDF

BASE = "https://d.example/"
GRAPH = f"{BASE}fragment/civ-1"
XSD = "http://www.w3.org/2001/XMLSchema#"

texts = st.text(st.characters(exclude_categories=["Cs"]))  # no half of a surrogate pair


def quads(*writers):
    """What an engine reads of a file that holds some graphs."""
    written = header(BASE) + "".join(writer.block() for writer in writers)
    return set(pyoxigraph.parse(written.encode(), format=RdfFormat.TRIG))


@given(texts, st.sampled_from([None, "en", "fr", "zh-Hant"]))
def test_every_text_is_read_back_as_it_stood(value, language):
    """Quotes, line ends, control characters, brackets: no text ends early or becomes another."""
    writer = Writer(GRAPH, base=BASE, own=True)
    writer.add(GRAPH, "oh:key", terms.text(value, language))

    assert {quad.object for quad in quads(writer)} == {
        Literal(value, language=language) if language else Literal(value)
    }


def test_every_naughty_string_is_read_back(shared):
    """All of the list at once, by the engine and by rdflib."""
    lines = (shared / "testdata" / "blns" / "blns.txt").read_text("utf-8").split("\n")
    writer = Writer(GRAPH, base=BASE, own=True)
    writer.add(GRAPH, "oh:key", *(terms.text(line) for line in lines))
    written = (header(BASE) + writer.block()).encode()
    other = rdflib.Dataset()
    other.parse(BytesIO(written), format="trig")

    assert {quad.object.value for quad in quads(writer)} == set(lines)
    assert {str(node) for _, _, node, _ in other.quads()} == set(lines)


@given(st.integers(0, 10**6), st.floats(0, 1), st.integers(0, 9999), st.booleans())
def test_numbers_keep_their_types(number, confidence, year, truth):
    """Short forms of Turtle and long ones mean the same datatypes."""
    writer = Writer(GRAPH, base=BASE, own=True)
    writer.add(GRAPH, "oh:a", terms.integer(number))
    writer.add(GRAPH, "oh:b", terms.index(number))
    writer.add(GRAPH, "oh:c", terms.decimal(confidence))
    writer.add(GRAPH, "oh:d", terms.year(year))
    writer.add(GRAPH, "oh:e", terms.boolean(truth))
    found = {q.predicate.value.removeprefix(OH): q.object for q in quads(writer)}

    assert found["a"] == Literal(str(number), datatype=NamedNode(f"{XSD}integer"))
    assert found["b"] == Literal(str(number), datatype=NamedNode(f"{XSD}nonNegativeInteger"))
    assert found["c"].datatype == NamedNode(f"{XSD}decimal")
    assert abs(float(found["c"].value) - confidence) <= 0.0005
    assert found["d"] == Literal(f"{year:04d}", datatype=NamedNode(f"{XSD}gYear"))
    assert found["e"] == Literal(str(truth).lower(), datatype=NamedNode(f"{XSD}boolean"))


@pytest.mark.parametrize(
    "iri",
    [
        f"{GRAPH}#outcome",
        f"{GRAPH}#a.b_1-2",
        f"{GRAPH}#ends.",
        f"{BASE}organisation/x",
        f"{BASE}place/",
        f"{BASE}framework/p/c/1/output-1.4.1",
        f"{OH}Outcome",
        "https://elsewhere.example/é",
    ],
)
def test_every_iri_is_read_back_whole(iri):
    """Shortened or not."""
    writer = Writer(GRAPH, base=BASE, own=True)
    writer.add(GRAPH, "oh:to", iri)

    assert {quad.object for quad in quads(writer)} == {NamedNode(iri)}


def test_two_fragments_keep_their_own_names():
    """The short form of a fragment's own subjects means another namespace in each graph."""
    one, two = (Writer(f"{BASE}fragment/{key}", base=BASE, own=True) for key in "ab")
    one.add(f"{BASE}fragment/a#outcome", "oh:to", f"{BASE}fragment/b#outcome")
    two.add(f"{BASE}fragment/b#outcome", "oh:to", f"{BASE}fragment/a#outcome")

    assert {(q.subject.value[-9:], q.object.value[-9:]) for q in quads(one, two)} == {
        ("a#outcome", "b#outcome"),
        ("b#outcome", "a#outcome"),
    }


def test_one_order_and_each_triple_once():
    """The order in which things were said does not show; the type comes first."""
    said = [("oh:b", terms.text("2")), ("oh:b", terms.text("1")), ("oh:a", terms.text("3"))]
    one, two = (Writer(GRAPH, base=BASE, own=True) for _ in range(2))
    for predicate, value in (*said, *said):
        one.add(GRAPH, predicate, value)
    one.type(GRAPH, "oh:Fragment")
    two.type(GRAPH, "oh:Fragment")
    for predicate, value in reversed(said):
        two.add(GRAPH, predicate, value)

    assert one.block() == two.block()
    assert one.block().index(" a oh:Fragment") < one.block().index("oh:a")
    assert len(quads(one)) == 4
    assert NamedNode(f"{RDF}type") in {quad.predicate for quad in quads(one)}


@pytest.mark.parametrize(
    ("own", "subject"),
    [
        (True, f"{BASE}fragment/civ-10"),
        (True, f"{BASE}place/x"),
        (False, f"{GRAPH}#outcome"),
        (False, GRAPH),
    ],
)
def test_a_subject_stands_in_its_own_graph_alone(own, subject):
    """The engine would count a triple that stands in two graphs twice."""
    writer = Writer(GRAPH if own else f"{BASE}graph/places", base=BASE, own=own)

    with pytest.raises(KgError, match="counted twice"):
        writer.add(subject, "oh:key", terms.text("x"))


def test_nothing_said_is_nothing_written():
    """An empty graph leaves no trace."""
    assert Writer(GRAPH, base=BASE, own=True).block() == ""
