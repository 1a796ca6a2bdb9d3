"""Which commands write, told from their words alone: they take the folder before they load.

What a command line needs takes longer to load than the lock takes to try. Of eight builds that
start at once, seven would else load beside each other for seconds, only to be told no.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kg.config import Config, find_project, load_config
from kg.errors import KgError

#: Commands that write from their first moment on, whatever is typed behind them.
WRITERS = frozenset({"build", "release"})
_PROJECT = ("-C", "--project")
_QUIET = ("-q", "--quiet")
_HELP = frozenset({"-h", "--help"})


@dataclass(frozen=True, slots=True)
class Ahead:
    """The folder that a command is going to write, and the language of who typed it."""

    output: Path
    language: str


def ahead(arguments: Sequence[str]) -> Ahead | None:
    """What a command is going to write; None where that takes more than a look.

    Whatever is typed wrongly is told by the command line itself, later.

    >>> ahead(["query", "build"]) is ahead(["build", "--help"]) is None
    True
    """
    rest = iter(arguments)
    project: str | None = None
    for word in rest:
        if word in _PROJECT:
            project = next(rest, None)
        elif word.startswith("--project="):
            project = word.partition("=")[2]
        elif word in WRITERS:
            behind = list(rest)
            return None if _HELP & {*behind} else _of(project, behind)
        elif word not in _QUIET:
            return None
    return None


def _of(project: str | None, behind: Sequence[str]) -> Ahead | None:
    try:
        config = load_config(Path(project) if project else find_project(Path.cwd()))
    except (KgError, OSError):
        return None
    return Ahead(config.output, _language(behind, config))


def _language(behind: Sequence[str], config: Config) -> str:
    for word, following in pairwise([*behind, ""]):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return config.language
