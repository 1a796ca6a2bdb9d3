"""Countries and regions in the text, by the same list that reads the country column."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from kg.extract.info import Info
from kg.extract.lexicon import Lexicon, folded_words
from kg.extract.sheet import Sheet, Span, sheet
from kg.model import Kind, MentionStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONFIDENCE = 0.9


class Gazetteer(Protocol):
    """What is asked of a list of places."""

    @property
    def names(self) -> Mapping[str, str]:
        """Folded name → slug."""

    @property
    def labels(self) -> Mapping[str, str]:
        """Slug → name for display."""


class PlaceFinder:
    """Finds known places; leaves those that are part of another name."""

    def __init__(self, lexicon: Lexicon, places: Gazetteer) -> None:
        self.lexicon = lexicon
        self._labels = dict(places.labels)
        self._names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, slug in sorted(places.names.items()):
            words = folded_words(name)
            if words:
                self._names.setdefault(words[0], []).append((words, slug))
        for entries in self._names.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry))

    def __call__(self, doc: "Doc") -> "Doc":
        """Take down every country and region, with its name for display."""
        paper = sheet(doc)
        pieces, owner = paper.pieces
        taken = paper.covered(Kind.ORGANISATION, but="model")
        at = 0
        while at < len(pieces):
            if pieces[at] not in self._names:
                at += 1
                continue
            found = self._at(paper, pieces, owner, at, taken)
            if found is None:
                at += 1
                continue
            length, slug = found
            first, last = paper.words[owner[at]], paper.words[owner[at + length - 1]]
            paper.add(
                Span(
                    first.start,
                    last.end,
                    Kind.PLACE,
                    "place-list",
                    CONFIDENCE,
                    MentionStatus.ACCEPTED,
                    label=self._labels.get(slug, slug),
                )
            )
            at += length
        return doc

    def _at(
        self,
        paper: Sheet,
        pieces: Sequence[str],
        owner: Sequence[int],
        at: int,
        taken: Sequence[bool],
    ) -> tuple[int, str] | None:
        if at and owner[at - 1] == owner[at]:
            return None
        for words, slug in self._names.get(pieces[at], ()):
            end = at + len(words)
            if tuple(pieces[at:end]) != words or (
                end < len(owner) and owner[end] == owner[end - 1]
            ):
                continue
            inside = range(owner[at], owner[end - 1] + 1)
            if not paper.words[inside[0]].info.capital or any(taken[i] for i in inside):
                continue
            if self._named_so(paper, inside):
                continue
            return len(words), slug
        return None

    def _named_so(self, paper: Sheet, inside: range) -> bool:
        """Whether a person bears the name: "Jordan Okello", "Israel Mbeki"."""
        words = paper.words
        before = words[inside[0] - 1].info if inside[0] else None
        after = words[inside[-1] + 1] if inside[-1] + 1 < len(words) else None
        if before is not None and _strange(before):
            return True
        return after is not None and not after.first and _strange(after.info)


def _strange(info: Info) -> bool:
    """A capitalised word that nothing explains: a place beside it may be half a person's name."""
    known = info.explained or info.head or info.stop or info.acronym or info.mixed
    return info.capital and not known
