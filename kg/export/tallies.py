"""The tables of the report that add up and tell what is missing: matrix, gaps, worklist."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.export.page import Cell, Page, Value
from kg.export.sheets import KEYS_SHOWN, Sheets
from kg.export.told import Told
from kg.messages import phrase, source_of, task_of

_HEATS = 4


def pages(sheets: Sheets) -> Iterator[Page]:
    """The tables of `tables`, made one after the other, so that not all of them fill the memory."""
    makers = {
        "outcomes": sheets.outcomes,
        "organisations": sheets.organisations,
        "participations": sheets.participations,
    }
    others = {
        "matrix": matrix,
        "framework": framework,
        "gaps": gaps,
        "links": links,
        "worklist": worklist,
    }
    for name in tables(sheets):
        yield makers[name]() if name in makers else others[name](sheets)


def tables(sheets: Sheets) -> tuple[str, ...]:
    """Names of the tables in their order; the worklist only for those who can mend the sources."""
    more = ("worklist",) if sheets.story.findings else ()
    return (
        *("outcomes", "organisations", "participations", "matrix"),
        *("framework", "gaps", "links", *more),
    )


def matrix(sheets: Sheets) -> Page:
    """Who changed by how they changed, in outcomes."""
    unknown = sheets.say("gaps.unknown")
    pairs = Counter(
        (actor, change)
        for told in sheets.story.outcomes
        for actor in told.actors or (unknown,)
        for change in told.changes or (unknown,)
    )
    actors = _last({actor for actor, _ in pairs}, unknown)
    changes = _last({change for _, change in pairs}, unknown)
    columns = sheets.head(("actor", 34))
    columns += [(change, 18) for change in changes] + sheets.head(("all", 12))
    most = max(pairs.values(), default=0)
    rows: list[list[Value]] = []
    for actor in actors:
        cells = [_heat(pairs[actor, change], most) for change in changes]
        rows.append([Cell(actor, bold=True), *cells, Cell(_all(sheets, actor=actor), look="total")])
    if rows:
        totals = [Cell(_all(sheets, change=change), look="total") for change in changes]
        every = Cell(len(sheets.story.outcomes), look="total")
        rows.append([Cell(sheets.say("columns.all"), look="total", bold=True), *totals, every])
    return Page(sheets.name("matrix"), columns, rows, frozen="B2")


def _all(sheets: Sheets, *, actor: str = "", change: str = "") -> int:
    """Outcomes of a row or a column, each once."""
    unknown = sheets.say("gaps.unknown")
    return sum(
        (not actor or actor in (told.actors or (unknown,)))
        and (not change or change in (told.changes or (unknown,)))
        for told in sheets.story.outcomes
    )


def framework(sheets: Sheets) -> Page:
    """Every promise with what stands behind it; those without are marked, in words."""
    columns = sheets.head(
        ("country", 18), ("kind", 14), ("code", 10), ("label", 70), ("direct", 14),
        ("total", 14), ("gap", 24), ("in-outcomes", 60),
    )  # fmt: skip
    rows: list[list[Value]] = []
    for promise in sheets.promised:
        outcomes = [told for told in sheets.story.outcomes if told.iri in promise.total]
        shown = "; ".join(told.number for told in outcomes[:KEYS_SHOWN])
        more = "…" if len(outcomes) > KEYS_SHOWN else ""
        top = promise.kind == "objective"
        rows.append(
            [
                promise.country or None,
                sheets.say(f"kinds.{promise.kind}"),
                Cell(promise.code, bold=True),
                Cell(promise.label or None, bold=top),
                len(promise.direct),
                len(promise.total),
                Cell(sheets.say("gaps.no-outcome"), look="gap") if promise.gap else None,
                sheets.outcome_link(outcomes[0].iri, shown + more) if outcomes else None,
            ]
        )
    return Page(sheets.name("framework"), columns, rows, frozen="E2")


def gaps(sheets: Sheets) -> Page:
    """Outcomes that nothing promised leads to, and large claims without stated evidence."""
    columns = sheets.head(
        ("number", 17), ("gap", 34), ("reason", 24), ("written", 34), ("statement", 70)
    )
    rows: list[list[Value]] = []
    for told in sheets.story.outcomes:
        if told.unlinked:
            cell = told.raw
            rows.append([*_gap(sheets, told, "unlinked"), told.unlinked, cell, told.statement])
    for told in sheets.story.outcomes:
        if told.large:
            rated = told.values.get("rating-significance")
            rows.append([*_gap(sheets, told, "large"), rated, None, told.statement])
    return Page(sheets.name("gaps"), columns, rows)


def _gap(sheets: Sheets, told: Told, gap: str) -> tuple[Cell, Cell]:
    look = "gap" if gap == "unlinked" else "alarm"
    return sheets.outcome_link(told.iri), Cell(sheets.say(f"gaps.{gap}"), look=look)


def links(sheets: Sheets) -> Page:
    """Outcomes that refer to others."""
    columns = sheets.head(
        ("from", 17), ("statement", 50), ("relation", 18), ("to", 17), ("statement", 50),
        ("words", 20), ("sentence", 60),
    )  # fmt: skip
    rows: list[list[Value]] = []
    for found in sheets.story.references:
        for quote in found.quotes or (None,):
            rows.append(
                [
                    sheets.outcome_link(found.start),
                    sheets.story.by_iri[found.start].title,
                    found.relation,
                    sheets.outcome_link(found.end),
                    sheets.story.by_iri[found.end].title,
                    quote.words if quote else None,
                    quote.sentence if quote else None,
                ]
            )
    return Page(sheets.name("links"), columns, rows)


def worklist(sheets: Sheets) -> Page:
    """What there is to do in the sources, in the order in which an officer works."""
    language = sheets.story.language
    columns = sheets.head(
        ("task", 28), ("weight", 14), ("file", 24), ("row", 8), ("field", 22), ("key", 18),
        ("message", 60), ("advice", 60),
    )  # fmt: skip
    numbers = {told.key: told.iri for told in sheets.story.outcomes}
    rows: list[list[Value]] = []
    for found in sheets.story.findings:
        key = found.key or ""
        rows.append(
            [
                phrase(f"check.tasks.{task_of(found.reason)}", language),
                phrase(f"check.{found.severity.value}.one", language),
                source_of(found.where, language) or None,
                found.where.row,
                found.where.field,
                sheets.outcome_link(numbers[key], key) if key in numbers else key or None,
                found.message,
                found.advice,
            ]
        )
    return Page(sheets.name("worklist"), columns, rows)


def _last(names: set[str], unknown: str) -> Sequence[str]:
    """Names in order; what nobody stated comes last."""
    return sorted(names, key=lambda name: (name == unknown, name.casefold(), name))


def _heat(count: int, most: int) -> Cell:
    """A count, the darker the more; nothing where there is nothing."""
    if not count:
        return Cell(None)
    return Cell(count, look=f"heat{min(_HEATS, 1 + (count * _HEATS - 1) // most)}")
