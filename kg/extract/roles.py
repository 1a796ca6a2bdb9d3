"""What an organisation is said to have been: by cue words beside its name, else by its section.

A role is a suggestion about words, never a finding about the world. Names
joined by commas and "and" share a role: "with the support of A, B and C".
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from kg.extract.bearing import CIVIL, COMPANY, PUBLIC, kind_of
from kg.extract.cues import Cues, Section, cues
from kg.extract.pairs import flat
from kg.extract.sheet import Part, Sheet, Span, sheet
from kg.model import Kind, Role

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BEFORE, _AFTER = 110, 130  # code points of context that a cue may need
_APPOSITION = (
    r"(?:,\s*(?:led|headed|chaired|run|founded|represented|presidee?s?|dirigee?s?|menee?s?|fondee?s?|"
    r"representee?s?|que|presidid[oa]s?|dirigid[oa]s?|liderad[oa]s?|representad[oa]s?)[^.;,()]{0,40})?"
)
_CLASSES = (
    r"ngos?|csos?|ongs?|organi[sz]ations?|organizacion|associations?|asociacion|collectif|colectivo|"
    r"colectiva|reseau|red|networks?|coalition|coalicion|groupe|group|movement|mouvement|movimiento|"
    r"fundacion|foundation|fondation|newspaper|journal|radio|company|societe|empresa"
)
_LATER = r"hereafter|hereinafter|en adelante|ci-apres|denommee?"
_JOINED = re.compile(
    _APPOSITION + r"[\s,()\[\]«»\"'’“”-]*"
    r"(?:(?:and|et|y|e|&|as well as|ainsi que|asi como|along with)\s+"
    r"(?:(?:with|avec|con|from|by|par|por|of|to|a|au|aux|al|de|des|du|del|d')\s*)?)?"
    rf"(?:(?:its|the|la|le|les|l'|el|los|las|dite?|{_LATER}|{_CLASSES})\s*)*[\s(\"'«“]*"
)
_SAME = re.compile(rf"\((?!.*,)|\b(?:{_LATER})\b")  # what follows is another name of the same body

_ASIDE = frozenset({Role.CONTRIBUTOR, Role.BENEFICIARY, Role.TARGET})  # named before who acts
_CLOSING = re.compile(r"^\s*[\"'»”)\]]+")
_END = re.compile(r"[.!?;]\s")
_AND = re.compile(r"(?:^|[\s)])(?:and|et|y|e|&|as well as|ainsi que|asi como|along with)\s")


class _Around:
    """What stands around a group of names in its field; whether it opens the account."""

    __slots__ = ("after", "kind", "opens", "sentence")

    def __init__(self, text: str, start: int, end: int, kind: str, *, opens: bool) -> None:
        self.kind = kind
        self.opens = opens
        self.sentence = _END.split(text[max(0, start - _BEFORE) : start])[-1]
        self.after = _CLOSING.sub("", text[end : end + _AFTER])


def roles(doc: "Doc") -> "Doc":
    """Give each organisation span its role, with the method ("cue" or "section")."""
    paper = sheet(doc)
    spans = paper.of(Kind.ORGANISATION)
    if not spans:
        return doc
    for part in paper.parts:
        inside = [s for s in spans if part.start <= s.start < part.end]
        if inside:
            _field(paper, part, inside)
    return doc


def _field(paper: Sheet, part: Part, spans: Sequence[Span]) -> None:
    known = cues()
    section = known.sections.get(part.field)
    if section is None:
        return
    text = flat(paper.masked[part.start : part.end]).replace("’", "'")
    first, moving = True, False
    groups = list(_joined(_unnamed(paper, part, text), part.start, spans))
    for group, behind in zip_longest(groups, groups[1:]):
        start, end = group[0].start - part.start, group[-1].end - part.start
        opens = first and section.subject is not None and _opens(paper, part, group[0].start)
        around = _Around(text, start, end, kind_of(paper, group[0]), opens=opens)
        link = text[end : behind[0].start - part.start] if behind else None
        moved, moving = moving, _moves(section, known, link)
        if moved or moving:
            role: Role | None = Role.CONTRIBUTOR if moving else Role.SOCIAL_ACTOR
        else:
            role = _cue(around, section, known) or _led(around, link, known)
        method, confidence = "cue", known.confidence
        if role is None:
            method, confidence = "section", section.confidence
            role = section.subject if opens else _prior(around, section, known)
        for span in group:
            span.role, span.role_method, span.role_confidence = role, method, confidence
        first = opens and role in _ASIDE and method == "cue"


def _moves(section: Section, known: Cues, link: str | None) -> bool:
    """Whether one body made the next change: "A convinced | B", "A logró que | B"."""
    if link is None or section.subject is None:
        return False
    return known.moved.fullmatch(link) is not None


def _led(around: _Around, link: str | None, known: Cues) -> Role | None:
    """Who is named on the way to who acts: "Following the sit-in of A, | B …"."""
    if not around.opens or link is None or _END.search(link) or "," not in link:
        return None
    return Role.CONTRIBUTOR if known.leads.fullmatch(around.sentence) else None


def _prior(around: _Around, section: Section, known: Cues) -> Role:
    """The role of a kind of body in a section, where no cue speaks."""
    role = section.others.get(around.kind, section.role)
    if around.kind == PUBLIC and section.subject is not None:
        # Told to, asked of, taken before: the object of what others do; else it acts itself.
        return Role.TARGET if known.objects.search(around.sentence) else section.subject
    return role


def _unnamed(paper: Sheet, part: Part, text: str) -> str:
    """The text with names of persons blanked: "A, Awa Sow and B" is a row of A and B."""
    for span in paper.of(Kind.PERSON):
        if part.start <= span.start and span.end <= part.end:
            start, end = span.start - part.start, span.end - part.start
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _opens(paper: Sheet, part: Part, start: int) -> bool:
    """Whether a name stands in the first sentence."""
    words = paper.words[paper.inside(part.start, start).start : paper.at(start) + 1]
    ends = (n for n, w in enumerate(words[:-1]) if w.info.text[0] in ".!?" and words[n + 1].first)
    return next(ends, None) is None


def _joined(text: str, offset: int, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Names in a row, linked by commas and "and" alone."""
    run: list[Span] = []
    links: list[str] = []
    for span in spans:
        link = text[run[-1].end - offset : span.start - offset] if run else ""
        if run and not _JOINED.fullmatch(link):
            yield from _parted(run, links)
            run, links = [], []
        elif run:
            links.append(link)
        run.append(span)
    if run:
        yield from _parted(run, links)


def _parted(run: Sequence[Span], links: Sequence[str]) -> Iterator[list[Span]]:
    """A row of names; a comma joins two only where an "and" follows: not "after A, the B met"."""
    last_and = max((n for n, link in enumerate(links) if _AND.search(link)), default=-1)
    group = [run[0]]
    for number, link in enumerate(links):
        if number > last_and and not _SAME.search(link):
            yield group
            group = []
        group.append(run[number + 1])
    yield group


def _cue(  # noqa: PLR0911 (one return a role)
    around: _Around, section: Section, known: Cues
) -> Role | None:
    """The role that the words around a group of names say, among those its section allows.

    Who opens the account of a change is whoever changed, also where it arrested somebody.
    """
    sentence, after, kind = around.sentence, around.after, around.kind
    if section.refusals:
        refused = kind != CIVIL and known.refused.match(after)
        return Role.TARGET if refused else None
    against = known.against if kind == COMPANY else ()  # "the permit held by …"
    led = sentence != "" and not sentence.isspace()
    for role, pattern in (*against, *section.own, *known.before) if led else ():
        if role in section.cues and pattern.search(sentence):
            return role
    if Role.TARGET in section.cues and not around.opens:
        if known.targeted.match(after):
            return Role.TARGET
        if kind != CIVIL and known.refused.match(after):
            return Role.TARGET
    own = section.passive is not None and section.passive.match(after)
    if Role.BENEFICIARY in section.cues and (own or known.passive.match(after)):
        return Role.BENEFICIARY
    if Role.CONTRIBUTOR in section.cues and known.contributed.match(after):
        return Role.CONTRIBUTOR
    presses = kind == CIVIL and not around.opens and known.pressed.match(after)
    if Role.SOCIAL_ACTOR in section.cues and presses:
        return Role.CONTRIBUTOR
    for role, pattern in known.last if led and kind != COMPANY else ():
        if role in section.cues and pattern.search(sentence):
            return role
    changes = around.opens or kind != CIVIL or CIVIL not in section.others
    changes = changes or known.new.search(_END.split(after)[0]) is not None
    if Role.SOCIAL_ACTOR in section.cues and changes and _acts(after, known):
        return Role.SOCIAL_ACTOR
    return None


def _acts(after: str, known: Cues) -> bool:
    """Whether a verb of change follows, with nothing but auxiliaries between."""
    sentence = _END.split(after)[0]
    return any(known.gap.match(sentence[: verb.start()]) for verb in known.verbs.finditer(sentence))


def section_role(field: str) -> tuple[Role, float] | None:
    """The role that a section gives where nothing else is known; None for a field without one."""
    section = cues().sections.get(field)
    return None if section is None else (section.role, section.confidence)
