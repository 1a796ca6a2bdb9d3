"""The graph for the page's engine, without what the page or the graph itself says twice.

A text of a cell stands in the page three times: to be read, in the graph, and folded
in the graph, for search. Only the first stays. Where a mention begins and ends stands in its
name too. In the graph a mark takes their place, which the worker
(`explorer/src/worker/texts.ts`) turns back before it loads the graph. A mark begins with a
character that the writer of a graph always escapes, so no text can look like one.
"""

import re
from collections.abc import Sequence

from kg.graph.terms import text as as_term
from kg.vocab import fold

#: Texts shorter than this cost no more than a mark, once compressed.
_SHORT = 16
# One pattern a property: what begins with a fixed word is found five times as quickly.
_LITERALS = tuple(
    re.compile(rb'(%s) "([^"\\]*(?:\\.[^"\\]*)*)"' % name)
    for name in (b"nif:isString", b"oh:searchText")
)
_SPAN = re.compile(
    rb"(\n  :[\w-]+_(\d+)_(\d+) a oh:Mention ;\n(?:    [^\n]*\n)*?)"
    rb'    nif:beginIndex "\2"\^\^xsd:nonNegativeInteger ;\n'
    rb'    nif:endIndex "\3"\^\^xsd:nonNegativeInteger ;\n'
)
#: Of these characters JavaScript folds as `kg.vocab.fold` does; a test compares both.
_PLAIN = re.compile("[\t\n\r\x20-\x7e\u00a0-\u00de\u00e0-\u017f\u2010-\u2026]*")


def slimmed(trig: bytes, texts: Sequence[str]) -> bytes:
    r"""The graph with marks in place of texts.

    Args:
        trig: The graph, as `kg.graph` writes it.
        texts: The passages of the page, in its order.

    Returns:
        The graph with ``\x01=7`` for the text of passage 7, ``\x01~7`` for the same folded, and a
        line ``\x01`` for the beginning and end of a mention.

    >>> slimmed(b'[] nif:isString "Twelve bridges opened." .', ["Twelve bridges opened."])
    b'[] nif:isString "\x01=0" .'
    """
    marks: dict[tuple[bytes, bytes], bytes] = {}
    for number, text in enumerate(texts):
        if len(text) < _SHORT:
            continue
        marks.setdefault((b"nif:isString", _escaped(text)), b"\x01=%d" % number)
        if _PLAIN.fullmatch(text):
            marks.setdefault((b"oh:searchText", _escaped(fold(text))), b"\x01~%d" % number)

    def marked(found: re.Match[bytes]) -> bytes:
        predicate, literal = found.groups()
        mark = marks.get((predicate, literal)) if len(literal) >= _SHORT else None
        return found[0] if mark is None else b'%s "%s"' % (predicate, mark)

    for literal in _LITERALS:
        trig = literal.sub(marked, trig)
    return _SPAN.sub(lambda found: found[1] + b"    \x01\n", trig)


def _escaped(text: str) -> bytes:
    """A text as it stands between the quotes of a graph."""
    return str(as_term(text))[1:-1].encode("utf-8", "surrogatepass")
