"""The network page in a real browser: what it shows, how it is used, and that it stays at home."""

import networkx as nx
import pytest
from playwright.sync_api import expect

from kg.draw import network_page
from kg.model import Audience

pytestmark = pytest.mark.browser

_RVS = "Réseau des Veilleurs de la Savane"


@pytest.fixture
def opened(open_page, harvest_page):
    return open_page(harvest_page)


def test_the_page_asks_for_nothing_and_complains_of_nothing(opened):
    """No request but for the file itself, no error, no breach of its own policy, also when used."""
    opened.find("reseau")
    opened.page.click("#arrange-columns")
    opened.page.click("#theme")
    opened.page.click("#language")
    opened.page.keyboard.press("Escape")
    opened.settled()

    assert opened.outside() == []
    assert len(opened.requests) == 1
    assert opened.complaints == []
    assert opened.violations() == []


def test_the_picture_is_painted(opened):
    """vis-network has drawn: the canvas holds many colours."""
    opened.wait(
        """() => {
          const canvas = document.querySelector("#picture canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set();
          for (let at = 0; at < data.length; at += 4) seen.add(data.slice(at, at + 3).join());
          return seen.size > 50;
        }"""
    )


def test_the_page_counts_what_it_shows(opened, harvest):
    """The header and the legend give the numbers of the graph."""
    says = f"{len(harvest)} things and {harvest.number_of_edges()} links"
    expect(opened.page.locator("#holds")).to_contain_text(says)
    counts = opened.page.locator("#legend-nodes .count").all_inner_texts()
    links = opened.page.locator("#legend-links .count").all_inner_texts()

    assert sum(map(int, counts)) == len(harvest)
    assert sum(map(int, links)) == harvest.number_of_edges()


@pytest.mark.parametrize("typed", ["reseau des veill", "RÉSEAU DES VEILL", "rvs", "savane reseau"])
def test_search_folds_accents_and_case_and_knows_acronyms(opened, typed):
    """What people type finds the organisation, by keyboard alone."""
    opened.find(typed)

    expect(opened.page.locator("#panel h2")).to_have_text(_RVS)
    expect(opened.page.locator("#panel")).to_be_focused()


def test_search_walks_with_arrows_and_leaves_with_escape(opened):
    """Arrow, Enter and Escape do in the list what they do everywhere."""
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("reseau")
    opened.page.keyboard.press("ArrowDown")
    expect(opened.page.locator("#found-1[aria-selected=true]")).to_contain_text("Veilleurs")
    opened.page.keyboard.press("Escape")

    expect(opened.page.locator("#found")).to_be_hidden()


def test_search_says_when_nothing_is_found(opened):
    """An empty answer is an answer."""
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("zzzz")

    expect(opened.page.locator("#found")).to_have_text("Nothing found")


def test_clicking_a_node_opens_its_details(opened):
    """The panel names it, its acronym, and its links by relation."""
    place = opened.place(_RVS)
    opened.page.mouse.click(*opened.spot(place))

    expect(opened.page.locator("#panel h2")).to_have_text(_RVS)
    expect(opened.page.locator("#panel dl")).to_contain_text("AcronymRVS")
    expect(opened.page.locator("#panel")).to_contain_text("Said to have contributed to · 7")


def test_each_link_of_a_node_opens_its_words(opened, harvest):
    """Every neighbour folds out its quotes, marked within their sentence."""
    opened.find("rvs")
    opened.page.evaluate(
        "document.querySelectorAll('#panel .near details').forEach(d => d.open = true)"
    )
    node = next(n for n, label in harvest.nodes(data="label") if label == _RVS)
    quotes = [w.quote for *_, about in harvest.out_edges(node, data=True) for w in about["words"]]
    marks = opened.page.locator("#panel .near figure > blockquote mark")

    expect(marks).to_have_count(len(quotes))
    assert sorted(marks.all_inner_texts()) == sorted(quotes)


def test_clicking_an_edge_shows_the_words_it_rests_on(opened):
    """Quote in its sentence, field, record, how it was found; and that it is a claim."""
    place = opened.page.evaluate(
        """() => {
          const place = links.findIndex(
            (link, at) => link.relation === "social-actor" && !drawn[at].smooth);
          fit(false, ends[place]);
          return place;
        }"""
    )
    one, other = (opened.spot(end) for end in opened.page.evaluate("p => ends[p]", place))
    opened.page.mouse.click(one[0] * 0.45 + other[0] * 0.55, one[1] * 0.45 + other[1] * 0.55)
    opened.wait("place => state.link === place", place)
    panel = opened.text("#panel")

    assert "is said to be an actor that changed in" in panel
    assert "A claim. Somebody stated this" in panel
    assert "found by an acronym of the registry (0.9) · role read from the section" in panel
    assert opened.text("#panel figure blockquote >> nth=0").endswith("was present.")
    assert opened.text("#panel mark >> nth=0") in opened.text("#panel .ends")


def test_the_legend_filters_things_and_links(opened, harvest):
    """Unticking a kind hides it and its links; searching for one of it brings it back."""
    opened.page.locator("#legend-nodes input[value=organisation]").uncheck()
    opened.wait("things.some((t, p) => !visible.has(p))")
    hidden = opened.page.evaluate("things.filter((t, p) => !visible.has(p)).map(t => t.kind)")
    edges = opened.page.evaluate("links.filter((_, p) => edgeData.get(p).hidden).length")
    opened.find("rvs")

    assert set(hidden) == {"organisation"}
    assert len(hidden) == 25
    assert edges == sum("organisation/" in s for s, *_ in harvest.edges)
    expect(opened.page.locator("#legend-nodes input[value=organisation]")).to_be_checked()


def test_the_legend_filters_by_relation(opened):
    """Unticking a relation hides its links alone."""
    opened.page.locator("#legend-links input[value=contributor]").uncheck()
    opened.wait("links.some((_, p) => edgeData.get(p).hidden)")
    hidden = opened.page.evaluate(
        "links.filter((_, p) => edgeData.get(p).hidden).map(l => l.relation)"
    )

    assert set(hidden) == {"contributor"}
    assert opened.page.evaluate("visible.size") == 97


def test_focus_shows_the_surroundings_and_lets_go(opened):
    """One link around, two links around, everything again; hubs are not passed through."""
    opened.find("rvs")
    opened.page.get_by_role("button", name="Only what it links to").click()
    opened.wait("visible.size === 8")
    opened.page.get_by_role("button", name="Two links around").click()
    opened.wait("8 < visible.size && visible.size < 97")
    expect(opened.page.locator("#focused")).to_contain_text(_RVS)
    opened.page.click("#unfocus")

    opened.wait("visible.size === 97")


def test_the_picture_is_used_by_keyboard(opened):
    """Arrows go from thing to thing, Enter opens, F focuses, Escape lets go."""
    opened.page.focus("#picture")
    opened.page.keyboard.press("ArrowRight")
    opened.wait("state.thing !== null")
    first = opened.page.evaluate("state.thing")
    opened.page.keyboard.press("ArrowLeft")
    opened.wait("first => ![null, first].includes(state.thing)", first)
    expect(opened.page.locator("#said")).to_contain_text("links")
    opened.page.keyboard.press("f")
    opened.wait("state.focus?.around === state.thing")
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#panel")).to_be_focused()
    opened.page.keyboard.press("Escape")

    opened.wait("state.thing === null")


def test_every_control_has_a_name_and_a_visible_focus(opened):
    """Tabbing meets named controls only, each with an outline."""
    names, outlines = [], []
    for _ in range(12):
        opened.page.keyboard.press("Tab")
        name, outline = opened.page.evaluate(
            """() => {
              const it = document.activeElement;
              const label = it.labels?.[0]?.textContent ?? "";
              return [it.getAttribute("aria-label") || label || it.textContent,
                      getComputedStyle(it).outlineStyle];
            }"""
        )
        names.append(name.strip())
        outlines.append(outline)

    assert all(names)
    assert set(outlines) == {"solid"}


def test_the_page_speaks_french(opened):
    """The toggle changes words, labels of concepts and the language of the document."""
    opened.page.click("#language")
    opened.find("medias")

    expect(opened.page.locator("html")).to_have_attribute("lang", "fr")
    expect(opened.page.locator("#legend")).to_contain_text("Ce qui est montré")
    expect(opened.page.locator("header")).to_contain_text("INTERNE (INTERNAL)")
    expect(opened.page.locator("#panel h2")).to_have_text("Médias")
    reported = "Incidences qui y rapportent un changement"
    expect(opened.page.locator("#panel")).to_contain_text(reported)


def test_the_page_may_start_in_french(open_page, harvest):
    """The language is an argument of the page."""
    opened = open_page(
        network_page(harvest, title="T", audience=Audience.PUBLIC, language="fr", note="Une note.")
    )

    cleared = "Établi à partir des seules fiches autorisées"
    expect(opened.page.locator("header")).to_contain_text(cleared)
    expect(opened.page.locator("#notes")).to_have_text("Une note.")


def _ground(opened):
    return opened.page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_dark_follows_the_system_and_the_toggle(open_page, harvest_page):
    """Dark by preference; the button turns it round, in the picture too."""
    dark = open_page(harvest_page, scheme="dark")
    light = open_page(harvest_page)
    before = _ground(light), _ground(dark)
    light.page.click("#theme")
    dark.page.click("#theme")

    assert before[0] != before[1]
    expect(light.page.locator("body")).to_have_css("background-color", before[1])
    expect(dark.page.locator("body")).to_have_css("background-color", before[0])
    assert light.page.evaluate("colourOf('outcome')") == "#4AA8E0"


def _contrast(opened, front, back):
    return opened.page.evaluate(
        """([front, back]) => {
          const light = (name) => {
            const hex = colour(name).replace("#", "");
            const full = hex.length === 3 ? [...hex].map((c) => c + c).join("") : hex;
            const parts = [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16) / 255);
            const [r, g, b] = parts.map((c) =>
              c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const [one, other] = [light(front), light(back)].sort((a, b) => b - a);
          return (one + 0.05) / (other + 0.05);
        }""",
        [front, back],
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_in_both_themes(open_page, harvest_page, scheme):
    """4.5 to 1 for every pair of ink and ground that the style sheet uses."""
    opened = open_page(harvest_page, scheme=scheme)
    pairs = [
        (front, back) for front in ("ink", "soft", "accent") for back in ("ground", "sheet")
    ] + [("accent-ink", "accent"), ("warn-ink", "warn"), ("mark-ink", "mark"), ("ground", "safe")]
    weak = {pair for pair in pairs if _contrast(opened, *pair) < 4.5}

    assert weak == set()


@pytest.mark.parametrize("size", [(390, 844), (320, 640), (820, 1180)])
def test_no_width_scrolls_sideways(open_page, harvest_page, size):
    """From a small phone to a tablet nothing sticks out, with the panel open."""
    opened = open_page(harvest_page, size=size)
    opened.find("rvs")
    opened.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    opened.settled()

    assert opened.page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_on_a_phone_the_panel_stands_below_the_picture(open_page, harvest_page):
    """Search, picture, details, legend: one under the other."""
    opened = open_page(harvest_page, size=(390, 844))
    tops = [
        opened.page.locator(name).bounding_box()["y"]
        for name in (".search", ".stage", "#panel", "#legend")
    ]

    assert tops == sorted(tops)


def test_nodes_can_be_dragged_and_stay(opened):
    """No physics pulls a node back."""
    place = opened.place(_RVS)
    x, y = opened.spot(place)
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + 60, y + 40, steps=4)
    opened.page.mouse.up()
    opened.settled()
    moved = opened.spot(place)

    assert moved == pytest.approx((x + 60, y + 40), abs=3)


def test_columns_move_the_nodes_and_back(opened):
    """Two arrangements of the same things."""
    where = "[...things.keys()].map(place => network.getPositions([place])[place])"
    before = opened.page.evaluate(where)
    other = f"before => JSON.stringify({where}) !== JSON.stringify(before)"
    opened.page.click("#arrange-columns")
    opened.wait(other, before)
    opened.page.click("#arrange-network")

    opened.wait(other.replace("!==", "==="), before)


def test_zoom_and_fit(opened):
    """Buttons zoom; the last one shows everything again."""
    opened.settled()
    start = opened.page.evaluate("network.getScale()")
    opened.page.click("#zoom-in")
    opened.wait("start => network.getScale() > start * 1.02", start)
    opened.page.click("#fit")

    opened.wait("start => Math.abs(network.getScale() / start - 1) < 0.01", start)


def test_an_empty_network_explains_itself(open_page):
    """No blank canvas: what to do next."""
    opened = open_page(network_page(nx.MultiDiGraph(), title="Nothing", audience=Audience.PUBLIC))
    opened.page.keyboard.press("0")
    opened.page.click("#zoom-in")

    expect(opened.page.locator("#empty")).to_contain_text("The answer has no rows")
    assert opened.complaints == []


def test_paper_is_white(open_page, harvest_page):
    """Printing from the dark theme gives the light one, without controls."""
    opened = open_page(harvest_page, scheme="dark")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")

    expect(opened.page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(opened.page.locator(".tools")).to_be_hidden()
    expect(opened.page.locator("#picture canvas")).to_be_visible()
