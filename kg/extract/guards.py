"""What looks like a name and is none: ids of outcomes, colour codes, words of the framework."""

import re

from spacy.tokens import Doc

from kg.extract.lexicon import Lexicon
from kg.extract.sheet import Sheet, Span, sheet
from kg.model import Kind, MentionStatus

CONFIDENCE = 0.9


class Guards:
    """Takes outcome ids down as such, and removes organisations that are none."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Run all guards."""
        paper = sheet(doc)
        for match in self.lexicon.outcome_ids.finditer(paper.masked):
            self._outcome_id(paper, match)
        codes = [m.span() for m in self.lexicon.colour_codes.finditer(paper.masked)]
        for pattern in self.lexicon.contacts.values():
            codes += [m.span() for m in pattern.finditer(paper.masked)]
        codes += [(s.start, s.end) for s in paper.of(Kind.OUTCOME_ID)]
        paper.spans = [s for s in paper.spans if not self._refused(paper, s, codes)]
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

    def _refused(self, paper: Sheet, span: Span, codes: list[tuple[int, int]]) -> bool:
        """Whether an organisation is an id, a colour, a category ("CSOs") or "Outcome 1.4"."""
        if span.kind is not Kind.ORGANISATION or span.method.startswith("registry"):
            return False
        if any(start < span.end and span.start < end for start, end in codes):
            return True
        words = [paper.words[i].info for i in paper.inside(span.start, span.end)]
        if span.group is None and all(i.stop for i in words if i.word):
            return True
        numbered = not words[1:] or words[1].digit or not words[1].capital
        return words[0].framework and numbered
