"""Redaction marks: found before anything else reads the text, and opaque ever after.

`<redacted>`, `<LOC>`, `[name withheld]`, `XXX`, `███` … say that words were
taken out. Two marks are never the same thing, and no name ever holds one.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.data_files import data
from kg.extract.sheet import Span, sheet
from kg.model import Kind, MentionStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc


@lru_cache(maxsize=1)
def marks() -> re.Pattern[str]:
    """What a redaction mark looks like.

    >>> [m[0] for m in marks().finditer("<LOC>, <person> and [REDACTED] met XXX in ██ (a < b).")]
    ['<LOC>', '<person>', '[REDACTED]', 'XXX', '██']
    """
    return re.compile("|".join(data("redactions.yaml")["patterns"]), re.IGNORECASE)


def redactions(doc: "Doc") -> "Doc":
    """Take down each mark as a mention of its own. The text is masked already."""
    paper = sheet(doc)
    for start, end in paper.opaque:
        paper.add(Span(start, end, Kind.REDACTION, "redaction-mark", 1.0, MentionStatus.ACCEPTED))
    return doc
