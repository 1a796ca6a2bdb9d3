"""What a build writes beside the graph: records, mentions and the report, one order of bytes."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from kg.identity import Case
from kg.model import Finding, Fragment, Kind, Mention, Rejection, Where
from kg.read import UNREAD
from kg.resolve import Open, Pair
from kg.vocab import Names

#: Pieces of JSON that are written at once.
_WORDS = 10_000


def json_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """One JSON object a line, UTF-8, keys in the order given."""
    for row in rows:
        yield (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def record_lines(keyed: Iterable[tuple[str, Case]]) -> Iterator[dict[str, Any]]:
    """The records as read: canonical field names beside raw headings.

    Args:
        keyed: Records with their keys, in order of key.
    """
    for key, case in keyed:
        yield {
            "key": key,
            "origins": [
                {"file": o.file, "row": o.row, "format": o.format, **_sheet(o.sheet)}
                for o in case.origins
            ],
            "cells": [
                {"field": c.field, "heading": c.heading, "text": c.text} for c in case.record.cells
            ],
        }


def mention_lines(
    mentions: Iterable[Mention], fragments: Iterable[Fragment], *, names: Names
) -> Iterator[dict[str, Any]]:
    """Every span found, also the undecided. The words of a suspected person are left out.

    Args:
        mentions: In any order.
        fragments: Whose they are.
        names: Mints the IRIs.
    """
    identifiers = {f.key: f.identifier for f in fragments}
    for m in sorted(mentions, key=lambda m: (m.place, m.kind)):
        words = {} if m.kind is Kind.PERSON else {"text": m.text}
        yield {
            "fragment": names.fragment(m.key),
            "key": m.key,
            "fragment_id": identifiers[m.key],
            "field": m.field,
            "start": m.start,
            "end": m.end,
            **words,
            "kind": m.kind.value,
            "entity": m.entity,
            "label": None if m.kind is Kind.PERSON else m.label,
            "role": m.role.value if m.role else None,
            "method": m.method,
            "confidence": round(m.confidence, 3),
            "status": m.status.value,
        }


@dataclass(frozen=True, slots=True)
class FileCount:
    """Rows of one source: read = kept + rejected + duplicates. `format` is its media type."""

    file: str
    format: str
    rows_read: int
    rows_kept: int
    rows_rejected: int
    duplicates: int

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `report.json`."""
        return {
            "file": self.file,
            "format": self.format,
            "rows_read": self.rows_read,
            "rows_kept": self.rows_kept,
            "rows_rejected": self.rows_rejected,
            "duplicates": self.duplicates,
        }


def file_counts(
    rows: Iterable[tuple[str, str, int]], cases: Iterable[Case], rejected: Iterable[Rejection]
) -> tuple[FileCount, ...]:
    """Account for each source. *rows*: file, media type, rows read.

    A record that stands in two files is kept in the first by name; its other
    copies are duplicates of the files they stand in.
    """
    kept = Counter(min(case.origins).file for case in cases)
    refused = Counter(rejection.where.file for rejection in rejected)
    return tuple(
        FileCount(
            file=name,
            format=kind,
            rows_read=count,
            rows_kept=kept[name],
            rows_rejected=refused[name],
            duplicates=count - kept[name] - refused[name],
        )
        for name, kind, count in rows
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by file, row, field and reason."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                f.where.file,
                f.where.row or 0,
                f.where.field or "",
                f.reason,
                f.message,
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class Report:
    """What a build read, kept and noticed. `models` says what looked for names, by language.

    Every message is free of the words of the records. `noticed` are the
    findings that only reading the sources can make; `open_` and `pairs` wait for a person;
    `edited` are digests of the files that people edit.
    """

    files: tuple[FileCount, ...]
    rejected: tuple[Rejection, ...]
    findings: tuple[Finding, ...]
    confidential: int
    models: Mapping[str, str]
    counts: Mapping[str, int]
    version: str
    noticed: frozenset[Finding] = frozenset()
    open_: tuple[Open, ...] = ()
    pairs: tuple[Pair, ...] = ()
    edited: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows_read(self) -> int:
        """Rows of all sources."""
        return sum(f.rows_read for f in self.files)

    @property
    def unread(self) -> tuple[Finding, ...]:
        """Files that could not be read; nothing of them is in the harvest."""
        return tuple(finding for finding in self.findings if finding.reason == UNREAD)

    @property
    def rows_kept(self) -> int:
        """Rows that became a fragment."""
        return sum(f.rows_kept for f in self.files)

    @property
    def duplicates(self) -> int:
        """Rows that repeat a record read elsewhere."""
        return sum(f.duplicates for f in self.files)

    def as_json(self) -> Iterator[bytes]:
        """`report.json`, part by part: what waits for a person may be much."""
        tree = {
            "version": self.version,
            "rows_read": self.rows_read,
            "rows_kept": self.rows_kept,
            "rows_rejected": len(self.rejected),
            "duplicates": self.duplicates,
            "confidential": self.confidential,
            "sources": [f.as_dict() for f in self.files],
            "counts": dict(sorted(self.counts.items())),
            "models": dict(sorted(self.models.items())),
            "rejected": [_place(r.where) | {"reason": r.reason} for r in self.rejected],
            "warnings": _Written(self.findings, self._warning),
            "edited": dict(self.edited),
            "waiting": {
                "names": _Written(self.open_, asdict),
                "pairs": _Written(self.pairs, asdict),
            },
        }
        words = json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(tree)
        while some := "".join(islice(words, _WORDS)):
            yield some.encode()
        yield b"\n"

    def _warning(self, finding: Finding) -> dict[str, Any]:
        return {
            **_place(finding.where),
            "reason": finding.reason,
            "severity": finding.severity.value,
            "key": finding.key,
            "message": finding.message,
            "advice": finding.advice,
            **({"stage": "read"} if finding in self.noticed else {}),
        }


class _Written(list[Any]):
    """A list whose items are made when they are written."""

    def __init__(self, items: Sequence[Any], made: Callable[[Any], dict[str, Any]]) -> None:
        super().__init__(items)
        self._made = made

    def __iter__(self) -> Iterator[Any]:
        return map(self._made, super().__iter__())


def _place(where: Where) -> dict[str, Any]:
    return {"file": where.file, "row": where.row, "field": where.field, **_sheet(where.sheet)}


def _sheet(title: str) -> dict[str, str]:
    """The worksheet, told only where a file has several."""
    return {"sheet": title} if title else {}


@dataclass(frozen=True, slots=True)
class Changes:
    """Fragments that came, changed and went since the last build, by key."""

    came: tuple[str, ...]
    changed: tuple[str, ...]
    went: tuple[str, ...]
    first: bool = False


def noted(rows: Iterable[Mapping[str, Any]], said: dict[str, bytes]) -> Iterator[Mapping[str, Any]]:
    """Rows of `records.jsonl` as they pass by; *said* takes a digest of what each says, by key."""
    for row in rows:
        said[row["key"]] = _content(row)
        yield row


def last_said(folder: Path) -> dict[str, bytes]:
    """The same of the records of a version, by key."""
    with (folder / "records.jsonl").open("rb") as lines:
        rows = map(json.loads, lines)
        return {row["key"]: _content(row) for row in rows}


def changes(before: Mapping[str, bytes] | None, after: Mapping[str, bytes]) -> Changes:
    """Compare what the records of the last build said, if there was one, with those of this one."""
    first, before = before is None, before or {}
    return Changes(
        came=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(k for k in after.keys() & before.keys() if after[k] != before[k])),
        went=tuple(sorted(before.keys() - after.keys())),
        first=first,
    )


def _content(row: Mapping[str, Any]) -> bytes:
    cells = sorted((c["field"], c["text"].strip()) for c in row["cells"])
    return hashlib.sha256(json.dumps(cells).encode()).digest()
