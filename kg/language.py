"""The language of a record, by its function words; then of a field, where that is plain.

Settled over a whole record first: one sentence full of foreign names misleads,
six of them rarely do.
"""

import re
from collections import Counter, defaultdict
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

# A record needs so many function words' worth, and so much more than the runner-up.
_ENOUGH, _AHEAD = 2.0, 1.25
# A field that differs from its record has to be plainer.
_PLAINLY, _PLAINLY_AHEAD = 4.0, 2.0


@cache
def _data() -> Mapping[str, Any]:
    path = resource("ontology", "stopwords.yaml")
    # BaseLoader: every scalar is a text; "no", "on" and "y" are words here.
    data: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - builds texts, lists and mappings alone
    return data


@cache
def _weights() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Word → what it counts for each language that has it."""
    speaking: dict[str, list[str]] = defaultdict(list)
    for language, words in sorted(_data()["words"].items()):
        for word in dict.fromkeys(words):
            speaking[word].append(language)
    return {
        word: tuple((language, 1 / len(languages)) for language in languages)
        for word, languages in speaking.items()
    }


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
    counted = [_scores(text) for text in texts]
    together: dict[str, float] = defaultdict(float)
    for scores in counted:
        for language, score in scores.items():
            together[language] += score
    record = stated or _spoken(together, enough=_ENOUGH, ahead=_AHEAD)
    own = (_spoken(scores, enough=_PLAINLY, ahead=_PLAINLY_AHEAD) for scores in counted)
    return Spoken(record, tuple(language or record for language in own))


def _scores(text: str) -> Mapping[str, float]:
    weights = _weights()
    scores: dict[str, float] = defaultdict(float)
    sample = text[:_SAMPLE]
    # Split at white space: a function word rarely stands before a comma, and this is quick.
    plain = sample.lower().replace("'", " ").replace("’", " ")
    for word, times in Counter(plain.split()).items():
        for language, weight in weights.get(word, ()):
            scores[language] += weight * times
    if not sample.isascii():
        scores["ar"] += len(_ARABIC.findall(sample)) / _LETTERS_OF_A_WORD
    return scores


def _spoken(scores: Mapping[str, float], *, enough: float, ahead: float) -> str | None:
    ranked = sorted(scores.items(), key=lambda kv: (-kv[1], kv[0]))
    if not ranked or ranked[0][1] < enough:
        return None
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return ranked[0][0] if ranked[0][1] >= ahead * second else None
