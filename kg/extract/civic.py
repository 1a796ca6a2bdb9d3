"""Public bodies that people leave uncapitalised, named by their place: "la mairie de Konda".

The head alone names nobody ("the council"); with a place behind it, or in
English before it, it is one body's name.
"""

from collections.abc import Sequence
from functools import lru_cache

from kg.extract.chains import OF, linking
from kg.extract.data_files import data
from kg.extract.info import POSSESSIVES, Info
from kg.extract.lexicon import Lexicon
from kg.extract.sheet import Sheet, Word
from kg.vocab import fold

_NOUNS = 3  # uncapitalised nouns between head and place: "agence de bassin du …"
_PLACE = 3  # words of a place: "Mayo-Kebbi Est"
_SHORTEST = 3
_SENTENCE = 5  # words that show how somebody writes
_SUBJECTS = 5  # words of what an English body is for
_INDEFINITE = frozenset({"a", "an", "un", "une", "una", "des", "unos", "unas", "chaque", "cada"})
_OPENS = frozenset({",", ":", ";", "-", "–", "•", "(", "+", "/", "\n"})  # before an item of a note
_ADJECTIVES = ("ier", "iere", "iers", "ieres")


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    lists = {kind: frozenset(map(fold, words)) for kind, words in data("civic.yaml").items()}
    lists["first"] = frozenset(phrase.split()[0] for phrase in lists["phrases"])
    lists["telling"] = lists["heads"] | lists["behind"] | lists["described"]
    return lists


class Civic:
    """Finds such names in one sheet."""

    def __init__(self, paper: Sheet, lexicon: Lexicon) -> None:
        self.words = paper.words
        self.lexicon = lexicon
        self.known = _lists()
        self.first, self.telling = self.known["first"], self.known["telling"]

    def __call__(self) -> list[Sequence[Word]]:
        """The words of each name, in order of place."""
        found: list[Sequence[Word]] = []
        at = 0
        while at < len(self.words):
            info = self.words[at].info
            name = None
            if info.folded in self.telling and not info.capital:
                name = self._with_seat(at) or self._behind_seat(at) or self._of_nation(at)
            elif info.folded in self.first and not info.capital:
                name = self._phrase(at)
            if name is None and info.class_noun and not info.big:
                name = self._called(at)
            if name is None:
                at += 1
                continue
            found.append(self.words[name.start : name.stop])
            at = name.stop
        return found

    def _small(self, at: int, kind: str) -> bool:
        if not 0 <= at < len(self.words):
            return False
        info = self.words[at].info
        return info.folded in self.known[kind] and not info.capital

    def _with_seat(self, head: int) -> range | None:
        """As in "la mairie de Konda", "the municipal council of Kasoro"."""
        if not self._small(head, "heads") and not self._described(head):
            return None
        start = head
        while self._small(start - 1, "adjectives"):
            start -= 1
        start = self._possessed(start)
        if not self._named_so(start):
            return None
        if self._small(head, "places") and self._where(start - 1):
            return None
        end = self._seat(head + 1)
        return range(start, end) if end is not None else None

    def _possessed(self, start: int) -> int:
        """Where "the emir's council" begins: behind the article."""
        at = start - 1
        if at < 1 or self.words[at].info.text not in POSSESSIVES:
            return start
        owner = self.words[at - 1].info
        return at - 1 if owner.word and not (owner.capital or owner.function) else start

    def _named_so(self, start: int) -> bool:
        """Whether one body is meant: a definite article, capitalised or not, or none in a note."""
        if start == 0 or self.words[start - 1].info.folded in self.known["articles"]:
            return True
        before = self.words[start - 1]
        return self.words[start].first or before.info.text in _OPENS

    def _where(self, article: int) -> bool:
        """Whether what stands before the article says where: "dans la commune de …"."""
        before = article - 1
        while before >= 0 and self.words[before].info.folded in OF:
            before -= 1
        return before >= 0 and self.words[before].info.folded in self.known["where"]

    def _seat(self, at: int) -> int | None:
        """Behind the place to which nouns and links lead; None where none stands there."""
        nouns = 0
        while at < len(self.words):
            if self._describing(at, nouns):
                at += 1
                continue
            behind = at
            while behind < len(self.words) and linking(self.words[behind].info):
                behind += 1
            links = {w.info.folded for w in self.words[at:behind]}
            if behind == at or behind >= len(self.words) or not links & OF:
                return None
            while self._small(behind, "ordinals"):
                behind += 1
            info = self.words[min(behind, len(self.words) - 1)].info
            if info.capital:
                return self._place(behind)
            if self._small_place(behind):
                return behind + 1
            if not info.word or info.function or len(info.folded) < _SHORTEST or nouns == _NOUNS:
                return None
            nouns += 1
            at = behind + 1
        return None

    def _small_place(self, at: int) -> bool:
        """A word that no dictionary has, in a sentence in which nobody capitalised anything."""
        info = self.words[at].info
        if info.big or not info.word or info.small or len(info.folded) <= _SHORTEST:
            return False
        known = info.explained or info.head or info.starter or info.title or info.portfolio
        known = known or info.lead_in or info.thing or info.named_small or info.class_noun
        if known or info.adjective or self.lexicon.everyday(info.folded):
            return False
        low = high = at
        while low and not self.words[low].first:
            low -= 1
        while high + 1 < len(self.words) and not self.words[high + 1].first:
            high += 1
        said = [w.info for w in self.words[low : high + 1] if w.info.word]
        return len(said) >= _SENTENCE and not any(
            i.capital and not (i.upper or i.acronym) for i in said
        )

    def _called(self, head: int) -> range | None:
        """As in "radio sisaywa" where nobody capitalised anything."""
        info = self.words[head].info
        end = head + 1
        while end < len(self.words) and end - head <= _PLACE and self._small_place(end):
            end += 1
        named = end > head + 1 and (info.class_noun or info.starter) and not info.capital
        before = self.words[head - 1].info.folded if head else ""
        return range(head, end) if named and before not in _INDEFINITE else None

    def _describing(self, at: int, nouns: int) -> bool:
        """An adjective; behind a noun also one noun more that leads on: "medio ambiente de …"."""
        info = self.words[at].info
        if info.capital or not info.word or info.function or linking(info):
            return False
        if info.adjective or info.folded.endswith(_ADJECTIVES):
            return True
        before, behind = self.words[at - 1].info, self.words[at + 1 : at + 2]
        led = bool(behind) and behind[0].info.folded in OF
        return nouns > 0 and led and not linking(before) and not before.adjective

    def _place(self, start: int) -> int | None:
        """Behind the capitals of a place; None where they are somebody's or another body's."""
        end = start
        while end < len(self.words) and end - start < _PLACE and self._placed(end, start):
            end += 1
        infos = [w.info for w in self.words[start:end]]
        alone = end >= len(self.words) or not self._placed(end, start)
        return end if infos and alone and not self._somebodys(infos) else None

    def _placed(self, at: int, start: int) -> bool:
        info = self.words[at].info
        known = info.stop or info.head or info.title or info.thing or info.acronym
        if not (info.capital or (info.big and at > start >= 0)) or known:
            return False
        if info.function and info.folded not in self.known["quarters"]:
            return False
        return at == start or not self.words[at].first

    def _somebodys(self, infos: Sequence[Info]) -> bool:
        """Whether a given name stands there; one that is also a town's counts only among others."""
        borne = any(i.named or i.suspicious for i in infos)
        return len(infos) > 1 and borne and not any(i.explained for i in infos)

    def _phrase(self, at: int) -> range | None:
        """As in "la policía nacional": a body of which a country has one."""
        if not self._named_so(at):
            return None
        for size in (3, 2, 1):
            inside = self.words[at : at + size]
            said = " ".join(w.info.folded for w in inside).replace("' ", "'")
            if said in self.known["phrases"] and not any(w.info.capital for w in inside):
                behind = self.words[at + size : at + size + 1]
                return None if behind and behind[0].info.capital else range(at, at + size)
        return None

    def _of_nation(self, head: int) -> range | None:
        """As in "l'agence nationale de l'eau", "the national human rights commission"."""
        if not self._small(head, "heads"):
            return self._phrase(head) if self.words[head].info.folded in self.first else None
        if self._small(head + 1, "levels"):
            end = self._aims(head + 2)
            if end is not None and self._named_so(head):
                return range(head, end)
        start = head
        while start and head - start < _SUBJECTS and self._plain(start - 1):
            start -= 1
            if self._small(start, "nation"):
                return (
                    range(start, head + 1) if self._named_so(start) and head - start > 1 else None
                )
        return self._phrase(head) if self.words[head].info.folded in self.first else None

    def _plain(self, at: int) -> bool:
        info = self.words[at].info
        return info.word and not (info.capital or info.function or info.small)

    def _aims(self, at: int) -> int | None:
        """Behind what a body is for: "… des droits de l'homme et de la paix"."""
        end = None
        while at < len(self.words):
            behind = at
            while behind < len(self.words) and linking(self.words[behind].info):
                behind += 1
            links = {w.info.folded for w in self.words[at:behind]}
            joined = any(w.info.coordination for w in self.words[at:behind])
            if behind >= len(self.words) or not (links & self.known["aims"] or (end and joined)):
                break
            if not self._plain(behind) or not self._subject(behind, led=not joined):
                break
            at = end = behind + 1
            while at < len(self.words) and self._describing(at, 0):
                at = end = at + 1
        return end

    def _subject(self, at: int, *, led: bool) -> bool:
        """A noun that a body may be for; behind "and" a listed one alone."""
        info = self.words[at].info
        return info.portfolio or info.starter or (led and len(info.folded) > _SHORTEST)

    def _described(self, head: int) -> bool:
        return self._small(head, "described") and self._small(head - 1, "adjectives")

    def _behind_seat(self, head: int) -> range | None:
        """As in "Kasoro municipal council", "Gulana court"."""
        if not self._small(head, "behind") and not self._described(head):
            return None
        start = head
        while self._small(start - 1, "adjectives"):
            start -= 1
        first = start
        while first > 0 and start - first < _PLACE and self._placed(first - 1, -1):
            first -= 1
        if first == start and start and self._small_place(start - 1):
            return range(start - 1, head + 1)
        infos = [w.info for w in self.words[first:start]]
        plain = any(i.demonym or i.common or i.acronym for i in infos)
        if not infos or plain or self._somebodys(infos):
            return None
        return range(first, head + 1)
