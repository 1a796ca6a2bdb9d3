"""The evaluator's first hour: a page that came by mail, and the folder behind it."""

import csv

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_first_hour(person, open_explorer, shot):
    """From the page to a pattern, from the pattern to its words, and into a table of her own."""
    person.types("kg init --demo harvest")
    person.folder /= "harvest"
    person.types("kg build --no-ner")
    opened = open_explorer(
        (person.folder / "output" / "internal" / "explorer.html").read_text("utf-8")
    )
    page = opened.page

    # What is in it, and where are the gaps? A number opens its list.
    page.keyboard.press("1")
    expect(page.locator(".overview .counts")).to_contain_text("60 outcomes")
    shot(opened, "evaluator-overview")
    page.locator(".overview .matrix button").first.click()
    expect(page.locator(".table .how-many")).to_be_visible()
    shot(opened, "evaluator-list")

    # Who is this, and on which words does it rest?
    page.keyboard.press("2")
    opened.find("WSRA")
    opened.settled()
    shot(opened, "evaluator-network")
    expect(page.locator("body")).to_contain_text("Women of the Salt Road Association")

    # Which promise has nothing?
    page.keyboard.press("3")
    opened.settled()
    shot(opened, "evaluator-trace")

    # The same from the command line, to count with.
    person.types("kg query actor-by-change --format csv -o matrix.csv")
    rows = list(csv.DictReader((person.folder / "matrix.csv").open(encoding="utf-8")))
    assert sum(int(row["outcomes"]) for row in rows) > 60
    told = person.types("kg network --about WSRA")
    assert "visits each of them at home" in told
    assert "led to" in person.types("kg network chains")
    person.types("kg query large-without-evidence")
    assert "eql013" in person.types("kg query if-withdrawn -p fragment=EQL001")

    assert opened.outside() == []
    assert "Traceback" not in "".join(person.said)
