"""Where a sentence begins and ends: the one rule of pages, reviews, releases and `words-behind`."""

import re

_END = re.compile(r"[.!?](?=\s)|\n")
_BEGIN = re.compile(r"[.!?]\s+|\n")


def bounds(text: str, start: int, end: int) -> tuple[int, int]:
    r"""The sentence around a span: behind the mark, or the line, before it; up to the next one.

    As in `queries/words-behind.rq`: a sentence ends at ".", "!" or "?" before white space, or
    with its line.

    Args:
        text: Of one cell.
        start: Where the span begins, in characters.
        end: Behind its last one.

    >>> bounds("One. The pump runs.\nTwo.", 9, 13)
    (5, 19)
    """
    begin = max((m.end() for m in _BEGIN.finditer(text, 0, start)), default=0)
    stop = _END.search(text, end)
    if stop is None:
        return begin, len(text)
    return begin, stop.start() if stop[0] == "\n" else stop.end()


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span, on one line.

    >>> sentence("One. The  pump runs. Two.", 10, 14)
    'The pump runs.'
    """
    begin, stop = bounds(text, start, end)
    return " ".join(text[begin:stop].split())
