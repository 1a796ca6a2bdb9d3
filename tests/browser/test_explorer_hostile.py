"""Hostile strings as ids, labels, texts, organisations and codes: nothing runs, nothing is lost.

Ordinarily an eighth of the attack list and all naughty strings, as each of these somewhere; under
`KG_HARM=1` (`make harm`) every string of both lists as an outcome, an organisation and a code.
"""

import json
import os
import re
from pathlib import Path

import networkx as nx
import pytest

from kg.explorer import explorer_page
from kg.model import Audience
from kg.network import Passage, Words

pytestmark = pytest.mark.browser

_TESTDATA = Path(__file__).resolve().parents[3] / "shared" / "testdata"
_KINDS = ("outcome", "organisation", "result")
_FEW_KINDS = ("actor", "place", "output", "objective", "change", "programme")
#: So many strings are also one of the kinds that stand for few things.
_FEW = 4 * len(_FEW_KINDS)
_HARM = "KG_HARM" in os.environ
_TURNS = range(len(_KINDS)) if _HARM else [0]


def _read(*parts: str) -> str:
    path = _TESTDATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(
            f"HOSTILE STRINGS WERE NOT TRIED: ../shared/testdata/{'/'.join(parts)} is missing"
        )
    return path.read_text(encoding="utf-8", errors="replace")


def _naughty() -> list[str]:
    return list(dict.fromkeys(text for text in json.loads(_read("blns", "blns.json")) if text))


def _attacks() -> list[str]:
    lines = _read("xss", "Intruder", "xss-payload-list.txt").split("\n")
    return list(dict.fromkeys(text for text in lines if text))


def _kind(number: int, turn: int) -> str:
    """In three turns every string is an outcome, an organisation and a code."""
    return _KINDS[(number + turn) % len(_KINDS)]


def _graph(texts: list[str], turn: int) -> nx.MultiDiGraph:
    """Every text in every place where words of people can stand."""
    graph = nx.MultiDiGraph(terms={"method/x": {"en": texts[0]}})
    for number, text in enumerate(texts):
        cell = Passage(text, text, text, text, text, narrative=True, language=text)
        fields = (("year", ({"": text},)), (text, ({"": text}, {"en": text})))
        about = {
            "label": text,
            "labels": {"": text, "fr": text},
            "short": text,
            "search": (text,),
            "fields": fields,
            "passages": (cell,),
            "gap": number % 5 == 0,
        }
        graph.add_node(text, kind=_kind(number, turn), **about)
        if number < _FEW:
            kind = _FEW_KINDS[number % len(_FEW_KINDS)]
            graph.add_node(f"{text}#{kind}", kind=kind, **about)
        relation = ("contributor", "contributes-to", "change-in", "broader", text)[number % 5]
        words = Words(cell, 0, max(len(text) - 1, 1), text, 0.5, text, text, 0.5)
        graph.add_edge(
            texts[number - 1], text, key=relation, relation=relation, family="claim", words=(words,)
        )
    return graph


def _select(texts: list[str]):
    """Programmes and reasons for no link with hostile names, for every node."""

    def rows(query: str) -> list[dict[str, str]]:
        if "oh:programme" in query:
            return [{"node": text, "programme": text, "label": text} for text in texts]
        if "unlinkedReason" in query:
            return [{"fragment": text, "reason": text} for text in texts[::2]]
        if "ohv:reason" in query:
            return [{"reason": text, "label": text} for text in texts]
        return []

    return rows


def _page(texts: list[str], turn: int = 0) -> str:
    return explorer_page(
        _graph(texts, turn),
        _select(texts),
        name="".join(texts[:3]),
        audience=Audience.PUBLIC,
        base="https://example.org/harvest/",
    )


_USE = """async () => {
  // A task of its own, without the pause that browsers put between timers.
  const { port1, port2 } = new MessageChannel();
  const next = () => new Promise((done) => { port1.onmessage = done; port2.postMessage(0); });
  const seen = [];
  const { store, model } = kg;
  for (const view of ["overview", "trace", "table", "ask", "network"]) {
    store.set({ view });
    await next();
  }
  store.set({ group: "none" });
  for (let node = 0; node < model.count; node += 40) {
    store.set({ node, edge: null });
    await new Promise(requestAnimationFrame);
    await next();
  }
  // Beside a view that draws nothing: here each panel counts, not the picture.
  store.set({ view: "ask" });
  for (let node = 0; node < model.count; node++) {
    store.set({ node, edge: null });
    await next();
    seen.push(document.querySelector("#details h2").textContent);
    document.querySelectorAll("#details details").forEach((fold) => (fold.open = true));
  }
  for (let edge = 0; edge < model.edges; edge += 7) {
    store.set({ edge });
    await next();
  }
  kg.chooseEdges([...Array(model.edges).keys()]);
  await next();
  for (const view of ["overview", "network", "trace", "table"]) {
    store.set({ view, edge: null, bundle: [], hops: 0 });
    await next();
    document.querySelectorAll("main details").forEach((fold) => (fold.open = true));
    await next();
  }
  for (let node = 0; node < model.count; node += 25) {
    kg.choose(node, { view: "trace" });
    await next();
    document.querySelectorAll(".stop, .ribbons path").forEach((one) =>
      one.dispatchEvent(new MouseEvent("mouseover", { bubbles: true })));
  }
  store.set({ edge: null, node: null, hops: 0 });
  for (const list of model.kinds) {
    store.set({ view: "table", list });
    await next();
  }
  for (const facet of ["year", "framework", "actor", "country"])
    for (const { value } of kg.facets.counted(facet, {}).slice(0, 12)) {
      store.set({ view: "overview", filters: { [facet]: [value] } });
      await next();
    }
  store.set({ filters: {}, language: "fr", theme: "dark", view: "trace" });
  await next();
  return seen;
}"""


def _try(open_explorer, texts: list[str], turn: int) -> None:
    opened = open_explorer(_page(texts, turn))
    kinds = opened.page.evaluate("[...new Set(kg.model.kind)].map((at) => kg.model.kinds[at])")
    seen = opened.page.evaluate(_USE)
    opened.page.keyboard.press("/")
    for text in texts[:25]:
        opened.page.locator("#search").fill(text)
    elements = opened.page.evaluate(
        """() => [...new Set([...document.querySelectorAll("*")].map((e) => e.localName))]"""
    )
    attributes = opened.page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap((e) => e.getAttributeNames())
               .filter((name) => /^on|^src|^style$|^action$/.test(name))"""
    )

    assert {*_KINDS, *_FEW_KINDS} == set(kinds)
    assert opened.ran() == []
    assert opened.violations() == []
    assert opened.outside() == []
    assert opened.complaints == []
    assert sorted(seen) == sorted([*texts, *texts[:_FEW]])
    assert not {"img", "iframe", "object", "embed", "base", "video"} & set(elements)
    assert set(attributes) <= {"style"}  # the height of rows out of sight, set by script


@pytest.mark.slow
@pytest.mark.parametrize("turn", _TURNS)
def test_naughty_strings_are_shown_and_never_run(open_explorer, turn):
    """The big list, as ids, labels, fields, headings, quotes, relations, terms, bodies, codes."""
    texts = _naughty()

    assert len(texts) > 490
    _try(open_explorer, texts, turn)


@pytest.mark.slow
@pytest.mark.parametrize("turn", _TURNS)
@pytest.mark.parametrize("part", range(8) if _HARM else [3])
def test_all_attacks_are_shown_and_never_run(open_explorer, part, turn):
    """The attack list, an eighth at a time; all of it in `make harm`, one part otherwise."""
    texts = _attacks()[part::8]

    assert len(texts) > 700
    _try(open_explorer, texts, turn)


_LIVE = ["<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>"]


def _unescaped(page: str) -> str:
    """The page as it would be if data were written into it unescaped."""
    return page.replace('<div id="page">', "".join(_LIVE) + '<div id="page">')


def test_the_same_attacks_run_where_nothing_guards(open_explorer):
    """The control: without the policy and unescaped, this browser runs them."""
    bare, count = re.subn(
        r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", _unescaped(_page(_LIVE))
    )
    opened = open_explorer(bare)

    assert count == 1
    opened.wait("window.ran.length === 2")


def test_the_policy_holds_even_if_escaping_fails(open_explorer):
    """With the policy alone nothing runs, and the browser says what it stopped."""
    opened = open_explorer(_unescaped(_page(_LIVE)))
    opened.wait("window.violations.length > 0")
    opened.settled()

    assert opened.ran() == []
    assert {name.split("-")[0] for name in opened.violations()} >= {"script"}
