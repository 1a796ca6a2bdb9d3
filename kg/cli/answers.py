"""How answers, the question library and mentions are printed."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.cli.terminal import Terminal
from kg.delimited import delimited
from kg.messages import column_name, phrase
from kg.query import Answer, Question
from kg.query.formats import render, value_name

_MENTION_COLUMNS = (
    "key", "field", "start", "end", "text", "kind", "label",
    "role", "method", "confidence", "status", "entity",
)  # fmt: skip
_MENTION_TABLE = ("key", "field", "text", "kind", "role", "status")


def show_library(questions: Mapping[str, Question], terminal: Terminal) -> None:
    """Name, question and parameters, one line each."""
    language = terminal.language
    terminal.table(
        [phrase(f"query.head-{name}", language) for name in ("name", "question", "parameters")],
        [(name, q.asked(language), q.usage) for name, q in sorted(questions.items())],
    )
    terminal.say(phrase("query.how", language))


def show_answer(answer: Answer, form: str, output: Path | None, terminal: Terminal) -> None:
    """Print an answer in the form asked for."""
    hidden = _repeated(answer) if form == "table" and answer.kind == "select" else ()
    shown = answer.without(hidden) if hidden else answer
    language = terminal.language
    terminal.result(render(shown, form, width=terminal.out.width, language=language), output)
    if hidden and answer.rows:
        columns = ", ".join(column_name(name, language) for name in hidden)
        terminal.say(phrase("query.left-out", language, columns=columns))


#: What a person knows a thing by, where an answer gives it beside the address.
_NAMES = {
    "fragment": "key",
    "fragment_id": "key",
    "organisation": "label",
    "a": "a_label",
    "b": "b_label",
}


def _repeated(answer: Answer) -> tuple[str, ...]:
    """Columns that only repeat a name beside them, which a table for reading leaves out."""
    return tuple(c for c in answer.columns if _NAMES.get(c) in answer.columns)


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
        language = terminal.language
        terminal.table(
            [column_name(name, language) for name in _MENTION_TABLE],
            [[value_name(c, m.get(c), language) for c in _MENTION_TABLE] for m in mentions],
        )
        if not mentions:
            terminal.say(phrase("mentions.none", language))
