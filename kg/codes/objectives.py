"""Specific objectives in one cell: `CODE: label`, `CODE`, "Objective 2 - label", or several."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.codes.grammar import Grammar, grammar
from kg.codes.tokens import CodeReading, normal_number, tokens
from kg.flat import flat
from kg.model import Code
from kg.redaction import has_mark

_LONGEST = 10_000
_LONGEST_SMALL = 4  # "civ: less …"; a longer word in small letters is more likely a word

_OPENING = re.compile(r"[\s\-–—•*·(\[\"'«“]*")
_CODE = re.compile(r"(?:[^\W\d_]{1,10}(?:-?[0-9]{1,3}(?:\.[0-9]{1,3})?)?|[0-9]{1,2}(?:\.0)?)(?!\w)")
_LABELLED = re.compile(r"[)\]]?\s*(?P<colon>[:：=])|\s*[–—]|\s+-|-\s|[.)]\s|\s*\(")
_CLOSING = re.compile(r"[)\]\"'»”.]*\s*")
_HARD = re.compile(r"\s*[\n\r\t;|]\s*|\s{2,}")


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A code in the cell; where its label begins, if it has one."""

    start: int
    end: int
    number: str
    label: int | None
    plain: bool  # capitals and a colon: a code even within the label of another


@lru_cache(maxsize=8192)
def read_objectives(text: str, *, field: str) -> CodeReading:
    """Read the objectives of one cell.

    Args:
        text: The cell, trimmed; blank: none.
        field: Canonical name of its column; offsets count from the cell's start.

    Codes come in capitals. A label without a code is a problem
    ("objective-without-code"): which objective it means only a table can say.

    >>> read_objectives("ABC: Safer streets", field="objective_link").codes[0].label
    'Safer streets'
    """
    if not text.strip():
        return CodeReading()
    if len(text) > _LONGEST:
        return CodeReading(problems=("unreadable-objective",))
    only = list(tokens(text))
    if len(only) == 1 and only[0].kind == "date":
        return CodeReading(problems=("date",), maybe=only[0].maybe)
    anchors, unread = _anchors(text)
    if not anchors:
        return CodeReading(problems=("objective-without-code",))
    codes: dict[str, Code] = {}
    for anchor, after in zip(anchors, [*anchors[1:], None], strict=True):
        label = None
        if anchor.label is not None:
            label = _trim(text[anchor.label : after.start if after else len(text)])
        known = codes.get(anchor.number)
        if known is None or (label is not None and known.label is None):
            start, end = anchor.start, anchor.end
            codes[anchor.number] = Code("objective", anchor.number, field, start, end, label)
    found = tuple(sorted(codes.values(), key=lambda code: code.start))
    return CodeReading(found, ("unreadable-objective",) if unread else ())


def _trim(label: str) -> str | None:
    if has_mark(label):  # with something taken out it names nothing that two records could share
        return None
    label = " ".join(label.split()).strip(" ;|,/&+-–—•*")
    if label.endswith(")") and label.count("(") < label.count(")"):
        label = label[:-1].rstrip()
    return label or None


def _anchors(text: str) -> tuple[list[_Anchor], bool]:
    """The codes of a cell, and whether a part of it is neither a code nor a label."""
    rules, even = grammar(), flat(text)
    anchors: list[_Anchor] = []
    unread = explaining = False
    for start, end, hard in _parts(text, even, rules):
        anchor = _anchor(text, even, start, end, rules)
        if anchor is not None and (hard or not explaining or anchor.plain):
            anchors.append(anchor)
            explaining = anchor.label is not None
        elif not explaining:
            unread = unread or bool(text[start:end].strip())
    return anchors, unread


def _parts(text: str, even: str, rules: Grammar) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each part, and whether it begins the cell or follows a hard separator."""
    start, hard = 0, True
    for match in rules.objective_separator.finditer(even):
        yield start, match.start(), hard
        start, hard = match.end(), _HARD.fullmatch(match.group()) is not None
    yield start, len(text), hard


def _anchor(text: str, even: str, start: int, end: int, rules: Grammar) -> _Anchor | None:
    """The code with which a part begins."""
    opening = _OPENING.match(text, start, end)
    begin = opening.end() if opening else start
    word = rules.objective_word.match(even, begin, end)
    letters = (word["letters"] or "") if word else ""
    at = word.end() if word else begin
    code = _CODE.match(text, at, end)
    if code is None:
        return None
    behind = _LABELLED.match(text, code.end(), end)
    alone = _CLOSING.fullmatch(text, code.end(), end) is not None
    if behind is None and not alone:
        return None
    colon = behind is not None and behind["colon"] is not None
    if not _is_code(code.group(), colon=colon, alone=alone, said=word is not None, rules=rules):
        return None
    number = code.group()
    return _Anchor(
        start=begin if letters else code.start(),
        end=code.end(),
        number=letters.upper()
        + (normal_number(number) if number[0].isdecimal() else number.upper()),
        label=None if alone or behind is None else behind.end(),
        plain=colon and number.isupper(),
    )


def _is_code(code: str, *, colon: bool, alone: bool, said: bool, rules: Grammar) -> bool:
    """Is this word or number a code? *said*: "Objective" stands before it."""
    if flat(code) in rules.not_codes:
        return False
    if any(c.isnumeric() and not c.isdecimal() for c in code):
        return False  # "²" and "Ⅳ" count, and are no digits
    if any(c.isdecimal() for c in code):
        return code.strip("0.") != ""
    if code.isupper():
        return len(code) > 1 or not alone
    return len(code) <= _LONGEST_SMALL and (colon or said)
