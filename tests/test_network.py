"""The network is made of rows alone, and every link in it can show its words."""

import importlib.util
import sys
from collections import Counter
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.network import KINDS, around, largest_part, of_rows, whole
from kg.vocab import Names

_HERE = Path(__file__).resolve().parent
_EXPECTED = _HERE.parent.parent / "shared" / "design" / "seed_expected.trig"
_NAMES = Names()


def _load_sample():
    path = _HERE / "browser" / "sample.py"
    spec = importlib.util.spec_from_file_location("kg_sample_harvest", path)
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    spec.loader.exec_module(module)
    return module


_sample = _load_sample()
_RVS = _NAMES.organisation("reseau-des-veilleurs-de-la-savane")


@pytest.fixture(scope="module")
def harvest() -> nx.MultiDiGraph:
    return whole(_sample.sample())


def _between(graph, start, end):
    return dict(graph.get_edge_data(start, end) or {})


def test_a_harvest_has_every_kind_of_node(harvest):
    """Outcomes, agents, actors, changes, the framework and places are all there, counted."""
    found = Counter(kind for _, kind in harvest.nodes(data="kind"))

    assert found == {
        "outcome": 40,
        "organisation": 25,
        "programme": 1,
        "actor": 8,
        "change": 5,
        "output": 6,
        "result": 6,
        "objective": 3,
        "place": 3,
    }


def test_every_harvested_link_opens_its_words(harvest):
    """A link from a cell has that cell's words; only the framework and parts have none."""
    # The sample's objective has no cell of its own, and its outcome links no mention: left aside.
    without = {
        about["relation"]
        for _, end, about in harvest.edges(data=True)
        if not about["words"] and harvest.nodes[end]["kind"] != "objective"
    }

    assert without == {"broader", "part-of", "builds-on"}


def test_quotes_are_the_words_at_their_offsets(harvest):
    """Offsets are code points: an emoji before the name does not shift the quote."""
    quotes = {
        words.quote
        for start, _, about in harvest.edges(data=True)
        for words in about["words"]
        if harvest.nodes[start]["kind"] == "organisation" and words.field == "description"
    }
    names = {label for n, label in harvest.nodes(data="label") if "organisation/" in n}

    assert quotes
    assert quotes <= names


def test_a_coded_link_rests_on_its_code_and_else_on_the_whole_cell(harvest):
    """A framework link quotes the code, a social actor its cell."""
    outcome = _NAMES.fragment("lan002")
    code = _between(harvest, outcome, _NAMES.output("lantern", "avalie", "1", "1.2.1"))
    actor = [
        about
        for _, _, about in harvest.out_edges(outcome, data=True)
        if about["relation"] == "change-in"
    ]

    assert [w.quote for w in code["contributes-to"]["words"]] == ["1.2.1"]
    assert [w.quote == w.passage.text for w in actor[0]["words"]] == [True]


def test_the_programmes_contribution_rests_on_its_cell(harvest):
    """Without a mention, the words of a claim are the statement it was read in."""
    claim = _between(harvest, _NAMES.programme("lantern"), _NAMES.fragment("lan001"))["contributor"]

    assert [(w.field, w.role_method, w.method) for w in claim["words"]] == [
        ("contribution-programme", "section", "")
    ]


def test_claims_are_told_from_codes_and_structure(harvest):
    """Who did what is a claim, never coded and never structure."""
    families = {(about["relation"], about["family"]) for *_, about in harvest.edges(data=True)}

    assert families == {
        ("contributor", "claim"),
        ("social-actor", "claim"),
        ("builds-on", "claim"),
        ("contributes-to", "coded"),
        ("change-in", "coded"),
        ("type-of-change", "coded"),
        ("in-country", "coded"),
        ("broader", "structure"),
        ("part-of", "structure"),
    }


def test_gaps_are_marked_on_both_sides(harvest):
    """Outcomes without a result and results without an outcome are gaps; what lies under counts."""
    gaps = {harvest.nodes[node]["short"] for node, gap in harvest.nodes(data="gap") if gap}

    assert gaps == {"LAN005", "LAN014", "LAN023", "LAN032", "1.1.1", "2.1.1", "3.1.1"}


def test_labels_come_in_their_languages(harvest):
    """A concept carries its label in each language; English is the one without asking."""
    actor = next(about for _, about in harvest.nodes(data=True) if about["label"] == "Media")

    assert actor["labels"] == {"en": "Media", "fr": "Médias"}
    assert harvest.graph["terms"]["role/contributor"]["fr"] == "contributeur"


def test_an_organisation_is_found_by_its_acronym(harvest):
    """The acronym is the short label, a text to search by, and a detail."""
    body = harvest.nodes[_RVS]

    assert body["short"] == "RVS"
    assert "RVS" in body["search"]
    assert ("acronym", ({"": "RVS"},)) in body["fields"]


def test_a_body_nobody_decided_on_is_not_drawn():
    """An organisation with suggested mentions alone is no node; one without any mention stays."""
    store = ox.Store()
    store.extend(_sample.quads(3))
    fragment = _NAMES.fragment("lan001")
    extra = f"""
        PREFIX oh: <{_sample.OH}> PREFIX nif: <{_sample.NIF}> PREFIX itsrdf: <{_sample.ITSRDF}>
        INSERT DATA {{ GRAPH <{fragment}> {{
          <{fragment}#description_0_2> nif:referenceContext <{fragment}#description> ;
            nif:beginIndex 0 ; nif:endIndex 2 ; oh:status <{_sample.OHV}mention-suggested> ;
            itsrdf:taIdentRef <{_NAMES.organisation("perhaps")}> }}
          GRAPH <{_NAMES.graph("shared")}> {{
          <{_NAMES.organisation("perhaps")}> a oh:Organisation . }} }}"""
    store.update(extra)

    graph = whole(_sample.select_over(store))

    assert _NAMES.organisation("perhaps") not in graph
    assert _NAMES.organisation("editions-du-phare") in graph


def test_an_involved_body_without_a_role_is_mentioned():
    """`oh:involves` alone still makes a link, with the words where it was named."""
    store = ox.Store()
    fragment = _NAMES.fragment("lan002")
    claims = (q for q in _sample.quads(3) if "_contributor_" not in q.subject.value)
    store.extend(claims)

    graph = whole(_sample.select_over(store))
    relations = {about["relation"] for _, _, about in graph.in_edges(fragment, data=True)}
    mentioned = [a for *_, a in graph.in_edges(fragment, data=True) if a["relation"] == "mentioned"]

    assert "mentioned" in relations
    assert all(words.status == "accepted" for about in mentioned for words in about["words"])
    assert all(about["words"] for about in mentioned)


def test_an_empty_harvest_is_an_empty_network():
    """No rows, no nodes, no error."""
    graph = whole(_sample.select_over(ox.Store()))

    assert (len(graph), graph.number_of_edges()) == (0, 0)


def test_rows_in_another_order_make_the_same_network():
    """Node order, edge order and words do not depend on the order of the rows."""
    straight = _sample.sample(6)

    def turned(query):
        return straight(query)[::-1]

    one, other = whole(straight), whole(turned)

    assert list(one.nodes) == list(other.nodes)
    assert list(one.edges) == list(other.edges)
    assert {(s, e, a["relation"], a["words"]) for s, e, a in one.edges(data=True)} == {
        (s, e, a["relation"], a["words"]) for s, e, a in other.edges(data=True)
    }


@pytest.mark.seed
def test_the_seed_record_as_the_contract_shows_it():
    """The contract's own example: three bodies are settled, and every harvested link has words."""
    if not _EXPECTED.exists():
        pytest.skip("../shared/design/seed_expected.trig is not beside this checkout")
    store = ox.Store()
    store.bulk_load(path=str(_EXPECTED), format=ox.RdfFormat.TRIG)

    graph = whole(_sample.select_over(store))
    shorts = {
        about["short"] for _, about in graph.nodes(data=True) if about["kind"] == "organisation"
    }
    wordless = {about["relation"] for *_, about in graph.edges(data=True) if not about["words"]}

    assert len(shorts) == 3
    assert wordless == {"broader"}


def test_around_shows_hubs_but_does_not_pass_through_them(harvest):
    """Two hops from a body reach the outcomes' other bodies, not every outcome of a country."""
    part = around(harvest, _RVS, 2)
    kinds = Counter(kind for _, kind in part.nodes(data="kind"))
    own = set(nx.all_neighbors(harvest, _RVS))
    next_to = {far for near in own for far in nx.all_neighbors(harvest, near) if "fragment/" in far}

    assert kinds["outcome"] == len(own | next_to) < 10
    assert kinds["place"] == 3


def test_around_a_hub_follows_its_own_links(harvest):
    """Asking for a place gives its outcomes."""
    part = around(harvest, _NAMES.place("borea"), 1)

    assert Counter(k for _, k in part.nodes(data="kind"))["outcome"] == 13


def test_around_takes_the_outcomes_own_name(harvest):
    """An outcome's IRI finds the fragment's node."""
    assert _NAMES.fragment("lan003") in around(harvest, _NAMES.outcome("lan003"))


@pytest.mark.parametrize(("node", "hops"), [("https://example.org/nobody", 1), (_RVS, 0)])
def test_around_nothing_is_refused(harvest, node, hops):
    """An unknown node or no hop at all: one line, wrong usage."""
    with pytest.raises(UsageError, match="--"):
        around(harvest, node, hops)


def test_a_large_harvest_is_cut_to_its_most_linked_part():
    """500 nodes at most, the same each time, saying what is missing; nothing shown is invented."""
    graph = whole(_sample.sample(600))
    part = largest_part(graph)

    assert len(part) == 500
    assert part.graph["left_out"] == (("outcome", 443, 600),)
    assert set(part.edges) <= set(graph.edges)
    assert list(largest_part(graph).nodes) == list(part.nodes)


def test_a_small_harvest_is_not_cut(harvest):
    """Up to the limit nothing is left out."""
    assert largest_part(harvest) is harvest


_COLUMNS = ["organisation", "label", "fragment", "title", "role"]
_ROWS = [
    {
        "organisation": _RVS,
        "label": "RVS",
        "fragment": _NAMES.fragment("lan001"),
        "title": "T",
        "role": "contributor",
    },
    {"organisation": "https://example.org/x", "label": "X", "fragment": None, "role": "mentioned"},
]
_DRAW = {"nodes": ["organisation", "fragment"], "edges": [["organisation", "fragment", "role"]]}


def test_an_answer_is_drawn_as_its_header_says():
    """Node columns become nodes with kinds and labels, edges take their relation from a column."""
    graph = of_rows(_COLUMNS, _ROWS, _DRAW)
    kinds = {about["label"]: about["kind"] for _, about in graph.nodes(data=True)}

    assert kinds == {"RVS": "organisation", "T": "outcome", "X": "organisation"}
    assert [about["relation"] for *_, about in graph.edges(data=True)] == ["contributor"]


def test_an_answer_takes_details_and_words_from_the_harvest(harvest):
    """With the harvest at hand, an answer's edge opens the words of that link."""
    linked = sorted(set(harvest.successors(_RVS)))[0]
    rows = [{"organisation": _RVS, "fragment": linked, "role": "contributor"}]
    graph = of_rows(["organisation", "fragment", "role"], rows, _DRAW, known=harvest)
    ((_, _, about),) = graph.edges(data=True)

    assert about["words"] == harvest[_RVS][linked]["contributor"]["words"]
    assert graph.nodes[_RVS]["short"] == "RVS"


def test_two_bodies_in_one_row_rest_on_the_outcomes_they_share(harvest):
    """An edge between organisations opens the words of both, in the outcomes of both."""
    outcome = _NAMES.fragment("lan002")
    bodies = sorted(n for n in harvest.predecessors(outcome) if "organisation/" in n)[:2]
    rows = [{"a": bodies[0], "b": bodies[1]}]
    draw = {"nodes": ["a", "b"], "edges": [["a", "b", "works-with"]]}
    graph = of_rows(["a", "b"], rows, draw, known=harvest)
    ((_, _, about),) = graph.edges(data=True)

    assert about["relation"] == "works-with"
    assert about["family"] == "claim"
    assert "lan002" in {words.key for words in about["words"]}


def test_the_framework_among_what_is_drawn_is_drawn_too(harvest):
    """Results without a link in the answer still stand under their objective."""
    codes = [("output", "1.2.1"), ("outcome", "1.2")]
    rows = [{"code": _NAMES.node("lantern", "avalie", "1", kind, code)} for kind, code in codes]
    graph = of_rows(["code"], rows, {"nodes": ["code"]}, known=harvest)

    assert [about["family"] for *_, about in graph.edges(data=True)] == ["structure"]


def test_being_part_of_a_body_does_not_hide_being_named_together(harvest):
    """A structural link between two bodies is not what the answer said of them."""
    part, whole_body = next((s, e) for s, e, k in harvest.edges(keys=True) if k == "part-of")
    rows = [{"a": part, "b": whole_body}]
    graph = of_rows(["a", "b"], rows, {"nodes": ["a", "b"], "edges": [["a", "b"]]}, known=harvest)

    assert {about["relation"] for *_, about in graph.edges(data=True)} == {"part-of", "together"}


def test_labels_in_an_answer_find_their_nodes(harvest):
    """Actor and change come as labels; they are the harvest's own nodes, with words."""
    rows = [{"actor": "Media", "change": "Policy change", "outcomes": "3"}]
    draw = {"nodes": ["actor", "change"], "edges": [["actor", "change"]]}
    graph = of_rows(["actor", "change", "outcomes"], rows, draw, known=harvest)

    assert set(graph) < set(harvest)
    assert all(about["words"] for *_, about in graph.edges(data=True))


def test_a_code_is_the_one_of_its_country(harvest):
    """Code and country together name a node; without the harvest they stay apart too."""
    rows = [{"country": c, "code": "1.2", "kind": "outcome"} for c in ("Avalie", "Borea")]
    draw = {"nodes": ["code"], "edges": []}

    assert _NAMES.node("lantern", "avalie", "1", "outcome", "1.2") in of_rows(
        ["country", "code", "kind"], rows, draw, known=harvest
    )
    assert len(of_rows(["country", "code", "kind"], rows, draw)) == 2


def test_the_words_of_an_answer_serve_without_the_harvest():
    """`words-behind` carries its own quotes."""
    columns = [
        "fragment",
        "key",
        "organisation",
        "label",
        "field",
        "words",
        "sentence",
        "confidence",
    ]
    row = dict(
        zip(
            columns,
            ["https://e/f", "k", "https://e/o", "O", "evidence", "OO", "An OO is.", "0.5"],
            strict=True,
        )
    )
    graph = of_rows(columns, [row], _DRAW | {"edges": [["organisation", "fragment", "field"]]})
    ((_, _, about),) = graph.edges(data=True)

    assert [(w.quote, w.start, w.field, w.confidence) for w in about["words"]] == [
        ("OO", 3, "evidence", 0.5)
    ]


def test_without_a_header_columns_of_iris_are_drawn():
    """Free SPARQL can be drawn where it answers with IRIs."""
    graph = of_rows(["x", "n", "y"], [{"x": "https://e/1", "n": "5", "y": "https://e/2"}])

    assert list(graph.edges(keys=True)) == [("https://e/1", "https://e/2", "together")]


def test_an_answer_without_rows_is_an_empty_network():
    """Nothing found is no error."""
    assert len(of_rows(_COLUMNS, [], _DRAW)) == 0
    assert len(of_rows(_COLUMNS, [])) == 0


@pytest.mark.parametrize(
    "draw",
    [
        {"nodes": []},
        {"nodes": ["nobody"]},
        {"nodes": [{"column": "label", "kind": "dragon"}]},
        {"nodes": ["organisation"], "edges": [["organisation", "fragment"]]},
        {"nodes": ["organisation"], "edges": [["organisation"]]},
        {"nodes": [{"column": "organisation", "label": "nobody"}]},
    ],
)
def test_a_wrong_header_is_refused_in_one_line(draw):
    """What the header draws has to stand in the answer; the error says what was expected."""
    with pytest.raises(UsageError, match="header") as error:
        of_rows(_COLUMNS, _ROWS, draw)

    assert "\n" not in str(error.value)


def test_an_answer_without_iris_is_refused():
    """Numbers alone cannot be drawn."""
    with pytest.raises(UsageError, match="nothing to draw"):
        of_rows(["n"], [{"n": "5"}])


def test_kinds_are_all_known(harvest):
    """No node has a kind that the legend cannot list."""
    assert {kind for _, kind in harvest.nodes(data="kind")} <= set(KINDS)
