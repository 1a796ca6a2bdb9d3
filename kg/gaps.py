"""What a harvest lacks, by its graph: links, evidence, known values, what answers count by."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Where
from kg.vocab import SPARQL_HEAD
from kg.vocabulary import load_vocabulary

#: Asks the union of a harvest's graphs; rows are column → text, unbound columns absent.
Select = Callable[[str], Sequence[Mapping[str, str]]]

_UNLINKED = """
SELECT ?key ?reason WHERE {
  ?fragment oh:key ?key ; oh:reports/oh:unlinkedReason ?reason .
} ORDER BY ?key ?reason"""

_WITHOUT_EVIDENCE = """
SELECT ?key (MAX(?rank) AS ?highest) WHERE {
  ?fragment oh:key ?key ; oh:reports ?outcome .
  ?outcome oh:evidenceStatus ohv:evidence-none-stated .
  OPTIONAL { ?outcome oh:significanceRating/oh:rank ?rank }
} GROUP BY ?key ORDER BY ?key"""

_WITHOUT_OTHERS = """
SELECT ?key WHERE {
  ?fragment oh:key ?key ; oh:emptyField ohv:field-contribution-others .
} ORDER BY ?key"""

_KEYS = """
SELECT ?key WHERE { ?fragment oh:key ?key } ORDER BY ?key"""

#: Of a property and the slug of its field: records that neither state it nor fill the cell.
_SILENT = """
SELECT ?key WHERE {
  ?fragment oh:key ?key ; oh:reports ?outcome .
  MINUS { ?outcome oh:%s ?value }
  MINUS { ?fragment oh:hasStatement/oh:field ohv:field-%s }
} ORDER BY ?key"""

_UNKNOWN_VALUES = """
SELECT ?key ?property (COUNT(DISTINCT ?value) AS ?values) WHERE {
  ?value a oh:CandidateConcept .
  { ?fragment oh:key ?key ; oh:reports ?outcome . ?outcome ?property ?value }
  UNION
  { ?fragment oh:key ?key ; ?property ?value . FILTER(?property = oh:status) }
} GROUP BY ?key ?property ORDER BY ?key ?property"""

#: Property of the graph → the field whose cell filled it.
_FIELD_OF = {
    "changeIn": "social_actor",
    "typeOfChange": "type_of_change",
    "changeCluster": "change_cluster",
    "scale": "scale",
    "significanceRating": "rating_significance",
    "contributionRating": "rating_contribution",
    "status": "status",
}

#: What answers are counted by: reason → property, field, and what the coach says of its lack.
_COUNTED_BY = {
    "no-year": ("year", "year", "coach-when"),
    "no-country": ("country", "country", "coach-where"),
    "no-actor": ("changeIn", "social_actor", "coach-who"),
}

_UNPLACED = Where("")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a worklist before it is put into words."""

    reason: str
    key: str | None = None
    field: str | None = None
    file: str = ""
    row: int | None = None
    sheet: str = ""
    start: int = 0
    times: int = 1
    values: Mapping[str, object] | None = None


def gaps(select: Select) -> Iterator[Item]:
    """What outcomes lack, and values that no list knows."""
    for row in select(SPARQL_HEAD + _UNLINKED):
        reason = row["reason"].rpartition("/reason-")[2]
        yield Item(f"unlinked-{reason}", key=row["key"])
    for row in select(SPARQL_HEAD + _UNKNOWN_VALUES):
        field = _FIELD_OF.get(row["property"].rpartition("#")[2])
        yield Item("unknown-value", key=row["key"], field=field, times=number(row["values"]))
    large = load_vocabulary().get("significance", "large").rank or 0
    for row in select(SPARQL_HEAD + _WITHOUT_EVIDENCE):
        rated = int(row["highest"]) if row.get("highest") else None
        reason = "missing-evidence" if rated is None or rated < large else "large-without-evidence"
        yield Item(reason, key=row["key"], field="evidence")
    for row in select(SPARQL_HEAD + _WITHOUT_OTHERS):
        yield Item("no-other-contributors", key=row["key"], field="contribution_others")


def uncounted(
    select: Select, places: Mapping[str, Where], advice: Collection[tuple[str, str]]
) -> Iterator[Item]:
    """Records without year, country or actor in a column: no table counts them there.

    Said once of a file where none of its records has one; not of a record of which the
    coach says that its words are silent, too.
    """
    files: Counter[str] = Counter()
    for row in select(SPARQL_HEAD + _KEYS):
        files[places.get(row["key"], _UNPLACED).file] += 1
    for reason, (name, field, coached) in _COUNTED_BY.items():
        silent: dict[str, list[str]] = {}
        for row in select(SPARQL_HEAD + _SILENT % (name, field.replace("_", "-"))):
            silent.setdefault(places.get(row["key"], _UNPLACED).file, []).append(row["key"])
        for file, keys in sorted(silent.items()):
            if len(keys) == files[file] > 1:
                yield Item("field-nowhere", file=file, field=field)
            else:
                told = (key for key in keys if (coached, key) not in advice)
                yield from (Item(reason, key=key, field=field) for key in told)


def number(value: object) -> int:
    """A number of an answer or of a line of `mentions.jsonl`."""
    return int(str(value))
