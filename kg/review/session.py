"""A sitting: show the queue, take answers, write them down, build again."""

import datetime
import getpass
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kg.config import Config
from kg.errors import UsageError
from kg.harvest import Harvest
from kg.keys import NameKey
from kg.messages import in_words
from kg.model import Audience, Decision, Finding
from kg.pipeline import BuildResult, rebuild, rebuild_held
from kg.private import write_private
from kg.review.decide import (
    ReviewError,
    decision_of,
    needed_key,
    refuse_contradictions,
    refuse_naming,
    refuse_unfitting,
)
from kg.review.item import Item, ItemKind
from kg.review.lines import added
from kg.review.queue import queue
from kg.sources import Curated, Progress, edited_marks, read_curated, silent
from kg.vocab import Names, slug

_SHOWN = "review.json"
_RANGE = re.compile(r"([0-9]{1,7})(?:-([0-9]{1,7}))?")
_MOST = 10_000  # numbers in one command


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its verdict, and what goes beside it; `where` names it in messages."""

    item: Item
    verdict: str
    where: str
    reason: str = ""
    publish: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decided, and when (ISO date)."""

    by: str = ""
    date: str = ""

    @staticmethod
    def here() -> "Signature":
        """The user of this computer, today. Decisions are the one place with a date."""
        by = ""
        with suppress(OSError, KeyError, ImportError):  # no such user, as in some containers
            by = getpass.getuser()
        return Signature(by, datetime.date.today().isoformat())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What answers did: their lines, the build that applied them, and what speaks against them."""

    decisions: tuple[Decision, ...]
    build: BuildResult | None
    against: tuple[Finding, ...]


class Review:
    """The queue of one project."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.harvest = Harvest(config, Audience.INTERNAL)

    @property
    def stale(self) -> bool:
        """Whether an edited file changed since the last build, so that its queue may be wrong."""
        return bool(self.harvest.report.get("edited") != edited_marks(self.config))

    def refresh(self, *, progress: Progress = silent) -> None:
        """Build again from what the last build kept."""
        rebuild(self.config, progress=progress)
        self.harvest = Harvest(self.config, Audience.INTERNAL)

    def items(self, curated: Curated | None = None) -> tuple[Item, ...]:
        """What waits, the most valuable first."""
        known = curated or read_curated(self.config)
        return queue(
            self.harvest.select,
            mentions=self.harvest.mentions(),
            report=self.harvest.report,
            decisions=known.decisions,
            ids={slug(entry.id): entry.id for entry in known.organisations},
            keyed=known.keyed,
            language=self.config.language,
        )

    def remember(self, items: Sequence[Item]) -> None:
        """Keep which question had which number, without its words."""
        rows = [[item.mark, item.state] for item in items]
        with suppress(OSError):  # a folder that may only be read: numbers cannot be answered there
            self._shown.parent.mkdir(mode=0o700, exist_ok=True)
            write_private(self._shown, json.dumps(rows).encode())

    def standing(self) -> tuple[Decision, ...]:
        """The lines of `decisions.csv`."""
        return read_curated(self.config).decisions

    @property
    def _shown(self) -> Path:
        return self.config.output / ".cache" / _SHOWN

    def numbered(self, numbers: Iterable[int], items: Sequence[Item]) -> tuple[Item, ...]:
        """The questions that had these numbers when the queue was last shown.

        Raises:
            UsageError: a number that was not shown.
            ReviewError: nothing was shown, or the question has changed since.
        """
        rows = self._remembered()
        now: Mapping[str, Item] = {item.mark: item for item in items}
        found = []
        for number in numbers:
            if not 1 <= number <= len(rows):
                raise UsageError(
                    f"{number}: the queue last shown had {len(rows)} numbers. Look again: kg review"
                )
            mark, state = rows[number - 1]
            item = now.get(mark)
            if item is None:
                raise ReviewError(
                    f"Number {number}: no longer waits; it was decided, or its words went with a "
                    "later build. Nothing was written. Look again: kg review"
                )
            if item.state != state:
                raise ReviewError(
                    f"Number {number}: has changed since the queue was shown. Nothing was "
                    "written. Look again: kg review"
                )
            found.append(item)
        return tuple(found)

    def _remembered(self) -> list[tuple[str, str]]:
        try:
            rows = json.loads(self._shown.read_bytes())
            return [(str(mark), str(state)) for mark, state in rows]
        except (OSError, ValueError, TypeError):
            raise ReviewError(
                "No queue was shown here yet, so the number means nothing. Look first: kg review"
            ) from None

    def answer(
        self,
        answers: Sequence[Answer],
        *,
        signature: Signature,
        progress: Progress = silent,
    ) -> Outcome:
        """Write answers to `decisions.csv` and apply them. Call inside `one_writer`.

        Raises:
            UsageError: a verdict does not answer its question.
            ReviewError: an answer says the opposite of a line, or a key is missing.
            ConfigError: an edited file says something that kg cannot follow.
            WorkspaceError: something cannot be written.
        """
        curated = read_curated(self.config)
        for answer in answers:
            refuse_unfitting(answer.item, answer.verdict, where=answer.where)
            refuse_naming(answer.item, answer.reason, where=answer.where)
        _refuse_two(answers)
        key = needed_key(
            self.config.private, (answer.verdict for answer in answers), curated.decisions
        )
        lines = _lines(answers, signature, key)
        refuse_contradictions(
            lines,
            curated.decisions,
            curated.organisations,
            names=Names(self.config.base_iri),
            key=key,
        )
        numbers = added(self.config.root / "decisions.csv", lines)
        before = {warning["message"] for warning in self.harvest.report["warnings"]}
        build = rebuild_held(self.config, progress=progress)
        self.harvest = Harvest(self.config, Audience.INTERNAL)
        against = tuple(
            f for f in build.report.findings if f.reason in _AGAINST and f.message not in before
        )
        written = tuple(replace(d, line=n) for d, n in zip(lines, numbers, strict=True))
        return Outcome(written, build, against)


def _lines(answers: Sequence[Answer], signature: Signature, key: NameKey | None) -> list[Decision]:
    """The lines that answers make, each once, in the order of the answers."""
    lines: dict[tuple[str, ...], Decision] = {}
    for answer in answers:
        line = replace(
            decision_of(answer.item, answer.verdict, key=key),
            by=signature.by,
            date=signature.date,
            reason=answer.reason,
            publish=answer.publish,
        )
        lines.setdefault((line.decision, line.a, line.b, line.scope), line)
    return list(lines.values())


def _refuse_two(answers: Sequence[Answer]) -> None:
    """See that no open name is said to be two organisations at once."""
    said: dict[tuple[str, str], str] = {}
    for answer in answers:
        if answer.item.kind is ItemKind.NAME and answer.verdict == "same":
            mark = (answer.item.a, answer.item.scope)
            if mark in said:
                raise UsageError(
                    f"{said[mark]} and {answer.where} say of one name that it is two "
                    "organisations; answer same once, and different for the others."
                )
            said[mark] = answer.where


_AGAINST = frozenset({"contradictory-decisions", "same-of-two-entries", "decision-unclear"})


def contradictions(harvest: Harvest) -> tuple[str, ...]:
    """What the last build told of lines of `decisions.csv` that it could not follow."""
    told = []
    for warning in harvest.report["warnings"]:
        if warning["reason"] in _AGAINST:
            message, advice = in_words(
                warning["reason"],
                warning["message"],
                warning["advice"],
                language=harvest.config.language,
            )
            told.append(f"{warning['file']}: {message} {advice}")
    return tuple(told)


def numbers_of(text: str) -> tuple[int, ...]:
    """The numbers a person typed.

    >>> numbers_of("3"), numbers_of("2,5-7")
    ((3,), (2, 5, 6, 7))

    Raises:
        UsageError: it is no number, list or range.
    """
    found: dict[int, None] = {}
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if match is None or last < first or last - first > _MOST:
            raise UsageError(
                "Expected a number of the queue (3), several (3,5) or a range (3-7), then a "
                "verdict, e.g. kg review 3 same"
            )
        found.update(dict.fromkeys(range(first, last + 1)))
    return tuple(found)
