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
    """What to say of one reason, and what to do; `topic` joins reasons that tell of one thing."""

    reason: str
    topic: str
    severity: Severity
    message: Mapping[str, str]
    advice: Mapping[str, str]
    place: int  # in the order in which an officer works


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
