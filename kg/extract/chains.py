"""Runs of capitals that may be one name, and where one name ends and the next begins.

A chain is what stands between two places where no name can go on: capitalised
words and the small words that link them ("Commission nationale de dialogue et
de paix"). It is then freed of what leads to it ("Director of the …"), split
where two bodies are joined ("Police nationale et la Gendarmerie"), and what
remains are pieces: word ranges, each perhaps a name.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.lexicon import Lexicon
from kg.extract.sheet import Sheet, Word

_LONGEST = 24  # words; no name of a body is longer, and a text in title case must not become one
_LINKS = 4  # small words in a row: "et pour la", "of the"
_INFINITIVES = ("er", "ir", "re", "ar")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a chain that may be one name: words [start, end)."""

    start: int
    end: int
    sentence_case: bool  # its complement is not capitalised: "Réseau des jeunes pour la paix"


class Chains:
    """Finds the chains of one sheet. `barred` are words that belong to other names already."""

    def __init__(self, paper: Sheet, lexicon: Lexicon, *, barred: Sequence[bool]) -> None:
        self.paper = paper
        self.words = paper.words
        self.lexicon = lexicon
        self.barred = barred

    def __iter__(self) -> Iterator[Piece]:
        """All pieces, in order of place."""
        at = 0
        while at < len(self.words):
            if not self._begins(at):
                at += 1
                continue
            end, lower = self._extend(at)
            yield from self._pieces(at, end, lower=lower)
            at = max(end, at + 1)

    def _free(self, index: int) -> bool:
        return 0 <= index < len(self.words) and not self.barred[index]

    def _begins(self, index: int) -> bool:
        """A capitalised word, or an uncapitalised head with a complement ("ministère de la …")."""
        info = self.words[index].info
        if not self._free(index) or not info.word:
            return False
        if info.capital:
            return not info.determiner and (not info.stop or self._head_follows(index))
        return info.lower_head and index + 1 < len(self.words)

    def _head_follows(self, index: int) -> bool:
        """ "NGO Forum": a category that opens a name."""
        after = index + 1
        return self._free(after) and self.words[after].info.capital and self.words[after].info.head

    def _extend(self, start: int) -> tuple[int, bool]:
        """Index behind the last word of the chain that starts here, and whether it took small words in."""
        end = start + 1
        took_lower = False
        proper = False  # a capitalised word of its own stands behind the head
        headed = self.words[start].info.head or self.words[start].info.starter
        while end - start < _LONGEST:
            step = self._step(end, start, proper=proper)
            if step is None:
                break
            after, lower = step
            last = self.words[after - 1].info
            took_lower = took_lower or lower
            proper = proper or (headed and last.capital and not last.head)
            headed = headed or last.head
            end = after
        return end, took_lower

    def _step(self, at: int, start: int, *, proper: bool) -> tuple[int, bool] | None:
        """Where the chain goes on behind *at*, and whether by an uncapitalised word."""
        if not self._free(at):
            return None
        word = self.words[at]
        info = word.info
        if info.capital and not (info.determiner or info.connector or info.coordination):
            return (at + 1, False) if self._may_join(at, start) else None
        if info.text in {"'s", "’s"}:
            return self._linked(at, start, proper=proper)
        if not info.word and info.text not in {"&", ","}:
            return None
        before = self.words[at - 1].info
        if info.adjective and not info.capital and (before.head or before.adjective) and at > start:
            if before.capital or before.lower_head or not before.capital and before.adjective:
                return at + 1, True
        if info.text == ",":
            return self._listed(at, start)
        if info.connector or info.near or info.coordination or info.determiner:
            return self._linked(at, start, proper=proper)
        return None

    def _may_join(self, at: int, start: int) -> bool:
        """A capitalised word goes on with the chain, but for a category that is no part of a name."""
        info = self.words[at].info
        return not info.stop or self._head_follows(at) or self.words[start].info.demonym

    def _listed(self, at: int, start: int) -> tuple[int, bool] | None:
        """ "Ministry of Gender, Labour and Social Development": a comma between portfolios."""
        head = self.words[start].info.folded in self.lexicon.listing_heads
        if not head or not self.words[at - 1].info.portfolio:
            return None
        link = at + 1
        while self._free(link) and self._link(link) and link < at + _LINKS:
            link += 1
        if self._free(link) and self.words[link].info.portfolio:
            return link + 1, not self.words[link].info.capital
        return None

    def _link(self, index: int) -> bool:
        info = self.words[index].info
        return info.connector or info.near or info.coordination or info.determiner

    def _linked(self, at: int, start: int, *, proper: bool) -> tuple[int, bool] | None:
        """Through small words to the next capital, or to an uncapitalised complement."""
        link = at
        near = False
        while self._free(link) and link < at + _LINKS and not self._content(link):
            info = self.words[link].info
            if not (self._link(link) or info.text in {"'s", "’s", "&"}):
                return None
            near = near or (info.near and not info.connector)
            link += 1
        if not self._free(link) or not self._content(link):
            return None
        info = self.words[link].info
        if info.capital:
            if near and (not info.common or info.head):
                return None
            return (link + 1, False) if self._may_join(link, start) else None
        if near or proper:
            return None
        return self._complement(at, link, start)

    def _content(self, index: int) -> bool:
        """A word that says something; "La" and "Of" in titles are small words all the same."""
        info = self.words[index].info
        return info.word and not self._link(index) and info.text not in {"'s", "’s"}

    def _complement(self, at: int, link: int, start: int) -> tuple[int, bool] | None:
        """ "Réseau des jeunes pour la paix": nouns that French and Spanish leave small."""
        head = self.words[start].info
        if not (head.strong or head.lower_head) or self.words[at].info.determiner:
            return None
        links = [w.info for w in self.words[at:link]]
        info = self.words[link].info
        if info.function or not info.word or len(info.folded) < 3:  # noqa: PLR2004
            return None
        romance = self.lexicon.romance(head.folded) and not any(
            i.folded in {"of", "the", "for", "and", "&"} for i in links
        )
        if head.lower_head and not head.capital and not info.portfolio:
            return None
        if head.lower_head and info.portfolio:
            romance = True
        if not romance or (links[0].coordination and len(links) == 1 and not info.portfolio):
            return None
        bare = not any(i.determiner or i.folded in {"des", "du", "del"} for i in links)
        if bare and links[0].folded in {"pour", "para", "por", "sans", "sin"}:
            if info.folded.endswith(_INFINITIVES):
                return None
        after = link + 1
        while (
            self._free(after)
            and self.words[after].info.adjective
            and not self.words[after].info.capital
        ):
            after += 1
        return after, True

    def _pieces(self, start: int, end: int, *, lower: bool) -> Iterator[Piece]:
        """Split a chain where two names are joined, and free each part of what leads to it."""
        start, end = self._trim(start, end)
        cut = self._lead(start, end)
        if cut is not None:
            yield from self._pieces(cut, end, lower=lower)
            return
        for at in range(start + 1, end - 1):
            if self.words[at].info.coordination and self._splits(start, at, end):
                yield from self._pieces(start, at, lower=lower)
                yield from self._pieces(at + 1, end, lower=lower)
                return
            if self._second_body(start, at, end):
                yield from self._pieces(start, at, lower=lower)
                yield from self._pieces(at + 1, end, lower=lower)
                return
        if start < end:
            yield Piece(start, end, lower)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        """Without articles, links and plain opening words at either end."""
        while start < end and self._idle(start, first=True):
            start += 1
        while start < end and self._idle(end - 1, first=False):
            end -= 1
        return start, end

    def _idle(self, index: int, *, first: bool) -> bool:
        info = self.words[index].info
        if not info.word or self._link(index) or info.text in {"'s", "’s"}:
            return True
        return first and info.function and not info.acronym

    def _lead(self, start: int, end: int) -> int | None:
        """Where the name begins behind "Members of the …", "Training by …"; None without a lead."""
        for at in range(start, min(start + 4, end - 2)):
            info = self.words[at].info
            following = self.words[at + 1].info
            leads = info.lead_in or (self.words[start].first and at == start and info.common)
            if not leads or (info.head and not info.lead_in) or info.demonym:
                if info.adjective or info.common:
                    continue
                return None
            if info.starter and following.connector and following.folded not in _OF:
                return None
            if following.connector or following.near:
                behind = at + 2
                while behind < end and self._link(behind):
                    behind += 1
                body = any(
                    w.info.head or w.info.starter or w.info.acronym or w.info.mixed
                    for w in self.words[behind:end]
                )
                if body and not (info.head and at == start and not info.lead_in):
                    return behind
        return None

    def _splits(self, start: int, at: int, end: int) -> bool:
        """Whether "and" joins two bodies rather than two words of one name."""
        left, right = self.words[start:at], list(self.words[at + 1 : end])
        while right and (right[0].info.determiner or right[0].info.connector):
            if right[0].info.folded in _OF:
                return False  # "de dialogue et de paix"
            right = right[1:]
        if not right:
            return False
        if _names_itself(left) or _names_itself(right[:1]):
            return True
        headed = _any(left, _body)
        if self.words[start].info.folded in self.lexicon.listing_heads and right[0].info.portfolio:
            return _any(right, lambda w: w.info.strong and not w.info.portfolio)
        if headed and (right[0].info.strong or right[0].info.lower_head):
            return True
        if headed and _any(right, _body) and right[0].info.capital:
            return True
        complete = left[-1].info.strong and not left[0].info.lower_head and len(left) > 1
        return complete and len(right) > 1 and not left[0].info.strong

    def _second_body(self, start: int, at: int, end: int) -> bool:
        """ "… for Ministry of Justice", "… par la Commission X": a link that leads to another body."""
        info = self.words[at].info
        if not (info.connector or info.near) or info.folded in _OF:
            return False
        behind = at + 1
        while behind < end and self._link(behind):
            behind += 1
        if behind >= end - 1 or not _any(self.words[start:at], _body):
            return False
        head = self.words[behind].info
        return head.strong and head.capital and not head.folded.endswith("s") and not head.starter


_OF = frozenset({"of", "de", "des", "du", "d'", "del"})


def _any(words: Sequence[Word], holds: Callable[[Word], bool]) -> bool:
    return any(holds(w) for w in words)


def _body(word: Word) -> bool:
    return word.info.strong or (word.info.lower_head and not word.info.capital)


def _names_itself(words: Sequence[Word]) -> bool:
    """One acronym or one word with inner capitals: a whole name."""
    return len(words) == 1 and (words[0].info.acronym or words[0].info.mixed)
