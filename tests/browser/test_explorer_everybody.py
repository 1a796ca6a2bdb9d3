"""For everybody: by keyboard alone, from right to left, on paper, with the picture as a list."""

import re

import pytest
from playwright.sync_api import expect

from kg.explorer import explorer_page
from kg.model import Audience
from kg.network import Passage, Words

pytestmark = pytest.mark.browser

_ARABIC = "منظمة الدفاع عن الحقوق (RVS)"
_SENTENCE = "قالت منظمة الدفاع عن الحقوق إن المجلس البلدي فتح جلساته."


@pytest.fixture
def opened(open_explorer, example):
    """The page of the example harvest, as a build wrote it."""
    return open_explorer(example.explorer.read_text(encoding="utf-8"))


@pytest.fixture
def arabic(open_explorer):
    """A harvest of one outcome whose texts run from right to left."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    cell = Passage("a", "AR1", "description", "", _SENTENCE, narrative=True, language="ar")
    about = {"search": (), "fields": (), "gap": False}
    graph.add_node(
        "outcome", kind="outcome", label="x", labels={"": _SENTENCE}, short="AR1",
        passages=(cell,), **about,
    )  # fmt: skip
    graph.add_node(
        "body", kind="organisation", label="y", labels={"": _ARABIC}, short="", passages=(), **about
    )
    graph.add_edge(
        "body", "outcome", key="contributor", relation="contributor", family="claim",
        words=(Words(cell, 5, 27),),
    )  # fmt: skip
    return open_explorer(
        explorer_page(
            graph, lambda _: [], name=_ARABIC, audience=Audience.PUBLIC, base="https://example.org/"
        )
    )


def test_texts_from_right_to_left_keep_their_order(arabic):
    """Labels stand in isolation, texts take their own direction, and the mark is on its words."""
    arabic.page.evaluate("kg.choose(kg.model.ofKind('outcome')[0])")
    passage = arabic.page.locator("#details .passage")
    expect(passage).to_have_attribute("lang", "ar")
    expect(passage.locator("mark")).to_have_text(_SENTENCE[5:27])
    expect(passage).to_have_text(_SENTENCE)
    expect(arabic.page.locator("#details button.node bdi").first).to_have_text(_ARABIC)
    direction = passage.evaluate("element => getComputedStyle(element).direction")
    heading = arabic.page.locator("#details h2").evaluate("e => getComputedStyle(e).direction")

    assert (direction, heading) == ("rtl", "rtl")
    assert arabic.complaints == []


def test_every_view_is_reached_and_used_by_keyboard(opened):
    """Search, a view, a stop of the trace, the details and back, without a mouse."""
    page = opened.page
    opened.find("EQL001")
    expect(page.locator("#details")).to_be_focused()
    page.keyboard.press("3")
    page.keyboard.press("Escape")
    opened.wait("kg.store.state.node === null")
    page.locator(".stop.kind-result").first.focus()
    expect(page.locator(".stop:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    opened.wait("kg.store.state.node !== null")
    page.keyboard.press("Escape")
    opened.wait("kg.store.state.node === null")
    page.keyboard.press("2")
    page.locator(".stage").focus()
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)

    expect(page.locator("#details")).to_be_focused()


def test_what_has_the_focus_is_seen(opened):
    """Walking with Tab, each thing in focus has an outline, in every view."""
    unseen = []
    for view in "12345":
        opened.page.keyboard.press(view)
        opened.settled()
        opened.page.locator(".skip").focus()
        for _ in range(40):
            opened.page.keyboard.press("Tab")
            said = opened.page.evaluate(
                """() => {
                  const at = document.activeElement;
                  if (at === document.body) return "";
                  const style = getComputedStyle(at);
                  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 1;
                  return seen || at.closest(".stop, .editor") ? "" : at.outerHTML.slice(0, 120);
                }"""
            )
            if said:
                unseen.append(said)

    assert unseen == []


def test_the_drawn_neighbourhood_stands_as_a_list(opened):
    """What is drawn around a node is the list below the picture, name by name."""
    opened.find("LCRR")
    opened.page.evaluate("kg.store.set({ view: 'network', hops: 1, group: 'none' })")
    opened.page.locator(".mirror summary").click()
    wanted = set(
        opened.page.evaluate(
            """() => { const { model, store } = kg; const found = new Set();
              const { label } = model.scene.nodes;
              model.eachNear(store.state.node, (other) => found.add(label[other]));
              return [...found].map((l) => typeof l === "string" ? l : l.en || Object.values(l)[0]);
            }"""
        )
    )

    shown = "new Set([...document.querySelectorAll('.mirror li bdi')].map((e) => e.textContent))"

    assert len(wanted) > 5
    opened.wait(
        f"wanted => {{ const shown = {shown}; return wanted.every((name) => shown.has(name)) }}",
        sorted(wanted),
    )


def test_nothing_moves_where_motion_is_not_wanted(opened):
    """Transitions and animations are off where the reader's system says so."""
    moving = opened.page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((element) => {
             const style = getComputedStyle(element);
             return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none";
           }).length"""
    )

    assert moving == 0


def test_communities_gather_every_outcome_once(opened):
    """Bubbles of communities together hold all outcomes, and their names are organisations."""
    opened.page.evaluate("kg.store.set({ view: 'network', group: 'community' })")
    opened.settled()
    opened.page.locator(".mirror summary").click()
    bubbles = opened.page.locator(".mirror li small").filter(has_text="Open")
    expect(bubbles.nth(3)).to_be_visible()
    counts = [int(re.match(r"\d+", text)[0]) for text in bubbles.all_inner_texts()]

    assert sum(counts) == 60
