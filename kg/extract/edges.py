"""What still belongs to a name that a rule found: an abbreviation's full stop, a branch."""

import re

from kg.extract.sheet import Sheet, Span
from kg.model import Kind

_CAPITALS = r"[A-ZÀ-Ý][\w'’-]+"
_BRANCH = re.compile(
    rf",\s+(?:{_CAPITALS}\s+){{1,3}}(?:[Bb]ranch|[Cc]hapter|[Ss]ection)\b"
    rf"|,\s+(?:section|antenne|secci[oó]n|seccional|filial|Regional|Seccional)\s+"
    rf"(?:de\s+|du\s+|d['’])?{_CAPITALS}"
)
_SLASH = re.compile(r"/[A-ZÀ-Ý][a-zà-ÿ]+\b")
_ABBREVIATED = re.compile(r"\b(?:Inc|Ltd|Corp|Co|Cie|Bros)$")
_GOES_ON = re.compile(r"\.(?=\s+[^\W\d_A-ZÀ-Ý]|\s*[,;:)])|(?<=Inc)\.")


def with_stops(paper: Sheet) -> None:
    """Leave the full stop of an abbreviation in the name: "Mbelwa Gold Inc."."""
    for span in paper.of(Kind.ORGANISATION):
        if _ABBREVIATED.search(paper.text, span.start, span.end):
            going_on = _GOES_ON.match(paper.text, span.end)
            span.end += 1 if going_on else 0


def with_branches(paper: Sheet) -> None:
    """Leave its branch with a body: "Guild of Weavers, Mbelwa Chapter", "RDKLX/Mbelwa"."""
    for span in paper.of(Kind.ORGANISATION):
        match = _BRANCH.match(paper.text, span.end) or (
            _SLASH.match(paper.text, span.end) if span.group is None else None
        )
        if match is None or paper.touches_mark(span.start, match.end()):
            continue
        end = match.end()

        def apart(other: Span, own: Span = span, stop: int = end) -> bool:
            return other is own or other.end <= own.start or other.start >= stop

        paper.keep(Kind.ORGANISATION, apart)
        span.end = end
