"""Parameters: values that people type → validated RDF terms in the query, on any engine alike.

In a question a parameter `code` is the variable `?_code`, wherever it is
needed (sub-selects, FILTER, EXISTS). Before an engine sees the query, tokens
are replaced, not text: a value can only ever be one IRI or one literal, and
the tree of the bound query is compared with the tree of the question.

- A value that means one thing takes the variable's place.
- A value that means several (a code without its country) becomes
  ``VALUES ?_code { … }`` at the beginning of the innermost group that uses it.
- An absent optional parameter empties the innermost group that uses it. That
  group must be a plain one, for this and nothing else::

      { ?outcome oh:year ?_year }

- `?_language` is the language of the project; nobody declares it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import ParameterError, QueryError, UsageError
from kg.query.guard import Checked, check_tokens, safe_iri
from kg.query.library import LANGUAGE, Parameter, ParameterType, Question
from kg.query.lint import Groups, lint
from kg.query.tokens import Token, TokenKind, moved, quote
from kg.vocab import XSD, fold

#: What a person typed for a parameter of a type → IRIs. Raises UsageError where it means nothing,
#: or several things that are not the same.
Resolver = Callable[[ParameterType, str], Sequence[str]]

_TARGETS = frozenset(
    {
        ParameterType.FRAGMENT,
        ParameterType.ORGANISATION,
        ParameterType.CODE,
        ParameterType.OBJECTIVE,
        ParameterType.COUNTRY,
        ParameterType.ACTOR,
    }
)
_EXPECTED = {
    ParameterType.YEAR: "a year of four digits",
    ParameterType.INTEGER: "a whole number",
    ParameterType.DECIMAL: "a number",
    ParameterType.TEXT: "at least one letter or digit",
    ParameterType.IRI: "a whole address",
}
_PATTERNS = {
    ParameterType.YEAR: (re.compile(r"[12][0-9]{3}"), "gYear"),
    ParameterType.INTEGER: (re.compile(r"[+-]?[0-9]{1,12}"), "integer"),
    ParameterType.DECIMAL: (re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,12})?"), "decimal"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """A validated RDF term: an IRI, or a literal with its type ("" for plain text)."""

    value: str
    datatype: str = ""

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The term as it stands in a query."""
        if self.datatype == _IRI:
            return (Token(TokenKind.IRI, f"<{self.value}>", 0),)
        string = Token(TokenKind.STRING, quote(self.value), 0)
        if not self.datatype:
            return (string,)
        return (
            string,
            Token(TokenKind.SIGN, "^^", 0, joined=True),
            Token(TokenKind.IRI, f"<{self.datatype}>", 0, joined=True),
        )


_IRI = "iri"


def bind(
    question: Question,
    values: Mapping[str, object],
    *,
    resolve: Resolver,
    language: str = "en",
) -> Checked:
    """The question with its parameters in place, checked and ready to run.

    Args:
        question: From the library, or free SPARQL without parameters.
        values: Parameter name → what a person typed; numbers are taken as well. None is absent.
        resolve: Finds what the words of a target mean in this harvest.
        language: Language of labels, filled in for `?_language`.

    Raises:
        UsageError: a parameter that the question lacks, one that is missing, or a target that
            is unknown or ambiguous.
        QueryError: a value of the wrong form, or a question that breaks the rules above.
    """
    tokens = lint(question)
    given = _given(question, values)
    terms = {
        parameter.name: _terms(parameter, given[parameter.name], resolve)
        for parameter in question.parameters
        if parameter.name in given
    }
    terms[LANGUAGE] = (Term(language),)
    absent = {p.name for p in question.parameters} - given.keys()
    kept = _without(tokens, absent)
    several = {
        name: tuple(token for term in found for token in term.tokens)
        for name, found in terms.items()
        if len(found) > 1
    }
    single = {name: found[0].tokens for name, found in terms.items() if len(found) == 1}
    bound = check_tokens(_substituted(_with_values(kept, several), single), question.text)
    if not given:
        return bound  # nothing that anybody typed stands in it
    undefined = {name: (_UNDEF,) * len(terms[name]) for name in several}
    pattern = check_tokens(_with_values(kept, undefined), question.text)
    if not _same(pattern.tree, bound.tree, terms):
        raise QueryError(
            f"{question.file}: a parameter stands where it changes what is asked, such as the "
            "place of a property; expected the place of a value. Correct the question."
        )
    return bound


def _given(question: Question, values: Mapping[str, object]) -> dict[str, str]:
    """What was typed, by parameter. Tells all that is unknown or missing at once."""
    given = {name: str(value).strip() for name, value in values.items() if value is not None}
    known = {p.name for p in question.parameters}
    unknown = sorted(given.keys() - known)
    missing = [p for p in question.parameters if not p.optional and p.name not in given]
    offered = ", ".join(f"{p.name}{'?' if p.optional else ''}" for p in question.parameters)
    if unknown:
        raise UsageError(
            f"{question.name}: no parameter {', '.join(unknown)}; expected {offered or 'none'}. "
            "Parameters of every question: kg queries"
        )
    if missing:
        raise UsageError(
            f"{question.name}: parameter {', '.join(p.name for p in missing)} is missing; add "
            + " ".join(f'-p {p.name}="{p.example}"' for p in missing)
        )
    return given


def _terms(parameter: Parameter, text: str, resolve: Resolver) -> tuple[Term, ...]:
    if parameter.type in _TARGETS:
        try:
            found = tuple(sorted(set(resolve(parameter.type, text))))
        except UsageError as error:
            raise type(error)(f"Parameter {parameter.name}: {error}") from error
        if not found or not all(safe_iri(iri) for iri in found):
            raise _wrong(parameter, f"{parameter.type} of this harvest")
        return tuple(Term(iri, _IRI) for iri in found)
    if parameter.type is ParameterType.TEXT:
        folded = fold(text)
        if not any(c.isalnum() for c in folded):
            raise _wrong(parameter, _EXPECTED[parameter.type])
        return (Term(folded),)
    if parameter.type is ParameterType.IRI:
        if not safe_iri(text):
            raise _wrong(parameter, _EXPECTED[parameter.type])
        return (Term(text, _IRI),)
    form, datatype = _PATTERNS[parameter.type]
    if not form.fullmatch(text):
        raise _wrong(parameter, _EXPECTED[parameter.type])
    return (Term(text.replace(",", "."), XSD + datatype),)


def _wrong(parameter: Parameter, expected: str) -> ParameterError:
    return ParameterError(
        f"Parameter {parameter.name}: not of the right form; expected {expected}, "
        f"e.g. -p {parameter.name}={parameter.example!r}."
    )


def _without(tokens: Sequence[Token], absent: set[str]) -> tuple[Token, ...]:
    """The query with the groups of absent parameters emptied."""
    groups = Groups(tokens, "")
    marks = {f"?_{name}" for name in absent}
    dropped: set[int] = set()
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.VARIABLE and token.text in marks:
            begin = groups.of(index)
            if begin is not None:
                dropped |= set(range(begin + 1, groups.ends[begin]))
    return tuple(t for i, t in enumerate(tokens) if i not in dropped)


_UNDEF = Token(TokenKind.WORD, "UNDEF", 0)


def _with_values(
    tokens: Sequence[Token], terms: Mapping[str, Sequence[Token]]
) -> tuple[Token, ...]:
    """The query with ``VALUES ?_name { … }`` in every innermost group that uses one of *terms*."""
    groups = Groups(tokens, "")
    wanted: dict[int, set[str]] = {}
    for index, token in enumerate(tokens):
        begin = groups.of(index)
        if token.kind is TokenKind.VARIABLE and token.text[2:] in terms and token.text[1] == "_":
            if begin is None or tokens[begin + 1].is_word("select"):
                raise QueryError(
                    f"Parameter {token.text[2:]} means several things here, and the question can "
                    "take one alone. Say it more exactly."
                )
            wanted.setdefault(begin, set()).add(token.text[2:])
    out: list[Token] = []
    for index, token in enumerate(tokens):
        out.append(token)
        for name in sorted(wanted.get(index, ())):
            out += [
                Token(TokenKind.WORD, "VALUES", token.start),
                Token(TokenKind.VARIABLE, f"?_{name}", token.start),
                Token(TokenKind.SIGN, "{", token.start),
                *(moved(part, like=token) for part in terms[name]),
                Token(TokenKind.SIGN, "}", token.start),
            ]
    return tuple(out)


def _substituted(
    tokens: Sequence[Token], terms: Mapping[str, Sequence[Token]]
) -> tuple[Token, ...]:
    out: list[Token] = []
    for token in tokens:
        if token.kind is TokenKind.VARIABLE and token.text[1] == "_" and token.text[2:] in terms:
            out += (moved(part, like=token) for part in terms[token.text[2:]])
        else:
            out.append(token)
    return tuple(out)


def _same(pattern: Any, bound: Any, terms: Mapping[str, Sequence[Term]]) -> bool:
    """Do two trees differ in nothing but parameters, each replaced by a term that it means?"""
    from rdflib import Variable
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(pattern, Variable) and str(pattern)[1:] in terms and str(pattern)[0] == "_":
        means = terms[str(pattern)[1:]]
        return bool(pattern == bound) if len(means) > 1 else _term(bound) == means[0]
    if isinstance(pattern, str) and str(pattern) == "UNDEF" and bound != pattern:
        return any(_term(bound) in found for found in terms.values())
    if isinstance(pattern, CompValue):
        return (
            isinstance(bound, CompValue)
            and pattern.name == bound.name
            and pattern.keys() == bound.keys()
            and all(_same(pattern[key], bound[key], terms) for key in pattern)
        )
    if hasattr(pattern, "__iter__") and not isinstance(pattern, str):
        left, right = list(pattern), list(bound) if hasattr(bound, "__iter__") else []
        return len(left) == len(right) and all(
            _same(a, b, terms) for a, b in zip(left, right, strict=True)
        )
    return bool(pattern == bound)


def _term(node: Any) -> Term | None:
    """A node of rdflib's tree as a term; None for what is none, or has a language."""
    from rdflib import URIRef

    if isinstance(node, URIRef):
        return Term(str(node), _IRI)
    if getattr(node, "name", "") == "literal" and "lang" not in node:
        return Term(str(node["string"]), str(node["datatype"]) if "datatype" in node else "")
    return None
