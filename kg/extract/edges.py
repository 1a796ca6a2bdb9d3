"""What still belongs to a name that a rule found: a full stop, a branch, a quote, an article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.data_files import data
from kg.extract.lexicon import Lexicon
from kg.extract.rating import STRONG
from kg.extract.sheet import Sheet, Span
from kg.model import Kind, MentionStatus

_CAPITALS = r"[A-ZÀ-Ý][\w'’-]+"
_OF = r"(?:de|del|du|des|d['’])\s*"
_LETTERS = r"[A-ZÀ-Ý]{2,}[\w]*"
_SLASH = re.compile(r"/[A-ZÀ-Ý][a-zà-ÿ]+\b")
_GOES_ON = re.compile(r"\.(?=\s+[^\W\d_A-ZÀ-Ý]|\s*[.,;:)])|(?<=Inc)\.")
_QUOTED = re.compile(
    r"\s+(?:[\"“«]|<<)\s?([A-ZÀ-Ý][^\"“”«»<>\n.!?:;,]{1,50})(?<![\s ])\s?(?:[\"”»]|>>)"
)
_QUOTED_WORDS = 6
_OPENING, _CLOSING = '"“«‘', '"”»’'
_FREQUENCY = re.compile(r"\s\d{2,3}[.,]\d(?:\s?(?:FM|MHz))?\b|\s\d{1,3}(?=\s*(?:[.,;)\n]|$))")
_GLOTTAL = re.compile(r"['’](?=[\s,;:.)]|$)")
_LETTERED = re.compile(r"[A-ZÀ-Ý0-9][\w.&-]*[A-ZÀ-Ý0-9]")
_RULES = frozenset({"organisation-rule", "context-rule", "abbreviation-definition"})
_WINDOW = 60  # characters before a name in which its branch may stand


@dataclass(frozen=True, slots=True)
class _Edges:
    """Compiled patterns of `data/edges.yaml`."""

    branch: re.Pattern[str]  # behind any name
    form: re.Pattern[str]  # behind any name
    part: re.Pattern[str]  # behind an acronym
    kind: re.Pattern[str]  # behind an acronym
    faculty: re.Pattern[str]
    whole: re.Pattern[str]  # behind a faculty
    before: re.Pattern[str]
    seat: re.Pattern[str]  # behind an acronym with its part before it
    station: re.Pattern[str]
    article: re.Pattern[str]
    stopped: re.Pattern[str]


@lru_cache(maxsize=1)
def _edges() -> _Edges:
    said = {kind: f"(?:{'|'.join(words)})" for kind, words in data("edges.yaml").items()}
    part, chapter = said["part"], said["chapter"]
    seat = rf"(?:{_OF})?(?:(?:la|las|los|les|l['’])\s*)?{_CAPITALS}(?:\s{_CAPITALS}){{0,2}}"
    return _Edges(
        branch=re.compile(
            rf",\s+(?:{_CAPITALS}\s+){{1,3}}(?:{chapter}|[Ss]ection)\b"
            rf"|,\s+(?:{part}|Regional|Seccional)\s+{seat}"
            rf"|,\s+{said['unit']}\s+{_OF}(?:la\s+|l['’])?{_CAPITALS}"
            rf"|['’]s\s+(?:{_CAPITALS}\s+){{1,2}}{chapter}\b"
            rf"|\s+[-–—]\s+(?:{_CAPITALS}\s+){{1,3}}(?:{chapter}|[Ss]ection|[Dd]esk)\b"
            rf"|,\s+(?:{_CAPITALS}\s+){{1,3}}{said['division']}\b(?!\s+[A-ZÀ-Ý])"
            rf"|\s+\((?:{_CAPITALS}\s+){{1,3}}(?:{said['division']}|{chapter})\)"
            rf"|\s?[–—]\s?(?:Region|Región|Région)\s+\w+"
            rf"|\s+[–—]\s+{_CAPITALS}(?:\s{_CAPITALS})?(?=\s*[.,;)\n]|$)"
        ),
        form=re.compile(rf",?\s(?:{'|'.join(data('companies.yaml')['alone'])})(?![\w&-])"),
        part=re.compile(rf"\s+{part}\s+{seat}"),
        kind=re.compile(rf"\s{said['kind']}(?=\s*[\n.,;:)]|\s+[^\W\dA-ZÀ-Ý]|$)"),
        faculty=re.compile(rf"(?:{said['parts_of']})\b"),
        whole=re.compile(
            rf",\s+(?:(?:{_CAPITALS}\s+){{1,3}}{said['wholes']}\b"
            rf"|{said['wholes']}\s+(?:{_OF}(?:la\s+)?)?{_CAPITALS}(?:\s{_CAPITALS})?)"
            rf"|\s+[-–]\s+{_LETTERS}(?=\s*[.,;)\n]|$)"
        ),
        before=re.compile(rf"(?:{_CAPITALS}\s+{chapter}\s+of\s+(?:the\s+)?|\b{part}\s+)$"),
        seat=re.compile(rf"\s+{_OF}{_CAPITALS}(?!\s+[A-ZÀ-Ý])"),
        station=re.compile(rf"\b{said['station']}\b"),
        article=re.compile(rf"(?<![\w'’])(?:{said['article']}\s|L['’])$"),
        stopped=re.compile(rf"\b{said['stopped']}$"),
    )


def with_edges(paper: Sheet, lexicon: Lexicon) -> None:
    """Leave to each name what belongs to it, on either side."""
    _with_stops(paper)
    for span in paper.of(Kind.ORGANISATION):
        for start, end in _wider(paper, span, lexicon):
            if (start, end) != (span.start, span.end) and not paper.touches_mark(start, end):
                _widen(paper, span, start, end)


def _with_stops(paper: Sheet) -> None:
    """Leave the full stop of an abbreviation in the name: "Mbelwa Gold Inc."."""
    for span in paper.of(Kind.ORGANISATION):
        if _edges().stopped.search(paper.text, span.start, span.end):
            going_on = _GOES_ON.match(paper.text, span.end)
            span.end += 1 if going_on else 0


def _wider(paper: Sheet, span: Span, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Wider edges, one after the other; each is asked with the ones before already taken."""
    text, known = paper.masked, _edges()
    lettered = _LETTERED.fullmatch(text, span.start, span.end) is not None
    row = lettered and text[span.end : span.end + 1] == ","  # "PSX, JSC and the Guild"
    match = (
        (None if row else known.form.match(text, span.end))
        or known.branch.match(text, span.end)
        or (_SLASH.match(text, span.end) if span.group is None else None)
    )
    if match is None and known.faculty.match(text, span.start):
        match = known.whole.match(text, span.end)
    if match is None and lettered:
        match = known.part.match(text, span.end) or known.kind.match(text, span.end)
    if match is not None:
        yield span.start, match.end()
    start = max(0, span.start - _WINDOW)
    before = known.before.search(text[start : span.start])
    if before is not None:
        seat = known.seat.match(text, span.end) if lettered else None
        if seat is not None:
            yield start + before.start(), seat.end()
        elif not lettered and " of " in before[0]:
            yield start + before.start(), span.end
    if span.method not in _RULES:
        return
    if not lettered:
        match = _QUOTED.match(text, span.end)
        if match is not None and _titled(match[1], lexicon):
            yield span.start, match.end()
            span.confidence, span.status = max(span.confidence, STRONG), MentionStatus.ACCEPTED
        match = _GLOTTAL.match(text, span.end)
        if match is not None and _glottal(text[span.start : span.end]):
            yield span.start, match.end()
        yield _with_article(paper, span), span.end
    if known.station.search(text, span.start, span.end):
        match = _FREQUENCY.match(text, span.end)
        if match is not None:
            yield span.start, match.end()


def _titled(words: str, lexicon: Lexicon) -> bool:
    """Whether what is quoted is a name: every word capitalised but for small links."""
    said = words.split()
    links = (lexicon.info(w).small or w in "–-—&" for w in said if not w[0].isupper())
    return len(said) <= _QUOTED_WORDS and all(links)


def _glottal(name: str) -> bool:
    """Whether the mark behind a name is a letter of it: another word of it has one inside."""
    return "'" in name or "’" in name


def _with_article(paper: Sheet, span: Span) -> int:
    """Where a name begins with its article, capitalised amid a sentence: "La Voix du Lac"."""
    text = paper.masked
    match = _edges().article.search(text[max(0, span.start - 5) : span.start])
    if match is None:
        return span.start
    start = span.start - len(match[0])
    closed = text[span.end : span.end + 2].strip()[:1]
    quoted = text[:start].rstrip()[-1:] in _OPENING and closed and closed in _CLOSING
    if paper.loud(start) or (paper.words[paper.at(start)].first and not quoted):
        return span.start
    return start


def _widen(paper: Sheet, span: Span, start: int, end: int) -> None:
    """Take the wider edges, and drop whatever else was found between them."""

    def apart(other: Span) -> bool:
        return other is span or other.end <= start or other.start >= end

    paper.keep(Kind.ORGANISATION, apart)
    span.start, span.end = start, end
