"""What one cell means by itself, remembered: coded cells hold few values, met again and again.

Every function here is pure. Long cells are read anew each time, so that what
is remembered stays small whatever people write.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kg.blank import is_blank
from kg.choices import Choices, Vocabulary, read_choices
from kg.model import NARRATIVE, Cell, Choice, Statement
from kg.redaction import only_marks
from kg.stated_places import read_places
from kg.values import is_cell_error, project_value, read_boolean, read_round
from kg.years import no_such_date, read_years

#: Length of a label that is cut from a description, its "…" included.
LABEL_LENGTH = 100

#: Longer cells are not remembered.
_SHORT = 120
_MANY = 8192
_NARRATIVE = frozenset(NARRATIVE)


def trimmed(text: str) -> str:
    """NFC without outer white space; "" where the cell says that it is empty."""
    return _trimmed(text) if len(text) <= _SHORT else _trim(text)


def _trim(text: str) -> str:
    return "" if is_blank(text) else unicodedata.normalize("NFC", text).strip()


_trimmed = lru_cache(maxsize=_MANY)(_trim)


def told(field: str, text: str, values: Mapping[str, Mapping[str, str]]) -> str:
    """A trimmed cell as `[values]` of `kg.toml` has it read; "" where it was redacted."""
    if not text:
        return ""
    said = _unredacted(text) if len(text) <= _SHORT else _kept(text)
    return project_value(field, said, values) if said and values else said


def _kept(text: str) -> str:
    return "" if only_marks(text) else text


_unredacted = lru_cache(maxsize=_MANY)(_kept)


def statement(field: str, heading: str, text: str) -> Statement:
    """The statement of a coded cell."""
    return (_statement if len(text) <= _SHORT else _new_statement)(field, heading, text)


def narrated(told: Sequence[tuple[Cell, str]]) -> list[str]:
    """The texts of the cells that tell something in words, in which names may be found."""
    return [text for cell, text in told if cell.field in _NARRATIVE and not _failed(text)]


def _failed(text: str) -> bool:
    """Is a trimmed cell an error of the spreadsheet?"""
    return text[:1] == "#" and is_cell_error(text)


def statements(
    told: Sequence[tuple[Cell, str]], tongues: Iterable[str | None]
) -> tuple[Statement, ...]:
    """A statement for each cell that says something; *tongues* of the narrative ones, in order."""
    language = iter(tongues)
    return tuple(
        Statement(cell.field, cell.heading, text, narrative=True, language=next(language))
        if cell.field in _NARRATIVE and not _failed(text)
        else statement(cell.field, cell.heading, text)
        for cell, text in told
    )


def _new_statement(field: str, heading: str, text: str) -> Statement:
    return Statement(field, heading, text, narrative=False)


_statement = lru_cache(maxsize=_MANY)(_new_statement)


def choices(
    field: str,
    text: str,
    *,
    vocabulary: Vocabulary,
    values: Mapping[str, Mapping[str, str]],
) -> Choices:
    """The values of a trimmed coded cell; none where it was redacted."""
    if values.get(field) or len(text) > _SHORT:
        return (
            Choices()
            if only_marks(text)
            else read_choices(field, text, vocabulary=vocabulary, values=values)
        )
    return _choices(field, text, vocabulary)


@lru_cache(maxsize=_MANY)
def _choices(field: str, text: str, vocabulary: Vocabulary) -> Choices:
    return Choices() if only_marks(text) else read_choices(field, text, vocabulary=vocabulary)


def answer(field: str, text: str) -> bool | None:
    """The answer of a cell; None for what is none."""
    return _answer(field, text) if len(text) <= _SHORT else read_boolean(text, field=field)


@lru_cache(maxsize=_MANY)
def _answer(field: str, text: str) -> bool | None:
    return read_boolean(text, field=field)


@lru_cache(maxsize=_MANY)
def _years(text: str) -> tuple[int, ...]:
    return read_years(text)


def years(text: str) -> tuple[int, ...]:
    """The years that a cell names."""
    return _years(text) if len(text) <= _SHORT else read_years(text)


def in_no_calendar(text: str) -> bool:
    """Is a cell a date that no calendar has?"""
    return len(text) <= _SHORT and _in_no_calendar(text)


@lru_cache(maxsize=_MANY)
def _in_no_calendar(text: str) -> bool:
    return no_such_date(text)


def harvest_round(text: str) -> Choice | None:
    """The harvest round that a cell names."""
    return _round(text) if len(text) <= _SHORT else read_round(text)


@lru_cache(maxsize=_MANY)
def _round(text: str) -> Choice | None:
    return read_round(text)


def places(text: str) -> tuple[tuple[Choice, ...], str]:
    """The countries and regions that a cell states, and the problem with them."""
    return _places(text) if len(text) <= _SHORT else read_places(text)


@lru_cache(maxsize=_MANY)
def _places(text: str) -> tuple[tuple[Choice, ...], str]:
    return read_places(text)


def label(title: str, description: str) -> str:
    """What an outcome is called: its title, else the description cut at a word.

    >>> label("", "word " * 40)[-6:], len(label("", "word " * 40)) <= LABEL_LENGTH
    (' word…', True)
    """
    if title:
        return " ".join(title.split())
    # a hundred words are longer than any label
    text = " ".join(description.split(maxsplit=LABEL_LENGTH)[:LABEL_LENGTH])
    if len(text) <= LABEL_LENGTH:
        return text
    cut = text[:LABEL_LENGTH]  # one more than fits: a word may end just there
    head = cut.rpartition(" ")[0] or cut[:-1]
    return head.rstrip(" ,;:–—-") + "…"
