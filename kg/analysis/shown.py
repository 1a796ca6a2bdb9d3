"""Figures as people read them, on a screen or in a notebook: values in words, and their meaning."""

from collections.abc import Iterator, Mapping
from typing import Any

from kg import inline
from kg.analysis.tables import SHOWN, Figures, Row
from kg.messages import column_name, has_phrase, phrase


def html(figures: Figures, language: str) -> str:
    """A view as a table for a notebook, with the caveat, and what its columns mean."""
    columns, view = SHOWN[figures.view], figures.view
    notes = [*meanings(view, language)]
    if view == "organisations" and figures.sampled is not None:
        notes.append(phrase("network.means-sampled", language, count=figures.sampled))
    shown = inline.table(
        [column_name(column, language) for column in columns],
        [[cell(column, row, language) for column in columns] for row in figures.rows],
        language=language,
        title=phrase(f"network.title-{view}", language),
        notes=notes,
    )
    return shown + ("" if view == "chains" else inline.small(phrase("network.caveat", language)))


def meanings(view: str, language: str) -> Iterator[str]:
    """What each column of a view means, where that is not plain."""
    for column in SHOWN[view]:
        if has_phrase(f"network.means-{column}") and (view, column) != ("groups", "outcomes"):
            yield phrase(f"network.means-{column}", language)


def cell(column: str, row: Row, language: str) -> object:
    """What a table shows of one value."""
    value = row[column]
    text: object = "; ".join(value) if column == "members" else value
    if column == "between":
        text = f"{percent(value, language)} %"
    elif column == "label" and row["acronym"] and row["acronym"] not in value:
        text = f"{value} ({row['acronym']})"
    elif column == "only_link":
        text = phrase("query.yes", language) if value else ""
    elif column == "relation":
        ends = {"before": row["before"], "after": row["after"]}
        text = phrase(f"network.said-{value}", language, **ends)
        text += phrase("network.circle", language) if row["circle"] else ""
    elif column == "words":
        text = "\n".join(dict.fromkeys(quoted(said, language) for said in value))
    elif column == "period" and not value:
        text = phrase("network.unstated", language)
    return text


def quoted(words: Mapping[str, Any], language: str) -> str:
    """The sentence in which words stand, in quotation marks."""
    return phrase("check.quoted", language, words=words["sentence"])


def percent(share: float, language: str) -> str:
    """A share as per cent, without the sign.

    >>> percent(0.125, "fr")
    '12,5'
    """
    text = f"{100 * share:.1f}"
    return text.replace(".", ",") if language == "fr" else text
