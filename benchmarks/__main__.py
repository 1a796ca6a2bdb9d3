"""All benchmarks: `python -m benchmarks` lists them, `--all` runs one after the other.

Each prints its table; with `--json` each prints its JSON under a line with its name. All of it
takes hours on a busy machine: explorer and asking need a browser, peers makes two environments.
"""

import argparse
import ast
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

#: From quick to slow.
NAMES = (
    *("startup", "arrange", "commands", "build", "profiled", "extraction", "reading"),
    *("serving", "peers", "asking", "explorer"),
)


def about(name: str) -> str:
    """The first line of a benchmark's own words; nothing of it is run."""
    text = Path(__file__).with_name(f"{name}.py").read_text("utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """List, or run; 1 where one failed or missed a bar that it guards."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--all", action="store_true", help="run every one of them")
    parser.add_argument("--json", action="store_true", help="figures for machines")
    chosen = parser.parse_args(arguments)
    failed = []
    for name in NAMES:
        if not chosen.all:
            print(f"{name:<12}{about(name)}")
            continue
        print(f"\n== {name}", flush=True)
        words = [sys.executable, "-m", f"benchmarks.{name}", *(["--json"] if chosen.json else [])]
        if subprocess.run(words, check=False).returncode:
            failed.append(name)
    if failed:
        print(f"Failed, or over a bar: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
