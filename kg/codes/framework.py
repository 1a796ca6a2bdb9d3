"""Codes of framework outcomes and outputs in one cell: a walk over its tokens."""

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from itertools import zip_longest

from kg.codes.tokens import CodeReading, Token, conflicts, level_by_depth, tokens
from kg.model import Code

#: No list of codes is longer; a longer cell is a text in the wrong column.
LONGEST = 5_000

_LONGEST_RANGE = 30

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

#: Tokens of a cell that holds nothing but a list of numbers.
_LIST = frozenset({"number", "hard", "soft", "join", "lead-in", "colon", "other", "dash"})


class _Place(Enum):
    """Where in a part of the cell the walk stands."""

    READY = auto()  # a code may begin here, also a bare number
    AFTER = auto()  # directly behind a code
    LABEL = auto()  # in words that explain a code
    COMMA = auto()  # behind a comma in such words: more of them, or the next code
    WORDS = auto()  # in words that explain nothing


@lru_cache(maxsize=8192)
def read_codes(text: str, *, field: str) -> CodeReading:
    """Read the framework codes of one cell.

    Args:
        text: The cell, trimmed. Blank: "not linked" is an answer, not an error.
        field: Canonical name of its column; offsets count from the cell's start.

    >>> [str(code) for code in read_codes("Outcome2.1, output 2.1.3", field="framework_link").codes]
    ['outcome 2.1', 'output 2.1.3']
    >>> read_codes("2024-01-04", field="framework_link")
    CodeReading(codes=(), problems=('date',), maybe=('1.4', '4.1'))
    """
    if len(text) > LONGEST:
        return CodeReading(problems=("unreadable-code",))
    return _Walk(field).over(text)


def _is_unit(token: Token | None) -> bool:
    """Does a unit follow, so that the number is an amount?"""
    return token is not None and token.kind == "unit"


@dataclass(slots=True)
class _Walk:
    """What is known so far of one cell."""

    name: str  # of the field
    codes: dict[tuple[str, str], Code] = field(default_factory=dict)
    problems: dict[str, None] = field(default_factory=dict)
    maybe: dict[str, None] = field(default_factory=dict)
    place: _Place = _Place.READY
    found: bool = False  # this part of the cell holds a code
    told: bool = False  # a problem of this part is told
    stray: bool = False  # this part holds words
    carried: tuple[str, int] | None = None  # level and depth of the last code with a word
    last: Code | None = None
    reach: bool = False  # a range is open: its first code is `last`
    integers: bool = False  # the cell is a list of numbers: "3", "1, 2 and 4"

    def over(self, text: str) -> CodeReading:
        """Walk over a whole cell."""
        stream = list(tokens(text))
        self.integers = all(t.kind in _LIST for t in stream)
        for here, following in zip_longest(stream, stream[1:]):
            if not self._is_marker(here, text):
                self._step(here, following)
        self._close()
        if self._apart():
            self._problem("parent-conflict")
        if text.strip() and not self.codes and not self.problems:
            self._problem("unreadable-code")
        return CodeReading(tuple(self.codes.values()), tuple(self.problems), tuple(self.maybe))

    def _apart(self) -> bool:
        """Do the outputs of a cell lie under other outcomes than those that it names?"""
        outcomes = {
            c.number for c in self.codes.values() if c.kind == "outcome" and "." in c.number
        }
        above = {c.number.rpartition(".")[0] for c in self.codes.values() if c.kind == "output"}
        dotted = {number for number in above if "." in number}
        return bool(outcomes and dotted) and not outcomes & dotted

    def _is_marker(self, token: Token, text: str) -> bool:
        """Does this number only count the items of a list: "1." or "2)"?"""
        return (
            token.kind == "number"
            and token.depth == 1
            and not token.level
            and self.place in {_Place.READY, _Place.AFTER}
            and text[token.end : token.end + 1] in {".", ")"}
            and bool(text[token.end + 1 :].strip())
        )

    def _step(self, token: Token, following: Token | None) -> None:
        match token.kind:
            case "coded":
                self._coded(token, following)
            case "number":
                self._number(token, following)
            case "date" | "comma-number":
                self._false_number(token)
            case "amount" if self.place is _Place.AFTER and _YEAR.fullmatch(token.text):
                self.place = _Place.LABEL  # "1.4.1 (2022)"
            case "amount":
                self._no_code()
            case "hard":
                self._close(wrapped=not set(token.text) - set("\r\n"))
            case "soft" | "join":
                self._list_goes_on(comma=token.text == ",")
            case "dash" | "to" if self._range_opens(following):
                pass
            case "colon" if self.place is _Place.AFTER:
                self.place = _Place.LABEL
            case "word" | "unit" | "lead-in" | "to":
                self._word(leading=token.kind in {"lead-in", "to"})
            case _:
                pass  # brackets, bullets and quotes stand around codes and say nothing

    def _coded(self, token: Token, following: Token | None) -> None:
        """A word with its number: a code wherever it stands, but for "output 5 people"."""
        if token.depth == 1 and _is_unit(following):
            self._no_code()
            return
        level = token.level
        if level == "generic":
            level = level_by_depth(token.depth)
        elif token.indicator:
            self._problem("indicator")
        elif conflicts(level, token.number):
            self._problem("kind-conflict")
        if self.reach:
            self._fill(level, token.number, end=token.end)
        self._take(level, token.number, token)
        self.carried = (level, token.depth)

    def _number(self, token: Token, following: Token | None) -> None:
        """A number without a word: a code where one may begin."""
        if self.place is _Place.LABEL or (self.place is _Place.COMMA and token.depth == 1):
            return
        if self.reach and _is_unit(following):  # "1.4 - 3 groups were formed"
            self.place, self.reach = _Place.LABEL, False
        elif self.place is _Place.WORDS or _is_unit(following):
            self._no_code()
        elif self.reach and self.last is not None:
            self._range_closes(token, self.last)
        elif token.level and token.level != "generic":  # "1. Outcome area: …"
            self._coded(token, None)
        elif self.carried is not None and self.carried[1] == token.depth:
            if conflicts(self.carried[0], token.number):
                self._problem("kind-conflict")
            self._take(self.carried[0], token.number, token)
        elif token.depth > 1 or self.integers:
            self._take(level_by_depth(token.depth), token.number, token)
        else:
            self._no_code()

    def _take(self, level: str, number: str, token: Token) -> None:
        self.last = Code(level, number, self.name, token.start, token.end)
        self.codes.setdefault((level, number), self.last)
        self.found, self.reach, self.place = True, False, _Place.AFTER

    def _range_opens(self, following: Token | None) -> bool:
        """Between two codes a dash or "to" makes a range; before words a dash begins a label."""
        if self.place is not _Place.AFTER or following is None:
            return False
        self.reach = following.kind in {"coded", "number"}
        if following.kind in {"amount", "date", "comma-number"}:  # "1.4 - 500 people came"
            self.place = _Place.LABEL
        return self.reach

    def _range_closes(self, token: Token, first: Code) -> None:
        """The end of "1.4.1-1.4.3" or "1.4.1 to 3"; "1.4 - 1.4.1" is two codes and no range."""
        head, _, low = first.number.rpartition(".")
        if token.depth == 1 and head and low.isdecimal() and int(token.number) <= int(low):
            self._no_code()  # "1.4-1": not to be guessed
            return
        number = f"{head}.{token.number}" if token.depth == 1 and head else token.number
        deeper = number.count(".") != first.number.count(".")
        level = level_by_depth(number.count(".") + 1) if deeper else first.kind
        self._fill(level, number, end=token.end)
        self._take(level, number, token)

    def _fill(self, level: str, number: str, *, end: int) -> None:
        """The codes inside a range; the words of each are the whole range."""
        first = self.last
        self.reach = False
        if first is None or first.kind != level:
            return
        head, _, low = first.number.rpartition(".")
        other, _, high = number.rpartition(".")
        if head != other:
            return
        if not (low.isdecimal() and high.isdecimal()):  # "1.4.a-1.4.c"
            self._problem("unreadable-code")
            return
        if not int(low) < int(high) <= int(low) + _LONGEST_RANGE:
            self._problem("unreadable-code")
            return
        for value in range(int(low) + 1, int(high)):
            middle = f"{head}.{value}" if head else str(value)
            code = Code(level, middle, self.name, first.start, end)
            self.codes.setdefault((level, middle), code)

    def _false_number(self, token: Token) -> None:
        """A date, or a number with a decimal comma."""
        if self.place in {_Place.LABEL, _Place.COMMA}:
            return
        if self.place is _Place.WORDS:
            self._no_code()
            return
        self._problem("date" if token.kind == "date" else "decimal-comma")
        self.maybe |= dict.fromkeys(token.maybe)
        self.told, self.place = True, _Place.WORDS

    def _no_code(self) -> None:
        """A number that is no code; inside a label it is nobody's business."""
        if self.place in {_Place.LABEL, _Place.COMMA}:
            return
        self._problem("unreadable-code")
        self.told, self.place, self.reach = True, _Place.WORDS, False

    def _list_goes_on(self, *, comma: bool) -> None:
        """A comma, a slash, an "and"."""
        self.reach = False
        if self.place is _Place.AFTER or (comma and self.place is _Place.WORDS):
            self.place = _Place.READY
        elif comma and self.place is _Place.LABEL:
            self.place = _Place.COMMA

    def _word(self, *, leading: bool) -> None:
        """A word; a leading one ("see", "voir") leaves room for a bare number after it."""
        self.reach = False
        if leading and self.place is _Place.READY:
            return
        if self.place is _Place.READY:
            if self.found and not self.told:  # "1.4, something": a part of the list is no code
                self._problem("unreadable-code")
            self.stray, self.place = True, _Place.WORDS
        elif self.place is not _Place.WORDS:
            self.place = _Place.LABEL

    def _close(self, *, wrapped: bool = False) -> None:
        """The end of a part; a label that was wrapped into a new line goes on."""
        if self.stray and not self.found and not self.told:
            self._problem("unreadable-code")
        goes_on = wrapped and self.place in {_Place.LABEL, _Place.COMMA}
        self.place = _Place.COMMA if goes_on else _Place.READY
        self.found = goes_on
        self.told = self.stray = self.reach = False

    def _problem(self, name: str) -> None:
        self.problems[name] = None
