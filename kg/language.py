"""The language of a record, by its function words; then of a field, where that is plain.

Settled over a whole record first: one sentence full of foreign names misleads,
six of them rarely do.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from kg.resources import resource
from kg.vocab import fold

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")

_SAMPLE = 4_000  # characters of a field: a language does not change after two pages
_LETTERS_OF_A_WORD = 5  # Arabic is told by its letters
_ARABIC_TAG = "ar"
_ONE = 60  # sixtieths: a word of up to six languages has a whole share for each
_LANE = 32  # bits of a score: no harvest has so many words
_LANE_BITS = (1 << _LANE) - 1

# A record needs so many function words' worth, and so much more than the runner-up.
_ENOUGH, _AHEAD = 2 * _ONE, 1.25
# A field that differs from its record has to be plainer.
_PLAINLY, _PLAINLY_AHEAD = 4 * _ONE, 2.0


@cache
def _data() -> Mapping[str, Any]:
    path = resource("ontology", "stopwords.yaml")
    # BaseLoader: every scalar is a text; "no", "on" and "y" are words here.
    data: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - builds texts, lists and mappings alone
    return data


@dataclass(frozen=True, slots=True)
class _Weights:
    """What function words count for, in sixtieths: a word of three languages counts 20 for each.

    The scores of all languages stand in one integer, a lane of bits for each,
    so that a text is counted by one sum.
    """

    languages: tuple[str, ...]  # in order of the alphabet
    word: Mapping[str, int]

    def lane(self, language: str) -> int:
        """Where the score of a language begins."""
        return _LANE * self.languages.index(language)


@cache
def _weights() -> _Weights:
    data = _data()["words"]
    tongues = tuple(sorted({*data, _ARABIC_TAG}))
    speaking: dict[str, list[str]] = defaultdict(list)
    for language, words in sorted(data.items()):
        for word in dict.fromkeys(words):
            speaking[word].append(language)
    weights = _Weights(tongues, {})
    return _Weights(
        tongues,
        {
            word: sum(_ONE // len(spoken) << weights.lane(language) for language in spoken)
            for word, spoken in speaking.items()
        },
    )


@cache
def _tags() -> Mapping[str, str]:
    return {fold(name): tag for tag, names in _data()["names"].items() for name in names}


def stated_language(text: str) -> str | None:
    """The tag of a language that a cell names; None for anything else.

    >>> stated_language("Français"), stated_language("EN-GB"), stated_language("both")
    ('fr', 'en', None)
    """
    folded = fold(text)
    return _tags().get(folded) or _tags().get(re.split(r"[-_ (]", folded, maxsplit=1)[0])


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language of a record, and of each of its texts; None where it is not clear."""

    record: str | None
    texts: tuple[str | None, ...]


def languages(texts: Sequence[str], *, stated: str | None = None) -> Spoken:
    """Settle the language of a record, then of each text where that is plain.

    Args:
        texts: The narrative fields of one record.
        stated: What the record says of itself; it holds for every text that is
            not plainly in another language.

    >>> languages(["The women of the village have been heard by the council."]).record
    'en'
    >>> languages(["Bamako 2022"])
    Spoken(record=None, texts=(None,))
    """
    weights = _weights()
    counted = [_scores(text, weights) for text in texts]
    record = stated or _spoken(sum(counted), enough=_ENOUGH, ahead=_AHEAD)
    own = (_spoken(scores, enough=_PLAINLY, ahead=_PLAINLY_AHEAD) for scores in counted)
    return Spoken(record, tuple(language or record for language in own))


def _scores(text: str, weights: _Weights) -> int:
    """What a text counts for each language, in its lane."""
    sample = text[:_SAMPLE]
    # Split at white space: a function word rarely stands before a comma, and this is quick.
    plain = sample.lower().replace("'", " ")
    arabic = 0
    if not sample.isascii():
        plain = plain.replace("’", " ")
        letters = len(_ARABIC.findall(sample)) if _beyond_latin(sample) else 0
        arabic = letters * _ONE // _LETTERS_OF_A_WORD << weights.lane(_ARABIC_TAG)
    return sum(filter(None, map(weights.word.get, plain.split())), arabic)


def _beyond_latin(text: str) -> bool:
    """Does a text hold more than the letters of western Europe? Quicker than looking for Arabic."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return True
    return False


def _spoken(scores: int, *, enough: int, ahead: float) -> str | None:
    """The language that is ahead of all others, if it is; of two alike the first by its tag."""
    most = second = best = at = 0
    while scores:
        score = scores & _LANE_BITS
        if score > most:
            most, second, best = score, most, at
        elif score > second:
            second = score
        scores >>= _LANE
        at += 1
    return _weights().languages[best] if most >= enough and most >= ahead * second else None
