"""The key of a project, and what it makes of a suspected name: a hash that nobody else can guess.

Names of persons are few: whoever has an unkeyed hash finds the name by trying.
The key lies in `.kg/key`, is made at first need and never leaves that folder.
Without it decisions about persons cannot be read, and the names stay suspected.
"""

import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.errors import WorkspaceError
from kg.private import FILE_MODE, private_folder
from kg.vocab import fold

_BYTES = 32
_DIGITS = 32  # of the hash as written: 128 bits
_KEY_DIGITS = 8
_WORD = re.compile(r"[^\W_]+")
_HASH = re.compile(rf"hmac:([0-9a-f]{{{_KEY_DIGITS}}}):[0-9a-f]{{{_DIGITS}}}")


def even_name(name: str) -> str:
    """A name as it is compared: small letters, no accents, no punctuation.

    >>> even_name("N’DOLO,  Zoé")
    'n dolo zoe'
    """
    return " ".join(_WORD.findall(fold(name)))


def which_key(text: str) -> str | None:
    """The mark of the key that a keyed hash was made with; None for anything else.

    >>> which_key("hmac:0a1b2c3d:" + "0" * 32), which_key("Zora")
    ('0a1b2c3d', None)
    """
    match = _HASH.fullmatch(text)
    return match[1] if match else None


@dataclass(frozen=True, slots=True, repr=False)
class NameKey:
    """A project's key. Its representation shows nothing of it."""

    secret: bytes

    @property
    def mark(self) -> str:
        """Tells keys apart; says nothing of the key itself."""
        return self._digest(b"mark")[:_KEY_DIGITS]

    def __call__(self, name: str) -> str:
        """The keyed hash of a name; spelling in capitals or without accents gives the same.

        >>> key = NameKey(bytes(32))
        >>> key("Zoé  N’Dolo") == key("ZOE N'DOLO"), key("Zoé") == key("Zoë N'Dolo")
        (True, False)
        """
        even = even_name(name).encode()
        return f"hmac:{self.mark}:{self._digest(b'name:' + even)[:_DIGITS]}"

    def _digest(self, message: bytes) -> str:
        return hmac.new(self.secret, message, hashlib.sha256).hexdigest()


def read_key(folder: Path) -> NameKey | None:
    """The key of a project; None where it has none.

    Args:
        folder: The project's `.kg`.

    Raises:
        WorkspaceError: the file cannot be read, or is no key.
    """
    path = folder / "key"
    try:
        written = path.read_text("ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(path) from error
    if not re.fullmatch(rf"[0-9a-f]{{{2 * _BYTES}}}", written):
        raise _damaged(path)
    return NameKey(bytes.fromhex(written))


def make_key(folder: Path) -> NameKey:
    """The key of a project, made now where it has none.

    Raises:
        WorkspaceError: the folder cannot be written, or holds something that is no key.
    """
    path = folder / "key"
    try:
        private_folder(folder)
        fresh = folder / f".key-{secrets.token_hex(8)}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with os.fdopen(descriptor, "w", encoding="ascii", newline="\n") as stream:
            stream.write(secrets.token_hex(_BYTES) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        try:
            _name(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        why = (error.strerror or "input/output error").lower()
        raise WorkspaceError(
            f"{path}: cannot be written ({why}); decisions about persons need it. "
            "Check the folder's permissions."
        ) from error
    made = read_key(folder)
    if made is None:
        raise _damaged(path)
    with suppress(OSError):
        for left in folder.glob(".key-*"):  # of a command that was killed
            left.unlink()
    return made


def _name(fresh: Path, path: Path) -> None:
    """Give a whole key its name, unless there is one: two commands at once make one key."""
    if path.exists():
        return
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            fresh.replace(path)


def _damaged(path: Path) -> WorkspaceError:
    return WorkspaceError(
        f"{path}: not a key of kg; expected one line of {2 * _BYTES} hexadecimal digits. "
        "Put the right file back from a backup or from a colleague's copy of the project."
    )
