"""Which files may be sources, by their names alone."""

from collections.abc import Container
from pathlib import PurePath

from kg.config import EDITED_FILES

#: Edited beside `kg.toml`, and never sources, also when their folder is.
EDITED = frozenset({*EDITED_FILES, "framework.xlsx"})
_NO_HARVEST = frozenset({"readme", "license", "changelog", "contributing"})


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
        and not path.name.startswith((".", "~$"))
    )
