"""Rules for names of bodies: head nouns, people and their cause, class nouns, acronyms.

What a rule finds with nothing else to confirm it is accepted only where the
name says itself that it is one: a strong head with words of its own.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.chains import OF, Piece, joined, linking
from kg.extract.civic import Civic
from kg.extract.companies import companies
from kg.extract.context import Context
from kg.extract.edges import with_edges
from kg.extract.info import POSSESSIVES, Info
from kg.extract.letters import Letters
from kg.extract.lexicon import Lexicon
from kg.extract.parting import pieces
from kg.extract.rating import STRONG, WEAK, rate, span_of
from kg.extract.sheet import Sheet, Span, Word, sheet
from kg.model import Kind, MentionStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TWO = 2  # words
_PARTIES = frozenset({"parti", "partido", "revue", "revista", "magazine"})  # nobody is one
_QUOTES = frozenset("«“\"'")


class OrganisationRules:
    """Finds names of bodies by rule."""

    def __init__(self, lexicon: Lexicon, *, places: frozenset[str] = frozenset()) -> None:
        self.lexicon = lexicon
        self.countries = places
        self.places = places | lexicon.towns

    def __call__(self, doc: "Doc") -> "Doc":
        """Take down what the rules find, full names first, then bare acronyms."""
        paper = sheet(doc)
        self._swallowed(paper)
        for words in Civic(paper, self.lexicon)():
            paper.add(span_of(words, "organisation-rule", STRONG))
        for start, end in companies(paper, self.lexicon):
            status = MentionStatus.ACCEPTED
            paper.add(Span(start, end, Kind.ORGANISATION, "organisation-rule", STRONG, status))
        barred = paper.covered(Kind.ORGANISATION)
        unnamed = [
            piece
            for piece in pieces(paper, self.lexicon, barred=barred)
            if not self._name(paper, piece)
        ]
        self._after_class_nouns(paper)
        letters = Letters(paper, self.lexicon, places=self.places)
        letters.bare()
        letters.in_headings()
        self._in_context(paper, unnamed)
        letters.with_seats()
        with_edges(paper, self.lexicon)
        return doc

    def _swallowed(self, paper: Sheet) -> None:
        """Free a known name that is the end of another's: "Bureau conjoint des Nations unies"."""
        words = paper.words

        def own(span: Span) -> bool:
            at = paper.at(span.start) - 1
            if span.method != "known-name" or span.group or at < 0:
                return True
            if words[at].info.text in POSSESSIVES or not linking(words[at].info):
                return True
            links = 0
            while at >= 0 and linking(words[at].info) and not words[at].info.coordination:
                links += words[at].info.folded in OF
                at -= 1
            info = words[at].info
            if at and not info.capital and info.adjective:
                at -= 1  # "conjoint"
            return not (links and at >= 0 and words[at].info.capital and words[at].info.strong)

        paper.keep(Kind.ORGANISATION, own)

    def _in_context(self, paper: Sheet, unnamed: Sequence[Piece]) -> None:
        """Take down what no head noun names but all around it does; a row may tell of the next."""
        context = Context(paper, self.lexicon, places=self.countries)
        for span in paper.of(Kind.ORGANISATION):
            doubtful = span.method == "organisation-rule" and span.status is MentionStatus.SUGGESTED
            if doubtful and not paper.loud(span.start) and context.tells(_piece(paper, span)):
                span.confidence, span.status = STRONG, MentionStatus.ACCEPTED
        waiting = [part for piece in unnamed for part in _joined_names(paper, piece)]
        while waiting:
            found = [piece for piece in waiting if context.tells(piece)]
            for piece in found:
                paper.add(span_of(context.named(piece), "context-rule", STRONG))
            if not found:
                return
            waiting = [piece for piece in waiting if piece not in found]

    def _name(self, paper: Sheet, piece: Piece) -> bool:
        """Take down a piece that says itself that it names a body; False where it says nothing."""
        last = joined([w.info for w in paper.words[piece.start : piece.end][-2:]])
        if self.lexicon.info(last).thing and " " in last:
            return True  # "Coast Action Plan"
        words = self._without_tail(paper.words[piece.start : piece.end])
        single = words[0].info if len(words) == 1 else None
        if single is not None and (single.acronym or single.stop):
            return True
        if words[0].info.folded in self.countries and not any(w.info.head for w in words):
            return True  # "(la oficina en) Colombia del Alto …"
        confidence = rate(piece, words, self.lexicon)
        if confidence and words[0].info.folded in self.lexicon.plural_heads:
            for part in _each(words):
                paper.add(span_of(part, "organisation-rule", confidence))
            return True
        if confidence:
            loud = paper.loud(words[0].start)
            paper.add(span_of(words, "organisation-rule", WEAK if loud else confidence))
        return bool(confidence)

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
        linked = infos[-2].small or infos[-2].adjective or any(i.connector or i.near for i in infos)
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
            start = index + 1
            while start + 1 < len(words) and self._describes(words[start].info):
                start += 1  # "le journal en ligne Mbelwa Demain"
            start += words[start].info.text in _QUOTES
            end = start
            while end < len(words) and not taken[end] and self._goes_on(words, end, start):
                end += 1
            while end > start and not words[end - 1].info.capital:
                end -= 1
            if self._named([w.info for w in words[start:end]], party=info.folded in _PARTIES):
                paper.add(span_of(words[start:end], "organisation-rule", STRONG))

    def _describes(self, info: Info) -> bool:
        """An uncapitalised adjective between a class noun and the name."""
        return not info.capital and (info.adjective or info.folded in self.lexicon.described)

    def _named(self, infos: Sequence[Info], *, party: bool) -> bool:
        """Whether the words behind a class noun are a name: no title, no product, no plain word."""
        if not infos or infos[0].stop or infos[0].product or (infos[0].title and not party):
            return False
        return len(infos) > 1 or not infos[0].explained

    def _goes_on(self, words: Sequence[Word], at: int, start: int) -> bool:
        info = words[at].info
        if info.capital:
            return not info.stop
        if at == start or at + 1 >= len(words) or not (info.connector or info.determiner):
            return False
        return words[at + 1].info.capital or words[at + 1].info.determiner


def _joined_names(paper: Sheet, piece: Piece) -> list[Piece]:
    """Two names of two words or more as two: "Eau Vive et Soleil Levant"."""
    words = paper.words
    for at in range(piece.start + _TWO, piece.end - _TWO):
        if words[at].info.coordination and words[at + 1].info.capital:
            left = Piece(piece.start, at, piece.sentence_case)
            return [left, *_joined_names(paper, Piece(at + 1, piece.end, piece.sentence_case))]
    return [piece]


def _each(words: Sequence[Word]) -> list[Sequence[Word]]:
    """One name for each complement: "Ministries of Justice", "Health"."""
    parts: list[Sequence[Word]] = []
    start = 0
    for at, word in enumerate(words):
        if word.info.coordination or word.info.text == ",":
            parts.append(words[start:at])
            start = at + 1
    parts.append(words[start:])
    return [kept for part in parts if (kept := _bare(part))]


def _bare(words: Sequence[Word]) -> Sequence[Word]:
    while words and linking(words[0].info):
        words = words[1:]
    return words


def _piece(paper: Sheet, span: Span) -> Piece:
    inside = paper.inside(span.start, span.end)
    return Piece(inside.start, inside.stop, sentence_case=False)
