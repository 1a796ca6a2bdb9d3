"""What may be asked: the gate that every query passes, on its tokens and on its parsed tree.

Refused in any spelling: `SERVICE`, `FROM`, `LOAD`, every update, functions by
address other than the casts of XML Schema. Nothing is looked for by pattern in
the text: an escaped keyword defeats that.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kg.errors import QueryError
from kg.query.tokens import (
    Token,
    TokenKind,
    is_iri_text,
    place_of,
    plain,
    source_offset,
    tokenize,
)
from kg.vocab import PREFIXES, XSD

#: Casts that SPARQL 1.1 names (17.5); other functions by address could be anything.
CASTS = frozenset(
    XSD + name
    for name in ("boolean", "date", "dateTime", "decimal", "double", "float", "integer", "string")
)
_DEEPEST = 40
_REFUSED_NODES = {
    "ServiceGraphPattern": "SERVICE",
    "DatasetClause": "FROM",
}
_KINDS = {
    "SelectQuery": "select",
    "AskQuery": "ask",
    "ConstructQuery": "graph",
    "DescribeQuery": "graph",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that passed. `text` is what an engine may run; nothing else may be given to one.

    `kind` is what it answers with: "select", "ask" or "graph". `tree` is
    rdflib's, of `text`; `tokens` and `source` are what the text was made from.
    """

    text: str
    kind: str
    tree: Any = field(repr=False)
    tokens: tuple[Token, ...] = field(repr=False)
    source: str = field(repr=False)

    def place(self, line: int, column: int) -> str:
        """Where in the source stands what an engine calls this line and column of `text`."""
        lines = self.text.split("\n")
        offset = sum(len(text) + 1 for text in lines[: line - 1]) + column - 1
        head = len(self.text) - len(plain(self.tokens))
        return place_of(self.source, source_offset(self.tokens, max(offset - head, 0)))


# The rdflib view asks twice for each question: where text comes in, and at the engine.
@lru_cache(maxsize=64)
def check(source: str) -> Checked:
    r"""Let a query through, or say why not.

    The prefixes of `kg.vocab.PREFIXES` are declared for it where it uses one
    without declaring it.

    Raises:
        QueryError: refused, or not SPARQL 1.1. Tells line and column, never the query's words.

    >>> check("ASK { ?o a oh:Outcome }").text
    'PREFIX oh: <https://w3id.org/outcome-harvest/ns#>\nASK { ?o a oh:Outcome }'
    """
    return check_tokens(tokenize(source), source)


def check_tokens(tokens: Sequence[Token], source: str) -> Checked:
    """`check`, for tokens already read from *source* (which is used for telling places alone)."""
    if not tokens:
        raise QueryError(
            "The query is empty; expected SPARQL, e.g. 'SELECT * WHERE { ?o a oh:Outcome }'."
        )
    _check_depth(tokens, source)
    declared = _declared(tokens, source)
    head = _head(tokens, declared)
    text = head + plain(tokens)
    tree = _parse(text, tokens, source, skip=len(head))
    for node in _nodes(tree):
        if node.name in _REFUSED_NODES:
            raise QueryError(
                f"{_REFUSED_NODES[node.name]} is refused: kg answers from this harvest alone. "
                "Take it out of the query."
            )
        if node.name == "Function":
            _check_function(node.iri, PREFIXES | declared)
    return Checked(text, _KINDS[tree[1].name], tree, tuple(tokens), source)


def _check_depth(tokens: Sequence[Token], source: str) -> None:
    depth = 0
    for token in tokens:
        if token.is_sign("{", "(", "["):
            depth += 1
        elif token.is_sign("}", ")", "]"):
            depth -= 1
        if depth > _DEEPEST:
            raise QueryError(
                f"The query, {place_of(source, token.start)}: more than {_DEEPEST} brackets in "
                "each other. Ask a simpler question."
            )


def _declared(tokens: Sequence[Token], source: str) -> dict[str, str]:
    """Prefixes that the query declares, and a check of every address in it."""
    declared: dict[str, str] = {}
    based = any(t.is_word("base") for t in tokens)
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.IRI:
            relative = ":" not in token.text.split("/", 1)[0]
            if relative and not based:
                raise QueryError(
                    f"The query, {place_of(source, token.start)}: an address without its scheme; "
                    "expected a whole one, e.g. <https://example.org/harvest/fragment/civ010>."
                )
        if token.is_word("prefix") and index + 2 < len(tokens):
            name, iri = tokens[index + 1], tokens[index + 2]
            if name.kind is TokenKind.NAME and iri.kind is TokenKind.IRI:
                declared[name.text.partition(":")[0]] = iri.text[1:-1]
    return declared


def _head(tokens: Sequence[Token], declared: dict[str, str]) -> str:
    used = {t.text.partition(":")[0] for t in tokens if t.kind is TokenKind.NAME}
    missing = sorted((used & PREFIXES.keys()) - declared.keys())
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in missing)


def _parse(text: str, tokens: Sequence[Token], source: str, *, skip: int) -> Any:
    from pyparsing import ParseBaseException

    _check_prefixes(tokens, source)
    try:
        return _tree(text)
    except ParseBaseException as error:
        at = source_offset(tokens, max(error.loc - skip, 0))
        raise QueryError(
            f"The query, {place_of(source, at)}: not SPARQL 1.1 from here on; expected a SELECT, "
            "ASK, CONSTRUCT or DESCRIBE query. Look at brackets, dots and spelling near there."
        ) from None
    except RecursionError:
        raise QueryError(
            "The query is too long or too deep to be checked; ask a smaller question."
        ) from None


#: pyparsing learns in its first use how its actions are called, and two threads confuse it.
_one_at_a_time = threading.Lock()


@lru_cache(maxsize=64)
def _tree(text: str) -> Any:
    """A query as rdflib parses it; nobody changes it. A server parses the same few all day."""
    from rdflib.plugins.sparql.parser import parseQuery

    with _one_at_a_time:
        return parseQuery(text)


def _check_prefixes(tokens: Sequence[Token], source: str) -> None:
    known = PREFIXES | _declared(tokens, source)
    for token in tokens:
        if token.kind is TokenKind.NAME and token.text.partition(":")[0] not in known:
            raise QueryError(
                f"The query, {place_of(source, token.start)}: a prefix that is not declared; "
                f"expected PREFIX before the query, or one of {', '.join(sorted(PREFIXES))}."
            )


def _nodes(tree: Any) -> Iterator[Any]:
    """Every named node of a parsed query, depth first."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, CompValue):
            yield node
            waiting += node.values()
        elif isinstance(node, ParseResults | list | tuple | set):
            waiting += list(node)


def _check_function(name: Any, prefixes: dict[str, str]) -> None:
    iri = str(name)
    if getattr(name, "name", "") == "pname":
        # dict.get: a node's own `get` answers with the key itself where it has no value.
        prefix = dict.get(name, "prefix", "")
        iri = prefixes.get(prefix, "") + str(dict.get(name, "localname", ""))
    if iri not in CASTS:
        raise QueryError(
            "A function by address is refused, but for the casts of XML Schema such as "
            "xsd:integer; expected a function of SPARQL 1.1. Take it out of the query."
        )


def nodes_named(tree: Any, *names: str) -> list[Any]:
    """The nodes of a tree with one of these names, in no particular order."""
    return [node for node in _nodes(tree) if node.name in names]


def safe_iri(iri: str) -> bool:
    """An absolute IRI that can be written between angle brackets as it is."""
    return ":" in iri.split("/", 1)[0] and is_iri_text(iri)
