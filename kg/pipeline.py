"""The only composer of stages: files in, one version of `output/AUDIENCE/` out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kg import audit
from kg.aside import Made
from kg.audience import admit
from kg.clock import Clock
from kg.config import Config
from kg.edited import sweep_edited
from kg.errors import SourceError, UsageError
from kg.explorer import explorer_page
from kg.explorer.large import is_large, part_page
from kg.frameworks.files import refuse_activities
from kg.garbage import seldom_collected
from kg.graph import HarvestParts, harvest_trig
from kg.identity import Case, keys, settle
from kg.kept import allowed, kept_reading, read_with_models, refuse_loss
from kg.line import STEPS, Keyed, Line
from kg.line import in_order as sorted_by_key
from kg.model import Audience, Finding, Kind, MentionStatus
from kg.network import swept, whole
from kg.own_questions import askable, offered
from kg.read import expand_sources, left_in_folders
from kg.report import (  # fmt: skip
    Changes,
    Report,
    changes,
    file_counts,
    in_order,
    json_lines,
    last_said,
    mention_lines,
    noted,
    record_lines,
)
from kg.sources import CACHE, AllRead, Progress, read_all, read_curated, silent, strictly
from kg.store import asked, database, sweep
from kg.version import __version__
from kg.vocab import Names
from kg.vocabulary import ontology_quads
from kg.workspace import Draft, Shelf, kept_graphs, one_writer


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
    dask: str | None = None,
    progress: Progress = silent,
    clock: Clock | None = None,
) -> BuildResult:
    """Read sources and replace the internal harvest.

    Args:
        config: The project's settings.
        sources: Files and folders; empty takes `[sources]` of `kg.toml`.
        ner: Let stock models suggest names; None takes the setting of `kg.toml`.
        strict: Refuse to build where any file is not read, or any row rejected.
        jobs: Processes that read texts; the harvest is the same for any number.
        dask: Address of the scheduler of a Dask cluster whose workers read texts instead. Texts
            and names go there. The harvest is the same.
        progress: Told of every step.
        clock: Filled with CPU seconds by stage.

    Raises:
        SourceError: there is nothing to read, or no source can be read, or one that cannot would
            take records away.
        ConfigError: an edited file says something that kg cannot follow.
        UsageError: both *jobs* and *dask*, or no address.
        ClusterError: the cluster is not there, of another version, or ended in the middle.
        WorkspaceError: the output folder cannot be written.
    """
    if dask is not None and jobs > 1:
        raise UsageError("--jobs is for this machine, --dask for a cluster; say one of them.")
    clock = clock or Clock()
    named, never = sources or config.sources, {path.resolve() for path in config.frameworks}
    paths = expand_sources(named, never=never)
    refuse_activities(paths, config)
    if not paths:
        raise SourceError(
            "There is nothing to build: no source was named and kg.toml names none. "
            "Name a file (kg build harvest.xlsx) or list it under [sources] files in kg.toml."
        )
    with one_writer(config.output), seldom_collected():
        with clock.stage("read"):
            reading = allowed(read_all(paths, config, progress=progress), config)
            left = left_in_folders(named, home=config.root, never=never)
            reading = replace(reading, findings=(*reading.findings, *left))
            curated = read_curated(config)
        if strict and (reading.rejected or reading.unread):
            raise strictly(reading)
        refuse_loss(reading, Shelf(config.output, Audience.INTERNAL).current())
        line = Line(
            config,
            curated,
            audience=Audience.INTERNAL,
            use_ner=config.ner if ner is None else ner,
            progress=progress,
            clock=clock,
            jobs=jobs,
            dask=dask,
        )
        return _walked(line, reading)


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
    reading = allowed(kept_reading(folder, aside=config.output / CACHE), config)
    line = Line(
        config,
        read_curated(config),
        audience=Audience.INTERNAL,
        use_ner=read_with_models(folder),
        progress=progress,
        clock=Clock(),
    )
    with seldom_collected():
        return _walked(line, reading)


def _walked(line: Line, reading: AllRead) -> BuildResult:
    """Walk the line with all that was read; put the version in place."""
    config = line.config
    settled = settle(reading.records, cleared=config.cleared)
    admitted = [
        place
        for place, case in enumerate(settled.cases)
        if admit(case.record, line.audience, cleared=config.cleared)
    ]
    cases = Made(len(admitted), lambda place: settled.cases[admitted[place]])
    case_keys, key_findings = keys(cases)
    keyed = sorted_by_key(case_keys, cases)
    walked = line.walk(
        keyed,
        sources=[(label, kind) for label, kind, _ in reading.rows],
        memory=f"names-{line.audience}.sqlite",
    )
    findings = [f for stage in (reading, line.curated, settled) for f in stage.findings]
    findings += [*key_findings, *walked.findings, *askable(config)[1]]
    report = replace(
        _report(reading, cases, walked.parts, list(dict.fromkeys(findings)), walked.models),
        noticed=frozenset(
            {*reading.findings, *(f for f in settled.findings if f.reason == "flags-differ")}
        ),
        open_=walked.open_,
        pairs=walked.pairs,
        edited=line.curated.marks,
    )
    return _write(line, keyed, walked.parts, report)


def _write(line: Line, keyed: Keyed, parts: HarvestParts, report: Report) -> BuildResult:
    config = line.config
    sweep_edited(config.root)
    shelf = Shelf(config.output, line.audience)
    last = shelf.current()
    before, after = last_said(last) if last else None, dict[str, bytes]()
    with shelf.draft() as draft:
        draft_graph(line, parts, draft, cache=shelf.cache, last=last)
        with line.clock.stage("write"):
            draft.write("records.jsonl", json_lines(noted(record_lines(keyed), after)))
            draft.write("report.json", report.as_json())
            audit.record(
                config.private,
                "build",
                audience=str(line.audience),
                digest=draft.digest,
                fragments=len(parts.fragments),
                rejected=len(report.rejected),
            )
            folder = draft.publish()
        sweep(shelf.cache, keep=kept_graphs(config.output))
    return BuildResult(folder=folder, report=report, changes=changes(before, after))


def draft_graph(
    line: Line,
    parts: HarvestParts,
    draft: Draft,
    *,
    cache: Path | None,
    last: Path | None = None,
) -> None:
    """Write what every audience gets: the graph, the mentions and the page.

    Args:
        line: Settings, audience.
        parts: What the graph says.
        draft: Where it is written to.
        cache: Folder for the database; None makes none.
        last: Folder of the version before.
    """
    names = Names(line.config.base_iri)
    with line.clock.stage("graph"):
        trig = draft.write(
            "harvest.trig", harvest_trig(parts, ontology_quads(names=names), names=names)
        )
    line.progress("building the graph", 2, STEPS)
    if cache is not None:
        with line.clock.stage("index"):
            # The next question finds it made.
            database(trig, cache=cache, last=last and last / trig.name)
    line.progress("building the graph", 3, STEPS)
    with line.clock.stage("draw"):
        draft.write("explorer.html", _page(line, trig, cache=cache).encode("utf-8", "replace"))
    with line.clock.stage("write"):
        draft.write(
            "mentions.jsonl",
            (
                line
                for fragment, found in zip(parts.fragments, parts.found, strict=True)
                for line in json_lines(mention_lines(found.mentions, (fragment,), names=names))
            ),
        )


def _page(line: Line, trig: Path, *, cache: Path | None) -> str:
    """The page that people open: of all of the harvest, or of its most linked part."""
    config = line.config
    if is_large(trig):
        return part_page(trig, name=config.name, audience=line.audience, language=config.language)
    select = swept(trig, otherwise=partial(asked, trig, cache=cache))
    return explorer_page(
        whole(select),
        select,
        name=config.name,
        audience=line.audience,
        base=config.base_iri,
        language=config.language,
        trig=trig if config.sparql else None,
        library=offered(config, line.audience),
    )


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
        confidential=parts.counts["confidential"],
        models=models,
        counts={
            "organisations": sum(e.kind is Kind.ORGANISATION for e in accepted),
            "unlinked outcomes": len(parts.frameworks.unlinked),
            **{name: count for name, count in parts.counts.items() if name != "confidential"},
        },
        version=__version__,
    )
