"""Known organisations: those of `organisations.yaml`, and bodies that the world knows.

Names are looked up word by word in an index by first word, so a registry of
ten thousand names costs what one of ten does.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc

from kg.extract.lexicon import data, folded_words, lexicon, without_determiner
from kg.extract.sheet import Sheet, Span, sheet
from kg.model import Kind, MentionStatus, Organisation

EXACT, FOLDED, ACRONYM, BODY = 0.98, 0.90, 0.80, 0.80


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


def plain_acronym(text: str) -> str:
    """An acronym for comparing: no dots, no trailing possessive.

    >>> plain_acronym("U.N."), plain_acronym("RLFDN's")
    ('UN', 'RLFDN')
    """
    return re.sub(r"['’]s$", "", text).replace(".", "").replace("‑", "-")


class NameIndex:
    """Names by their first folded word; acronyms by their letters.

    >>> index = NameIndex([Known("a", "Voix du Sahel", "Voix du Sahel")])
    >>> len(index)
    1
    """

    def __init__(self, names: Iterable[Known]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
        self._acronyms: dict[str, list[Known]] = {}
        self._size = 0
        for known in names:
            self._size += 1
            words = without_determiner(folded_words(known.name))
            if known.acronym or (len(words) == 1 and known.name.isupper()):
                self._acronyms.setdefault(plain_acronym(known.name), []).append(known)
            elif words:
                self._by_first.setdefault(words[0], []).append((words, known))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry[0], entry[1].owner))

    def __len__(self) -> int:
        """How many names it holds."""
        return self._size

    def find(self, paper: Sheet) -> Iterable[tuple[int, int, Known]]:
        """Names in a sheet, the longest at each place: (first word, word behind the last, name)."""
        pieces, owner = pieces_of(paper)
        at = 0
        while at < len(pieces):
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
        for words, known in self._by_first.get(pieces[at], ()):
            end = at + len(words)
            if tuple(pieces[at:end]) != words or not _whole(owner, at, end):
                continue
            if _capital(paper, owner[at], owner[end - 1] + 1):
                return len(words), known
        if at and owner[at - 1] == owner[at]:
            return None
        found = self._acronyms.get(plain_acronym(paper.words[owner[at]].info.text))
        if not found:
            return None
        length = (
            owner.count(owner[at]) if len(owner) < at + 8 else owner[at : at + 8].count(owner[at])
        )
        return length, found[0]


def pieces_of(paper: Sheet) -> tuple[list[str], list[int]]:
    """The text as folded pieces ("tin", "hinan" of "Tin-Hinan"), and the word each belongs to."""
    pieces: list[str] = []
    owner: list[int] = []
    for index, word in enumerate(paper.words):
        if not (word.info.word or word.info.digit):
            if word.info.text not in "-–«»“”\"'’":
                pieces.append(word.info.text)
                owner.append(index)
            continue
        for piece in word.info.pieces:
            pieces.append(piece)
            owner.append(index)
    return pieces, owner


def _whole(owner: Sequence[int], start: int, end: int) -> bool:
    """Whether pieces begin and end with whole words."""
    begins = start == 0 or owner[start - 1] != owner[start]
    return begins and (end == len(owner) or owner[end] != owner[end - 1])


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

    def __init__(self, organisations: Sequence[Organisation] = ()) -> None:
        self.curated = NameIndex(curated_names(organisations))
        self.shipped = NameIndex(body_names())

    def __call__(self, doc: Doc) -> Doc:
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
            _take(paper, start, end, known, method="known-name", confidence=BODY)
        return doc


def _take(
    paper: Sheet, start: int, end: int, known: Known, *, method: str, confidence: float
) -> None:
    words = paper.words
    chapter = method != "registry" and end < len(words) and words[end].info.capital
    if chapter and words[end].info.folded in lexicon().towns:
        return  # "Amnesty International Kenya" is a chapter: a body of its own, found by the rules
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
