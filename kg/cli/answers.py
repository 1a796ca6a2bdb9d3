"""How answers, the question library and mentions are printed."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.cli.delimited import delimited
from kg.cli.terminal import Terminal
from kg.query import Answer, Question
from kg.query.formats import render

_MENTION_COLUMNS = (
    "key", "field", "start", "end", "text", "kind", "label",
    "role", "method", "confidence", "status", "entity",
)  # fmt: skip
_MENTION_TABLE = ("key", "field", "start", "end", "text", "kind", "role", "status")


def show_library(questions: Mapping[str, Question], language: str, terminal: Terminal) -> None:
    """Name, question and parameters, one line each."""
    terminal.table(
        ("name", "question", "parameters"),
        [(name, q.asked(language), q.usage) for name, q in sorted(questions.items())],
    )
    terminal.say("Ask one: kg query NAME -p key=value. A parameter in [brackets] may be left out.")


def show_answer(answer: Answer, form: str, output: Path | None, terminal: Terminal) -> None:
    """Print an answer in the form asked for."""
    if form != "table":
        terminal.result(render(answer, form), output)
    elif answer.kind == "select":
        _table(answer, output, terminal)
    elif answer.kind == "ask":
        terminal.line("yes" if answer.boolean else "no")
    else:
        terminal.result(render(answer, "ttl"), output)


#: What a person knows a thing by, where an answer gives it beside the address.
_NAMES = {
    "fragment": "key",
    "fragment_id": "key",
    "organisation": "label",
    "a": "a_label",
    "b": "b_label",
}


def _table(answer: Answer, output: Path | None, terminal: Terminal) -> None:
    """A table for reading: what only repeats a name beside it is left out."""
    hidden = {c for c in answer.columns if _NAMES.get(c) in answer.columns}
    shown = [number for number, c in enumerate(answer.columns) if c not in hidden]
    columns = [answer.columns[number] for number in shown]
    rows = [[row[number] for number in shown] for row in answer.values()]
    terminal.table(columns, rows, target=output)
    if not answer.rows:
        terminal.say("No rows: nothing in this harvest answers that.")
    elif hidden:
        left = ", ".join(c for c in answer.columns if c in hidden)
        terminal.say(f"Left out here, to leave room: {left}. --format csv has every column.")


def show_mentions(
    mentions: Sequence[Mapping[str, Any]], form: str, output: Path | None, terminal: Terminal
) -> None:
    """Print mentions in the form asked for. The words of suspected persons are not there."""
    if form == "jsonl":
        lines = (json.dumps(m, ensure_ascii=False) + "\n" for m in mentions)
        terminal.result("".join(lines), output)
    elif form == "csv":
        rows = [[m.get(c) for c in _MENTION_COLUMNS] for m in mentions]
        terminal.result(delimited(_MENTION_COLUMNS, rows), output)
    else:
        terminal.table(_MENTION_TABLE, [[m.get(c) for c in _MENTION_TABLE] for m in mentions])
        if not mentions:
            terminal.say("No names were found in the texts of this harvest.")
