"""Files for their owner alone: what kg writes holds confidential records unless told otherwise."""

import os
from collections.abc import Iterable
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600

#: In `.kg`: says that a forgetting began and has not ended; keyed hashes of what, and no word.
FORGETTING = "forgetting"

# Windows would else turn every newline into two characters.
_BINARY = getattr(os, "O_BINARY", 0)


def private_folder(folder: Path) -> None:
    """Make a folder for its owner alone, that no version control ever takes up.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    folder.chmod(FOLDER_MODE)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_private(ignore, b"*\n")


def write_private(path: Path, content: bytes | Iterable[bytes], *, durably: bool = False) -> None:
    """Write a file that only its owner may read, where the system has modes.

    Args:
        path: Made, or written anew.
        content: All of it, or its parts in order.
        durably: Wait until the disk has it.

    Raises:
        OSError: it cannot be written.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
    with os.fdopen(os.open(path, flags, FILE_MODE), "wb") as stream:
        if hasattr(os, "fchmod"):  # a file that stood there keeps its mode otherwise
            os.fchmod(stream.fileno(), FILE_MODE)
        stream.writelines((content,) if isinstance(content, bytes) else content)
        if durably:
            stream.flush()
            os.fsync(stream.fileno())


def unfinished(folder: Path) -> bool:
    """Was a forgetting ended in the middle? Then what it removes may still be seen.

    Args:
        folder: The project's `.kg`.
    """
    return (folder / FORGETTING).exists()


def making(name: str) -> bool:
    """Does the process still run that is making ".building-123-abc"?

    Windows does not tell, but keeps what is open from being removed.

    >>> making(".building-abc"), making(f".building-{os.getpid()}-abc") or os.name == "nt"
    (False, True)
    """
    number = name.removeprefix(".building-").partition("-")[0]
    if os.name != "posix" or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
