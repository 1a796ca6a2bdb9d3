"""Nothing that stands in a harvest is ever run by a page, and nothing of it is lost.

Ordinarily an eighth of the attack list and all naughty strings; `KG_HARM=1` (`make harm`): all.
"""

import json
import os
import re
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import expect

from kg.draw import network_page
from kg.model import Audience
from kg.network import Passage, Words

pytestmark = pytest.mark.browser

_TESTDATA = Path(__file__).resolve().parents[3] / "shared" / "testdata"
_PER_PAGE = 480
_KINDS = ("outcome", "organisation", "result", "output", "objective", "actor", "place")


def _read(*parts: str) -> str:
    path = _TESTDATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(
            f"HOSTILE STRINGS WERE NOT TRIED: ../shared/testdata/{'/'.join(parts)} is missing"
        )
    return path.read_text(encoding="utf-8", errors="surrogateescape")


def _naughty() -> list[str]:
    found = json.loads(_read("blns", "blns.json"))
    return list(dict.fromkeys(text for text in found if text))


def _attacks() -> list[str]:
    lines = _read("xss", "Intruder", "xss-payload-list.txt").split("\n")
    # Bytes that are no UTF-8 cannot come out of a reader, and no page can hold them.
    found = (line.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for line in lines)
    return list(dict.fromkeys(text for text in found if text))


def _graph(texts: list[str]) -> nx.MultiDiGraph:
    """Every text in every place where words of people can stand."""
    graph = nx.MultiDiGraph(terms={"method/x": {"en": texts[0]}})
    for number, text in enumerate(texts):
        cell = Passage(text, text, text, text, text, narrative=True, language=text)
        graph.add_node(
            text,
            kind=_KINDS[number % len(_KINDS)],
            label=text,
            labels={"": text, "fr": text},
            short=text,
            search=(text,),
            fields=((text, ({"": text}, {"en": text})),),
            passages=(cell,),
            gap=False,
        )
        words = Words(cell, 0, max(len(text) - 1, 1), text, 0.5, text, text, 0.5)
        graph.add_edge(
            texts[number - 1],
            text,
            key="contributor",
            # A relation is words too, where a query names it.
            relation=text if number < 40 else "contributor",
            family="claim",
            words=(words,),
        )
    return graph


def _page(texts: list[str]) -> str:
    return network_page(
        _graph(texts), title="".join(texts[:3]), audience=Audience.PUBLIC, note=" ".join(texts[:9])
    )


_USE = """async () => {
  const seen = [];
  const panel = document.getElementById("panel");
  const unfold = () => panel.querySelectorAll("details").forEach((fold) => (fold.open = true));
  // Every panel there is; choosing by hand repaints the picture too, so only now and then.
  for (let place = 0; place < things.length; place++) {
    if (place % 40) panel.replaceChildren(...thingDetails(place));
    else choose(place);
    seen.push(panel.querySelector("h2").textContent);
    unfold();
    if (place % 40 === 0) await new Promise((done) => setTimeout(done));
  }
  for (let place = 0; place < links.length; place++) {
    if (place % 40) panel.replaceChildren(...linkDetails(place));
    else chooseLink(place);
    unfold();
  }
  const box = document.getElementById("search");
  for (const thing of things.slice(0, 40)) {
    box.value = thing.short;
    showFound();
  }
  document.getElementById("language").click();
  document.getElementById("theme").click();
  return seen;
}"""


def _pages(texts: list[str]) -> list[list[str]]:
    return [texts[at : at + _PER_PAGE] for at in range(0, len(texts), _PER_PAGE)]


def _try(open_page, texts: list[str]) -> None:
    opened = open_page(_page(texts))
    seen = opened.page.evaluate(_USE)
    place = opened.page.evaluate("things.findIndex((_, place) => visible.has(place))")
    opened.page.evaluate("fit(false)")
    opened.page.mouse.move(*opened.spot(place))
    opened.settled()
    elements = opened.page.evaluate(
        """() => [...new Set([...document.querySelectorAll("*")].map((e) => e.localName))].sort()"""
    )
    scripts = opened.page.evaluate("document.scripts.length")
    handlers = opened.page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap((e) => e.getAttributeNames())
               .filter((name) => /^on|^href$|^src$/.test(name)).length"""
    )

    assert opened.ran() == []
    assert opened.violations() == []
    assert opened.outside() == []
    assert opened.complaints == []
    assert sorted(seen) == sorted(texts)
    assert not {"a", "img", "iframe", "object", "embed", "form", "base", "video"} & set(elements)
    assert (scripts, handlers) == (7, 0)


def test_naughty_strings_are_shown_and_never_run(open_page):
    """The big list, as ids, labels, fields, headings, quotes, relations and terms."""
    texts = _naughty()
    pages = _pages(texts)

    assert len(texts) > 490
    for page in pages:
        _try(open_page, page)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8) if "KG_HARM" in os.environ else [5])
def test_all_attacks_are_shown_and_never_run(open_page, part):
    """The attack list, an eighth at a time; all of it in `make harm`, one part otherwise."""
    texts = _attacks()[part::8]

    assert len(texts) > 800
    for page in _pages(texts):
        _try(open_page, page)


_LIVE = ["<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>"]


def _unescaped(page: str) -> str:
    """The page as it would be if data were written into it unescaped."""
    return page.replace("</main>", "".join(_LIVE) + "</main>")


def _without_policy(page: str) -> str:
    found, count = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    assert count == 1
    return found


def test_the_same_attacks_run_where_nothing_guards(open_page):
    """The control: without escaping and without the policy, this browser runs them."""
    opened = open_page(_without_policy(_unescaped(_page(_LIVE))))

    opened.wait("window.ran.length === 2")


def test_the_policy_holds_even_if_escaping_fails(open_page):
    """With the policy alone nothing runs, and the browser says what it stopped."""
    opened = open_page(_unescaped(_page(_LIVE)))
    opened.wait("window.violations.length > 0")
    opened.settled()

    assert opened.ran() == []
    assert {name.split("-")[0] for name in opened.violations()} >= {"script"}


def test_a_tooltip_is_never_markup(open_page):
    """The trap of pyvis: one title with "href" turns all tooltips into HTML. There are none."""
    opened = open_page(_page(["see <a href=x>", "<img src=x onerror=alert(1)>"]))
    for place in range(2):
        opened.page.mouse.move(*opened.spot(place))
        opened.wait("place => state.hover === place", place)
        opened.settled()

    assert opened.ran() == []
    expect(opened.page.locator(".vis-tooltip")).to_have_count(0)
