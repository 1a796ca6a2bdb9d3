"""What was forgotten stays forgotten: keyed hashes that bar a record from being read again.

`.kg/forgotten.csv` holds a line for each thing by which a record may be known
again: its id, all that it says, its description. Nobody without the key can
tell from a line what it was made of.
"""

import csv
import hashlib
import hmac
import io
import json
import re
from collections.abc import Iterable, Sequence
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
_WORD = re.compile(r"[^\W_]+")
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
        return any(told in self.hashes for _, told in marks(record, self.key))

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


def marks(record: Record, key: NameKey) -> tuple[tuple[str, str], ...]:
    """(kind, keyed hash) of everything by which a record is known again.

    An id counts where it tells something: letters and digits. A description
    counts where it is longer than a phrase. Each counts as it was written, and
    by its letters and digits alone, so that other capitals, accents, quotes,
    full stops or white space do not make it another. Projects that forgot
    something before the second was looked at stay barred by the first.
    """
    identifier = fold(record.value("fragment_id") or "")
    description = fold(record.value("description") or "")
    said = [pair for pair in content(record) if pair[0] != "fragment_id"]
    found = [("content", json.dumps(said))]
    if letters := [(field, even) for field, text in said if (even := _letters(text))]:
        found.append(("content-letters", json.dumps(letters)))
    if any(c.isdigit() for c in identifier) and any(c.isalpha() for c in identifier):
        # Words apart: "1-12" is not "11-2".
        found += [("id", identifier), ("id-letters", " ".join(_WORD.findall(identifier)))]
    if len(description) >= _SHORTEST:
        found.append(("description", description))
    if len((even := _letters(description)).encode("utf-8", "surrogatepass")) >= _SHORTEST_LETTERS:
        found.append(("description-letters", even))
    return tuple((kind, _hash(key, kind, text)) for kind, text in found)


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


def bar(folder: Path, key: NameKey, records: Sequence[Record]) -> None:
    """Let these records never be read again.

    Raises:
        WorkspaceError: the file cannot be written.
    """
    known = read_forgotten(folder, key)
    path = folder / _NAME
    lines = {(kind, told) for record in records for kind, told in marks(record, key)}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    old = csv.reader(io.StringIO(path.read_text("ascii"))) if known.hashes else ()
    standing = [tuple(row) for row in old][1:] if known.hashes else []
    writer.writerows([_COLUMNS, *standing, *sorted(lines - set(standing))])
    fresh = path.with_name(f".{_NAME}")
    try:
        private_folder(folder)
        write_private(fresh, stream.getvalue().encode("ascii"), durably=True)
        fresh.replace(path)
    except OSError as error:
        why = (error.strerror or "input/output error").lower()
        raise WorkspaceError(
            f"{path}: cannot be written ({why}); nothing was forgotten. "
            "Check the folder's permissions and the free space."
        ) from error
