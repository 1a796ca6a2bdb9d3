"""What the last build read, from what it wrote: for building again without its sources."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.aside import Aside
from kg.config import Config
from kg.errors import SourceError
from kg.forgotten import read_forgotten
from kg.identity import content
from kg.keys import read_key
from kg.model import Cell, Finding, Record, Rejection, Severity, Where
from kg.read import NO_RECORDS, error_of
from kg.sources import CACHE, AllRead


def kept_reading(folder: Path, *, aside: Path | None = None) -> AllRead:
    """Records, rejected rows and findings of reading, as they stood when a version was built.

    Args:
        folder: Of one version, with `records.jsonl` and `report.json`.
        aside: Private folder for records that are too many to be held in memory; None holds all.

    A record that was read twice is given twice. Where its copies had different
    flags, each has the flag that counted: the one that withholds.
    """
    report: Mapping[str, Any] = json.loads((folder / "report.json").read_bytes())
    records = (record for row in _rows(folder) for record in _records(row))
    return AllRead(
        records=tuple(records) if aside is None else Aside(aside, records),
        rejected=tuple(Rejection(_where(row), row["reason"]) for row in report["rejected"]),
        findings=tuple(_finding(row) for row in report["warnings"] if row.get("stage") == "read"),
        rows=tuple(
            sorted((row["file"], row["format"], row["rows_read"]) for row in report["sources"])
        ),
    )


def kept_records(folder: Path) -> Iterator[tuple[str, tuple[Record, ...]]]:
    """Key and copies of each record of a version, in order of key."""
    for row in _rows(folder):
        yield row["key"], tuple(_records(row))


def _rows(folder: Path) -> Iterator[Mapping[str, Any]]:
    """The lines of `records.jsonl`, one at a time."""
    with (folder / "records.jsonl").open("rb") as lines:
        yield from map(json.loads, lines)


def allowed(reading: AllRead, config: Config) -> AllRead:
    """What was read, without what was forgotten."""
    barred = read_forgotten(config.private, read_key(config.private))
    if not barred.hashes:
        return reading
    records: Aside[Record] = Aside(config.output / CACHE)
    refused: list[Rejection] = []
    for record in reading.records:
        kept, told = barred.part([record])
        records.extend(kept)
        refused += told
    return replace(reading, records=records, rejected=(*reading.rejected, *refused))


def refuse_loss(reading: AllRead, last: Path | None) -> None:
    """Keep a harvest from losing what nobody took away.

    Args:
        reading: What would be built now.
        last: The folder of the last version; None where there is none.

    Raises:
        SourceError: not one record was read where there were some, or a file that cannot be read
            would take records away.
    """
    if last is None:
        return
    if not reading.records and (last / "records.jsonl").stat().st_size:
        raise SourceError(
            "Not one record could be read, and there is a harvest that this would empty; nothing "
            "was changed. See what the file holds: kg inspect FILE"
        )
    emptied = tuple(f.where.file for f in reading.findings if f.reason == NO_RECORDS)
    lost = _lost(reading, frozenset(emptied), last)
    if lost:
        why = (
            error_of(reading.unread[0])
            if reading.unread
            else f"{emptied[0]}: nothing in this text looks like a record any more."
        )
        raise SourceError(
            f"{why} The harvest holds {lost} records of files that were "
            "not read now; nothing was changed. Mend the file; or take it away, and those records "
            "leave with it."
        )


def _lost(reading: AllRead, emptied: frozenset[str], folder: Path) -> int:
    """How many records of a version would leave a harvest because a file cannot be read.

    Those of files that are not among the read ones, unless what they say stands in these too;
    of texts without any record (*emptied*) those that stood in them. None where every file is
    read: then whoever removed a file means it.
    """
    if not reading.unread and not emptied:
        return 0
    files = {file for file, _, _ in reading.rows}
    said = {content(record) for record in reading.records}
    lost = 0
    for _, records in kept_records(folder):
        homes = {record.file for record in records}
        gone = files.isdisjoint(homes) and content(records[0]) not in said
        lost += gone and bool(reading.unread or homes & emptied)
    return lost


def _records(line: Mapping[str, Any]) -> Iterator[Record]:
    cells = tuple(Cell(c["field"], c["heading"], c["text"]) for c in line["cells"])
    for origin in line["origins"]:
        sheet = origin.get("sheet", "")
        yield Record(origin["file"], origin["row"], origin["format"], cells, sheet)


def first_places(folder: Path) -> Mapping[str, Where]:
    """Where each fragment of a version was first read, by key; of a release nothing.

    The graph knows files and rows of a fragment that was read in several places,
    but not which belong together.
    """
    records = folder / "records.jsonl"
    if not records.exists():  # a release
        return {}
    return {row["key"]: _where({"field": None, **row["origins"][0]}) for row in _rows(folder)}


def _where(row: Mapping[str, Any]) -> Where:
    return Where(row["file"], row["row"], row["field"], row.get("sheet", ""))


def _finding(row: Mapping[str, Any]) -> Finding:
    return Finding(
        reason=row["reason"],
        where=_where(row),
        message=row["message"],
        advice=row["advice"],
        severity=Severity(row["severity"]),
        key=row["key"],
    )


def read_with_models(folder: Path) -> bool:
    """Whether language models suggested names when a version was built."""
    report: Mapping[str, Any] = json.loads((folder / "report.json").read_bytes())
    return bool(report["models"])
