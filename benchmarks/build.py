"""What a build costs, by stage: `python -m benchmarks.build [RECORDS] [--json]`.

1,000 fictional records of the usual length, without NER. Each run is a process
of its own with an output folder of its own; the figure is the median of three.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generate import table
from benchmarks.measure import show, wants_json

RUNS = 3
RECORDS = 1_000


def one_run(folder: Path) -> dict[str, float]:
    """Build `harvest.csv` in *folder*; CPU seconds by stage, and the peak of memory in MB."""
    from kg.clock import Clock
    from kg.config import load_config
    from kg.pipeline import build

    clock = Clock()
    build(load_config(folder), [folder / "harvest.csv"], ner=False, clock=clock)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    # Linux counts kilobytes, macOS bytes.
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return {
        **clock.seconds,
        "whole process": usage.ru_utime + usage.ru_stime,
        "peak MB": usage.ru_maxrss / unit,
    }


def measured(records: int) -> dict[str, float]:
    """One build of *records* records in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "kg.toml").write_text('[project]\nname = "Benchmark"\n', encoding="utf-8")
        (folder / "harvest.csv").write_text(table(records), encoding="utf-8", newline="")
        command = [sys.executable, "-m", "benchmarks.build", "--child", name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main(arguments: Sequence[str]) -> int:
    """Measure and print; with `--child FOLDER` be one run."""
    if arguments[:1] == ["--child"]:
        print(json.dumps(one_run(Path(arguments[1]))))
        return 0
    records = next((int(word) for word in arguments if word.isdigit()), RECORDS)
    runs = [measured(records) for _ in range(RUNS)]
    rows = [
        {"stage": stage, "cpu_seconds": statistics.median(run[stage] for run in runs)}
        for stage in runs[0]
        if stage != "peak MB"
    ]
    rows.append({"stage": "peak MB", "cpu_seconds": statistics.median(r["peak MB"] for r in runs)})
    if not wants_json():
        print(f"{records} records, without NER, median of {RUNS} (CPU seconds)")
    show(rows, as_json=wants_json())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
