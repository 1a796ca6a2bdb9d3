"""Cues of `ontology/coach.yaml`, language by language, ready to be looked for in an even text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from kg.flat import flat
from kg.resources import resource

#: What a statement may leave unsaid; each has a list of words that say it.
ASPECTS = ("who", "when", "where")
#: Those that have cues.
LANGUAGES = ("en", "fr", "es")
_GAP = r"(?:[^\s.|]+ ){0,7}?"


@dataclass(frozen=True, slots=True)
class Rules:
    """The cues of one language, ready to be looked for in an even text."""

    activity: tuple[re.Pattern[str], ...]
    vague: tuple[re.Pattern[str], ...]
    intended: tuple[re.Pattern[str], ...]
    aside: tuple[re.Pattern[str], ...]
    change: tuple[re.Pattern[str], ...]
    subordinate: re.Pattern[str]
    relative: re.Pattern[str]
    going_on: re.Pattern[str]
    adjunct: re.Pattern[str]
    faceless: re.Pattern[str]
    beside: re.Pattern[str]
    said: Mapping[str, re.Pattern[str]]


@cache
def _data() -> Mapping[str, Any]:
    path = resource("ontology", "coach.yaml")
    # BaseLoader: every scalar is a text; "on" and "no" are words here. In C it takes a tenth.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    data: Mapping[str, Any] = yaml.load(path.read_bytes(), Loader=loader)  # noqa: S506 - builds texts, lists and mappings alone
    return data


def fewest_words() -> int:
    """A description of fewer says nothing yet."""
    return int(_data()["fewest_words"])


@cache
def rules_of(language: str) -> Rules | None:
    """Of one language: to compile those of all takes longer than to read a hundred statements."""
    lists = _data().get(language)
    return _read(lists) if isinstance(lists, dict) else None


def _read(lists: Mapping[str, Sequence[str]]) -> Rules:
    def each(name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(_compiled([entry], lists) for entry in lists[name])

    def before(name: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\S)(?:{_either(lists[name], lists)}) $")

    return Rules(
        activity=each("activity"),
        vague=each("vague"),
        intended=each("intended"),
        aside=each("aside"),
        change=each("change"),
        subordinate=_compiled(lists["subordinate"], lists),
        relative=before("relative"),
        going_on=_compiled(lists["going_on"], lists),
        adjunct=_compiled(lists["adjunct"], lists),
        faceless=_compiled(lists["faceless"], lists),
        beside=before("beside"),
        said={aspect: _compiled(lists[aspect], lists) for aspect in ASPECTS},
    )


def _compiled(entries: Sequence[str], lists: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{_either(entries, lists)})(?!\S)")


def _either(entries: Sequence[str], lists: Mapping[str, Sequence[str]]) -> str:
    return "|".join(_pattern(entry, lists) for entry in entries)


def _pattern(entry: str, lists: Mapping[str, Sequence[str]]) -> str:
    """One entry of the data as a regular expression over an even text."""
    pattern = re.sub(r"(?<![\])}])\*", "[a-z]*", entry)
    pattern = re.sub(r"(?<=[a-z|])\)\*(?=[\s|)]|$)", ")[a-z]*", pattern)
    pattern = pattern.replace(" .. ", f" {_GAP}")
    pattern = re.sub(r"(?<!\[)\^ ", r"(?:(?<=\\A )|\\A)", pattern)  # "[^ .]" is a set
    return re.sub(r"<(\w+)>", lambda name: f"(?:{_either(lists[name[1]], lists)})", pattern)


def even(text: str) -> str:
    """Words without case and accents, one space between; stops and commas are words."""
    # Without accents French "à" would be "a", which is half of every past tense.
    told = re.sub(r"(?<!\w)[àÀ](?!\w)", "au", text)
    stops = re.sub(r"[.!?;:\n…]+(?=\s|$)|\n", " . ", flat(told))
    commas = re.sub(r"(?<!\d),|,(?!\d)|[()\[\]]|\s[–—-]\s", " , ", stops)
    return " ".join(re.sub(r"[^\w.,]+|(?<=\w)[.,](?=\w)|_", " ", commas).split())
