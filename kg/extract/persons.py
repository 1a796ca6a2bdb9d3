"""Names of persons, found in order to be masked and never to be linked.

Suspicion is wide: a run of capitals that no organisation, no place and no
known word explains may be a name. What this finds too much costs a little
reading; what it misses may cost somebody their safety.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.lexicon import Info, Lexicon
from kg.extract.organisations import person_like
from kg.extract.sheet import Sheet, Span, Word, sheet
from kg.model import Kind, MentionStatus

TITLED, CONTACT, MODEL, RUN = 0.8, 0.9, 0.6, 0.5
_SHORT_ACRONYM = 5
_PERSON_CAMEL = re.compile(r"(?:Mc|Mac|De|Di|Da|La|Le|Du|Van|Von|Ben|Abd|Fitz|O['’])[A-ZÀ-Ý]")
_LONGEST_RUN = 8


class PersonNames:
    """Finds what may name a person, or reach one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Take down contacts, titled names, the model's persons, and unexplained runs."""
        paper = sheet(doc)
        found: list[tuple[int, int, str, float]] = []
        for pattern in self.lexicon.contacts.values():
            found += [(*m.span(), "person-rule", CONTACT) for m in pattern.finditer(paper.masked)]
        explained = self._explained(paper)
        found += self._runs(paper, explained)
        found += self._model(paper, explained)
        for start, end, method, confidence in _merged(found):
            paper.add(Span(start, end, Kind.PERSON, method, confidence, MentionStatus.SUGGESTED))
        return doc

    def _explained(self, paper: Sheet) -> list[bool]:
        """For each word, whether its capital is explained without a person."""
        words = paper.words
        small = {w.info.folded for w in words if w.info.word and not w.info.capital}
        explained = [
            not w.info.big
            or w.info.explained
            or (w.info.stop and not person_like(words, index))
            or (w.first and w.info.folded in small and not w.info.suspicious)
            for index, w in enumerate(words)
        ]
        for span in paper.spans:
            if span.kind in {Kind.PLACE, Kind.OUTCOME_ID} or self._explains(paper, span):
                for index in paper.inside(span.start, span.end):
                    explained[index] = True
        for index, word in enumerate(words):
            if not explained[index] and self._town(words, index):
                explained[index] = True
            elif not explained[index] and word.info.folded.endswith(("-backed", "-based", "-led")):
                explained[index] = True
        self._town_names(words, explained)
        return explained

    def _explains(self, paper: Sheet, span: Span) -> bool:
        """Accepted organisations do; a suggestion only where it cannot be a name of a person."""
        if span.kind is not Kind.ORGANISATION or span.method == "model":
            return False
        if span.status is MentionStatus.ACCEPTED:
            return True
        words = [paper.words[i].info for i in paper.inside(span.start, span.end)]
        if len(words) == 1:
            only = words[0]
            if only.mixed:
                return not _PERSON_CAMEL.match(only.text)
            short = len(only.text) <= _SHORT_ACRONYM
            return only.stop or (
                only.acronym and (short or span.group is not None or not _spoken(only.text))
            )
        if span.method == "bracketed-name":
            return any(i.function and not i.particle and i.folded not in {"y", "e"} for i in words)
        if span.method == "acronym-rule":
            return True
        return any(i.head or i.starter for i in words) and not any(i.title for i in words)

    def _town(self, words: Sequence[Word], index: int) -> bool:
        """A known town, or a name beside "district", "commune de" …"""
        lexicon, info = self.lexicon, words[index].info
        if info.folded in lexicon.towns and info.folded not in lexicon.town_names:
            return True
        behind = index + 1
        if behind < len(words) and words[behind].info.folded in lexicon.place_kinds_after:
            return not words[index].first or behind + 1 < len(words)
        at = index - 1
        while at >= 0 and words[at].info.folded in lexicon.place_kinds_between:
            at -= 1
        return 0 <= at and words[at].info.folded in lexicon.place_kinds_before

    def _town_names(self, words: Sequence[Word], explained: list[bool]) -> None:
        """Two-word towns ("Port Sudan"), and towns that people are named after, behind "in" or "à"."""
        lexicon = self.lexicon
        for index, word in enumerate(words):
            if not word.info.big:
                continue
            for size in (4, 3, 2):
                if index + size <= len(words):
                    phrase = " ".join(w.info.folded for w in words[index : index + size])
                    if phrase.replace("' ", "'") in lexicon.towns:
                        for inside in range(index, index + size):
                            explained[inside] = True
            if word.info.folded in lexicon.town_names and index:
                alone = index + 1 >= len(words) or not words[index + 1].info.capital
                if alone and words[index - 1].info.folded in lexicon.place_before:
                    explained[index] = True

    def _runs(
        self, paper: Sheet, explained: Sequence[bool]
    ) -> Iterator[tuple[int, int, str, float]]:
        words = paper.words
        blocked = self._blocked(paper)
        index = 0
        while index < len(words):
            titled = self._titled(words, index, explained, blocked)
            if not (words[index].info.big and not explained[index]) and not titled:
                index += 1
                continue
            start = index
            while self._reaches_back(words, start - 1, blocked):
                start -= 1
            end = self._run_end(words, index, explained, blocked)
            title = start > 0 and words[start - 1].info.title
            method, confidence = (
                ("person-rule", TITLED) if title or titled else ("capitalised-run", RUN)
            )
            yield words[start].start, words[end - 1].end, method, confidence
            index = end

    def _blocked(self, paper: Sheet) -> list[bool]:
        """Words that belong to an explained organisation or a place: no run crosses them."""
        blocked = [False] * len(paper.words)
        for span in paper.spans:
            if span.kind in {Kind.PLACE, Kind.OUTCOME_ID, Kind.REDACTION} or self._explains(
                paper, span
            ):
                for index in paper.inside(span.start, span.end):
                    blocked[index] = True
        return blocked

    def _titled(
        self, words: Sequence[Word], index: int, explained: Sequence[bool], blocked: Sequence[bool]
    ) -> bool:
        """A capitalised word right behind a plain title is a name, whatever it means ("Mrs Hope")."""
        info = words[index].info
        if not info.capital or blocked[index] or info.function or info.title:
            return False
        before = index - 1
        if before > 0 and words[before].info.text == ".":
            before -= 1
        if before < 0 or blocked[before]:
            return False
        title = words[before].info
        return title.title and not title.common and not title.function and not info.head

    def _reaches_back(self, words: Sequence[Word], index: int, blocked: Sequence[bool]) -> bool:
        """Whether the capitalised word before a run belongs to it: "Grace Apio", "Paix N."."""
        if index < 0 or blocked[index]:
            return False
        info = words[index].info
        if not info.capital or info.title or info.function or info.demonym or info.stop:
            return False
        return (
            info.suspicious
            or (info.common and not info.lead_in and not words[index].first)
            or (len(info.text) == 1)
        )

    def _run_end(
        self, words: Sequence[Word], start: int, explained: Sequence[bool], blocked: Sequence[bool]
    ) -> int:
        """Behind the last word of a run: capitals, initials, and particles between two of them."""
        end = start + 1
        while end < len(words) and end - start < _LONGEST_RUN and not blocked[end]:
            info = words[end].info
            if info.big and not (info.function and not info.particle) and not info.stop:
                if words[end].first and words[end - 1].info.text not in {".", "'", "’", "-"}:
                    break
                if info.demonym or (info.title and info.common):
                    break
                end += 1
                continue
            if info.text == "." and len(words[end - 1].info.text) == 1:
                end += 1
                continue
            if info.particle or info.text in {"-", "‑"}:
                ahead = end + 1
                while (
                    ahead < len(words)
                    and ahead < end + 3
                    and words[ahead].info.particle
                    and not words[ahead].info.big
                ):
                    ahead += 1
                if (
                    ahead < len(words)
                    and not blocked[ahead]
                    and self._joins(words[ahead].info, words[end].info)
                ):
                    end = ahead + 1
                    continue
            break
        return end

    def _joins(self, info: Info, particle: Info) -> bool:
        """Whether a particle links a run to a further name: "Jean de Dieu", not "Amina et Binta"."""
        if not info.big or info.stop or info.head:
            return False
        return particle.folded not in {"y", "e"} or not info.explained

    def _model(
        self, paper: Sheet, explained: Sequence[bool]
    ) -> Iterator[tuple[int, int, str, float]]:
        """What a model takes for a person, but for plain words and for explained names."""
        blocked = self._blocked(paper)
        for start, end in paper.persons:
            inside = [i for i in paper.inside(start, end) if not blocked[i]]
            while inside and not paper.words[inside[0]].info.big:
                inside = inside[1:]
            while inside and not paper.words[inside[-1]].info.big:
                inside = inside[:-1]
            infos = [paper.words[i].info for i in inside]
            if not infos or any(not (i.big or i.particle or i.text in {".", "-"}) for i in infos):
                continue
            plain = [
                i
                for i in infos
                if i.big and (i.function or i.stop or i.framework or i.demonym or i.product)
            ]
            if len(plain) == len([i for i in infos if i.big]):
                continue
            if all(explained[i] for i in inside) and len(inside) < 2:  # noqa: PLR2004
                continue
            first, last = paper.words[inside[0]], paper.words[inside[-1]]
            yield first.start, last.end, "model", MODEL


def _spoken(text: str) -> bool:
    """Whether upper-case letters can be spoken as a name: vowels and consonants in turn."""
    vowels = len(re.findall(r"[AEIOUYÀ-Ý]+", text))
    return vowels >= 2 and not re.search(r"[^AEIOUYÀ-Ý]{4}", text)  # noqa: PLR2004


def _merged(
    found: Sequence[tuple[int, int, str, float]],
) -> Iterator[tuple[int, int, str, float]]:
    """Overlapping spans as one, with the method that is surest."""
    current: tuple[int, int, str, float] | None = None
    for span in sorted(found):
        if current is not None and span[0] < current[1]:
            best = max((current, span), key=lambda s: (s[3], s[2]))
            current = (current[0], max(current[1], span[1]), best[2], best[3])
            continue
        if current is not None:
            yield current
        current = span
    if current is not None:
        yield current
