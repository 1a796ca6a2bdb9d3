"""Acronyms that nobody defined: which capitals are one, what belongs to it, where it is shouted."""

from kg.extract.capitals import shouted, surname_like
from kg.extract.chains import OF
from kg.extract.info import Info
from kg.extract.lexicon import Lexicon
from kg.extract.rating import STRONG, span_of
from kg.extract.sheet import Sheet, Span, Word
from kg.extract.somebody import strange
from kg.model import Kind, MentionStatus

BARE_ACRONYM = 0.5
_SEAT = 2  # words of a place: "Dutsen Kura"
_ARTICLES = frozenset({"la", "el", "del", "al"})
_DASHES = frozenset("–—")
_GLUED = _DASHES | {"d'", "d’"}
_METHOD = "acronym-rule"


class Letters:
    """The acronyms of one record."""

    def __init__(self, paper: Sheet, lexicon: Lexicon, *, places: frozenset[str]) -> None:
        self.paper = paper
        self.words = paper.words
        self.lexicon = lexicon
        self.places = places

    def bare(self) -> None:
        """Take down what looks like an acronym and nobody defined: only suggested."""
        taken = self.paper.covered(Kind.ORGANISATION)
        words = self.words
        for index, word in enumerate(words):
            info = word.info
            singular = info.text in self.lexicon.singular and self._single(index)
            if taken[index] or info.product or not (singular or (info.acronym and not info.stop)):
                continue
            if self._initials(index):
                continue
            programme = info.text.replace(".", "") in self.paper.programme.split()
            if info.letters in self.paper.denied or self.paper.loud(word.start):
                continue
            if programme or surname_like(words, index, places=self.places) or shouted(words, index):
                continue
            end = index + 1
            while end < len(words) and not taken[end] and self._follows(words[end]):
                end += 1
            self.paper.add(span_of(words[index:end], _METHOD, BARE_ACRONYM))

    def in_headings(self) -> None:
        """Take down in a shouted line what the rest of the record has as an acronym."""
        heard = self._heard()
        shouting = [
            index
            for index, word in enumerate(self.words)
            if heard and word.info.letters in heard and self._shouted(index)
        ]
        starts = {self.words[index].start for index in shouting}

        def quiet(span: Span) -> bool:
            return span.status is MentionStatus.ACCEPTED or span.start not in starts

        if shouting:
            self.paper.keep(Kind.ORGANISATION, quiet)  # "RDKLX MEETS WIDOWS"
        for index in shouting:
            found = span_of(self.words[index : index + 1], _METHOD, BARE_ACRONYM)
            found.group = heard[self.words[index].info.letters].group
            self.paper.add(found)

    def with_seats(self) -> None:
        """Take down letters with a place behind them as a body of its own: "RNDDH Maradi"."""
        words = self.words
        gone: list[int] = []
        longer: list[Span] = []
        for span in self.paper.of(Kind.ORGANISATION):
            inside = self.paper.inside(span.start, span.end)
            info, behind = words[inside.start].info, inside.stop
            if len(inside) > 1 or not info.acronym or info.stop or behind >= len(words):
                continue
            first = behind + self._leads(span, behind)
            end = first
            while end < min(len(words), first + _SEAT) and self._seats(end, first):
                end += 1
            alone = end == len(words) or not words[end].info.big or words[end].first
            if end == first or not alone:
                continue
            gone.append(id(span))
            sure = first == behind
            method, confidence = ("organisation-rule", STRONG) if sure else (_METHOD, BARE_ACRONYM)
            longer.append(span_of(words[inside.start : end], method, confidence))
        self.paper.keep(Kind.ORGANISATION, lambda span: id(span) not in gone)
        for span in longer:
            self.paper.add(span)

    def _leads(self, span: Span, at: int) -> int:
        """How many words lead from letters to their place: "RDKLX–Mbelwa", "the TPX of Mbelwa"."""
        word = self.words[at]
        if word.info.text in _DASHES:
            return int(word.start == span.end)
        return int(word.info.folded in OF and span.method == _METHOD)

    def _seats(self, at: int, first: int) -> bool:
        """Whether a word is where a chapter is, or goes on with it: "NBA Dutsen Kura"."""
        if at >= len(self.words):
            return False
        word, before = self.words[at], self.words[at - 1]
        apart = self.paper.text[before.end : word.start]
        if apart != ("" if before.info.text in _GLUED else " ") or word.first:
            return False
        if at > first and word.info.folded in self.lexicon.compass:
            return word.info.capital  # "Mbelwa Norte"
        return self._chapter(word.info) and not (at > first and word.info.suspicious)

    def _chapter(self, info: Info) -> bool:
        """A place, or a strange word that nobody is known to bear."""
        if info.folded in self.places:
            return info.capital
        plain = info.explained or info.title or info.thing or info.head or info.stop or info.upper
        plain = plain or info.text[-1].isdigit()  # "ILX C190"
        return info.capital and info.word and not (plain or info.named or info.suspicious)

    def _follows(self, word: Word) -> bool:
        """What may follow an acronym in a name: "ACAT Bamako", "SOS Orphelins"."""
        info = word.info
        if not info.capital or info.title or info.stop or info.suspicious or info.thing:
            return False
        plain = bool(info.ordinary) and not (info.function or info.framework or info.lead_in)
        return info.folded in self.places or plain

    def _initials(self, index: int) -> bool:
        """Whether letters with dots are somebody's, before or behind a name: "J.P. Ouma"."""
        words = self.words
        beside = (*words[index + 1 : index + 2], *words[max(0, index - 1) : index])
        dotted = "." in words[index].info.text
        return dotted and any(strange(w.info, self.lexicon) for w in beside)

    def _single(self, index: int) -> bool:
        """Whether an article in the singular stands before a word: "la PDH"."""
        return index > 0 and self.words[index - 1].info.folded in _ARTICLES

    def _shouted(self, index: int) -> bool:
        word = self.words[index]
        if not word.info.upper:
            return False
        return self.paper.loud(word.start) or shouted(self.words, index)

    def _heard(self) -> dict[str, Span]:
        """Acronyms by their letters, as they were found where not all is in capitals."""
        found: dict[str, Span] = {}
        for span in self.paper.of(Kind.ORGANISATION):
            inside = self.paper.inside(span.start, span.end)
            info = self.words[inside.start].info
            if len(inside) == 1 and info.acronym and not self._shouted(inside.start):
                found.setdefault(info.letters, span)
        return found
