"""Where the CPU seconds go, function by function: `python -m benchmarks.profiled [RECORDS]`.

Builds fictional records (300 unless told) without NER under Python's profiler, in this process, or
with `--check` asks `kg check` of them. Once: a profile says what to look at, the other benchmarks
what it costs. Small functions of Python that are called often are told too dear, by half and more.

own %   of all CPU seconds, spent in the function itself and in C (the engine, expressions)
in %    spent in it and in whatever it called
calls   how often it was called
"""

import cProfile
import io
import pstats
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.generate import table
from benchmarks.measure import options, show

RECORDS, ROWS = 300, 25
_ROOT = Path(__file__).resolve().parent.parent


def profiled(call: Callable[[], object], *, rows: int = ROWS) -> list[dict[str, object]]:
    """Run something once; the functions that took most themselves, the dearest first."""
    # What is no Python counts as its caller's own: to count each `len` would cost more than `len`.
    profile = cProfile.Profile(time.process_time, builtins=False)
    profile.runcall(call)
    # Untyped by typeshed: (file, line, function) -> calls, primitive calls, own, together, callers.
    stats = vars(pstats.Stats(profile, stream=io.StringIO()))["stats"]
    whole = sum(own for _, _, own, _, _ in stats.values()) or 1.0
    dearest = sorted(stats.items(), key=lambda one: (-one[1][2], one[0]))[:rows]
    return [
        {
            "function": _named(*where),
            "own %": 100 * own / whole,
            "in %": 100 * together / whole,
            "calls": calls,
        }
        for where, (_, calls, own, together, _) in dearest
    ]


def _named(file: str, line: int, function: str) -> str:
    """A function as one looks it up: ours by path, others by package."""
    path = Path(file)
    if path.is_relative_to(_ROOT / "kg"):
        return f"{path.relative_to(_ROOT)}:{line} {function}"
    return f"{path.parent.name}/{path.name} {function}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Build, profile, print."""
    parser = options("profiled", __doc__)
    parser.add_argument("records", nargs="?", type=int, default=RECORDS, metavar="RECORDS")
    parser.add_argument("--check", action="store_true", help="profile kg check, not the build")
    parser.add_argument("--rows", type=int, default=ROWS, help="functions to show")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "kg.toml").write_text("", encoding="utf-8")
        (folder / "harvest.csv").write_text(table(chosen.records), encoding="utf-8", newline="")

        def build() -> object:
            from kg.config import load_config
            from kg.pipeline import build

            return build(load_config(folder), [folder / "harvest.csv"], ner=False)

        def check() -> object:
            from kg.config import load_config
            from kg.harvest import Harvest
            from kg.model import Audience

            return Harvest(load_config(folder), Audience.INTERNAL).check()

        if chosen.check:
            build()
        rows = profiled(check if chosen.check else build, rows=chosen.rows)
    show(rows, as_json=chosen.json)


if __name__ == "__main__":
    main()
