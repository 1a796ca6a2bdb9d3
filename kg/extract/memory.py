"""What was found in a passage, remembered for the next build. It may be thrown away at will.

A row is named by a digest of the passage and of every rule that was asked, so
it is either right or not found. It holds offsets and kinds, never words of a
text: these are cut out of the passage again. A row that a disk damaged does
not bear its own digest, and counts as not there.
"""

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kg.extract.passage import Passage
from kg.model import Kind, Mention, MentionStatus, Role
from kg.private import FILE_MODE, FOLDER_MODE

#: Of the form of a row; another one is not understood, and made anew.
_FORM = 1
_MARK = 8  # bytes of its own digest before each row
_AT_ONCE = 500  # rows asked for in one statement; SQLite allows 999


class Memory:
    """Answers by digest, in one file. Made by `remembering`.

    A disk that fails in the middle ends the remembering, not the build.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._used: set[bytes] = set()
        self._working = True

    def recall(self, asked: Sequence[tuple[bytes, Passage]]) -> list[tuple[Mention, ...] | None]:
        """The answer to each digest, in the same order; None where it is not known."""
        self._used.update(digest for digest, _ in asked)
        rows: dict[bytes, bytes] = {}
        if self._working:
            with self._as_far_as_it_works():
                rows = {
                    digest: row[_MARK:]
                    for digest, row in self._rows(sorted({digest for digest, _ in asked}))
                    if row[:_MARK] == _mark(digest, row[_MARK:])
                }
        return [
            _mentions(rows[digest], passage) if digest in rows else None
            for digest, passage in asked
        ]

    def _rows(self, digests: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        for start in range(0, len(digests), _AT_ONCE):
            some = digests[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            question = f"SELECT digest, row FROM found WHERE digest IN ({marks})"  # noqa: S608 (marks)
            yield from self._connection.execute(question, some)

    def keep(self, answers: Iterable[tuple[bytes, Sequence[Mention]]]) -> None:
        """Remember answers, for good: a build that is killed need not ask them again."""
        if not self._working:
            return
        rows = []
        for digest, mentions in answers:
            row = _row(mentions)
            rows.append((digest, _mark(digest, row) + row))
        with self._as_far_as_it_works(), self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO found VALUES (?, ?)", rows)

    def forget_others(self) -> None:
        """Remove what nobody asked for: the rows of records that changed or went."""
        if not self._working:
            return
        with self._as_far_as_it_works(), self._connection:
            known = {digest for (digest,) in self._connection.execute("SELECT digest FROM found")}
            others = [(digest,) for digest in sorted(known - self._used)]
            self._connection.executemany("DELETE FROM found WHERE digest = ?", others)

    @contextmanager
    def _as_far_as_it_works(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error:
            self._working = False


@contextmanager
def remembering(path: Path | None) -> Iterator[Memory]:
    """Open the memory at *path*; one that lasts no longer than this where it is None.

    A file that cannot be used (damaged, of another version, on a disk that may
    not be written) is made anew, or done without: a memory is never needed.
    """
    connection = _opened(path) if path is not None else None
    connection = connection or _prepared(sqlite3.connect(":memory:"))
    try:
        yield Memory(connection)
    finally:
        connection.close()


def _opened(path: Path) -> sqlite3.Connection | None:
    for _ in range(2):  # as it is, else anew
        try:
            path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE))
            connection = sqlite3.connect(path)
            try:
                return _prepared(connection)
            except sqlite3.Error:
                connection.close()
                raise
        except (OSError, sqlite3.Error):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    return None


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    # What is deleted is overwritten: a withheld record leaves no trace in the file.
    connection.execute("PRAGMA secure_delete = ON")
    form = connection.execute("PRAGMA user_version").fetchone()[0]
    if form not in (0, _FORM):
        raise sqlite3.DatabaseError("of another version")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS found (digest BLOB PRIMARY KEY, row BLOB) WITHOUT ROWID"
    )
    connection.execute(f"PRAGMA user_version = {_FORM}")
    broken = connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok"
    if broken:
        raise sqlite3.DatabaseError("damaged")
    return connection


def _mark(digest: bytes, row: bytes) -> bytes:
    return hashlib.sha256(digest + row).digest()[:_MARK]


def _row(mentions: Sequence[Mention]) -> bytes:
    return json.dumps(
        [
            (
                *(m.field, m.start, m.end, m.kind, m.method, m.confidence, m.status, m.label),
                *(m.role, m.role_method, m.role_confidence, m.group),
            )
            for m in mentions
        ],
        separators=(",", ":"),
    ).encode()


def _mentions(row: bytes, passage: Passage) -> tuple[Mention, ...]:
    texts = {name: text for name, _, text in passage.parts}
    return tuple(
        Mention(
            key=passage.key,
            field=field,
            start=start,
            end=end,
            text=texts[field][start:end],
            kind=Kind(kind),
            method=method,
            confidence=confidence,
            status=MentionStatus(status),
            label=label,
            role=Role(role) if role else None,
            role_method=role_method,
            role_confidence=role_confidence,
            group=group,
        )
        for (
            field,
            start,
            end,
            kind,
            method,
            confidence,
            status,
            label,
            role,
            role_method,
            role_confidence,
            group,
        ) in json.loads(row)
    )
