"""What the last build read, from what it wrote: for building again without its sources."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.model import Cell, Finding, Record, Rejection, Severity, Where
from kg.sources import AllRead


def kept_reading(folder: Path) -> AllRead:
    """Records, rejected rows and findings of reading, as they stood when a version was built.

    Args:
        folder: Of one version, with `records.jsonl` and `report.json`.

    A record that was read twice is given twice. Where its copies had different
    flags, each has the flag that counted: the one that withholds.
    """
    report: Mapping[str, Any] = json.loads((folder / "report.json").read_bytes())
    lines = (folder / "records.jsonl").read_text("utf-8").split("\n")
    records = tuple(record for line in lines if line for record in _records(json.loads(line)))
    return AllRead(
        records=records,
        rejected=tuple(Rejection(_where(row), row["reason"]) for row in report["rejected"]),
        findings=tuple(_finding(row) for row in report["warnings"] if row.get("stage") == "read"),
        rows=tuple(
            sorted((row["file"], row["format"], row["rows_read"]) for row in report["sources"])
        ),
    )


def kept_records(folder: Path) -> Iterator[tuple[str, tuple[Record, ...]]]:
    """Key and copies of each record of a version, in order of key."""
    for line in (folder / "records.jsonl").read_text("utf-8").split("\n"):
        if line:
            tree = json.loads(line)
            yield tree["key"], tuple(_records(tree))


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
    lines = (json.loads(line) for line in records.read_text("utf-8").split("\n") if line)
    return {line["key"]: _where({"field": None, **line["origins"][0]}) for line in lines}


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
