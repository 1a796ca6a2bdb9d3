"""What a person types → the things of a harvest that it means.

A target is the `key` of a fragment, its id or an unambiguous end of it, a
code ("1.4.1", "output 1.4.1"), an objective, an acronym or a name, or the
IRI of any of them. A code without its country means every node of that code.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kg.errors import TargetError
from kg.vocab import fold

Select = Callable[[str], Sequence[Mapping[str, str]]]

#: Kinds of targets. "code" is an outcome or output of a results framework.
KINDS = ("fragment", "code", "objective", "organisation", "country", "actor")

_PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oh: <https://w3id.org/outcome-harvest/ns#>
PREFIX ohv: <https://w3id.org/outcome-harvest/vocab/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
#: One row a name: ?iri, ?name, and for telling candidates ?label and ?detail.
_QUERIES = {
    "fragment": """
SELECT ?iri ?name ?id ?label ?detail WHERE {
  ?iri a oh:Fragment ; oh:key ?name ; oh:reports/rdfs:label ?detail .
  OPTIONAL { ?iri dcterms:identifier ?id } BIND(?name AS ?label)
}""",
    "code": """
SELECT ?iri ?name ?class ?detail WHERE {
  ?iri a ?class ; skos:notation ?name .
  FILTER(?class IN (oh:FrameworkOutcome, oh:FrameworkOutput))
  OPTIONAL { ?iri skos:inScheme/oh:country/rdfs:label ?detail }
}""",
    "objective": """
SELECT ?iri ?name ?label ?detail WHERE {
  ?iri a oh:SpecificObjective ; skos:notation ?label .
  OPTIONAL { ?iri skos:prefLabel ?detail }
  { ?iri skos:notation ?name } UNION { ?iri skos:prefLabel ?name }
}""",
    "organisation": """
SELECT ?iri ?name ?label WHERE {
  ?iri a oh:Organisation ; rdfs:label ?label .
  ?iri rdfs:label|skos:prefLabel|skos:altLabel|oh:acronym ?name
}""",
    "country": """
SELECT ?iri ?name ?label WHERE {
  ?iri a oh:Place ; rdfs:label ?label . ?iri rdfs:label|skos:prefLabel|skos:altLabel ?name
}""",
    "actor": """
SELECT ?iri ?name ?label WHERE {
  ?iri a oh:SocialActorType ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name .
  ?iri skos:prefLabel ?label
  FILTER(LANG(?label) IN ("", "en"))
}""",
}
_CLASS_KINDS = {"FrameworkOutcome": "outcome", "FrameworkOutput": "output"}
_SHOWN = 8


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One thing that was meant.

    `kind` is "fragment", "outcome" or "output" (of a results framework),
    "objective", "organisation", "country" or "actor". `label` names it: the
    key of a fragment, the notation of a code. `detail` says more: a
    fragment's title, a code's country.
    """

    kind: str
    iri: str
    label: str
    detail: str = ""

    def __str__(self) -> str:
        """As it is told where several could be meant; never a title, which is narrative."""
        where = f" ({self.detail})" if self.detail and self.kind in {"outcome", "output"} else ""
        return f"{self.kind} {self.label}{where}"


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that a target answers to. `near` ones count where no exact one does."""

    text: str
    target: Target
    identifier: bool = False


def find(select: Select, text: str, *, kinds: Iterable[str] = KINDS) -> tuple[Target, ...]:
    """What *text* means in a harvest.

    Args:
        select: Answers SPARQL over the union of the harvest's graphs.
        text: As typed. A kind may stand before the name: "organisation X".
        kinds: What may be meant.

    Returns:
        One target; or all nodes of one code or objective, where several frameworks have it.

    Raises:
        TargetError: nothing of that name, or several things: tells the candidates.
    """
    wanted = tuple(kinds)
    names = [name for kind in wanted for name in _names(select, kind)]
    asked, only = _asked(text, wanted)
    if only is not None:
        names = [name for name in names if name.target.kind in only]
    for step in (_exact, _end_of_part, _end, _known_place):
        found = sorted({name.target for name in names if step(name, asked)})
        if found:
            return _one(found)
    raise TargetError(_nothing(asked, wanted, names))


def _asked(text: str, kinds: Sequence[str]) -> tuple[str, frozenset[str] | None]:
    """What was typed, folded, and the kinds that a word before it allows (None: all)."""
    folded = fold(text)
    if "code" in kinds and re.fullmatch(r"[0-9]+(\.[0-9]+)+", folded):
        from kg.codes import normal_number

        return normal_number(folded), None
    if ("code" in kinds or "objective" in kinds) and (code := _code(text)):
        return code
    word, _, rest = folded.partition(" ")
    if rest and word in {*KINDS, "outcome", "output"} - {"code"}:
        return rest, frozenset({word})
    return folded, None


def _code(text: str) -> tuple[str, frozenset[str]] | None:
    """A code with its kind in words of any language ("produit 1.4.1"), read by the grammar."""
    if not any(c.isdigit() for c in text) or not any(c.isalpha() for c in text):
        return None
    from kg.codes import read_codes

    reading = read_codes(text, field="framework_link")
    if len(reading.codes) != 1 or reading.problems:
        return None
    code = reading.codes[0]
    # The grammar has to take the whole text: an id may end as a code does.
    if code.end - code.start < len(text.strip()):
        return None
    return fold(code.number), frozenset({code.kind})


def _names(select: Select, kind: str) -> list[_Name]:
    found: list[_Name] = []
    for row in select(_PREFIXES + _QUERIES[kind]):
        told = _CLASS_KINDS.get(row.get("class", "").rpartition("#")[2], kind)
        target = Target(told, row["iri"], row.get("label", row["name"]), row.get("detail", ""))
        found.append(_Name(fold(row["name"]), target))
        found.append(_Name(fold(row["iri"]), target))
        if kind == "fragment" and row.get("id"):
            found.append(_Name(fold(row["id"]), target, identifier=True))
        if kind in {"organisation", "country", "actor"}:
            found.append(_Name(row["iri"].rpartition("/")[2], target))
    return found


def _exact(name: _Name, asked: str) -> bool:
    return name.text == asked


def _end_of_part(name: _Name, asked: str) -> bool:
    """The last part of an id: "CIV010" of "SCC-2022/CIV010"."""
    before = name.text[: -len(asked)] if asked else ""
    return (
        name.identifier and bool(before) and name.text.endswith(asked) and not before[-1].isalnum()
    )


def _end(name: _Name, asked: str) -> bool:
    return name.identifier and bool(asked) and name.text.endswith(asked)


def _known_place(name: _Name, asked: str) -> bool:
    """A country in another language, or by its ISO code."""
    if name.target.kind != "country":
        return False
    from kg.places import Places

    return Places.load().find(asked.upper()) == name.text


def _one(found: Sequence[Target]) -> tuple[Target, ...]:
    """One target, or the nodes of one code; otherwise the candidates are told."""
    things = {(t.kind in {"outcome", "output"}, t.iri) for t in found}
    codes = {t.kind for t in found} <= {"outcome", "output"}
    objectives = {t.kind for t in found} == {"objective"} and len({t.label for t in found}) == 1
    if len({iri for _, iri in things}) == 1 or codes or objectives:
        return tuple({t.iri: t for t in reversed(found)}.values())[::-1]
    told = list(dict.fromkeys(str(t) for t in found))
    more = f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    raise TargetError(
        f"That could be several things: {'; '.join(told[:_SHOWN])}{more}. Say which, e.g. with "
        "its kind before it ('organisation …', 'objective …') or by a whole key or name."
    )


def _nothing(asked: str, kinds: Sequence[str], names: Sequence[_Name]) -> str:
    by_text = {name.text: name.target for name in names if "://" not in name.text}
    close = [str(by_text[text]) for text in get_close_matches(asked, sorted(by_text), n=3)]
    expected = " or ".join(_EXPECTED[kind] for kind in kinds)
    if close:
        candidates = "; ".join(dict.fromkeys(close))
        return (
            f"nothing in this harvest has that name; expected {expected}. "
            f"Did you mean: {candidates}?"
        )
    return (
        f"nothing in this harvest has that name; expected {expected}. "
        "What there is: kg query outcomes, kg query organisations."
    )


_EXPECTED = {
    "fragment": "a fragment (its key, id or the end of it)",
    "code": "a code (1.4.1)",
    "objective": "an objective (CIV)",
    "organisation": "an organisation (acronym or name)",
    "country": "a country or region",
    "actor": "a social actor",
}
