"""What `kg check` says, by language: sentences of `ontology/messages.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import yaml

from kg.model import Severity
from kg.resources import resource

#: Whatever has no sentence in the language asked for is said in this one.
DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What to say of one reason, and what to do; `topic` joins reasons that tell of one thing.

    A reason that the stages of a build report has no English here: they say
    it themselves, and where `exact` their sentence holds more than ours.
    """

    reason: str
    topic: str
    severity: Severity
    message: Mapping[str, str]
    advice: Mapping[str, str]
    exact: bool
    place: int  # in the order in which an officer works

    @property
    def reported(self) -> bool:
        """Do the stages of a build report it, in English of their own?"""
        return DEFAULT_LANGUAGE not in self.message


@cache
def _tree() -> Mapping[str, Any]:
    text = resource("ontology", "messages.yaml").read_text("utf-8")
    tree: Mapping[str, Any] = yaml.safe_load(text)
    return tree


@cache
def sentences() -> Mapping[str, Sentence]:
    """Every reason that is known, in the order in which an officer works."""
    return MappingProxyType(
        {
            reason: Sentence(
                reason=reason,
                topic=said["topic"],
                severity=Severity(said["severity"]),
                message=said["message"],
                advice=said["advice"],
                exact=said.get("exact", False),
                place=place,
            )
            for place, (reason, said) in enumerate(_tree()["reasons"].items())
        }
    )


def spoken(said: Mapping[str, str], language: str) -> str:
    """A sentence in *language*, else in English."""
    return said.get(language) or said[DEFAULT_LANGUAGE]


def text_of(name: str, language: str) -> str:
    """A text that belongs to no reason.

    >>> text_of("times", "fr").format(times=3)
    '(3 fois)'
    """
    return spoken(_tree()["texts"][name], language)


def has_text(name: str) -> bool:
    """Is there a text of this name?"""
    return name in _tree()["texts"]


def in_words(reason: str, message: str, advice: str, *, language: str) -> tuple[str, str]:
    """Message and advice of what a stage reported, in *language* as far as there are words.

    Args:
        reason: A slug, known here or not.
        message: What the stage says, in English; "" where it says nothing.
        advice: Its advice, in English; "" where it gives none.
        language: "en", "fr"; in another the stage's English stays.
    """
    sentence = sentences().get(reason)
    # Where our sentence waits for numbers that a stage does not give, the English one says them.
    ours = sentence is not None and "{" not in sentence.message.get(language, "{")
    if sentence is not None and ours and (language != DEFAULT_LANGUAGE or not message):
        exact = f" ({message})" if sentence.exact and message else ""
        message = sentence.message[language] + exact
    if sentence is not None and ours and (language != DEFAULT_LANGUAGE or not advice):
        advice = sentence.advice[language]
    return message or reason, advice or text_of("unknown-reason", language)
