"""What looks like a name and is none: ids of outcomes, colour codes, words of the framework."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.address import contacts
from kg.extract.info import Info
from kg.extract.lexicon import Lexicon
from kg.extract.occasions import doubtful
from kg.extract.sheet import Sheet, Span, sheet
from kg.model import Kind, MentionStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONFIDENCE = 0.9
_LETTERS = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERED = re.compile(r"[A-Z]{1,5}[-_]?\d{1,3}")


class Guards:
    """Takes outcome ids down as such, and removes organisations that are none."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: "Doc") -> "Doc":
        """Run all guards."""
        paper = sheet(doc)
        for match in self.lexicon.outcome_ids.finditer(paper.masked):
            self._outcome_id(paper, match)
        coded = [False] * len(paper.words)
        colours = paper.matches(self.lexicon.colour_codes)
        for start, end in (*colours, *contacts(paper, self.lexicon)):
            _mark(coded, paper.inside(start, end))
        for span in paper.of(Kind.OUTCOME_ID):
            _mark(coded, paper.inside(span.start, span.end))
        paper.keep(Kind.ORGANISATION, lambda span: not self._refused(paper, span, coded))
        return doc

    def _outcome_id(self, paper: Sheet, match: re.Match[str]) -> None:
        start, end = match.span()
        if paper.touches_mark(start, end):
            start = paper.masked.rfind("/", start, end) + 1 or start
        words = paper.masked[start:end]
        if not self.lexicon.not_outcome_ids.search(words):
            paper.add(
                Span(start, end, Kind.OUTCOME_ID, "outcome-id", CONFIDENCE, MentionStatus.ACCEPTED)
            )

    def _numbered(self, text: str) -> bool:
        """An id, "EQ-07"; not a body with one digit behind its letters: "HERI-4"."""
        letters, _, digits = text.partition("-")
        named = len(letters) >= _LETTERS and len(digits) == 1 and letters not in self.lexicon.stops
        return _NUMBERED.fullmatch(text) is not None and not named

    def _dated(self, paper: Sheet, span: Span, behind: Info) -> bool:
        """Whether a year stands behind the second of two: "the RDKLX/CBDX 2022 report"."""
        slash = paper.masked[span.start - 1 : span.start] == "/"
        return slash and _YEAR.fullmatch(behind.text) is not None

    def _refused(self, paper: Sheet, span: Span, coded: Sequence[bool]) -> bool:
        """Whether an organisation is an id, a colour, a category ("CSOs") or "Outcome 1.4"."""
        if span.method.startswith("registry"):
            return False
        inside = paper.inside(span.start, span.end)
        if any(coded[i] for i in inside):
            return True
        words = [paper.words[i].info for i in inside]
        singular = words[0].text in self.lexicon.singular
        if span.group is None and not singular and all(i.stop for i in words if i.word):
            return True
        if span.method == "acronym-rule" and span.group is None:
            behind = paper.words[inside.stop].info if inside.stop < len(paper.words) else None
            counted = behind is not None and behind.digit and not self._dated(paper, span, behind)
            if self._numbered(words[0].text) or counted:
                return True  # "EQ-07", "UG 14"
        numbered = not words[1:] or words[1].digit or not words[1].capital
        return (words[0].framework and numbered) or doubtful(paper, span, self.lexicon)


def _mark(coded: list[bool], inside: range) -> None:
    for index in inside:
        coded[index] = True
