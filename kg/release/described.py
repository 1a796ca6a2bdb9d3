"""`dataset.ttl` of a release: what it is, its licence and date, for catalogues (DCAT, VoID)."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.config import Config
from kg.messages import SPOKEN, counted
from kg.vocab import DCTERMS, NIF, OH, OHV, ORG, PREFIXES, PROV, RDF, SKOS, XSD

DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
SPDX = "http://spdx.org/rdf/terms#"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_TRIG = "harvest.trig"
#: Files of a release that are data, and their media types.
_FILES = {
    _TRIG: "application/trig",
    "mentions.jsonl": "application/jsonl",
    "explorer.html": "text/html",
}
#: Registered types alone have an address there; JSON lines has none.
_REGISTERED = frozenset({"application/trig", "text/html"})
_VOCABULARIES = (OH, OHV, SKOS, PROV, ORG, NIF, DCTERMS)
_TYPE = ox.NamedNode(RDF + "type")


def described(config: Config, folder: Path) -> bytes:
    """The description, as Turtle without blank nodes: the same files give the same bytes.

    Args:
        config: Its name, licence, date and base; a licence or a date that is not set is not said.
        folder: Of the release, with its files in place. Nothing else is looked at.
    """
    quads = list(_said(config, folder))
    dataset = quads[0].subject
    # Subject by subject, the whole before its parts; a sort keeps the order inside each.
    quads.sort(key=lambda quad: (quad.subject != dataset, str(quad.subject)))
    turtle = ox.serialize(
        [quad.triple for quad in quads],
        format=ox.RdfFormat.TURTLE,
        prefixes=PREFIXES | {"dcat": DCAT, "void": VOID, "spdx": SPDX},
    )
    # The engine writes prefixes in another order on every run.
    lines = bytes(turtle or b"").splitlines(keepends=True)
    prefixes = sorted(line for line in lines if line.startswith(b"@prefix"))
    return b"".join(prefixes + [line for line in lines if not line.startswith(b"@prefix")])


def _said(config: Config, folder: Path) -> Iterator[ox.Quad]:
    dataset = f"{config.base_iri}dataset"
    triples, entities = _counted(folder / _TRIG)
    yield _link(dataset, RDF + "type", DCAT + "Dataset")
    yield _link(dataset, RDF + "type", VOID + "Dataset")
    yield _text(dataset, DCTERMS + "title", config.name)
    for language in SPOKEN:
        outcomes = entities.get(f"{OH}Outcome", 0)
        said = counted("release.dataset", outcomes, language)
        yield _text(dataset, DCTERMS + "description", said, language=language)
    if config.licence:
        yield _link(dataset, DCTERMS + "license", config.licence)
    if config.date:
        yield _text(dataset, DCTERMS + "issued", config.date, datatype=XSD + "date")
    yield _text(dataset, VOID + "uriSpace", config.base_iri)
    yield _number(dataset, VOID + "triples", triples)
    yield _link(dataset, VOID + "feature", "http://www.w3.org/ns/formats/TriG")
    for iri in _VOCABULARIES:
        yield _link(dataset, VOID + "vocabulary", iri)
    for kind, count in sorted(entities.items()):
        part = f"{dataset}#{kind.removeprefix(OH)}"
        yield _link(dataset, VOID + "classPartition", part)
        yield _link(part, VOID + "class", kind)
        yield _number(part, VOID + "entities", count)
    for name, kind in _FILES.items():
        yield from _file(dataset, folder / name, kind, licence=config.licence)


def _file(dataset: str, path: Path, kind: str, *, licence: str) -> Iterator[ox.Quad]:
    """One file as a distribution, with what proves that it came whole."""
    content = path.read_bytes()
    iri = f"{dataset}#{path.name}"
    sum_ = f"{iri}-checksum"
    yield _link(dataset, DCAT + "distribution", iri)
    yield _link(iri, RDF + "type", DCAT + "Distribution")
    yield _text(iri, DCTERMS + "title", path.name)
    if kind in _REGISTERED:
        yield _link(iri, DCAT + "mediaType", _MEDIA + kind)
    if licence:
        yield _link(iri, DCTERMS + "license", licence)
    size = str(len(content))
    yield _text(iri, DCAT + "byteSize", size, datatype=XSD + "nonNegativeInteger")
    yield _link(iri, SPDX + "checksum", sum_)
    yield _link(sum_, RDF + "type", SPDX + "Checksum")
    yield _link(sum_, SPDX + "algorithm", SPDX + "checksumAlgorithm_sha256")
    digest = hashlib.sha256(content).hexdigest()
    yield _text(sum_, SPDX + "checksumValue", digest, datatype=XSD + "hexBinary")


def _counted(trig: Path) -> tuple[int, dict[str, int]]:
    """Triples of a graph, and things of each class of the ontology; none stands twice in it."""
    triples, kinds = 0, Counter[str]()
    for quad in ox.parse(path=str(trig), format=ox.RdfFormat.TRIG):
        triples += 1
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            kinds[quad.object.value] += 1
    return triples, {kind: count for kind, count in kinds.items() if kind.startswith(OH)}


def _link(subject: str, predicate: str, thing: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(thing))


def _number(subject: str, predicate: str, value: int) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), ox.Literal(value))


def _text(
    subject: str, predicate: str, value: str, *, language: str = "", datatype: str = ""
) -> ox.Quad:
    if language:
        literal = ox.Literal(value, language=language)
    elif datatype:
        literal = ox.Literal(value, datatype=ox.NamedNode(datatype))
    else:
        literal = ox.Literal(value)
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), literal)
