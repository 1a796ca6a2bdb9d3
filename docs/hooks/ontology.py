"""The page of the ontology, one a language: every term and every scheme, each at its anchor.

`docs/hooks/reference.py` adds both to the site. A term without a label or a definition in the
language of a page is an error here, not a gap there.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

import kg
from kg.vocab import OH, OHV, PREFIXES, RDF, RDFS, SKOS
from kg.vocabulary import load_vocabulary

_ROOT = Path(kg.__file__).resolve().parent.parent / "ontology"
_OWL = "http://www.w3.org/2002/07/owl#"
_CIDS = "https://ontology.commonapproach.org/cids#"
_SHORT = PREFIXES | {"cids": _CIDS}
_KINDS = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
_FACTS = {
    "under": (RDFS + "subClassOf", RDFS + "subPropertyOf"),
    "of": (RDFS + "domain",),
    "to": (RDFS + "range",),
    "near": (SKOS + "closeMatch", SKOS + "relatedMatch"),
}
_SAID: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "The ontology",
        "intro": "What a graph of kg is said with, version {version}. `oh:` is `{oh}`, `ohv:` is "
        "`{ohv}`. "
        "Constraints are SHACL (`ontology/shapes.ttl`); how it meets other vocabularies: "
        "[Standards](../standards.md). [En français](../fr/ontologie.md).",
        "Class": "Classes",
        "ObjectProperty": "Properties that link",
        "DatatypeProperty": "Properties with a value",
        "AnnotationProperty": "Names",
        "schemes": "Values",
        "under": "kind of",
        "of": "of",
        "to": "value",
        "near": "near",
        "example": "For example",
    },
    "fr": {
        "title": "L’ontologie",
        "intro": "Ce avec quoi un graphe de kg est dit, version {version}. `oh:` est `{oh}`, "
        "`ohv:` est `{ohv}`. "
        "Les contraintes sont en SHACL (`ontology/shapes.ttl`) ; comment elle rencontre d’autres "
        "vocabulaires : [Standards](../standards.md). [In English](../reference/ontology.md).",
        "Class": "Classes",
        "ObjectProperty": "Propriétés qui relient",
        "DatatypeProperty": "Propriétés à valeur",
        "AnnotationProperty": "Noms",
        "schemes": "Valeurs",
        "under": "sorte de",
        "of": "de",
        "to": "valeur",
        "near": "proche de",
        "example": "Par exemple",
    },
}


def ontology(language: str) -> str:
    """The page in "en" or "fr".

    Raises:
        KeyError: a term or a scheme has no label or no definition in this language.
    """
    said = _SAID[language]
    store = _store()
    (version,) = _values(store, OH.removesuffix("#"), _OWL + "versionInfo")
    intro = said["intro"].format(version=version, oh=OH, ohv=OHV)
    parts = [f"# {said['title']}\n\n{intro}\n"]
    for kind in _KINDS:
        parts.append(f"## {said[kind]}\n")
        parts += [_term(store, iri, language) for iri in _of(store, _OWL + kind)]
    parts.append(f"## {said['schemes']}\n")
    parts += [_scheme(store, name, language) for name in load_vocabulary().schemes]
    return "\n".join(parts)


def _store() -> Store:
    store = Store()
    for path in (_ROOT / "oh.ttl", _ROOT / "alignments.ttl", *sorted(_ROOT.glob("vocab/*.ttl"))):
        store.load(path=str(path), format=RdfFormat.TURTLE)
    return store


def _of(store: Store, kind: str) -> list[str]:
    found = store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(kind))
    return sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})


def _term(store: Store, iri: str, language: str) -> str:
    said = _SAID[language]
    lines = [
        f"### {_words(store, iri, RDFS + 'label', language)} {{#{iri.removeprefix(OH)}}}",
        f"`{_short(iri)}`. {_words(store, iri, SKOS + 'definition', language)}",
        *_optional(store, iri, SKOS + "scopeNote", language),
    ]
    for example in _optional(store, iri, SKOS + "example", language):
        lines.append(f"*{said['example']}:* {example}")
    facts = [
        f"{said[name]} {', '.join(f'`{_short(value)}`' for value in found)}"
        for name, predicates in _FACTS.items()
        if (found := sorted(v for p in predicates for v in _values(store, iri, p)))
    ]
    if facts:
        lines.append(f"({'; '.join(facts)})")
    return "\n\n".join(lines) + "\n"


def _scheme(store: Store, name: str, language: str) -> str:
    iri = OHV + name
    head = (
        f"### {_words(store, iri, SKOS + 'prefLabel', language)} {{#scheme-{name}}}\n\n"
        f"`ohv:{name}`. {_words(store, iri, SKOS + 'definition', language)}\n"
    )
    rows = [
        f"| `ohv:{name}-{concept.slug}` | {concept.labels[language]} "
        f"| {concept.definitions[language]} |".replace("<", "&lt;")
        for concept in load_vocabulary().concepts(name)
    ]
    return "\n".join([head, "| | | |", "|---|---|---|", *rows]) + "\n"


def _words(store: Store, iri: str, predicate: str, language: str) -> str:
    """The one text of a term in a language."""
    found = list(_optional(store, iri, predicate, language))
    if len(found) != 1:
        raise KeyError(f"{_short(iri)}: {len(found)} texts of {_short(predicate)} in {language}")
    return found[0]


def _optional(store: Store, iri: str, predicate: str, language: str) -> Iterator[str]:
    for quad in store.quads_for_pattern(NamedNode(iri), NamedNode(predicate), None):
        if isinstance(quad.object, Literal) and quad.object.language == language:
            yield quad.object.value.replace("<", "&lt;")


def _values(store: Store, iri: str, predicate: str) -> list[str]:
    found = store.quads_for_pattern(NamedNode(iri), NamedNode(predicate), None)
    return [quad.object.value for quad in found if isinstance(quad.object, NamedNode | Literal)]


def _short(iri: str) -> str:
    for name, space in sorted(_SHORT.items(), key=lambda item: -len(item[1])):
        if iri.startswith(space):
            return f"{name}:{iri.removeprefix(space)}"
    return iri
