"""Answers what a view of the whole harvest asks, from one pass over its file.

The questions about fragments (`FRAGMENTS`, `MENTIONS` …) take every fragment
there is. So their rows are read off the file, a fragment at a time; what
fragments share is put into an engine, which is small however large the
harvest is. A question that is not known here goes to the whole graph.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.graph.reading import GraphFile, Said, Terms, UnknownFormError, language, open_graph, parted
from kg.network.questions import (
    CLAIMS,
    CONCEPTS,
    DESCRIBED,
    FRAGMENTS,
    LINKS,
    MENTIONS,
    ORIGINS,
    REASONS,
    SHARED,
    STATEMENTS,
)
from kg.store import select_of
from kg.vocab import OH, RDF, SPARQL_HEAD

Row = Mapping[str, str]
Select = Callable[[str], Sequence[Row]]

_TITLES = "SELECT ?source ?title WHERE { ?source a oh:SourceFile ; dcterms:title ?title }"


def swept(trig: bytes | Path, *, otherwise: Select) -> Select:
    """The same answers as an engine's, to what `whole` and the explorer ask.

    Args:
        trig: `harvest.trig` of a version, or what is written in such a file.
        otherwise: Asks the whole graph; for other questions, and for a file of another form.
    """
    try:
        with open_graph(trig) as file:
            graphs = GraphFile(file)
            rows = _Rows(graphs.terms)
            for graph in graphs.fragments():
                rows.read(graph)
            shared = select_of(graphs.rest())
    except UnknownFormError:
        return otherwise
    titles = {row["source"]: row["title"] for row in shared(SPARQL_HEAD + _TITLES)}
    told = {
        FRAGMENTS: rows.fragments,
        STATEMENTS: rows.statements,
        MENTIONS: rows.mentions,
        CLAIMS: rows.claims,
        LINKS: rows.links,
        REASONS: rows.reasons,
        ORIGINS: list(_origins(rows.read_in, titles)),
        DESCRIBED: [*shared(SPARQL_HEAD + DESCRIBED), *rows.outcomes],
    }
    answers: dict[str, Sequence[Row]] = {SPARQL_HEAD + asked: rows for asked, rows in told.items()}
    small = {SPARQL_HEAD + question for question in (CONCEPTS, *SHARED)}

    def select(sparql: str) -> Sequence[Row]:
        found = answers.get(sparql)
        if found is not None:
            return found
        return shared(sparql) if sparql in small else otherwise(sparql)

    return select


def _origins(
    read_in: Mapping[str, tuple[Sequence[str], Sequence[str]]], titles: Mapping[str, str]
) -> Iterator[Row]:
    """Fragment, file and row, as the graph tells them: it does not say which row of which file."""
    for fragment, (sources, rows) in read_in.items():
        for file in sorted(titles[source] for source in sources if source in titles):
            if not rows:
                yield {"fragment": fragment, "file": file}
            for row in sorted(rows, key=int):
                yield {"fragment": fragment, "file": file, "row": row}


class _Rows:
    """Rows in order of fragment, of all fragments read so far."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self.fragments: list[Row] = []
        self.statements: list[Row] = []
        self.mentions: list[Row] = []
        self.claims: list[Row] = []
        self.links: list[Row] = []
        self.outcomes: list[Row] = []
        self.reasons: list[Row] = []
        self.read_in: dict[str, tuple[Sequence[str], Sequence[str]]] = {}
        self._takes = {
            "oh:Fragment": self._fragment,
            "oh:Outcome": self._outcome,
            "oh:Mention": self._mention,
            "oh:Participation": self._claim,
            "oh:OutcomeLink": self._link,
        }

    def read(self, graph: Mapping[str, Said]) -> None:
        """Take up one fragment's graph."""
        for subject, about in graph.items():
            take = self._takes.get(about["a"])
            if take is not None:
                take(self._terms.value(subject), about)
        self._statements(graph)

    def _optional(self, about: Said, names: Mapping[str, str]) -> dict[str, str]:
        """Column → value of what is said; one value a property."""
        value = self._terms.value
        return {
            column: value(about[predicate])
            for column, predicate in names.items()
            if predicate in about
        }

    def _fragment(self, iri: str, about: Said) -> None:
        values = self._terms.values
        row = self._optional(
            about,
            {
                "outcome": "oh:reports",
                "key": "oh:key",
                "identifier": "dcterms:identifier",
                "round": "oh:harvestRound",
                "confidential": "oh:confidential",
            },
        )
        row["fragment"] = iri
        statuses = sorted(values(about.get("oh:status")))
        self.fragments.extend([{**row, "status": status} for status in statuses] or [row])
        self.read_in[iri] = (
            values(about.get("prov:wasDerivedFrom")),
            values(about.get("oh:rowNumber")),
        )

    def _outcome(self, iri: str, about: Said) -> None:
        value = self._terms.value
        node = {"type": f"{OH}Outcome", "node": iri}
        for predicate, said in about.items():
            name = f"{RDF}type" if predicate == "a" else value(predicate)
            for written in parted(said):
                row = {**node, "property": name, "value": value(written)}
                tag = language(written)
                self.outcomes.append(row if tag is None else {**row, "language": tag})
        fragment = iri.partition("#")[0]
        self.reasons.extend(
            {"fragment": fragment, "reason": reason}
            for reason in sorted(self._terms.values(about.get("oh:unlinkedReason")))
        )

    def _statements(self, graph: Mapping[str, Said]) -> None:
        fragment, about = next(iter(graph.items()))
        value = self._terms.value
        iri = value(fragment)
        for subject in parted(about.get("oh:hasStatement", "")):
            said = graph.get(subject)
            if said is None:
                continue
            row = self._optional(
                said,
                {
                    "field": "oh:field",
                    "text": "nif:isString",
                    "heading": "oh:heading",
                    "language": "dcterms:language",
                },
            )
            row["fragment"] = iri
            row["statement"] = value(subject)
            row["narrative"] = "true" if "oh:searchText" in said else "false"
            self.statements.append(row)

    def _mention(self, iri: str, about: Said) -> None:
        row = self._optional(
            about,
            {
                "statement": "nif:referenceContext",
                "start": "nif:beginIndex",
                "end": "nif:endIndex",
                "entity": "itsrdf:taIdentRef",
                "method": "oh:method",
                "confidence": "oh:confidence",
                "status": "oh:status",
            },
        )
        row["mention"] = iri
        self.mentions.append(row)

    def _claim(self, iri: str, about: Said) -> None:
        row = self._optional(
            about,
            {
                "agent": "oh:agent",
                "outcome": "oh:inOutcome",
                "role": "oh:role",
                "statement": "oh:statedIn",
                "method": "oh:method",
                "confidence": "oh:confidence",
            },
        )
        row["claim"] = iri
        self.claims.extend(self._with_mentions(row, about))

    def _link(self, iri: str, about: Said) -> None:
        row = self._optional(about, {"from": "oh:from", "to": "oh:to", "relation": "oh:relation"})
        row["link"] = iri
        self.links.extend(self._with_mentions(row, about))

    def _with_mentions(self, row: Row, about: Said) -> Iterator[Row]:
        mentions = self._terms.values(about.get("prov:wasDerivedFrom"))
        if not mentions:
            yield row
        for mention in sorted(mentions):
            yield {**row, "mention": mention}
