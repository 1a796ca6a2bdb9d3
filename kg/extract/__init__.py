"""Finding names in narrative text: organisations, places, persons, ids, redaction marks.

`find_names` is for a whole harvest, and loads spaCy only where something is
unread; an `Extractor` reads single records.
"""

from typing import TYPE_CHECKING, Any

from kg.extract.whole import Task, find_names

if TYPE_CHECKING:
    from kg.extract.extractor import Extractor

__all__ = ["Extractor", "Task", "find_names"]


def __getattr__(name: str) -> Any:
    # spaCy takes most of a second to import; a build that finds nothing new does without it.
    if name == "Extractor":
        from kg.extract.extractor import Extractor

        return Extractor
    raise AttributeError(name)
