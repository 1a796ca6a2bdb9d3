"""The first two sheets of the workbook: what this is, and counts with native charts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.export.page import Cell, Page, Value, place
from kg.export.sheets import Sheets
from kg.export.told import Story
from kg.version import __version__

_HOW = ("claims", "links", "names", "ratings", "counts", "texts", "again")
_MOST_BARS = 15
_CHART_ROWS = 18  # rows of the sheet beside a chart
_CHART_CM = (17.5, 8.6)  # width, height
_INKS = ("1F6FB2", "E69F00", "0B8A62", "B5472A")
_CHARTS_A_PAGE = 2


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers with a chart: a category a row, a series a column."""

    name: str  # in `charts` of report.yaml
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    flat: bool = False  # bars that lie, for long names
    stacked: bool = False
    note: str = ""


def readme(sheets: Sheets, tables: Sequence[str]) -> Page:
    """What this is, for whom, how much of what, how it was made, which sheets there are."""
    say, story = sheets.say, sheets.story
    audience = story.audience.value
    look = "alarm" if audience == "internal" else "fine"
    rows: list[list[Value]] = [
        [Cell(story.name, bold=True, size=18)],
        [Cell(say(f"audience.{audience}"), look=look, bold=True, size=14), Cell(None, look=look)],
        [Cell(None, look=look), Cell(say(f"audience.{audience}-note"), look=look)],
        [],
    ]
    rows += [[Cell(name, bold=True), Cell(told, left=True)] for name, told in facts(story, sheets)]
    rows += [[], [Cell(say("columns.sheet"), bold=True), Cell(say("columns.what"), bold=True)]]
    names = ["overview", *tables]
    rows += [
        [Cell(sheets.name(name), place(sheets.name(name), 1)), say(f"about.{name}")]
        for name in names
    ]
    rows += [[], [Cell(say("how.title"), bold=True)]]
    rows += [["", say(f"how.{name}")] for name in _HOW]
    return Page(sheets.name("readme"), (), rows, widths=(42, 110))


def facts(story: Story, sheets: Sheets) -> list[tuple[str, str | int]]:
    """What is counted, with its name. A date only where somebody said one: no clock is read."""
    say = sheets.say
    promised = sheets.promised
    years = sorted({told.values["year"] for told in story.outcomes if told.values.get("year")})
    rounds = sorted({told.values["round"] for told in story.outcomes if told.values.get("round")})
    found: list[tuple[str, str | int]] = [("project", story.name)]
    if story.date:
        found.append(("date", story.date))
    none = say("facts.none")
    span = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}" if years else none
    found += [
        ("years", span),
        ("rounds", "; ".join(rounds) or none),
        ("outcomes", len(story.outcomes)),
    ]
    confidential = sum(story.value(told, "confidential") for told in story.outcomes)
    if story.audience.value == "internal":
        found.append(("confidential", confidential))
    found += [
        ("organisations", len(story.organisations)),
        ("participations", len(story.claims)),
        ("promises", len(promised)),
        ("promises-empty", sum(promise.gap for promise in promised)),
        ("unlinked", sum(bool(told.unlinked) for told in story.outcomes)),
        ("large", sum(told.large for told in story.outcomes)),
        ("negative", sum(story.value(told, "negative") for told in story.outcomes)),
        ("unintended", sum(story.value(told, "unintended") for told in story.outcomes)),
    ]
    told = [say("facts.source", file=f, read=read, kept=kept) for f, read, kept in story.sources]
    if told:
        found.append(("sources", "\n".join(told)))
    found.append(("made", f"kg {__version__}"))
    if story.digest:
        found.append(("digest", story.digest))
    return [(say(f"facts.{name}"), value) for name, value in found]


def blocks(sheets: Sheets) -> list[Block]:
    """What the overview charts; a chart of nothing is left out."""
    story, say = sheets.story, sheets.say
    unknown = say("gaps.unknown")
    outcomes = (say("facts.outcomes"),)

    def largest(name: str, counts: Counter[str]) -> Block:
        return Block(name, outcomes, _most(counts, say("gaps.others")), flat=True)

    years = Counter(told.values.get("year") or unknown for told in story.outcomes)
    countries = Counter(p for told in story.outcomes for p in told.places or (unknown,))
    actors = Counter(a for told in story.outcomes for a in told.actors or (unknown,))
    changes = Counter(c for told in story.outcomes for c in told.changes or (unknown,))
    bodies = Counter({b.acronym or b.label: len(b.outcomes) for b in story.organisations})
    found = [
        Block("by-year", outcomes, tuple((year, (years[year],)) for year in sorted(years))),
        largest("by-country", countries),
        _promises(sheets),
        largest("by-actor", actors),
        largest("by-change", changes),
        _evidence(sheets),
        # Those beyond the most named are no bar: together they would dwarf the rest.
        Block(
            "by-organisation", outcomes, _top(bodies), flat=True,
            note=say("charts.of-organisations-note"),
        ),
    ]  # fmt: skip
    return [block for block in found if block.rows]


def _most(counts: Counter[str], others: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The largest first; what is beyond the room is one row."""
    found = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(count for _, count in found[_MOST_BARS:])
    return _top(counts) + (((others, (rest,)),) if rest else ())


def _top(counts: Counter[str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    found = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((name, (count,)) for name, count in found[:_MOST_BARS])


def _promises(sheets: Sheets) -> Block:
    """Results under each objective: how many have outcomes, how many have none."""
    story, say = sheets.story, sheets.say
    counts: dict[str, list[int]] = {}
    for promise in sheets.promised:
        if promise.kind == "objective":
            counts.setdefault(promise.code, [0, 0])
            continue
        tops = [o for o in promise.above if story.promise_of[o].kind == "objective"]
        codes = [story.promise_of[o].code for o in tops] or [say("document.no-objective")]
        for code in codes:
            counts.setdefault(code, [0, 0])[promise.gap] += 1
    rows = tuple((code, tuple(pair)) for code, pair in counts.items() if any(pair))
    return Block("by-objective", (say("charts.with"), say("charts.without")), rows, stacked=True)


def _evidence(sheets: Sheets) -> Block:
    """How significant outcomes are rated, by what is said of evidence."""
    story, unknown = sheets.story, sheets.say("gaps.unknown")
    pairs = Counter(
        (
            told.values.get("rating-significance") or unknown,
            told.values.get("evidence-status") or unknown,
        )
        for told in story.outcomes
    )
    states = tuple(sorted({state for _, state in pairs}))
    ratings = sorted({rating for rating, _ in pairs}, key=lambda r: (r == unknown, r))
    rows = tuple((rating, tuple(pairs[rating, state] for state in states)) for rating in ratings)
    return Block("by-evidence", states, rows, stacked=True)


def write_overview(sheet: Any, sheets: Sheets) -> None:
    """Write counts and charts into an empty sheet: numbers on the left, their chart beside them."""
    from kg.export.page import write_page

    story = sheets.story
    rows: list[list[Value]] = [
        [Cell(story.name, bold=True, size=16)],
        [Cell(sheets.say(f"audience.{story.audience.value}"), bold=True)],
        [],
    ]
    charts: list[Any] = []
    for block in blocks(sheets):
        start = len(rows) + 1
        rows.append([Cell(sheets.say(f"charts.{block.name}"), bold=True, size=13)])
        rows.append([None, *(Cell(name, bold=True, look="total") for name in block.series)])
        rows += [[name, *numbers] for name, numbers in block.rows]
        if block.note:
            rows.append([block.note])
        charts.append((block, start))
        rows += [[] for _ in range(start + _CHART_ROWS - len(rows))]
    for block, start in charts:
        sheet.add_chart(_chart(sheet, block, start, sheets), f"F{start}")
    breaks = [start - 1 for _, start in charts[_CHARTS_A_PAGE::_CHARTS_A_PAGE]]
    page = Page(sheets.name("overview"), (), rows, widths=(36, 13, 13, 13, 2), breaks=breaks)
    audience = story.audience.value
    write_page(
        sheet,
        page,
        mark=sheets.say(f"audience.{audience}"),
        note=sheets.say(f"audience.{audience}-note"),
        language=story.language,
    )


def _chart(sheet: Any, block: Block, start: int, sheets: Sheets) -> Any:
    """A native bar chart of the numbers that stand in the sheet."""
    from openpyxl.chart import BarChart, Reference
    from openpyxl.chart.data_source import AxDataSource, StrRef
    from openpyxl.chart.label import DataLabelList

    chart = BarChart()
    chart.type = "bar" if block.flat else "col"
    chart.title = sheets.say(f"charts.{block.name}")
    chart.style = 10
    chart.width, chart.height = _CHART_CM  # type: ignore[assignment]
    first, last = start + 1, start + 1 + len(block.rows)
    data = Reference(sheet, min_col=2, max_col=1 + len(block.series), min_row=first, max_row=last)
    chart.add_data(data, titles_from_data=True)
    names = Reference(sheet, min_col=1, min_row=first + 1, max_row=last)
    for series in chart.series:  # as texts: openpyxl would say that they are numbers
        series.cat = AxDataSource(strRef=StrRef(str(names)))
    for number, series in enumerate(chart.series):
        series.graphicalProperties.solidFill = _INKS[number % len(_INKS)]
        series.graphicalProperties.line.solidFill = "FFFFFF"
    if block.stacked:
        chart.grouping, chart.overlap = "stacked", 100
        chart.legend.position = "b"
    else:
        chart.legend = None
    chart.dataLabels = DataLabelList()
    chart.dataLabels.showVal = True
    for told in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(chart.dataLabels, told, False)
    chart.dataLabels.numFmt = "0;;;"  # no label where there is nothing
    chart.gapWidth = 40
    # The numbers stand at the bars: an axis would say them twice.
    chart.x_axis.delete, chart.y_axis.delete = False, True
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    chart.x_axis.tickLblSkip = 1
    if block.flat:
        chart.x_axis.scaling.orientation = "maxMin"  # the first row on top
    return chart
