"""What an organisation is said to have been: by cue words beside its name, else by its section.

A role is a suggestion about words, never a finding about the world. Names
joined by commas and "and" share a role: "with the support of A, B and C".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.data_files import data
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
_AND = re.compile(r"(?:^|[\s)])(?:and|et|y|e|&|as well as|ainsi que|asi como|along with)\s")


@dataclass(frozen=True, slots=True)
class Section:
    """How a field speaks of organisations: the role without a cue, and the cues that count."""

    role: Role
    confidence: float
    cues: tuple[Role, ...]
    subject: Role | None


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled cue phrases over folded text."""

    before: tuple[tuple[Role, re.Pattern[str]], ...]
    verbs: re.Pattern[str]
    gap: re.Pattern[str]
    passive: re.Pattern[str]
    contributed: re.Pattern[str]
    pressed: re.Pattern[str]
    targeted: re.Pattern[str]
    confidence: float
    sections: Mapping[str, Section]
    programme: re.Pattern[str]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cue phrases of `data/cues.yaml`."""
    raw = data("cues.yaml")
    filler = raw["filler"]
    before: list[tuple[Role, re.Pattern[str]]] = []
    for role, patterns in raw["before"].items():
        heads = "|".join(f"(?:{p.rstrip('$').rstrip()})" for p in patterns)
        before.append((Role(role), re.compile(rf"(?:{heads})[\s\"'«“]*{filler}[\"'«“]*$")))
    stems = "|".join(sorted({s for words in raw["verbs"].values() for s in words}))
    return Cues(
        before=tuple(before),
        verbs=re.compile(
            rf"\b(?:{stems})(?!\w*(?:ation|ations|ement|ements|ment|ments|cion)\b)\w*"
        ),
        gap=re.compile(raw["gap"]),
        passive=re.compile("|".join(raw["passive"])),
        contributed=re.compile("|".join(raw["contributed"])),
        pressed=re.compile("|".join(raw["pressed"])),
        targeted=re.compile("|".join(raw["targeted"])),
        confidence=float(raw["cue_confidence"]),
        sections={
            name: Section(
                Role(section["role"]),
                float(section["confidence"]),
                tuple(Role(c) for c in section["cues"]),
                Role(section["subject"]) if "subject" in section else None,
            )
            for name, section in raw["sections"].items()
        },
        programme=re.compile(raw["programme"]),
    )


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
    first = True
    for group in _joined(_unnamed(paper, part, text), part.start, spans):
        start, end = group[0].start - part.start, group[-1].end - part.start
        opens = first and section.subject is not None and _opens(text, start)
        cue = _cue(text, start, end, section, known, opens=opens)
        for span in group:
            if cue is not None:
                span.role, span.role_method, span.role_confidence = cue, "cue", known.confidence
            elif opens and section.subject is not None:
                span.role, span.role_method = section.subject, "section"
                span.role_confidence = section.confidence
            else:
                span.role, span.role_method = section.role, "section"
                span.role_confidence = section.confidence
        first = opens and cue in _ASIDE


def _unnamed(paper: Sheet, part: Part, text: str) -> str:
    """The text with names of persons blanked: "A, Awa Sow and B" is a row of A and B."""
    for span in paper.of(Kind.PERSON):
        if part.start <= span.start and span.end <= part.end:
            start, end = span.start - part.start, span.end - part.start
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _opens(text: str, start: int) -> bool:
    """Whether a name stands in the first sentence."""
    return re.search(r"[.!?]\s", text[:start]) is None


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
    text: str, start: int, end: int, section: Section, known: Cues, *, opens: bool
) -> Role | None:
    """The role that the words around a group of names say, among those its section allows.

    Who *opens* the account of a change is whoever changed, also where it arrested somebody.
    """
    before = text[max(0, start - _BEFORE) : start]
    sentence = re.split(r"[.!?;]\s", before)[-1]
    after = text[end : end + _AFTER]
    after = re.sub(r"^\s*[\"'»”)\]]+", "", after)
    for role, pattern in known.before:
        if role in section.cues and pattern.search(sentence):
            return role
    if Role.TARGET in section.cues and not opens and known.targeted.match(after):
        return Role.TARGET
    if Role.BENEFICIARY in section.cues and known.passive.match(after):
        return Role.BENEFICIARY
    if Role.CONTRIBUTOR in section.cues and known.contributed.match(after):
        return Role.CONTRIBUTOR
    if Role.SOCIAL_ACTOR in section.cues and not opens and known.pressed.match(after):
        return Role.CONTRIBUTOR
    if Role.SOCIAL_ACTOR in section.cues and _acts(after, known):
        return Role.SOCIAL_ACTOR
    return None


def _acts(after: str, known: Cues) -> bool:
    """Whether a verb of change follows, with nothing but auxiliaries between."""
    sentence = re.split(r"[.!?;]\s", after)[0]
    return any(known.gap.match(sentence[: verb.start()]) for verb in known.verbs.finditer(sentence))


def section_role(field: str) -> tuple[Role, float] | None:
    """The role that a section gives where nothing else is known; None for a field without one."""
    section = cues().sections.get(field)
    return None if section is None else (section.role, section.confidence)
