"""`ontology/headings.yaml`, read once and ready to be asked."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import yaml

from kg.model import FIELDS
from kg.read.words import bag, letters, squash, stem, unbracketed, words
from kg.resources import resource

K = TypeVar("K")
V = TypeVar("V")


def plain_form(text: str) -> str:
    """A heading in one Unicode form, without outer white space."""
    return unicodedata.normalize("NFC", text).strip()


@dataclass(frozen=True, slots=True)
class Wording:
    """One listed heading, in the forms that are compared."""

    field: str
    text: str
    squashed: str
    bag: tuple[str, ...]
    words: frozenset[str]
    letters: int  # see `kg.read.words.letters`


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`ontology/headings.yaml`, ready to be asked."""

    wordings: tuple[Wording, ...]
    likely: tuple[Wording, ...]  # taken, and always told
    doubtful: tuple[Wording, ...]
    rated: Mapping[str, str]  # a narrative field → the one that rates it
    scale_words: frozenset[str]  # "low", "high": two of them make a scale
    function_words: frozenset[str]
    neutral: frozenset[str]
    harmless: frozenset[str]
    prefixes: tuple[str, ...]
    qualifiers: frozenset[str]
    turning: frozenset[str]
    pairs: tuple[tuple[str, ...], ...]
    turning_prefixes: tuple[str, ...]
    technical: tuple[str, ...]  # how columns begin that no person named
    groups: frozenset[str]  # what the groups of a form are called
    recording: frozenset[str]  # beside a year: when an outcome was written down
    vocabulary: frozenset[str]  # every word of every wording, as it stands and as its stem
    exact: Mapping[str, Wording]
    by_squash: Mapping[str, Wording]
    by_bag: Mapping[tuple[str, ...], Wording]
    by_length: Mapping[int, tuple[Wording, ...]]  # letters of the squashed form; each form once
    by_word: Mapping[str, tuple[Wording, ...]]  # a word of the bag
    words_of: Mapping[str, frozenset[str]]  # every word of the bags of a field
    genders: tuple[tuple[str, str], ...]  # endings by which one word differs, as "" and "e"
    words_by_length: Mapping[int, tuple[str, ...]]  # the vocabulary
    id_words: Mapping[str, frozenset[str]]  # "id", "code", "result": what tells two ids apart
    poles: Mapping[str, tuple[frozenset[str], frozenset[str]]]  # words for no, words for yes
    pole_negations: frozenset[str]

    def bag(self, text: str | Sequence[str]) -> tuple[str, ...]:
        """The meaning words of a heading, without order."""
        tokens = words(text) if isinstance(text, str) else text
        return bag(tokens, without=self.function_words)


@cache
def headings_data() -> Mapping[str, object]:
    """`ontology/headings.yaml` as it stands; every scalar a text."""
    text = resource("ontology", "headings.yaml").read_text("utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    tree: Mapping[str, object] = yaml.load(text, Loader=loader)  # noqa: S506 - builds texts, lists and mappings alone
    return tree


def _split(value: object) -> frozenset[str]:
    texts = [value] if isinstance(value, str) else value
    assert isinstance(texts, list)  # noqa: S101 - shipped data
    return frozenset(word for text in texts for word in words(str(text)))


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    assert isinstance(value, list)  # noqa: S101 - shipped data
    return tuple((str(one), str(other)) for one, other in value)


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


@cache
def get_lexicon() -> Lexicon:
    """The shipped lexicon; parsed at the first call."""
    data: Mapping[str, object] = headings_data()
    function_words = _split(data["function_words"])

    def wording(name: str, text: str) -> Wording:
        tokens = words(text)
        squashed = squash(text)
        return Wording(
            field=name,
            text=text,
            squashed=squashed,
            bag=bag(tokens, without=function_words),
            words=frozenset(tokens),
            letters=letters(squashed),
        )

    fields = data["fields"]
    assert isinstance(fields, dict)  # noqa: S101 - shipped data
    listed = [
        *(wording(name, name) for name in FIELDS),
        *(
            wording(name, text)
            for name, languages in fields.items()
            for texts in languages.values()
            for text in texts
        ),
    ]
    maybe, likely, rated = data["doubtful"], data["likely"], data["rated"]
    assert isinstance(maybe, dict)  # noqa: S101 - shipped data
    assert isinstance(likely, dict)  # noqa: S101 - shipped data
    assert isinstance(rated, dict)  # noqa: S101 - shipped data
    exact: dict[str, Wording] = {}
    by_squash: dict[str, Wording] = {}
    by_bag: dict[tuple[str, ...], Wording] = {}
    for item in listed:  # the first wording wins; a test holds that no two fields share one
        exact.setdefault(plain_form(item.text), item)
        by_squash.setdefault(item.squashed, item)
        by_bag.setdefault(item.bag, item)
    every = {word for item in listed for word in item.words}
    vocabulary = frozenset(every | {stem(word) for word in every})
    pairs, id_words = data["answer_pairs"], data["id_words"]
    prefixes, poles = data["prefixes"], data["poles"]
    assert isinstance(poles, dict)  # noqa: S101 - shipped data
    turning_prefixes = data["turning_prefixes"]
    technical = data["technical"]
    assert isinstance(pairs, list)  # noqa: S101 - shipped data
    assert isinstance(id_words, dict)  # noqa: S101 - shipped data
    assert isinstance(prefixes, list)  # noqa: S101 - shipped data
    assert isinstance(turning_prefixes, list)  # noqa: S101 - shipped data
    assert isinstance(technical, list)  # noqa: S101 - shipped data
    return Lexicon(
        wordings=tuple(listed),
        likely=tuple(wording(name, text) for name, texts in likely.items() for text in texts),
        doubtful=tuple(wording(name, text) for name, texts in maybe.items() for text in texts),
        rated=rated,
        scale_words=_split(data["scale_words"]),
        function_words=function_words,
        neutral=_split(data["neutral_words"]),
        harmless=frozenset(stem(w) for w in _split(data["harmless_words"])),
        prefixes=tuple(sorted(prefixes, key=lambda p: (-len(p), p))),
        qualifiers=frozenset(stem(w) for w in _split(data["qualifiers"])),
        turning=_split(data["turning_words"]),
        pairs=tuple(sorted((words(p) for p in pairs), key=lambda p: (-len(p), p))),
        turning_prefixes=tuple(turning_prefixes),
        technical=tuple(technical),
        groups=_split(data["groups"]),
        recording=_split(data["recording_words"]),
        vocabulary=vocabulary,
        exact=exact,
        by_squash=by_squash,
        by_bag=by_bag,
        by_length=_grouped((len(item.squashed), item) for item in by_squash.values()),
        by_word=_grouped((word, item) for item in listed for word in item.bag),
        words_of={
            name: frozenset(w for item in listed if item.field == name for w in item.bag)
            for name in FIELDS
        },
        genders=_pairs(data["gender_endings"]),
        words_by_length=_grouped((len(word), word) for word in sorted(vocabulary)),
        poles={name: (_split(no), _split(yes)) for name, (no, yes) in poles.items()},
        pole_negations=_split(data["pole_negations"]),
        id_words={kind: _split(said) for kind, said in id_words.items()},
    )


def meaning(heading: str) -> frozenset[str]:
    """The words of a heading that say something, without what stands in brackets.

    >>> sorted(meaning("Description of the outcome (max. 2 sentences)"))
    ['description', 'outcome']
    """
    bare, _ = unbracketed(heading)
    return frozenset(get_lexicon().bag(bare or heading))
