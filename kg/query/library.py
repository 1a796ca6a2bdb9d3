"""The question library: `.rq` files that carry their own description.

A question is valid SPARQL under a grlc-style header of `#+` lines, which
together are YAML::

    #+ summary: Which organisations appear in outcomes under one framework code?
    #+ description: What the answer means, and what it leaves out.
    #+ question:
    #+   en: Who stands behind result {code}?
    #+   fr: Qui est derrière le résultat {code} ?
    #+ parameters:
    #+   code: {type: code, example: "1.4"}
    #+   country: {type: country, example: Mali, optional: true}
    #+ columns: [organisation, label, outcomes]
    #+ draw: {nodes: [organisation, fragment], edges: [[organisation, fragment, role]]}

What `draw` may say: see `kg.network`. How parameters stand in the query: see
`kg.query.bind`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from kg.errors import QueryError, UsageError

#: The same loader in C, where PyYAML was built with it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEYS = frozenset({"summary", "description", "question", "parameters", "columns", "draw"})
_PARAMETER_KEYS = frozenset({"type", "example", "optional", "description"})
#: Filled by kg with the language of the project: never declared, never asked for.
LANGUAGE = "language"


class ParameterType(StrEnum):
    """What a parameter accepts."""

    FRAGMENT = "fragment"
    ORGANISATION = "organisation"
    CODE = "code"
    OBJECTIVE = "objective"
    COUNTRY = "country"
    ACTOR = "actor"
    YEAR = "year"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    IRI = "iri"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a question wants to be told. `example` is what a person would type."""

    name: str
    type: ParameterType
    example: str
    optional: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the library. `text` is the whole file.

    `question` and `described` are by language; `description` is the English one.

    `draw` is as the header has it; None: the answer is drawn by its columns.
    """

    name: str
    file: str
    text: str
    summary: str = ""
    description: str = ""
    question: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    described: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[str, ...] = ()
    draw: Mapping[str, object] | None = None

    def asked(self, language: str = "en") -> str:
        """The question in plain words: in *language*, else in English, else the summary."""
        return self.question.get(language) or self.question.get("en") or self.summary

    def said_with(self, parameters: Mapping[str, str], language: str = "en") -> str:
        """The question in plain words with its parameters in it; "…" for those not given."""
        words = {p.name: parameters.get(p.name, "…") for p in self.parameters}
        # A summary stands in for words that are missing; its braces are its own.
        return self.asked(language).format_map(words) if self.question else self.summary

    @property
    def usage(self) -> str:
        """The parameters for a person; those that may be left out in brackets."""
        names = (f"[{p.name}]" if p.optional else p.name for p in self.parameters)
        return " ".join(names)


def load_library(*folders: Path) -> Mapping[str, Question]:
    """Read every question of these folders, by name and in order of name.

    Args:
        folders: The shipped one first, then a project's own; one that does not exist is empty.

    Raises:
        QueryError: a header that cannot be read (file and line), or a name given twice.
    """
    found: dict[str, Question] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.rq")):
            question = read_question(path)
            if question.name in found:
                raise QueryError(
                    f"{path}: a question of this name exists already ({found[question.name].file});"
                    " expected a name of its own. Rename the file."
                )
            found[question.name] = question
    return MappingProxyType(dict(sorted(found.items())))


def read_question(path: Path) -> Question:
    """Read one `.rq` file. A file without a header is a question without parameters.

    Raises:
        QueryError: not readable, not UTF-8, or a header that says something kg does not know.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise QueryError(
            f"{path}: cannot be read ({error.strerror}); expected a file with SPARQL."
        ) from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{path}: not UTF-8; save the file as UTF-8.") from error
    return parse_question(text, name=path.stem, file=str(path))


def parse_question(text: str, *, name: str, file: str) -> Question:
    """Read a question from its text; *file* is told in errors."""
    return _Header(text, file).question(name)


def named(what: str, library: Mapping[str, Question]) -> Question:
    """The library's question of that name.

    Raises:
        UsageError: none of that name; tells the nearest ones.
    """
    if what in library:
        return library[what]
    close = get_close_matches(what, library, n=3) or list(library)
    raise UsageError(
        "The question library has no question of that name; did you mean "
        f"{', '.join(close)}? All of them: kg queries"
    )


class _Header:
    """The `#+` lines of one file, and where each of its keys stands."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        lines = []
        for line in text.splitlines():
            if not line.startswith("#+"):
                break
            lines.append(line[2:].removeprefix(" "))
        source = "\n".join(lines)
        try:
            tree = yaml.load(source, _Loader)  # noqa: S506 - a safe loader, in C or not
            root = yaml.compose(source, _Loader)
        except yaml.MarkedYAMLError as error:
            at = error.problem_mark.line + 1 if error.problem_mark else 1
            raise self._wrong(at, "not YAML", "lines of the form '#+ key: value'") from None
        except yaml.YAMLError:
            raise self._wrong(1, "not YAML", "lines of the form '#+ key: value'") from None
        self.lines = _lines(root)
        self.tree: dict[Any, Any] = {} if tree is None else tree
        if not isinstance(self.tree, dict):
            raise self._wrong(1, "no keys", "lines of the form '#+ key: value'")

    def _wrong(self, line: int, what: str, expected: str) -> QueryError:
        return QueryError(
            f"{self.file}, line {line}: the question's header: {what}; expected {expected}."
        )

    def _at(self, *path: str) -> int:
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def question(self, name: str) -> Question:
        """The header as a `Question`."""
        self._known(self.tree, _KEYS)
        columns = self._texts("columns")
        described = self._described()
        return Question(
            name=name,
            file=self.file,
            text=self.text,
            summary=self._text("summary"),
            description=described.get("en", ""),
            described=MappingProxyType(described),
            question=MappingProxyType(
                {str(k): self._text("question", str(k)) for k in self._table("question")}
            ),
            parameters=tuple(self._parameter(str(k)) for k in self._table("parameters")),
            columns=columns,
            draw=self._draw(columns),
        )

    def _known(self, table: Mapping[Any, Any], keys: Iterable[str], *path: str) -> None:
        for key in table:
            if key not in keys:
                raise self._wrong(
                    self._at(*path, str(key)), "a key that kg does not know", _one_of(keys)
                )

    def _get(self, *path: str) -> Any:
        node: Any = self.tree
        for part in path:
            node = node.get(part) if isinstance(node, dict) else None
        return node

    def _text(self, *path: str, needed: bool = False) -> str:
        value = self._get(*path)
        if value is None and not needed:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
            raise self._wrong(self._at(*path), f"{path[-1]} is no text", "a text, in quotes")
        return str(value)

    def _described(self) -> dict[str, str]:
        """What a question is about: a text, which is English, or texts by language."""
        if not isinstance(self._get("description"), dict):
            said = self._text("description")
            return {"en": said} if said else {}
        return {k: self._text("description", k) for k in self._table("description")}

    def _texts(self, *path: str) -> tuple[str, ...]:
        value = self._get(*path)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self._wrong(
                self._at(*path), f"{path[-1]} is no list", "a list, e.g. [key, title]"
            )
        return tuple(value)

    def _table(self, *path: str) -> Mapping[str, Any]:
        value = self._get(*path)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self._wrong(self._at(*path), f"{path[-1]} has no keys", "'key: value' under it")
        return {str(k): v for k, v in value.items()}

    def _parameter(self, name: str) -> Parameter:
        here = ("parameters", name)
        if not name.isidentifier() or not name.isascii() or name.startswith("_"):
            raise self._wrong(self._at(*here), "a parameter's name", "letters, digits and _")
        if name == LANGUAGE:
            raise self._wrong(
                self._at(*here),
                f"a parameter called {LANGUAGE}",
                f"another name: kg itself fills ?_{LANGUAGE} with the project's",
            )
        self._known(self._table(*here), _PARAMETER_KEYS, *here)
        kinds = [t.value for t in ParameterType]
        kind = self._text(*here, "type", needed=True)
        if kind not in kinds:
            raise self._wrong(self._at(*here, "type"), "a type kg does not know", _one_of(kinds))
        optional = self._get(*here, "optional")
        if optional not in (None, True, False):
            raise self._wrong(self._at(*here, "optional"), "optional", "true or false")
        return Parameter(
            name=name,
            type=ParameterType(kind),
            example=self._text(*here, "example", needed=True),
            optional=bool(optional),
            description=self._text(*here, "description"),
        )

    def _draw(self, columns: tuple[str, ...]) -> Mapping[str, object] | None:
        """The declaration, with every column that it names among the query's."""
        if self._get("draw") is None:
            return None
        self._known(self._table("draw"), ("nodes", "edges"), "draw")
        nodes = self._get("draw", "nodes")
        edges = self._get("draw", "edges") or []
        if not isinstance(nodes, list) or not isinstance(edges, list):
            raise self._wrong(self._at("draw"), "draw has no nodes", "nodes: [COLUMN], edges: […]")
        named = [node.get("column") if isinstance(node, dict) else node for node in nodes]
        for edge in edges:
            if not isinstance(edge, list) or len(edge) not in (2, 3):
                raise self._wrong(self._at("draw", "edges"), "an edge", "[FROM, TO, RELATION]")
            named += edge[:2]
        if any(name not in columns for name in named):
            raise self._wrong(self._at("draw"), "a column it does not have", _one_of(columns))
        return MappingProxyType(self._get("draw"))


def _lines(root: Any) -> dict[tuple[str, ...], int]:
    """Where each key of a YAML mapping stands, by its path; lines from 1."""
    found: dict[tuple[str, ...], int] = {}
    waiting: list[tuple[tuple[str, ...], Any]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                here = (*path, str(key.value))
                found[here] = key.start_mark.line + 1
                waiting.append((here, value))
    return found


def _one_of(names: Iterable[str]) -> str:
    return f"one of {', '.join(sorted(names))}"
