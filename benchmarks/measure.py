"""CPU seconds of whole commands, and a table of them."""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

RUNS = 5


def cpu_seconds(command: Sequence[str | Path], *, cwd: Path | None = None) -> float:
    """User and system seconds of one command and of every process that it waited for.

    Raises:
        RuntimeError: the command failed; a failure's time means nothing.
    """
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    said = process.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        words = " ".join(str(part) for part in command)
        raise RuntimeError(f"{words} ended with {process.returncode}: {said.strip()}")
    return usage.ru_utime + usage.ru_stime


def median(command: Sequence[str | Path], *, cwd: Path | None = None, runs: int = RUNS) -> float:
    """Median CPU seconds of *runs* runs, after one that warms the file cache."""
    cpu_seconds(command, cwd=cwd)
    return statistics.median(cpu_seconds(command, cwd=cwd) for _ in range(runs))


def show(rows: Sequence[Mapping[str, object]], *, as_json: bool) -> None:
    """Print rows as JSON, or as a table as wide as its words."""
    if as_json:
        print(json.dumps(list(rows), indent=2))
        return
    columns = list(rows[0])
    cells = [columns, *([_text(row[column]) for column in columns] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    for line in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))


def _text(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else "" if value is None else str(value)


def options(name: str, about: str | None) -> argparse.ArgumentParser:
    """What each benchmark understands: `--json`, and `--help`, which measures nothing.

    Args:
        name: Of its module.
        about: The docstring of the module: what is measured, and what each figure means.
    """
    parser = argparse.ArgumentParser(
        prog=f"python -m benchmarks.{name}",
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="figures for machines")
    return parser


def wants_json() -> bool:
    """Was `--json` said?"""
    return "--json" in sys.argv[1:]
