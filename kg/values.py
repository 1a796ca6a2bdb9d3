"""Coded cells that are no choices: answers and rounds. Raw values stay in the statement.

Unknown stays unknown: a blank is no "no".
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import yaml

from kg.blank import is_blank
from kg.model import Choice
from kg.redaction import has_mark
from kg.resources import resource
from kg.vocab import fold, slug

#: A longer value is a sentence, and may name anybody.
LONGEST = 100

#: What may stand around a value and says nothing.
OUTER = " .,;:!?\"'()[]«»“”*"

_COLOURED = "\ufe0f"  # behind a sign: "as a picture"
# A word beside a number: as in "2 - no" and "no (0)".
_NUMBERED = re.compile(
    r"[0-9]{1,2}\s*[-=.:)–]\s*(?P<behind>[^\W\d].*)|(?P<before>[^\W\d].*?)\s*[(\[]\s*[0-9]{1,2}"
)


@cache
def words() -> Mapping[str, Any]:
    """The words of `ontology/values.yaml`."""
    path = resource("ontology", "values.yaml")
    # BaseLoader: every scalar is a text; "yes" and "no" are words here.
    data: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - builds texts, lists and mappings alone
    return data


def is_cell_error(text: str) -> bool:
    """Is a whole cell what a spreadsheet shows where a formula failed?

    >>> is_cell_error("#REF!"), is_cell_error(" #¡DIV/0! "), is_cell_error("#1")
    (True, True, False)
    """
    # Asked of every cell of every record: nearly all are done with the first look.
    return "#" in text and text.strip().upper() in _cell_errors()


@cache
def _cell_errors() -> frozenset[str]:
    return frozenset(words()["cell_errors"])


@cache
def _answers(field: str) -> Mapping[str, bool]:
    data = words()
    own = data["answers"].get(field, {})
    return {
        fold(word): answer == "true"
        for answer in ("true", "false")
        for word in (*data[answer], *own.get(answer, []))
    }


def project_value(field: str, text: str, values: Mapping[str, Mapping[str, str]]) -> str:
    """The cell as `[values]` of `kg.toml` has it read; as typed where it says nothing of it.

    >>> project_value("scale", " Nat ", {"scale": {"nat": "national"}})
    'national'
    """
    told = values.get(field)
    if not told:
        return text
    wanted = fold(text)
    return next((now for raw, now in told.items() if fold(raw) == wanted), text)


def read_boolean(text: str, *, field: str = "") -> bool | None:
    """The answer that a cell gives; None for a blank, and for what is no plain answer.

    Some columns have answers of their own: "negative" in the column of that name.

    >>> read_boolean("NO"), read_boolean("1.0"), read_boolean("faux"), read_boolean("")
    (False, True, False, None)
    """
    if len(text) > LONGEST:
        return None
    bare = text.replace(_COLOURED, "")
    said = [part for part in _both(ticked(bare)) if part.strip(OUTER)]
    found = {_answer(part, field) for part in said}
    return found.pop() if len(found) == 1 else None


def _answer(text: str, field: str) -> bool | None:
    folded = fold(text).strip(OUTER)
    folded = re.sub(r"(?<=^[01])[.,]0+$", "", folded)
    numbered = _NUMBERED.fullmatch(folded)  # the word beside a number decides: "2 - no"
    if numbered is not None:
        folded = numbered["behind"] or numbered["before"]
    return _answers(field).get(folded)


def _both(text: str) -> Sequence[str]:
    """The answers of a cell that gives it twice: "Oui / Yes", "✓ yes"."""
    parts = text.split("/")
    mark, _, word = text.strip().partition(" ")
    if len(parts) == 1 and word and not any(c.isalnum() for c in mark):
        parts = [mark, word]
    return parts


def ticked(text: str) -> str:
    """Of a list of boxes those that are ticked, one a line; any other text as it is.

    >>> ticked("☐ Yes ☑ No"), ticked("☑")
    ('No', '☑')
    """
    pieces = _boxes().split(text)
    if len(pieces) == 1 or pieces[0].strip() or not any(label.strip() for label in pieces[2::2]):
        return text
    marks = words()["boxes"]["ticked"]
    pairs = zip(pieces[1::2], pieces[2::2], strict=True)
    return "\n".join(label.strip() for box, label in pairs if box in marks)


@cache
def _boxes() -> re.Pattern[str]:
    boxes = words()["boxes"]
    every = sorted((*boxes["ticked"], *boxes["empty"]), key=lambda box: (-len(box), box))
    return re.compile(f"({'|'.join(map(re.escape, every))})")


def read_round(text: str) -> Choice | None:
    """The harvest round that a cell names; with a number it is known, else kept as stated.

    >>> read_round("Récolte 1"), read_round("2.0").label
    (Choice(scheme='round', slug='harvest-1', label='harvest 1', known=True), 'harvest 2')
    >>> read_round("Mid-term").known
    False
    """
    stated = " ".join(text.split())
    if is_blank(stated) or has_mark(stated) or len(stated) > LONGEST:
        return None
    number = _round_number(stated)
    if number is None:
        return Choice("round", slug(stated), stated, known=False)
    label = f"{words()['round_label']} {number}"
    return Choice("round", slug(label), label)


def _round_number(text: str) -> int | None:
    match = _round_pattern().fullmatch(fold(text).strip(OUTER))
    if match is None:
        return None
    said = next(group for group in match.groups() if group is not None)
    return int(said) if said.isdigit() else _ordinals()[said]


@cache
def _ordinals() -> Mapping[str, int]:
    return {fold(w): int(n) for n, words in words()["ordinals"].items() for w in words}


@cache
def _round_pattern() -> re.Pattern[str]:
    def either(words: Sequence[str]) -> str:
        folded = sorted({fold(word) for word in words}, key=lambda w: (-len(w), w))
        return "|".join(r"[\s-]+".join(map(re.escape, word.split())) for word in folded)

    data = words()
    word, ordinal = either(data["round"]), either(data["ordinal"])
    spelt = either(tuple(_ordinals()))
    digits = r"([0-9]{1,2})(?:\.0)?"
    glue = rf"[\s:#.–-]*(?:(?:{either(data['numbering'])})[\s.:]*)?"
    forms = (
        rf"{glue}{digits}",
        rf"(?:{word}){glue}(?:{digits}|({spelt}))",
        rf"(?:{either(data['round_letters'])})[\s.-]?{digits}",
        rf"{digits}(?:{ordinal})?\.?(?:\s+(?:{word}))?",
        rf"({spelt})\s+(?:{word})",
    )
    return re.compile("|".join(f"(?:{form})" for form in forms))
