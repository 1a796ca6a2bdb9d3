"""Terms of the graph as Turtle writes them, and the one writer of a graph's block.

Written here rather than by the engine: a term is made once, as the text that
it is, and a graph is written when it is complete and forgotten. That is five
times as quick, and memory does not grow with the harvest. That an engine
reads back the very terms is a property test.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.errors import KgError
from kg.vocab import PREFIXES

# What may follow a prefix without an escape, in any reader of Turtle.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_TO_ESCAPE = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES = str.maketrans(
    {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
    | {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
)


class Term(str):
    """A literal or a prefixed name, ready to be written. A plain str is an IRI."""

    __slots__ = ()


def term(curie: str) -> Term:
    """The IRI of a prefixed name, e.g. ``"oh:Outcome"``."""
    return Term(curie)


def boolean(value: bool) -> Term:  # noqa: FBT001 - the value itself
    """An `xsd:boolean`."""
    return Term("true" if value else "false")


def integer(value: int) -> Term:
    """An `xsd:integer`."""
    return Term(value)


def index(value: int) -> Term:
    """An `xsd:nonNegativeInteger`, as NIF wants offsets."""
    return Term(f'"{value}"^^xsd:nonNegativeInteger')


def decimal(value: float) -> Term:
    """An `xsd:decimal` with at most three places.

    >>> decimal(0.95), decimal(1.0)
    ('0.95', '1.0')
    """
    text = f"{value:.3f}".rstrip("0")
    return Term(text + "0" if text.endswith(".") else text)


def year(value: int) -> Term:
    """An `xsd:gYear`."""
    return Term(f'"{value:04d}"^^xsd:gYear')


def text(value: str, language: str | None = None) -> Term:
    """A plain or a language-tagged string.

    >>> text("chez nous", "fr")
    '"chez nous"@fr'
    """
    # Most texts need no escape; looking for one is far cheaper than translating letter by letter.
    escaped = value.translate(_ESCAPES) if _TO_ESCAPE.search(value) else value
    written = f'"{escaped}"'
    if not language:
        return Term(written)
    if not _LANGUAGE.fullmatch(language):
        raise ValueError("no language tag")
    return Term(f"{written}@{language}")


@lru_cache(maxsize=16)
def prefixes(base: str) -> dict[str, str]:
    """Prefix → namespace, for data under *base*."""
    return PREFIXES | {
        "body": f"{base}organisation/",
        "frag": f"{base}fragment/",
        "g": f"{base}graph/",
        "place": f"{base}place/",
    }


@lru_cache(maxsize=16)
def _known(base: str) -> tuple[dict[str, str], dict[str, str]]:
    """Namespace → prefix, and IRI → how it is written, for what fragments share; filled as met."""
    return {space: f"{name}:" for name, space in prefixes(base).items()}, {}


class Writer:
    """Collects what one named graph says; each triple once.

    Args:
        graph: The graph's IRI.
        base: The data's base IRI.
        own: The graph is a fragment's: it may speak of subjects under its own
            IRI, and no other graph may. So no triple can stand in two of them.
    """

    def __init__(self, graph: str, *, base: str, own: bool = False) -> None:
        self.graph = graph
        self._own, self._foreign = own, f"{base}fragment/"
        self._spaces, self._shared = _known(base)
        self._mine = f"{graph}#"
        self._said: dict[str, dict[str, dict[str, None]]] = {}

    def add(self, subject: str, predicate: str, *objects: str | None) -> None:
        """Say something of *subject*. A plain str is an IRI; None says nothing.

        Raises:
            KgError: the subject is another graph's; a defect of kg.
        """
        for found in objects:
            if found is not None:
                node = found if isinstance(found, Term) else self._iri(found)
                self._about(subject).setdefault(predicate, {})[node] = None

    def describe(self, subject: str, said: Mapping[str, str | None]) -> None:
        """Say several things of *subject*: property → object, as in `add`.

        Raises:
            KgError: the subject is another graph's; a defect of kg.
        """
        about = self._about(subject)
        for predicate, found in said.items():
            if found is not None:
                node = found if isinstance(found, Term) else self._iri(found)
                about.setdefault(predicate, {})[node] = None

    def _about(self, subject: str) -> dict[str, dict[str, None]]:
        about = self._said.get(subject)
        if about is None:
            self._check(subject)
            about = self._said[subject] = {}
        return about

    def type(self, subject: str, *classes: str) -> None:
        """Say what *subject* is; classes are prefixed names."""
        self.add(subject, "a", *map(Term, classes))

    def _check(self, subject: str) -> None:
        mine = subject == self.graph or subject.startswith(f"{self.graph}#")
        if mine if self._own else not subject.startswith(self._foreign):
            return
        raise KgError(
            "A triple would stand in a graph that is not its own, and be counted twice; nothing "
            "was written. This is a defect of kg: please report it with the version."
        )

    def _iri(self, iri: str) -> str:
        if self._own and iri.startswith(self._mine):
            local = iri[len(self._mine) :]
            return f":{local}" if _LOCAL.fullmatch(local) else f"<{iri}>"
        written = self._shared.get(iri)
        if written is None:
            cut = max(iri.rfind("#"), iri.rfind("/")) + 1
            prefix = self._spaces.get(iri[:cut])
            known = prefix is not None and _LOCAL.fullmatch(iri, cut)
            written = f"{prefix}{iri[cut:]}" if known else f"<{iri}>"
            if not iri.startswith(self._foreign):  # what one fragment alone says is not kept
                self._shared[iri] = written
        return written

    @property
    def triples(self) -> Iterator[tuple[str, str, str]]:
        """What is said, as written; no order."""
        for subject, said in self._said.items():
            for predicate, objects in said.items():
                for node in objects:
                    yield self._iri(subject), predicate, node

    def block(self) -> str:
        """The graph in TriG: itself first, then its subjects. "" where it says nothing."""
        if not self._said:
            return ""
        lines = [f"@prefix : <{self.graph}#> .\n"] if self._own else []
        lines.append(f"{self._iri(self.graph)} {{\n")
        subjects = sorted((s != self.graph, self._iri(s), s) for s in self._said)
        for _, name, subject in subjects:
            # "a" sorts before every prefixed name: the type comes first.
            said = [
                f"{predicate} {' , '.join(sorted(nodes)) if len(nodes) > 1 else next(iter(nodes))}"
                for predicate, nodes in sorted(self._said[subject].items())
            ]
            lines.append(f"  {name} " + " ;\n    ".join(said) + " .\n")
        lines.append("}\n\n")
        return "".join(lines)


def header(base: str) -> str:
    """The prefixes of a file whose data lie under *base*."""
    return "".join(f"@prefix {n}: <{s}> .\n" for n, s in sorted(prefixes(base).items())) + "\n"
