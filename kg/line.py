"""The line that every audience walks: records → what the graph says. No output is written here.

A build walks it with all records, a release with the cleared ones, masked.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kg.aside import Aside, Made
from kg.audience import confidential
from kg.claims import claims
from kg.clock import Clock
from kg.codes.ids import REASON, odd_ids
from kg.config import Config
from kg.extract import Task, find_names
from kg.extract.cluster import cluster
from kg.extract.crew import crew
from kg.extract.settings import BLANK
from kg.fragment import interpret
from kg.frameworks import declare, frameworks
from kg.graph import Found, HarvestParts
from kg.grouping import grouped
from kg.identity import Case
from kg.link_order import link_order
from kg.model import Audience, Finding, Fragment, Kind, Mention, MentionStatus
from kg.outcome_links import OutcomeLink, outcome_links
from kg.places import Places
from kg.resolve import Open, Pair, Resolution, resolve
from kg.sources import CACHE, Curated, Progress
from kg.version import __version__
from kg.vocab import Names, slug
from kg.vocabulary import load_vocabulary

#: Steps after the texts are read: names settled, graph made, page drawn, all written.
STEPS = 4

#: Mentions that are held in memory at each step of settling them: those of a usual harvest.
MENTIONS = 100_000

#: Records with their keys, in any order.
Keyed = Sequence[tuple[str, Case]]


def in_order(keys: Sequence[str], cases: Sequence[Case]) -> Keyed:
    """Records with their keys, in order of key; each is read when it is asked for."""
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return Made(len(order), lambda place: (keys[order[place]], cases[order[place]]))


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk down the line found: the parts of a graph, and what a person should look at."""

    parts: HarvestParts
    findings: tuple[Finding, ...]
    models: dict[str, str]
    open_: tuple[Open, ...] = ()
    pairs: tuple[Pair, ...] = ()


@dataclass(slots=True)
class Line:
    """How to walk: settings, edited files, who reads.

    `jobs`: processes of this machine that read texts; `dask`: address of a cluster that does
    instead. `keep_curated`: list curated organisations that no text names, too. `whole`: says of a
    mention whether it is a name, and no part of one; None takes each for one.
    """

    config: Config
    curated: Curated
    audience: Audience
    use_ner: bool
    progress: Progress
    clock: Clock
    jobs: int = 1
    dask: str | None = None
    keep_curated: bool = True
    whole: Callable[[Fragment, Mention], bool] | None = None

    @property
    def cache(self) -> Path:
        """Where what may be thrown away lies."""
        return self.config.output / CACHE

    def understand(self, keyed: Keyed) -> tuple[Sequence[Fragment], list[Finding]]:
        """Records → fragments, in order of key."""
        vocabulary = load_vocabulary()
        fragments: Aside[Fragment] = Aside(self.cache)
        findings: list[Finding] = []
        if not isinstance(keyed, Made):
            keyed = sorted(keyed, key=lambda pair: pair[0])
        with self.clock.stage("fragment"):
            for key, case in keyed:
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

    def name(
        self, fragments: Sequence[Fragment], *, memory: str
    ) -> tuple[Resolution, dict[str, str]]:
        """Fragments → the names in them, and whose they are. *memory*: a file of the cache."""
        resolution, models = self._named(fragments, memory=memory)
        return replace(resolution, mentions=tuple(resolution.mentions)), models

    def _named(
        self, fragments: Sequence[Fragment], *, memory: str
    ) -> tuple[Resolution, dict[str, str]]:
        """The same; where there are many mentions, they lie aside."""
        names, places = Names(self.config.base_iri), Places.load()
        with self.clock.stage("extract"):
            mentions, models = self._extract(fragments, places, memory=memory)
        with self.clock.stage("resolve"):
            resolution = resolve(
                fragments,
                mentions,
                organisations=self.curated.organisations,
                decisions=self.curated.decisions,
                names=names,
                keyed=self.curated.keyed,
                keep_curated=self.keep_curated,
            )
        return resolution, models

    def walk(self, keyed: Keyed, *, sources: Sequence[tuple[str, str]], memory: str) -> Walked:
        """All stages in order.

        Args:
            keyed: The records and their keys.
            sources: (file, media type) of each source, for the graph to name; empty names none.
            memory: File of the cache that remembers names.
        """
        names, places = Names(self.config.base_iri), Places.load()
        fragments, noticed = self.understand(keyed)
        resolution, models = self._named(fragments, memory=memory)
        self.progress("building the graph", 0, STEPS)
        with self.clock.stage("link"):
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
            found = Aside(
                self.cache, self._found(fragments, related.mentions, linked.mentions, related.links)
            )
        parts = HarvestParts(
            fragments=fragments,
            found=found,
            entities=resolution.entities,
            counts=_counts(fragments, found),
            frameworks=replace(linked, mentions=()),  # they stand with their fragments now
            sources=sources,
            place_labels=places.labels,
            programme=self.config.programme,
            version=__version__,
        )
        findings = [f for stage in (resolution, linked, related) for f in stage.findings]
        findings += link_order(fragments, related.links, related.mentions)
        findings += [f for f in noticed if _mark(f) not in linked.settled]
        # Ids and objectives alone: it holds all records, to find the habit of the harvest.
        bare = (replace(f, statements=(), choices={}) for f in fragments)
        findings += odd_ids(bare, {f.key for f in noticed if f.reason == REASON and f.key})
        self.progress("building the graph", 1, STEPS)
        return Walked(parts, tuple(findings), models, resolution.open_, resolution.pairs)

    def _extract(
        self, fragments: Sequence[Fragment], places: Places, *, memory: str
    ) -> tuple[Sequence[Mention], dict[str, str]]:
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
            memory=self.config.output / ".cache" / memory,
            crew=(
                partial(cluster, address=self.dask)
                if self.dask is not None
                else partial(crew, jobs=self.jobs)
            ),
            progress=lambda done: self.progress("reading texts", done, total),
        )
        used = dict(task.used)
        if self.use_ner:
            spoken = {s.language for f in fragments for s in f.statements} - {None}
            # Told too: a language of these texts that rules alone read.
            used = {str(tag): BLANK for tag in spoken} | used
        named = (
            mention
            for fragment, mentions in zip(fragments, found, strict=True)
            for mention in mentions
            if self.whole is None or self.whole(fragment, mention)
        )
        return Aside(self.cache, named, held=MENTIONS), used

    def _found(
        self,
        fragments: Sequence[Fragment],
        mentions: Iterable[Mention],
        codes: Iterable[Mention],
        links: Iterable[OutcomeLink],
    ) -> Iterator[Found]:
        """What was found in each fragment: names, codes, and what follows from the names."""
        names = Names(self.config.base_iri)
        keys = [fragment.key for fragment in fragments]
        beside = zip(
            fragments, grouped(mentions, keys), grouped(codes, keys), grouped(links, keys),
            strict=True,
        )  # fmt: skip
        for fragment, named, coded, related in beside:
            programme = slug(fragment.programme or self.config.programme)
            stated = claims(
                fragment,
                named,
                programme_iri=names.programme(programme),
                programme_slug=programme,
                programme=self.config.programme,
            )
            yield Found(fragment.key, (*named, *coded), stated, tuple(related))


def _counts(fragments: Iterable[Fragment], found: Iterable[Found]) -> Mapping[str, int]:
    counted = Counter({"fragments": 0, "confidential": 0, "participations": 0})
    mentions: Counter[tuple[Kind, MentionStatus]] = Counter()
    for fragment, beside in zip(fragments, found, strict=True):
        counted["fragments"] += 1
        counted["confidential"] += fragment.confidential
        counted["participations"] += len(beside.claims)
        mentions.update((m.kind, m.status) for m in beside.mentions)
    told = {f"{kind.value} mentions {status.value}": n for (kind, status), n in mentions.items()}
    return {**counted, **told}


def _mark(finding: Finding) -> tuple[str, str, str]:
    """By which a later stage names a finding that it has settled."""
    return (finding.key or "", finding.reason, finding.where.field or "")
