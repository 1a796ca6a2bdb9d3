"""A real Chromium, headless and without any way out, and what it did on a page.

No test here may depend on how fast the machine is. What follows an action is awaited:
`expect(...)` for what a reader sees, `Opened.wait` for a condition, `Opened.settled` before
something is said *not* to be there. `KG_SLOW=8 pytest tests/browser` proves it: the browser
then computes eight times as slowly (and every limit is eight times as long).
"""

import importlib.util
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import networkx as nx
import pytest

from kg.draw import network_page
from kg.model import Audience
from kg.network import whole

_HERE = Path(__file__).resolve().parent
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing resolves: a page that tries to reach a host fails, and is found out by its request.
    "--host-resolver-rules=MAP * ~NOTFOUND",
]

#: How many times as slow the browser shall be, from the environment; 1: as fast as it can.
_SLOW = float(os.environ.get("KG_SLOW", "1"))
#: Seconds after which a page is taken to be stuck: no promise, only an end.
_STUCK = 60 * _SLOW

#: Counts what ran that should not: a payload calls one of these.
_WATCH = """
  window.ran = [];
  window.violations = [];
  for (const name of ["alert", "confirm", "prompt", "print"])
    window[name] = () => window.ran.push(name);
  document.addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(event.violatedDirective));
"""


def _chromium() -> str | None:
    found = [path for name in _NAMES if (path := shutil.which(name))]
    return found[0] if found else None


@pytest.fixture(scope="session")
def driver(request) -> object:
    """Playwright: there can be one at a time in a process, so all tests of all folders share it."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=_STUCK * 1000)
    if not hasattr(request.config, "kg_driver"):
        request.config.kg_driver = sync_playwright().start()
        request.config.add_cleanup(request.config.kg_driver.stop)
    return request.config.kg_driver


@pytest.fixture(scope="session")
def browser(request) -> Iterator[object]:
    """The browser of all tests, or a skip that says how to get one."""
    path = _chromium()
    if path is None:
        pytest.skip(
            "NO BROWSER TEST WAS RUN: there is no chromium here. Debian and Ubuntu: "
            "sudo apt-get install chromium; macOS: brew install --cask chromium"
        )
    launched = request.getfixturevalue("driver").chromium.launch(
        executable_path=path, headless=True, args=_FLAGS, chromium_sandbox=False
    )
    yield launched
    launched.close()


#: Three frames, each with the tasks that it sets off.
_SETTLED = """() => new Promise((done) => {
  let turns = 3;
  const turn = () => (turns-- ? requestAnimationFrame(() => setTimeout(turn)) : done());
  turn();
})"""


@dataclass
class Opened:
    """A page and all that happened on it."""

    page: object
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def ran(self) -> list[str]:
        """What ran of the data: calls, dialogs."""
        return [*self.page.evaluate("window.ran"), *self.dialogs]

    def violations(self) -> list[str]:
        """What the page's policy stopped."""
        return self.page.evaluate("window.violations")

    def outside(self) -> list[str]:
        """Requests that would leave the machine."""
        return [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))]

    def spot(self, place: int) -> tuple[float, float]:
        """Where a node is on the screen."""
        script = """place => {
          const at = network.canvasToDOM(network.getPositions([place])[place]);
          const box = document.getElementById("picture").getBoundingClientRect();
          return [at.x + box.left, at.y + box.top];
        }"""
        x, y = self.page.evaluate(script, place)
        return x, y

    def place(self, label: str) -> int:
        """The place of a node in the page, by its label."""
        return self.page.evaluate(
            "label => things.findIndex((_, place) => labelOf(place) === label)", label
        )

    def text(self, selector: str) -> str:
        """The text that a reader sees."""
        return self.page.locator(selector).inner_text()

    def wait(self, condition: str, argument: object = None) -> None:
        """Until a condition holds; wait_for_function would evaluate text, which pages forbid."""
        end = time.monotonic() + _STUCK
        while not self.page.evaluate(condition, argument):
            if time.monotonic() > end:
                raise TimeoutError(condition)
            self.page.wait_for_timeout(20)

    def settled(self) -> None:
        """Until what was set off is done: renderings, events that follow them, the next paint.

        Counts turns of the page's own event loop, so it is right at any speed.
        """
        self.page.evaluate(_SETTLED)

    def find(self, words: str) -> None:
        """Search and take the first that is found, by keyboard alone."""
        self.page.keyboard.press("/")
        self.page.keyboard.type(words)
        self.page.locator("#found [aria-selected=true]").wait_for()
        self.page.keyboard.press("Enter")
        self.page.locator("#found").wait_for(state="hidden")


@pytest.fixture
def open_page(browser, tmp_path) -> Iterator[Callable[..., Opened]]:
    """Opens HTML from a file, as a double click does."""
    contexts = []

    def opening(html: str, *, size: tuple[int, int] = (1400, 900), scheme: str = "light") -> Opened:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_STUCK * 1000)
        if _SLOW > 1:
            tools = context.new_cdp_session(page)
            tools.send("Emulation.setCPUThrottlingRate", {"rate": _SLOW})
        opened = Opened(page)
        page.on("request", lambda request: opened.requests.append(request.url))
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                opened.complaints.append(message.text)
                if message.type in {"error", "warning"}
                else None
            ),
        )

        def refuse(dialog):
            opened.dialogs.append(dialog.type)
            dialog.dismiss()

        page.on("dialog", refuse)
        page.add_init_script(_WATCH)
        file = tmp_path / f"page-{len(contexts)}.html"
        file.write_bytes(html.encode("utf-8"))
        page.goto(file.as_uri())
        return opened

    yield opening
    for context in contexts:
        context.close()


@pytest.fixture
def open_explorer(open_page) -> Callable[..., Opened]:
    """Opens an explorer, and waits until its words are there too."""

    def opening(html: str, **options: object) -> Opened:
        opened = open_page(html, **options)
        opened.wait("performance.getEntriesByName('kg-complete').length > 0")
        return opened

    return opening


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """The fictional harvest."""
    spec = importlib.util.spec_from_file_location("kg_sample_harvest", _HERE / "sample.py")
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def harvest(sample) -> nx.MultiDiGraph:
    """Its network."""
    return whole(sample.sample())


@pytest.fixture(scope="session")
def harvest_page(harvest) -> str:
    """Its page."""
    return network_page(harvest, title="Lantern", audience=Audience.INTERNAL)
