"""The language of a record, by its function words; then of a field, where that is plain.

Settled over a whole record first: one sentence full of foreign names misleads,
six of them rarely do.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import yaml

from kg.resources import resource
from kg.vocab import fold

_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")

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


def language_of(texts: Iterable[str]) -> str | None:
    """The language in which some texts are written, taken together; None where it is not clear.

    >>> language_of(["The women of the village have been heard by the council."])
    'en'
    >>> language_of(["Bamako 2022"]) is None
    True
    """
    return _spoken(_scores(texts), enough=_ENOUGH, ahead=_AHEAD)


def field_language(text: str, *, record: str | None) -> str | None:
    """The language of one field: its own where that is plain, else its record's."""
    return _spoken(_scores([text]), enough=_PLAINLY, ahead=_PLAINLY_AHEAD) or record


def _scores(texts: Iterable[str]) -> Mapping[str, float]:
    weights = _weights()
    scores: dict[str, float] = defaultdict(float)
    for text in texts:
        words = _WORD.findall(text.lower())
        for word in words:
            for language, weight in weights.get(word, ()):
                scores[language] += weight
        if not text.isascii():
            scores["ar"] += len(_ARABIC.findall(text)) / 5  # letters of a word
    return scores


def _spoken(scores: Mapping[str, float], *, enough: float, ahead: float) -> str | None:
    ranked = sorted(scores.items(), key=lambda kv: (-kv[1], kv[0]))
    if not ranked or ranked[0][1] < enough:
        return None
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return ranked[0][0] if ranked[0][1] >= ahead * second else None
