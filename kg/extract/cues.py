"""Cue phrases of `data/cues.yaml`, compiled: what words beside a name say of its role."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.extract.data_files import data
from kg.model import Role

#: A role, and what stands right before a name that has it.
Before = tuple[tuple[Role, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """How a field speaks of organisations: the role without a cue, and the cues that count.

    `own` are cues of this section alone, tried before all others; `others` says where a kind
    of body mostly has another role than `role`.
    """

    role: Role
    confidence: float
    cues: tuple[Role, ...]
    subject: Role | None
    others: Mapping[str, Role]
    own: Before
    passive: re.Pattern[str] | None
    refusals: bool  # nothing but a refusal says another role than `role`


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled cue phrases over folded text."""

    before: Before
    last: Before  # tried when nothing else speaks
    against: Before  # of both, those of targets
    verbs: re.Pattern[str]
    new: re.Pattern[str]
    gap: re.Pattern[str]
    passive: re.Pattern[str]
    contributed: re.Pattern[str]
    pressed: re.Pattern[str]
    targeted: re.Pattern[str]
    refused: re.Pattern[str]  # of bodies that are no people together
    objects: re.Pattern[str]
    moved: re.Pattern[str]  # between who moved and who changed
    leads: re.Pattern[str]  # from the beginning of a sentence to a name that does not act
    confidence: float
    sections: Mapping[str, Section]
    programme: re.Pattern[str]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cue phrases of `data/cues.yaml`."""
    raw = data("cues.yaml")
    filler = raw["filler"]
    before, last = _before(raw["before"], filler), _before(raw["last"], filler)
    stems = "|".join(sorted({s for words in raw["verbs"].values() for s in words}))
    return Cues(
        before=before,
        last=last,
        against=tuple(pair for pair in (*before, *last) if pair[0] is Role.TARGET),
        verbs=re.compile(
            rf"\b(?:{stems})(?!\w*(?:ation|ations|ement|ements|ment|ments|cion)\b)\w*"
        ),
        new=re.compile(raw["new"]),
        gap=re.compile(raw["gap"]),
        passive=_any(raw["passive"]),
        contributed=_any(raw["contributed"]),
        pressed=_any(raw["pressed"]),
        targeted=_any(raw["targeted"]),
        refused=_any(raw["refused"]),
        objects=_any(raw["objects"]),
        moved=_any(raw["moved"]),
        leads=_any(raw["leads"]),
        confidence=float(raw["cue_confidence"]),
        sections={name: _section(said, filler) for name, said in raw["sections"].items()},
        programme=re.compile(raw["programme"]),
    )


def _section(said: Mapping[str, Any], filler: str) -> Section:
    return Section(
        Role(said["role"]),
        float(said["confidence"]),
        tuple(Role(cue) for cue in said["cues"]),
        Role(said["subject"]) if "subject" in said else None,
        {kind: Role(role) for kind, role in said.get("others", {}).items()},
        _before(said.get("before", {}), filler),
        _any(said["passive"]) if "passive" in said else None,
        said.get("only") == "refused",
    )


def _before(said: Mapping[str, Iterable[str]], filler: str) -> Before:
    """For each role, what may stand before a name, with nothing but fillers between."""
    found: list[tuple[Role, re.Pattern[str]]] = []
    for role, patterns in said.items():
        heads = "|".join(f"(?:{p.rstrip('$').rstrip()})" for p in patterns)
        found.append((Role(role), re.compile(rf"(?:{heads})[\s\"'«“]*{filler}[\"'«“]*$")))
    return tuple(found)


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))
