"""`kg forget`: remove fragments from everything that kg made, and never read them again.

    marker → bar (.kg/forgotten.csv) → decisions that only they named → build → release

The marker (.kg/forgetting) holds the bar itself, and which lines people should look at, and goes
last: whatever ends the program in between, the next command finishes the rest before it answers.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from kg import audit
from kg.config import Config
from kg.edited import sweep_edited, write_edited
from kg.errors import WorkspaceError
from kg.forgotten import bar, hashes, read_forgotten, shares
from kg.harvest import Harvest
from kg.kept import kept_records
from kg.keys import make_key, read_key
from kg.model import Audience, Record, Where
from kg.pipeline import rebuild_held
from kg.private import FORGETTING, private_folder, unfinished, write_private
from kg.release.make import release_held
from kg.sources import Progress, read_curated, silent
from kg.targets import Target
from kg.traces import doubts, of_persons, said, theirs, without
from kg.vocab import SPARQL_HEAD
from kg.workspace import Shelf, one_writer

#: How an outcome hangs on what was named, where that is no fragment.
_PATHS = {
    "fragment": "^oh:reports",
    "organisation": "oh:involves",
    "outcome": "oh:contributesTo/skos:broader*",
    "output": "oh:contributesTo/skos:broader*",
    "objective": "oh:contributesTo/skos:broader*",
}
#: File and line of what people wrote and should look at.
Doubts = tuple[tuple[str, int], ...]
#: What an error says where nothing had begun, and what is so behind the bar.
_NOTHING = "nothing was changed"
_BEGUN = "the forgetting has begun and is not done, and the next kg command finishes it"


@dataclass(frozen=True, slots=True)
class Doomed:
    """A fragment that would be forgotten, and every copy of it that was read."""

    key: str
    copies: tuple[Record, ...]

    @property
    def identifier(self) -> str:
        """The id as typed; "" where it has none."""
        return self.copies[0].value("fragment_id") or ""

    @property
    def places(self) -> tuple[Where, ...]:
        """Where it stands in the sources, which kg never changes."""
        return tuple(sorted({copy.where() for copy in self.copies}))


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was done, and what is out of reach.

    `decisions` are lines taken out of decisions.csv; `doubts` files and lines
    that people wrote and that may still speak of what was forgotten; `released`
    says whether there is a release, made anew; `shared`, whether what stays has an id or a
    description of theirs, by which they cannot be barred.
    """

    fragments: tuple[Doomed, ...]
    decisions: int
    doubts: Doubts
    released: bool
    shared: bool = False


def doomed(harvest: Harvest, targets: Sequence[str]) -> tuple[Doomed, ...]:
    """The fragments that some targets mean: themselves, or every outcome linked to them.

    Raises:
        TargetError: nothing of that name, or several things.
    """
    found: set[str] = set()
    for text in targets:
        for target in harvest.find(text, ("fragment", "code", "objective", "organisation")):
            found |= _keys(harvest, target)
    return tuple(
        Doomed(key, copies) for key, copies in kept_records(harvest.folder) if key in found
    )


def _keys(harvest: Harvest, target: Target) -> set[str]:
    rows = harvest.select(
        f"{SPARQL_HEAD} SELECT ?key WHERE {{ ?fragment oh:key ?key ; oh:reports ?outcome . "
        f"?outcome {_PATHS[target.kind]} <{target.iri}> }}"
    )
    return {row["key"] for row in rows}


def forget(
    config: Config, fragments: Sequence[Doomed], *, progress: Progress = silent
) -> Forgotten:
    """Remove fragments for good: from every audience, the cache and the decisions.

    Args:
        config: The project's settings.
        fragments: What to forget, from `doomed`.
        progress: Told of every step.

    Raises:
        ConfigError: an edited file says something that kg cannot follow.
        WorkspaceError: a folder cannot be written. Once the bar stands, the next command finishes.
    """
    with one_writer(config.output):
        key = make_key(config.private)
        read_forgotten(config.private, key)  # refuses where nobody could read the bar
        gone = {fragment.key for fragment in fragments}
        records = [copy for fragment in fragments for copy in fragment.copies]
        kept = dict(kept_records(Shelf(config.output, Audience.INTERNAL).read()))
        stay = [copy for name, copies in kept.items() if name not in gone for copy in copies]
        told, curated = said(records, stay), read_curated(config)
        lines = theirs(curated, told) | of_persons(curated, records, stay, key)
        mark = _Mark(
            fragments=len(fragments),
            decisions=len(lines),
            bars=hashes(records, key, stay=stay),
            doubts=doubts(config, told, gone=lines),
        )
        _begin(config, mark)
        with _begun():
            _forget_decisions(config, lines)
            released = _finish(config, mark, progress=progress)
            return Forgotten(
                fragments=tuple(fragments),
                decisions=len(lines),
                doubts=mark.doubts,
                released=released,
                shared=any(shares(record, key, stay=stay) for record in records),
            )


def finish(config: Config, *, progress: Progress = silent) -> Doubts:
    """Finish a forgetting that was ended in the middle.

    Returns:
        File and line of what people wrote and that may still speak of what was forgotten.

    Raises:
        WorkspaceError: a folder cannot be written, or nothing tells any more what to forget.
    """
    with one_writer(config.output):
        if not unfinished(config.private):
            return ()
        mark = _marked(config)
        with _begun():
            sweep_edited(config.root)
            if mark:
                bar(config.private, read_key(config.private), mark.bars)
            barred = read_forgotten(config.private, read_key(config.private))
            shelf = Shelf(config.output, Audience.INTERNAL)
            kept = tuple(kept_records(shelf.read())) if shelf.current() else ()
            gone = [copies[0] for _, copies in kept if any(map(barred.bars, copies))]
            if mark or gone:
                stay = [copies[0] for _, copies in kept if not any(map(barred.bars, copies))]
                told, curated = said(gone, stay), read_curated(config)
                lines = theirs(curated, told)
                if barred.key:
                    lines |= of_persons(curated, gone, stay, barred.key)
                # Once they are gone nobody knows their words: the marker tells what was seen then.
                look = doubts(config, told, gone=lines) if gone else mark.doubts if mark else ()
                _forget_decisions(config, lines)
                mark = mark or _Mark(len(gone), len(lines), bars=(), doubts=look)
                _finish(config, mark, progress=progress)
                return look
            if barred.hashes and kept:
                _rebuild(config, progress=progress)
            (config.private / FORGETTING).unlink(missing_ok=True)
        raise WorkspaceError(
            f"{config.private / FORGETTING}: says that a forgetting began, and not of what; "
            "nothing was forgotten by it. Ask again: kg forget TARGET"
        )


@dataclass(frozen=True, slots=True)
class _Mark:
    """What the marker holds: the bar of a forgetting, what the log will say of it, and `doubts`."""

    fragments: int
    decisions: int
    bars: tuple[tuple[str, str], ...]
    doubts: Doubts = ()


def _begin(config: Config, mark: _Mark) -> None:
    """Write marker and bar. From here on the next command finishes what this one does not."""
    path = config.private / FORGETTING
    fresh = path.with_name(f".{FORGETTING}")
    tree = asdict(mark)
    try:
        private_folder(config.private)
        write_private(fresh, json.dumps(tree).encode("ascii"), durably=True)
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        why = (error.strerror or "input/output error").lower()
        raise WorkspaceError(
            f"{config.private}: cannot be written ({why}); nothing was forgotten. "
            "Check the folder's permissions and the free space."
        ) from error
    with _begun():
        bar(config.private, read_key(config.private), mark.bars)


def _marked(config: Config) -> _Mark | None:
    """What the marker holds; None where it tells nothing, as that of an older kg."""
    try:
        tree = json.loads((config.private / FORGETTING).read_bytes())
        bars = tuple((str(kind), str(told)) for kind, told in tree["bars"])
        look = tuple((str(file), int(line)) for file, line in tree.get("doubts", ()))
        return _Mark(int(tree["fragments"]), int(tree["decisions"]), bars, look)
    except OSError as error:
        why = (error.strerror or "input/output error").lower()
        raise WorkspaceError(
            f"{config.private / FORGETTING}: cannot be read ({why}), and it says what is to be "
            "forgotten; nothing is told before. Check the file's permissions."
        ) from error
    except (ValueError, KeyError, TypeError):
        return None


@contextmanager
def _begun() -> Iterator[None]:
    """Behind the marker no error may say that nothing was changed."""
    try:
        yield
    except WorkspaceError as error:
        raise WorkspaceError(str(error).replace(_NOTHING, _BEGUN)) from error


def _finish(config: Config, mark: _Mark, *, progress: Progress) -> bool:
    """Build every audience without what is barred, and log it; the marker goes last."""
    released = _rebuild(config, progress=progress)
    audit.record(
        config.private,
        "forget",
        digest=Shelf(config.output, Audience.INTERNAL).read().name,
        fragments=mark.fragments,
        decisions=mark.decisions,
    )
    (config.private / FORGETTING).unlink(missing_ok=True)
    return released


def _rebuild(config: Config, *, progress: Progress) -> bool:
    """Build again, and release where there is a release; was there one?"""
    released = Shelf(config.output, Audience.PUBLIC).current() is not None
    # Whole: what is remembered of texts, of a preview too, is made again from what stays.
    _remove(config.output / ".cache")
    rebuild_held(config, progress=progress)
    if released:
        release_held(config, progress=progress)
    for shelf in (Shelf(config.output, audience) for audience in Audience):
        if not shelf.settled():
            raise WorkspaceError(
                f"{shelf.folder}: an older copy cannot be removed, and it holds what is to be "
                "forgotten. Close what has it open (kg serve, a browser, a notebook) and check the "
                "folder's permissions; the next kg command finishes the forgetting."
            )
    return released


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        why = (error.strerror or "input/output error").lower()
        raise WorkspaceError(
            f"{folder}: cannot be removed ({why}), and it remembers what is to be forgotten. Close "
            "what has it open (kg serve, a notebook); the next kg command finishes the forgetting."
        ) from error


def _forget_decisions(config: Config, lines: frozenset[int]) -> None:
    path = config.edited("decisions.csv")
    if path is not None and lines:
        write_edited(path, without(path.read_bytes(), lines))
