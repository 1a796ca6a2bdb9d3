"""An opened version of a harvest: what a notebook holds, and what every view reads through."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import audit
from kg.config import Config
from kg.errors import UsageError
from kg.model import Audience
from kg.own_questions import library, offered
from kg.query import MEGABYTE, Answer, Limits, Question, prepare, run
from kg.store import Select, asked, dataset, open_store, select_from
from kg.targets import Target, find
from kg.trace import TraceNode, trace
from kg.vocab import SPARQL_HEAD
from kg.workspace import Shelf

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph
    import rdflib

    from kg.analysis import Figures
    from kg.drawing import Drawing
    from kg.export import ExportFormat
    from kg.findings import Findings


class Harvest:
    """A harvest as it was last built (or released). Read only."""

    def __init__(self, config: Config, audience: Audience) -> None:
        self.config = config
        self.audience = audience
        self._shelf = Shelf(config.output, audience)
        self._shelf.heal()
        self.folder = self._shelf.read()

    def __repr__(self) -> str:
        """Name, audience and size."""
        counts = self.report.get("counts")
        size = (
            f": {counts['fragments']} fragments, {counts['organisations']} organisations"
            if counts
            else ""
        )
        return f"<Harvest {self.config.name!r} ({self.audience.value}){size}>"

    def _repr_html_(self) -> str:
        from kg.card import card

        return card(self.config, self.audience, self.select, explorer=self.explorer)

    @cached_property
    def report(self) -> dict[str, Any]:
        """`report.json` of the build; empty for a release, which tells nothing of its sources."""
        if self.audience is Audience.PUBLIC:
            return {}
        tree: dict[str, Any] = json.loads((self.folder / "report.json").read_bytes())
        return tree

    @property
    def trig(self) -> Path:
        """The whole graph."""
        return self.folder / "harvest.trig"

    @property
    def explorer(self) -> Path:
        """The page that people open."""
        return self._shelf.folder / "explorer.html"

    def explorer_page(self, *, sparql: bool = True) -> str:
        """The explorer as one HTML file: that of the build, or anew, without a SPARQL engine."""
        if sparql:
            return self.explorer.read_text(encoding="utf-8")
        from kg.explorer import explorer_page
        from kg.explorer.large import is_large
        from kg.network import whole

        if is_large(self.trig):  # the page of a part has no engine in any case
            return self.explorer.read_text(encoding="utf-8")
        select = self._sweep()
        return explorer_page(
            whole(select),
            select,
            name=self.config.name,
            audience=self.audience,
            base=self.config.base_iri,
            language=self.config.language,
            library=offered(self.config, self.audience),
        )

    @cached_property
    def store(self) -> "pyoxigraph.Store":
        """The graph in the engine, read only, from the cache where there is one."""
        return open_store(self.trig, cache=self._shelf.cache)

    @cached_property
    def dataset(self) -> "rdflib.Dataset":
        """The graph as an rdflib `Dataset` over the union, guarded as `query` is."""
        return dataset(self.store)

    def select(self, sparql: str) -> Sequence[Mapping[str, str]]:
        """Rows of one of kg's own SELECT queries, over the union of all graphs.

        Prefixes are declared. For anything that a user typed: `query`, which guards and limits.
        """
        return select_from(self.store)(SPARQL_HEAD + sparql)

    def ask(
        self,
        what: str | Question,
        parameters: Mapping[str, str],
        *,
        timeout: float = 30.0,
        memory: int = 1024,
    ) -> Answer:
        """Answer a library question, a `.rq` file or SPARQL text, within limits.

        A `Question` that was read already is asked as it is: no file is looked for.

        Args:
            what: A name of the library, the path of a `.rq` file, or SPARQL.
            parameters: Parameter name → what a person typed.
            timeout: Seconds.
            memory: Megabytes that it may take beside what the harvest takes.

        Raises:
            QueryError: not SPARQL, something refused, or a parameter of the wrong form.
            QueryLimitError: it took more time or memory than it may.
            UsageError: an unknown name or parameter, an ambiguous value.
        """
        self.store  # noqa: B018 - the child opens the cache that this makes
        prepared = prepare(
            what,
            parameters,
            library={} if isinstance(what, Question) else library(self.config),
            select=self.select,
            language=self.config.language,
        )
        limits = Limits(seconds=timeout, memory=memory * MEGABYTE)
        answer = run(prepared, trig=self.trig, cache=self._shelf.cache, limits=limits)
        return replace(answer, language=self.config.language)

    def query(self, what: str, /, **parameters: object) -> Answer:
        """`ask`, with the parameters as arguments."""
        return self.ask(what, {name: str(value) for name, value in parameters.items()})

    def find(self, text: str, kinds: Iterable[str]) -> tuple[Target, ...]:
        """What a person typed, as nodes of the graph."""
        return find(self.select, text, kinds=tuple(kinds))

    def trace(self, target: str, *, language: str | None = None) -> TraceNode:
        """Trace a fragment up to the programme, or a code, objective, organisation down."""
        found = self.find(target, ("fragment", "code", "objective", "organisation"))
        return trace(self.select, found, language=language or self.config.language)

    def network(self) -> "nx.MultiDiGraph":
        """The whole harvest as a networkx graph; every edge carries its words."""
        from kg.network import whole

        return whole(self._sweep())

    def figures(self, view: str = "organisations", *, by: str = "round") -> "Figures":
        """What the network shows in figures: a view of `kg.analysis`; periods by round or year."""
        from kg.analysis import By, figures

        found = figures(self.network(), view, by=By(by))
        return replace(found, language=self.config.language)

    def _sweep(self) -> Select:
        """Answers what a view of the whole harvest asks, many times as fast as `select`."""
        from kg.network import swept

        return swept(self.trig, otherwise=partial(asked, self.trig, cache=self._shelf.cache))

    def draw(
        self,
        what: str | None = None,
        /,
        *,
        around: str | None = None,
        hops: int = 1,
        **parameters: object,
    ) -> "Drawing":
        """A pyvis `Network` of a query's answer, of what lies around a name, or of the harvest.

        A notebook shows it inline, as the page that `page` gives.
        """
        from kg.drawing import drawing

        graph, title = self._drawn(
            what, {k: str(v) for k, v in parameters.items()}, around=around, hops=hops
        )
        return drawing(graph, title=title, audience=self.audience, language=self.config.language)

    def page(
        self,
        what: str | None,
        parameters: Mapping[str, str],
        *,
        around: str | None = None,
        hops: int = 1,
        language: str | None = None,
    ) -> str:
        """One self-contained page of a query's answer, or of what lies around a name."""
        from kg.draw import network_page

        graph, title = self._drawn(what, parameters, around=around, hops=hops)
        return network_page(
            graph,
            title=title,
            audience=self.audience,
            language=language or self.config.language,
        )

    def _drawn(
        self,
        what: str | None,
        parameters: Mapping[str, str],
        *,
        around: str | None,
        hops: int,
    ) -> "tuple[nx.MultiDiGraph, str]":
        import networkx as nx

        from kg.network import around as near
        from kg.network import largest_part, of_rows

        if what is not None and around is not None:
            raise UsageError(
                "Say one thing to draw: either a question (kg draw organisations-together) or "
                "a name (kg draw --around NAME --hops 2)."
            )
        if what is None and around is None:
            return largest_part(self.network()), self.config.name
        if around is not None:
            kinds = ("fragment", "code", "objective", "organisation", "country", "actor")
            found, everything = self.find(around, kinds), self.network()
            # A code without its country is a node of every framework that has it.
            parts = [near(everything, target.iri, hops) for target in found]
            return nx.compose_all(parts), f"{self.config.name}: {found[0].label}"
        answer = self.ask(what or "", parameters)
        question = library(self.config).get(what or "")
        graph = of_rows(
            answer.columns,
            answer.records(),
            question.draw if question else None,
            known=self.network(),
        )
        title = question.said_with(parameters, self.config.language) if question else ""
        return graph, f"{self.config.name}: {title or 'SPARQL'}"

    def mentions(self) -> list[dict[str, Any]]:
        """Every span found in the text, also the undecided; no words of suspected persons."""
        return list(self._spans())

    def _spans(self) -> Iterator[dict[str, Any]]:
        with (self.folder / "mentions.jsonl").open("rb") as lines:
            yield from map(json.loads, lines)

    def check(self, *, language: str | None = None) -> "Findings":
        """Conformance (SHACL) and the worklist, in order."""
        from kg.findings import Findings
        from kg.kept import first_places
        from kg.validate import conformance
        from kg.worklist import worklist

        tag = language or self.config.language
        found = worklist(
            self.select,
            mentions=self._spans(),
            report=self.report,
            places=first_places(self.folder),
            language=tag,
        )
        return Findings((*conformance(self.trig, language=tag), *found), language=tag)

    def release(self, *, sign_off: str = "") -> "Harvest":
        """Make the public copy of this project from its last build, and open it.

        Args:
            sign_off: Who answers for it; kept in the audit log.

        Raises:
            ConfigError: an edited file says something that kg cannot follow.
            WorkspaceError: a folder cannot be written.
        """
        from kg.release import release

        release(self.config, sign=lambda: sign_off)
        return Harvest(self.config, Audience.PUBLIC)

    def export(
        self,
        form: "ExportFormat | str",
        *,
        language: str | None = None,
        date: str = "",
        progress: Callable[[str, int, int], None] = lambda *_: None,
    ) -> bytes:
        """The harvest as a file for another tool, see `kg.export`. The audit log keeps its digest.

        Args:
            form: One of `kg.export.ExportFormat`.
            language: Of labels and reports; None takes the project's.
            date: What stands on the first page of a report; no clock is read.
            progress: Told the step, what is done of it, and of how much.

        Raises:
            UsageError: `docx`, and the extra `report` is not installed.
            WorkspaceError: the log cannot be written; then nothing is given away.
        """
        from kg.export import ExportFormat, export

        tag = language or self.config.language
        internal = self.audience is Audience.INTERNAL
        content = export(
            self.trig,
            ExportFormat(form),
            audience=self.audience,
            network=self.network,
            select=self.select,
            name=self.config.name,
            language=tag,
            date=date,
            sources=self.report.get("sources", ()),
            findings=lambda: self.check(language=tag) if internal else (),
            progress=progress,
        )
        audit.record(
            self.config.private,
            "export",
            audience=str(self.audience),
            format=str(form),
            digest=hashlib.sha256(content).hexdigest()[:16],
        )
        return content
