"""What kind of body a name is of, as far as its words say: public, a company, or people together.

Who says "the ministry" or "the mine" in an outcome rarely speaks of who helped.
"""

import re
from functools import lru_cache

from kg.extract.chains import linking
from kg.extract.companies import formed
from kg.extract.data_files import data
from kg.extract.info import Info
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.sheet import Sheet, Span
from kg.model import Kind

PUBLIC, COMPANY, CIVIL = "public", "company", "civil"


@lru_cache(maxsize=1)
def _heads() -> dict[str, str]:
    """Folded head noun → the kind of body that it makes."""
    said = data("identity.yaml")
    return {
        **dict.fromkeys(said["company_heads"], COMPANY),
        **dict.fromkeys(said["public_heads"], PUBLIC),
    }


def kind_of(paper: Sheet, span: Span) -> str:
    """The kind of body that a span names; an acronym is what its long form is.

    Args:
        paper: The record.
        span: A name of a body in it.
    """
    if span.label:
        return kind_of_name(span.label)
    longest = span
    if span.group:
        same = [s for s in paper.of(Kind.ORGANISATION) if s.group == span.group]
        longest = max(same, key=lambda s: (s.end - s.start, -s.start), default=span)
    return kind_of_name(paper.masked[longest.start : longest.end])


@lru_cache(maxsize=5_000)
def kind_of_name(name: str) -> str:
    """The kind of body that a name says.

    >>> kind_of_name("Ministry of Water"), kind_of_name("Hill Guild")
    ('public', 'civil')
    """
    known = lexicon()
    space = name.rfind(" ")
    if space > 0 and (formed(name, space) or formed(name, name.rfind(" ", 0, space))):
        return COMPANY
    infos = [known.info(w) for w in re.findall(r"[ldLD]['’]|[^\W_]+(?:[-‑][^\W_]+)*", name)]
    words = [i for i in infos if i.word]
    head = _head(words, known)
    if head in _qualified()[0]:
        beside = {i.folded for i in words} & _qualified()[1]
        return PUBLIC if beside else CIVIL
    return _heads().get(head, CIVIL)


@lru_cache(maxsize=1)
def _qualified() -> tuple[frozenset[str], frozenset[str]]:
    """Heads that make a public body beside certain words, and these words."""
    said = data("identity.yaml")
    return frozenset(said["qualified_heads"]), frozenset(said["qualifiers"])


def _head(infos: list[Info], known: Lexicon) -> str:
    """The noun that the others describe: first in French and Spanish, last before a link else."""
    while infos and infos[0].determiner:
        infos = infos[1:]
    if not infos:
        return ""
    heads = {*_heads(), *_qualified()[0]}
    if known.only_romance(infos[0].folded) or infos[0].lower_head:
        described = infos[0].folded not in heads and any(i.adjective for i in infos[1:2])
        return infos[1].folded if described else infos[0].folded  # "Société minière"
    end = next((n for n, i in enumerate(infos) if n and linking(i)), len(infos))
    front = infos[:end]
    if front[0].folded in heads and (end < len(infos) or len(front) == 1):
        return front[0].folded
    return next((i.folded for i in reversed(front) if i.head or i.folded in heads), "")
