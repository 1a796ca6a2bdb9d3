"""Whole commands at 1,000 records beside their bars: `python -m benchmarks.commands [RECORDS]`.

Fictional records, without NER unless `--ner` is said. A build, a build with one record changed,
`kg check`, and every question of the library with the values of its first run: each a process of
its own, the middle of `--runs`. Builds are measured once each: a second first build is another one.

CPU s    user and system, children included; bars of builds and of `kg check` are held to it
wall s   on the clock; bars of questions are held to it, and a busy machine misses them
"""

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.build import one_changed
from benchmarks.generate import table
from benchmarks.measure import options, show
from benchmarks.peers import Spent, spent

KG = (sys.executable, "-m", "kg")
RUNS, RECORDS = 3, 1_000
#: Seconds: of CPU, but of a question on the clock. A rebuild with NER: of the first, a fifth.
BUILD, CHANGED, CHECK, QUESTION, NER_SHARE = 8.0, 4.0, 2.0, 0.6, 0.2
_VALUES = (
    "import json, sys\n"
    "from pathlib import Path\n"
    "from benchmarks.peers import given\n"
    "print(json.dumps(given(Path(sys.argv[1]))))\n"
)


def row(what: str, one: Spent, wall: float, *, bar: float, of: str = "CPU s") -> dict[str, object]:
    """A line of the table: how far the figure is from its bar, over 1 where it is missed."""
    figure = one.cpu if of == "CPU s" else wall
    return {
        "command": what,
        "CPU s": one.cpu,
        "wall s": wall,
        "peak MB": round(one.megabytes),
        "bar": bar,
        "held to": of,
        "times the bar": figure / bar,
    }


def timed(words: Sequence[str | Path], *, runs: int = 1) -> tuple[Spent, float]:
    """The run in the middle by CPU seconds, and its time on the clock."""
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        one = spent([*KG, *words])
        found.append((one, time.perf_counter() - began))
    return sorted(found, key=lambda pair: pair[0].cpu)[runs // 2]


def measured(folder: Path, *, runs: int, ner: bool) -> list[dict[str, object]]:
    """Build in *folder*, change, check, ask."""
    source, here = folder / "harvest.csv", ("-C", folder)
    build = (*here, "build", source, *(() if ner else ("--no-ner",)))
    first, wall = timed(build)
    rows = [row("build", first, wall, bar=BUILD)]
    source.write_text(one_changed(source.read_text("utf-8")), encoding="utf-8", newline="")
    again, wall = timed(build)
    bar = NER_SHARE * first.cpu if ner else CHANGED
    rows.append(row("build, one record changed", again, wall, bar=bar))
    one, wall = timed((*here, "check", "-o", folder / "worklist.csv"), runs=runs)
    rows.append(row("check", one, wall, bar=CHECK))
    trig = folder / "output" / "internal" / "harvest.trig"
    values = json.loads(spent([sys.executable, "-c", _VALUES, trig]).said)
    for name, typed in sorted(values.items()):
        words = [word for pair in typed.items() for word in ("--param", "=".join(pair))]
        one, wall = timed((*here, "query", name, *words), runs=runs)
        rows.append(row(f"query {name}", one, wall, bar=QUESTION, of="wall s"))
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; the missed ones by name."""
    parser = options("commands", __doc__)
    parser.add_argument("records", nargs="?", type=int, default=RECORDS, metavar="RECORDS")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--ner", action="store_true", help="let language models read, too")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "kg.toml").write_text("", encoding="utf-8")
        (folder / "harvest.csv").write_text(table(chosen.records), encoding="utf-8", newline="")
        rows = measured(folder, runs=chosen.runs, ner=chosen.ner)
    show(rows, as_json=chosen.json)
    missed = [str(one["command"]) for one in rows if float(str(one["times the bar"])) > 1]
    if missed:
        print(f"Over the bar: {', '.join(missed)}", file=sys.stderr)


if __name__ == "__main__":
    main()
