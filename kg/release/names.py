"""What a release knows of suspected names: which words are somebody's, and by what evidence.

Rules look at one sentence. Whoever is "Dr Ama Bo" in one is "Bo" in the next,
"the Bo Foundation" in another record and "ama bo" in a hurry; so the words of
every suspected name are kept, and how sure it is that they are a name at all.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from kg.extract.info import Info
from kg.extract.lexicon import lexicon
from kg.model import Fragment, Kind, Mention, MentionStatus
from kg.release.words import calls, known_to_all
from kg.vocab import fold

WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3  # letters of a name that is looked for elsewhere
_MANY = 4  # texts in which a small word stands that is no name
_FULL = 2  # words of a full name
_BEFORE = re.compile(r"([^\W\d_]+(?:['’]|\s))\s*$")


@dataclass(frozen=True, slots=True)
class Sought:
    """Folded words that are looked for in one record, by how sure they are.

    `sure` are somebody's, whatever the case; `likely` were suspected without a
    title or a known given name, and nowhere behind a word that leads to places;
    `here` were suspected in this very record; `seated` behind such a word.
    """

    sure: Set[str]
    likely: Set[str]
    here: Set[str]
    seated: Set[str]

    def __contains__(self, folded: str) -> bool:
        """Is a word any of them?"""
        return folded in self.sure or folded in self.likely or folded in self.here

    def in_body(self, folded: str, *, vouched: bool) -> bool:
        """Is a word somebody's in the name of a body, too?

        An acronym beside it vouches for the body: then only a name that is one for sure, and no
        word of any dictionary, is: the Wells Legal Clinic (WLC) is not Mr Wells's.
        """
        if vouched:
            return folded in self.sure and not lexicon().ordinary(folded)
        return folded in self and (folded in self.sure or folded not in self.seated)

    def within(self, folded: str, *, shortest: int) -> bool:
        """Does a row of letters hold any of them that is not too short?"""
        return any(
            len(name) >= shortest and name in folded
            for name in chain(self.sure, self.likely, self.here)
        )


@dataclass(slots=True)
class Names:
    """Words of suspected names, folded. All of it only grows while a release is masked.

    `said` are those of one record, by key; `known` are names for sure;
    `free` and `seated` words of suspected runs without such evidence, seen
    elsewhere than behind "in" or "of", and behind them, where towns stand that
    no list has; `beside` what stood
    together in a name; `full` whole names that are ones for sure, by
    their first word; `plain` small
    words behind an article, which no name has.
    """

    said: dict[str, set[str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    free: set[str] = field(default_factory=set)
    seated: set[str] = field(default_factory=set)
    beside: dict[str, set[str]] = field(default_factory=dict)
    full: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)
    likely: set[str] = field(default_factory=set)
    small: Counter[str] = field(default_factory=Counter)
    big: Counter[str] = field(default_factory=Counter)

    def add(self, fragments: Iterable[Fragment], mentions: Iterable[Mention]) -> None:
        """Take down the words of suspected persons, but for those that any text has."""
        texts = {(f.key, s.field): s.text for f in fragments for s in f.narratives}
        for mention in mentions:
            if mention.kind is Kind.PERSON and mention.status is not MentionStatus.REJECTED:
                self._add(mention, texts)
        article = _article()
        for text in texts.values():
            self.plain.update(fold(match[1]) for match in article.finditer(text))
        self.likely = self.free - self.seated
        if not self.small:
            for text in texts.values():
                told = set(WORD.findall(text))
                self.small.update({fold(word) for word in told if word[0].islower()})
                self.big.update({fold(word) for word in told if not word[0].islower()})

    def common(self, folded: str) -> bool:
        """Is a word small in many texts, as "said" is where one Said is named?

        Dictionaries lack irregular forms, and words that are names somewhere.
        """
        return self.small[folded] >= _MANY and self.small[folded] > self.big[folded]

    def _add(self, mention: Mention, texts: Mapping[tuple[str, str], str]) -> None:
        words = lexicon()
        infos = [words.info(text) for text in WORD.findall(mention.text)]
        address = "@" in mention.text
        telling = {i.folded for i in infos if _telling(i) and (i.named or not address)}
        self.said.setdefault(mention.key, set()).update(telling)
        names = {i.folded for i in infos if i.folded in telling and rare(i)}
        full = len(infos) > 1 and any(i.named for i in infos)
        sure = mention.method == "person-rule" or (full and infos[0].folded not in _town_words())
        if sure:
            self.known |= names
        elif _behind_place_word(texts.get((mention.key, mention.field), "")[: mention.start]):
            self.seated |= names
        else:
            self.free |= names
        if not address:
            whole = [i.folded for i in infos if _part(i)]
            for one in whole:
                self.beside.setdefault(one, set()).update(other for other in whole if other != one)
            if sure and len(whole) >= _FULL and any(len(one) >= _SHORTEST for one in whole):
                self.full.setdefault(whole[0], set()).add(tuple(whole))

    def called(self, words: Iterable[str]) -> None:
        """Bodies were called after these: they are masked wherever they stand."""
        self.known |= {word for word in words if len(word) >= _SHORTEST}

    def of(self, key: str) -> Sought:
        """What is looked for in one record."""
        return Sought(
            sure=self.known,
            likely=self.likely,
            here=self.said.get(key, frozenset()),
            seated=self.seated,
        )


def _telling(info: Info) -> bool:
    """A word that a name may be known by; no title, no word that only links."""
    if len(info.folded) < _SHORTEST or not _part(info):
        return False
    if info.folded in lexicon().calendar or (info.upper and known_to_all(info.text)):
        return False
    return info.suspicious or info.named or not (info.stop or info.explained or info.head)


def _part(info: Info) -> bool:
    """A word of a name, however plain; no title, no small word with a capital ("The")."""
    borne = info.named or info.suspicious
    if info.title or info.particle or info.folded in calls():
        return False
    return borne or not (info.small or info.function)


def rare(info: Info) -> bool:
    """A word that is hardly anything but a name."""
    return not (info.suspicious or info.ordinary or info.explained or info.head or info.demonym)


@cache
def _article() -> re.Pattern[str]:
    """An article and the small word behind it."""
    articles = "|".join(sorted(map(re.escape, lexicon().articles)))
    return re.compile(rf"\b(?i:{articles})['’]?[ \u00a0]*([a-zà-öø-ÿ][^\W\d_]+)")


@cache
def _town_words() -> frozenset[str]:
    """First words of towns: "Porto" of Porto-Novo is no given name before another word."""
    return frozenset(
        re.split(r"[ -]", town)[0] for town in lexicon().towns if " " in town or "-" in town
    )


def _behind_place_word(before: str) -> bool:
    """Whether a text ends with a word that leads to places, too: "in ", "à ", "of "."""
    match = _BEFORE.search(before)
    return match is not None and fold(match[1]).replace("’", "'") in lexicon().place_before
