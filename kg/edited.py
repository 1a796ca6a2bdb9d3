"""Files that people edit, written whole or not at all: `decisions.csv`, `organisations.yaml`."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from kg.errors import WorkspaceError
from kg.private import FILE_MODE

_FRESH = ".edited-"


def sweep_edited(folder: Path) -> None:
    """Remove what a killed command left beside the edited files. Call inside `one_writer`."""
    with suppress(OSError):
        for left in folder.glob(f"{_FRESH}*"):
            left.unlink()


def write_edited(path: Path, data: bytes) -> None:
    """Put a file that people edit in place in one step, with the mode that it had.

    Raises:
        WorkspaceError: it cannot be written; then it stays as it was.
    """
    fresh: str | None = None
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else FILE_MODE
        descriptor, fresh = tempfile.mkstemp(prefix=_FRESH, dir=path.parent)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(fresh).chmod(mode)
        Path(fresh).replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        if fresh is not None:
            with suppress(OSError):
                Path(fresh).unlink(missing_ok=True)


def cannot_write(path: Path, error: OSError) -> WorkspaceError:
    """The error for a file that people edit and that the system does not give."""
    why = (error.strerror or "input/output error").lower()
    return WorkspaceError(
        f"{path.name}: cannot be written ({why}); nothing was changed. Close it where it is open "
        "(a spreadsheet locks its file), check who may write it, then try again."
    )
