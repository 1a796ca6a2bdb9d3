"""Known organisations: those of `organisations.yaml`, and bodies that the world knows.

Names are looked up word by word in an index by first word, so a registry of
ten thousand names costs what one of ten does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.data_files import data
from kg.extract.info import plain_acronym
from kg.extract.lexicon import folded_words, lexicon, without_determiner
from kg.extract.sheet import Sheet, Span, Word, sheet
from kg.model import Kind, MentionStatus, Organisation

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OF = frozenset({"de", "du", "del", "d'", "of"})
_SMALL_LETTERS = 4  # of an acronym that is known uncapitalised, too
_FURTHER = 4  # words behind a known name that may make it another
EXACT, FOLDED, ACRONYM, BODY, SECTION = 0.98, 0.90, 0.80, 0.80, 0.75


@dataclass(frozen=True, slots=True)
class Known:
    """A name by which an organisation is known.

    `owner` is the id of a curated organisation, or "" for a body of the
    shipped list. `spellings` are the names as written, `label` the one shown.
    """

    owner: str
    label: str
    name: str
    acronym: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A row of the shipped list: one body under all its names."""

    labels: tuple[tuple[str, str], ...]
    acronyms: tuple[str, ...]
    aliases: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name for display: the first label of the row."""
        return self.labels[0][1]


@lru_cache(maxsize=1)
def bodies() -> tuple[Body, ...]:
    """The bodies that the world knows, in the order of the file."""
    return tuple(
        Body(
            labels=tuple((str(k), str(v)) for k, v in row["label"].items()),
            acronyms=tuple(row.get("acronyms", ())),
            aliases=tuple(row.get("aliases", ())),
        )
        for row in data("bodies.yaml")
    )


def curated_names(organisations: Iterable[Organisation]) -> Iterable[Known]:
    """Every name of every curated organisation."""
    for entry in organisations:
        label = entry.labels[0][1] if entry.labels else (*entry.acronyms, entry.id)[0]
        for name in (*(text for _, text in entry.labels), *entry.aliases):
            yield Known(entry.id, label, name)
        for acronym in entry.acronyms:
            yield Known(entry.id, label, acronym, acronym=True)


def body_names() -> Iterable[Known]:
    """Every name of every shipped body."""
    for body in bodies():
        for name in sorted({*(text for _, text in body.labels), *body.aliases}):
            yield Known("", body.label, name)
        for acronym in body.acronyms:
            yield Known("", body.label, acronym, acronym=True)


def _only_letters(letters: str) -> bool:
    """Whether an acronym that nobody capitalised can mean nothing else: "unfpa", not "pact"."""
    small, known = letters.lower(), lexicon()
    return not (known.means(small) or known.borne(small))


class NameIndex:
    """Names by their first folded word; acronyms by their letters.

    >>> index = NameIndex([Known("a", "Voix du Sahel", "Voix du Sahel")])
    >>> len(index)
    1
    """

    def __init__(self, names: Iterable[Known]) -> None:
        self._names: dict[tuple[str, ...], Known] = {}
        self._acronyms: dict[str, Known] = {}
        lengths: dict[str, set[int]] = {}
        self._size = 0
        for known in names:
            self._size += 1
            words = without_determiner(folded_words(known.name))
            if known.acronym or (len(words) == 1 and known.name.isupper()):
                letters = plain_acronym(known.name)
                self._acronyms.setdefault(letters, known)
                if len(letters) >= _SMALL_LETTERS and _only_letters(letters):
                    self._acronyms.setdefault(letters.lower(), known)
            elif words:
                self._names.setdefault(words, known)
                lengths.setdefault(words[0], set()).add(len(words))
        # By first word, how long its names are: many names that begin alike cost no more than one.
        self._lengths = {word: sorted(those, reverse=True) for word, those in lengths.items()}

    def __len__(self) -> int:
        """How many names it holds."""
        return self._size

    def find(self, paper: Sheet) -> Iterable[tuple[int, int, Known]]:
        """Names in a sheet, the longest at each place: (first word, word behind the last, name)."""
        if not self._size:
            return
        pieces, owner = paper.pieces
        words, lengths, acronyms = paper.words, self._lengths, self._acronyms
        at, end = 0, len(pieces)
        while at < end:
            # Nearly every word begins no name: it is passed without a call.
            if pieces[at] not in lengths and words[owner[at]].info.letters not in acronyms:
                at += 1
                continue
            hit = self._at(paper, pieces, owner, at)
            if hit is None:
                at += 1
                continue
            length, known = hit
            yield owner[at], owner[at + length - 1] + 1, known
            at += length

    def _at(
        self, paper: Sheet, pieces: Sequence[str], owner: Sequence[int], at: int
    ) -> tuple[int, Known] | None:
        first = owner[at]
        if at and owner[at - 1] == first:
            return None
        for length in self._lengths.get(pieces[at], ()):
            end = at + length
            known = self._names.get(tuple(pieces[at:end]))
            if known is None or (end < len(owner) and owner[end] == owner[end - 1]):
                continue
            if _capital(paper, first, owner[end - 1] + 1):
                return length, known
        letters = self._acronyms.get(paper.words[first].info.letters)
        if letters is None:
            return None
        end = at
        while end < len(owner) and owner[end] == first:
            end += 1
        return end - at, letters


def _capital(paper: Sheet, start: int, end: int) -> bool:
    """A name is meant where something is capitalised: "voix du sahel" may be plain words."""
    words = paper.words[start:end]
    if words[0].info.lower_head and len(words) > 1:
        return True
    return any(w.info.capital and not (w.first and len(words) == 1) for w in words) or (
        words[0].info.capital and not words[0].info.explained
    )


class RegistryComponent:
    """Finds known organisations. Curated names come before shipped ones."""

    def __init__(
        self, organisations: Sequence[Organisation] = (), *, places: frozenset[str] = frozenset()
    ) -> None:
        self.places = places
        self.curated = NameIndex(curated_names(organisations))
        self.shipped = NameIndex(body_names())

    def __call__(self, doc: "Doc") -> "Doc":
        """Take down every known name with its label."""
        paper = sheet(doc)
        for start, end, known in self.curated.find(paper):
            if known.acronym:
                method, confidence = "registry-acronym", ACRONYM
            else:
                method = "registry"
                first, last = paper.words[start], paper.words[end - 1]
                exact = paper.text[first.start : last.end] == known.name
                confidence = EXACT if exact else FOLDED
            _take(paper, start, end, known, method=method, confidence=confidence)
        for start, end, known in self.shipped.find(paper):
            if not known.acronym and self._section(paper, start, end):
                continue
            _take(paper, start, end, known, method="known-name", confidence=BODY)
        return doc

    def _section(self, paper: Sheet, start: int, end: int) -> bool:
        """As "Amnesty International Kenya": a section is a body of its own."""
        behind = paper.words[end : end + 2]
        if not behind or not behind[0].info.capital:
            return False
        if behind[0].info.folded not in self.places and not _own(behind[0]):
            return False
        if len(behind) > 1 and behind[1].info.capital and not behind[1].first:
            return False
        if behind[0].info.adjective and len(behind) > 1 and behind[1].info.folded in _OF:
            seat = paper.words[end + 2 : end + 3]  # "Cáritas Diocesana de Mbelwa"
            behind = seat if seat and seat[0].info.capital else behind
        return paper.add(
            Span(
                paper.words[start].start,
                behind[0].end,
                Kind.ORGANISATION,
                "organisation-rule",
                SECTION,
                MentionStatus.ACCEPTED,
            )
        )


def _own(word: Word) -> bool:
    """A capitalised word behind a known name that is a place or describes: "Caritas Mbelwa"."""
    info = word.info
    if info.folded in lexicon().towns or info.head or info.strong or info.text[-1].isdigit():
        return False
    known = info.explained or info.title or info.stop or info.named or info.thing or info.lead_in
    plain = known and not (info.adjective and not info.demonym)
    return not (plain or info.small or info.upper or info.suspicious or word.first)


def _goes_on(words: Sequence[Word]) -> bool:
    """Whether a known name is the beginning of another: a town follows, or a head noun."""
    if not words or not words[0].info.capital:
        return False
    if words[0].info.folded in lexicon().towns:
        return True
    for word in words:
        if not word.info.capital:
            return False
        if word.info.strong or word.info.weak:
            return True
    return False


def _take(
    paper: Sheet, start: int, end: int, known: Known, *, method: str, confidence: float
) -> None:
    words = paper.words
    if method != "registry" and _goes_on(words[end : end + _FURTHER]):
        return  # "Amnesty International Bamako", "EU Delegation": bodies of their own, by rule
    paper.add(
        Span(
            words[start].start,
            words[end - 1].end,
            Kind.ORGANISATION,
            method,
            confidence,
            MentionStatus.ACCEPTED,
            label=known.label,
        )
    )
