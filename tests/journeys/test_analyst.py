"""The analyst's first hour: SPARQL, Python, and the programs that she has already."""

import csv
import io
import subprocess
import sys
import zipfile

import networkx as nx
import rdflib


def test_the_first_hour(person):
    """The graph comes out whole, in forms that programs of others read."""
    person.types("kg init --demo harvest")
    person.folder /= "harvest"
    person.types("kg build --no-ner")

    # A question of her own; a mistake in it; the same question from a file.
    asked = "SELECT ?o WHERE { ?o a oh:Outcome }"
    outcomes = person.types(f"kg query '{asked}' --format csv").split()
    assert len(outcomes) == 61
    told = person.types("kg query 'SELECT ?o WHERE { ?o a oh:Outcom'", status=1)
    assert "error" in told
    (person.folder / "mine.rq").write_text(asked, encoding="utf-8")
    assert person.types("kg query mine.rq --format csv").split() == outcomes
    refused = person.types(
        "kg query 'SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }'", status=1
    )
    assert "SERVICE" in refused

    # Into rdflib, networkx, a spreadsheet.
    person.types("kg export nq --audience internal -o harvest.nq")
    graph = rdflib.Dataset(default_union=True)
    graph.parse(person.folder / "harvest.nq", format="nquads")
    found = graph.query(f"PREFIX oh: <https://w3id.org/outcome-harvest/ns#> {asked}")
    assert len(list(found)) == 60
    person.types("kg export graphml --audience internal -o harvest.graphml")
    assert len(nx.read_graphml(person.folder / "harvest.graphml")) > 150
    person.types("kg export csv --audience internal -o tables.zip")
    with zipfile.ZipFile(person.folder / "tables.zip") as tables:
        names = [name for name in tables.namelist() if name.endswith(".csv")]
        rows = [list(csv.reader(io.TextIOWrapper(tables.open(name), "utf-8"))) for name in names]
    assert all(len({len(row) for row in table}) == 1 for table in rows)

    # In a notebook of her own.
    code = (
        "import kg; harvest = kg.open('.'); "
        "frame = harvest.query('organisations').to_pandas(); "
        "print(len(frame), harvest.network().number_of_nodes())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=person.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) > 40
    assert "Traceback" not in "".join(person.said)
