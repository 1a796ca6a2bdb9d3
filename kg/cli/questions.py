"""How the queue of `kg review` is printed: numbered, explained, 80 columns."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kg.cli.terminal import Terminal
from kg.delimited import delimited
from kg.messages import counted, phrase, text_of
from kg.review import Item, ItemKind

COLUMNS = (
    "number", "kind", "why", "name", "other", "country", "records", "times",
    "key", "field", "start", "end", "sentence", "evidence", "answers",
)  # fmt: skip
_SHOWN = 12


def show_questions(
    items: Sequence[Item],
    *,
    form: str,
    everything: bool,
    kind: str | None,
    output: Path | None,
    terminal: Terminal,
) -> None:
    """Print the queue in the form asked for; numbers are those of the whole queue."""
    chosen = [(n, item) for n, item in enumerate(items, 1) if kind in {None, item.kind.value}]
    if form == "json":
        tree = [dict(zip(COLUMNS, _row(n, item), strict=True)) for n, item in chosen]
        terminal.result(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", output)
        return
    if form == "csv":
        terminal.result(delimited(COLUMNS, [_flat(_row(n, i)) for n, i in chosen]), output)
        return
    shown = chosen if everything else chosen[:_SHOWN]
    language = terminal.language
    if output is None:
        for number, item in shown:
            _question(number, item, language, terminal)
    else:
        terminal.result("\n".join(_plain(n, item, language) for n, item in shown), output)
    _footer(items, chosen, shown, terminal)


def _row(number: int, item: Item) -> tuple[object, ...]:
    first = item.spots[0]
    return (
        number,
        item.kind.value,
        item.why,
        item.name,
        item.other or None,
        item.country or None,
        item.records,
        len(item.spots),
        first.key,
        first.field,
        first.start,
        first.end,
        item.sentence,
        list(item.evidence),
        list(item.answers),
    )


def _flat(row: Sequence[object]) -> list[object]:
    return ["; ".join(map(str, v)) if isinstance(v, list) else v for v in row]


def _lines(number: int, item: Item, language: str) -> list[tuple[str, str]]:
    """A question and what speaks to it: text, style."""
    asked = text_of(f"review-{item.kind.value}", language).format(
        name=item.name, other=item.other, country=item.country or text_of("nowhere", language)
    )
    often = text_of("named", language).format(times=len(item.spots), records=item.records)
    first = item.spots[0]
    return [
        (f"{number}. {asked}", "bold"),
        (f"{text_of(f'why-{item.why}', language)} {often}", ""),
        # Of a pair, each side brings a sentence of its own.
        *(
            []
            if item.kind is ItemKind.PAIR
            else [(f"{first.key}, {first.field}: {item.sentence}", "dim")]
        ),
        *((line, "dim") for line in item.evidence),
        (f"kg review {number} {' | '.join(item.answers)}", "cyan"),
    ]


def _question(number: int, item: Item, language: str, terminal: Terminal) -> None:
    (asked, style), *rest = _lines(number, item, language)
    terminal.heading(asked, style=style)
    for text, its in rest:
        terminal.note(text, style=its)
    terminal.line()


def _plain(number: int, item: Item, language: str) -> str:
    return "\n  ".join(text for text, _ in _lines(number, item, language)) + "\n"


def _footer(
    items: Sequence[Item],
    chosen: Sequence[object],
    shown: Sequence[object],
    terminal: Terminal,
) -> None:
    tongue = terminal.language
    if not items:
        terminal.line(phrase("review.nothing", tongue))
        return
    kinds = Counter(item.kind for item in items)
    told = ", ".join(counted(f"review.kinds.{k}", kinds[k], tongue) for k in ItemKind if kinds[k])
    terminal.line(phrase("review.waiting", tongue, told=told))
    if len(shown) < len(chosen):
        terminal.say(phrase("review.more", tongue, count=len(chosen) - len(shown)))
    terminal.say(phrase("review.how", tongue))
