"""Pairs that may be one body, for a person to settle. Nothing here is ever merged by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from kg.extract.data_files import data
from kg.extract.lexicon import folded_words, lexicon
from kg.model import Entity
from kg.resolve.learn import Node
from kg.resolve.naming import identity

FUZZY = 0.85
_TELLING = 200  # a word in more names than these tells none of them apart
_LONG_ACRONYM = 5
_SCOPED = 3  # names and acronyms have a country as their third part, perhaps empty
_SIDES = 2


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two organisations (IRIs, a before b) that may be one; `why` is a slug, `score` 0 to 1.

    `scope` is the country (slug) that tells one of them from bodies of the same name; else "".
    """

    a: str
    b: str
    why: str  # "same-acronym", "initials", "similar-name", "similar-acronym", "translation"
    score: float
    scope: str = ""


def pairs(
    found: Mapping[Node, Entity], *, settled: Sequence[frozenset[str]] = ()
) -> tuple[Pair, ...]:
    """Candidates among organisations.

    Args:
        found: The organisations.
        settled: Pairs of IRIs that a person has decided: never asked again.
    """
    those = sorted(found.values(), key=lambda e: e.iri)
    scopes = {e.iri: node[2] if len(node) == _SCOPED else "" for node, e in found.items()}
    known = frozenset(settled)
    best: dict[tuple[str, str], Pair] = {}
    told = (*_same_acronym(those), *_spelled(those), *_translations(those), *_similar(those))
    for pair in told:
        here = {scopes[pair.a], scopes[pair.b]} - {""}
        # Bodies that their countries tell apart are two, however alike their names.
        if len(here) < _SIDES and frozenset((pair.a, pair.b)) not in known:
            best.setdefault((pair.a, pair.b), replace(pair, scope=min(here, default="")))
    return tuple(best[key] for key in sorted(best))


def _same_acronym(those: Sequence[Entity]) -> Iterator[Pair]:
    holders: dict[str, list[Entity]] = {}
    for entity in those:
        for acronym in dict.fromkeys(entity.acronyms):
            holders.setdefault(acronym, []).append(entity)
    for _, group in sorted(holders.items()):
        for index, one in enumerate(group):
            for other in group[index + 1 :]:
                yield Pair(one.iri, other.iri, "same-acronym", 0.5)


def _spelled(those: Sequence[Entity]) -> Iterator[Pair]:
    """An acronym that nobody explained and a name without one that begins with its letters.

    "CNDH" and "Commission nationale des droits de l'homme", in records that
    never say both together.
    """
    alone = [e for e in those if e.acronyms and not _names(e)]
    named: dict[str, list[Entity]] = {}
    for entity in those:
        for letters in {_initials(name) for name in _names(entity) if not entity.acronyms}:
            named.setdefault(letters, []).append(entity)
    for entity in alone:
        for acronym in dict.fromkeys(entity.acronyms):
            for other in named.get(acronym.casefold(), ()) if len(acronym) > _SIDES else ():
                a, b = sorted((entity.iri, other.iri))
                yield Pair(a, b, "initials", 0.5)


def _initials(name: str) -> str:
    """The first letters of a name's own words, folded: "cndh"."""
    own = (w for w in folded_words(name) if w not in identity().ignored)
    return "".join(w[0] for w in own if not lexicon().info(w).small)


def _names(entity: Entity) -> list[str]:
    names = {entity.label, *(text for _, text in entity.labels), *entity.aliases}
    return sorted(names - set(entity.acronyms))


def _similar(those: Sequence[Entity]) -> Iterator[Pair]:
    """Names that differ by little. Compared only where they share a word that tells."""
    words: dict[str, list[tuple[Entity, str]]] = {}
    for entity in those:
        for name in _names(entity):
            for word in set(folded_words(name)) - identity().ignored:
                if not lexicon().info(word).head:
                    words.setdefault(word[:5], []).append((entity, name))
    seen: set[tuple[str, str]] = set()
    for _, group in sorted(words.items()):
        if len(group) > _TELLING:
            continue
        for index, (one, name) in enumerate(group):
            for other, second in group[index + 1 :]:
                if one.iri == other.iri or (name, second) in seen or _edited(one, other):
                    continue
                seen.add((name, second))
                score = _score(" ".join(folded_words(name)), " ".join(folded_words(second)))
                if score >= FUZZY:
                    a, b = sorted((one.iri, other.iri))
                    yield Pair(a, b, "similar-name", round(score, 2))
    yield from _similar_acronyms(those)


def _score(one: str, other: str) -> float:
    first, second = sorted((one, other))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < FUZZY or matcher.quick_ratio() < FUZZY:
        return 0.0
    return matcher.ratio()


def _similar_acronyms(those: Sequence[Entity]) -> Iterator[Pair]:
    """One letter changed, left out or swapped: "RLDFN" for "RLFDN"."""
    near: dict[str, list[tuple[str, Entity]]] = {}
    for entity in those:
        for acronym in dict.fromkeys(entity.acronyms):
            for form in _forms(acronym) if len(acronym) >= _LONG_ACRONYM else ():
                near.setdefault(form, []).append((acronym, entity))
    for _, group in sorted(near.items()):
        for index, (one, entity) in enumerate(group[:_TELLING]):
            for other, second in group[index + 1 : _TELLING]:
                apart = entity.iri != second.iri and one != other
                if apart and not _edited(entity, second) and _one_edit(one, other):
                    a, b = sorted((entity.iri, second.iri))
                    yield Pair(a, b, "similar-acronym", 0.6)


def _forms(acronym: str) -> set[str]:
    """An acronym with each letter left out, and itself: two that are one edit apart share one."""
    return {acronym, *(acronym[:i] + acronym[i + 1 :] for i in range(len(acronym)))}


def _edited(one: Entity, other: Entity) -> bool:
    """Whether a person wrote both entries: who keeps two apart is not asked about them."""
    return one.curated and other.curated


def _one_edit(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        first, last = places[0], places[-1]
        swapped = last == first + 1 and one[first] + one[last] == other[last] + other[first]
        return len(places) == 1 or (len(places) == last - first + 1 and swapped)
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


@lru_cache(maxsize=1)
def _meanings() -> Mapping[str, int]:
    """Folded word of any language → number of its row in `data/translations.yaml`."""
    return {
        str(word): number for number, row in enumerate(data("translations.yaml")) for word in row
    }


@lru_cache(maxsize=1)
def _phrases() -> Sequence[str]:
    """Meanings of two words or more, with a blank on both sides: " red cross "."""
    return [f" {words} " for words in sorted(_meanings()) if " " in words]


def _meaning(name: str) -> tuple[int, ...] | None:
    """What a name says, whatever the language; None where a word is in no row."""
    known = _meanings()
    numbers: list[int] = []
    said = " ".join(folded_words(name))
    phrases = [phrase for phrase in _phrases() if phrase in f" {said} "]
    for phrase in phrases:
        numbers.append(known[phrase.strip()])
        said = f" {said} ".replace(phrase, " ").strip()
    for word in said.split():
        if word in identity().ignored or lexicon().info(word).function:
            continue
        number = known.get(word, known.get(word.rstrip("sx")))
        if number is None:
            return None
        numbers.append(number)
    return tuple(sorted(numbers)) if len(numbers) > 1 or phrases else None


def _translations(those: Sequence[Entity]) -> Iterator[Pair]:
    """As in "Chadian Network of Women Lawyers" and its French name, word for word."""
    said: dict[tuple[int, ...], list[str]] = {}
    for entity in those:
        for meaning in sorted({m for n in _names(entity) if (m := _meaning(n)) is not None}):
            said.setdefault(meaning, []).append(entity.iri)
    for _, iris in sorted(said.items()):
        unique = sorted(set(iris))
        for index, one in enumerate(unique):
            for other in unique[index + 1 :]:
                yield Pair(one, other, "translation", 0.6)
