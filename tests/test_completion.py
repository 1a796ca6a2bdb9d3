"""Tab completes commands, options, values and names of questions; docs/install.md says how."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

KG = Path(sys.executable).with_name("kg")
ROOT = Path(__file__).resolve().parents[1]


def completed(typed: str, folder: Path) -> list[str]:
    """What bash would offer behind what was typed."""
    words = typed.split(" ")
    asked = {
        "_KG_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(words) - 1),
    }
    done = subprocess.run(
        [KG], cwd=folder, env=os.environ | asked, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kg que", ["queries", "query"]),
        ("kg query outcomes-", ["outcomes-of-organisation"]),
        ("kg draw organisations-", ["organisations-together"]),
        ("kg doctor --fo", ["--format"]),
        ("kg doctor --format ", ["table", "json"]),
    ],
)
def test_tab_completes(typed, expected, tmp_path):
    """A command, a name of the library, an option, its values."""
    assert completed(typed, tmp_path) == expected


def test_questions_of_the_project_are_completed_too(tmp_path):
    """A `.rq` file under queries/ is a question like any other."""
    (tmp_path / "kg.toml").touch()
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "zeal-of-mine.rq").touch()

    assert completed("kg query zea", tmp_path) == ["zeal-of-mine"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_every_shell_gets_its_lines(shell):
    """`kg --show-completion SHELL` prints what `--install-completion` would write."""
    off = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    done = subprocess.run(
        [KG, "--show-completion", shell],
        env=os.environ | off,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "_KG_COMPLETE" in done.stdout
    assert "kg --install-completion" in (ROOT / "docs" / "install.md").read_text("utf-8")
