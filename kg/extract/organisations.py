"""Rules for names of bodies: head nouns, people and their cause, class nouns, acronyms.

What a rule finds with nothing else to confirm it is accepted only where the
name says itself that it is one: a strong head with words of its own.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.capitals import shouted, surname_like
from kg.extract.chains import Piece, joined
from kg.extract.lexicon import Info, Lexicon
from kg.extract.parting import pieces
from kg.extract.rating import STRONG, WEAK, rate
from kg.extract.sheet import Sheet, Span, Word, sheet
from kg.model import Kind, MentionStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc

BARE_ACRONYM = 0.5
_QUOTES = frozenset("«“\"'")


class OrganisationRules:
    """Finds names of bodies by rule."""

    def __init__(self, lexicon: Lexicon, *, places: frozenset[str] = frozenset()) -> None:
        self.lexicon = lexicon
        self.places = places | lexicon.towns

    def __call__(self, doc: "Doc") -> "Doc":
        """Take down what the rules find, full names first, then bare acronyms."""
        paper = sheet(doc)
        barred = paper.covered(Kind.ORGANISATION)
        for piece in pieces(paper, self.lexicon, barred=barred):
            self._name(paper, piece)
        self._after_class_nouns(paper)
        self._acronyms(paper)
        return doc

    def _name(self, paper: Sheet, piece: Piece) -> None:
        last = joined([w.info for w in paper.words[piece.start : piece.end][-2:]])
        if self.lexicon.info(last).thing and " " in last:
            return  # "Coast Action Plan"
        words = self._without_tail(paper.words[piece.start : piece.end])
        single = words[0].info if len(words) == 1 else None
        if single is not None and (single.acronym or single.stop):
            return
        confidence = rate(piece, words, self.lexicon)
        if confidence:
            loud = paper.loud(words[0].start)
            paper.add(_span(words, "organisation-rule", WEAK if loud else confidence))

    def _without_tail(self, words: Sequence[Word]) -> Sequence[Word]:
        """Without a paper or an event at the end: "National Police Act" names an act of a body."""
        kept = list(words)
        while len(kept) > 1 and self._tail([w.info for w in kept]):
            kept.pop()
        return kept

    def _tail(self, infos: Sequence[Info]) -> bool:
        last = infos[-1]
        if not (last.thing and last.capital) or last.head:
            return False
        linked = infos[-2].small or infos[-2].adjective or any(i.connector for i in infos)
        return (
            not linked
            and not self.lexicon.romance(infos[0].folded)
            and any(i.strong for i in infos[:-1])
        )

    def _after_class_nouns(self, paper: Sheet) -> None:
        """As in "the NGO Sauti Yetu", "l'association « Tin Hinan »": what follows a class noun."""
        taken = paper.covered(Kind.ORGANISATION)
        words = paper.words
        for index, word in enumerate(words[:-1]):
            info = word.info
            if not info.class_noun or (info.capital and not info.stop) or taken[index]:
                continue
            start = index + 1 + (words[index + 1].info.text in _QUOTES)
            end = start
            while end < len(words) and not taken[end] and self._goes_on(words, end, start):
                end += 1
            while end > start and not words[end - 1].info.capital:
                end -= 1
            if self._named([w.info for w in words[start:end]]):
                paper.add(_span(words[start:end], "organisation-rule", STRONG))

    def _named(self, infos: Sequence[Info]) -> bool:
        """Whether the words behind a class noun are a name: no title, no product, no plain word."""
        if not infos or infos[0].title or infos[0].stop or infos[0].product:
            return False
        return len(infos) > 1 or not infos[0].explained

    def _goes_on(self, words: Sequence[Word], at: int, start: int) -> bool:
        info = words[at].info
        if info.capital:
            return not info.stop
        if at == start or at + 1 >= len(words) or not (info.connector or info.determiner):
            return False
        return words[at + 1].info.capital or words[at + 1].info.determiner

    def _acronyms(self, paper: Sheet) -> None:
        """What looks like an acronym and nobody defined: only suggested."""
        taken = paper.covered(Kind.ORGANISATION)
        words = paper.words
        for index, word in enumerate(words):
            info = word.info
            if taken[index] or not info.acronym or info.stop or info.product:
                continue
            programme = info.text.replace(".", "") in paper.programme.split()
            if info.letters in paper.denied or paper.loud(word.start):
                continue
            if programme or surname_like(words, index, places=self.places) or shouted(words, index):
                continue
            end = index + 1
            if end < len(words) and not taken[end] and words[end].info.folded in self.lexicon.towns:
                end += 1  # "ACAT Bamako"
            paper.add(_span(words[index:end], "acronym-rule", BARE_ACRONYM))


def _span(words: Sequence[Word], method: str, confidence: float) -> Span:
    accepted = confidence >= STRONG
    return Span(
        words[0].start,
        words[-1].end,
        Kind.ORGANISATION,
        method,
        confidence,
        MentionStatus.ACCEPTED if accepted else MentionStatus.SUGGESTED,
    )
