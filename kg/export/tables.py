"""The harvest as tables: one workbook for people, or a zip of CSV files with a `datapackage.json`.

The tables are the same in both. In a workbook every cell is text or a number,
never a formula; in CSV a cell that a spreadsheet would take for one is marked.
"""

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kg.delimited import delimited
from kg.query.workbook import Sheet, workbook_of
from kg.vocab import SPARQL_HEAD

Select = Callable[[str], Sequence[Mapping[str, str]]]

#: Neither the clock nor the machine shows in a file.
_DATE = datetime(2000, 1, 1)
_NUMBERS = frozenset({"year", "outcomes", "confidence"})
_WIDEST, _NARROWEST, _LOOKED_AT = 60, 8, 200


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
_PARTICIPATIONS = """
SELECT ?key ?agent ?label ?role ?field ?words ?method ?confidence WHERE {
  ?claim a oh:Participation ; oh:agent ?agent ; oh:inOutcome ?outcome ; oh:role ?as ;
         oh:statedIn ?cell ; oh:method ?how ; oh:confidence ?confidence .
  ?fragment oh:reports ?outcome ; oh:key ?key . ?agent rdfs:label ?name .
  OPTIONAL { ?agent skos:prefLabel ?own FILTER(LANG(?own) = "LANGUAGE") }
  BIND(STR(COALESCE(?own, ?name)) AS ?label)
  ?cell oh:field ?column .
  OPTIONAL { ?claim prov:wasDerivedFrom/nif:anchorOf ?words }
  BIND(STRAFTER(STR(?as), "role-") AS ?role) BIND(STRAFTER(STR(?how), "method-") AS ?method)
  BIND(REPLACE(STRAFTER(STR(?column), "field-"), "-", "_") AS ?field)
} ORDER BY ?key ?label ?role ?field ?words"""
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
            ask(_PARTICIPATIONS),
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


def _table(name: str, about: str, rows: Sequence[Mapping[str, str]], columns: str) -> Table:
    names = tuple(columns.split())
    return Table(name, about, names, tuple(tuple(r.get(n, "") for n in names) for r in rows))


def data_package(found: Sequence[Table], *, title: str, note: str) -> bytes:
    """A zip of CSV files (UTF-8, comma) and a Frictionless `datapackage.json`."""
    described = {
        "name": "outcome-harvest",
        "title": title,
        "description": note,
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": table.name,
                "path": f"{table.name}.csv",
                "description": table.about,
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": {"fields": [{"name": c, "type": "string"} for c in table.columns]},
            }
            for table in found
        ],
    }
    files = {"datapackage.json": json.dumps(described, ensure_ascii=False, indent=1) + "\n"}
    files |= {f"{table.name}.csv": delimited(table.columns, table.rows) for table in found}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            about = zipfile.ZipInfo(name, _DATE.timetuple()[:6])
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, text)
    return out.getvalue()


def workbook(found: Sequence[Table], *, title: str, note: str) -> bytes:
    """An `.xlsx` workbook: what it is, then a sheet a table with filters and a frozen header."""
    first = [[title, ""], [note, ""], *([table.name, table.about] for table in found)]
    about = Sheet("read me", ("sheet", "about"), [row for row in first if any(row)], (24, 90))
    return workbook_of([about, *(_sheet(table) for table in found)])


def _sheet(table: Table) -> Sheet:
    widths = []
    for place, name in enumerate(table.columns):
        longest = max((len(row[place]) for row in table.rows[:_LOOKED_AT]), default=0)
        widths.append(min(_WIDEST, max(_NARROWEST, len(name) + 3, longest + 1)))
    rows = [
        [_cell(name, cell) for name, cell in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    return Sheet(table.name, table.columns, rows, widths)


def _cell(column: str, cell: str) -> object:
    """Counts, years and confidences as numbers, so that they sort; a code such as 1.10 is text."""
    if column in _NUMBERS and cell and ";" not in cell:  # an outcome may state several years
        return float(cell) if "." in cell else int(cell)
    return cell or None
