"""Conformance: a graph file → findings, by SHACL.

The shapes are `ontology/shapes.ttl`. The `shacl` package judges the union of
all named graphs; pySHACL stands in where that package cannot be loaded, and is
its oracle in the tests. A finding carries the shape's sentence and the
fragment's key, never a value: values are words of people.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.errors import WorkspaceError
from kg.graph.portions import portions
from kg.graph.reading import UnknownFormError
from kg.messages import DEFAULT_LANGUAGE, has_text, spoken, text_of
from kg.model import FIELDS, Finding, Severity, Where
from kg.resources import resource
from kg.vocab import SH

if TYPE_CHECKING:
    from rdflib import Graph

GRAPH_FILE = "harvest.trig"
#: Bytes of a graph that is judged at once, in some 1.5 GB of memory.
WHOLE = 64_000_000

_IN_FRAGMENT = re.compile(r"/fragment/(?P<key>[^/#]+)(?:#(?P<name>.+))?$")
_IN_FRAMEWORK = re.compile(r"/(?P<path>framework/[^#]+)$")
_SPAN = re.compile(r"_\d+_\d+$")


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """A shape that a node does not keep to, as an engine reports it. IRIs, no brackets.

    `path` is None where the node itself is at fault.
    """

    shape: str
    focus: str
    path: str | None
    component: str
    severity: str


def conformance(harvest: bytes | Path, *, language: str = DEFAULT_LANGUAGE) -> tuple[Finding, ...]:
    """Judge a harvest graph by the shapes of the ontology.

    Args:
        harvest: A TriG file, or its bytes. All its graphs are judged as one.
        language: Of the messages; what no shape says in it is said in English.

    Returns:
        One finding for each shape and node at fault, gravest first. `reason`
        is the name of the shape ("fragment-key"). Empty where all is in order.

    Raises:
        WorkspaceError: The file is not there, or it is no TriG.
    """
    shapes = _shapes_file()
    try:
        found = _in_portions(harvest, shapes=shapes)
        if found is None:
            found = breaches(_read(harvest), shapes=shapes)
    except (ValueError, SyntaxError) as error:
        raise WorkspaceError(
            f"{GRAPH_FILE}: the graph cannot be read as TriG; expected the file that "
            "kg build writes. Build again: kg build"
        ) from error
    return _findings(found, _sentences(shapes), language=language)


def _in_portions(harvest: bytes | Path, *, shapes: Path) -> tuple[Breach, ...] | None:
    """The same of a large file of kg's own writing, some fragments at a time; None of any other."""
    try:
        if isinstance(harvest, bytes) or harvest.stat().st_size <= WHOLE:
            return None
        found: set[Breach] = set()
        for portion in portions(harvest, size=WHOLE):
            found.update(
                breach
                for breach in breaches(portion.trig.decode("utf-8"), shapes=shapes)
                # What stands in another portion is here by its type alone.
                if not _IN_FRAGMENT.search(breach.focus)
                or breach.focus.partition("#")[0] in portion.fragments
            )
        return tuple(sorted(found, key=_order))
    except (OSError, UnknownFormError):
        return None


def _shapes_file() -> Path:
    return resource("ontology", "shapes.ttl")


def _read(harvest: bytes | Path) -> str:
    try:
        return (harvest if isinstance(harvest, bytes) else harvest.read_bytes()).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WorkspaceError(
            f"{GRAPH_FILE}: the graph cannot be read; expected the file that kg build "
            "writes. Build again: kg build"
        ) from error


def breaches(trig: str, *, shapes: Path) -> tuple[Breach, ...]:
    """What the engine at hand finds, sorted; each breach once.

    Raises:
        ValueError, SyntaxError: The text is no TriG.
    """
    try:
        import shacl  # noqa: F401 - is it there?
    except ImportError:
        return breaches_by_pyshacl(trig, shapes=shapes)
    return breaches_by_shacl(trig, shapes=shapes)


def breaches_by_shacl(trig: str, *, shapes: Path) -> tuple[Breach, ...]:
    """The same by the `shacl` package: 40 times as fast as pySHACL."""
    import shacl

    report = shacl.Shapes.from_text(shapes.read_text("utf-8")).validate_text(trig, format="trig")
    return tuple(
        sorted(
            {
                Breach(
                    shape=_bare(result.source_shape or result.root_shape or ""),
                    focus=_bare(result.focus_node),
                    path=_bare(result.path) if result.path else None,
                    component=result.component,
                    severity=result.severity,
                )
                for result in report.results
            },
            key=_order,
        )
    )


def breaches_by_pyshacl(trig: str, *, shapes: Path) -> tuple[Breach, ...]:
    """The same by pySHACL, on a copy in memory."""
    try:
        import pyshacl
    except ImportError as error:
        raise WorkspaceError(
            "Neither of the packages shacl and pyshacl can be loaded, so the graph cannot "
            "be judged. Install one: pip install pyshacl"
        ) from error
    from rdflib import Graph, URIRef

    _, report, _ = pyshacl.validate(
        _union(trig), shacl_graph=Graph().parse(shapes, format="turtle"), inference="none"
    )
    # Results of nested shapes hang under sh:detail; only those of the report itself count.
    tops = [
        node
        for root in report.subjects(URIRef(SH + "conforms"))
        for node in report.objects(root, URIRef(SH + "result"))
    ]

    def value(node: object, name: str) -> str | None:
        found = report.value(node, URIRef(SH + name))
        return None if found is None else str(found)

    return tuple(
        sorted(
            {
                Breach(
                    shape=value(top, "sourceShape") or "",
                    focus=value(top, "focusNode") or "",
                    path=value(top, "resultPath"),
                    component=(value(top, "sourceConstraintComponent") or "").removeprefix(SH),
                    severity=(value(top, "resultSeverity") or "").removeprefix(SH),
                )
                for top in tops
            },
            key=_order,
        )
    )


def _union(trig: str) -> "Graph":
    """All named graphs of a TriG text as one rdflib graph."""
    import pyoxigraph as ox
    from rdflib import Graph

    triples = {quad.triple for quad in ox.parse(trig.encode(), format=ox.RdfFormat.TRIG)}
    lines = ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=lines, format="nt")


def _bare(node: str) -> str:
    """An IRI without the brackets of N-Triples."""
    return node[1:-1] if node.startswith("<") else node


def _order(breach: Breach) -> tuple[str, str, str, str]:
    return (breach.shape, breach.focus, breach.path or "", breach.component)


@cache
def _sentences(shapes: Path) -> Mapping[str, Mapping[str, str]]:
    """The message of each shape by language."""
    import pyoxigraph as ox

    said: dict[str, dict[str, str]] = {}
    message = ox.NamedNode(SH + "message")
    for quad in ox.parse(path=str(shapes), format=ox.RdfFormat.TURTLE):
        if quad.predicate == message and isinstance(quad.subject, ox.NamedNode):
            literal = quad.object
            if isinstance(literal, ox.Literal):
                said.setdefault(quad.subject.value, {})[literal.language or ""] = literal.value
    return said


def _findings(
    found: Iterable[Breach], sentences: Mapping[str, Mapping[str, str]], *, language: str
) -> tuple[Finding, ...]:
    """One finding a shape and node; nodes that look the same to a reader are counted."""
    once = {(breach.shape, breach.focus): breach for breach in found}
    counted = Counter(
        _finding(breach, sentences[breach.shape], language) for breach in once.values()
    )
    told = (
        Finding(
            reason=finding.reason,
            where=finding.where,
            message=finding.message
            if times == 1
            else f"{finding.message} {text_of('times', language).format(times=times)}",
            advice=finding.advice,
            severity=finding.severity,
            key=finding.key,
        )
        for finding, times in counted.items()
    )
    grave = list(Severity)
    return tuple(
        sorted(
            told,
            key=lambda f: (
                grave.index(f.severity),
                f.reason,
                f.key or "",
                f.where.field or "",
                f.message,
            ),
        )
    )


def _finding(breach: Breach, sentence: Mapping[str, str], language: str) -> Finding:
    key, field, node = _place(breach.focus)
    message = spoken(sentence, language)
    severity = Severity(breach.severity.lower())
    name = breach.shape.rpartition("#")[2]
    general = "conformance" if severity is Severity.VIOLATION else "conformance-choice"
    special = f"conformance-{name}"
    return Finding(
        reason=name,
        where=Where(GRAPH_FILE, None, field),
        message=f"{message} ({node})" if node else message,
        advice=text_of(special if has_text(special) else general, language),
        severity=severity,
        key=key,
    )


def _place(focus: str) -> tuple[str | None, str | None, str | None]:
    """Key, field and framework path of a node, as far as its IRI says them.

    Names of other nodes stay untold: a learned organisation's IRI is made of words of the text.

    >>> _place("https://example.org/harvest/fragment/demo-1#rating-significance_0_5")
    ('demo-1', 'rating_significance', None)
    >>> _place("https://example.org/harvest/framework/demo/1/outcome-1.4")
    (None, None, 'framework/demo/1/outcome-1.4')
    """
    inside = _IN_FRAGMENT.search(focus)
    if inside:
        name = _SPAN.sub("", unquote(inside["name"] or "")).replace("-", "_")
        return inside["key"], name if name in FIELDS else None, None
    framework = _IN_FRAMEWORK.search(focus)
    return None, None, framework["path"] if framework else None
