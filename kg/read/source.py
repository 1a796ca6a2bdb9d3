"""A source file → records with canonical field names beside the raw headings, one at a time.

The table of readers is explicit: a suffix, a media type, a way to read. What
a heading means is decided by the heading alone; a row that has no description
is rejected, every other row is kept. A table may have any length: its rows
are in memory one by one.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.blank import is_blank
from kg.errors import SourceError
from kg.model import Finding, Record, Rejection
from kg.read.content import open_source, unreadable
from kg.read.csv import read_csv
from kg.read.decode import refuse_binary
from kg.read.document import load_document, load_text
from kg.read.events import Event, Opened, OtherKindError, Unread, own_output, passed_over, unread
from kg.read.excel import read_excel
from kg.read.headings import Headings
from kg.read.job import Job, search_of, understood
from kg.read.json import read_json, read_json_lines
from kg.read.ods import read_ods
from kg.read.own import is_own
from kg.read.rows import Grid
from kg.read.totals import SECOND_HEADING, TOTALS, is_second_heading, is_total
from kg.read.unpack import refuse_packed, unpacked
from kg.read.xls import read_xls

NO_DESCRIPTION = "no description"


@dataclass(slots=True)
class FileRead:
    """One file of a source: an archive holds several. `rows` = records + rejected."""

    file: str
    format: str
    rows: int = 0


class Stream:
    """A source while it is read: records, rejected rows and findings, in the file's order.

    Walk through it once; what it says of `files` and `rows` is complete then.

    Raises:
        SourceError: while walking, see `stream`.
    """

    def __init__(self, events: Iterator[Event]) -> None:
        self._events = events
        self.files: list[FileRead] = []

    @property
    def rows(self) -> int:
        """Rows read so far."""
        return sum(file.rows for file in self.files)

    def __iter__(self) -> Iterator[Record | Rejection | Finding | Unread]:
        """What is read, as it is read. `Unread` takes back all of the last file of an archive."""
        for event in self._events:
            if isinstance(event, Record):
                self.files[-1].rows += 1
                yield rejected(event) or event
            elif isinstance(event, Rejection):
                self.files[-1].rows += 1
                yield event
            elif isinstance(event, Finding):
                yield event
            elif isinstance(event, Opened):
                self.files.append(FileRead(event.file, event.format))
            elif isinstance(event, Unread):
                if self.files and self.files[-1].file == event.finding.where.file:
                    self.files.pop()
                yield event


def stream(path: Path, *, headings: Headings, label: str | None = None) -> Stream:
    """Read one source record by record; however long a table is, one row of it is in memory.

    Args:
        path: The file; its suffix chooses the reader.
        headings: How headings are understood.
        label: What the file is called in records and findings; its name if None.

    Raises:
        SourceError: the file is missing, empty or of an unknown kind; and, while its records
            are walked through: it is damaged, or nothing in it is understood as the description
            of an outcome.
    """
    return Stream(load(path, headings=headings, label=label))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one source holds. `rows_read` = records + rejected."""

    format: str
    records: tuple[Record, ...]
    rejected: tuple[Rejection, ...]
    findings: tuple[Finding, ...]
    rows_read: int
    #: File, media type and rows read of each file in it: an archive holds several.
    files: tuple[tuple[str, str, int], ...] = ()
    #: Files of an archive that could not be read; they are no part of the rest.
    unread: tuple[Finding, ...] = ()


def read_source(
    path: Path,
    *,
    headings: Headings,
    label: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Reading:
    """Read one source as a whole.

    Args:
        path: The file; its suffix chooses the reader.
        headings: How headings are understood.
        label: What the file is called in records and findings; its name if None.
        progress: Told of the rows read so far, now and then.

    Raises:
        SourceError: see `stream`.
    """
    records: list[Record] = []
    rejected: list[Rejection] = []
    findings: list[Finding] = []
    unread: list[Finding] = []
    reading = stream(path, headings=headings, label=label)
    for item in reading:
        if isinstance(item, Record):
            records.append(item)
            if progress is not None and len(records) % TELL_EACH == 0:
                progress(reading.rows)
        elif isinstance(item, Rejection):
            rejected.append(item)
        elif isinstance(item, Unread):
            file = item.finding.where.file
            records = [record for record in records if record.file != file]
            rejected = [rejection for rejection in rejected if rejection.where.file != file]
            findings = [finding for finding in findings if finding.where.file != file]
            unread.append(item.finding)
        else:
            findings.append(item)
    media_type, _ = READERS[path.suffix.lower()]
    return Reading(
        media_type,
        tuple(records),
        tuple(rejected),
        tuple(findings),
        reading.rows,
        tuple((file.file, file.format, file.rows) for file in reading.files),
        tuple(unread),
    )


#: Progress is told once in so many rows.
TELL_EACH = 500


def rejected(record: Record) -> Rejection | None:
    """Why a row is no record, if it is none."""
    if is_total(record):
        return Rejection(record.where(), TOTALS)
    if is_second_heading(record):
        return Rejection(record.where(), SECOND_HEADING)
    if is_blank(record.value("description")):
        return Rejection(record.where("description"), NO_DESCRIPTION)
    return None


def load(
    path: Path, *, headings: Headings, label: str | None = None, lenient: bool = False
) -> Iterator[Event]:
    """Read one source and tell how it is read; records are told before any is rejected.

    Args:
        path: The file.
        headings: How headings are understood.
        label: What the file is called.
        lenient: Take the likeliest row for the header where none is understood.

    Raises:
        SourceError: see `stream`.
    """
    name = label or path.name
    reader = READERS.get(path.suffix.lower())
    if reader is None and path.exists() and not path.is_dir():
        raise OtherKindError(
            f"{name}: no reader for this kind of file; expected one of {', '.join(READERS)}. "
            "Save the harvest as one of these."
        )
    content = open_source(path, name=name)
    assert reader is not None  # noqa: S101 - a file that is not there, or a folder, was refused
    media_type, way = reader
    return _told(way, Job(content, name, media_type, headings, lenient))


def _told(way: Callable[[Job], Iterator[Event]], job: Job) -> Iterator[Event]:
    """What a reader tells; whatever breaks off a file is told in one line."""
    if way is not _load_archive:
        yield Opened(job.file, job.format)
    try:
        yield from way(job)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as problem:
        raise SourceError(
            f"{job.file}: the archive is damaged here; pack or download it again."
        ) from problem
    except OSError as problem:
        raise unreadable(problem, name=job.file) from problem


def _load_archive(job: Job) -> Iterator[Event]:
    """The files of an archive; one that cannot be read is told, and the others are read."""
    problems: list[SourceError] = []
    others: list[str] = []
    answers: list[str] = []
    files = 0
    for name, content in unpacked(job.content, name=job.file, suffixes=READERS.keys() - {".zip"}):
        if content is None:
            others.append(name)
            continue
        if is_own(PurePosixPath(name), content):
            answers.append(name)
            continue
        files += 1
        try:
            refuse_packed(content, name=name)
            media_type, way = READERS[PurePosixPath(name).suffix.lower()]
            yield from _told(way, Job(content, name, media_type, job.headings, job.lenient))
        except SourceError as problem:
            problems.append(problem)
            yield Unread(unread(name, problem))
    if not files:
        raise SourceError(f"{job.file}: kg wrote all of this itself; pack the sources alone.")
    if len(problems) == files:
        raise problems[0]
    yield from (passed_over(name) for name in others)
    yield from (own_output(name) for name in answers)


def _load_csv(job: Job) -> Iterator[Event]:
    refuse_binary(job.content, name=job.file, expected="a table as text")
    return understood(job, _grid(read_csv, job))


def _load_excel(job: Job) -> Iterator[Event]:
    return understood(job, _grid(read_excel, job), ragged=True)


def _load_ods(job: Job) -> Iterator[Event]:
    return understood(job, _grid(read_ods, job), ragged=True)


def _load_xls(job: Job) -> Iterator[Event]:
    # Saved as .xlsx and called .xls: spreadsheet programs ask, and open it.
    newer = job.content.head(len(_ZIP)).startswith(_ZIP)
    return understood(job, _grid(read_excel if newer else read_xls, job), ragged=True)


def _grid(read: Callable[..., Grid], job: Job) -> Grid:
    return read(job.content, name=job.file, search=search_of(job))


_ZIP = b"PK\x03\x04"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.12"

#: Every kind of source: suffix → media type and the way to read it.
READERS: Mapping[str, tuple[str, Callable[[Job], Iterator[Event]]]] = {
    ".txt": ("text/plain", load_text),
    ".md": ("text/markdown", load_text),
    ".csv": ("text/csv", _load_csv),
    ".tsv": ("text/tab-separated-values", _load_csv),
    ".docx": (_WORD, load_document),
    ".json": ("application/json", read_json),
    ".jsonl": ("application/jsonl", read_json_lines),
    ".xlsx": (_EXCEL, _load_excel),
    ".xlsm": (_EXCEL_MACROS, _load_excel),
    ".xls": ("application/vnd.ms-excel", _load_xls),
    ".zip": ("application/zip", _load_archive),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", _load_ods),
}
