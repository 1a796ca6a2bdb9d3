"""Codes of framework outcomes and outputs in one cell: a walk over its tokens."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest

from kg.codes.denial import Denial, denies, is_near
from kg.codes.numbers import (
    beside,
    between,
    conflicts,
    follows,
    is_lost_end,
    level_by_depth,
    lie_apart,
    lies_under,
)
from kg.codes.place import Place
from kg.codes.tokens import CodeReading, Token, is_unit, tokens
from kg.model import Code

#: No list of codes is longer; a longer cell is a text in the wrong column.
LONGEST = 5_000

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

#: Tokens of a cell that holds nothing but a list of numbers.
_LIST = frozenset(
    {"number", "hard", "soft", "join", "lead-in", "colon", "other", "dash", "negations_before_word"}
)

_LEADING = frozenset({"lead-in", "to", "not_only", "negation", "negations_before_word"})
_WORDS = _LEADING | {"word", "unit"}
# Between a code and the next one they lead to it: "1.4 (see also 1.4.1)".
_ON = frozenset({"lead-in", "to", "dash", "other"})
_LISTING = frozenset({"soft", "join"})
_DOUBT = frozenset("?？؟¿")
#: Several ends of a range: "2-3" of "1.4.1-2-3", where nobody knows what is meant.
_ENDS = re.compile(r"[0-9]{1,2}(?:[-–][0-9]{1,2})+(?![\w.])")
_LETTER = re.compile(r"(?<=[-–])[a-zA-Z](?!\w)")
_POINTED = re.compile(r"[0-9]\s*\.\s*\Z")


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
    return _Walk(field, text).over()


@dataclass(slots=True)
class _Walk:
    """What is known so far of one cell."""

    name: str  # of the field
    text: str
    codes: dict[tuple[str, str], Code] = field(default_factory=dict)
    problems: dict[str, None] = field(default_factory=dict)
    maybe: dict[str, None] = field(default_factory=dict)
    place: Place = Place.READY
    found: bool = False  # this part of the cell holds a code
    told: bool = False  # a problem of this part is told
    stray: bool = False  # this part holds words
    carried: tuple[str, int] | None = None  # level and depth of the last code with a word
    last: Code | None = None
    reach: bool = False  # a range is open: its first code is `last`
    integers: bool = False  # the cell is a list of numbers: "3", "1, 2 and 4"
    foreign: bool = False  # the numbers of this part are those of "SDG", "Article", "GPS" …
    denied: Denial = field(default_factory=Denial)
    before: str = ""  # kind of the token before this one
    slash: bool = False  # and whether that is a slash
    pointed: bool = False  # a number and a point stand before this one: "1. 4"
    led: bool = False  # behind a code, nothing but words that lead to the next one
    doubted: bool = False  # a question mark beside a code

    def over(self) -> CodeReading:
        """Walk over a whole cell."""
        text = self.text
        stream = list(tokens(text))
        self.integers = all(t.kind in _LIST for t in stream)
        for here, following in zip_longest(stream, stream[1:]):
            self.pointed = _POINTED.search(text[: here.start]) is not None
            if not self._is_marker(here, text):
                self._step(here, following)
            at_code = here.kind in {"coded", "number"} and self.place is Place.AFTER
            self.led = at_code or (self.led and here.kind in _ON)
            self.before, self.slash = here.kind, here.text == "/"
        self._close()
        if lie_apart(self.codes.values()):
            self._problem("parent-conflict")
        if self.doubted and self.codes:
            self._problem("doubtful-code")
        if text.strip() and not self.codes and not self.problems:
            self._problem("unreadable-code")
        return CodeReading(tuple(self.codes.values()), tuple(self.problems), tuple(self.maybe))

    def _is_marker(self, token: Token, text: str) -> bool:
        """Does this number only count the items of a list: "1." or "2)"?"""
        return (
            token.kind == "number"
            and token.depth == 1
            and not token.level
            and self.place in {Place.READY, Place.AFTER}
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
                self._false_number(token, following)
            case "amount":
                self._amount(token)
            case "hard":
                self._close(wrapped=not set(token.text) - set("\r\n"))
            case "soft" | "join":
                self._list_goes_on(comma=token.text == ",")
            case "negation" | "negations_before_word" if denies(
                token, following, before=self.before
            ):
                self._deny(following)
            case "turn":
                self._turn(token)
            case "dash" | "to" if self._range_opens(following):
                pass
            case "colon" if self.place is Place.AFTER:
                self.place = Place.LABEL
            case "other" if token.text in _DOUBT:
                self.doubted |= self.place in {Place.READY, Place.AFTER}
            case kind if kind in _WORDS:
                self._word(token)  # brackets, bullets and quotes say nothing

    def _coded(self, token: Token, following: Token | None) -> None:
        """A word with its number: a code wherever it stands, but for "output 5 people"."""
        if token.depth == 1 and is_unit(following):
            self._no_code()
            return
        if token.level == "objective" and not token.number[0].isdecimal():
            self._take(token.level, token.number, token)
            self.carried = None
            return
        level = token.level
        if level == "generic":
            level = level_by_depth(token.depth)
        elif token.indicator:
            self._problem("indicator")
        elif conflicts(level, token.number):
            self._problem("kind-conflict")
        if self.reach:
            self._fill(level, token.number, end=token.end, bare=self.before == "to")
        self._take(level, token.number, token)
        self.carried = (level, token.depth)

    def _number(self, token: Token, following: Token | None) -> None:
        """A number without a word: a code where one may begin."""
        led = self.led and token.depth > 1 and not is_unit(following)
        if self.place is Place.LABEL and not (led or self._goes_on(token, following)):
            return
        if self.place is Place.COMMA and token.depth == 1:
            return
        if self.reach and is_unit(following):  # "1.4 - 3 groups were formed"
            self.place, self.reach = Place.LABEL, False
        elif self.place is Place.WORDS and self.denied and token.depth > 1:
            self._take("", token.number, token)
        elif self.place is Place.WORDS or self.foreign or is_unit(following):
            self.foreign |= self.place is Place.WORDS and self.before == "word"
            self._no_code()
        elif self.reach and self.last is not None:
            self._range_closes(token, self.last)
        elif token.level and token.level != "generic":  # "1. Outcome area: …"
            self._coded(token, None)
        elif token.depth == 1 and self._is_short(token, following):
            pass
        elif self.carried is not None and self.carried[1] == token.depth:
            if conflicts(self.carried[0], token.number):
                self._problem("kind-conflict")
            self._take(self.carried[0], token.number, token)
        elif token.depth > 1 or self.integers:
            self._take(level_by_depth(token.depth), token.number, token)
        else:
            self._no_code()

    def _goes_on(self, token: Token, following: Token | None) -> bool:
        """Is a number in the words behind a code one more code? Told, where it only may be one.

        "Outcome 1: 1.1" and "1.4 Advocacy and 1.5 Training" go on; of "1.4 rather than 1.5"
        nobody knows.
        """
        aim = self.last is not None and self.last.kind == "objective"
        if token.depth == 1 or is_unit(following) or not (aim or beside(token.number, self.last)):
            return False
        if self.before in {"colon", "join"} and not aim:
            return True
        if (self.last.kind if self.last else "", token.number) not in self.codes:
            self._problem("further-number")
        return False

    def _is_short(self, token: Token, following: Token | None) -> bool:
        """Is a lone number a count, or short for a longer one? Taken or told, where it is.

        "Outcome 1 and 4 laws" counts; "1.4.1/2" and "outputs 1.4.1, 2" are lists; of "1.4, 2"
        nobody knows.
        """
        listed = self.before in _LISTING
        if self.pointed or (listed and following and following.kind in {"word", "lead-in"}):
            self._no_code()
            return True
        if not listed or self.last is None or "." not in self.last.number:
            return False
        said = self.slash or (self.carried is not None and self.carried[0] == "output")
        number = follows(token.number, self.last) if said else None
        if number is None:
            self._no_code()
        else:
            self._take(self.last.kind, number, token)
        return True

    def _deny(self, following: Token | None) -> None:
        """What comes is not meant: to the end of the list, or for a few words within a label."""
        self.reach = False
        explained = self.place is Place.AFTER and not is_near(following)
        in_label = explained or self.place in {Place.LABEL, Place.COMMA}
        self.denied.begin(in_label=in_label)
        if self.place is Place.AFTER:
            self.place = Place.LABEL if explained else Place.READY

    def _turn(self, token: Token) -> None:
        """A "but": what comes is meant again."""
        if not self.denied and self.place is not Place.AFTER:
            self._word(token)
        self.denied.end()
        if self.place is Place.AFTER:
            self.place = Place.READY

    def _take(self, level: str, number: str, token: Token) -> None:
        if self.denied:
            self._problem("negated-code")
            self.found = self.told = True
            self.reach, self.place, self.last = False, Place.AFTER, None
            return
        self.last = Code(level, number, self.name, token.start, token.end)
        self.codes.setdefault((level, number), self.last)
        self.found, self.place = True, Place.AFTER
        self.reach = self.foreign = False

    def _range_opens(self, following: Token | None) -> bool:
        """Between two codes a dash or "to" makes a range; before words a dash begins a label."""
        if self.place is not Place.AFTER or following is None:
            return False
        self.reach = following.kind in {"coded", "number"}
        if (
            self.last
            and self.last.number[-1:].isalpha()
            and _LETTER.match(self.text, following.start)
        ):
            self._problem("half-range")  # "1.4.1a-c"
        if following.kind in {"amount", "date", "comma-number"}:  # "1.4 - 500 people came"
            self.place = Place.LABEL
            if is_lost_end(following.text) or _ENDS.match(self.text, following.start):
                self._problem("half-range")
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
        self._fill(level, number, end=token.end, bare=True)
        self._take(level, number, token)

    def _fill(self, level: str, number: str, *, end: int, bare: bool) -> None:
        """The codes inside a range; the words of each are the whole range.

        *bare*: its end has no kind word, or "to" stands before it, so that it is meant as one.
        """
        first = self.last
        self.reach = False
        if first is None or lies_under(first.number, number):
            return
        if lies_under(number, first.number):  # "1.4 - 1.4.1": two codes, and no range
            if bare and number != f"{first.number}.1":
                self._problem("odd-range")
            return
        inside = between(first.number, number)
        if first.kind != level and first.number.count(".") == number.count("."):
            return  # the words say two levels, which is told
        if inside is None:
            self._problem("odd-range")
        for middle in inside or ():
            code = Code(level, middle, self.name, first.start, end)
            self.codes.setdefault((level, middle), code)

    def _false_number(self, token: Token, following: Token | None) -> None:
        """A date, or a number with a decimal comma: a code that was changed, or an amount."""
        if self.place in {Place.LABEL, Place.COMMA}:
            return
        if self.place is Place.WORDS or (token.kind == "comma-number" and is_unit(following)):
            self._no_code()
            return
        self._problem("date" if token.kind == "date" else "decimal-comma")
        self.maybe |= dict.fromkeys(token.maybe)
        self.told, self.place = True, Place.WORDS

    def _amount(self, token: Token) -> None:
        if self.place is Place.AFTER and _YEAR.fullmatch(token.text):
            self.place = Place.LABEL  # "1.4.1 (2022)"
        else:
            self._no_code()

    def _no_code(self) -> None:
        """A number that is no code; inside a label it is nobody's business."""
        if self.place in {Place.LABEL, Place.COMMA}:
            return
        self._problem("unreadable-code")
        self.told, self.place, self.reach = True, Place.WORDS, False

    def _list_goes_on(self, *, comma: bool) -> None:
        """A comma, a slash, an "and"."""
        self.reach = False
        if comma and self.place is not Place.AFTER:
            self.denied.end()
        if self.place is Place.AFTER or (comma and self.place is Place.WORDS):
            self.place = Place.READY
        elif comma and self.place is Place.LABEL:
            self.place = Place.COMMA

    def _word(self, token: Token) -> None:
        """A word; a leading one ("see", "voir") leaves room for a bare number after it."""
        leading = token.kind in _LEADING
        self.reach = False
        if not leading:
            self.denied.word()
        if leading and self.place is Place.READY:
            return
        if self.place is Place.READY:
            if self.found and not (self.told or self.denied):
                self._problem("unreadable-code")  # "1.4, something": a part of the list is no code
            self.stray, self.place = True, Place.WORDS
        elif self.place is not Place.WORDS:
            self.place = Place.LABEL

    def _close(self, *, wrapped: bool = False) -> None:
        """The end of a part; a label that was wrapped into a new line goes on."""
        if self.stray and not self.found and not self.told:
            self._problem("unreadable-code")
        goes_on = wrapped and self.place in {Place.LABEL, Place.COMMA}
        self.place = Place.COMMA if goes_on else Place.READY
        self.found = goes_on
        self.told = self.stray = self.reach = self.foreign = False
        self.denied.end()

    def _problem(self, name: str) -> None:
        self.problems[name] = None
