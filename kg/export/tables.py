"""The harvest as tables: rows under names of columns. `kg.export.package` writes them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg.vocab import SPARQL_HEAD

Select = Callable[[str], Sequence[Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under names of columns; what it holds in a sentence."""

    name: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


_OUTCOMES = """
SELECT ?key ?fragment_id ?title ?round ?year ?unintended ?negative ?evidence WHERE {
  ?fragment a oh:Fragment ; oh:key ?key ; oh:reports ?outcome .
  ?outcome rdfs:label ?title .
  OPTIONAL { ?fragment dcterms:identifier ?fragment_id }
  OPTIONAL { ?fragment oh:harvestRound/rdfs:label ?round }
  OPTIONAL { SELECT ?outcome (GROUP_CONCAT(?one ; separator="; ") AS ?year) WHERE {
    SELECT ?outcome ?one WHERE { ?outcome oh:year ?stated . BIND(STR(?stated) AS ?one) }
    ORDER BY ?outcome ?one } GROUP BY ?outcome }
  OPTIONAL { ?outcome oh:unintended ?unintended }
  OPTIONAL { ?outcome oh:negative ?negative }
  OPTIONAL { ?outcome oh:evidenceStatus ?e . BIND(STRAFTER(STR(?e), "evidence-") AS ?evidence) }
} ORDER BY ?key"""
_SINGLE = ("key", "fragment_id", "title", "round", "year", "unintended", "negative", "evidence")
# Columns that may hold several values: column → path from the outcome.
_MANY = {
    "status": "^oh:reports/oh:status",
    "country": "oh:country",
    "social_actor": "oh:changeIn",
    "type_of_change": "oh:typeOfChange",
    "change_cluster": "oh:changeCluster",
    "scale": "oh:scale",
    "significance": "oh:significanceRating",
    "contribution": "oh:contributionRating",
}
_VALUES = """
SELECT DISTINCT ?key ?value ?label WHERE {{
  ?fragment oh:key ?key ; oh:reports/{0} ?value . ?value rdfs:label|skos:prefLabel ?label .
  FILTER(LANG(?label) IN ("{1}", "en", ""))
}} ORDER BY ?key ?value ?label"""
_CODES = """
SELECT DISTINCT ?key ?code WHERE {
  ?fragment oh:key ?key ; oh:reports/oh:contributesTo/skos:notation ?code } ORDER BY ?key ?code"""
_TEXTS = """
SELECT ?key ?field ?text WHERE {
  ?fragment oh:key ?key ; oh:hasStatement ?cell . ?cell oh:field ?column ; nif:isString ?text ;
    oh:searchText ?any .
  BIND(REPLACE(STRAFTER(STR(?column), "field-"), "-", "_") AS ?field) } ORDER BY ?key ?field"""
_ORGANISATIONS = """
SELECT ?organisation ?label ?acronym (COUNT(DISTINCT ?outcome) AS ?outcomes) WHERE {
  ?organisation a oh:Organisation ; rdfs:label ?name .
  OPTIONAL { ?organisation skos:prefLabel ?own FILTER(LANG(?own) = "LANGUAGE") }
  BIND(STR(COALESCE(?own, ?name)) AS ?label)
  ?outcome oh:involves ?organisation .
  OPTIONAL { SELECT ?organisation (MIN(?short) AS ?acronym)
             WHERE { ?organisation oh:acronym ?short } GROUP BY ?organisation }
} GROUP BY ?organisation ?label ?acronym ORDER BY ?label ?organisation"""
# Five plain questions instead of one that joins them: an engine may take minutes to find out how.
_CLAIMS = """
SELECT ?claim ?agent ?outcome ?as ?cell ?how ?confidence WHERE {
  ?claim a oh:Participation ; oh:agent ?agent ; oh:inOutcome ?outcome ; oh:role ?as ;
         oh:statedIn ?cell ; oh:method ?how ; oh:confidence ?confidence .
} ORDER BY ?claim"""
_CLAIMED_WORDS = """
SELECT ?claim ?words WHERE {
  ?claim a oh:Participation ; prov:wasDerivedFrom ?mention . ?mention nif:anchorOf ?words
} ORDER BY ?claim ?words"""
_KEYS = "SELECT ?outcome ?key WHERE { ?fragment oh:reports ?outcome ; oh:key ?key } ORDER BY ?key"
_FIELDS = "SELECT ?cell ?column WHERE { ?cell oh:field ?column } ORDER BY ?cell"
_AGENTS = """
SELECT ?agent ?name ?own WHERE {
  { ?agent a oh:Organisation } UNION { ?agent a oh:Programme }
  ?agent rdfs:label ?name .
  OPTIONAL { ?agent skos:prefLabel ?own FILTER(LANG(?own) = "LANGUAGE") }
} ORDER BY ?agent ?name ?own"""
_LINKS = """
SELECT ?from ?to ?relation ?quote WHERE {
  ?link a oh:OutcomeLink ; oh:from ?one ; oh:to ?other ; oh:relation ?as .
  ?a oh:reports ?one ; oh:key ?from . ?b oh:reports ?other ; oh:key ?to .
  OPTIONAL { ?link prov:wasDerivedFrom/nif:anchorOf ?quote }
  BIND(STRAFTER(STR(?as), "relation-") AS ?relation)
} ORDER BY ?from ?to ?relation ?quote"""
_FRAMEWORK = """
SELECT ?kind ?code ?label ?country (COUNT(DISTINCT ?outcome) AS ?outcomes) WHERE {
  ?node a oh:FrameworkNode ; skos:notation ?code .
  VALUES (?class ?kind) { (oh:SpecificObjective "objective") (oh:FrameworkOutcome "outcome")
                          (oh:FrameworkOutput "output") }
  ?node a ?class .
  OPTIONAL { SELECT ?node (MIN(STR(?l)) AS ?label)
             WHERE { ?node skos:prefLabel ?l } GROUP BY ?node }
  OPTIONAL { ?node skos:inScheme/oh:country/rdfs:label ?country }
  OPTIONAL { ?outcome oh:contributesTo ?node }
} GROUP BY ?node ?kind ?code ?label ?country ORDER BY ?country ?kind ?code"""


def tables(select: Select, *, language: str) -> tuple[Table, ...]:
    """Outcomes, their texts, organisations, participations, links and the framework.

    Labels are in *language*, else in English.
    """

    def ask(query: str) -> Sequence[Mapping[str, str]]:
        return select(SPARQL_HEAD + query.replace("LANGUAGE", language))

    return (
        _outcomes(ask, language),
        _table(
            "texts", "What was written of each outcome, by field.", ask(_TEXTS), "key field text"
        ),
        _table(
            "organisations",
            "Organisations with an accepted mention, and in how many outcomes.",
            ask(_ORGANISATIONS),
            "organisation label acronym outcomes",
        ),
        _table(
            "participations",
            "Who is said to have had which role in which outcome: claims, with their words.",
            _participations(ask),
            "key agent label role field words method confidence",
        ),
        _table(
            "links",
            "Outcomes that refer to others, and the words.",
            ask(_LINKS),
            "from to relation quote",
        ),
        _table(
            "framework",
            "Results framework: what outcomes are linked to directly, and what has none.",
            ask(_FRAMEWORK),
            "country kind code label outcomes",
        ),
    )


def _outcomes(ask: Select, language: str) -> Table:
    many: dict[str, dict[str, list[str]]] = {}
    for column, path in _MANY.items():
        chosen: dict[tuple[str, str], str] = {}
        for row in ask(_VALUES.format(path, language)):
            chosen.setdefault((row["key"], row["value"]), row["label"])
        for (key, _), label in chosen.items():
            many.setdefault(column, {}).setdefault(key, []).append(label)
    codes: dict[str, list[str]] = {}
    for row in ask(_CODES):
        codes.setdefault(row["key"], []).append(row["code"])
    rows = []
    for row in ask(_OUTCOMES):
        several = ("; ".join(many.get(column, {}).get(row["key"], ())) for column in _MANY)
        written = "; ".join(codes.get(row["key"], ()))
        rows.append((*(row.get(name, "") for name in _SINGLE), *several, written))
    return Table("outcomes", "One row an outcome.", (*_SINGLE, *_MANY, "codes"), tuple(rows))


def _participations(ask: Select) -> list[Mapping[str, str]]:
    """One row a claim and the words that it rests on."""
    keys = {row["outcome"]: row["key"] for row in ask(_KEYS)}
    fields = {row["cell"]: row["column"] for row in ask(_FIELDS)}
    names: dict[str, str] = {}
    for row in ask(_AGENTS):
        names.setdefault(row["agent"], row.get("own") or row["name"])
    words: dict[str, list[str]] = {}
    for row in ask(_CLAIMED_WORDS):
        words.setdefault(row["claim"], []).append(row["words"])
    rows: list[Mapping[str, str]] = [
        {
            "key": keys[row["outcome"]],
            "agent": row["agent"],
            "label": names.get(row["agent"], ""),
            "role": _slug(row["as"], "role-"),
            "field": _slug(fields[row["cell"]], "field-").replace("-", "_"),
            "words": said,
            "method": _slug(row["how"], "method-"),
            "confidence": row["confidence"],
        }
        for row in ask(_CLAIMS)
        if row["outcome"] in keys and row["cell"] in fields
        for said in words.get(row["claim"], [""])
    ]
    order = ("key", "label", "role", "field", "words", "agent", "method")
    return sorted(rows, key=lambda row: tuple(row[name] for name in order))


def _slug(concept: str, scheme: str) -> str:
    """The name of a concept within its scheme."""
    return concept.rpartition(scheme)[2]


def _table(name: str, about: str, rows: Sequence[Mapping[str, str]], columns: str) -> Table:
    names = tuple(columns.split())
    return Table(name, about, names, tuple(tuple(r.get(n, "") for n in names) for r in rows))
