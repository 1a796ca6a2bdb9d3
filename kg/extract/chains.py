"""Runs of capitals that may be one name, and the small words that link them.

A chain is what stands between two places where no name can go on:
capitalised words and what joins them, and in French and Spanish also the
uncapitalised complements of a head ("Commission nationale de dialogue et de
paix"). `kg.extract.parting` then frees it of what leads to it, and splits it
where two bodies are joined.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.info import Info
from kg.extract.lexicon import Lexicon
from kg.extract.sheet import Sheet, Word
from kg.extract.steps import foreign, shortened

OF = frozenset({"of", "de", "des", "du", "d'", "del"})

#: What leads from people to their cause: "Lawyers for Dignity", "Médicos sin Fronteras".
FOR = frozenset(
    {"for", "without", "against", "pour", "sans", "contre", "por", "para", "sin", "contra", "en"}
)

_LONGEST = 24  # words; no name of a body is longer, and a text in title case must not become one
_LINKS = 4  # small words in a row: "et pour la", "of the"
_SHORTEST_NOUN = 3
_ENGLISH_LINKS = frozenset({"of", "the", "for", "and", "&"})
#: Before a verb, unless an article follows.
_BARE = frozenset({"pour", "para", "por", "sans", "sin"})
_CLASSES = ("ong", "osc")  # "l'ONG Action pour …" is no "NGO Forum"
_SEATS = frozenset({"in", "at", "a", "en", "to"})
_ON = frozenset({"on", "sur", "sobre"})
_ASIDE = frozenset({"before", "between", "within", "through", "from", "under", "entre", "par"})
_WITH_ARTICLE = frozenset({"des", "du", "del"})
_ADJECTIVES = ("nier", "niere", "niers", "nieres")
_PARTICIPLES = ("é", "ée", "és", "ées")  # "Centre de santé intégré"
_INFINITIVES = ("er", "ir", "re", "ar")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a chain that may be one name: words [start, end)."""

    start: int
    end: int
    sentence_case: bool  # its complement is not capitalised: "Réseau des jeunes pour la paix"


@dataclass(frozen=True, slots=True)
class _Step:
    """How a chain goes on: behind which word, and whether by an uncapitalised one."""

    end: int
    small: bool = False


class Chains:
    """Finds the chains of one sheet. `barred` are words that belong to other names already."""

    def __init__(self, paper: Sheet, lexicon: Lexicon, *, barred: Sequence[bool]) -> None:
        self.words: tuple[Word, ...] = paper.words
        self.lexicon = lexicon
        self.barred = barred

    def __iter__(self) -> Iterator[Piece]:
        """All chains, in order of place."""
        at, end = 0, len(self.words)
        while at < end:
            # Most words are neither capitalised nor heads: they are passed without a call.
            if self.barred[at] or not self.words[at].info.opening or not self._begins(at):
                at += 1
                continue
            chain = self._extend(at)
            yield chain
            at = max(chain.end, at + 1)

    def _info(self, index: int) -> Info | None:
        """The word at a place, unless it is past the end or belongs to another name."""
        if 0 <= index < len(self.words) and not self.barred[index]:
            return self.words[index].info
        return None

    def _begins(self, index: int) -> bool:
        """A capitalised word, or an uncapitalised head with a complement ("ministère de la …")."""
        info = self._info(index)
        if info is None or not info.word:
            return False
        if info.capital:
            named = self._head_at(index + 1) and not info.folded.startswith(_CLASSES)
            return not info.determiner and (not info.stop or named)
        return info.lower_head

    def _head_at(self, index: int) -> bool:
        """As in "NGO Forum": whether a head makes a category part of a name."""
        return (info := self._info(index)) is not None and info.capital and info.head

    def _extend(self, start: int) -> Piece:
        end = start + 1
        small = False
        proper = False  # a capitalised word of its own stands behind the head
        first = self.words[start].info
        headed = first.head or first.starter
        head = start  # whose complements are read
        while end - start < _LONGEST:
            step = self._step(end, start, head, proper=proper)
            if step is None:
                break
            last = self.words[step.end - 1].info
            small = small or step.small
            proper = proper or (headed and last.capital and not last.head)
            if self._opened(end, start) or self._new_head(end, step.end - 1, headed=headed):
                head, proper = step.end - 1, False
            headed = headed or last.head
            end = step.end
        return Piece(start, end, small)

    def _new_head(self, at: int, last: int, *, headed: bool) -> bool:
        """Whether complements from here on are another head's: "… et l'Assemblée des …"."""
        info = self.words[last].info
        new = info.strong and info.capital and self.lexicon.romance(info.folded)
        return new and (not headed or any(w.info.coordination for w in self.words[at:last]))

    def _step(  # noqa: PLR0911 (one return a way to go on)
        self, at: int, start: int, head: int, *, proper: bool
    ) -> _Step | None:
        """How the chain goes on at a word, None where it ends before it."""
        info = self._info(at)
        if info is None:
            return None
        if info.capital and not (info.determiner or info.connector or info.coordination):
            return _Step(at + 1) if self._may_join(at, start) else None
        if info.inner_capital and self.words[at - 1].info.capital:
            return _Step(at + 1)  # "Zarqa al-Jadida", "Tizi n'Oufella"
        if info.text == ",":
            return self._behind_comma(at, head)
        if info.text == ".":
            link = self._behind_links(at + 1)
            return (
                _Step(link + 1)
                if shortened(self.words, at, self._info(link), self.lexicon)
                else None
            )
        before = self.words[at - 1].info
        described = before.head or before.adjective or (before.capital and before.common)
        if info.adjective and not info.capital and described:
            # "Police nationale"; "… de la Protection civile" is capitalised all the same
            return _Step(at + 1, small=before.head or not before.capital)
        if foreign(self.words, start, at, self._info(at + 1), self.lexicon):
            return _Step(at + 2)
        if info.small or info.text == "&":
            return self._linked(at, start, head, proper=proper)
        if self._opened(at, start):
            return _Step(at + 1, small=True)
        noun = info.word and (info.portfolio or info.starter)
        if noun and before.strong and before.capital and self.lexicon.romance(before.folded):
            return _Step(at + 1, small=True)  # "Association jeunesse et travail"
        return None

    def _opened(self, at: int, start: int) -> bool:
        """Whether an adjective opens the name of a small head: "Haut conseil des imams"."""
        info, before = self.words[at].info, self.words[at - 1].info
        if not (info.strong and not info.capital and self.lexicon.romance(info.folded)):
            return False
        opens = before.capital and before.folded in self.lexicon.openers
        return opens and (at == start + 1 or self.words[at - 2].info.small)

    def _may_join(self, at: int, start: int) -> bool:
        """Whether a capitalised word goes on with the chain: a category ("NGOs") rarely does."""
        info = self.words[at].info
        if not info.stop or info.folded in self.lexicon.company_suffixes:
            return True
        if info.head and self.words[at - 1].info.capital and not self.words[at - 1].info.stop:
            return True  # "Sauti FM"
        return self._head_at(at + 1) or self.words[start].info.demonym

    def _behind_comma(self, at: int, start: int) -> _Step | None:
        """As in "Minera Azul, S.A."; "Ministry of Gender, Labour and Social Development"."""
        after = self._info(at + 1)
        if after is not None and after.folded in self.lexicon.company_suffixes:
            company = sum(w.info.capital for w in self.words[start:at]) > 1
            return _Step(at + 2) if company else None
        if self.words[start].info.folded not in self.lexicon.listing_heads:
            return None
        if not self._subject(self.words[at - 1].info):
            return None
        link = self._behind_links(at + 1)
        info = self._info(link)
        if info is None or not self._subject(info):
            return None
        return _Step(link + 1, small=not info.capital)

    def _subject(self, info: Info) -> bool:
        """What a ministry may be for: a listed subject, or a capitalised everyday word."""
        return info.portfolio or (
            info.capital and _everyday(info) and not (info.head or info.title)
        )

    def _behind_links(self, at: int) -> int:
        link = at
        while link < at + _LINKS and (info := self._info(link)) is not None and linking(info):
            link += 1
        return link

    def _linked(self, at: int, start: int, begin: int, *, proper: bool) -> _Step | None:
        """Through small words to the next capital, or to an uncapitalised complement."""
        link = self._behind_links(at)
        info = self._info(link)
        if info is None or not info.word or linking(info):
            return None
        links = [w.info for w in self.words[at:link]]
        near = any(i.near and not i.connector for i in links)
        if info.capital:
            if near and not self._near(at, info, links, self.words[start].info):
                return None
            of = self.words[at - 1].info.head and any(i.folded in OF for i in links)
            category = of and info.stop and not info.head  # "Coordination des OSC de Gao"
            return _Step(link + 1) if category or self._may_join(link, start) else None
        head = self.words[begin].info
        subject = info.portfolio and head.folded in self.lexicon.listing_heads
        seat = self._info(link + 1)
        of = info.folded in self.lexicon.place_kinds_before and links[0].folded in OF
        if of and head.capital and seat is not None and seat.capital and not seat.head:
            return _Step(link + 2)  # "Defensoría del estado Mbelwa"
        # "the Ministry of Federal Affairs and the local press"
        apart = near or any(i.folded == "the" for i in links)
        if apart or (proper and not subject) or not self._complement(info, links, head):
            return None
        after = link + 1
        while (info := self._info(after)) is not None and self._describes(info, head):
            after += 1
        return _Step(after, small=True)

    def _near(self, at: int, info: Info, links: Sequence[Info], head: Info) -> bool:
        """Whether "in" or "on" leads to a word of the name, not to where the body is."""
        if info.head:
            field = info.weak and not info.strong and self.words[at - 1].info.starter
            return field or (info.starter and head.starter)  # "Women in Mining", "Women in Action"
        if self._seated(at, links, info):
            return True
        if any(i.folded == "at" for i in links):
            return False
        if any(i.folded in _ASIDE for i in links) and not head.starter:
            return False  # "the Maputo Protocol before the Supreme Court"
        subject = any(i.determiner or i.folded in _ON for i in links)
        return info.common or ((subject or head.starter) and _everyday(info))

    def _seated(self, at: int, links: Sequence[Info], info: Info) -> bool:
        """As in "EU Delegation in Mbelwa", "High Court in Mbelwa": which of them it is."""
        before = self.words[at - 1].info
        seat = before.capital and before.folded in self.lexicon.seated_in
        own = info.capital and not (info.explained or info.title or info.thing)
        return seat and own and len(links) == 1 and links[0].folded in _SEATS

    def _describes(self, info: Info, head: Info) -> bool:
        """Whether an uncapitalised word goes on with a complement: "grande instance"."""
        if info.capital:
            return False
        kind = head.lower_head and info.folded in self.lexicon.lower_complements
        if head.capital and info.text.endswith(_PARTICIPLES) and not info.text.endswith("té"):
            return True
        if info.starter and head.capital and self.lexicon.romance(head.folded):
            return True  # "Union des jeunes filles"
        if head.lower_head and not self.lexicon.romance(head.folded) and info.portfolio:
            return True  # "ministry of women affairs"
        return info.adjective or kind or (info.word and info.folded.endswith(_ADJECTIVES))

    def _complement(self, info: Info, links: Sequence[Info], head: Info) -> bool:
        """As in "Réseau des jeunes pour la paix": a noun that French and Spanish leave small."""
        known = head.strong or head.lower_head or (head.weak and head.capital)
        if not known or links[0].determiner:
            return False
        if info.function or not info.word or len(info.folded) < _SHORTEST_NOUN:
            return False
        if head.lower_head and not head.capital:
            return info.portfolio or info.folded in self.lexicon.lower_complements
        if not self.lexicon.romance(head.folded) or any(i.folded in _ENGLISH_LINKS for i in links):
            return head.lower_head and info.portfolio
        if links[0].coordination and len(links) == 1:
            return info.portfolio
        article = any(i.determiner or i.folded in _WITH_ARTICLE for i in links)
        verb = info.folded.endswith(_INFINITIVES) and links[0].folded in _BARE
        return article or not verb


def _everyday(info: Info) -> bool:
    """A word of a dictionary that nobody bears as a name."""
    return bool(info.ordinary) and not info.suspicious


def linking(info: Info) -> bool:
    """A small word or "&"; but "Sur" in "Voces del Sur" is no French preposition."""
    if info.near and info.capital:
        return False
    return info.small or info.text == "&"


def joined(infos: Sequence[Info]) -> str:
    """Folded words as one phrase, elided articles without a space: "cour d'appel"."""
    return " ".join(i.folded for i in infos).replace("' ", "'")
