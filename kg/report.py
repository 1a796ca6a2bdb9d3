"""What a build writes beside the graph: records, mentions and the report, one order of bytes."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.identity import Case
from kg.model import Finding, Fragment, Kind, Mention, Rejection, Where
from kg.read import UNREAD
from kg.resolve import Open, Pair
from kg.vocab import Names


def json_lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """One JSON object a line, UTF-8, keys in the order given."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode(
        "utf-8", "replace"
    )


def record_lines(keyed: Iterable[tuple[str, Case]]) -> list[dict[str, Any]]:
    """The records as read: canonical field names beside raw headings, in order of key."""
    return [
        {
            "key": key,
            "origins": [
                {"file": o.file, "row": o.row, "format": o.format, **_sheet(o.sheet)}
                for o in case.origins
            ],
            "cells": [
                {"field": c.field, "heading": c.heading, "text": c.text} for c in case.record.cells
            ],
        }
        for key, case in sorted(keyed, key=lambda pair: pair[0])
    ]


def mention_lines(
    mentions: Iterable[Mention], fragments: Iterable[Fragment], *, names: Names
) -> list[dict[str, Any]]:
    """Every span found, also the undecided. The words of a suspected person are left out."""
    identifiers = {f.key: f.identifier for f in fragments}
    lines = []
    for m in sorted(mentions, key=lambda m: (m.place, m.kind)):
        words = {} if m.kind is Kind.PERSON else {"text": m.text}
        lines.append(
            {
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
        )
    return lines


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

    def as_json(self) -> bytes:
        """`report.json`."""
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
            "warnings": [
                _place(f.where)
                | {
                    "reason": f.reason,
                    "severity": f.severity.value,
                    "key": f.key,
                    "message": f.message,
                    "advice": f.advice,
                }
                | ({"stage": "read"} if f in self.noticed else {})
                for f in self.findings
            ],
            "edited": dict(self.edited),
            "waiting": {
                "names": [asdict(name) for name in self.open_],
                "pairs": [asdict(pair) for pair in self.pairs],
            },
        }
        return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode()


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


def changes(old: bytes | None, new: Sequence[Mapping[str, Any]]) -> Changes:
    """Compare `records.jsonl` of the last build with the records of this one."""
    before: dict[str, str] = {}
    for line in (old or b"").splitlines():
        row = json.loads(line)
        before[row["key"]] = _content(row)
    after = {row["key"]: _content(row) for row in new}
    return Changes(
        came=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(k for k in after.keys() & before.keys() if after[k] != before[k])),
        went=tuple(sorted(before.keys() - after.keys())),
        first=old is None,
    )


def _content(row: Mapping[str, Any]) -> str:
    cells = sorted((c["field"], c["text"].strip()) for c in row["cells"])
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()
