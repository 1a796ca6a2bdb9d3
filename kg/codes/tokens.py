"""Tokens of a cell of codes: kind words with their numbers, bare numbers, dates, separators."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.codes.dates import DATE_GROUPS, codes_of_date, codes_of_serial
from kg.codes.grammar import Grammar, grammar
from kg.flat import flat
from kg.model import Code

_OUTPUT_DEPTH = 3


@dataclass(frozen=True, slots=True)
class CodeReading:
    """What one cell says.

    `codes` stand in order of appearance, without repeats. `problems` are slugs:
    "unreadable-code", "date", "decimal-comma", "kind-conflict", "indicator",
    "unreadable-objective", "objective-without-code". `maybe` are numbers that a
    date or a decimal comma may have been: reported, never repaired.
    """

    codes: tuple[Code, ...] = ()
    problems: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a cell, with its offsets.

    `kind` is "coded" (a kind word with its number), "number", "date",
    "comma-number", "amount" (a number that is no code), "word", "lead-in",
    "unit", "join", "to", "dash", "soft" (comma, slash), "hard" (semicolon, bar,
    newline), "colon" or "other".
    """

    kind: str
    start: int
    end: int
    text: str
    number: str = ""
    level: str = ""  # outcome, output, generic, objective: where a word says so
    indicator: bool = False
    maybe: tuple[str, ...] = ()

    @property
    def depth(self) -> int:
        """1 for "4", 2 for "1.4"."""
        return self.number.count(".") + 1


def normal_number(text: str) -> str:
    """The notation of a number as typed: no zero padding, no ".0" of a spreadsheet.

    >>> normal_number("07.3.1"), normal_number("2.0"), normal_number("1.10"), normal_number("6.3.C")
    ('7.3.1', '2', '1.10', '6.3.c')
    """
    parts = [
        str(int(part)) if part.isdecimal() else part.lstrip("0")
        for part in flat(text).strip(".").split(".")
    ]
    if len(parts) == _OUTPUT_DEPTH - 1 and parts[1] == "0":
        parts.pop()
    return ".".join(parts)


def level_by_depth(depth: int) -> str:
    """What a number without a word is: 1 and 1.4 an outcome, 1.4.1 an output."""
    return "output" if depth >= _OUTPUT_DEPTH else "outcome"


def conflicts(level: str, depth: int) -> bool:
    """Does the word before a number say another level than its depth?"""
    return (level == "outcome" and depth >= _OUTPUT_DEPTH) or (
        level == "output" and depth == _OUTPUT_DEPTH - 1
    )


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a cell, in order; white space between them is left out.

    >>> [(t.kind, t.level, t.number) for t in tokens("Outcome1.4, 1.4.1")]
    [('coded', 'outcome', '1.4'), ('soft', '', ''), ('number', '', '1.4.1')]
    """
    rules, even = grammar(), flat(text)
    for match in rules.master.finditer(even):
        kind = match.lastgroup or "other"
        if kind in DATE_GROUPS:
            maybe = codes_of_date(match, rules.months)
            yield _plain("amount" if maybe is None else "date", match, maybe=maybe or ())
        elif kind in {"coded", "abbr"}:
            yield _coded(match, rules, abbreviated=kind == "abbr")
        elif kind in {"number", "amount", "money", "comma"}:
            yield _figure(kind, match, even, rules)
        elif kind == "anyword":
            yield _plain(rules.classes.get(match.group(), "word"), match)
        else:
            yield _plain(kind, match)


def _plain(kind: str, match: re.Match[str], *, maybe: tuple[str, ...] = ()) -> Token:
    return Token(kind, match.start(), match.end(), match.group(), maybe=maybe)


def _coded(match: re.Match[str], rules: Grammar, *, abbreviated: bool) -> Token:
    word, number = ("letters", "anum") if abbreviated else ("word", "num")
    return Token(
        "coded",
        match.start(),
        match.end(),
        match.group(),
        number=normal_number(match[number]),
        level=rules.level(match[word]),
        indicator=(match["indicator"] or match["indicator_of"]) is not None,
    )


def _figure(kind: str, match: re.Match[str], even: str, rules: Grammar) -> Token:
    """A number without a kind word before it."""
    said, start = match.group(), match.start()
    if kind == "comma":
        return _plain("comma-number", match, maybe=(said.replace(",", "."),))
    serial = codes_of_serial(said) if said == even.strip() else None
    if serial is not None:
        return _plain("date", match, maybe=serial)
    glued = start > 0 and (even[start - 1].isalnum() or even[start - 1] in "._")
    if kind != "number" or glued or not said.strip("0."):
        return _plain("amount", match)
    behind = rules.level_behind.match(even, match.end())
    level = ""
    if behind is not None and not _begins_code(even, behind.start("word"), rules):
        level = rules.level(behind["word"])
    return Token("number", start, match.end(), said, normal_number(said), level)


def _begins_code(even: str, at: int, rules: Grammar) -> bool:
    match = rules.master.match(even, at)
    return match is not None and match.lastgroup == "coded"
