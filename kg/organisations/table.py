"""Entries as CSV and back, letter by letter: one row an entry, for OpenRefine and spreadsheets.

A cell with several values parts them by " | "; a bar inside a value is written
twice. A cell that a spreadsheet would run begins with an apostrophe.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kg.errors import ConfigError
from kg.model import Organisation
from kg.read.edited import Line, plainly_yes, read_edited
from kg.registry import escaped, is_language, unescaped

#: Before and behind the labels, which have a column a language: "label", "label_en", "label_fr" …
_FIRST = ("id",)
_LAST = ("acronyms", "aliases", "country", "type", "part_of", "not_same_as", "publish")
_LABEL = "label"
_HEADER_BYTES = 65_536


def to_csv(entries: Sequence[Organisation]) -> str:
    """Entries as a table with a header line.

    >>> print(to_csv([Organisation(id="rn", labels=(("en", "River Net"),), acronyms=("R|N", "N"))]))
    id,label_en,acronyms,aliases,country,type,part_of,not_same_as,publish
    rn,River Net,R||N | N,,,,,,
    <BLANKLINE>
    """
    languages = sorted({language for entry in entries for language, _ in entry.labels}) or ["en"]
    columns = [*_FIRST, *map(_column, languages), *_LAST]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for entry in entries:
        labels = dict(entry.labels)
        writer.writerow(
            escaped(text)
            for text in (
                _no_comment(entry.id),
                *(labels.get(language, "") for language in languages),
                _joined(entry.acronyms),
                _joined(entry.aliases),
                entry.country or "",
                entry.type or "",
                entry.part_of or "",
                _joined(entry.not_same_as),
                "yes" if entry.publish else "",
            )
        )
    return stream.getvalue()


def from_csv(path: Path) -> tuple[Organisation, ...]:
    """The entries of such a table, in its order. `line` is the row.

    Raises:
        ConfigError: no header, an unknown column, an id or a label that is missing.
    """
    languages = _languages(path)
    lines, _ = read_edited(
        path,
        columns={name: (name,) for name in (*_FIRST, *map(_column, languages), *_LAST)},
        required=("id",),
        strict=True,
    )
    return tuple(_entry(path, line, languages) for line in lines)


def _column(language: str) -> str:
    return f"{_LABEL}_{language}" if language else _LABEL


def _languages(path: Path) -> tuple[str, ...]:
    """The languages of the label columns, from the head of the file; "" for a bare "label"."""
    try:
        head = path.read_bytes()[:_HEADER_BYTES].decode("utf-8", "replace")
    except OSError as problem:
        reason = problem.strerror or "it cannot be opened"
        raise ConfigError(f"{path.name}: {reason}; check that you may read it.") from problem
    found = dict.fromkeys(m[1].lower() for m in re.finditer(r"\blabel_([A-Za-z0-9-]+)", head))
    return ("", *(tag for tag in found if is_language(tag)))


def _entry(path: Path, line: Line, languages: Iterable[str]) -> Organisation:
    where = f"{path.name}, row {line.number}"
    if line.broken:
        raise ConfigError(
            f"{where}: a quotation mark opens a cell and does not close it; close it."
        )
    values: Mapping[str, str] = {name: unescaped(text) for name, text in line.values.items()}
    labels = tuple(
        (language, values[_column(language)])
        for language in languages
        if values.get(_column(language))
    )
    if not values.get("id"):
        raise ConfigError(f"{where}, field id: empty; write a short id, e.g. my-network.")
    if not labels:
        raise ConfigError(f"{where}: no label; write the organisation's name, e.g. as label_en.")
    if len(labels) > 1 and not labels[0][0]:
        raise ConfigError(
            f"{where}, field label: a name without language beside names with one; "
            "move it to the column of its language, e.g. label_en."
        )
    published = values.get("publish", "")
    if published and not plainly_yes(published) and published.casefold() not in {"no", "non"}:
        raise ConfigError(f"{where}, field publish: expected yes, or nothing.")
    return Organisation(
        id=values["id"].removeprefix("'") if values["id"].startswith("'#") else values["id"],
        labels=labels,
        acronyms=_parted(values.get("acronyms", "")),
        aliases=_parted(values.get("aliases", "")),
        country=values.get("country") or None,
        type=values.get("type") or None,
        part_of=values.get("part_of") or None,
        not_same_as=_parted(values.get("not_same_as", "")),
        publish=plainly_yes(published),
        line=line.number,
    )


def _no_comment(identifier: str) -> str:
    """An id that begins like a comment line keeps its line."""
    return f"'{identifier}" if identifier.startswith("#") else identifier


def _joined(texts: Iterable[str]) -> str:
    return " | ".join(text.replace("|", "||") for text in texts)


def _parted(cell: str) -> tuple[str, ...]:
    """The values of a cell; a doubled bar is one that belongs to its value."""
    parts = re.split(r"(?<!\|)\|(?!\|)", cell)
    found = (part.strip().replace("||", "|") for part in parts)
    return tuple(dict.fromkeys(text for text in found if text))
