"""How the figures of a network are printed: a table with what it means, CSV, JSON."""

import json
from collections.abc import Sequence
from pathlib import Path

from kg.analysis.shown import cell, meanings, percent, quoted
from kg.analysis.tables import SHOWN, Figures, Row
from kg.cli.terminal import Terminal
from kg.delimited import delimited
from kg.messages import column_name, counted, phrase
from kg.vocabulary import load_vocabulary

#: Partners and words that one page shows of an organisation.
_NAMES = 12
_WORDS = 12


def show_figures(
    figures: Figures, *, top: int, form: str, output: Path | None, terminal: Terminal
) -> None:
    """Print a view in the form asked for."""
    if form != "table":
        _write(figures.rows, form, output, terminal)
        return
    language, view = terminal.language, figures.view
    if not figures.rows:
        terminal.say(phrase(f"network.none-{view}", language))
        return
    columns = SHOWN[view]
    terminal.table(
        [column_name(column, language) for column in columns],
        [[cell(column, row, language) for column in columns] for row in figures.rows[:top]],
        title=phrase(f"network.title-{view}", language),
        target=output,
    )
    if len(figures.rows) > top:
        terminal.say(counted("network.more", len(figures.rows) - top, language))
    terminal.say()
    for meaning in meanings(view, language):
        terminal.say(meaning, style="dim")
    if view == "organisations" and figures.sampled is not None:
        terminal.warn(phrase("network.means-sampled", language, count=figures.sampled))
    if view != "chains":
        terminal.say(phrase("network.caveat", language))


def show_one(
    figures: Figures, body: str, *, form: str, output: Path | None, terminal: Terminal
) -> None:
    """Print what the figures say of one organisation, in sentences, with the words behind."""
    rows = [row for row in figures.rows if row["organisation"] == body]
    if form != "table":
        _write(rows, form, output, terminal)
        return
    language = terminal.language
    if not rows:
        terminal.say(phrase("network.no-part", language))
        return
    (row,) = rows
    lines = [*_sentences(figures, row, language), phrase("network.caveat", language), ""]
    lines.append(phrase("network.one-words", language))
    # A name twice in one sentence is one line.
    words = list({(w["key"], w["field"], w["sentence"]): w for w in row["words"]}.values())
    for said in words[:_WORDS]:
        lines.append(
            "  "
            + phrase(
                "network.one-said",
                language,
                key=said["key"],
                field=_field(said["field"], language),
                words=quoted(said, language),
            )
        )
    name = f"{row['label']} ({row['acronym']})" if row["acronym"] else row["label"]
    if output is not None:
        terminal.result("\n".join((name, *lines, "")), output)
        return
    terminal.heading(name, style="bold")
    for line in lines:
        terminal.line(line)
    if len(words) > _WORDS:
        terminal.say(counted("network.more", len(words) - _WORDS, language))


def _sentences(figures: Figures, row: Row, language: str) -> list[str]:
    bodies = figures.organisations

    def place(column: str) -> int:
        return 1 + [other[column] > row[column] for other in figures.rows].count(True)

    said = [
        phrase(
            "network.one-outcomes",
            language,
            count=row["outcomes"],
            all=figures.outcomes,
            place=place("outcomes"),
            bodies=bodies,
        )
    ]
    if not row["partners"]:
        return [*said, phrase("network.one-alone", language)]
    names = "; ".join(row["with"][:_NAMES]) + (" …" if len(row["with"]) > _NAMES else "")
    said += [
        counted("network.one-partners", row["partners"], language, names=names),
        phrase(
            "network.one-between",
            language,
            share=percent(row["between"], language),
            place=place("between"),
            bodies=bodies,
        ),
        counted("network.one-reaches", row["reaches"], language, group=row["group"]),
    ]
    return [*said, phrase("network.one-only_link", language)] if row["only_link"] else said


def _field(slug: str, language: str) -> str:
    return load_vocabulary().get("field", slug).label(language)


def _write(rows: Sequence[Row], form: str, output: Path | None, terminal: Terminal) -> None:
    """JSON with all lists and words; CSV with lists in one cell, words as their quotes."""
    if form == "json":
        terminal.result(json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n", output)
        return
    columns = tuple(rows[0]) if rows else ()
    flat = [
        ["; ".join(map(_flat, value)) if isinstance(value, list) else value for value in r.values()]
        for r in rows
    ]
    terminal.result(delimited(columns, flat), output)


def _flat(value: object) -> str:
    return str(value["quote"]) if isinstance(value, dict) else str(value)
