"""The audit log, `.kg/audit.jsonl`: who built, released, exported or forgot, and when. Never words.

The one place of a project where a clock is read. A line is a JSON object:
`at` (UTC), `what`, and digests and counts, so that what was given away can be
told from what was not, years later.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import WorkspaceError
from kg.private import FILE_MODE, private_folder

_NAME = "audit.jsonl"


def record(folder: Path, what: str, **said: str | int | None) -> None:
    """Append one line.

    Args:
        folder: The project's `.kg`; made where it is missing.
        what: "build", "release", "forget", …
        said: Digests, counts, the name under a sign-off; None is left out. Never text of a record.

    Raises:
        WorkspaceError: the log cannot be written. What nobody could look up later is not done.
    """
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "what": what,
        **{key: value for key, value in said.items() if value is not None},
    }
    try:
        private_folder(folder)
        descriptor = os.open(folder / _NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, FILE_MODE)
        with os.fdopen(descriptor, "ab") as log:
            log.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    except OSError as error:
        why = (error.strerror or "input/output error").lower()
        raise WorkspaceError(
            f"{folder / _NAME}: cannot be written ({why}), and without this line nobody could "
            "later tell what was done. Check the folder's permissions and the free space."
        ) from error


def lines(folder: Path) -> tuple[dict[str, str | int], ...]:
    """All lines, oldest first; none where there is no log."""
    try:
        written = (folder / _NAME).read_text("utf-8")
    except FileNotFoundError:
        return ()
    return tuple(json.loads(line) for line in written.splitlines() if line)
