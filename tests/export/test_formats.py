"""Files for other tools, read by readers of others, or held to what their makers document."""

import csv
import io
import json
import zipfile
from collections import Counter

import frictionless
import networkx as nx
import openpyxl
import pytest
import rdflib

from kg.export.gexf import gexf
from kg.vocab import OH

#: What Kumu's documentation of its JSON names; other keys are fields of one's own.
KUMU_ELEMENT = {"id", "label", "type", "description", "tags"}
KUMU_CONNECTION = {"id", "from", "to", "type", "direction"}


def test_cytoscape_is_the_network_of_the_explorer(example):
    """networkx reads every node with its place, and every link with its words."""
    tree = json.loads(example.export("cyjs"))
    found = nx.cytoscape_graph(tree)
    whole = example.network()

    assert set(found) == set(whole)
    assert found.number_of_edges() == whole.number_of_edges()
    assert all(set(node["position"]) == {"x", "y"} for node in tree["elements"]["nodes"])
    assert len({edge["data"]["id"] for edge in tree["elements"]["edges"]}) == len(whole.edges)
    assert "INTERNAL" in tree["data"]["note"]


def test_kumu_has_the_keys_that_its_documentation_names(example):
    """Ids are told apart, connections end at ids, fields are the element's own keys."""
    tree = json.loads(example.export("kumu"))
    outcome = next(e for e in tree["elements"] if e["type"] == "outcome")

    assert set(tree) == {"elements", "connections"}
    assert all(set(e) >= KUMU_ELEMENT for e in tree["elements"])
    assert all(set(c) >= KUMU_CONNECTION for c in tree["connections"])
    assert {"year", "rating-significance"} <= set(outcome)
    assert outcome["tags"][0] == "INTERNAL"
    assert not any(isinstance(v, dict) for e in tree["elements"] for v in e.values())


def test_gephi_knows_when_what_was(example):
    """An outcome stands in its year, its links with it; an organisation from first to last."""
    found = nx.read_gexf(io.BytesIO(example.export("gexf")))
    spans = {node: (a.get("start"), a.get("end")) for node, a in found.nodes(data=True)}
    years = {node: a["year"] for node, a in found.nodes(data=True) if a["kind"] == "outcome"}

    assert len(years) > 40
    for node, year in years.items():
        if year.isdigit():
            assert spans[node] == (f"{year}-01-01", f"{year}-12-31")
    for one, other, about in found.edges(data=True):
        if one in years and other not in years and years[one].isdigit():
            assert about["start"] == f"{years[one]}-01-01"
    lasting = {s for n, s in spans.items() if found.nodes[n]["kind"] == "organisation" and s[0]}
    assert any(start[:4] < end[:4] for start, end in lasting)


def test_a_body_named_in_an_outcome_without_year_is_there_at_all_times():
    """Nothing ends because somebody left a cell empty."""
    graph = nx.MultiDiGraph()
    for name, year in (("a", "2020"), ("b", "")):
        fields = (("year", ({"": year},)),) if year else ()
        graph.add_node(name, kind="outcome", fields=fields)
    graph.add_node("body", kind="organisation", fields=())
    for node in graph:
        graph.nodes[node].update(label=node, labels={"": node}, short=node, passages=())
    for outcome in ("a", "b"):
        graph.add_edge("body", outcome, relation="contributor", family="claim", words=())
    found = nx.read_gexf(io.BytesIO(gexf(graph, note="", language="en")))

    assert "start" in found.nodes["a"]
    assert "start" not in found.nodes["body"]
    assert "start" not in found.nodes["b"]


def _package(content: bytes, folder):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder / "datapackage.json"


@pytest.fixture(scope="module")
def package(example) -> bytes:
    return example.export("csv")


def test_the_data_package_is_valid_for_frictionless(package, tmp_path):
    """Types, keys and references hold."""
    report = frictionless.validate(str(_package(package, tmp_path)))

    assert report.valid, report.flatten(["title", "note"])


def test_a_package_of_next_to_nothing_is_valid_too(small, tmp_path):
    """Without a row, and with one."""
    report = frictionless.validate(str(_package(small.export("csv"), tmp_path)))

    assert report.valid, report.flatten(["title", "note"])


def test_a_package_whose_references_break_is_not_valid(package, tmp_path):
    """The check above can fail: a participation of an outcome that there is not."""
    path = _package(package, tmp_path)
    table = path.with_name("participations.csv")
    table.write_text(table.read_text("utf-8").replace("\neql001,", "\nnobody,"), "utf-8")

    assert not frictionless.validate(str(path)).valid


def test_causal_map_gets_links_with_quotes_statements_and_sources(example):
    """The columns that its guide names; every id is found; every quote stands in its statement."""
    book = openpyxl.load_workbook(io.BytesIO(example.export("causalmap")))

    def rows(name):
        head, *found = book[name].iter_rows(values_only=True)
        return [dict(zip(head, row, strict=True)) for row in found]

    links, statements, sources = map(rows, ("links", "statements", "sources"))
    texts = {row["statement_id"]: row for row in statements}
    known = {row["source_id"] for row in sources}

    assert book.sheetnames == ["links", "statements", "sources"]
    assert len(links) > 100
    assert len(texts) == len(statements)
    for link in links:
        assert link["from_label"]
        assert link["to_label"]
        if link["statement_id"]:
            assert link["quote"] in texts[link["statement_id"]]["text"]
            assert link["source_id"] == texts[link["statement_id"]]["source_id"]
            assert link["source_id"] in known
    assert {link["hashtags"] for link in links} == {
        *("#contributor", "#contributes-to", "#builds-on", "#led-to")
    }


def test_what_builds_on_something_is_its_effect(example):
    """The earlier outcome is the cause, whichever of the two tells of it."""
    book = openpyxl.load_workbook(io.BytesIO(example.export("causalmap")))
    head, *found = book["links"].iter_rows(values_only=True)
    links = [dict(zip(head, row, strict=True)) for row in found]
    back = next(link for link in links if link["hashtags"] == "#builds-on")

    # The record that says "builds on …" is the source of the words.
    assert back["to_label"].startswith(f"{back['source_id'].upper()}: ")


def test_open_refine_gets_each_name_once_under_an_id_of_its_own(example):
    """A reconciliation service wants unique ids; each row says whose name it is."""
    rows = list(csv.DictReader(io.StringIO(example.export("openrefine").decode())))
    whole = example.network()
    bodies = {n for n, kind in whole.nodes(data="kind") if kind == "organisation"}
    names = Counter((row["organisation"], row["name"]) for row in rows)

    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["organisation"] for row in rows} == bodies
    assert set(names.values()) == {1}
    assert "WSRA" in {row["name"] for row in rows}
    assert {row["note"] for row in rows} == {"INTERNAL"}


def test_json_ld_is_read_by_rdflib(example):
    """Its outcomes are those of the harvest."""
    found = rdflib.Dataset(default_union=True)
    found.parse(data=example.export("jsonld"), format="json-ld")
    outcomes = set(found.subjects(rdflib.RDF.type, rdflib.URIRef(f"{OH}Outcome")))

    assert len(outcomes) == len(example.query("outcomes").records())
