"""The network page in a real browser: what it shows, how it is used, and that it stays at home."""

import networkx as nx
import pytest

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

    assert opened.outside() == []
    assert len(opened.requests) == 1
    assert opened.complaints == []
    assert opened.violations() == []


def test_the_picture_is_painted(opened):
    """vis-network has drawn: the canvas holds many colours."""
    colours = opened.page.evaluate(
        """() => {
          const canvas = document.querySelector("#picture canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set();
          for (let at = 0; at < data.length; at += 4) seen.add(data.slice(at, at + 3).join());
          return seen.size;
        }"""
    )

    assert colours > 50


def test_the_page_counts_what_it_shows(opened, harvest):
    """The header and the legend give the numbers of the graph."""
    counts = opened.page.locator("#legend-nodes .count").all_inner_texts()
    links = opened.page.locator("#legend-links .count").all_inner_texts()

    assert f"{len(harvest)} things and {harvest.number_of_edges()} links" in opened.text("#holds")
    assert sum(map(int, counts)) == len(harvest)
    assert sum(map(int, links)) == harvest.number_of_edges()


@pytest.mark.parametrize("typed", ["reseau des veill", "RÉSEAU DES VEILL", "rvs", "savane reseau"])
def test_search_folds_accents_and_case_and_knows_acronyms(opened, typed):
    """What people type finds the organisation, by keyboard alone."""
    opened.find(typed)

    assert opened.text("#panel h2") == _RVS
    assert opened.page.evaluate("document.activeElement.id") == "panel"


def test_search_walks_with_arrows_and_leaves_with_escape(opened):
    """Arrow, Enter and Escape do in the list what they do everywhere."""
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("reseau")
    opened.page.keyboard.press("ArrowDown")
    second = opened.page.locator("#found [aria-selected=true]").inner_text()
    opened.page.keyboard.press("Escape")
    gone = opened.page.locator("#found").is_hidden()

    assert "Veilleurs" in second
    assert gone


def test_search_says_when_nothing_is_found(opened):
    """An empty answer is an answer."""
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("zzzz")

    assert opened.text("#found") == "Nothing found"


def test_clicking_a_node_opens_its_details(opened):
    """The panel names it, its acronym, and its links by relation."""
    place = opened.place(_RVS)
    opened.page.mouse.click(*opened.spot(place))

    assert opened.text("#panel h2") == _RVS
    assert "Acronym\nRVS" in opened.text("#panel dl")
    assert "Said to have contributed to · 7" in opened.text("#panel")


def test_each_link_of_a_node_opens_its_words(opened, harvest):
    """Every neighbour folds out its quotes, marked within their sentence."""
    opened.find("rvs")
    opened.page.evaluate(
        "document.querySelectorAll('#panel .near details').forEach(d => d.open = true)"
    )
    marks = opened.page.locator("#panel .near figure > blockquote mark").all_inner_texts()
    node = next(n for n, label in harvest.nodes(data="label") if label == _RVS)
    quotes = [w.quote for *_, about in harvest.out_edges(node, data=True) for w in about["words"]]

    assert sorted(marks) == sorted(quotes)


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
    panel = opened.text("#panel")

    assert opened.page.evaluate("state.link") == place
    assert "is said to be an actor that changed in" in panel
    assert "A claim. Somebody stated this" in panel
    assert "found by an acronym of the registry (0.9) · role read from the section" in panel
    assert opened.text("#panel figure blockquote >> nth=0").endswith("was present.")
    assert opened.text("#panel mark >> nth=0") in opened.text("#panel .ends")


def test_the_legend_filters_things_and_links(opened, harvest):
    """Unticking a kind hides it and its links; searching for one of it brings it back."""
    opened.page.locator("#legend-nodes input[value=organisation]").uncheck()
    hidden = opened.page.evaluate("things.filter((t, p) => !visible.has(p)).map(t => t.kind)")
    edges = opened.page.evaluate("links.filter((_, p) => edgeData.get(p).hidden).length")
    opened.find("rvs")

    assert set(hidden) == {"organisation"}
    assert len(hidden) == 25
    assert edges == sum("organisation/" in s for s, *_ in harvest.edges)
    assert opened.page.locator("#legend-nodes input[value=organisation]").is_checked()


def test_the_legend_filters_by_relation(opened):
    """Unticking a relation hides its links alone."""
    opened.page.locator("#legend-links input[value=contributor]").uncheck()
    hidden = opened.page.evaluate(
        "links.filter((_, p) => edgeData.get(p).hidden).map(l => l.relation)"
    )

    assert set(hidden) == {"contributor"}
    assert opened.page.evaluate("visible.size") == 97


def test_focus_shows_the_surroundings_and_lets_go(opened):
    """One link around, two links around, everything again; hubs are not passed through."""
    opened.find("rvs")
    opened.page.get_by_role("button", name="Only what it links to").click()
    one = opened.page.evaluate("visible.size")
    opened.page.get_by_role("button", name="Two links around").click()
    two = opened.page.evaluate("visible.size")
    said = opened.text("#focused")
    opened.page.click("#unfocus")

    assert one == 8
    assert 8 < two < 97
    assert _RVS in said
    assert opened.page.evaluate("visible.size") == 97


def test_the_picture_is_used_by_keyboard(opened):
    """Arrows go from thing to thing, Enter opens, F focuses, Escape lets go."""
    opened.page.focus("#picture")
    opened.page.keyboard.press("ArrowRight")
    first = opened.page.evaluate("state.thing")
    opened.page.keyboard.press("ArrowLeft")
    second = opened.page.evaluate("state.thing")
    said = opened.page.locator("#said").inner_text()
    opened.page.keyboard.press("f")
    focused = opened.page.evaluate("state.focus.around")
    opened.page.keyboard.press("Enter")
    active = opened.page.evaluate("document.activeElement.id")
    opened.page.keyboard.press("Escape")

    assert first is not None
    assert second not in {None, first}
    assert "links" in said
    assert focused == second
    assert active == "panel"
    assert opened.page.evaluate("state.thing") is None


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

    assert opened.page.evaluate("document.documentElement.lang") == "fr"
    assert "Ce qui est montré" in opened.text("#legend")
    assert "INTERNE (INTERNAL)" in opened.text("header")
    assert opened.text("#panel h2") == "Médias"
    assert "Incidences qui y rapportent un changement" in opened.text("#panel")


def test_the_page_may_start_in_french(open_page, harvest):
    """The language is an argument of the page."""
    opened = open_page(
        network_page(harvest, title="T", audience=Audience.PUBLIC, language="fr", note="Une note.")
    )

    assert "Établi à partir des seules fiches autorisées" in opened.text("header")
    assert opened.text("#notes") == "Une note."


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
    assert (_ground(light), _ground(dark)) == before[::-1]
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
    opened.page.wait_for_timeout(200)
    moved = opened.spot(place)

    assert abs(moved[0] - x - 60) < 3
    assert abs(moved[1] - y - 40) < 3


def test_columns_move_the_nodes_and_back(opened):
    """Two arrangements of the same things."""
    where = "[...things.keys()].map(place => network.getPositions([place])[place])"
    before = opened.page.evaluate(where)
    opened.page.click("#arrange-columns")
    between = opened.page.evaluate(where)
    opened.page.click("#arrange-network")

    assert between != before
    assert opened.page.evaluate(where) == before


def test_zoom_and_fit(opened):
    """Buttons zoom; the last one shows everything again."""
    start = opened.page.evaluate("network.getScale()")
    opened.page.click("#zoom-in")
    near = opened.page.evaluate("network.getScale()")
    opened.page.click("#fit")

    assert near > start
    assert opened.page.evaluate("network.getScale()") == pytest.approx(start, rel=0.01)


def test_an_empty_network_explains_itself(open_page):
    """No blank canvas: what to do next."""
    opened = open_page(network_page(nx.MultiDiGraph(), title="Nothing", audience=Audience.PUBLIC))
    opened.page.keyboard.press("0")
    opened.page.click("#zoom-in")

    assert "The answer has no rows" in opened.text("#empty")
    assert opened.complaints == []


def test_paper_is_white(open_page, harvest_page):
    """Printing from the dark theme gives the light one, without controls."""
    opened = open_page(harvest_page, scheme="dark")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")

    assert _ground(opened) == "rgb(255, 255, 255)"
    assert opened.page.locator(".tools").is_hidden()
    assert opened.page.locator("#picture canvas").is_visible()
