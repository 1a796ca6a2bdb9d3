"""What stands around a run of capitals, and within it, when no head noun says that it names a body.

Two things have to agree: the words are no name of somebody (plain words of the
language, a country at the end), and something beside them fits a body alone
("members of …", ", a network of …", a row of other bodies).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.extract.chains import OF, Piece, linking
from kg.extract.data_files import data
from kg.extract.info import TONGUES, Info
from kg.extract.lexicon import Lexicon
from kg.extract.lists import bare_list
from kg.extract.pairs import flat
from kg.extract.sheet import Sheet, Span, Word
from kg.model import Kind

_BEFORE, _BEHIND = 60, 110  # code points that a cue may need
_ROW = re.compile(
    # "the help of Mbelwa" is no row: a comma or an "and" makes one.
    r"(?=[^\w,]*,|[^\w,]*\b(?:and|et|y|e|as well as|ainsi que|asi como)\b|[^\w,]*&|[\s»”]*[«“])"
    r"[\s,»«\"“”()]*(?:\b(?:and|et|y|e|&|as well as|ainsi que|asi como)\s+)?"
    r"(?:\b(?:the|la|le|les|el|los|las|de|du|des|del|par|by|por|from|avec|with|con)\s+)*"
    r"(?:l'|d'|de l')?[\s«\"“]*"
)
_DOUBLE = re.compile(r"\w[-‑][A-ZÀ-Ý]")
_ITEM_ENDS = re.compile(r"[\s»”\"]*(?:\d{1,3}\s*)?(?:[,;/.(\n]|$|(?:and|et|y|e|&)\s)")
_JOINED = re.compile(r"(?:,|\b(?:and|et|y|e)|&)\s*$")
_SURE, _SOME = 2, 1
_LANGUAGES = ("es", "fr", TONGUES)  # in which names stand untranslated in other languages' texts
_QUOTES = frozenset("«“\"'")
_PATRONYMS = ("ovich", "evich", "ovna", "evna", "ovych", "ivna")
_TWO = 2  # words of its own: as many as a person's name mostly has


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled patterns of `data/context.yaml`."""

    behind: re.Pattern[str]
    before: re.Pattern[str]
    some: re.Pattern[str]
    leads: re.Pattern[str]
    acts: re.Pattern[str]
    deed: re.Pattern[str]
    apposed: re.Pattern[str]
    led: re.Pattern[str]
    stranger: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cues around a name."""
    raw = data("context.yaml")
    return Cues(
        behind=re.compile("|".join(raw["behind"]["sure"])),
        before=re.compile("|".join(raw["before"]["sure"])),
        some=re.compile("|".join(raw["before"]["some"])),
        leads=re.compile(raw["plain"]["before"]),
        acts=re.compile(raw["plain"]["behind"]),
        deed=re.compile(raw["deed"]),
        apposed=re.compile("|".join(raw["apposed"]["behind"])),
        led=re.compile("|".join(raw["apposed"]["before"])),
        stranger={
            f"{side}-{kind}": re.compile("|".join(said) if isinstance(said, list) else said)
            for side, kind, said in _strangers(raw["strangers"])
        },
    )


def _strangers(raw: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, Any]]:
    for kind in ("sure", "some"):
        for side in ("before", "behind"):
            yield side, kind, raw[side][kind]
    for side in ("before", "behind"):
        yield side, "person", raw["person"][side]


class Context:
    """Asks of pieces without a head noun whether they name a body all the same."""

    def __init__(self, paper: Sheet, lexicon: Lexicon, *, places: frozenset[str]) -> None:
        self.paper = paper
        self.lexicon = lexicon
        self.places = places
        self._text = ""

    def named(self, piece: Piece) -> Sequence[Word]:
        """The words of a piece without who leads to them: "Members of …"."""
        words = self.paper.words[piece.start : piece.end]
        if len(words) > _TWO and words[0].info.lead_in and words[1].info.folded in OF:
            words = words[_TWO:]
            while len(words) > 1 and linking(words[0].info):
                words = words[1:]
        return words

    def tells(self, piece: Piece) -> bool:  # noqa: PLR0911 (one return a reason)
        """Whether enough says that a piece names a body."""
        words = self.named(piece)
        infos = [w.info for w in words]
        own = [i for i in infos if i.word and not self._links(i)]
        if not infos[0].capital or not own or self._excluded(infos, own):
            return False
        if any(self.lexicon.link(i) for i in infos):
            return not all(i.named or i.suspicious for i in own)
        language = self._language(words[0])
        last = own[-1]
        placed = len(own) > 1 and self._place(last)
        placed = placed and (len(own) > _TWO or not last.suspicious)
        rest = own[:-1] if placed else own
        strange = [i for i in rest if not self._plain(i, language)]
        if strange and len(rest) > 1:
            foreign = ([i for i in rest if not self._plain(i, other)] for other in _LANGUAGES)
            strange = next((none for none in foreign if not none), strange)
        named = any(i.named or i.suspicious for i in strange)
        if self._apposed(words):
            return True
        # Two strange words in a list of bodies may be somebody who was there as well.
        fits = len(own) == 1 or len(strange) < len(own)
        if fits and self._item(words) and not (named or self._somewhere(words)):
            return True
        if len(own) == 1:
            return self._outside(words) > _SURE and not (named or words[0].first)
        if placed and (not strange or len(own) > _TWO):
            return True
        if not strange or len(strange) < len(own) - 1:
            return self._outside(words, plain=not strange or len(own) > _TWO) > 0
        if named or any(self._of_somebody(i) for i in infos) or self._officer(words[0]):
            return False
        outside = self._outside(words)
        return outside >= (_SOME if placed else _SURE) or self._stranger(words, outside)

    def _apposed(self, words: Sequence[Word]) -> bool:
        """As in "Mbelwa, a network of …", "the Mbelwa party", "a sister group, Mbelwa, …"."""
        before, behind = self._around(words)
        known = cues()
        led = behind[:1] == "," and known.led.search(before) is not None
        return led or known.apposed.match(behind) is not None

    def _item(self, words: Sequence[Word]) -> bool:
        """Whether a piece is an item of a sentence that is but a list of bodies."""
        alone = _ITEM_ENDS.match(self._around(words)[1]) is not None
        return alone and bare_list(self.paper, words[0])

    def _somewhere(self, words: Sequence[Word]) -> bool:
        """Whether one strange word is a place's."""
        folded = words[0].info.folded
        return len(words) == 1 and (folded in self.places or folded in self.lexicon.towns)

    def _of_somebody(self, info: Info) -> bool:
        """What a person's name has and a body's rarely: initials, particles, a double surname."""
        initial = info.word and info.capital and len(info.text.rstrip(".")) == 1
        return (
            initial
            or info.folded.endswith(_PATRONYMS)
            or _DOUBLE.search(info.text) is not None
            or (info.particle and not linking(info))
        )

    def _officer(self, word: Word) -> bool:
        """Whether an officer's body and a comma stand before: "rector of the Guild, Xy Zw"."""
        before = [s for s in self.paper.of(Kind.ORGANISATION) if s.end <= word.start][-1:]
        if not before or self.paper.masked[before[0].end : word.start].strip() != ",":
            return False
        at = self.paper.at(before[0].start) - 1
        while at >= 0 and linking(self.paper.words[at].info):
            at -= 1
        return at >= 0 and (self.paper.words[at].info.title or self.paper.words[at].info.lead_in)

    def _stranger(self, words: Sequence[Word], outside: int) -> bool:
        """Whether the words around strange ones, which no list of names has, fit a body."""
        before, behind = self._around(words)
        known = cues().stranger
        if known["before-person"].search(before) or known["behind-person"].match(behind):
            return False
        at = self.paper.at(words[0].start) - 1
        while at >= 0 and self.paper.words[at].info.text in {".", ":"}:
            at -= 1
        title = self.paper.words[at].info if at >= 0 else None
        if title is not None and (title.title or title.lead_in) and not title.head:
            return False
        joined = _JOINED.search(before) is not None
        if known["before-sure"].search(before) or (
            not joined and known["behind-sure"].match(behind)
        ):
            return True
        if known["before-some"].search(before):
            outside += _SOME
        if not joined and known["behind-some"].match(behind):
            outside += _SOME
        return outside >= _SOME

    def _links(self, info: Info) -> bool:
        return linking(info) or info.function or self.lexicon.link(info)

    def _place(self, info: Info) -> bool:
        return info.folded in self.places or info.folded in self.lexicon.continents

    def plainly(self, span: Span) -> bool:
        """Whether every word of a name is plain, so that it is nobody's."""
        words = [self.paper.words[i] for i in self.paper.inside(span.start, span.end)]
        infos = [w.info for w in words]
        own = [i for i in infos if i.word and not self._links(i)]
        rest = own[:-1] if own and self._place(own[-1]) else own
        if len(own) < _TWO or any(i.title or i.upper for i in own):
            return False
        language = self._language(words[0])
        return any(all(self._plain(i, lang) for i in rest) for lang in (language, *_LANGUAGES))

    def _language(self, word: Word) -> str:
        return self.paper.part_of(word.start).language or self.paper.language or "en"

    def acts(self, span: Span) -> bool:
        """Whether a row of bodies, or what a body does or gets, stands beside a name."""
        words = [self.paper.words[i] for i in self.paper.inside(span.start, span.end)]
        return self._outside(words, plain=True) > 0

    def _excluded(self, infos: Sequence[Info], own: Sequence[Info]) -> bool:
        """Titles, papers, codes, words of the framework: never a body's name."""
        first, last = own[0], own[-1]
        if len(own) == _TWO and any(i.coordination for i in infos):
            return True  # "March and July"
        if first.title or first.thing or first.framework or last.thing:
            return True
        if last.lead_in and not last.starter:
            return True
        return any(i.stop or i.product or i.upper or i.demonym for i in own)

    def _plain(self, info: Info, language: str) -> bool:
        if (info.suspicious and not info.portfolio) or (info.named and not info.common):
            return False
        known = info.common or info.starter or info.portfolio or info.head or info.adjective
        return known or language in info.ordinary.split()

    def _around(self, words: Sequence[Word]) -> tuple[str, str]:
        if not self._text:
            self._text = flat(self.paper.masked).replace("’", "'")
        start, end = words[0].start, words[-1].end
        part = self.paper.part_of(start)
        before = self._text[max(part.start, start - _BEFORE) : start]
        return before, self._text[end : min(part.end, end + _BEHIND)]

    def _outside(self, words: Sequence[Word], *, plain: bool = False) -> int:
        """How much the words around say: 0, 1, or more for a sure cue."""
        start, end = words[0].start, words[-1].end
        before, behind = self._around(words)
        known = cues()
        found = 0
        if known.behind.match(behind):
            found += _SURE
        if self._classed(words[0]):
            found += _SURE
        if known.before.search(before):
            found += _SURE
        elif known.some.search(before):
            found += _SOME
        deed = known.acts.match(behind) or known.deed.match(self.paper.masked[end : end + _BEHIND])
        if plain and (known.leads.search(before) or deed):
            found += _SOME
        if plain and self._titled(words[0]):
            found += _SOME
        return found + self._row(start, end)

    def _titled(self, word: Word) -> bool:
        """Whether an article stands before it that is capitalised amid a sentence: "El Debate"."""
        at = self.paper.at(word.start) - 1
        before = self.paper.words[at] if at >= 0 else None
        return (
            before is not None
            and before.info.determiner
            and before.info.capital
            and not before.first
        )

    def _classed(self, word: Word) -> bool:
        """Whether a class noun stands right before: "the NGO …"."""
        at = self.paper.at(word.start) - 1
        while at >= 0 and self.paper.words[at].info.text in _QUOTES:
            at -= 1
        if at < 0:
            return False
        info = self.paper.words[at].info
        return info.class_noun and (info.stop or not info.capital)

    def _row(self, start: int, end: int) -> int:
        """How many bodies stand beside it, with nothing but commas and "and" between."""
        bodies = self.paper.of(Kind.ORGANISATION)
        before = [s for s in bodies if s.end <= start][-1:]
        behind = [s for s in bodies if s.start >= end][:1]
        near = sum(1 for s in before if s.end < start and _ROW.fullmatch(self._text, s.end, start))
        return near + sum(
            1 for s in behind if end < s.start and _ROW.fullmatch(self._text, end, s.start)
        )
