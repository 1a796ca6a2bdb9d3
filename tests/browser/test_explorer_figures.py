"""The network in figures, in the page: the same as `kg network` tells."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def figures(open_explorer, example):
    """The overview of the example, its figures unfolded."""
    opened = open_explorer(example.explorer.read_text(encoding="utf-8"))
    opened.page.keyboard.press("1")
    opened.page.locator(".figures > summary").click()
    expect(opened.page.locator(".figures .numbers").first).to_be_visible()
    return opened


def _cells(table) -> list[list[str]]:
    return [
        [cell.strip() for cell in row.locator("th, td").all_inner_texts()]
        for row in table.locator("tbody tr").all()
    ]


def test_the_page_and_the_command_tell_the_same(figures, example):
    """Outcomes, partners and the share between, of every organisation."""
    figures.page.locator(".figures").get_by_role("button", name="more").first.click()
    expect(figures.page.locator(".figures .numbers").first.locator("tbody tr")).to_have_count(
        len(example.figures().rows)
    )
    shown = _cells(figures.page.locator(".figures .numbers").first)
    told = sorted(
        (row["outcomes"], row["partners"], f"{100 * row['between']:.1f} %")
        for row in example.figures().rows
    )

    # Names may be in another language here.
    assert sorted((int(o), int(p), share) for _, o, p, share in shown) == told


def test_periods_are_those_of_the_command(figures, example):
    """Who came, stayed, came back and went, by round; a number opens its list."""
    shown = _cells(figures.page.locator(".figures .numbers").nth(1))
    told = [
        [row[c] for c in ("period", "outcomes", "organisations", "new", "again", "back", "gone")]
        for row in example.figures("periods").rows
    ]

    assert [[name, *map(int, counts)] for name, *counts in shown] == told

    figures.page.locator(".figures .numbers").nth(1).locator("td button").last.click()
    expect(figures.page.locator(".table .how-many")).to_contain_text(str(told[-1][-1]))


def test_an_arrow_of_a_chain_opens_the_words(figures, example):
    """Chains are those of the command, each step with what the record says."""
    steps = sum(row["longest"] for row in example.figures("chains").rows)
    arrows = figures.page.locator(".figures .chains")
    arrows.get_by_role("button", name="The words behind this link").first.click()

    expect(figures.page.locator("#details")).to_contain_text("LAR-2022/JUS003")

    if figures.page.locator(".figures").get_by_role("button", name="more").count() > 1:
        figures.page.locator(".figures").get_by_role("button", name="more").last.click()
    expect(arrows.get_by_role("button", name="The words behind this link")).to_have_count(steps)


def test_figures_follow_the_filters(figures, example):
    """Of one round alone there are fewer."""
    facet = figures.page.locator(".facet").filter(has_text="Harvest").first
    facet.evaluate("fold => (fold.open = true)")
    facet.locator("label").filter(has_text="harvest 1").locator("input").check()
    last = example.figures("periods").rows[0]["organisations"]
    more = figures.page.locator(".figures").get_by_role("button", name="more").first
    more.click()

    expect(figures.page.locator(".figures .numbers").first.locator("tbody tr")).to_have_count(last)
