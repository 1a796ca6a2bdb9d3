"""Headings that are whole questions: "Who else contributed to this change, and how?".

A question is known by its first words and a few that follow in order, whatever
stands between them: lists in `ontology/headings.yaml`, never code. What such
a heading is taken for is always told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.read.lexicon import headings_data
from kg.read.words import spelt_signs, stem, unbracketed, unmarked, unnumbered, words

_LONGEST = 60  # words


@dataclass(frozen=True, slots=True)
class Question:
    """One listed question: each step is a word in its spellings; `fields` are what it may ask."""

    fields: tuple[str, ...]
    steps: tuple[tuple[str, ...], ...]

    def fits(self, tokens: Sequence[str]) -> bool:
        """Does a heading begin with the first step, and hold the others behind it, in order?"""
        if not tokens or not _is(tokens[0], self.steps[0]):
            return False
        at = 1
        for step in self.steps[1:]:
            at = next((i + 1 for i in range(at, len(tokens)) if _is(tokens[i], step)), 0)
            if not at:
                return False
        return True

    def holds(self, token: str) -> bool:
        """Is a word one of its own?"""
        return any(_is(token, step) for step in self.steps)


def _is(token: str, step: Sequence[str]) -> bool:
    return any(
        token.startswith(word[:-1]) if word.endswith("*") else token == word for word in step
    )


def asked_fields(plain: str, *, qualifiers: frozenset[str]) -> tuple[str, ...]:
    """The fields that a question may ask for; one where it is plain, none where nothing fits.

    Several, or one behind a "", where only a person can tell.

    Args:
        plain: The heading.
        qualifiers: Words that change what is asked, unless the question is listed with them.

    >>> asked_fields("3. Who else contributed to this change, and how?", qualifiers=frozenset())
    ('contribution_others',)
    >>> asked_fields("Budget", qualifiers=frozenset())
    ()
    """
    data = _data()
    tokens = _opened(plain, data.opening)
    if not 1 < len(tokens) <= _LONGEST:
        return ()
    found = [question for question in data.questions if question.fits(tokens)]
    most = max((len(question.steps) for question in found), default=0)
    best = [question for question in found if len(question.steps) == most]
    fields = tuple(dict.fromkeys(field for question in best for field in question.fields))
    strange = [
        token
        for token in tokens
        if (token in data.negating or stem(token) in qualifiers)
        and not any(question.holds(token) for question in best)
    ]
    return ("", *fields) if fields and strange else fields


def _opened(plain: str, opening: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The words of a heading without its number, what stands in brackets, and "please"."""
    bare, _ = unbracketed(plain)
    tokens = words(unnumbered(unmarked(spelt_signs(bare or plain))))
    while said := next((phrase for phrase in opening if tokens[: len(phrase)] == phrase), ()):
        tokens = tokens[len(said) :]
    return tokens


@dataclass(frozen=True, slots=True)
class _Data:
    questions: tuple[Question, ...]
    opening: tuple[tuple[str, ...], ...]
    negating: frozenset[str]


@cache
def _data() -> _Data:
    tree = headings_data()
    listed = tree["questions"]
    opening = tree["openings"]
    assert isinstance(listed, dict)  # noqa: S101 - shipped data
    assert isinstance(opening, list)  # noqa: S101 - shipped data
    questions = [
        Question(tuple(fields.split()), _steps(text))
        for fields, languages in listed.items()
        for texts in languages.values()
        for text in texts
    ]
    return _Data(
        tuple(questions),
        tuple(words(str(phrase)) for phrase in opening),
        frozenset(words(str(tree["negating_words"]))),
    )


def _steps(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(_word, step.split("|"))) for step in text.split())


@cache
def _word(written: str) -> str:
    """A word as headings are compared, with the "*" behind its beginning."""
    folded = words(re.sub(r"\*$", "", written))
    assert len(folded) == 1, written  # noqa: S101 - shipped data
    return folded[0] + ("*" if written.endswith("*") else "")
