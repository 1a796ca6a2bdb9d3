"""Acronyms that the text itself defines: "Full Name (ACRONYM)" and "ACRONYM (Full Name)".

Schwartz and Hearst's algorithm, with accents folded and elided articles
("l'", "d'") read as words. A pair counts as an organisation only where the
long form is plausibly one: "human rights defenders (HRDs)" gives none, and
what stands in brackets as "(Open the Gate, TLP)" is only suggested.

Source: A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying
abbreviation definitions in biomedical text", PSB 2003.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract.chains import Chains
from kg.extract.lexicon import Lexicon, folded_words, without_determiner
from kg.extract.organisations import STRONG, rate
from kg.extract.registry import pieces_of, plain_acronym
from kg.extract.sheet import Sheet, Span, Word, sheet
from kg.model import Kind, MentionStatus

DEFINED, WEAKLY_DEFINED, BRACKETED, INITIALS = 0.95, 0.6, 0.5, 0.75
_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,90})[)\]]")
_INTRO = 6  # words that may stand between a bracket and the acronym: "hereafter referred to as"
_SHORTEST_INITIALS = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """A long form and its acronym: word ranges [start, end), and how far they are trusted."""

    long: tuple[int, int]
    short: tuple[int, int]
    confidence: float
    method: str


def flat(text: str) -> str:
    """Text folded letter by letter, so that places stay the same.

    >>> flat("Réseau"), len(flat("ﬁn")) == len("ﬁn")
    ('reseau', True)
    """
    return "".join(_flat_letter(c) for c in text)


def _flat_letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    return unicodedata.normalize("NFKD", letter.casefold())[:1] or letter


def long_form(text: str, acronym: str) -> int | None:
    """Where the shortest long form of an acronym begins in the text right before it.

    Args:
        text: What stands before the bracket.
        acronym: The short form; only its letters and digits count.

    Returns:
        Offset of the first letter of the long form, None where the letters
        of the acronym are not in the text in this order.

    >>> text = "said the Coalition Côtière des Gens de Mer"
    >>> text[long_form(text, "COCADX"):]
    'Coalition Côtière des Gens de Mer'
    >>> long_form("the army", "RVDXH") is None
    True
    """
    letters = [c for c in flat(acronym) if c.isalnum()]
    where = flat(text)
    at = len(where) - 1
    for index in range(len(letters) - 1, -1, -1):
        while at >= 0 and not (
            where[at] == letters[index] and (index > 0 or at == 0 or not where[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
        at -= 1
    return at + 1


class Abbreviations:
    """Finds defined acronyms, then both forms again in the whole record."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Take down each pair and every other place where one of its forms stands."""
        paper = sheet(doc)
        pairs = [pair for pair in self._pairs(paper) if pair is not None]
        defined: list[tuple[Pair, str]] = []
        for number, pair in enumerate(pairs, start=1):
            group = f"definition-{number}"
            if self._take(paper, pair, group):
                defined.append((pair, group))
        if defined:
            self._again(paper, defined)
        return doc

    def _pairs(self, paper: Sheet) -> Sequence[Pair | None]:
        brackets = [
            m
            for part in paper.parts
            for m in _BRACKETS.finditer(paper.masked, part.start, part.end)
        ]
        if not brackets:
            return ()
        barred = [False] * len(paper.words)
        starts = {}
        for piece in Chains(paper, self.lexicon, barred=barred):
            starts[piece.end] = piece
        found: list[Pair | None] = []
        for match in brackets:
            inner = self._inside(paper, match.start(1), match.end(1))
            outer = paper.at(match.start()) - 1
            while outer >= 0 and paper.words[outer].info.text in "»”\"'’":
                outer -= 1
            if not inner or outer < 0:
                continue
            found.append(
                self._acronym_inside(paper, inner, outer, starts)
                or self._name_inside(paper, inner, outer, starts)
                or self._both_inside(paper, inner)
            )
        return found

    def _inside(self, paper: Sheet, start: int, end: int) -> range:
        inside = paper.inside(start, end)
        words = paper.words
        first, last = inside.start, inside.stop
        while first < last and not words[first].info.word:
            first += 1
        while last > first and not (words[last - 1].info.word or words[last - 1].info.digit):
            last -= 1
        return range(first, last)

    def _short(self, word: Word) -> bool:
        """Whether a word may be the short form of a definition: stop words too, "TLP" may be a body."""
        return word.info.acronym or (
            word.info.stop and word.info.text not in self.lexicon.countries
        )

    def _acronym_inside(
        self, paper: Sheet, inner: range, outer: int, chains: dict[int, "object"]
    ) -> Pair | None:
        """ "Full Name (ACRONYM)", "Full Name (hereafter ACRONYM, a member of …)"."""
        words = paper.words
        for index in inner[:_INTRO]:
            word = words[index]
            if self._short(word):
                break
            if word.info.capital and not word.info.function and index != inner.start:
                return None
            if word.info.capital and not word.info.function and not word.info.common:
                return None
        else:
            return None
        follows = words[index + 1].info if index + 1 in inner else None
        if follows is not None and (follows.capital or follows.word and index > inner.start):
            return None
        start = self._start(paper, outer, word.info.text, chains)
        if start is None:
            return None
        start, by_letters = start
        confidence = self._trust(paper, start, outer + 1, by_letters=by_letters)
        if not confidence:
            return None
        if word.info.stop and confidence < DEFINED:
            return None
        return Pair((start, outer + 1), (index, index + 1), confidence, "abbreviation-definition")

    def _start(
        self, paper: Sheet, outer: int, acronym: str, chains: dict
    ) -> tuple[int, bool] | None:
        """First word of the long form that ends with word *outer*; and whether the letters agree."""
        words = paper.words
        part = paper.part_of(words[outer].start)
        letters = sum(c.isalnum() for c in acronym)
        low = outer
        content = 0
        while (
            low > 0
            and words[low - 1].start >= part.start
            and content < min(letters + 5, 2 * letters + 2)
        ):
            info = words[low].info
            if words[low].first or info.text in {"(", ")", ";", ".", ":"}:
                break
            content += info.word and not (info.connector or info.determiner or info.coordination)
            low -= 1
        if not words[low].info.word:
            low += 1
        region = paper.masked[words[low].start : words[outer].end] if low <= outer else ""
        offset = long_form(region, acronym)
        by_letters = None if offset is None else paper.at(words[low].start + offset)
        piece = chains.get(outer + 1)
        chain = None
        if piece is not None:
            trimmed = words[piece.start : piece.end]
            if (
                rate(piece, trimmed, self.lexicon, sentence_start=False) >= STRONG
                and len(trimmed) > 1
            ):
                chain = piece.start
        if by_letters is None:
            return None if chain is None else (chain, False)
        while words[by_letters].info.determiner and by_letters < outer:
            by_letters += 1
        if chain is not None and chain < by_letters:
            same = flat(words[chain].info.text[:1]) == flat(acronym[:1])
            return (chain if same else by_letters), True
        if chain is not None and chain > by_letters and not words[by_letters].info.capital:
            return chain, True
        return by_letters, True

    def _trust(self, paper: Sheet, start: int, end: int, *, by_letters: bool) -> float:
        """How plausibly words [start, end) name a body: `DEFINED`, `WEAKLY_DEFINED` or 0."""
        from kg.extract.chains import Piece

        words = paper.words[start:end]
        infos = [w.info for w in words if w.info.word]
        if not infos:
            return 0.0
        phrase = " ".join(i.folded for i in infos).replace("' ", "'")
        if phrase in self.lexicon.generic_phrases:
            return 0.0
        capitals = sum(i.capital for i in infos)
        romance = self.lexicon.romance(infos[0].folded) and infos[0].head
        if (
            infos[-1].thing
            and not infos[-1].head
            and not romance
            and not any(i.strong for i in infos)
        ):
            return 0.0
        if infos[0].thing and not infos[0].head and not infos[0].starter:
            return 0.0
        sentence_case = any(
            not i.capital and not (i.connector or i.near or i.coordination or i.determiner)
            for i in infos
        )
        rated = rate(Piece(start, end, sentence_case), words, self.lexicon, sentence_start=False)
        headed = any(i.strong for i in infos)
        if infos[0].capital and (rated >= STRONG or (headed and by_letters)):
            return DEFINED
        if capitals == 0:
            return WEAKLY_DEFINED if by_letters and infos[0].strong and len(infos) > 2 else 0.0  # noqa: PLR2004
        return WEAKLY_DEFINED if by_letters and infos[0].capital else 0.0

    def _name_inside(self, paper: Sheet, inner: range, outer: int, chains: dict) -> Pair | None:
        """ "ACRONYM (Full Name)", "ACRONYM (Full Name, a network of …)"."""
        words = paper.words
        if not self._short(words[outer]):
            return None
        start = inner.start
        while start < inner.stop and words[start].info.determiner:
            start += 1
        end = start
        while end < inner.stop and (words[end].info.word or words[end].info.text in {"&", "-"}):
            end += 1
        if end - start < 2 or not words[start].info.capital:  # noqa: PLR2004
            return None
        text = paper.masked[words[start].start : words[end - 1].end]
        by_letters = long_form(text, words[outer].info.text) == 0
        confidence = self._trust(paper, start, end, by_letters=by_letters)
        if not confidence or (confidence < DEFINED and not by_letters):
            return None
        if words[outer].info.stop and confidence < DEFINED:
            return None
        return Pair((start, end), (outer, outer + 1), confidence, "abbreviation-definition")

    def _both_inside(self, paper: Sheet, inner: range) -> Pair | None:
        """ "(Full Name, ACRONYM)": beside a person's name mostly; only suggested."""
        words = paper.words
        last = inner.stop - 1
        if last - inner.start < 2 or not self._short(words[last]):  # noqa: PLR2004
            return None
        if words[last - 1].info.text not in {",", "/", "-", "–", ";"}:
            return None
        start, end = inner.start, last - 1
        while start < end and words[start].info.determiner:
            start += 1
        chosen = words[start:end]
        if not chosen or not chosen[0].info.capital or not all(w.info.word for w in chosen):
            return None
        if chosen[-1].info.thing and not any(w.info.head for w in chosen):
            return None
        if len(chosen) < 2 and not chosen[0].info.mixed:  # noqa: PLR2004
            return None
        return Pair((start, end), (last, last + 1), BRACKETED, "bracketed-name")

    def _take(self, paper: Sheet, pair: Pair, group: str) -> bool:
        kept = False
        for start, end in (pair.long, pair.short):
            kept = _add(paper, start, end, pair, group) or kept
        return kept

    def _again(self, paper: Sheet, defined: Sequence[tuple[Pair, str]]) -> None:
        """Both forms wherever they stand in the record."""
        words = paper.words
        shorts: dict[str, tuple[Pair, str]] = {}
        longs: list[tuple[tuple[str, ...], Pair, str]] = []
        for pair, group in defined:
            shorts.setdefault(plain_acronym(words[pair.short[0]].info.text), (pair, group))
            name = paper.masked[words[pair.long[0]].start : words[pair.long[1] - 1].end]
            longs.append((without_determiner(folded_words(name)), pair, group))
        for index, word in enumerate(words):
            if word.info.word and (hit := shorts.get(plain_acronym(word.info.text))):
                _add(paper, index, index + 1, *hit)
        pieces, owner = pieces_of(paper)
        for name, pair, group in longs:
            for at in range(len(pieces) - len(name) + 1):
                if pieces[at] == name[0] and tuple(pieces[at : at + len(name)]) == name:
                    _add(paper, owner[at], owner[at + len(name) - 1] + 1, pair, group)


def _add(paper: Sheet, start: int, end: int, pair: Pair, group: str) -> bool:
    words = paper.words
    status = MentionStatus.ACCEPTED if pair.confidence >= DEFINED else MentionStatus.SUGGESTED
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
    for other in paper.spans:
        if (other.start, other.end, other.kind) == (span.start, span.end, span.kind):
            other.group = other.group or group
            return True
    return False


def initials(doc: Doc) -> Doc:
    """Join an undefined acronym to the one full name of its record whose capitals it spells.

    "Centre for Justice and Peace … CJP": no bracket says so, but nothing else
    in the record begins with these letters.
    """
    paper = sheet(doc)
    spans = paper.of(Kind.ORGANISATION)
    names: dict[str, set[str]] = {}
    holders: dict[str, list[Span]] = {}
    for span in spans:
        if span.method != "organisation-rule" or span.confidence < STRONG:
            continue
        letters = _capitals(paper.text[span.start : span.end])
        if len(letters) >= _SHORTEST_INITIALS:
            names.setdefault(letters, set()).add(
                " ".join(folded_words(paper.text[span.start : span.end]))
            )
            holders.setdefault(letters, []).append(span)
    for span in spans:
        if span.method != "acronym-rule":
            continue
        letters = plain_acronym(paper.text[span.start : span.end])
        if len(names.get(letters, ())) != 1:
            continue
        group = f"initials-{letters}"
        span.group, span.confidence, span.status = group, INITIALS, MentionStatus.ACCEPTED
        for holder in holders[letters]:
            holder.group = holder.group or group
    return doc


def _capitals(name: str) -> str:
    return "".join(w[0] for w in re.findall(r"[^\W\d_]+", name) if w[0].isupper()).upper()
