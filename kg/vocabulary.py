"""Shipped concept schemes: wordings of a harvest → concepts, and the quads that carry them.

The wordings are Turtle under `ontology/vocab/`, never Python: a new wording is
a line there, and a wording of one project alone a line under `[values]` of
`kg.toml`. Matching is by whole wording, folded; nothing is guessed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import ConfigError
from kg.resources import resource
from kg.vocab import OHV, OWL, RDF, RDFS, SKOS, Names, concept, fold, oh

_IN_SCHEME = ox.NamedNode(SKOS + "inScheme")
_PREF_LABEL = ox.NamedNode(SKOS + "prefLabel")
_OTHER_LABELS = (ox.NamedNode(SKOS + "altLabel"), ox.NamedNode(SKOS + "hiddenLabel"))
_DEFINITION = ox.NamedNode(SKOS + "definition")
_RANK = ox.NamedNode(oh("rank"))

#: What of the ontology and its schemes enters a harvest: enough to read the graph by itself.
#: Wordings stay outside; they serve reading alone and would fill the page.
CARRIED = frozenset(
    ox.NamedNode(iri)
    for iri in (
        RDF + "type",
        RDFS + "label",
        RDFS + "subClassOf",
        RDFS + "subPropertyOf",
        RDFS + "domain",
        RDFS + "range",
        SKOS + "prefLabel",
        SKOS + "inScheme",
        SKOS + "definition",
        SKOS + "closeMatch",
        OWL + "versionInfo",
        oh("rank"),
    )
)


@dataclass(frozen=True, slots=True)
class Concept:
    """A value that harvests use, in every wording that is known.

    `labels` and `definitions` are by language ("en", "fr"); `alternatives`
    are other wordings, misspelt ones too. `rank` orders values of one scheme
    (None where a value lies off the scale); ranks of two schemes are never compared.
    """

    scheme: str
    slug: str
    labels: Mapping[str, str] = field(hash=False)
    alternatives: tuple[str, ...] = ()
    rank: int | None = None
    definitions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def iri(self) -> str:
        """`ohv:SCHEME-SLUG`, in full."""
        return concept(self.scheme, self.slug)

    def label(self, language: str) -> str:
        """The label in *language*, else in English."""
        return self.labels.get(language) or self.labels["en"]


def match_key(text: str) -> str:
    """What two wordings must share to be the same: letters and digits, folded, one space between.

    >>> match_key("Safety/Security ") == match_key("safety – SECURITY")
    True
    """
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def _without_brackets(text: str) -> str:
    """A wording without brackets at its end: "Civil society (CSOs)" is "Civil society"."""
    return re.sub(r"(?:\s*[(\[][^()\[\]]*[)\]])+\s*$", "", text)


class Vocabulary:
    """Concepts by scheme and slug, found by any of their wordings."""

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        """Index *concepts*.

        Raises:
            ConfigError: One wording stands for two concepts of a scheme.
        """
        grouped: dict[str, dict[str, Concept]] = defaultdict(dict)
        self._wordings: dict[tuple[str, str], Concept] = {}
        for item in concepts:
            grouped[item.scheme][item.slug] = item
            for wording in (*item.labels.values(), *item.alternatives, item.slug):
                other = self._wordings.setdefault((item.scheme, match_key(wording)), item)
                if other.slug != item.slug:
                    raise ConfigError(
                        f"ontology/vocab/{item.scheme}.ttl: one wording stands for both "
                        f"{other.slug} and {item.slug}; a wording must mean one concept. "
                        "Take it from one of them."
                    )
        self._concepts = {scheme: MappingProxyType(found) for scheme, found in grouped.items()}

    @property
    def schemes(self) -> tuple[str, ...]:
        """Names of the schemes, in order of the alphabet."""
        return tuple(sorted(self._concepts))

    def concepts(self, scheme: str) -> tuple[Concept, ...]:
        """Every concept of a scheme: by rank, unranked ones last, then by slug.

        Raises:
            KeyError: There is no such scheme.
        """
        found = self._concepts[scheme].values()
        return tuple(sorted(found, key=lambda c: (c.rank is None, c.rank or 0, c.slug)))

    def get(self, scheme: str, slug: str) -> Concept:
        """The concept `ohv:SCHEME-SLUG`.

        Raises:
            KeyError: There is no such scheme or concept.
        """
        return self._concepts[scheme][slug]

    def find(self, scheme: str, text: str) -> Concept | None:
        """The concept that a cell's wording names, in any language; None where none is known.

        Args:
            scheme: "scale", "actor", "change" …
            text: One choice of a cell, as typed. Case, accents, punctuation
                and brackets at the end do not matter.

        Raises:
            KeyError: There is no such scheme.

        >>> load_vocabulary().find("change", "capacités ").slug
        'capacity'
        >>> load_vocabulary().find("scale", "a scale nobody heard of") is None
        True
        """
        if scheme not in self._concepts:
            raise KeyError(scheme)
        whole = self._wordings.get((scheme, match_key(text)))
        return whole or self._wordings.get((scheme, match_key(_without_brackets(text))))


def _files() -> tuple[Path, ...]:
    return tuple(sorted(resource("ontology", "vocab").glob("*.ttl")))


@cache
def load_vocabulary() -> Vocabulary:
    """Read `ontology/vocab/*.ttl`, once a process (some 10 ms).

    Raises:
        ConfigError: The schemes are missing, or one wording stands for two concepts.
    """
    found = tuple(item for path in _files() for item in _concepts(path))
    if not found:
        raise ConfigError(
            "ontology/vocab: no concept scheme found; kg was not installed whole. "
            "Install outcome-kg again."
        )
    return Vocabulary(found)


def _concepts(path: Path) -> Iterator[Concept]:
    """The concepts of one file, in order of their IRIs."""
    said: dict[str, dict[ox.NamedNode, list[ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    schemes: dict[str, str] = {}
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        subject, value = quad.subject, quad.object
        if not isinstance(subject, ox.NamedNode):
            continue
        if quad.predicate == _IN_SCHEME and isinstance(value, ox.NamedNode):
            schemes[subject.value] = value.value.removeprefix(OHV)
        elif isinstance(value, ox.Literal):
            said[subject.value][quad.predicate].append(value)
    for iri, scheme in sorted(schemes.items()):
        literals = said[iri]
        ranks = [int(literal.value) for literal in literals[_RANK]]
        yield Concept(
            scheme=scheme,
            slug=iri.removeprefix(f"{OHV}{scheme}-"),
            labels=_by_language(literals[_PREF_LABEL]),
            alternatives=tuple(
                sorted({literal.value for kind in _OTHER_LABELS for literal in literals[kind]})
            ),
            rank=ranks[0] if ranks else None,
            definitions=_by_language(literals[_DEFINITION]),
        )


def _by_language(literals: list[ox.Literal]) -> Mapping[str, str]:
    return MappingProxyType(dict(sorted((v.language or "", v.value) for v in literals)))


def ontology_quads(names: Names) -> tuple[ox.Quad, ...]:
    """The ontology and its schemes as quads of a build's own graphs.

    Terms, classes and the vocabularies of others whose subclasses they are go
    into `graph/ontology`, schemes and their concepts into `graph/vocabulary`.
    No triple stands in both; the same for every harvest,
    so that a release says nothing by them. Sorted.
    """
    ontology = ox.NamedNode(names.graph("ontology"))
    vocabulary = ox.NamedNode(names.graph("vocabulary"))
    quads = [
        ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        for graph, paths in (
            (ontology, (resource("ontology", "oh.ttl"), resource("ontology", "alignments.ttl"))),
            (vocabulary, _files()),
        )
        for path in paths
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        if quad.predicate in CARRIED
    ]
    return tuple(sorted(quads, key=str))
