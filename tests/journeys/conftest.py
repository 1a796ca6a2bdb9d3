"""A person at a terminal and a browser: types a line, reads what it says, opens what it made.

`KG_SHOTS=FOLDER pytest tests/journeys` keeps what the browser showed, to be looked at.
"""

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location(
    "kg_browser_fixtures", Path(__file__).resolve().parent.parent / "browser" / "conftest.py"
)
_BROWSER = importlib.util.module_from_spec(_SPEC)
sys.modules.setdefault(_SPEC.name, _BROWSER)
_SPEC.loader.exec_module(_BROWSER)
driver, browser = _BROWSER.driver, _BROWSER.browser
open_page, open_explorer = _BROWSER.open_page, _BROWSER.open_explorer


@dataclass
class Person:
    """Somebody in a folder, and all that kg ever said to them."""

    folder: Path
    said: list[str] = field(default_factory=list)

    def types(self, line: str, *, status: int = 0) -> str:
        """Run one line as it is typed; gives what stands on the screen, in 80 columns."""
        words = shlex.split(line)
        assert words[0] == "kg"
        done = subprocess.run(
            [sys.executable, "-m", "kg", *words[1:]],
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
            env=os.environ | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        )
        screen = done.stdout + done.stderr
        self.said.append(screen)
        assert done.returncode == status, f"{line}\n{screen}"
        return re.sub(r"\s+", " ", screen)


@pytest.fixture
def person(tmp_path) -> Person:
    """Somebody who begins in an empty folder."""
    return Person(tmp_path)


@pytest.fixture
def shot() -> Callable[[object, str], None]:
    """Keep what a page shows, where somebody asked for it."""

    def keep(opened, name: str) -> None:
        folder = os.environ.get("KG_SHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            opened.page.screenshot(path=Path(folder) / f"{name}.png")

    return keep
