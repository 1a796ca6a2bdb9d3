"""The explorer beside other libraries: `python -m benchmarks.explorer [--runs N] [--small]`.

The same graphs at the same places (10,000 nodes and 27,000 links; 50,000 and 135,000), each page
opened from a file in a headless Chromium without a graphics card, medians over runs that take
turns, so that a busy machine is busy for all. Pages of the others hold no texts; ours does.

first       ms from opening the file until the picture has been painted
pan, zoom   frames a second under a moving mouse, a turning wheel
filter      ms until half of the nodes are gone (ours: the outcomes of one year are left)
hover       ms until a page has answered a mouse over the middle of the picture
search      ms from a letter to its list (ours alone: the others have none)
MB          size of the file

Peers are installed by `npm ci --ignore-scripts` in `benchmarks/peers`, for this alone.
"""

import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.graphs import PEERS, harvest_of, peer_pages, stock_pyvis
from benchmarks.measure import options, show

RUNS = 5
SIZES = ((10_000, 27_000), (50_000, 135_000))
WIDE, HIGH = 1400, 900
_SECONDS = 4
_STUCK = 120
FLAGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
_FIRST = """() => globalThis.first ?? (() => {
  const [mark] = performance.getEntriesByName("kg-picture");
  return mark && document.querySelector(".stage canvas") ? mark.startTime : null; })()"""
#: Frames that are painted while the mouse moves: counted in the page.
_COUNT = """() => { globalThis.frames_ = []; const next = (now) => {
  globalThis.frames_.push(now); globalThis.going_ = requestAnimationFrame(next); };
  globalThis.going_ = requestAnimationFrame(next); }"""
_COUNTED = """() => { cancelAnimationFrame(globalThis.going_);
  const all = globalThis.frames_;
  return all.length > 2 ? 1000 * (all.length - 1) / (all.at(-1) - all[0]) : 0; }"""
#: Milliseconds until the page has done what was asked, and a frame with it was painted.
_TIMED = """(act) => new Promise((done) => { const begun = performance.now(); act();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun))); })"""
_FILTER = f"""() => ({_TIMED})(() => {{
  if (globalThis.narrow) narrow(true);
  else kg.store.set({{ filters: {{ year: ["2020"] }} }}); }})"""
_HOVER = f"""([x, y]) => ({_TIMED})(() => {{
  const at = document.elementFromPoint(x, y);
  for (const name of ["pointermove", "mousemove"])
    at.dispatchEvent(new (name[0] === "p" ? PointerEvent : MouseEvent)(name,
      {{ clientX: x, clientY: y, bubbles: true, view: window }})); }})"""
_SEARCH = f"""() => ({_TIMED})(() => {{
  const box = document.getElementById("search");
  box.focus(); box.value = "harb";
  box.dispatchEvent(new Event("input", {{ bubbles: true }})); }})"""


def one_run(browser: Any, page_file: Path) -> dict[str, float]:
    """Open a page, use it, say how long things took. What a page cannot do is left out."""
    context = browser.new_context(viewport={"width": WIDE, "height": HIGH})
    page = context.new_page()
    page.set_default_timeout(180_000)
    ours = page_file.name.startswith("kg")
    page.goto(page_file.as_uri() + ("#v=network&by=none" if ours else ""))
    found = {"first": _until(page, _FIRST)}
    page.wait_for_timeout(1000)
    box = page.evaluate(
        "() => { const { left, top, width, height } = (document.querySelector('.stage') ?? "
        "document.querySelector('#stage, #mynetwork')).getBoundingClientRect();"
        " return [left, top, width, height]; }"
    )
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    page.mouse.move(box[0] + 12, box[1] + 40)
    page.mouse.down()
    page.evaluate(_COUNT)
    for step in _for_a_while(60):
        page.mouse.move(box[0] + 12 + step * 4, box[1] + 40 + step * 3)
    found["pan"] = page.evaluate(_COUNTED)
    page.mouse.up()
    page.mouse.move(x, y)
    page.evaluate(_COUNT)
    for step in _for_a_while(40):
        page.mouse.wheel(0, -40 if step % 20 < 10 else 40)
    found["zoom"] = page.evaluate(_COUNTED)
    page.wait_for_timeout(800)
    found["hover"] = statistics.median(
        page.evaluate(_HOVER, [x + at * 7, y + at * 5]) for at in range(9)
    )
    if ours:
        found["search"] = page.evaluate(_SEARCH)
        page.keyboard.press("Escape")
    found["filter"] = page.evaluate(_FILTER)
    context.close()
    return found


def _for_a_while(steps: int) -> Iterator[int]:
    """So many steps, fewer where a page is slow; at least three."""
    end = time.monotonic() + _SECONDS
    for step in range(steps):
        if step > 2 and time.monotonic() > end:
            return
        yield step


def _until(page: Any, script: str) -> float:
    """What a script gives once it gives something.

    Raises:
        TimeoutError: nothing for two minutes.
    """
    end = time.monotonic() + _STUCK
    while (found := page.evaluate(script)) is None:
        if time.monotonic() > end:
            raise TimeoutError("A page has painted nothing for two minutes.")
        page.wait_for_timeout(20)
    return float(found)


def measured(folder: Path, runs: int, sizes: tuple[tuple[int, int], ...]) -> list[dict[str, Any]]:
    """A row for each library and size: medians, and its first frame beside ours."""
    from playwright.sync_api import sync_playwright

    from kg.explorer import explorer_page
    from kg.layout import spread
    from kg.model import Audience

    rows: list[dict[str, Any]] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=FLAGS,
            chromium_sandbox=False,
        )
        for nodes, edges in sizes:
            graph = harvest_of(nodes, edges)
            places = spread(graph)
            pages = {
                "kg": explorer_page(
                    graph,
                    lambda _: [],
                    name="Benchmark",
                    audience=Audience.PUBLIC,
                    base="https://example.org/",
                ),
                **peer_pages(graph, places),
            }
            if nodes <= SIZES[0][0]:
                pages["stock pyvis"] = stock_pyvis(graph, places)
            files = {name: folder / f"{name}-{nodes}.html" for name in pages}
            for name, page in pages.items():
                files[name].write_text(page, encoding="utf-8")
            taken: dict[str, list[dict[str, float]]] = {name: [] for name in files}
            # In turns: what else the machine does meets all of them.
            for _ in range(runs):
                for name, file in files.items():
                    taken[name].append(one_run(browser, file))
            medians = {
                name: {what: statistics.median(run[what] for run in all_) for what in all_[0]}
                for name, all_ in taken.items()
            }
            for name, found in medians.items():
                rows.append(
                    {
                        "nodes": nodes,
                        "library": name,
                        "MB": files[name].stat().st_size / 1e6,
                        **{
                            what: found.get(what)
                            for what in ("first", "pan", "zoom", "filter", "hover", "search")
                        },
                        "first / ours": found["first"] / medians["kg"]["first"],
                    }
                )
        browser.close()
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = options("explorer", __doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--small", action="store_true", help="the first size alone")
    chosen = parser.parse_args(arguments)
    if not (PEERS / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit"], cwd=PEERS, check=True)
    sizes = SIZES[:1] if chosen.small else SIZES
    with tempfile.TemporaryDirectory() as folder:
        show(measured(Path(folder), chosen.runs, sizes), as_json=chosen.json)


if __name__ == "__main__":
    main()
