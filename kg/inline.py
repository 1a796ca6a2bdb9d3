"""What objects of kg look like inside a notebook: HTML that runs nothing and fetches nothing.

Jupyter, VS Code and marimo all ask an object for `_repr_html_` and show what it gives. Every word
that comes from data is escaped; there is no script, no style sheet and no colour of our own, so
that it reads on light and on dark ground. A drawing is a page of its own, in a frame that may run
its scripts and reach nothing around it.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape

from kg.messages import counted, phrase
from kg.model import Audience

#: Rows that a table shows; a notebook keeps what it shows, and a frame has them all.
SHOWN = 50
#: Pixels of a frame's height.
HEIGHT = 640

_FAINT = "rgba(127,127,127,.4)"
_CELL = "text-align:{align};vertical-align:top;padding:3px 14px 3px 0"


class Address(str):
    """An IRI: shown by its end, and whole where the pointer rests on it."""

    __slots__ = ()


def text(value: object) -> str:
    r"""A value as text of a page: nothing in it is markup, nothing invisible turns it around.

    >>> text('<b>"a"\u202e</b>'), text(None), text(Decimal("2.50"))
    ('&lt;b&gt;&quot;a&quot;·&lt;/b&gt;', '', '2.5')
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        value = f"{value.normalize():f}"
    shown = "".join(c if _plain(c) else "·" for c in str(value))
    return escape(shown, quote=True).replace("\n", "<br>")


def _plain(char: str) -> bool:
    return char.isprintable() or char == "\n" or unicodedata.category(char) == "Zs"


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    language: str,
    title: str = "",
    notes: Iterable[str] = (),
    frames: bool = True,
) -> str:
    """Rows as a table, the first `SHOWN` of them.

    Args:
        columns: Headings.
        rows: Values; None is an empty cell, truths are told as words.
        language: "en", "fr"; of what stands around the values.
        title: A line above.
        notes: Lines below, folded away: what the columns mean.
        frames: Whether the rest is to be had with `.to_pandas()`.
    """
    numeric = [
        bool(found := [row[place] for row in rows if row[place] is not None])
        and all(isinstance(v, int | float | Decimal) and not isinstance(v, bool) for v in found)
        for place in range(len(columns))
    ]
    sides = ["right" if number else "left" for number in numeric]
    head = "".join(
        f'<th scope="col" style="{_CELL.format(align=side)}">{text(name)}</th>'
        for name, side in zip(columns, sides, strict=True)
    )
    body = "".join(
        f'<tr style="border-bottom:1px solid {_FAINT}">'
        + "".join(
            f'<td dir="auto" style="{_CELL.format(align=side)}">{_cell(value, language)}</td>'
            for value, side in zip(row, sides, strict=True)
        )
        + "</tr>"
        for row in rows[:SHOWN]
    )
    count = counted("notebook.rows", len(rows), language)
    if len(rows) > SHOWN:
        shown = phrase("notebook.first", language, shown=SHOWN)
        rest = phrase("notebook.rest", language) if frames else ""
        count = " ".join(filter(None, (f"{count}, {shown}", rest)))
    heading = f"<p><strong>{text(title)}</strong></p>" if title else ""
    grid = (
        '<div style="overflow-x:auto"><table style="border-collapse:collapse;margin:0">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        if columns
        else ""
    )
    return f"<div>{heading}{grid}{small(count)}{_folded(notes, language)}</div>"


def _cell(value: object, language: str) -> str:
    if isinstance(value, bool):
        return text(phrase("query.yes" if value else "query.no", language))
    if isinstance(value, Address):
        head, _, end = value.rstrip("/").rpartition("/")
        return f'<span title="{text(value)}">{text(f"…/{end}" if head else value)}</span>'
    return text(value)


def _folded(notes: Iterable[str], language: str) -> str:
    lines = "".join(f"<li>{text(note)}</li>" for note in notes)
    summary = text(phrase("notebook.meaning", language))
    return f"<details><summary>{summary}</summary><ul>{lines}</ul></details>" if lines else ""


def small(line: str) -> str:
    """A line beside a result, smaller; *line* is text."""
    return f'<p style="margin:.3em 0;opacity:.75;font-size:.9em">{text(line)}</p>'


def marked(audience: Audience, language: str) -> str:
    """Whose copy it is, as a mark, and what that means for the notebook."""
    word = phrase(f"notebook.{audience.value}", language)
    means = phrase(f"notebook.{audience.value}-means", language)
    mark = (
        '<strong style="border:1px solid currentColor;border-radius:3px;padding:0 .4em;'
        f'letter-spacing:.06em;font-size:.85em">{text(word)}</strong>'
    )
    return f'<p style="margin:.3em 0">{mark} <span style="opacity:.75">{text(means)}</span></p>'


def framed(page: str, *, title: str, caption: str, height: int = HEIGHT) -> str:
    """A whole page in a frame of its own, inside the notebook's page.

    The frame holds the page itself, so it works offline and in a saved notebook. It may run
    scripts (the page's policy names those that it knows) and save a picture; it is a stranger to
    the notebook: no cookies, no storage, no way to the page around it.

    Args:
        page: A self-contained HTML page.
        title: What assistive technology calls the frame.
        caption: A line below, text.
        height: Pixels.
    """
    return (
        f'<iframe title="{text(title)}" srcdoc="{escape(page, quote=True)}" '
        'sandbox="allow-scripts allow-downloads" referrerpolicy="no-referrer" loading="lazy" '
        f'style="width:100%;height:{height}px;border:1px solid {_FAINT};border-radius:6px">'
        f"</iframe>{small(caption)}"
    )
