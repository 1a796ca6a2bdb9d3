"""The rules of the library, on a question's tokens: which variables may stand where.

See `kg.query.bind` for what the rules are good for.
"""

from collections.abc import Iterator, Sequence

from kg.errors import QueryError
from kg.query.library import LANGUAGE, Question
from kg.query.tokens import Token, TokenKind, place_of, tokenize


class Groups:
    """The `{…}` of a query: where each begins and ends, and what it lies in."""

    def __init__(self, tokens: Sequence[Token], source: str) -> None:
        self.tokens = tokens
        self.ends: dict[int, int] = {}
        self.parents: dict[int, int | None] = {}
        self._of: list[int | None] = []
        open_: list[int] = []
        for index, token in enumerate(tokens):
            if token.is_sign("{"):
                self.parents[index] = open_[-1] if open_ else None
                open_.append(index)
            self._of.append(open_[-1] if open_ else None)
            if token.is_sign("}"):
                if not open_:
                    raise QueryError(
                        f"The query, {place_of(source, token.start)}: a bracket too many; "
                        "expected one '}' for each '{'."
                    )
                self.ends[open_.pop()] = index
        if open_:
            raise QueryError(
                f"The query, {place_of(source, tokens[open_[-1]].start)}: a bracket that nothing "
                "closes; expected one '}' for each '{'."
            )

    def of(self, index: int) -> int | None:
        """Where the innermost group around a token begins."""
        return self._of[index]

    def plain(self, begin: int) -> bool:
        """Is it a group of its own, and not the body of WHERE, OPTIONAL, UNION, EXISTS …?"""
        if self.parents[begin] is None:
            return False
        before = self.tokens[begin - 1]
        behind = self.tokens[self.ends[begin] + 1 :][:1]
        return (
            before.is_sign("{", "}", ".")
            and not self.tokens[begin + 1].is_word("select")
            and not any(t.is_word("union") for t in behind)
        )

    def inside(self, begin: int) -> Iterator[Token]:
        """The tokens between its brackets."""
        return iter(self.tokens[begin + 1 : self.ends[begin]])


def lint(question: Question) -> tuple[Token, ...]:
    """The question's tokens, if it keeps to the rules of the library.

    Raises:
        QueryError: a parameter not declared, declared and not used, projected, or optional and
            not in a plain group of its own; columns other than those declared.
    """
    tokens = tokenize(question.text)
    groups = Groups(tokens, question.text)
    declared = {p.name: p for p in question.parameters}
    used = {
        index: t.text[2:]
        for index, t in enumerate(tokens)
        if t.kind is TokenKind.VARIABLE and t.text.startswith("?_")
    }
    for index, name in used.items():
        place = f"{question.file}, {place_of(question.text, tokens[index].start)}"
        if name not in declared and name != LANGUAGE:
            raise QueryError(
                f"{place}: ?_{name} is no declared parameter; expected it under '#+ parameters:', "
                "or a variable whose name does not begin with '_'."
            )
        begin = groups.of(index)
        if begin is None or tokens[index - 1].is_word("as") or tokens[begin + 1 :][:1] == ():
            raise QueryError(
                f"{place}: a parameter among the columns or in the order; expected it inside "
                "WHERE { … }. Use a variable of the question's own there."
            )
        if name in declared and declared[name].optional:
            _lint_switch(groups, begin, name, place)
    unused = sorted(declared.keys() - set(used.values()))
    if unused:
        raise QueryError(
            f"{question.file}: parameter {', '.join(unused)} is declared and not used; expected "
            f"?_{unused[0]} in the query."
        )
    _lint_columns(question, tokens)
    return tokens


def _lint_switch(groups: Groups, begin: int, name: str, place: str) -> None:
    if not groups.plain(begin):
        raise QueryError(
            f"{place}: ?_{name} may be absent, and then its group is emptied; expected a plain "
            f"group of its own around it, e.g. {{ ?outcome oh:year ?_{name} }}, behind a '.' or a "
            "bracket."
        )
    others = {
        t.text
        for t in groups.inside(begin)
        if t.kind is TokenKind.VARIABLE and t.text.startswith("?_")
    } - {f"?_{name}", f"?_{LANGUAGE}"}
    if others:
        raise QueryError(
            f"{place}: the group of ?_{name}, which may be absent, holds another parameter; "
            "expected a group for each."
        )


def _lint_columns(question: Question, tokens: Sequence[Token]) -> None:
    if not question.columns:
        return
    found = projected(tokens)
    if found != question.columns:
        raise QueryError(
            f"{question.file}: the header declares other columns than SELECT gives; expected "
            f"'#+ columns: [{', '.join(found)}]'."
        )


def projected(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The columns of a SELECT, in order; empty for `*` and for other queries.

    >>> projected(tokenize("SELECT ?a (COUNT(?x) AS ?n) WHERE { ?a ?b ?x } GROUP BY ?a"))
    ('a', 'n')
    """
    found: list[str] = []
    depth = 0
    head = next((i for i, t in enumerate(tokens) if t.is_word("select")), len(tokens))
    for before, token in zip(tokens[head:], tokens[head + 1 :], strict=False):
        if token.is_sign("{") or token.is_word("where"):
            break
        depth += token.is_sign("(") - token.is_sign(")")
        if token.kind is TokenKind.VARIABLE and (depth == 0 or before.is_word("as")):
            found.append(token.text[1:])
    return tuple(found)


def appearance(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The variables in the order in which ``SELECT *`` gives them: as they appear.

    Empty for a SELECT that names its columns: they have an order already.
    """
    if projected(tokens):
        return ()
    return tuple(dict.fromkeys(t.text[1:] for t in tokens if t.kind is TokenKind.VARIABLE))
