"""What every test gets: no way out of this machine, a home of its own, the same luck each time."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from kg.harvest import Harvest

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
OFFLINE = ROOT / "tests" / "offline"

# Programs for a fuzzer (`make fuzz`), no tests: they need what nobody else installs.
collect_ignore_glob = ["fuzz/*"]

# The same examples on every run: a red CI can be repeated, a green one means the same to all.
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
# For a night of looking for trouble: HYPOTHESIS_PROFILE=search pytest tests/...
settings.register_profile("search", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def _module(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _forbid_connections() -> None:
    """Guards this process, through PYTHONPATH every Python, and by the kernel all else."""
    if sys.platform == "linux":
        _module("kg_own_network", OFFLINE / "namespace.py").enter()
    _module("kg_offline", OFFLINE / "sitecustomize.py")
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(OFFLINE), *([before] if before else [])])


def pytest_configure(config: pytest.Config) -> None:
    """Closes the way out before anything is collected: doctests and imports count too."""
    _forbid_connections()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--update-golden`."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Write the golden files anew from what the code says now. Read the diff.",
    )


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Was `--update-golden` said?"""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def golden(update_golden: bool) -> Callable[[str, str], None]:
    """Compares a text with `tests/golden/NAME`; with `--update-golden` writes it instead."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if update_golden:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        if not path.exists():
            pytest.fail(f"No golden file {path.relative_to(ROOT)}; --update-golden writes it.")
        assert text == path.read_text(encoding="utf-8")

    return check


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout: the one real record, foreign test data. Never committed."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(
            "NO ../shared BESIDE THE CHECKOUT: what needs the real record is not tested here."
        )
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """A Chromium or Chrome to drive, by path."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("NO CHROMIUM HERE: apt-get install chromium, or KG_CHROMIUM=/path/to/chrome.")
    return found


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> "Harvest":
    """The example harvest, built once a worker as `make demo` builds it, in a folder of its own."""
    from kg.api import build
    from kg.start import start_project

    project = tmp_path_factory.mktemp("example") / "demo"
    start_project(project, demo=True)
    return build(project=project)


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder of its own: no test reads or changes the settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        yield home
