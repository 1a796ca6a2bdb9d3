"""Questions: the library, what may be asked, parameters, running within limits.

what a person typed → `prepare` (library, lint, bind, guard) → `run` → `Answer`
"""

from kg.query.answer import Answer
from kg.query.library import Question, load_library
from kg.query.run import MEGABYTE, Limits, Prepared, prepare, run

__all__ = [
    "MEGABYTE",
    "Answer",
    "Limits",
    "Prepared",
    "Question",
    "load_library",
    "prepare",
    "run",
]
