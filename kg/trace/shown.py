"""A trace as a tree inside a notebook: steps that fold, each with the words behind it."""

from itertools import islice

from kg.inline import small, text
from kg.messages import counted, phrase
from kg.trace.steps import TraceNode, Words
from kg.vocabulary import load_vocabulary

#: Steps that a notebook shows; more are no reading matter, and stay in the notebook's file.
LONGEST = 400

_LIST = "list-style:none;margin:0;padding-left:1.2em"


def tree(root: TraceNode) -> str:
    """The whole trace; what leads on from an outcome is open, too, so that a print has it all."""
    steps = sum(1 for _ in root.walk())
    shown = {id(node) for node in islice(root.walk(), LONGEST)}
    more = steps - LONGEST
    rest = small(counted("notebook.steps", more, root.language)) if more > 0 else ""
    return f'<div dir="auto">{_step(root, root.language, shown)}{rest}</div>'


def _step(node: TraceNode, language: str, shown: set[int]) -> str:
    said = "".join(f"<li>{_words(words, language)}</li>" for words in node.words)
    below = "".join(
        f"<li>{_step(child, language, shown)}</li>" for child in node.children if id(child) in shown
    )
    head = _head(node)
    if not said and not below:
        return f"<div>{head}</div>"
    return (
        f'<details open><summary>{head}</summary><ul style="{_LIST}">{said}{below}</ul></details>'
    )


def _head(node: TraceNode) -> str:
    key = f"<code>{text(node.key)}</code> " if node.key else ""
    tag = {"gap": "em", "outcome": "span"}.get(node.kind, "strong")
    return f"{key}<{tag}>{text(node.label)}</{tag}>"


def _words(words: Words, language: str) -> str:
    before, after = phrase("check.quoted", language, words="|").split("|")
    role = f", {_said('role', words.role, language)}" if words.role else ""
    where = (
        f"{words.heading} {words.start}–{words.end}{role}, "
        f"{_said('method', words.method, language)} {words.confidence:g}"
    )
    return (
        f"{text(before)}<em>{text(words.quote)}</em>{text(after)} "
        f'<span style="opacity:.75;font-size:.9em">{text(where)}</span>'
    )


def _said(scheme: str, slug: str, language: str) -> str:
    return load_vocabulary().get(scheme, slug).label(language)
