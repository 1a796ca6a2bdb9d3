"""A source file → records with canonical field names beside the raw headings.

The table of readers is explicit: a suffix, a media type, a way to read. What
a heading means is decided by the heading alone; a row that has no description
is rejected, every other row is kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.blank import is_blank
from kg.errors import SourceError
from kg.model import Finding, Record, Rejection, Where
from kg.read.csv import read_csv
from kg.read.decode import read_bytes, refuse_binary, refuse_endless_line
from kg.read.document import load_document
from kg.read.excel import read_excel
from kg.read.header import joined
from kg.read.headings import Headings
from kg.read.job import Job, Loaded, load_grid, scores
from kg.read.json import read_json, read_json_lines
from kg.read.ods import read_ods
from kg.read.text import known, read_text
from kg.read.totals import TOTALS, is_total
from kg.read.understand import Source, understand_blocks
from kg.read.unpack import unpacked
from kg.read.xls import read_xls

NO_DESCRIPTION = "no description"


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


def read_source(path: Path, *, headings: Headings, label: str | None = None) -> Reading:
    """Read one source.

    Args:
        path: The file; its suffix chooses the reader.
        headings: How headings are understood.
        label: What the file is called in records and findings; its name if None.

    Raises:
        SourceError: the file is missing, empty, damaged, of an unknown kind, or nothing in it
            is understood as the description of an outcome.
    """
    loaded = load(path, headings=headings, label=label)
    if loaded.members:
        return _together(loaded, tuple(_reading(member) for member in loaded.members))
    return _reading(loaded)


def _together(loaded: Loaded, readings: tuple[Reading, ...]) -> Reading:
    return Reading(
        loaded.format,
        tuple(record for reading in readings for record in reading.records),
        tuple(rejection for reading in readings for rejection in reading.rejected),
        loaded.findings,
        sum(reading.rows_read for reading in readings),
        tuple(file for reading in readings for file in reading.files),
    )


def _reading(loaded: Loaded) -> Reading:
    records: list[Record] = []
    rejected: list[Rejection] = []
    for table in loaded.tables:
        rejected += table.rejected
        for record in table.records:
            if is_total(record):
                rejected.append(Rejection(Where(record.file, record.row), TOTALS))
            elif is_blank(record.value("description")):
                where = Where(record.file, record.row, "description")
                rejected.append(Rejection(where, NO_DESCRIPTION))
            else:
                records.append(record)
    count = len(records) + len(rejected)
    return Reading(
        loaded.format,
        tuple(records),
        tuple(rejected),
        loaded.findings,
        count,
        ((loaded.file, loaded.format, count),),
    )


def load(
    path: Path, *, headings: Headings, label: str | None = None, lenient: bool = False
) -> Loaded:
    """Read one source and keep how it was read.

    Args:
        path: The file.
        headings: How headings are understood.
        label: What the file is called.
        lenient: Take the likeliest row for the header where none is understood.

    Raises:
        SourceError: see `read_source`.
    """
    name = label or path.name
    reader = READERS.get(path.suffix.lower())
    if reader is None and path.exists() and not path.is_dir():
        raise SourceError(
            f"{name}: no reader for this kind of file; expected one of {', '.join(READERS)}. "
            "Save the harvest as one of these."
        )
    data = read_bytes(path, name=name)
    if reader is None:
        raise SourceError(f"{name}: no reader for this kind of file.")
    media_type, way = reader
    return way(Job(data, name, media_type, headings, lenient))


def _load_archive(job: Job) -> Loaded:
    members: list[Loaded] = []
    for name, data in unpacked(job.data, name=job.file, suffixes=READERS.keys() - {".zip"}):
        media_type, way = READERS[PurePosixPath(name).suffix.lower()]
        members.append(way(Job(data, name, media_type, job.headings, job.lenient)))
    return Loaded(
        job.file,
        job.format,
        tuple(table for member in members for table in member.tables),
        skipped=tuple(name for member in members for name in member.skipped),
        findings=tuple(finding for member in members for finding in member.findings),
        members=tuple(members),
    )


def _load_csv(job: Job) -> Loaded:
    refuse_binary(job.data, name=job.file, expected="a table as text")
    refuse_endless_line(job.data, name=job.file)
    score, fallback = scores(job)
    return load_grid(
        job,
        read_csv(
            job.data, name=job.file, score=score, fallback=fallback, join=joined(job.headings)
        ),
    )


def _load_excel(job: Job) -> Loaded:
    score, fallback = scores(job)
    return load_grid(
        job,
        read_excel(
            job.data, name=job.file, score=score, fallback=fallback, join=joined(job.headings)
        ),
        ragged=True,
    )


def _load_ods(job: Job) -> Loaded:
    score, fallback = scores(job)
    return load_grid(
        job,
        read_ods(
            job.data, name=job.file, score=score, fallback=fallback, join=joined(job.headings)
        ),
        ragged=True,
    )


def _load_xls(job: Job) -> Loaded:
    score, fallback = scores(job)
    return load_grid(
        job,
        read_xls(
            job.data, name=job.file, score=score, fallback=fallback, join=joined(job.headings)
        ),
        ragged=True,
    )


def _load_text(job: Job) -> Loaded:
    refuse_binary(job.data, name=job.file, expected="text")
    refuse_endless_line(job.data, name=job.file)
    text = read_text(job.data, name=job.file, headings=job.headings)
    if not text.blocks or not (job.lenient or any(known(block) for block in text.blocks)):
        raise SourceError(
            f"{job.file}: no record found: no line begins with a heading understood as the "
            "description of an outcome. Expected lines such as **Outcome description**: …; "
            "a table needs the suffix .csv or .tsv."
        )
    source = Source(job.file, job.format, job.headings)
    understood, findings = understand_blocks(source, text.blocks)
    return Loaded(
        job.file,
        job.format,
        (understood,),
        text.encoding,
        findings=(*text.findings, *findings),
    )


_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.12"

#: Every kind of source: suffix → media type and the way to read it.
READERS: Mapping[str, tuple[str, Callable[[Job], Loaded]]] = {
    ".txt": ("text/plain", _load_text),
    ".md": ("text/markdown", _load_text),
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
