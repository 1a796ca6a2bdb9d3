"""Names of persons, found in order to be masked and never to be linked.

Suspicion is wide: a run of capitals that no organisation, no place and no
known word explains may be a name. What this finds too much costs a little
reading; what it misses may cost somebody their safety.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.address import contacts, nicknames, uncapitalised, widened
from kg.extract.info import Info
from kg.extract.lexicon import Lexicon
from kg.extract.occasions import initials
from kg.extract.sheet import Sheet, Span, Word, sheet
from kg.extract.suspicion import Explained, explained
from kg.model import Kind, MentionStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc

TITLED, CONTACT, MODEL, RUN = 0.8, 0.9, 0.6, 0.5
_LONGEST_RUN = 8  # words
_LONG_NAME = 4  # letters
_PARTICLES = 3  # in a row: "ould", "de la"
_NUMERAL = re.compile(r"[IVX]{1,4}")  # "Njoya III"
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,4}")
_ELIDED = frozenset({"D'", "D’"})
_ARTICLES = frozenset({"el", "la", "los", "las"})
_AND = frozenset({"y", "e"})  # Spanish "Ortega y Gasset": rarely between two names


@dataclass(frozen=True, slots=True, order=True)
class _Found:
    start: int
    end: int
    method: str
    confidence: float


class PersonNames:
    """Finds what may name a person, or reach one."""

    def __init__(self, lexicon: Lexicon, *, places: frozenset[str] = frozenset()) -> None:
        self.lexicon = lexicon
        self.places = places

    def __call__(self, doc: "Doc") -> "Doc":
        """Take down contacts, titled names, the model's persons, and unexplained runs."""
        paper = sheet(doc)
        known = explained(paper, self.lexicon, places=self.places)
        found = [
            _Found(start, end, "person-rule", CONTACT)
            for start, end in contacts(paper, self.lexicon)
        ]
        found += _Runs(paper.words, known, self.lexicon, paper.language)
        found += _suggested(paper, known)
        found += [
            _Found(paper.words[start].start, paper.words[end - 1].end, "person-rule", TITLED)
            for start, end in uncapitalised(paper.words, self.lexicon)
        ]
        found += [
            _Found(word.start, word.end, "person-rule", TITLED)
            for index, word in enumerate(paper.words)
            if initials(word.info, self.lexicon) and not known.barred[index]
        ]
        ends = [name.end for name in found]
        found += [
            _Found(*place, "person-rule", TITLED)
            for place in nicknames(paper.masked, ends, paper.words, self.lexicon)
        ]
        for name in _merged(found):
            paper.add(
                Span(
                    name.start,
                    name.end,
                    Kind.PERSON,
                    name.method,
                    name.confidence,
                    MentionStatus.SUGGESTED,
                )
            )
        return doc


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of capitals around words that nothing explains."""

    words: tuple[Word, ...]
    known: Explained
    lexicon: Lexicon
    language: str | None

    def __iter__(self) -> Iterator[_Found]:
        index = 0
        while index < len(self.words):
            titled = self._titled(index)
            if not titled and self.known.words[index]:
                index += 1
                continue
            start, end = self._begin(index), self._end(index)
            title = self._title_before(start)
            begin, behind = widened(self.words, start, end, self.lexicon)
            begin -= self._nicknamed(begin, behind)
            first, last = self.words[begin], self.words[behind - 1]
            if titled or (title is not None and title.title):
                yield _Found(first.start, last.end, "person-rule", TITLED)
            else:
                yield _Found(first.start, last.end, "capitalised-run", RUN)
            index = end

    def _title_before(self, index: int) -> Info | None:
        """The word before, over the full stop of an abbreviated title."""
        before = index - 1
        if before > 0 and self.words[before].info.text == ".":
            before -= 1
        if before < 0 or self.known.barred[before]:
            return None
        return self.words[before].info

    def _nicknamed(self, start: int, end: int) -> bool:
        """Whether a small article is part of a name: "la Negra", "el Mono"; in Spanish alone."""
        if end - start != 1 or not start or self.language != "es":
            return False
        before = self.words[start - 1].info
        return before.text in _ARTICLES and not self.words[start].first

    def _titled(self, index: int) -> bool:
        """A capitalised word behind a plain title is a name, whatever it says ("Mrs Hope")."""
        info = self.words[index].info
        if not info.capital or self.known.barred[index]:
            return False
        if info.function or info.title or info.head:
            return False
        title = self._title_before(index)
        if title is None:
            return False
        if index > 1 and title.folded in self.lexicon.called and not title.big:
            return self.words[index - 2].info.big  # "Awa Sow dite Grande Soeur"
        return title.title and not (title.common or title.function)

    def _begin(self, index: int) -> int:
        """The first word of a run: what stands capitalised before it may belong to it."""
        start = index
        while start > 0:
            before = start - 1
            if self.words[before].info.text == "." and before > 0:
                before -= 1
                info = self.words[before].info
                if not (len(info.text) == 1 or info.folded in self.lexicon.abbreviations):
                    break
            if self.known.barred[before] or not self._reaches(before):
                break
            start = before
        if start and self.words[start - 1].info.text in _ELIDED:
            start -= 1  # "D'Elia" is no elision
        return start

    def _reaches(self, index: int) -> bool:
        """Whether a capitalised word before a run belongs to it: "Grace Apio", "Dr. A. Mensah"."""
        info = self.words[index].info
        if _dotted(info):
            return True
        if not info.capital or info.demonym or info.stop:
            return False
        if info.title:
            return not info.function or info.folded == "me"
        if len(info.text) == 1 or info.suspicious:
            return True
        if info.function:
            return info.leading
        # "Gulu Okello": rather a town masked than half a name.
        plain = info.common and not info.lead_in and not self.words[index].first
        return plain or info.folded in self.lexicon.towns

    def _end(self, start: int) -> int:
        """Behind the last word of a run: capitals, initials, and particles between two of them."""
        end = start + 1
        while end < len(self.words) and end - start < _LONGEST_RUN and not self.known.barred[end]:
            info, last = self.words[end].info, self.words[end - 1]
            joins = not info.stop or _NUMERAL.fullmatch(info.text) or _dotted(info)
            if info.big and joins and not (_joining(info) and self._links(end)):
                if self._ends_before(end):
                    break
                end += 1
            elif info.text == "." and self._shortened(last.info):
                end += 1
            elif info.particle or info.text in {"-", "‑"}:
                ahead = self._ahead(end)
                if ahead is None:
                    break
                end = ahead + 1
            else:
                break
        return end

    def _links(self, index: int) -> bool:
        """Whether a capitalised small word joins two names, or ends one: "Kerewi Para said"."""
        info = self.words[index].info
        behind = self.words[index + 1].info if index + 1 < len(self.words) else None
        linked = info.coordination or info.determiner or len(info.text) < _LONG_NAME
        return linked or (behind is not None and behind.big)

    def _shortened(self, info: Info) -> bool:
        """An initial, or an abbreviation that stands inside names: "Quispe Vda. de Choque"."""
        return len(info.text) == 1 or info.folded in self.lexicon.inner_abbreviations

    def _ends_before(self, index: int) -> bool:
        """A new sentence, a nationality or an office ends a run."""
        word = self.words[index]
        if word.first and self.words[index - 1].info.text not in {".", "'", "’", "-"}:
            return True
        if word.info.demonym:
            return not self._amid(index)
        return word.info.title and word.info.common

    def _amid(self, index: int) -> bool:
        """Whether a nationality is a name: the words on both sides are ("Bina Maya Lama")."""
        beside = self.words[index + 1 : index + 2]
        if not beside or beside[0].first or self.known.barred[index + 1]:
            return False
        return beside[0].info.big and not self.known.words[index + 1] and not beside[0].info.upper

    def _ahead(self, end: int) -> int | None:
        """The word to which particles lead: "Jean de Dieu", not "Amina et Binta"."""
        ahead = end + 1
        while ahead < min(len(self.words), end + _PARTICLES):
            info = self.words[ahead].info
            if not info.particle or info.big:
                break
            ahead += 1
        if ahead >= len(self.words) or self.known.barred[ahead]:
            return None
        info = self.words[ahead].info
        if not info.big or info.stop or info.head:
            return None
        return None if self.words[end].info.folded in _AND and info.explained else ahead


def _dotted(info: Info) -> bool:
    """Initials written together: "J.P."."""
    return info.capital and _INITIALS.fullmatch(info.text) is not None


def _joining(info: Info) -> bool:
    """A small word that parts two names even where it is capitalised: "Amina And Binta"."""
    if info.particle or len(info.text) == 1:
        return False
    return info.coordination or info.determiner or ((info.connector or info.near) and info.function)


def _suggested(paper: Sheet, known: Explained) -> Iterator[_Found]:
    """What a model takes for a person, but for plain words and for explained names."""
    for start, end in paper.persons:
        inside = [i for i in paper.inside(start, end) if not known.barred[i]]
        while inside and not paper.words[inside[0]].info.big:
            inside = inside[1:]
        while inside and not paper.words[inside[-1]].info.big:
            inside = inside[:-1]
        infos = [paper.words[i].info for i in inside]
        if not infos or any(not (i.big or i.particle or i.text in {".", "-"}) for i in infos):
            continue
        if all(_never(i) for i in infos if i.big):
            continue
        if len(inside) == 1 and known.words[inside[0]]:
            continue
        first, last = paper.words[inside[0]], paper.words[inside[-1]]
        yield _Found(first.start, last.end, "model", MODEL)


def _never(info: Info) -> bool:
    return info.function or info.stop or info.framework or info.demonym or info.product


def _merged(found: Sequence[_Found]) -> Iterator[_Found]:
    """Overlapping spans as one, with the method that is surest."""
    current: _Found | None = None
    for span in sorted(found):
        if current is not None and span.start < current.end:
            best = max(current, span, key=lambda s: (s.confidence, s.method))
            end = max(current.end, span.end)
            current = _Found(current.start, end, best.method, best.confidence)
            continue
        if current is not None:
            yield current
        current = span
    if current is not None:
        yield current
