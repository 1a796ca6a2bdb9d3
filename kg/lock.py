"""One writer at a time in an output folder; a second one is told so at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from kg.errors import WorkspaceError
from kg.private import FILE_MODE, FOLDER_MODE

_LOCK = ".lock"


def lock_of(output: Path) -> BaseFileLock:
    """The lock of an output folder: whoever takes it does not wait (`filelock.Timeout`)."""
    return FileLock(output / _LOCK, timeout=0, mode=FILE_MODE)


@contextmanager
def one_writer(output: Path) -> Iterator[None]:
    """Hold the output folder for writing. A second writer is told so at once.

    Raises:
        WorkspaceError: another kg is writing here, or the folder cannot be written.
    """
    try:
        output.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        lock = lock_of(output)
        lock.acquire()
    except Timeout:
        raise _taken(output) from None
    except OSError as error:
        raise cannot_write(output, error) from error
    try:
        yield
    finally:
        lock.release()


def refuse_second_writer(output: Path) -> None:
    """Tell a second writer before it loads what a build needs, which takes seconds.

    Holds nothing and makes nothing: `one_writer` has the last word.

    Raises:
        WorkspaceError: another kg is writing here.
    """
    if not (output / _LOCK).exists():
        return  # where nobody ever wrote, nobody writes
    try:
        with lock_of(output):
            return
    except Timeout:
        raise _taken(output) from None
    except OSError:
        return  # a folder that cannot be written is told by whoever writes


def cannot_write(path: Path, error: OSError) -> WorkspaceError:
    """What is said where an output folder cannot be written."""
    why = (error.strerror or "input/output error").lower()
    return WorkspaceError(
        f"{path}: cannot be written ({why}); nothing was changed. "
        "Check the folder's permissions and the free space, or name another "
        "folder under [project] output in kg.toml."
    )


def _taken(output: Path) -> WorkspaceError:
    return WorkspaceError(
        f"{output}: another kg is writing here; wait until it has ended, then try again."
    )
