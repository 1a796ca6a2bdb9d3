"""`kg forget`: remove fragments from everything that kg made, and never read them again.

    bar (.kg/forgotten.csv) → decisions that only they named → build → release

The bar comes first and is written for good: whatever ends the program behind
it, the next command finishes the rest before it answers.
"""

import codecs
import csv
import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import audit
from kg.config import Config
from kg.edited import sweep_edited, write_edited
from kg.errors import WorkspaceError
from kg.forgotten import bar, read_forgotten
from kg.harvest import Harvest
from kg.kept import kept_records
from kg.keys import make_key, read_key
from kg.model import Audience, Record, Where
from kg.pipeline import rebuild_held
from kg.private import FORGETTING, private_folder, unfinished, write_private
from kg.release.make import release_held
from kg.sources import Progress, read_curated, silent
from kg.targets import Target
from kg.vocab import SPARQL_HEAD, fold
from kg.workspace import Shelf, one_writer

#: How an outcome hangs on what was named, where that is no fragment.
_PATHS = {
    "fragment": "^oh:reports",
    "organisation": "oh:involves",
    "outcome": "oh:contributesTo/skos:broader*",
    "output": "oh:contributesTo/skos:broader*",
    "objective": "oh:contributesTo/skos:broader*",
}
_DELIMITERS = (",", ";", "\t", "|")
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


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

    `decisions` are lines taken out of decisions.csv; `organisations` lines of
    organisations.yaml that name what only the forgotten records named;
    `released` says whether there is a release, made anew.
    """

    fragments: tuple[Doomed, ...]
    decisions: int
    organisations: tuple[int, ...]
    released: bool


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
        records = [copy for fragment in fragments for copy in fragment.copies]
        _mark(config)
        bar(config.private, key, records)
        gone = {fragment.key for fragment in fragments}
        before = dict(kept_records(Shelf(config.output, Audience.INTERNAL).read()))
        stay = _words(copies[0] for key, copies in before.items() if key not in gone)
        went = _words(records)
        decisions = _forget_decisions(config, went=went, stay=stay)
        released = _finish(config, fragments=len(fragments), decisions=decisions, progress=progress)
        return Forgotten(
            fragments=tuple(fragments),
            decisions=decisions,
            organisations=_only_theirs(config, went=went, stay=stay),
            released=released,
        )


def finish(config: Config, *, progress: Progress = silent) -> None:
    """Finish a forgetting that was ended in the middle.

    Raises:
        WorkspaceError: a folder cannot be written.
    """
    with one_writer(config.output):
        if unfinished(config.private):
            sweep_edited(config.root)
            barred = read_forgotten(config.private, read_key(config.private))
            kept = dict(kept_records(Shelf(config.output, Audience.INTERNAL).read()))
            stay = _words(c[0] for c in kept.values() if not any(map(barred.bars, c)))
            gone = [c[0] for c in kept.values() if any(map(barred.bars, c))]
            decisions = _forget_decisions(config, went=_words(gone), stay=stay)
            _finish(config, fragments=len(gone), decisions=decisions, progress=progress)


def _mark(config: Config) -> None:
    try:
        private_folder(config.private)
        write_private(config.private / FORGETTING, b"", durably=True)
    except OSError as error:
        why = (error.strerror or "input/output error").lower()
        raise WorkspaceError(
            f"{config.private}: cannot be written ({why}); nothing was forgotten. "
            "Check the folder's permissions and the free space."
        ) from error


def _finish(config: Config, *, fragments: int, decisions: int, progress: Progress) -> bool:
    """Build every audience without what is barred, and log it; the marker goes last."""
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
    audit.record(
        config.private,
        "forget",
        digest=Shelf(config.output, Audience.INTERNAL).read().name,
        fragments=fragments,
        decisions=decisions,
    )
    (config.private / FORGETTING).unlink(missing_ok=True)
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


def _words(records: Iterable[Record]) -> str:
    """All that some records say, folded, for looking names up in it."""
    return "\n".join(fold(cell.text) for record in records for cell in record.cells)


def _theirs(name: str, *, went: str, stay: str) -> bool:
    """Do the forgotten records alone hold these words?"""
    words = fold(name)
    return bool(words) and words in went and words not in stay


def _forget_decisions(config: Config, *, went: str, stay: str) -> int:
    """Take lines out of decisions.csv whose words only the forgotten records hold; how many."""
    path = config.edited("decisions.csv")
    if path is None:
        return 0
    lines = {
        decision.line
        for decision in read_curated(config).decisions
        if any(_theirs(text, went=went, stay=stay) for text in (decision.a, decision.b))
        or _theirs(decision.reason, went=went, stay=stay)
    }
    if lines:
        write_edited(path, _without(path.read_bytes(), lines))
    return len(lines)


def _only_theirs(config: Config, *, went: str, stay: str) -> tuple[int, ...]:
    """Lines of organisations.yaml with a name that only the forgotten records hold."""
    return tuple(
        entry.line
        for entry in read_curated(config).organisations
        if any(
            _theirs(name, went=went, stay=stay)
            for name in (*(text for _, text in entry.labels), *entry.acronyms, *entry.aliases)
        )
    )


def _without(data: bytes, lines: Collection[int]) -> bytes:
    """A table without the rows that begin on some lines, every other byte as it was."""
    wide = next((name for mark, name in _WIDE if data.startswith(mark)), None)
    # Latin-1 keeps every byte of UTF-8 and cp1252, and all that CSV knows is ASCII.
    text = data.decode(wide or "latin-1")
    physical = text.splitlines(keepends=True) if wide else _physical(text)
    header = next((line for line in physical if line.strip()), "")
    reader = csv.reader(physical, delimiter=max(_DELIMITERS, key=header.count))
    kept: list[str] = []
    start = 0
    for _ in reader:
        if start + 1 not in lines:
            kept += physical[start : reader.line_num]
        start = reader.line_num
    return "".join(kept).encode(wide or "latin-1")


def _physical(text: str) -> list[str]:
    """Lines that end with a line feed: of Latin-1, `splitlines` would take more for an end."""
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
