"""Rules for names of bodies: head nouns, people and their cause, class nouns, acronyms.

What a rule finds with nothing else to confirm it is accepted only where the
name says itself that it is one: a strong head with words of its own.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.capitals import shouted, surname_like
from kg.extract.chains import OF, Piece, joined, linking
from kg.extract.civic import Civic
from kg.extract.companies import companies
from kg.extract.context import Context
from kg.extract.edges import with_edges
from kg.extract.info import POSSESSIVES, Info
from kg.extract.lexicon import Lexicon
from kg.extract.parting import pieces
from kg.extract.rating import STRONG, WEAK, rate
from kg.extract.sheet import Sheet, Span, Word, sheet
from kg.extract.somebody import strange
from kg.model import Kind, MentionStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc

BARE_ACRONYM = 0.5
_TWO = 2  # words
_PARTIES = frozenset({"parti", "partido", "revue", "revista", "magazine"})  # nobody is one
_ARTICLES = frozenset({"la", "el", "del", "al"})
_SEAT = 2  # words of a place: "Dutsen Kura"
_QUOTES = frozenset("«“\"'")
_DASHES = frozenset("–—")
_GLUED = _DASHES | {"d'", "d’"}


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
            paper.add(_span(words, "organisation-rule", STRONG))
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
        self._acronyms(paper)
        self._in_headings(paper)
        self._in_context(paper, unnamed)
        self._chapters(paper)
        with_edges(paper, self.lexicon)
        return doc

    def _chapters(self, paper: Sheet) -> None:
        """Take down letters with a place behind them as a body of its own: "RNDDH Maradi"."""
        words = paper.words
        gone: list[int] = []
        longer: list[Span] = []
        for span in paper.of(Kind.ORGANISATION):
            inside = paper.inside(span.start, span.end)
            info, behind = words[inside.start].info, inside.stop
            if len(inside) > 1 or not info.acronym or info.stop or behind >= len(words):
                continue
            first = behind + self._led(paper, span, behind)
            end = first
            while end < min(len(words), first + _SEAT) and self._seats(paper, end, first):
                end += 1
            alone = end == len(words) or not words[end].info.big or words[end].first
            if end == first or not alone:
                continue
            gone.append(id(span))
            longer.append(_span(words[inside.start : end], "organisation-rule", STRONG))
        paper.keep(Kind.ORGANISATION, lambda span: id(span) not in gone)
        for span in longer:
            paper.add(span)

    def _led(self, paper: Sheet, span: Span, at: int) -> int:
        """How many words lead from letters to their place: "RDKLX–Mbelwa", "the TPX of Mbelwa"."""
        word = paper.words[at]
        if word.info.text in _DASHES:
            return int(word.start == span.end)
        return int(word.info.folded in OF and span.method == "acronym-rule")

    def _seats(self, paper: Sheet, at: int, first: int) -> bool:
        """Whether a word is where a chapter is, or goes on with it: "NBA Dutsen Kura"."""
        word, before = paper.words[at], paper.words[at - 1]
        apart = paper.text[before.end : word.start]
        if apart != ("" if before.info.text in _GLUED else " ") or word.first:
            return False
        return self._chapter(word.info) and not (at > first and word.info.suspicious)

    def _chapter(self, info: Info) -> bool:
        """A place, or a strange word that nobody is known to bear."""
        if info.folded in self.places:
            return True
        plain = info.explained or info.title or info.thing or info.head or info.stop or info.upper
        return info.capital and info.word and not (plain or info.named or info.suspicious)

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
                paper.add(_span(context.named(piece), "context-rule", STRONG))
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
                paper.add(_span(part, "organisation-rule", confidence))
            return True
        if confidence:
            loud = paper.loud(words[0].start)
            paper.add(_span(words, "organisation-rule", WEAK if loud else confidence))
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
                paper.add(_span(words[start:end], "organisation-rule", STRONG))

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

    def _follows(self, word: Word) -> bool:
        """What may follow an acronym in a name: "ACAT Bamako", "SOS Orphelins"."""
        info = word.info
        if not info.capital or info.title or info.stop or info.suspicious or info.thing:
            return False
        plain = bool(info.ordinary) and not (info.function or info.framework or info.lead_in)
        return info.folded in self.places or plain

    def _initials(self, words: Sequence[Word], index: int) -> bool:
        """Whether letters with dots are somebody's, before or behind a name: "J.P. Ouma"."""
        beside = (*words[index + 1 : index + 2], *words[max(0, index - 1) : index])
        dotted = "." in words[index].info.text
        return dotted and any(strange(w.info, self.lexicon) for w in beside)

    def _acronyms(self, paper: Sheet) -> None:
        """What looks like an acronym and nobody defined: only suggested."""
        taken = paper.covered(Kind.ORGANISATION)
        words = paper.words
        for index, word in enumerate(words):
            info = word.info
            singular = info.text in self.lexicon.singular and _single(words, index)
            if taken[index] or info.product or not (singular or (info.acronym and not info.stop)):
                continue
            if self._initials(words, index):
                continue
            programme = info.text.replace(".", "") in paper.programme.split()
            if info.letters in paper.denied or paper.loud(word.start):
                continue
            if programme or surname_like(words, index, places=self.places) or shouted(words, index):
                continue
            end = index + 1
            while end < len(words) and not taken[end] and self._follows(words[end]):
                end += 1
            paper.add(_span(words[index:end], "acronym-rule", BARE_ACRONYM))

    def _in_headings(self, paper: Sheet) -> None:
        """Take down in a shouted line what the rest of the record has as an acronym."""
        heard = _heard(paper)
        taken = paper.covered(Kind.ORGANISATION)
        for index, word in enumerate(paper.words):
            if not heard or taken[index] or word.info.letters not in heard:
                continue
            if word.info.upper and (paper.loud(word.start) or shouted(paper.words, index)):
                found = _span([word], "acronym-rule", BARE_ACRONYM)
                found.group = heard[word.info.letters].group
                paper.add(found)


def _heard(paper: Sheet) -> dict[str, Span]:
    """Acronyms of a record by their letters, as they were found where not all is in capitals."""
    found: dict[str, Span] = {}
    for span in paper.of(Kind.ORGANISATION):
        inside = paper.inside(span.start, span.end)
        if len(inside) == 1 and paper.words[inside.start].info.acronym:
            found.setdefault(paper.words[inside.start].info.letters, span)
    return found


def _single(words: Sequence[Word], index: int) -> bool:
    """Whether an article in the singular stands before a word: "la PDH"."""
    return index > 0 and words[index - 1].info.folded in _ARTICLES


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
