"""What people decided, ready to be asked: by name, in any order of lines, contradictions apart."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kg.extract.info import plain_acronym
from kg.model import Decision, Finding, Organisation, Severity, Where
from kg.resolve.naming import name_key, within
from kg.vocab import Names, fold, slug

#: Decisions about one surface, as opposed to those about a pair.
VERDICTS = frozenset({"organisation", "not-organisation", "person", "not-person", "place"})
_PERSONS = frozenset({"person", "not-person"})
_BODIES = frozenset({"organisation", "place"})

Surface = tuple[str, ...]


@lru_cache(maxsize=50_000)
def surface(text: str) -> Surface:
    """What a decision about a name is filed under: one word by its letters, others by their words.

    >>> surface("R.L.F.D.N.") == surface("rlfdn"), surface("Umoja") == surface("UMOJA")
    (True, True)
    """
    one = plain_acronym(text.strip())
    return name_key(text) if " " in one else ("", fold(one))


class Said(NamedTuple):
    """A decision about a pair: `what` is "same" or "different"; sides are sorted.

    `texts` are the sides as written, in the same order; `scope` is a country or region.
    """

    what: str
    one: Surface
    other: Surface
    scope: str | None
    line: int
    texts: tuple[str, str]


@dataclass(slots=True)
class Verdicts:
    """Decisions by surface and scope. A contradicted one decides nothing.

    `keyed` hashes a name as the lines about persons do; without it these decide nothing.
    """

    by_surface: dict[Surface, list[tuple[str | None, str]]] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)  # keyed hash → person, not-person
    pairs: list[Said] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    keyed: Callable[[str], str] | None = None

    def verdict(self, text: str, country: str | None) -> str | None:
        """What was decided of a surface in a country; None where nothing was, or two things.

        What was said of one country counts there, before what was said of all.
        """
        if not self.by_surface:
            return None
        said = self.by_surface.get(surface(text), ())
        here = {
            decision for scope, decision in said if scope is not None and within(scope, country)
        }
        found = here or {decision for scope, decision in said if scope is None}
        return found.pop() if len(found) == 1 else None

    def person(self, text: str) -> str | None:
        """What was decided of a suspected name, by its keyed hash."""
        if self.keyed is None or not self.persons:
            return None
        return self.persons.get(self.keyed(text))


def verdicts(
    decisions: Sequence[Decision],
    organisations: Sequence[Organisation],
    names: Names,
    *,
    keyed: Callable[[str], str] | None = None,
) -> Verdicts:
    """Sort decisions for asking. Sides may be names, acronyms, ids of organisations or IRIs."""
    result = Verdicts(keyed=keyed)
    known = {o.id: o for o in organisations}
    lines: dict[tuple[str, object], dict[str, int]] = {}
    bodies: list[tuple[Decision, Surface]] = []
    for decision in sorted(decisions, key=lambda d: (d.decision, d.a, d.b, d.scope, d.line)):
        scope = scope_of(decision.scope)
        if decision.decision in _PERSONS:
            _note(lines, ("person", decision.a), decision)
            result.persons[decision.a] = decision.decision
        elif decision.decision in VERDICTS:
            side = _side(decision.a, known, names)
            _note(lines, ("surface", (side, scope)), decision)
            result.by_surface.setdefault(side, []).append((scope, decision.decision))
            if decision.decision in _BODIES:
                bodies.append((decision, side))
        elif decision.decision in {"same", "different"}:
            (one, first), (other, second) = sorted(
                (_side(text, known, names), text) for text in (decision.a, decision.b)
            )
            _note(lines, ("pair", (one, other, scope)), decision)
            result.pairs.append(
                Said(decision.decision, one, other, scope, decision.line, (first, second))
            )
    for (kind, what), said in sorted(lines.items(), key=lambda item: min(item[1].values())):
        if len(said) > 1:
            result.findings.append(_contradiction(said))
            _forget(result, kind, what)
    _part_persons(result, bodies, lines)
    return result


def scope_of(text: str) -> str | None:
    """A scope as typed ("Mali", "ML", "Burkina Faso") as a slug; None where it is blank."""
    from kg.places import Places

    return (Places.load().find(text) or slug(text)) if text.strip() else None


def _note(
    lines: dict[tuple[str, object], dict[str, int]], key: tuple[str, object], decision: Decision
) -> None:
    said = lines.setdefault(key, {})
    said[decision.decision] = max(decision.line, said.get(decision.decision, 0))


def _forget(result: Verdicts, kind: str, what: object) -> None:
    if kind == "person":
        result.persons = {h: d for h, d in result.persons.items() if h != what}
    elif kind == "pair":
        result.pairs = [p for p in result.pairs if (p.one, p.other, p.scope) != what]
    # Contradicted surfaces stay: `verdict` answers None where two things were said.


def _part_persons(
    result: Verdicts,
    bodies: Iterable[tuple[Decision, Surface]],
    lines: dict[tuple[str, object], dict[str, int]],
) -> None:
    """Of a name that one line calls a person's and another a body's, neither counts."""
    for decision, side in bodies:
        hashed = result.keyed(decision.a) if result.keyed is not None else ""
        if result.persons.get(hashed) == "person":
            del result.persons[hashed]
            result.by_surface.pop(side, None)
            person = lines["person", hashed]["person"]
            result.findings.append(
                _contradiction({"person": person, decision.decision: decision.line})
            )


def _contradiction(said: dict[str, int]) -> Finding:
    lines = " and ".join(str(line) for line in sorted(said.values()))
    return Finding(
        reason="contradictory-decisions",
        where=Where("decisions.csv", min(said.values())),
        message=f"Lines {lines} decide two things of the same name: {' and '.join(sorted(said))}.",
        advice="Delete the line that is wrong. Until then neither counts.",
        severity=Severity.WARNING,
    )


def _side(text: str, known: dict[str, Organisation], names: Names) -> Surface:
    """A side of a decision as a surface: an id or an IRI of an organisation stands for itself."""
    local = text.removeprefix(names.organisation(""))
    if local in known:
        return ("#", local)
    if local != text:
        return ("/", local)
    return surface(text)
