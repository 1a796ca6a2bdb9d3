"""A question that was made quicker answers as its plain form does, whatever is missing.

`plain/` holds each question as one would write it; `queries/` as the engine answers it quickly.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.query import load_library
from kg.query.bind import bind
from kg.query.library import Question, read_question
from kg.resources import resource
from kg.vocab import PREFIXES

_PLAIN = sorted(Path(__file__).with_name("plain").glob("*.rq"))
_LIBRARY = load_library(resource("queries"))
_NUMBERS = range(3)


def _named(name: str) -> NamedNode:
    prefix, _, local = name.rpartition(":")
    return NamedNode(f"{PREFIXES[prefix]}{local}" if prefix else f"https://x.example/{local}")


def _quad(subject: str, predicate: str, value: str | Literal) -> Quad:
    found = value if isinstance(value, Literal) else _named(value)
    return Quad(_named(subject), _named(predicate), found, _named("graph"))


def _always() -> list[Quad]:
    """What every graph of kg has: types, keys, labels."""
    quads = []
    for n in _NUMBERS:
        quads += [
            _quad(f"f{n}", "rdf:type", "oh:Fragment"),
            _quad(f"f{n}", "oh:key", Literal(f"k{n}")),
            _quad(f"f{n}", "oh:reports", f"o{n}"),
            _quad(f"o{n}", "rdf:type", "oh:Outcome"),
            _quad(f"o{n}", "rdfs:label", Literal(f"Outcome {n}")),
            _quad(f"b{n}", "rdf:type", "oh:Organisation"),
            _quad(f"b{n}", "rdfs:label", Literal(f"Body {n % 2}")),
            _quad(f"m{n}", "nif:anchorOf", Literal(f"words {n}")),
            _quad(f"p{n}", "rdfs:label", Literal(f"Place {n}")),
            _quad(f"h{n}", "rdfs:label", Literal(f"harvest {n % 2}")),
            _quad(f"n{n}", "skos:inScheme", f"s{n % 2}"),
            _quad(f"l{n}", "rdf:type", "oh:OutcomeLink"),
            _quad(f"l{n}", "oh:from", f"o{n}"),
            _quad(f"l{n}", "oh:to", f"o{(n + 1) % 3}"),
            _quad(f"l{n}", "oh:relation", "ohv:relation-led-to"),
        ]
    return [*quads, _quad("ohv:significance-large", "oh:rank", Literal(3))]


def _perhaps() -> list[Quad]:
    """What a record may have, or have twice, or not at all."""
    yes, no = Literal(value=True), Literal(value=False)
    quads = []
    for n in _NUMBERS:
        for k in _NUMBERS:
            quads += [
                _quad(f"o{n}", "oh:involves", f"b{k}"),
                _quad(f"o{n}", "oh:changeIn", f"a{k}"),
                _quad(f"o{n}", "oh:typeOfChange", f"t{k}"),
                _quad(f"o{n}", "oh:country", f"p{k}"),
                _quad(f"o{n}", "oh:contributesTo", f"n{k}"),
                _quad(f"f{n}", "oh:harvestRound", f"h{k}"),
                _quad(f"f{n}", "oh:status", f"u{k}"),
                _quad(f"l{n}", "prov:wasDerivedFrom", f"m{k}"),
                _quad(f"o{n}", "oh:year", Literal(f"202{k}", datatype=_named("xsd:gYear"))),
            ]
        quads += [
            *(_quad(f"o{n}", f"oh:{what}", said) for what in _FLAGS for said in (yes, no)),
            _quad(f"f{n}", "dcterms:identifier", Literal(f"ID {n}")),
            _quad(f"o{n}", "oh:significanceRating", f"r{n}"),
            _quad(f"o{n}", "oh:evidenceStatus", "ohv:evidence-none-stated"),
            _quad(f"r{n}", "oh:rank", Literal(n + 2)),
            _quad(f"s{n % 2}", "oh:country", f"p{n}"),
            _quad(f"n{n}", "skos:broader", "n0"),
            _quad(f"n{n}", "rdf:type", "oh:SpecificObjective"),
            _quad(f"n{n}", "skos:notation", Literal(f"1.{n}")),
            _quad(f"c{n}", "oh:inOutcome", f"o{n}"),
            _quad(f"c{n}", "oh:agent", f"b{n}"),
            _quad(f"c{n}", "oh:role", "ohv:role-contributor"),
            _quad(f"c{n}", "oh:role", "ohv:role-social-actor"),
            *(
                _quad(f"{kind}{n}", "skos:prefLabel", Literal(f"{kind} {n % 2}", language=tongue))
                for kind in "atubr"
                for tongue in ("en", "fr")
            ),
            *(_quad(f"{kind}{n}", "skos:prefLabel", Literal(f"{kind}!")) for kind in "atu"),
        ]
    return quads


_FLAGS = ("unintended", "negative")
_GRAPHS = st.sets(st.sampled_from(_perhaps()), max_size=60)


def _rows(store: Store, question: Question, given: Mapping[str, str], language: str) -> list[str]:
    bound = bind(
        question, given, resolve=lambda _kind, name: (_named(name).value,), language=language
    )
    return [str(row) for row in store.query(bound.text, use_default_graph_as_union=True)]


@pytest.mark.parametrize("path", _PLAIN, ids=lambda path: path.stem)
@settings(max_examples=40)
@given(said=_GRAPHS, language=st.sampled_from(["en", "fr"]))
def test_the_quick_form_answers_as_the_plain_one(path, said, language):
    """The same rows in the same order."""
    store = Store()
    store.extend([*_always(), *said])
    given = {"code": "n0"} if path.stem == "contributors-to-result" else {}
    quick, plain = _LIBRARY[path.stem], read_question(path)

    assert _rows(store, quick, given, language) == _rows(store, plain, given, language)
