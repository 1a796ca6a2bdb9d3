"""The working paper of one record: its fields in one text, its words, the spans found so far.

A spaCy `Doc` carries it from component to component (`doc.user_data`). The
narrative fields of a record stand in one text, a blank line between two, so
that a name defined in one section is found in the others by the same pass.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.info import Info
from kg.extract.lexicon import Lexicon
from kg.model import Fragment, Kind, MentionStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Where a sheet stands in `doc.user_data`.
SHEET = "kg.sheet"

#: Stands for every character of a redaction mark: no letter, no word, no name for any model.
BLANK = "_"

_SHOUT, _LOUD = 5, 0.8  # words of a sentence; which part of them in capitals
_GAP = "\n\n"

# An elided article is a word of its own ("l'" + "Association"); N'Djamena and M'Bow are not elided.
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|\b(?:DD|EE|FF|RR|OO)\. ?(?:HH|UU|AA|MM|SS|PP)\.?"
    r"|\b(?:[ldcjstLDCJST]|[nm](?=['’][a-zà-ÿ])|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Qq]uelqu)['’](?=\w)"
    r"|['’]s\b"
    r"|[^\W_]+(?:[-‑&](?=[^\W_])[^\W_]+|['’](?!s\b)[^\W_]+)*"
    r"|\n\s*\n|\n|[^\w\s]|_+"
)
_ENDS = frozenset('.!?…:;\n•«“"')
_SILENT = frozenset("-–«»“”\"'’")  # no word, and none of a name's pieces


class Word(NamedTuple):
    """One word or mark of the text; `first` where a sentence begins with it. Quickly made."""

    start: int
    end: int
    info: Info
    first: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One narrative field: where its text stands in the sheet."""

    field: str
    language: str | None
    start: int
    end: int


@dataclass(slots=True)
class Span:
    """A stretch of the sheet's text taken for a name. `group` joins a full name and its acronym."""

    start: int
    end: int
    kind: Kind
    method: str
    confidence: float
    status: MentionStatus
    group: str | None = None
    label: str | None = None
    role: str | None = None
    role_method: str | None = None
    role_confidence: float | None = None


@dataclass(slots=True)
class Sheet:
    """All that the components know of one record.

    `text` is as written, `masked` the same length with every redaction mark
    blanked; rules and models read `masked` alone. `opaque` are the marks.
    """

    key: str
    language: str | None
    country: str | None
    programme: str
    text: str
    masked: str
    parts: tuple[Part, ...]
    words: tuple[Word, ...]
    opaque: tuple[tuple[int, int], ...] = ()
    #: Ids of all records, see `kg.extract.identifiers`.
    identifiers: Mapping[str, tuple[tuple[int, ...], frozenset[str]]] = field(default_factory=dict)
    shapes: re.Pattern[str] | None = None  # of ids that are numbered as those of all records
    denied: set[str] = field(default_factory=set)  # acronyms defined for what is no body
    small: frozenset[str] = frozenset()  # words that stand uncapitalised in the harvest
    persons: list[tuple[int, int]] = field(default_factory=list)  # what a model takes for persons
    _by_kind: dict[Kind, list[Span]] = field(default_factory=dict)  # each in order of place
    _starts: list[int] = field(default_factory=list)
    _pieces: tuple[list[str], list[int]] | None = None
    _loud: list[bool] | None = None  # for each word
    _matches: dict[re.Pattern[str], list[tuple[int, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the starts of the words: places are found by bisection."""
        self._starts = [w.start for w in self.words]

    @property
    def pieces(self) -> tuple[list[str], list[int]]:
        """The text as folded pieces ("tin", "hinan" of "Tin-Hinan"), and whose word each is."""
        if self._pieces is None:
            pieces: list[str] = []
            owner: list[int] = []
            for index, word in enumerate(self.words):
                own = word.info.pieces
                if len(own) == 1:
                    pieces.append(own[0])
                    owner.append(index)
                elif own:
                    pieces.extend(own)
                    owner.extend([index] * len(own))
                elif word.info.text not in _SILENT:
                    pieces.append(word.info.text)
                    owner.append(index)
            self._pieces = pieces, owner
        return self._pieces

    @property
    def spans(self) -> list[Span]:
        """All spans, kind by kind in order of place."""
        return [span for kind in Kind for span in self._by_kind.get(kind, ())]

    def add(self, span: Span) -> bool:
        """Take a span unless it touches a redaction mark or one of its kind taken earlier."""
        mark = span.kind is Kind.REDACTION
        if span.start >= span.end or (not mark and self.touches_mark(span.start, span.end)):
            return False
        taken = self._by_kind.setdefault(span.kind, [])
        at = bisect_left(taken, span.start, key=_start)
        if (at and taken[at - 1].end > span.start) or (
            at < len(taken) and taken[at].start < span.end
        ):
            return False
        taken.insert(at, span)
        return True

    def keep(self, kind: Kind, wanted: Callable[[Span], bool]) -> None:
        """Drop the spans of a kind that are not wanted."""
        self._by_kind[kind] = [span for span in self._by_kind.get(kind, ()) if wanted(span)]

    def exactly(self, span: Span) -> Span | None:
        """The span of the same kind that stands in the same place, if there is one."""
        taken = self._by_kind.get(span.kind, [])
        at = bisect_left(taken, span.start, key=_start)
        same = at < len(taken) and (taken[at].start, taken[at].end) == (span.start, span.end)
        return taken[at] if same else None

    def touches_mark(self, start: int, end: int) -> bool:
        """Whether a stretch holds any part of a redaction mark."""
        at = bisect_left(self.opaque, (end, 0))
        return at > 0 and self.opaque[at - 1][1] > start

    def loud(self, start: int) -> bool:
        """Whether the sentence at a place is all in capitals: they tell nothing there."""
        if self._loud is None:
            self._loud = _loud(self.words)
        return self._loud[max(self.at(start), 0)]

    def of(self, kind: Kind) -> list[Span]:
        """The spans of one kind, in order of place."""
        return list(self._by_kind.get(kind, ()))

    def covered(self, kind: Kind, *, but: str = "") -> list[bool]:
        """For each word, whether a span of a kind covers it; one method may be left out."""
        taken = [False] * len(self.words)
        for span in self._by_kind.get(kind, ()):
            if span.method != but:
                for index in self.inside(span.start, span.end):
                    taken[index] = True
        return taken

    def inside(self, start: int, end: int) -> range:
        """Indexes of the words that begin in a stretch of the text."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def at(self, position: int) -> int:
        """Index of the word at or before a position; -1 before the first."""
        return bisect_right(self._starts, position) - 1

    def matches(self, pattern: re.Pattern[str]) -> Sequence[tuple[int, int]]:
        """Where a pattern stands in the masked text; looked for once."""
        if pattern not in self._matches:
            self._matches[pattern] = [match.span() for match in pattern.finditer(self.masked)]
        return self._matches[pattern]

    def part_of(self, position: int) -> Part:
        """The field in which a position lies."""
        return next(p for p in reversed(self.parts) if p.start <= position)

    def slices(self) -> Iterator[tuple[Part, str]]:
        """Each field with its masked text."""
        for part in self.parts:
            yield part, self.masked[part.start : part.end]


def _start(span: Span) -> int:
    return span.start


def sheet_of(
    fragment: Fragment, lexicon: Lexicon, *, marks: re.Pattern[str], programme: str = ""
) -> Sheet:
    """Lay out the narrative fields of a record.

    Args:
        fragment: The record. A record without narrative gives an empty sheet.
        lexicon: What is known of words.
        marks: What a redaction mark looks like.
        programme: The programme's name, never to be taken for an organisation.
    """
    parts: list[Part] = []
    texts: list[str] = []
    at = 0
    for statement in fragment.narratives:
        if not statement.text:
            continue
        language = statement.language or fragment.language
        parts.append(Part(statement.field, language, at, at + len(statement.text)))
        texts.append(statement.text)
        at += len(statement.text) + len(_GAP)
    text = _GAP.join(texts)
    opaque = tuple(m.span() for part in parts for m in marks.finditer(text, part.start, part.end))
    kept: list[str] = []
    last = 0
    for start, end in opaque:
        kept += [text[last:start], BLANK * (end - start)]
        last = end
    masked = "".join([*kept, text[last:]])
    return Sheet(
        key=fragment.key,
        language=fragment.language,
        country=fragment.country.slug if fragment.country else None,
        programme=fragment.programme or programme,
        text=text,
        masked=masked,
        parts=tuple(parts),
        words=_words(masked, lexicon),
        opaque=opaque,
    )


def _words(text: str, lexicon: Lexicon) -> tuple[Word, ...]:
    words: list[Word] = []
    first = True
    last: Word | None = None
    known = lexicon.info
    for match in _WORD.finditer(text):
        info = known(match[0])
        word = Word(match.start(), match.end(), info, first and info.word)
        words.append(word)
        if info.word or info.digit:
            first = False
        elif not first:
            first = _ends_sentence(match[0], last, lexicon)
        last = word
    return tuple(words)


def _loud(words: Sequence[Word]) -> list[bool]:
    """For each word, whether its sentence is all in capitals."""
    found: list[bool] = []
    begins = [0, *(n for n, word in enumerate(words) if word.first and n), len(words)]
    for low, high in pairwise(begins):
        said = [w.info for w in words[low:high] if w.end - w.start > 1 and w.info.word]
        loud = len(said) >= _SHOUT and sum(i.upper for i in said) > _LOUD * len(said)
        found += [loud] * (high - low)
    return found


def _ends_sentence(mark: str, last: Word | None, lexicon: Lexicon) -> bool:
    """Whether a new sentence may begin behind a mark: not behind "Dr." or an initial."""
    if mark[0] not in _ENDS:
        return False
    if mark != "." or last is None:
        return True
    short = last.info.capital and last.end - last.start == 1
    return not short and last.info.folded not in lexicon.abbreviations


def sheet(doc: "Doc") -> Sheet:
    """The sheet that a document carries."""
    found = doc.user_data[SHEET]
    if not isinstance(found, Sheet):
        raise TypeError("this document carries no sheet; make it with kg.extract.pipeline")
    return found
