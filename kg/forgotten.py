"""What was forgotten stays forgotten: keyed hashes that bar a record from being read again.

`.kg/forgotten.csv` holds a line for each thing by which a record may be known
again: its id, all that it says, its description. Nobody without the key can
tell from a line what it was made of.
"""

import csv
import hashlib
import hmac
import html
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import WorkspaceError
from kg.identity import content
from kg.keys import NameKey
from kg.model import Record, Rejection, Where
from kg.private import private_folder, write_private
from kg.vocab import fold

_NAME = "forgotten.csv"
_COLUMNS = ("kind", "hash")
_SHORTEST = 40  # characters of a description that tells one record from others
_SHORTEST_LETTERS = 32  # bytes of its letters and digits alone
_HEADING = 60  # characters at the beginning of a cell in which a heading may end
_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(r"\d+|[^\W\d_]+")
#: What stands between two letters of an id: "QX/LOST" is "QXLOST", and "1-12" no "112".
_JOINT = re.compile(r"(?<=[^\W\d_])[\W_]+(?=[^\W\d_])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_COLON = re.compile(r"[:：]")
#: Letters that no folding takes apart, though people write them so.
_APART = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})

#: Why a row is not read again; told like any other rejected row.
REASON = "this record was forgotten (kg forget) and is not read again"


@dataclass(frozen=True, slots=True, repr=False)
class Barred:
    """What may not come back. Empty where nothing was forgotten."""

    hashes: frozenset[str]
    key: NameKey | None

    def bars(self, record: Record) -> bool:
        """Is this a forgotten record, under whatever id, or another wording under its id?"""
        if not self.hashes or self.key is None:
            return False
        return any(told in self.hashes for _, told in _seen(record, self.key))

    def part(self, records: Iterable[Record]) -> tuple[tuple[Record, ...], tuple[Rejection, ...]]:
        """Records that may be read, and a line for each that may not."""
        kept: list[Record] = []
        refused: list[Rejection] = []
        for record in records:
            if self.bars(record):
                refused.append(Rejection(Where(record.file, record.row), REASON))
            else:
                kept.append(record)
        return tuple(kept), tuple(refused)


def hashes(
    records: Sequence[Record], key: NameKey, *, stay: Sequence[Record] = ()
) -> tuple[tuple[str, str], ...]:
    """(kind, keyed hash) of everything by which some records are known again, sorted.

    Args:
        records: What is forgotten.
        key: The project's.
        stay: What is not: an id, its end or a description that one of them has, too, bars nothing.
            All that a record says bars it in any case.
    """
    taken = {_end(record) for record in stay}
    lines = {mark for record in records for mark in marks(record, key)}
    ends = {_end(record) for record in records} - taken - {""}
    lines |= {("id-end", _hash(key, "id-end", end)) for end in ends}
    return tuple(sorted(lines - {mark for record in stay for mark in _seen(record, key)}))


def shares(record: Record, key: NameKey, *, stay: Sequence[Record]) -> bool:
    """Does any of what stays have the id or the description of a record that is forgotten?"""
    known = {mark for other in stay for mark in _seen(other, key)}
    return not known.isdisjoint(marks(record, key))


def marks(record: Record, key: NameKey) -> tuple[tuple[str, str], ...]:
    """(kind, keyed hash) of everything by which a record is known again.

    An id counts where it tells something: letters and digits. A description
    counts where it is longer than a phrase. Each counts as it was written, and
    by its letters and digits alone, so that other capitals, accents, quotes,
    full stops, white space, tags or a heading before it do not make it another.
    Projects that forgot something before the second was looked at stay barred
    by the first.
    """
    found = _whole(record)
    found += [("description-letters", even) for even in _told(record.value("description") or "")]
    return tuple((kind, _hash(key, kind, text)) for kind, text in found)


def _seen(record: Record, key: NameKey) -> Iterator[tuple[str, str]]:
    """What is looked up of a record that comes: a forgotten description in any of its cells."""
    found = _whole(record)
    if runs := _runs(record.value("fragment_id") or ""):
        found.append(("id-end", runs))
    found += [
        ("description-letters", even)
        for text in dict.fromkeys(cell.text for cell in record.cells)
        for even in _told(text)
    ]
    yield from ((kind, _hash(key, kind, text)) for kind, text in found)


def _whole(record: Record) -> list[tuple[str, str]]:
    """Kinds and texts of a record's id, of all that it says and of its description as written."""
    identifier = fold(record.value("fragment_id") or "")
    description = fold(record.value("description") or "")
    told = [pair for pair in content(record) if pair[0] != "fragment_id"]
    found = [("content", json.dumps(told))]
    if letters := [(field, even) for field, text in told if (even := _letters(text))]:
        found.append(("content-letters", json.dumps(letters)))
    if runs := _runs(identifier):
        # Words apart: "1-12" is not "11-2".
        found += [("id", identifier), ("id-letters", " ".join(_WORD.findall(identifier)))]
        found.append(("id-runs", runs))
    if len(description) >= _SHORTEST:
        found.append(("description", description))
    return found


def _runs(identifier: str) -> str:
    """Letters and numbers of an id, apart; "" where it tells nothing, as a bare number.

    >>> _runs("AB-2022/CIV002") == _runs("ab2022 civ-002"), _runs("1-12")
    (True, '')
    """
    runs = _RUN.findall(_JOINT.sub("", fold(identifier)))
    telling = any(run.isdigit() for run in runs) and any(not run.isdigit() for run in runs)
    return " ".join(runs) if telling else ""


def _end(record: Record) -> str:
    """The last part of an id, by which people call a record; "" where it tells nothing."""
    return _runs(re.split(r"[/\\]", record.value("fragment_id") or "")[-1])


def _told(text: str) -> Iterator[str]:
    """Letters of a text that is longer than a phrase, as it stands and as if it came by itself.

    By itself: without tags and entities, without a heading and a colon before it.
    """
    plain = html.unescape(_TAG.sub(" ", text))
    plain = _TAG.sub(" ", plain) if plain != text else plain  # tags written as entities
    cuts = [match.end() for match in _COLON.finditer(plain[:_HEADING])]
    for one in dict.fromkeys((text, plain, *(plain[cut:] for cut in cuts))):
        even = _letters(one)
        if len(even.encode("utf-8", "surrogatepass")) >= _SHORTEST_LETTERS:
            yield even


def _letters(text: str) -> str:
    """Letters and digits of a text, folded, in a row.

    >>> _letters("L’Été  «re-commence».") == _letters("l'ete recommence")
    True
    """
    return "".join(_WORD.findall(fold(text).translate(_APART)))


def _hash(key: NameKey, kind: str, text: str) -> str:
    message = f"forgotten:{kind}:{text}".encode("utf-8", "surrogatepass")
    return f"hmac:{key.mark}:{hmac.new(key.secret, message, hashlib.sha256).hexdigest()}"


def read_forgotten(folder: Path, key: NameKey | None) -> Barred:
    """What was forgotten in a project.

    Args:
        folder: Its `.kg`.
        key: Its key.

    Raises:
        WorkspaceError: there are hashes and no key, or the file cannot be read: nothing may be
            read then, for nobody could tell what must not come back.
    """
    path = folder / _NAME
    try:
        written = path.read_text("ascii")
    except FileNotFoundError:
        return Barred(frozenset(), key)
    except (OSError, UnicodeDecodeError) as error:
        raise WorkspaceError(
            f"{path}: cannot be read, and it says which records must not come back; nothing was "
            "read. Put the right file back from a backup."
        ) from error
    hashes = frozenset(row["hash"] for row in csv.DictReader(io.StringIO(written)) if row["hash"])
    mine = {text.split(":")[1] for text in hashes}
    if hashes and (key is None or mine != {key.mark}):
        raise WorkspaceError(
            f"{path}: records were forgotten under a key that is not in {folder / 'key'}; nothing "
            "was read, for nobody could tell what must not come back. Put the key back."
        )
    return Barred(hashes, key)


def bar(folder: Path, key: NameKey | None, lines: Iterable[tuple[str, str]]) -> None:
    """Let what some hashes are made of never be read again.

    Args:
        folder: The project's `.kg`.
        key: Its key, with which the hashes were made.
        lines: Kind and hash of each, from `hashes`.

    Raises:
        WorkspaceError: the file cannot be written.
    """
    known = read_forgotten(folder, key)
    path = folder / _NAME
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    old = csv.reader(io.StringIO(path.read_text("ascii"))) if known.hashes else ()
    standing = [tuple(row) for row in old][1:] if known.hashes else []
    writer.writerows([_COLUMNS, *standing, *sorted(set(lines) - set(standing))])
    fresh = path.with_name(f".{_NAME}")
    try:
        private_folder(folder)
        write_private(fresh, stream.getvalue().encode("ascii"), durably=True)
        fresh.replace(path)
    except OSError as error:
        why = (error.strerror or "input/output error").lower()
        raise WorkspaceError(
            f"{path}: cannot be written ({why}); nothing was changed. "
            "Check the folder's permissions and the free space."
        ) from error
