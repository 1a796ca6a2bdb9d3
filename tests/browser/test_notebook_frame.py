"""A drawing inside a notebook's page: it works, asks nobody, and cannot touch what is around it."""

import pytest

#: A notebook's page with something worth taking, and what a drawing would do to take it.
AROUND = """<!doctype html><meta charset="utf-8"><title>notebook</title>
<script>localStorage.setItem("token", "secret");</script>{drawing}"""
REACH = """() => {
  const tries = { parent: () => parent.document.title, storage: () => localStorage.length };
  const works = (name) => { try { tries[name](); return true; } catch { return false; } };
  return Object.keys(tries).filter(works);
}"""


@pytest.mark.browser
def test_a_drawing_works_inside_a_notebook_and_reaches_nothing(example, open_page):
    """Its search finds, its panel tells; no request leaves, nothing outside is in reach."""
    from playwright.sync_api import expect

    opened = open_page(AROUND.format(drawing=example.draw(around="COSARD")._repr_html_()))
    inside = opened.page.frame_locator("iframe")
    inside.locator("#search").fill("COSARD")
    inside.locator("#search").press("Enter")
    expect(inside.locator("#panel")).to_contain_text("Coalition of Salt Road Defenders")
    (frame,) = opened.page.frames[1:]

    assert frame.evaluate(REACH) == []
    assert opened.page.evaluate("window.ran") == []
    assert (opened.outside(), opened.complaints) == ([], [])
