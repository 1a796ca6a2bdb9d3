"""What the doctor says of one thing: that it is well, that something follows, or what to do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kg.messages import has_phrase, phrase


class Weight(StrEnum):
    """`ok`: as it should be; `told`: works, and something follows from it; `step`: do something."""

    OK = "ok"
    TOLD = "told"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at.

    `finding` is a slug, stable for scripts, and the name of its sentence under
    `doctor.said` of `interface.yaml`, and of what to do under `doctor.next`;
    `values` fill both.
    """

    group: str
    finding: str
    weight: Weight
    values: Mapping[str, str] = field(default_factory=dict)

    def said(self, language: str) -> str:
        """The sentence."""
        return phrase(f"doctor.said.{self.finding}", language, **self.values)

    def step(self, language: str) -> str:
        """What to do next, or what follows; "" where nothing does."""
        if not has_phrase(f"doctor.next.{self.finding}"):
            return ""
        return phrase(f"doctor.next.{self.finding}", language, **self.values)

    def as_dict(self, language: str) -> dict[str, Any]:
        """The line as JSON has it."""
        return {
            "group": self.group,
            "finding": self.finding,
            "weight": self.weight.value,
            "said": self.said(language),
            "next": self.step(language) or None,
            "values": dict(self.values),
        }


Lines = Iterator[Line]
