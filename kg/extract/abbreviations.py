"""Acronyms that the text itself defines: "Full Name (ACRONYM)" and "ACRONYM (Full Name)".

A pair counts as an organisation only where the long form is plausibly one:
"human rights defenders (HRDs)" gives none, and what stands in brackets as
"(Light the Way, LWX)" is only suggested.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.beside import beside
from kg.extract.chains import Piece
from kg.extract.companies import formed
from kg.extract.info import plain_acronym
from kg.extract.lexicon import Lexicon, folded_words, without_determiner
from kg.extract.pairs import BRACKETED, DEFINED, Pair, beginning, long_form, paper_or_plan, trust
from kg.extract.parting import pieces
from kg.extract.rating import STRONG
from kg.extract.sheet import Sheet, Span, Word, sheet
from kg.model import Kind, MentionStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc

INITIALS = 0.75
_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,90})[)\]]")
_NEAR = 40  # words before a bracket, more than the longest name has
_INTRO = 6  # words that may stand between a bracket and the acronym: "hereafter referred to as"
_SHORTEST_INITIALS = 3
_RULES = frozenset({"organisation-rule", "context-rule"})
_QUOTES = frozenset("»”\"'’")
_SEPARATORS = frozenset({",", "/", "-", "–", ";"})


class Abbreviations:
    """Finds defined acronyms, then both forms again in the whole record."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: "Doc") -> "Doc":
        """Take down each pair and every other place where one of its forms stands."""
        paper = sheet(doc)
        defined: list[tuple[Pair, str]] = []
        groups: dict[tuple[str, ...], str] = {}
        for pair in (*self._pairs(paper), *beside(paper, self.lexicon)):
            forms = (*_name(paper, pair), paper.words[pair.short[0]].info.letters)
            known = groups.get(forms)
            group = known or f"definition-{len(groups) + 1}"
            # Both forms are taken down, whichever of them is a known name already.
            kept = [_add(paper, *pair.long, pair, group), _add(paper, *pair.short, pair, group)]
            if any(kept) and known is None:
                groups[forms] = group
                defined.append((pair, group))
        if defined:
            _again(paper, defined)
        # What a record says of its acronyms goes before what the world says of them.
        paper.denied -= {paper.words[pair.short[0]].info.letters for pair, _ in defined}
        paper.keep(Kind.ORGANISATION, lambda span: not _denied(paper, span))
        return doc

    def _pairs(self, paper: Sheet) -> Iterator[Pair]:
        brackets = [
            match
            for part in paper.parts
            for match in _BRACKETS.finditer(paper.masked, part.start, part.end)
        ]
        if not brackets:
            return
        # A name and its bracket stand side by side: nothing else is asked for chains.
        barred = [True] * len(paper.words)
        for match in brackets:
            at = paper.at(match.start())
            begin = at  # no name crosses the beginning of a sentence
            while begin > 0 and at - begin < _NEAR and not paper.words[begin].first:
                begin -= 1
            barred[begin:at] = [False] * (at - begin)
        chains = {piece.end: piece for piece in pieces(paper, self.lexicon, barred=barred)}
        for match in brackets:
            inner = _inside(paper, match.start(1), match.end(1))
            outer = paper.at(match.start()) - 1
            while outer >= 0 and paper.words[outer].info.text in _QUOTES:
                outer -= 1
            if not inner or outer < 0 or formed(paper.masked, match.end()):
                continue
            pair = (
                self._acronym_inside(paper, inner, outer, chains)
                or self._name_inside(paper, inner, outer)
                or self._both_inside(paper, inner)
            )
            if pair is not None:
                yield pair

    def _short(self, word: Word) -> bool:
        """Whether a word may be the short form; stop words too: "CAP" may be a body somewhere."""
        country = word.info.text in self.lexicon.countries
        return word.info.acronym or (word.info.stop and not country)

    def _acronym_inside(
        self, paper: Sheet, inner: range, outer: int, chains: Mapping[int, Piece]
    ) -> Pair | None:
        """As in "Full Name (ACRONYM)", "Full Name (hereafter ACRONYM, a member of …)"."""
        words = paper.words
        index = self._acronym_of(paper, inner)
        if index is None:
            return None
        found = beginning(paper, outer, words[index].info.text, chains, self.lexicon)
        if found is None or _branches(words[found.word], words[index]):
            return None
        confidence = trust(
            paper, found.word, outer + 1, by_letters=found.by_letters, lexicon=self.lexicon
        )
        if found.by_letters and paper_or_plan(
            [w.info for w in words[found.word : outer + 1] if w.info.word], self.lexicon
        ):
            paper.denied.add(words[index].info.letters)
        if not confidence or (words[index].info.stop and confidence < DEFINED):
            return None
        return Pair((found.word, outer + 1), (index, index + 1), confidence)

    def _acronym_of(self, paper: Sheet, inner: range) -> int | None:
        """The acronym in a bracket, where nothing but small words stands before it."""
        words = paper.words
        for index in inner[:_INTRO]:
            info = words[index].info
            if self._short(words[index]):
                after = words[index + 1].info if index + 1 in inner else None
                goes_on = after is not None and (
                    after.capital or (after.word and index > inner.start)
                )
                return None if goes_on else index
            if info.capital and not info.function and (index != inner.start or not info.common):
                return None
        return None

    def _name_inside(self, paper: Sheet, inner: range, outer: int) -> Pair | None:
        """As in "ACRONYM (Full Name)", "ACRONYM (Full Name, a network of …)"."""
        words = paper.words
        if not self._short(words[outer]):
            return None
        start = inner.start
        while start < inner.stop and words[start].info.determiner:
            start += 1
        end = start
        while end < inner.stop and (words[end].info.word or words[end].info.text in {"&", "-"}):
            end += 1
        if end - start <= 1 or not words[start].info.capital:
            return None
        text = paper.masked[words[start].start : words[end - 1].end]
        by_letters = long_form(text, words[outer].info.text) == 0
        confidence = trust(paper, start, end, by_letters=by_letters, lexicon=self.lexicon)
        sure = confidence >= DEFINED or (by_letters and not words[outer].info.stop)
        return Pair((start, end), (outer, outer + 1), confidence) if confidence and sure else None

    def _both_inside(self, paper: Sheet, inner: range) -> Pair | None:
        """As in "(Full Name, ACRONYM)": beside a person's name mostly; only suggested."""
        words = paper.words
        last = inner.stop - 1
        if last - inner.start <= 1 or not self._short(words[last]):
            return None
        if words[last - 1].info.text not in _SEPARATORS:
            return None
        start, end = inner.start, last - 1
        while start < end and words[start].info.determiner:
            start += 1
        infos = [w.info for w in words[start:end]]
        if not infos or not infos[0].capital or not all(i.word for i in infos):
            return None
        if infos[-1].thing and not any(i.head for i in infos):
            return None
        if len(infos) == 1 and not infos[0].mixed:
            return None
        return Pair((start, end), (last, last + 1), BRACKETED, "bracketed-name")


def _branches(first: Word, short: Word) -> bool:
    """Whether a bracket names branches: "RDKLX chapters in Mbelwa (RDKLX-Mbelwa)"."""
    return first.info.acronym and short.info.letters.startswith(first.info.letters)


def _denied(paper: Sheet, span: Span) -> bool:
    text = plain_acronym(paper.text[span.start : span.end])
    return span.method == "known-name" and text in paper.denied


def _inside(paper: Sheet, start: int, end: int) -> range:
    """The words in a bracket, without punctuation at either end."""
    words, inside = paper.words, paper.inside(start, end)
    first, last = inside.start, inside.stop
    while first < last and not words[first].info.word:
        first += 1
    while last > first and not (words[last - 1].info.word or words[last - 1].info.digit):
        last -= 1
    return range(first, last)


def _name(paper: Sheet, pair: Pair) -> tuple[str, ...]:
    """The folded words of a pair's long form."""
    first, last = paper.words[pair.long[0]], paper.words[pair.long[1] - 1]
    return without_determiner(folded_words(paper.masked[first.start : last.end]))


def _again(paper: Sheet, defined: Sequence[tuple[Pair, str]]) -> None:
    """Both forms of each pair wherever they stand in the record."""
    words = paper.words
    shorts: dict[str, tuple[Pair, str]] = {}
    longs: dict[str, list[tuple[tuple[str, ...], Pair, str]]] = {}
    for pair, group in defined:
        shorts.setdefault(words[pair.short[0]].info.letters, (pair, group))
        name = _name(paper, pair)
        if name:
            longs.setdefault(name[0], []).append((name, pair, group))
    for index, word in enumerate(words):
        if word.info.word and (hit := shorts.get(word.info.letters)):
            _add(paper, index, index + 1, *hit)
    pieces, owner = paper.pieces
    for at, piece in enumerate(pieces):
        for name, pair, group in longs.get(piece, ()):
            if tuple(pieces[at : at + len(name)]) == name:
                _add(paper, owner[at], owner[at + len(name) - 1] + 1, pair, group)


def _add(paper: Sheet, start: int, end: int, pair: Pair, group: str) -> bool:
    words = paper.words
    sure = pair.confidence >= DEFINED and not paper.loud(words[start].start)
    status = MentionStatus.ACCEPTED if sure else MentionStatus.SUGGESTED
    span = Span(
        words[start].start,
        words[end - 1].end,
        Kind.ORGANISATION,
        pair.method,
        pair.confidence,
        status,
        group=group,
    )
    if paper.add(span):
        return True
    # A known body that is defined here too: the group joins its two names.
    other = paper.exactly(span)
    if other is None:
        return False
    other.group = other.group or group
    return True


def repeated(doc: "Doc") -> "Doc":
    """Find a name of two words or more again where a sentence begins with it, or no rule saw it."""
    paper = sheet(doc)
    taken = paper.covered(Kind.ORGANISATION)
    names: dict[str, list[tuple[tuple[str, ...], Span]]] = {}
    for span in paper.of(Kind.ORGANISATION):
        name = without_determiner(folded_words(paper.text[span.start : span.end]))
        if span.method in _RULES and len(name) > 1:
            names.setdefault(name[0], []).append((name, span))
    if not names:
        return doc
    pieces, owner = paper.pieces
    for at, piece in enumerate(pieces):
        for name, span in names.get(piece, ()):
            if taken[owner[at]] or tuple(pieces[at : at + len(name)]) != name:
                continue
            words = paper.words[owner[at] : owner[at + len(name) - 1] + 1]
            if words[0].info.capital:
                paper.add(replace(span, start=words[0].start, end=words[-1].end))
    return doc


def initials(doc: "Doc") -> "Doc":
    """Join an undefined acronym to the one full name of its record whose capitals it spells.

    "Centre for Justice and Peace … CJP": no bracket says so, but nothing else
    in the record begins with these letters.
    """
    paper = sheet(doc)
    names: dict[str, dict[str, list[Span]]] = {}
    for span in paper.of(Kind.ORGANISATION):
        text = paper.text[span.start : span.end]
        letters = "".join(w[0] for w in re.findall(r"[^\W\d_]+", text) if w[0].isupper()).upper()
        sure = span.method == "organisation-rule" and span.confidence >= STRONG
        if sure and len(letters) >= _SHORTEST_INITIALS:
            same = names.setdefault(letters, {})
            same.setdefault(" ".join(folded_words(text)), []).append(span)
    for span in paper.of(Kind.ORGANISATION):
        letters = plain_acronym(paper.text[span.start : span.end])
        if span.method != "acronym-rule" or len(names.get(letters, ())) != 1:
            continue
        group = f"initials-{letters}"
        span.group, span.confidence, span.status = group, INITIALS, MentionStatus.ACCEPTED
        for holders in names[letters].values():
            for holder in holders:
                holder.group = holder.group or group
    return doc
