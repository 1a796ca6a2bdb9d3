"""Which files may be sources, by their names alone."""

from collections.abc import Container
from pathlib import PurePath

from kg.config import EDITED_FILES

#: Edited beside `kg.toml`, and never sources, also when their folder is.
EDITED = frozenset({*EDITED_FILES, "framework.xlsx"})
_NO_HARVEST = frozenset({"readme", "license", "changelog", "contributing"})
#: What systems and office programs leave in folders, and the questions of a project (`*.rq`).
_SYSTEM = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})
_LEFT_BEHIND = (".", "~", "__MACOSX")
_PROMISED = ("framework.csv", "framework.xlsx")


def may_be_source(path: PurePath, *, suffixes: Container[str]) -> bool:
    """May a file of a folder or an archive be a source?

    Not edited files, hidden ones, what a project says of itself, and the lock
    files of open workbooks.

    >>> may_be_source(PurePath("a.CSV"), suffixes={".csv"})
    True
    >>> may_be_source(PurePath("~$a.csv"), suffixes={".csv"})
    False
    """
    return (
        path.suffix.lower() in suffixes
        and path.name.lower() not in EDITED
        and path.stem.lower() not in _NO_HARVEST
        and not _left_behind(path)
    )


def says_nothing(path: PurePath) -> bool:
    """Is a file one that nobody expects to be read: hidden, of a system, of the project itself?

    A results framework is none of them: where it is not beside `kg.toml`, somebody has to know.

    >>> says_nothing(PurePath("Thumbs.db")), says_nothing(PurePath("letter.pdf"))
    (True, False)
    """
    name = path.name.lower()
    return (
        _left_behind(path)
        or (name in EDITED and not is_framework(path))
        or path.stem.lower() in _NO_HARVEST
        or path.suffix.lower() == ".rq"
    )


def is_framework(path: PurePath) -> bool:
    """Does the name of a file say that it tells what was promised?"""
    return path.name.lower() in _PROMISED or path.suffix.lower() == ".xml"


def _left_behind(path: PurePath) -> bool:
    return path.name.lower() in _SYSTEM or path.name.startswith(_LEFT_BEHIND)
