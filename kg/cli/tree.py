"""How `kg trace` prints a tree, a table or JSON."""

import json
from pathlib import Path

from rich.text import Text
from rich.tree import Tree

from kg.cli.terminal import Terminal, printable
from kg.delimited import delimited
from kg.messages import phrase
from kg.trace import COLUMNS, TraceNode, Words, trace_rows
from kg.vocabulary import load_vocabulary

_STYLES = {
    "outcome": "bold",
    "organisation": "bold magenta",
    "objective": "bold blue",
    "programme": "bold blue",
    "framework-outcome": "cyan",
    "framework-output": "cyan",
    "gap": "italic yellow",
}


def show_trace(node: TraceNode, form: str, output: Path | None, terminal: Terminal) -> None:
    """Print a trace in the form asked for."""
    if form == "json":
        text = json.dumps(node.as_dict(), ensure_ascii=False, indent=1) + "\n"
        terminal.result(text, output)
    elif form == "csv":
        terminal.result(delimited(COLUMNS, trace_rows(node)), output)
    else:
        tree = Tree(_head(node))
        _grow(tree, node, terminal.language)
        terminal.show(tree, output)


def _head(node: TraceNode) -> Text:
    text = Text()
    if node.key:
        text.append(f"{printable(node.key)} ", style="green")
    text.append(printable(node.label), style=_STYLES.get(node.kind, ""))
    return text


def _grow(tree: Tree, node: TraceNode, language: str) -> None:
    for words in node.words:
        tree.add(_words(words, language))
    for child in node.children:
        _grow(tree.add(_head(child)), child, language)


def _words(words: Words, language: str) -> Text:
    role = f", {_said('role', words.role, language)}" if words.role else ""
    before, after = phrase("check.quoted", language, words="|").split("|")
    return Text.assemble(
        (before, "dim"),
        (printable(words.quote), "italic"),
        (f"{after} ", "dim"),
        (
            (
                f"{printable(words.heading)} {words.start}–{words.end}{role}, "
                f"{_said('method', words.method, language)} {words.confidence:g}"
            ),
            "dim",
        ),
    )


def _said(scheme: str, slug: str, language: str) -> str:
    """What a role or a method is called; tables and JSON keep the slug."""
    return load_vocabulary().get(scheme, slug).label(language)
