"""The workbook that an officer hands in: read-me, charts, tables that lead to one another."""

from collections.abc import Callable
from itertools import chain

from kg.export.overview import readme, write_overview
from kg.export.page import write_page
from kg.export.sheets import Sheets
from kg.export.tallies import pages, tables
from kg.export.told import Story
from kg.export.words import clean
from kg.query.workbook import new_book, saved

Progress = Callable[[str, int, int], None]


def report_workbook(story: Story, *, progress: Progress = lambda *_: None) -> bytes:
    """The `.xlsx` report. Every cell is text or a number; the same story gives the same bytes.

    Args:
        story: What to tell.
        progress: Told the step, how many sheets are written, and of how many.
    """
    sheets = Sheets(story)
    audience = story.audience.value
    mark, note = sheets.say(f"audience.{audience}"), sheets.say(f"audience.{audience}-note")
    book = new_book()
    book.properties.title = clean(story.name)
    book.properties.description = note
    names = tables(sheets)
    total = len(names) + 2
    for done, page in enumerate(chain([readme(sheets, names)], pages(sheets))):
        progress("writing sheets", done, total)
        sheet = book.create_sheet(page.name)
        write_page(sheet, page, mark=mark, note=note, language=story.language)
        sheet.close()
        if not done:
            write_overview(book.create_sheet(sheets.name("overview")), sheets)
    progress("writing sheets", total, total)
    return saved(book)
