"""A release: the same line, walked with cleared records, fewer edited lines and masked text.

Nothing downstream filters or hides: what is withheld was never there. The
folder is a function of the cleared records, the cleared lines of the edited
files and the settings, and of nothing else.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg import audit
from kg.audience import admit
from kg.clock import Clock
from kg.config import Config
from kg.forgotten import read_forgotten
from kg.identity import Case, keys, settle
from kg.kept import kept_reading, read_with_models
from kg.keys import read_key
from kg.line import Line
from kg.model import Audience, Origin, Record
from kg.pipeline import draft_graph
from kg.release.again import hidden, says_a_name
from kg.release.cleared import Terms, cleared, published, series
from kg.release.cut import whole
from kg.release.described import described
from kg.release.mask import MASK, all_told, with_masks
from kg.release.names import Names
from kg.release.readme import readme
from kg.release.said import Named, Rare, said_of, stands_out
from kg.sources import Progress, read_curated, silent
from kg.store import open_store, select_from, sweep
from kg.vocab import filled_field
from kg.workspace import Draft, Shelf, kept_graphs, one_writer

#: Files of the cache that remember the names of texts before masking, and after.
_UNMASKED, _MASKED = "names-public-unmasked.sqlite", "names-public.sqlite"
#: Coded cells with words of one's own: letters of an id, of an objective.
_CODES = ("fragment_id", "objective_link", "framework_link")
_NOWHERE = (Origin("", 0, ""),)


@dataclass(frozen=True, slots=True)
class Released:
    """A finished release: where it lies, its digest, how many records it was made from.

    `masks` are places at which a name was taken out; `signed_by` is "" where nobody signed.
    """

    folder: Path
    digest: str
    fragments: int
    withheld: int
    masks: int
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a release would say, and what in it stands out; see `kg.release.said`.

    `signed_by` is "" where nobody signed for its digest.
    """

    digest: str
    fragments: int
    withheld: int
    masks: int
    named: tuple[Named, ...]
    rare: tuple[Rare, ...]
    signed_by: str = ""


def release(
    config: Config, *, sign: Callable[[], str] = str, progress: Progress = silent
) -> Released:
    """Make `output/public/` from the cleared records of the last build.

    Args:
        config: The project's settings.
        sign: Asked, once the copy is drafted, who answers for it; "" is nobody.
        progress: Told of every step.

    Raises:
        ConfigError: an edited file says something that kg cannot follow.
        WorkspaceError: nothing was built yet, or a folder cannot be written.
    """
    with one_writer(config.output):
        return release_held(config, sign=sign, progress=progress)


def release_held(
    config: Config, *, sign: Callable[[], str] = str, progress: Progress = silent
) -> Released:
    """`release` for whoever holds the output folder already."""
    shelf = Shelf(config.output, Audience.PUBLIC)
    with shelf.draft() as draft:
        made = _draft(config, draft, progress=progress)
        made = replace(made, signed_by=sign())
        # Logged first: what is published without a line could never be told again.
        _log(config, "release", made)
        folder = draft.publish()
        sweep(shelf.cache, keep=kept_graphs(config.output))
    return replace(made, folder=folder)


def preview(config: Config, *, signed_by: str = "", progress: Progress = silent) -> Preview:
    """The same release, drafted and thrown away: what it would say. Nothing is published.

    Args:
        config: The project's settings.
        signed_by: Who read it and answers for it; kept in the audit log with its digest.
        progress: Told of every step.

    Raises:
        ConfigError: an edited file says something that kg cannot follow.
        WorkspaceError: nothing was built yet, or a folder cannot be written.
    """
    with one_writer(config.output), Shelf(config.output, Audience.PUBLIC).draft() as draft:
        made = replace(_draft(config, draft, progress=progress), signed_by=signed_by)
        select = select_from(open_store(draft.folder / "harvest.trig", cache=None))
        if signed_by:
            _log(config, "sign-off", made)
        return Preview(
            digest=made.digest,
            fragments=made.fragments,
            withheld=made.withheld,
            masks=made.masks,
            named=said_of(select),
            rare=tuple(stands_out(select)),
            signed_by=made.signed_by,
        )


def _log(config: Config, what: str, made: Released) -> None:
    audit.record(
        config.private,
        what,
        audience=str(Audience.PUBLIC),
        digest=made.digest,
        fragments=made.fragments,
        masks=made.masks,
        signed_by=made.signed_by or None,
    )


def _draft(config: Config, draft: Draft, *, progress: Progress) -> Released:
    folder = Shelf(config.output, Audience.INTERNAL).read()
    reading = kept_reading(folder)
    barred = read_forgotten(config.private, read_key(config.private))
    records, _ = barred.part(reading.records)  # a forgetting may have been ended in the middle
    settled = settle(records, cleared=config.cleared)
    admitted = [
        case
        for case in settled.cases
        if admit(case.record, Audience.PUBLIC, cleared=config.cleared)
    ]
    curated = published(read_curated(config), files=config.published)
    line = Line(
        # Every record that comes so far is cleared, whatever file it stood in.
        replace(config, cleared=frozenset({""})),
        curated,
        audience=Audience.PUBLIC,
        use_ner=read_with_models(folder),
        progress=progress,
        clock=Clock(),
        keep_curated=False,
        whole=whole,
    )
    numbered = [(str(number), case) for number, case in enumerate(admitted)]
    understood, _ = line.understand(numbered)
    terms = Terms(
        language=config.language,
        programme=config.programme,
        columns=config.release_columns,
        objectives=frozenset(e.code for e in curated.framework if e.kind == "objective"),
        series=series(f.identifier for f in understood)
        | series(code.number for f in understood for code in f.objectives),
    )
    told, masks = _masked([cleared(fragment, terms) for fragment in understood], line)
    walked = line.walk(_keyed(told), sources=(), memory=_MASKED)
    draft_graph(line, walked.parts, draft, cache=None)
    draft.write("README.txt", readme(config, outcomes=len(told)))
    if config.licence or config.date:
        draft.write("dataset.ttl", described(config, draft.folder))
    return Released(
        folder=draft.folder,
        digest=draft.digest,
        fragments=len(told),
        withheld=len(settled.cases) - len(told),
        masks=masks,
    )


def _masked(records: Sequence[Record], line: Line) -> tuple[list[Record], int]:
    """Mask until nothing is suspected any more: a mark can change what the words beside it say.

    Each walk masks something that was not, so this ends.
    """
    found, memory, names = list(records), _UNMASKED, Names()
    while True:
        keyed = _keyed(found)
        fragments, _ = line.understand(keyed)
        told = [all_told(fragment) for fragment in fragments]
        resolution, _ = line.name(told, memory=memory)
        places = hidden(told, resolution.mentions, names)
        if not places:
            masks = _marks(found) - _marks(records)
            return [_without_names(record, names.known) for record in found], masks
        found = [with_masks(case.record, places.get(key, ())) for key, case in keyed]
        memory = _MASKED


def _marks(records: Iterable[Record]) -> int:
    return sum(cell.text.count(MASK) for record in records for cell in record.cells)


def _without_names(record: Record, names: Collection[str]) -> Record:
    """A record whose id and objectives say no name that its sentences had."""
    return replace(
        record,
        cells=tuple(
            cell
            for cell in record.cells
            if filled_field(cell.field) not in _CODES or not says_a_name(cell.text, names)
        ),
    )


def _keyed(records: Sequence[Record]) -> list[tuple[str, Case]]:
    cases = [Case(record, _NOWHERE) for record in records]
    return list(zip(keys(cases)[0], cases, strict=True))
