"""The trace by keyboard, as picture, as table and on paper; and a browser that has no WebGL."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(open_explorer, example):
    """The trace of the example harvest."""
    opened = open_explorer(example.explorer.read_text(encoding="utf-8"))
    opened.page.keyboard.press("3")
    expect(opened.page.locator(".stop").first).to_be_attached()
    return opened


def _saved(opened, what: str) -> bytes:
    with opened.page.expect_download() as waiting:
        opened.page.locator("select.save").select_option(what)
    return waiting.value.path().read_bytes()


def test_codes_stand_below_the_framework_they_are_of(opened):
    """The same code of four frameworks: whose it is stands above, once, and in its full name."""
    labels = opened.page.locator(".stop.kind-output text, .stop.kind-result text")
    expect(opened.page.locator(".scope").first).to_be_attached()
    scopes = opened.page.locator(".scope").all_text_contents()
    titles = opened.page.locator(".stop.kind-output title").all_text_contents()
    places = opened.page.evaluate(
        "kg.model.ofKind('place').map((node) => kg.model.scene.nodes.label[node])"
        ".map((label) => typeof label === 'string' ? label : label.en ?? Object.values(label)[0])"
    )
    written = labels.all_text_contents()

    assert {scope.strip("\u2068\u2069") for scope in scopes} <= set(places)
    assert len(set(scopes)) > 2
    assert len(scopes) == len(set(scopes)) * 2
    assert not [label for label in written if "(" in label]
    assert any("(" in title for title in titles)


def test_headings_and_labels_of_the_trace_stand_apart(opened):
    """No line of writing over another, whatever room there is."""
    over = opened.page.evaluate(
        """() => {
          const all = [...document.querySelectorAll(".trace svg .scope, .trace svg .stop text")];
          const boxes = all.map((text) => [text.textContent, text.getBoundingClientRect()]);
          const meet = (a, b) => a.left < b.right && b.left < a.right
            && a.top + 6 < b.bottom && b.top + 6 < a.bottom;
          return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
            .filter(([, b]) => meet(a, b)).map(([other]) => [one, other]));
        }"""
    )

    assert over == []


def test_the_trace_says_what_its_marks_mean(opened):
    """Each column with its colour, the band, the gap; and below the drawing that is saved."""
    key = opened.page.locator(".key li")
    columns = opened.page.locator(".trace .head rect")
    expect(columns).to_have_count(5)
    paint = "(mark, of) => getComputedStyle(mark)[of]"
    drawn_in = [columns.nth(at).evaluate(paint, "fill") for at in range(5)]
    explained = [key.nth(at).locator("i").evaluate(paint, "backgroundColor") for at in range(5)]
    drawn = _saved(opened, "svg").decode("utf-8")

    assert drawn_in == explained
    assert len(set(drawn_in)) == 5
    expect(key.filter(has_text="A band")).to_have_count(1)
    expect(key.filter(has_text="Hollow")).to_have_count(1)
    assert "Hollow: a gap" in drawn


@pytest.mark.parametrize("which", [".ribbons", ".arcs"])
def test_ribbons_and_arcs_are_walked_and_opened_by_keyboard(opened, which):
    """Each has a name; arrows go on, the focus is seen, Enter opens the words and goes there."""
    paths = opened.page.locator(f"{which} [role=button]")
    expect(paths.first).to_be_attached()
    unnamed = opened.page.locator(f"{which} [role=button]:not([aria-label])")
    paths.first.focus()
    opened.page.keyboard.press("ArrowDown")
    opened.settled()
    held = opened.page.evaluate(
        """() => {
          const at = document.activeElement;
          const style = getComputedStyle(at);
          return [at.getAttribute("aria-label"), style.outlineStyle];
        }"""
    )
    opened.page.keyboard.press("ArrowUp")
    expect(paths.first).to_be_focused()
    opened.page.keyboard.press("Enter")

    assert "→" in held[0]
    assert held[1] == "solid"
    expect(unnamed).to_have_count(0)
    expect(opened.page.locator("#details blockquote mark").first).to_be_visible()
    expect(opened.page.locator("#details")).to_be_focused()


def test_the_trace_is_saved_as_a_picture(opened):
    """PNG of what is drawn, with its foot: twice as wide as the drawing, and many colours in it."""
    content = _saved(opened, "png")
    wide = opened.page.evaluate(
        "Number(document.querySelector('.trace svg').getAttribute('width'))"
    )

    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20], "big") == 2 * wide
    assert len(content) > 50_000
    assert opened.violations() == []


def test_the_trace_is_saved_as_a_table_that_counts_what_sparql_counts(opened, example):
    """Each way with its outcomes; from outcomes to results as many as the graph links."""
    rows = list(csv.reader(io.StringIO(_saved(opened, "csv").decode("utf-8-sig"), newline="")))
    links = example.select(
        "SELECT DISTINCT ?outcome ?to { ?outcome oh:contributesTo ?to . ?to a ?kind "
        "FILTER(?kind IN (oh:FrameworkOutcome, oh:FrameworkOutput)) }"
    )
    linked = [
        row
        for row in rows[1:]
        if row[0] == "Outcomes" and row[3] in {"Outputs", "Framework outcomes"}
    ]
    unlinked = [row for row in linked if row[4].startswith("Linked to no result")]
    reasons = tuple(f": {row['reason']}" for row in example.query("unlinked-outcomes"))
    counted = [row for row in linked if row[4].endswith(reasons)]

    assert rows[0][:3] == ["column", "from", "relation"]
    assert sum(int(row[5]) for row in linked if row not in unlinked) == len(links)
    assert sum(int(row[5]) for row in counted) == len(example.query("unlinked-outcomes"))
    assert all(int(row[5]) == len(row[6].split("; ")) for row in linked)
    assert any(row[2] for row in rows[1:])


def test_paper_is_white_and_has_its_legend(open_explorer, example):
    """From the dark theme, on a phone where the legend is folded: light, unfolded, and back."""
    opened = open_explorer(
        example.explorer.read_text(encoding="utf-8"), size=(390, 844), scheme="dark"
    )
    opened.page.keyboard.press("2")
    expect(opened.page.locator(".legend ul").first).to_be_hidden()
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    expect(opened.page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(opened.page.locator(".legend ul").first).to_be_visible()
    expect(opened.page.locator(".legend")).to_contain_text("outcomes")
    expect(opened.page.locator(".print-foot")).to_contain_text("Data of")
    opened.page.emulate_media(media="screen")
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")

    expect(opened.page.locator("body")).not_to_have_css("background-color", "rgb(255, 255, 255)")


def test_a_printed_table_has_all_its_rows(opened, example):
    """Rows that are out of sight on the screen stand on paper."""
    opened.page.keyboard.press("4")
    expect(opened.page.locator(".rows tbody tr").first).to_be_attached()
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")

    outcomes = len(example.select("SELECT ?o { ?o a oh:Outcome }"))
    expect(opened.page.locator(".rows tbody tr:not(.gap)")).to_have_count(outcomes)


def test_a_wide_table_scrolls_within_itself_on_a_phone(open_explorer, example):
    """With every column shown, the page is no wider than the phone; the last one is reached."""
    opened = open_explorer(example.explorer.read_text(encoding="utf-8"), size=(390, 844))
    opened.page.keyboard.press("4")
    opened.page.evaluate("kg.store.set({ columns: ['key', 'title', ...kg.facets.names, 'links'] })")
    last = opened.page.locator(".rows th").last
    expect(last).to_have_text(re.compile("Links"))
    last.scroll_into_view_if_needed()

    expect(last).to_be_in_viewport()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_browser_without_webgl_draws_the_same(driver, chromium, example):
    """With WebGL off nothing is missing: the picture is painted and a thing is chosen in it."""
    browser = driver.chromium.launch(
        executable_path=chromium,
        args=["--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--disable-webgl"],
        chromium_sandbox=False,
    )
    page = browser.new_page()
    page.goto(example.explorer.as_uri())
    expect(page.locator(".mirror li").first).to_be_attached()
    webgl = page.evaluate("document.createElement('canvas').getContext('webgl')")
    colours = page.evaluate(
        """async () => {
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          const canvas = document.querySelector(".stage canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set();
          for (let at = 0; at < data.length; at += 4) seen.add(data.slice(at, at + 3).join());
          return seen.size;
        }"""
    )
    browser.close()

    assert webgl is None
    assert colours > 20
