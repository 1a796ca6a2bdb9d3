"""The harvest that counts now: what another command makes is served from the next request on."""

import threading
from pathlib import Path

from kg.config import load_config
from kg.errors import WorkspaceError
from kg.harvest import Harvest
from kg.model import Audience
from kg.workspace import Shelf


class Current:
    """Opens a harvest, and opens it anew when another version counts. For many threads.

    Args:
        root: The project folder.
        audience: Which copy. The other one is never opened.
    """

    def __init__(self, root: Path, audience: Audience) -> None:
        self.root = root
        self.audience = audience
        self._lock = threading.Lock()
        self._opened: Harvest | None = None

    def harvest(self) -> Harvest:
        """The harvest of the version that counts.

        Raises:
            WorkspaceError: nothing is built or released, or a forgetting is under way.
        """
        with self._lock:
            config = self._opened.config if self._opened else load_config(self.root)
            if (config.private / "forgetting").exists():
                self._opened = None
                raise WorkspaceError(
                    "Something is being forgotten in this harvest; ask again when kg forget has "
                    "ended. Where it was stopped, any kg command finishes it."
                )
            version = Shelf(config.output, self.audience).current()
            if self._opened is None or version != self._opened.folder:
                self._opened = Harvest(load_config(self.root), self.audience)
            return self._opened
