"""The only composer of stages: files in, one version of `output/AUDIENCE/` out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kg.audience import admit, confidential
from kg.claims import claims
from kg.clock import Clock
from kg.config import Config
from kg.errors import SourceError
from kg.explorer import explorer_page
from kg.extract import Task, find_names
from kg.extract.crew import crew
from kg.fragment import interpret
from kg.frameworks import declare, frameworks
from kg.graph import HarvestParts, harvest_trig
from kg.identity import Case, keys, settle
from kg.kept import kept_reading, read_with_models
from kg.model import Audience, Claim, Finding, Fragment, Kind, Mention, MentionStatus
from kg.network import whole
from kg.outcome_links import outcome_links
from kg.places import Places
from kg.read import expand_sources
from kg.report import (  # fmt: skip
    Changes,
    Report,
    changes,
    file_counts,
    in_order,
    json_lines,
    mention_lines,
    record_lines,
)
from kg.resolve import resolve
from kg.sources import AllRead, Curated, Progress, read_all, read_curated, silent, strictly
from kg.store import open_store, select_from, sweep
from kg.version import __version__
from kg.vocab import Names, slug
from kg.vocabulary import Vocabulary, load_vocabulary, ontology_quads
from kg.workspace import Shelf, kept_graphs, one_writer

#: Steps after the texts are read: names settled, graph made, page drawn, all written.
_STEPS = 4


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A finished build: where it lies, what it read, what changed since the last one."""

    folder: Path
    report: Report
    changes: Changes


def build(
    config: Config,
    sources: Sequence[Path] = (),
    *,
    ner: bool | None = None,
    strict: bool = False,
    jobs: int = 1,
    progress: Progress = silent,
    clock: Clock | None = None,
) -> BuildResult:
    """Read sources and replace the internal harvest.

    Args:
        config: The project's settings.
        sources: Files and folders; empty takes `[sources]` of `kg.toml`.
        ner: Let stock models suggest names; None takes the setting of `kg.toml`.
        strict: Refuse to build where any row is rejected.
        jobs: Processes that read texts; the harvest is the same for any number.
        progress: Told of every step.
        clock: Filled with CPU seconds by stage.

    Raises:
        SourceError: there is nothing to read, or a source cannot be read.
        ConfigError: an edited file says something that kg cannot follow.
        WorkspaceError: the output folder cannot be written.
    """
    clock = clock or Clock()
    paths = expand_sources(
        sources or config.sources, never={path.resolve() for path in config.frameworks}
    )
    if not paths:
        raise SourceError(
            "There is nothing to build: no source was named and kg.toml names none. "
            "Name a file (kg build harvest.xlsx) or list it under [sources] files in kg.toml."
        )
    with one_writer(config.output):
        with clock.stage("read"):
            reading = read_all(paths, config, progress=progress)
            curated = read_curated(config)
        if strict and reading.rejected:
            raise strictly(reading.rejected)
        line = _Line(
            config,
            curated,
            audience=Audience.INTERNAL,
            use_ner=config.ner if ner is None else ner,
            jobs=jobs,
            progress=progress,
            clock=clock,
        )
        return line.run(reading)


def rebuild(config: Config, *, progress: Progress = silent) -> BuildResult:
    """Build again from what the last build kept, with the edited files as they are now.

    The sources need not be there. Where no edited file changed, neither does the harvest.

    Raises:
        ConfigError: an edited file says something that kg cannot follow.
        WorkspaceError: nothing was built yet, or the output folder cannot be written.
    """
    with one_writer(config.output):
        return rebuild_held(config, progress=progress)


def rebuild_held(config: Config, *, progress: Progress = silent) -> BuildResult:
    """`rebuild` for whoever holds the output folder already, to write edited files with it."""
    folder = Shelf(config.output, Audience.INTERNAL).read()
    reading = kept_reading(folder)
    line = _Line(
        config,
        read_curated(config),
        audience=Audience.INTERNAL,
        use_ner=read_with_models(folder),
        jobs=1,
        progress=progress,
        clock=Clock(),
    )
    return line.run(reading)


@dataclass(slots=True)
class _Line:
    """One walk down the line, from records to a version on the shelf."""

    config: Config
    curated: Curated
    audience: Audience
    use_ner: bool
    jobs: int
    progress: Progress
    clock: Clock

    def run(self, reading: AllRead) -> BuildResult:
        """All stages in order."""
        names = Names(self.config.base_iri)
        vocabulary, places = load_vocabulary(), Places.load()
        with self.clock.stage("fragment"):
            settled = settle(reading.records, cleared=self.config.cleared)
            cases = tuple(
                case
                for case in settled.cases
                if admit(case.record, self.audience, cleared=self.config.cleared)
            )
            case_keys, key_findings = keys(cases)
            keyed = list(zip(case_keys, cases, strict=True))
            fragments, fragment_findings = self._fragments(keyed, vocabulary)
        with self.clock.stage("extract"):
            mentions, models = self._extract(fragments, places)
        self.progress("building the graph", 0, _STEPS)
        with self.clock.stage("resolve"):
            resolution = resolve(
                fragments,
                mentions,
                organisations=self.curated.organisations,
                decisions=self.curated.decisions,
                names=names,
                keyed=self.curated.keyed,
            )
            linked = frameworks(
                fragments,
                declared=declare(
                    self.curated.framework,
                    programme=self.config.programme,
                    versions=self.config.versions,
                    places=places,
                ),
                programme=self.config.programme,
                names=names,
                language=self.config.language,
            )
            related = outcome_links(fragments, resolution.mentions, names=names)
            stated = self._claims(fragments, related.mentions, names)
        self.progress("building the graph", 1, _STEPS)
        with self.clock.stage("graph"):
            parts = HarvestParts(
                fragments=fragments,
                mentions=(*related.mentions, *linked.mentions),
                entities=resolution.entities,
                claims=stated,
                links=related.links,
                frameworks=linked,
                sources=[(label, kind) for label, kind, _ in reading.rows],
                place_labels=places.labels,
                programme=self.config.programme,
                version=__version__,
            )
        told = (reading, self.curated, settled, resolution, linked, related)
        findings = [finding for stage in told for finding in stage.findings]
        findings += key_findings
        findings += [f for f in fragment_findings if _mark(f) not in linked.settled]
        noticed = {*reading.findings, *(f for f in settled.findings if f.reason == "flags-differ")}
        report = replace(
            _report(reading, cases, parts, list(dict.fromkeys(findings)), models),
            noticed=frozenset(noticed),
            open_=resolution.open_,
            pairs=resolution.pairs,
            edited=self.curated.marks,
        )
        return self._write(keyed, parts, report, names)

    def _fragments(
        self, keyed: Sequence[tuple[str, Case]], vocabulary: Vocabulary
    ) -> tuple[list[Fragment], list[Finding]]:
        fragments: list[Fragment] = []
        findings: list[Finding] = []
        for key, case in sorted(keyed, key=lambda pair: pair[0]):
            fragment, found = interpret(
                case.record,
                key=key,
                origins=case.origins,
                vocabulary=vocabulary,
                confidential=confidential(case.record, cleared=self.config.cleared),
                values=self.config.values,
            )
            fragments.append(fragment)
            findings += found
        return fragments, findings

    def _extract(
        self, fragments: Sequence[Fragment], places: Places
    ) -> tuple[list[Mention], dict[str, str]]:
        task = Task(
            organisations=self.curated.organisations,
            places=places,
            ner=self.use_ner,
            models=self.config.models,
            programme=self.config.programme,
        )
        total = len(fragments)
        found = find_names(
            fragments,
            task,
            memory=self.config.output / ".cache" / f"names-{self.audience}.sqlite",
            crew=partial(crew, jobs=self.jobs),
            progress=lambda done: self.progress("reading texts", done, total),
        )
        return [mention for mentions in found for mention in mentions], dict(task.used)

    def _claims(
        self, fragments: Sequence[Fragment], mentions: Iterable[Mention], names: Names
    ) -> tuple[Claim, ...]:
        by_key: dict[str, list[Mention]] = {f.key: [] for f in fragments}
        for mention in mentions:
            by_key[mention.key].append(mention)
        stated: list[Claim] = []
        for fragment in fragments:
            programme = slug(fragment.programme or self.config.programme)
            stated += claims(
                fragment,
                by_key[fragment.key],
                programme_iri=names.programme(programme),
                programme_slug=programme,
                programme=self.config.programme,
            )
        return tuple(stated)

    def _write(
        self,
        keyed: Sequence[tuple[str, Case]],
        parts: HarvestParts,
        report: Report,
        names: Names,
    ) -> BuildResult:
        records = record_lines(keyed)
        shelf = Shelf(self.config.output, self.audience)
        last = shelf.current()
        old = (last / "records.jsonl").read_bytes() if last else None
        with shelf.draft() as draft:
            with self.clock.stage("graph"):
                trig = draft.write(
                    "harvest.trig", harvest_trig(parts, ontology_quads(names=names), names=names)
                )
            self.progress("building the graph", 2, _STEPS)
            with self.clock.stage("index"):
                # The page asks it now, the next question finds it made.
                store = open_store(trig, cache=shelf.cache)
            self.progress("building the graph", 3, _STEPS)
            with self.clock.stage("draw"):
                page = explorer_page(
                    whole(select_from(store)),
                    name=self.config.name,
                    audience=self.audience,
                    language=self.config.language,
                )
                draft.write("explorer.html", page.encode("utf-8", "replace"))
            with self.clock.stage("write"):
                draft.write("records.jsonl", json_lines(records))
                draft.write(
                    "mentions.jsonl",
                    json_lines(mention_lines(parts.mentions, parts.fragments, names=names)),
                )
                draft.write("report.json", report.as_json())
                folder = draft.publish()
            sweep(shelf.cache, keep=kept_graphs(self.config.output))
        return BuildResult(folder=folder, report=report, changes=changes(old, records))


def _mark(finding: Finding) -> tuple[str, str, str]:
    """By which a later stage names a finding that it has settled."""
    return (finding.key or "", finding.reason, finding.where.field or "")


def _report(
    reading: AllRead,
    cases: Sequence[Case],
    parts: HarvestParts,
    findings: Sequence[Finding],
    models: dict[str, str],
) -> Report:
    """What was read, kept and noticed; totals of kinds and statuses of mentions."""
    accepted = [e for e in parts.entities if e.status is MentionStatus.ACCEPTED]
    return Report(
        files=file_counts(reading.rows, cases, reading.rejected),
        rejected=tuple(sorted(reading.rejected, key=lambda r: r.where)),
        findings=in_order(findings),
        confidential=sum(f.confidential for f in parts.fragments),
        models=models,
        counts={
            "fragments": len(parts.fragments),
            "organisations": sum(e.kind is Kind.ORGANISATION for e in accepted),
            "participations": len(parts.claims),
            "unlinked outcomes": len(parts.frameworks.unlinked),
            **Counter(f"{m.kind.value} mentions {m.status.value}" for m in parts.mentions),
        },
        version=__version__,
    )
