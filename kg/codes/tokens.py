"""Tokens of a cell of codes: kind words with their numbers, bare numbers, dates, separators."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.codes.dates import DATE_GROUPS, codes_of_date, codes_of_serial
from kg.codes.grammar import Grammar, grammar
from kg.flat import flat
from kg.model import Code

_OUTPUT_DEPTH = 3

_OTHER_POINT = re.compile(r"(?<=[0-9])[．․٫](?=[0-9])")
_ARABIC_COMMA = re.compile(r"(?<=[0-9])،(?=[0-9])")
_MIDDLE_DOT = re.compile(r"[·⋅∙]")
# "1·4" is one code; in "1.4·1.5" the dot in the middle parts two.
_MIDDLE_DOTTED = re.compile(r"(?<![0-9.])[0-9]{1,2}(?:[·⋅∙][0-9]{1,2})+(?![0-9.])")
_LETTER_FIRST = re.compile(r"^([a-h])(?:\.(?=[0-9])|(?=[0-9]{1,2}\.))")
_GLUED_LETTER = re.compile(r"([0-9])\s*([a-g])$")
# A whole cell with spaces around its points: "1. 4", "1 .4.1".
_SPACED = re.compile(r"\s*(?P<all>[0-9]{1,2}(?:\s*\.\s*[0-9]{1,2})+)\s*")


#: Alternatives of the grammar that are a kind word with its number → their groups.
_CODED = {
    "coded": ("word", "num"),
    "abbr": ("letters", "anum"),
    "deep": ("deep_letters", "dnum"),
}


@dataclass(frozen=True, slots=True)
class CodeReading:
    """What one cell says.

    `codes` stand in order of appearance, without repeats. `problems` are slugs:
    "unreadable-code", "date", "decimal-comma", "kind-conflict", "parent-conflict",
    "odd-range", "half-range", "further-number", "indicator", "negated-code", "doubtful-code",
    "unreadable-objective", "objective-without-code".
    `maybe` are numbers that a date or a decimal comma may have been: reported,
    never repaired.
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
    newline), "colon", "negation", "negations_before_word", "not_only", "turn" or "other".
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


def evened(text: str) -> str:
    """Folded letter by letter, with the points of other scripts and of old style as points.

    >>> evened("Effet 1·4·1"), evened("1.4·1.5"), evened("١٫٤")
    ('effet 1.4.1', '1.4·1.5', '1.4')
    """
    even = flat(text)
    if even.isascii():
        return even
    even = _ARABIC_COMMA.sub(",", _OTHER_POINT.sub(".", even))
    return _MIDDLE_DOTTED.sub(lambda match: _MIDDLE_DOT.sub(".", match.group()), even)


def normal_number(text: str) -> str:
    """The notation of a number as typed: no zero padding, no ".0" of a spreadsheet.

    >>> normal_number("07.3.1"), normal_number("2.0"), normal_number("1.10"), normal_number("6.3.C")
    ('7.3.1', '2', '1.10', '6.3.c')
    >>> normal_number("1·4"), normal_number("1.4a") == normal_number("1.4 A")
    ('1.4', True)
    >>> normal_number("a.01.2"), normal_number("A1.2"), normal_number("b.3")
    ('A.1.2', 'A.1.2', 'B.3')
    """
    even = _GLUED_LETTER.sub(r"\1.\2", evened(text).strip("."))
    even = _LETTER_FIRST.sub(lambda match: f"{match[1].upper()}.", even)
    parts = [
        str(int(part)) if part.strip().isdecimal() else part.strip().lstrip("0")
        for part in even.split(".")
    ]
    if len(parts) == _OUTPUT_DEPTH - 1 and parts[1] == "0":
        parts.pop()
    return ".".join(parts)


def is_unit(token: Token | None) -> bool:
    """Does a unit stand here, so that the number before it is an amount?"""
    return token is not None and token.kind == "unit"


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a cell, in order; white space between them is left out.

    >>> [(t.kind, t.level, t.number) for t in tokens("Outcome1.4, 1.4.1")]
    [('coded', 'outcome', '1.4'), ('soft', '', ''), ('number', '', '1.4.1')]
    """
    rules, even = grammar(), evened(text)
    spaced = _SPACED.fullmatch(even)
    if spaced is not None and " " in spaced["all"]:
        start, end = spaced.span("all")
        yield Token("number", start, end, spaced["all"], normal_number(spaced["all"]))
        return
    for match in rules.master.finditer(even):
        kind = match.lastgroup or "other"
        if kind in DATE_GROUPS:
            maybe = codes_of_date(match, rules.months)
            yield _plain("amount" if maybe is None else "date", match, maybe=maybe or ())
        elif kind == "several":
            yield from _several(match, rules)
        elif kind in _CODED:
            yield _coded(match, rules, *_CODED[kind])
        elif kind == "aim":
            yield _aim(match)
        elif kind in {"time", "phone", "ratio"}:
            yield _plain("amount", match)
        elif kind in {"number", "amount", "money", "comma"}:
            yield _figure(kind, match, even, rules)
        elif kind == "anyword":
            yield _plain(rules.classes.get(match.group(), "word"), match)
        else:
            yield _plain(kind, match)


def _plain(kind: str, match: re.Match[str], *, maybe: tuple[str, ...] = ()) -> Token:
    return Token(kind, match.start(), match.end(), match.group(), maybe=maybe)


def _coded(match: re.Match[str], rules: Grammar, word: str, number: str) -> Token:
    return Token(
        "coded",
        match.start(),
        match.end(),
        match.group(),
        number=normal_number(match[number]),
        level=rules.level(match[word]),
        indicator=(match["indicator"] or match["indicator_of"]) is not None,
    )


def _several(match: re.Match[str], rules: Grammar) -> Iterator[Token]:
    """A plural with the first number of a range, or with all of a list: "Outcomes 1,2,3"."""
    start, end, level = match.start(), match.end("snum"), rules.level(match["several_word"])
    numbers = [int(n) for n in (match["snum"] + (match["tail"] or "")).split(",")]
    two = len(numbers) == _OUTPUT_DEPTH - 1
    if two or any(low >= high for low, high in pairwise(numbers)):  # "Outputs 1,4,1": perhaps one
        yield Token("lead-in", start, match.end("several_word"), match["several_word"])
        start, written = match.start("snum"), match["snum"] + match["tail"]
        maybe = (written.replace(",", "."),)
        yield Token("comma-number", start, match.end(), written, maybe=maybe)
        return
    yield Token("coded", start, end, match[0], number=str(numbers[0]), level=level)
    for further in re.finditer("[0-9]+", match["tail"] or ""):
        at, until = (end + place for place in further.span())
        yield Token("soft", at - 1, at, ",")
        yield Token("number", at, until, further[0], str(int(further[0])))


def _aim(match: re.Match[str]) -> Token:
    """An objective by its letters: "SO5"."""
    number = f"{match['aim_letters'].upper()}{int(match['aim_num'] or match['aim_far'])}"
    return Token(
        "coded", match.start(), match.end(), match.group(), number=number, level="objective"
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
        several = "." not in said and behind["plural"] and not even[match.end()].strip()
        level = "" if several else rules.level(behind["word"])  # "3 outputs" are three
    return Token("number", start, match.end(), said, normal_number(said), level)


def _begins_code(even: str, at: int, rules: Grammar) -> bool:
    match = rules.master.match(even, at)
    return match is not None and match.lastgroup == "coded"
