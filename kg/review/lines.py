"""Lines added to `decisions.csv`, in the form in which its owner's spreadsheet saved it."""

import codecs
import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.edited import cannot_write, write_edited
from kg.errors import ConfigError
from kg.model import Decision
from kg.read.decode import decode
from kg.registry import escaped
from kg.vocab import fold

COLUMNS = ("decision", "a", "b", "scope", "by", "date", "reason", "publish")
_DELIMITERS = (",", ";", "\t", "|")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class _Form:
    """How a file is written. `data` are its own bytes, which stay as they are."""

    columns: tuple[str, ...]
    delimiter: str
    newline: str
    encoding: str
    data: bytes
    lines: int

    def encoded(self, text: str) -> bytes:
        """In the file's code page; in UTF-8 where that lacks a letter or would read otherwise."""
        if self.encoding == "cp1252":
            with suppress(UnicodeEncodeError):
                written = text.encode("cp1252")
                if decode(written).lines == decode(text.encode()).lines:
                    return written
            return text.encode()
        return text.encode(self.encoding)


def added(path: Path, decisions: Sequence[Decision]) -> tuple[int, ...]:
    """Write decisions behind those that stand: all of them, or none.

    Args:
        path: `decisions.csv`; made where there is none.
        decisions: What to add, in order.

    Returns:
        The numbers of their lines.

    Raises:
        ConfigError: the file lacks a header, or a column that a line needs.
        WorkspaceError: it cannot be written.
    """
    try:
        data = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise cannot_write(path, error) from error
    form = _form(path.name, data)
    lines = [_line(path.name, form, decision) for decision in decisions]
    write_edited(path, form.data + b"".join(form.encoded(line) for line in lines))
    return tuple(range(form.lines + 1, form.lines + 1 + len(lines)))


def _form(name: str, data: bytes) -> _Form:
    """The form of a file that ends with a line break; a header is written where there is none."""
    read = decode(data)
    encoding = _encoding(data)
    header = next((x for x in read.lines if x.strip() and not x.lstrip().startswith("#")), None)
    newline = "\r\n" if any(line.endswith("\r\n") for line in read.lines) else "\n"
    count = len(read.lines)
    if read.lines and not read.lines[-1].endswith(("\n", "\r")):
        data += newline.encode(encoding)
    if header is None:
        data += (",".join(COLUMNS) + newline).encode(encoding)
        return _Form(COLUMNS, ",", newline, encoding, data, count + 1)
    delimiter = max(_DELIMITERS, key=header.count)
    columns = tuple(fold(cell) for cell in next(csv.reader([header], delimiter=delimiter)))
    missing = [column for column in ("decision", "a") if column not in columns]
    if missing:
        raise ConfigError(
            f"{name}, row 1: no column {missing[0]}; expected the columns {', '.join(COLUMNS)}. "
            "Write their names into the first row."
        )
    return _Form(columns, delimiter, newline, encoding, data, count)


def _encoding(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _line(name: str, form: _Form, decision: Decision) -> str:
    values = {
        **{column: getattr(decision, column) for column in COLUMNS if column != "publish"},
        "publish": "yes" if decision.publish else "",
    }
    lost = [column for column, value in values.items() if value and column not in form.columns]
    if lost:
        raise ConfigError(
            f"{name}, row 1: no column {lost[0]}, which this decision needs; expected the columns "
            f"{', '.join(COLUMNS)}. Add it to the first row."
        )
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=form.delimiter, lineterminator=form.newline)
    writer.writerow([escaped(" ".join(values.get(column, "").split())) for column in form.columns])
    return stream.getvalue()
