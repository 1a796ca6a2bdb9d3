"""What a rule takes for a body and is somebody's nickname, an occasion, an office or a title."""

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.capitals import shouted
from kg.extract.chains import OF, linking
from kg.extract.info import Info
from kg.extract.lexicon import Lexicon
from kg.extract.pairs import flat
from kg.extract.sheet import Sheet, Span
from kg.extract.somebody import office, strange
from kg.model import Kind

_INITIALS = re.compile(r"(?:[^\W\d_]\.){2}")
_QUOTE = re.compile(r"[\"“«‘]([^\"“”«»‘\n]{3,120})[\"”»’]")
_TITLE = 40  # characters before a quote that may say that it is a title
_RULES = frozenset({"organisation-rule", "context-rule"})
_SHOUTED = 4  # letters of a word of a heading in capitals


def doubtful(  # noqa: PLR0911 (one return a reason)
    paper: Sheet, span: Span, lexicon: Lexicon
) -> bool:
    """Whether what stands around or in a name that a rule found says that it names no body."""
    inside = paper.inside(span.start, span.end)
    infos = [paper.words[i].info for i in inside]
    before = paper.words[inside.start - 1].info if inside.start else None
    behind = paper.words[inside.stop].info if inside.stop < len(paper.words) else None
    if span.group is None and len(infos) == 1 and span.method == "acronym-rule":
        if initials(infos[0], lexicon):
            return True
        return _heading(infos[0], behind, lexicon) and not _elsewhere(paper, span, infos[0])
    if span.method not in _RULES:
        return False
    if before is not None and before.folded in lexicon.called and not before.big:
        return inside.start > 1 and paper.words[inside.start - 2].info.big
    if _called_after_one(infos, lexicon) or _occasion(infos, behind, lexicon):
        return True
    if behind is not None and behind.capital and not _proper(infos):
        if behind.thing and not behind.head:
            return True  # "Local Government Act"
        after = paper.words[inside.stop + 1].info if inside.stop + 1 < len(paper.words) else None
        if office(behind) and after is not None and strange(after, lexicon):
            return not any(i.strong for i in infos)  # "Group Village Headman Tambo"
    if span.method == "context-rule" and before is not None and before.folded in OF:
        kind = paper.words[inside.start - 2].info if inside.start > 1 else None
        if kind is not None and kind.folded in lexicon.of_places:
            return True
    return in_title(paper, span, lexicon)


def initials(info: Info, lexicon: Lexicon) -> bool:
    """Two dotted letters, which nobody knows as anything else: rather somebody's ("Z.O.")."""
    return _INITIALS.fullmatch(info.text) is not None and info.text.upper() not in lexicon.dotted


def _heading(info: Info, behind: Info | None, lexicon: Lexicon) -> bool:
    """Letters before a plain word in capitals: "WHO PUSHED:"."""
    if behind is None or not behind.upper or len(behind.text) < _SHOUTED or info.mixed:
        return False
    return bool(lexicon.ordinary(behind.folded)) and not behind.stop


def _elsewhere(paper: Sheet, span: Span, info: Info) -> bool:
    """Whether the same letters are taken for a body in another place, outside of any heading."""
    return any(
        paper.words[at].info.letters == info.letters
        and not (paper.loud(other.start) or shouted(paper.words, at))
        for other in paper.of(Kind.ORGANISATION)
        if other is not span and (at := paper.at(other.start)) >= 0
    )


def _called_after_one(infos: Sequence[Info], lexicon: Lexicon) -> bool:
    """As "Team Awa": a crew, and one given name."""
    own = [i for i in infos if i.word and i.folded not in lexicon.crews]
    alone = len(own) == 1 and len(infos) > 1
    return alone and (own[0].named or own[0].suspicious)


def _occasion(infos: Sequence[Info], behind: Info | None, lexicon: Lexicon) -> bool:
    """As "Labour Action | Week", "International Day for Tolerance", "Taller en Mbelwa"."""
    if behind is not None and behind.capital and behind.folded in lexicon.occasions:
        return not behind.strong
    for info, link in pairwise(infos):
        if linking(link):
            held = info.folded in lexicon.occasions and (link.near or info.thing)
            return held and not info.strong
        if info.strong:
            return False
    return False


def _proper(infos: Sequence[Info]) -> bool:
    """Whether a word is a name: no plain word, no kind of body."""
    return any(i.capital and not (i.explained or i.head or i.ordinary or i.starter) for i in infos)


def in_title(paper: Sheet, span: Span, lexicon: Lexicon) -> bool:
    """Whether a name is part of a title in quotation marks: an article « The Council is open »."""
    part = paper.part_of(span.start)
    for match in _QUOTE.finditer(paper.masked, part.start, part.end):
        if match.start() > span.start:
            return False
        if not match.start(1) <= span.start < span.end <= match.end(1):
            continue
        more = paper.masked[match.start(1) : span.start] + paper.masked[span.end : match.end(1)]
        said = sum(lexicon.info(w).word and not lexicon.info(w).small for w in more.split())
        before = flat(paper.masked[max(part.start, match.start() - _TITLE) : match.start()])
        return said > 0 and lexicon.title_before.search(before) is not None
    return False
