"""Short ways to make quads; every term is made once."""

from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from kg.vocab import DCTERMS, ITSRDF, NIF, OH, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD

_SPACES = {
    "dcterms": DCTERMS,
    "itsrdf": ITSRDF,
    "nif": NIF,
    "oh": OH,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
}


@lru_cache(maxsize=4096)
def term(curie: str) -> NamedNode:
    """The IRI of a prefixed name, e.g. ``"oh:Outcome"``."""
    prefix, _, name = curie.partition(":")
    return NamedNode(_SPACES[prefix] + name)


def boolean(value: bool) -> Literal:  # noqa: FBT001 - the value itself
    """An `xsd:boolean`."""
    return Literal("true" if value else "false", datatype=term("xsd:boolean"))


def integer(value: int) -> Literal:
    """An `xsd:integer`."""
    return Literal(str(value), datatype=term("xsd:integer"))


def index(value: int) -> Literal:
    """An `xsd:nonNegativeInteger`, as NIF wants offsets."""
    return Literal(str(value), datatype=term("xsd:nonNegativeInteger"))


def decimal(value: float) -> Literal:
    """An `xsd:decimal` with at most three places.

    >>> decimal(0.95).value, decimal(1.0).value
    ('0.95', '1.0')
    """
    text = f"{value:.3f}".rstrip("0")
    return Literal(text + "0" if text.endswith(".") else text, datatype=term("xsd:decimal"))


def year(value: int) -> Literal:
    """An `xsd:gYear`."""
    return Literal(f"{value:04d}", datatype=term("xsd:gYear"))


def text(value: str, language: str | None = None) -> Literal:
    """A plain or a language-tagged string."""
    return Literal(value, language=language) if language else Literal(value)


class Writer:
    """Collects the quads of one graph."""

    def __init__(self, graph: str) -> None:
        self.graph = NamedNode(graph)
        self._quads: dict[Quad, None] = {}

    def add(self, subject: str, predicate: str, *objects: str | Literal | NamedNode | None) -> None:
        """Say something of *subject*. A str is an IRI; None says nothing."""
        for found in objects:
            if found is not None:
                node = NamedNode(found) if isinstance(found, str) else found
                self._quads[Quad(NamedNode(subject), term(predicate), node, self.graph)] = None

    def type(self, subject: str, *classes: str) -> None:
        """Say what *subject* is; classes are prefixed names."""
        self.add(subject, "rdf:type", *(term(name) for name in classes))

    def __iter__(self) -> Iterator[Quad]:
        """The quads, each once."""
        return iter(self._quads)
