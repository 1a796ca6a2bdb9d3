"""What a release says of itself to catalogues: with the licence and the date that kg.toml sets."""

import hashlib
import shutil
import subprocess
import sys

import pytest
import rdflib
import rdflib.namespace as names

from kg.api import build
from kg.errors import ConfigError
from kg.harvest import Harvest
from kg.release.described import described

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
ROWS = """Fragment ID;Country;Year;Outcome description;Confidential
A-1;Uruguay;2023;The council of Puerto Cendal publishes its budget, for the first time.;no
A-2;Uruguay;2023;The ministry of the port opened a second window for complaints.;yes
"""


def released(folder, *, more: str = "") -> Harvest:
    """A release of two records, of which one may be withheld."""
    folder.mkdir()
    (folder / "kg.toml").write_text(
        f'[project]\nname = "Ports"\n[sources]\nfiles = ["a.csv"]\n[release]\n{more}', "utf-8"
    )
    (folder / "a.csv").write_text(ROWS, "utf-8")
    return build(project=folder, ner=False).release()


@pytest.fixture(scope="module")
def public(tmp_path_factory) -> Harvest:
    """A release with both settings."""
    more = f'licence = "{LICENCE}"\ndate = 2026-03-01\n'
    return released(tmp_path_factory.mktemp("described") / "a", more=more)


@pytest.fixture(scope="module")
def graph(public) -> rdflib.Graph:
    """Its description, as another tool reads it."""
    return rdflib.Graph().parse(public.folder / "dataset.ttl")


DATASET = rdflib.URIRef("https://example.org/harvest/dataset")


def test_a_release_says_its_licence_and_its_date(graph):
    """What kg.toml sets, and no clock."""
    assert str(graph.value(DATASET, names.DCTERMS.license)) == LICENCE
    assert graph.value(DATASET, names.DCTERMS.issued).toPython().isoformat() == "2026-03-01"
    assert str(graph.value(DATASET, names.DCTERMS.title)) == "Ports"
    assert {x.language for x in graph.objects(DATASET, names.DCTERMS.description)} == {"en", "fr"}


def test_its_numbers_are_those_of_the_graph(public, graph):
    """Triples, and things of each class: of cleared records alone."""
    trig = rdflib.Dataset()
    trig.parse(public.folder / "harvest.trig", format="trig")
    classes = {
        str(graph.value(part, names.VOID["class"])): int(graph.value(part, names.VOID.entities))
        for part in graph.objects(DATASET, names.VOID.classPartition)
    }

    assert int(graph.value(DATASET, names.VOID.triples)) == len(list(trig.quads()))
    assert classes["https://w3id.org/outcome-harvest/ns#Outcome"] == 1


def test_each_file_can_be_checked(public, graph):
    """Size and SHA-256 of every file that holds data."""
    told = {}
    for file in graph.objects(DATASET, names.DCAT.distribution):
        sum_ = graph.value(file, SPDX.checksum)
        told[str(graph.value(file, names.DCTERMS.title))] = (
            int(graph.value(file, names.DCAT.byteSize)),
            str(graph.value(sum_, SPDX.checksumValue)).lower(),
        )
    found = {
        name: (len(content), hashlib.sha256(content).hexdigest())
        for name in ("harvest.trig", "mentions.jsonl", "explorer.html")
        for content in [(public.folder / name).read_bytes()]
    }

    assert told == found


def test_its_terms_are_those_of_dcat_and_void(graph):
    """rdflib knows both vocabularies as closed lists: a misspelt term would not be in them."""
    known = {str(term) for space in (names.DCAT, names.VOID) for term in dir(space)} | {
        str(names.VOID["class"])
    }
    used = {
        str(term)
        for triple in graph
        for term in (triple[1], triple[2])
        if str(term).startswith((str(names.DCAT), str(names.VOID)))
    }

    assert len(used) >= 12
    assert used - known == set()
    assert not [node for node in graph.all_nodes() if isinstance(node, rdflib.BNode)]
    assert (DATASET, names.RDF.type, names.DCAT.Dataset) in graph


def test_the_same_release_gives_the_same_bytes(public):
    """Also in another process, with another seed of its hashes."""
    code = (
        "import sys; from pathlib import Path; from kg.config import load_config\n"
        "from kg.release.described import described\n"
        "sys.stdout.buffer.write(described(load_config(Path(sys.argv[1])), Path(sys.argv[2])))"
    )
    again = subprocess.run(
        [sys.executable, "-c", code, public.config.root, public.folder],
        capture_output=True,
        check=True,
    )

    assert again.stdout == (public.folder / "dataset.ttl").read_bytes()
    assert described(public.config, public.folder) == again.stdout


def test_nothing_of_it_rests_on_a_withheld_record(public, tmp_path):
    """The law of a release holds for this file as for the others."""
    project = tmp_path / "a"
    shutil.copytree(public.config.root, project, ignore=shutil.ignore_patterns("output", ".kg"))
    (project / "a.csv").write_text("\n".join(ROWS.split("\n")[:2]) + "\n", "utf-8")
    never_there = build(project=project, ner=False).release()

    assert never_there.folder.name == public.folder.name  # a digest of all files
    assert (never_there.folder / "dataset.ttl").read_bytes() == (
        public.folder / "dataset.ttl"
    ).read_bytes()


def test_the_page_beside_it_tells_of_it(public):
    """README.txt names every file of the folder."""
    told = (public.folder / "README.txt").read_text("utf-8")
    files = {path.name for path in public.folder.iterdir()} - {"README.txt"}

    assert {name for name in files if f"\n{name} " not in told} == set()


def test_without_either_setting_there_is_no_such_file(tmp_path):
    """A release holds what it always held."""
    folder = released(tmp_path / "a").folder

    assert "dataset" not in (folder / "README.txt").read_text("utf-8")
    assert {path.name for path in folder.iterdir()} == {
        "README.txt", "explorer.html", "harvest.trig", "mentions.jsonl",
    }  # fmt: skip


@pytest.mark.parametrize(
    "more",
    ['date = "tomorrow"', "date = 2026-03-01T10:00:00Z", "date = 3", 'licence = "CC BY 4.0"'],
)
def test_settings_of_another_form_are_refused(tmp_path, more):
    """With what was expected."""
    with pytest.raises(ConfigError, match=r"expected (a day|an address), e\.g\."):
        released(tmp_path / "a", more=f"{more}\n")
