"""Filters: counts that live, chips that take a filter off, and what "keep what is linked" keeps."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(open_explorer, example):
    """The table of the example harvest."""
    opened = open_explorer(example.explorer.read_text(encoding="utf-8"))
    opened.page.keyboard.press("4")
    expect(opened.page.locator(".table .how-many")).to_be_visible()
    return opened


def _facet(opened, name: str):
    heading = opened.page.locator("summary", has_text=re.compile(rf"^{name}"))
    fold = opened.page.locator(".facet").filter(has=heading)
    fold.evaluate("fold => (fold.open = true)")
    return fold


def _counts(fold) -> dict[str, int]:
    """What a reader sees: value → its number."""
    found = {}
    for label in fold.locator("li label").all():
        found[label.locator("bdi").inner_text()] = int(label.locator(".count").inner_text())
    return found


def test_there_is_a_filter_for_all_that_a_record_says(opened):
    """Thirteen of them, and the slider for how sure a link is."""
    names = opened.page.locator(".facet > summary").all_inner_texts()

    assert [name.split("\n")[0].strip() for name in names] == [
        *("Year", "Harvest", "Country or region", "Social actor", "Type of change"),
        *("Significance", "Contribution", "Status", "Objective", "Results framework"),
        *("Unintended", "Negative", "Evidence"),
    ]
    expect(opened.page.locator(".filters")).to_contain_text("Links at least this sure")


def test_counts_live_and_agree_with_sparql(opened, example):
    """Under a chosen country, each year says how many outcomes of that country it would leave."""
    country = _facet(opened, "Country")
    name = next(iter(_counts(country)))
    years = _facet(opened, "Year")
    before = _counts(years)
    country.locator("label").filter(has_text=name).locator("input").check()
    rows = example.select(
        "SELECT (STR(?y) AS ?year) (COUNT(DISTINCT ?o) AS ?n) { ?o oh:year ?y ; oh:country ?c . "
        f'?c rdfs:label|skos:prefLabel ?l FILTER(STR(?l) = "{name}") }} GROUP BY ?y'
    )
    wanted = {row["year"]: int(row["n"]) for row in rows}
    for year, count in wanted.items():
        shown = years.locator("label").filter(has_text=re.compile(rf"^\s*{year}"))
        expect(shown.locator(".count")).to_have_text(str(count))

    assert _counts(years) != before
    assert sum(_counts(years).values()) <= sum(before.values())


def test_two_values_are_either_two_facets_are_both(opened, example):
    """Within a filter any of its values; between filters all of them. SPARQL counts the same."""
    year, country = _facet(opened, "Year"), _facet(opened, "Country")
    years, name = list(_counts(year))[:2], next(iter(_counts(country)))
    for value in years:
        year.locator("label").filter(has_text=value).locator("input").check()
    country.locator("label").filter(has_text=name).locator("input").check()
    rows = example.select(
        "SELECT DISTINCT ?o { ?o a oh:Outcome ; oh:year ?y ; oh:country ?c . "
        f'?c rdfs:label|skos:prefLabel ?l FILTER(STR(?l) = "{name}" && '
        f'STR(?y) IN ("{years[0]}", "{years[1]}")) }}'
    )

    expect(opened.page.locator(".table .how-many")).to_have_text(re.compile(rf"^{len(rows)}\b"))


def test_chips_take_filters_off_one_by_one_and_all_together(opened):
    """Each filter that is on has a chip; its button takes it off, the last one all of them."""
    year = _facet(opened, "Year")
    values = list(_counts(year))[:2]
    for value in values:
        year.locator("label").filter(has_text=value).locator("input").check()
    chips = opened.page.locator(".chips li")
    expect(chips).to_have_count(3)
    chips.filter(has_text=values[0]).locator("button").click()
    expect(chips).to_have_count(2)
    expect(year.locator("label").filter(has_text=values[0]).locator("input")).not_to_be_checked()
    expect(opened.page).not_to_have_url(re.compile(f"f.year={values[0]}"))
    chips.last.locator("button").click()

    expect(chips).to_have_count(0)
    expect(opened.page.locator(".filters")).to_contain_text("60 of 60")


def test_a_filter_never_moves_the_picture(opened):
    """With none, one or twenty filters the view stays in its place; what has no room unfolds."""
    opened.page.keyboard.press("2")
    stage = opened.page.locator(".stage")
    expect(opened.page.locator(".bar")).to_contain_text("No filter")
    before = stage.bounding_box()
    chips = opened.page.locator(".chips li")
    for most in (1, 20):
        opened.page.evaluate(
            """most => { const filters = {};
              for (const facet of ["year", "country", "actor", "change"])
                filters[facet] = kg.facets.counted(facet, {}).map((one) => one.value);
              let left = most;
              for (const facet in filters) {
                filters[facet] = filters[facet].slice(0, left);
                left -= filters[facet].length;
                if (!filters[facet].length) delete filters[facet];
              }
              kg.store.set({ filters }); }""",
            most,
        )
        expect(chips).to_have_count(most + 1)
        assert stage.bounding_box() == before
    expect(chips.last).not_to_be_in_viewport()
    opened.page.locator(".bar .unfold").click()
    expect(chips.last.locator("button")).to_be_in_viewport()
    assert stage.bounding_box() == before
    chips.last.locator("button").click()

    expect(opened.page.locator(".bar")).to_contain_text("No filter")
    assert stage.bounding_box() == before


def test_keep_what_is_linked_leaves_what_sparql_links(opened, example):
    """On: organisations of the outcomes that pass. Off: all of them, whatever passes."""
    year = next(iter(_counts(_facet(opened, "Year"))))
    _facet(opened, "Year").locator("label").filter(has_text=year).locator("input").check()
    opened.page.evaluate("kg.store.set({ list: 'organisation' })")
    linked = example.select(
        "SELECT DISTINCT ?body { ?o oh:year ?y . ?claim oh:inOutcome ?o ; oh:agent ?body . "
        f'?body a oh:Organisation FILTER(STR(?y) = "{year}") }}'
    )
    every = example.select(
        "SELECT DISTINCT ?body { ?claim oh:agent ?body . ?body a oh:Organisation }"
    )
    many = opened.page.locator(".table .how-many")
    expect(many).to_have_text(re.compile(rf"^{len(linked)}\b"))
    opened.page.get_by_label("Keep only what is linked").or_(
        opened.page.locator(".filters > details > label.check input")
    ).first.uncheck()
    expect(many).not_to_have_text(re.compile(rf"^{len(linked)}\b"))

    assert int(many.inner_text().split()[0]) >= len(every)
    expect(opened.page).to_have_url(re.compile("linked=no"))


def test_confidence_takes_links_away(opened):
    """The slider leaves only links that are at least so sure, in picture and table."""
    opened.page.keyboard.press("2")
    opened.page.evaluate("kg.store.set({ group: 'none' })")
    opened.settled()
    lines = "document.querySelectorAll('.legend .count').length"
    total = (
        "[...document.querySelectorAll('.legend ul:last-of-type .count')]"
        ".reduce((sum, count) => sum + Number(count.textContent), 0)"
    )
    opened.wait(f"{lines} > 3")
    before = opened.page.evaluate(total)
    opened.page.locator(".filters input[type=range]").fill("0.9")

    opened.wait(f"before => {total} < before && {total} > 0", before)
    expect(opened.page).to_have_url(re.compile("sure=0.9"))
