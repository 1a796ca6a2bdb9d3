"""What people decided, ready to be asked: by name, in any order of lines, contradictions apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kg.extract.lexicon import plain_acronym
from kg.model import Decision, Finding, Organisation, Severity, Where
from kg.resolve.naming import agree, name_key
from kg.vocab import Names, fold, slug

#: Decisions about one surface, as opposed to those about a pair.
VERDICTS = frozenset({"organisation", "not-organisation", "person", "not-person", "place"})
_PERSONS = frozenset({"person", "not-person"})

Surface = tuple[str, ...]


def surface(text: str) -> Surface:
    """What a decision about a name is filed under: one word by its letters, others by their words.

    >>> surface("R.L.F.D.N.") == surface("rlfdn"), surface("Umoja") == surface("UMOJA")
    (True, True)
    """
    one = plain_acronym(text.strip())
    return name_key(text) if " " in one else ("", fold(one))


@dataclass(slots=True)
class Verdicts:
    """Decisions by surface and scope. A contradicted one decides nothing.

    `pairs` are ("same" or "different", a, b, scope); sides are surfaces.
    """

    by_surface: dict[Surface, list[tuple[str | None, str]]] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)  # keyed hash → person, not-person
    pairs: list[tuple[str, Surface, Surface, str | None]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def verdict(self, text: str, country: str | None) -> str | None:
        """What was decided of a surface in a country; None where nothing was, or two things."""
        found = {
            decision
            for scope, decision in self.by_surface.get(surface(text), ())
            if scope is None or (country is not None and agree(scope, country))
        }
        return found.pop() if len(found) == 1 else None

    def person(self, text: str, keyed: Callable[[str], str] | None) -> str | None:
        """What was decided of a suspected name, by its keyed hash."""
        return self.persons.get(keyed(text)) if keyed is not None and self.persons else None


def verdicts(
    decisions: Sequence[Decision], organisations: Sequence[Organisation], names: Names
) -> Verdicts:
    """Sort decisions for asking. Sides may be names, acronyms, ids of organisations or IRIs."""
    result = Verdicts()
    known = {o.id: o for o in organisations}
    lines: dict[tuple[str, object], dict[str, int]] = {}
    for decision in sorted(decisions, key=lambda d: (d.decision, d.a, d.b, d.scope, d.line)):
        scope = slug(decision.scope) if decision.scope.strip() else None
        if decision.decision in _PERSONS:
            _note(lines, ("person", decision.a), decision)
            result.persons[decision.a] = decision.decision
        elif decision.decision in VERDICTS:
            side = _side(decision.a, known, names)
            _note(lines, ("surface", (side, scope)), decision)
            result.by_surface.setdefault(side, []).append((scope, decision.decision))
        elif decision.decision in {"same", "different"}:
            one, other = sorted((_side(decision.a, known, names), _side(decision.b, known, names)))
            _note(lines, ("pair", (one, other, scope)), decision)
            result.pairs.append((decision.decision, one, other, scope))
    for (kind, what), said in sorted(lines.items(), key=lambda item: min(item[1].values())):
        if len(said) > 1:
            result.findings.append(_contradiction(said))
            _forget(result, kind, what)
    return result


def _note(
    lines: dict[tuple[str, object], dict[str, int]], key: tuple[str, object], decision: Decision
) -> None:
    said = lines.setdefault(key, {})
    said[decision.decision] = max(decision.line, said.get(decision.decision, 0))


def _forget(result: Verdicts, kind: str, what: object) -> None:
    if kind == "person":
        result.persons = {h: d for h, d in result.persons.items() if h != what}
    elif kind == "pair":
        result.pairs = [p for p in result.pairs if (p[1], p[2], p[3]) != what]
    # Contradicted surfaces stay: `verdict` answers None where two things were said.


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
