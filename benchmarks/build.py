"""What a build costs, by stage: `python -m benchmarks.build [RECORDS] [--lean] [--runs N]`.

1,000 fictional records of the usual length (`--lean`: of four sentences), without NER; then the
same again with one record changed. Each run is a process of its own with an output folder of its
own; figures are medians (`--json`: as JSON).
"""

import csv
import io
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.generate import table
from benchmarks.measure import show, wants_json
from kg.clock import Clock

RUNS = 3
RECORDS = 1_000
ADDED = " Since then the neighbours meet again every month."


def one_run(folder: Path) -> dict[str, dict[str, float]]:
    """Build `harvest.csv` in *folder*, change one record, build again.

    Returns:
        "first" and "one changed", each: CPU seconds by stage; "whole process"
        (up to there, imports included), "MB before index": the most memory until the engine is
        asked to make its database, "peak MB", "kB a record on disk".
    """
    from kg.config import load_config
    from kg.pipeline import build

    source = folder / "harvest.csv"
    found: dict[str, dict[str, float]] = {}
    before = 0.0
    for name in ("first", "one changed"):
        clock = Gauge()
        result = build(load_config(folder), [source], ner=False, clock=clock)
        usage = resource.getrusage(resource.RUSAGE_SELF)
        spent = usage.ru_utime + usage.ru_stime
        found[name] = {
            **clock.seconds,
            "whole process": spent - before,
            "MB before index": clock.peaks["graph"],
            "peak MB": _peak(),
            "kB a record on disk": _size(folder / "output") / 1000 / result.report.rows_kept,
        }
        before = spent
        source.write_text(one_changed(source.read_text("utf-8")), encoding="utf-8", newline="")
    return found


@dataclass(slots=True)
class Gauge(Clock):
    """Counts the most memory until the end of each stage, too; megabytes."""

    peaks: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside as *name*."""
        with Clock.stage(self, name):
            yield
        self.peaks[name] = _peak()


def _peak() -> float:
    # Linux counts kilobytes, macOS bytes.
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def one_changed(text: str) -> str:
    """The same table with a sentence more in the longest cell of the row in the middle."""
    rows = list(csv.reader(io.StringIO(text)))
    row = rows[len(rows) // 2]
    longest = max(range(len(row)), key=lambda place: len(row[place]))
    row[longest] += ADDED
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _size(folder: Path) -> int:
    """Bytes of all files, each once: versions are linked into the folder."""
    files = {
        (s.st_dev, s.st_ino): s.st_size
        for s in (p.stat() for p in folder.rglob("*") if p.is_file())
    }
    return sum(files.values())


def measured(records: int, *, lean: bool = False) -> dict[str, dict[str, float]]:
    """One run over *records* records in a process of its own; *lean* ones have four sentences."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "kg.toml").write_text('[project]\nname = "Benchmark"\n', encoding="utf-8")
        text = table(records, lean=lean)
        (folder / "harvest.csv").write_text(text, encoding="utf-8", newline="")
        command = [sys.executable, "-m", "benchmarks.build", "--child", name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, dict[str, float]] = json.loads(done.stdout)
    return result


def rows_of(runs: Sequence[Mapping[str, Mapping[str, float]]]) -> list[dict[str, object]]:
    """A row a stage: the median of the first build, and of the one with one record changed."""
    return [
        {
            "stage": stage,
            "first": statistics.median(run["first"][stage] for run in runs),
            "one_changed": statistics.median(run["one changed"][stage] for run in runs),
        }
        for stage in runs[0]["first"]
    ]


def main(arguments: Sequence[str]) -> int:
    """Measure and print; with `--child FOLDER` be one run."""
    if arguments[:1] == ["--child"]:
        print(json.dumps(one_run(Path(arguments[1]))))
        return 0
    count = RUNS
    words = list(arguments)
    if "--runs" in words:
        at = words.index("--runs")
        count = int(words[at + 1])
        del words[at : at + 2]
    records = next((int(word) for word in words if word.isdigit()), RECORDS)
    lean = "--lean" in words
    rows = rows_of([measured(records, lean=lean) for _ in range(count)])
    if not wants_json():
        print(f"{records} records, without NER, median of {count} (CPU seconds)")
    show(rows, as_json=wants_json())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
