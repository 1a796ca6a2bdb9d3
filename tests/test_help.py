"""What `--help` shows, kept: a change of it is seen by whoever reads the change."""

import pytest
import typer.main
from typer.testing import CliRunner

from kg.cli.app import app

COMMANDS = ["", *sorted(typer.main.get_command(app).commands)]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_as_it_was_read_last(command, golden, monkeypatch):
    """In 80 columns, without colours. After a change: make update-golden, and read."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    words = [command, "--help"] if command else ["--help"]
    shown = CliRunner().invoke(app, words, prog_name="kg")
    text = "\n".join(line.rstrip() for line in shown.stdout.splitlines()) + "\n"

    assert shown.exit_code == 0
    assert max(map(len, text.splitlines())) <= 80
    golden(f"help/{command or 'kg'}.txt", text)
