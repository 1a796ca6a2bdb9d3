"""What a command costs before it does anything: `python -m benchmarks.startup [--json]`.

Ends with 1 where a bar is missed, so that it can guard a release.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import cpu_seconds, median, options, show

KG = (sys.executable, "-m", "kg")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, compare with the bars."""
    chosen = options("startup", __doc__).parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        cpu_seconds([*KG, "init", "--demo", demo])
        cpu_seconds([*KG, "-C", demo, "build", "--no-ner"])
        cases: tuple[tuple[str, Sequence[str | Path], float | None], ...] = (
            ("python -c pass", [sys.executable, "-c", "pass"], None),
            ("kg --help", [*KG, "--help"], 0.4),
            ("kg query organisations", [*KG, "-C", demo, "query", "organisations"], 0.8),
            ("kg trace 1.1", [*KG, "-C", demo, "trace", "1.1"], None),
        )
        rows = [
            {"command": name, "cpu_seconds": median(command, cwd=demo), "bar": bar}
            for name, command, bar in cases
        ]
    show(rows, as_json=chosen.json)
    missed = [
        row["command"]
        for row in rows
        if isinstance(row["bar"], float)
        and isinstance(row["cpu_seconds"], float)
        and row["cpu_seconds"] >= row["bar"]
    ]
    if missed:
        print(f"Over the bar: {', '.join(map(str, missed))}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
