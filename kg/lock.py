"""One writer at a time in an output folder; a second one is told so at once."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from kg.errors import WorkspaceError
from kg.private import FILE_MODE, FOLDER_MODE

_LOCK = ".lock"
#: Output folders that a command holds from its first moment on.
_HELD: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


def lock_of(output: Path) -> BaseFileLock:
    """The lock of an output folder: whoever takes it does not wait (`filelock.Timeout`)."""
    return FileLock(output / _LOCK, timeout=0, mode=FILE_MODE)


@contextmanager
def one_writer(output: Path) -> Iterator[None]:
    """Hold the output folder for writing. A second writer is told so at once.

    Raises:
        WorkspaceError: another kg is writing here, or the folder cannot be written.
    """
    if output.resolve() in _HELD.get():
        yield
        return
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


@contextmanager
def early_writer(output: Path) -> Iterator[None]:
    """Hold the output folder before anything heavy is loaded; `one_writer` inside goes along.

    Of several that start at the same moment the others would else load for seconds, beside each
    other, only to be told no. What ends without having written leaves no folder behind.

    Raises:
        WorkspaceError: another kg is writing here, or the folder cannot be written.
    """
    home = output.resolve()
    made = not output.exists()
    with one_writer(output):
        token = _HELD.set(_HELD.get() | {home})
        try:
            yield
        finally:
            _HELD.reset(token)
            if made:
                _unmake(output)


def _unmake(output: Path) -> None:
    """Remove an output folder that holds its lock alone: what was to fill it came to nothing."""
    with suppress(OSError):
        if [path.name for path in output.iterdir()] == [_LOCK]:
            (output / _LOCK).unlink()
            output.rmdir()


def refuse_second_writer(output: Path) -> None:
    """Tell a second writer before it loads what it needs, which takes seconds.

    Holds nothing and makes nothing: `one_writer` has the last word.

    Raises:
        WorkspaceError: another kg is writing here.
    """
    if output.resolve() in _HELD.get() or not (output / _LOCK).exists():
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
