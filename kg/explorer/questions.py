"""The question library for the page: forms, and where their values go in the SPARQL.

The page has no parser. So each question says, in UTF-16 units of its text (as
JavaScript counts), where its parameters stand and where the innermost group
around each begins and ends: a value takes the place of the variable; several
values become VALUES at the beginning of the group; a parameter that is absent
empties the group. The rules are those of `kg.query.bind`.
"""

from collections.abc import Mapping
from typing import Any

from kg.messages import SPOKEN, column_name
from kg.query.library import LANGUAGE, Question
from kg.query.lint import Groups, lint
from kg.query.tokens import TokenKind


def forms(library: Mapping[str, Question]) -> list[dict[str, Any]]:
    """The questions, in order of name.

    Raises:
        QueryError: A question breaks the rules of the library.
    """
    return [_form(question) for _, question in sorted(library.items())]


def heads(library: Mapping[str, Question]) -> dict[str, dict[str, str]]:
    """Column → language → its head in an answer, where that is more than the column's name."""
    columns = sorted({column for question in library.values() for column in question.columns})
    found = {c: {lang: column_name(c, lang) for lang in sorted(SPOKEN)} for c in columns}
    return {c: said for c, said in found.items() if set(said.values()) != {c}}


def _form(question: Question) -> dict[str, Any]:
    body = question.text
    tokens = lint(question)
    groups = Groups(tokens, body)
    names = {f"?_{p.name}": p.name for p in question.parameters} | {f"?_{LANGUAGE}": LANGUAGE}
    # Where the text of the query begins: the header of comments is told in plain words instead.
    begin = tokens[0].start if tokens else 0

    def units(place: int) -> int:
        """Characters outside of the Basic Multilingual Plane count twice in JavaScript."""
        return len(body[begin:place].encode("utf-16-le")) // 2

    holes = []
    for index, token in enumerate(tokens):
        if token.kind is not TokenKind.VARIABLE or token.text not in names:
            continue
        group = groups.of(index)
        around = (
            [-1, -1]
            if group is None
            else [units(tokens[group].start) + 1, units(tokens[groups.ends[group]].start)]
        )
        start = units(token.start)
        holes.append([names[token.text], start, start + len(token.text), *around])
    return {
        "name": question.name,
        "question": dict(sorted(question.question.items())) or {"en": question.summary},
        "description": {lang: said.strip() for lang, said in sorted(question.described.items())},
        "parameters": [
            {"name": p.name, "type": p.type.value, "example": p.example, "optional": p.optional}
            for p in question.parameters
        ],
        "columns": list(question.columns),
        "text": body[begin:].strip(),
        "holes": holes,
    }
