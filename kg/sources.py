"""All that a build reads: the sources together, and the files that people edit."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from kg.aside import Aside
from kg.config import Config
from kg.errors import SourceError
from kg.frameworks.files import read_frameworks
from kg.keys import NameKey, read_key, which_key
from kg.model import (
    Decision,
    Finding,
    FrameworkEntry,
    Organisation,
    Record,
    Rejection,
    Where,
)
from kg.places import Places
from kg.read import UNREAD, Headings, Stream, error_of, stream, unread
from kg.read.events import Unread
from kg.read.source import TELL_EACH
from kg.registry import read_decisions, read_organisations

#: Folder of the output for what may be thrown away at will.
CACHE = ".cache"
#: What reading is called where it is told how far it is.
READING = "reading rows"
#: Told of every step: stage, records done, records in all (0 where nobody knows).
Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Curated:
    """What people edit beside `kg.toml`. `keyed` reads the lines about persons, if it is here.

    `marks` are digests of the files as they were read.
    """

    organisations: tuple[Organisation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    framework: tuple[FrameworkEntry, ...] = ()
    findings: tuple[Finding, ...] = ()
    keyed: NameKey | None = None
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AllRead:
    """What all sources together hold."""

    records: Sequence[Record]
    rejected: tuple[Rejection, ...]
    findings: tuple[Finding, ...]
    rows: tuple[tuple[str, str, int], ...]  # file, media type, rows read

    @property
    def unread(self) -> tuple[Finding, ...]:
        """Files that could not be read; their rows are no part of the others."""
        return tuple(finding for finding in self.findings if finding.reason == UNREAD)


def read_all(paths: Sequence[Path], config: Config, *, progress: Progress) -> AllRead:
    """Read every source, in order of name.

    A file that cannot be read is told (`AllRead.unread`), and the others are read.

    Raises:
        SourceError: not one of them can be read.
    """
    headings = Headings.load(config.headings)
    records: Aside[Record] = Aside(config.output / CACHE)
    rejected: list[Rejection] = []
    findings: list[Finding] = []
    rows: list[tuple[str, str, int]] = []
    problems: list[SourceError] = []
    before = 0

    def tell(done: int) -> None:
        progress(READING, before + done, 0)

    for label, path in _labels(paths):
        first = len(records)
        try:
            reading = stream(path, headings=headings, label=label)
            refused, noticed = _taken(reading, records, progress=tell)
        except SourceError as problem:
            records.cut(first)
            problems.append(problem)
            findings.append(unread(label, problem))
            continue
        before += reading.rows
        tell(0)
        rejected += refused
        findings += noticed
        rows += [(file.file, file.format, file.rows) for file in reading.files]
    if problems and len(problems) == len(paths):
        # Beside a broken harvest a picture is no reason.
        raise next((p for p in problems if type(p) is SourceError), problems[0])
    return AllRead(records, tuple(rejected), tuple(findings), tuple(sorted(rows)))


def _taken(
    reading: Stream, records: Aside[Record], *, progress: Callable[[int], None]
) -> tuple[list[Rejection], list[Finding]]:
    """Put the records of one source aside; what it says beside them.

    Raises:
        SourceError: it cannot be read to its end.
    """
    first = len(records)
    rejected: list[Rejection] = []
    findings: list[Finding] = []
    unread: list[Finding] = []
    for item in reading:
        if isinstance(item, Record):
            records.append(item)
            if (len(records) - first) % TELL_EACH == 0:
                progress(reading.rows)
        elif isinstance(item, Rejection):
            rejected.append(item)
        elif isinstance(item, Unread):
            file = item.finding.where.file
            while len(records) > first and records[-1].file == file:
                records.cut(len(records) - 1)
            rejected = [rejection for rejection in rejected if rejection.where.file != file]
            findings = [finding for finding in findings if finding.where.file != file]
            unread.append(item.finding)
        else:
            findings.append(item)
    return rejected, [*findings, *unread]


def _labels(paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """Files by name; two files of one name are told apart by their folders."""
    counted = Counter(path.name for path in paths)
    labels = {
        path: path.name if counted[path.name] == 1 else f"{path.parent.name}/{path.name}"
        for path in paths
    }
    if len(set(labels.values())) < len(labels):
        labels = {path: str(path) for path in paths}
    return sorted((label, path) for path, label in labels.items())


def read_curated(config: Config) -> Curated:
    """Read `organisations.yaml`, `decisions.csv` and the results frameworks, where they are.

    Raises:
        ConfigError: one of them says something that kg cannot follow.
    """
    marks = edited_marks(config)  # before reading: an edit in between is noticed later
    organisations = config.edited("organisations.yaml")
    decisions = config.edited("decisions.csv")
    entries, findings = read_frameworks(config)
    curated = Curated(
        organisations=read_organisations(organisations) if organisations else (),
        decisions=read_decisions(decisions) if decisions else (),
        framework=tuple(entries),
        findings=tuple(findings),
    )
    curated = replace(curated, keyed=read_key(config.private), marks=marks)
    return replace(curated, findings=(*curated.findings, *_doubts(curated)))


#: Two capitalised words beside each other may be somebody's name.
_NAME_LIKE = re.compile(r"\b[^\W\d_a-z]\w+[ -][^\W\d_a-z]\w+")


def _doubts(curated: Curated) -> Iterator[Finding]:
    """What edited files say that nothing else would notice."""
    places = Places.load()
    for organisation in curated.organisations:
        if organisation.country and places.find(organisation.country) is None:
            yield Finding(
                reason="unknown-country",
                where=Where("organisations.yaml", organisation.line, "country"),
                message="A country or region that kg does not know; it is kept as written.",
                advice="Write its name in English, French or Spanish, or its ISO code.",
            )
    yield from _unreadable_persons(curated)
    for decision in curated.decisions:
        if may_name_somebody(decision.reason):
            yield Finding(
                reason="reason-may-name-somebody",
                where=Where("decisions.csv", decision.line, "reason"),
                message="The reason may hold the name of a person; the file is often shared.",
                advice="Say why without naming anybody.",
            )


def edited_marks(config: Config) -> dict[str, str]:
    """Digests of the files that people edit beside `kg.toml`, and which key opens their hashes.

    Tells whether a build is older than what people decided.
    """
    paths = (config.edited(name) for name in ("decisions.csv", "organisations.yaml"))
    marks = {path.name: sha256(path.read_bytes()).hexdigest()[:16] for path in paths if path}
    key = read_key(config.private)
    return marks | ({"key": key.mark} if key else {})


def may_name_somebody(reason: str) -> bool:
    """Does a free text look as if it named a person?

    >>> may_name_somebody("asked Dela Quist"), may_name_somebody("seen on the letterhead")
    (True, False)
    """
    return _NAME_LIKE.search(reason) is not None


def _unreadable_persons(curated: Curated) -> Iterator[Finding]:
    """Lines about persons that the key of this project does not open, or that hold words."""
    here = curated.keyed.mark if curated.keyed else None
    lines = [d for d in curated.decisions if d.decision in {"person", "not-person"}]
    for decision in lines:
        if which_key(decision.a) is None:
            yield Finding(
                reason="person-in-words",
                where=Where("decisions.csv", decision.line, "a"),
                message="A line about a person in words; it is not applied.",
                advice="Delete it and decide with kg review, which writes a keyed hash instead.",
            )
    others = [d for d in lines if which_key(d.a) not in {None, here}]
    if others:
        what = "made with another key than" if here else "and there is no key in"
        yield Finding(
            reason="name-key-missing",
            where=Where("decisions.csv", others[0].line, "a"),
            message=f"{len(others)} lines are about persons, {what} .kg/key: they are not "
            "applied, and these names stay suspected.",
            advice="Copy .kg/key from whoever decided, by a safe way, then build again.",
        )


def strictly(reading: AllRead) -> SourceError:
    """The error of `--strict` over files that are not read, or rows that are rejected."""
    if reading.unread:
        return SourceError(f"{error_of(reading.unread[0])} With --strict nothing is built.")
    rejected = reading.rejected
    first = rejected[0]
    more = f" and {len(rejected) - 1} more" if len(rejected) > 1 else ""
    return SourceError(
        f"{first.where}: {first.reason}{more}; with --strict nothing is built. "
        "Correct the rows, or build without --strict to keep the others."
    )
