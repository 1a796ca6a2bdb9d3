"""What the shell completes behind Tab: names of questions. Nothing of a harvest, nothing heavy."""

from pathlib import Path

from kg.config import find_project
from kg.resources import resource


def question_names(incomplete: str) -> list[str]:
    """Names of the library and of the project's own questions that begin so.

    File names alone are looked at: a completion that reads a graph would make
    the shell wait, and put names of a confidential harvest into its history.

    >>> question_names("outcomes-of")
    ['outcomes-of-organisation']
    """
    folders = (resource("queries"), find_project(Path.cwd()) / "queries")
    names = {path.stem for folder in folders for path in folder.glob("*.rq")}
    return sorted(name for name in names if name.startswith(incomplete))
