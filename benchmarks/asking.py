"""The engine in the page: `python -m benchmarks.asking [RECORDS] [--runs N] [--json]`.

Builds a fictional harvest (1,000 records unless told) and asks its explorer every question of the
library in a headless Chromium, each run in a page of its own.

ready s     from asking until the engine has read the graph
slowest s   the slowest question, from asking until its rows stand in the page, once it is ready
MB          of the graph on disk, and of the page
"""

import shutil
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.explorer import FLAGS
from benchmarks.generate import table
from benchmarks.measure import options, show

RUNS = 3
RECORDS = 1_000
#: Puts a question with its values into its form; is it asked here?
_FORM = """async (name) => {
  const { model, details } = kg;
  const most = (kind) => model.ofKind(kind).sort((a, b) => model.degree[b] - model.degree[a])[0];
  const { short, label } = model.scene.nodes;
  const said = (kind) => [label[most(kind)]].map((l) => l.length ? l : Object.values(l)[0])[0];
  const outcome = most("outcome");
  const values = { fragment: details.search[outcome][0] ?? short[outcome], text: "council",
    organisation: said("organisation"), code: short[most("result")] };
  const question = details.questions.find((one) => one.name === name);
  const given = {};
  for (const { name, type, example, optional } of question.parameters)
    if (!optional) given[name] = values[type] ?? example;
  kg.store.set({ view: "ask", question: name, given });
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return Boolean(document.querySelector(".questions .go"));
}"""
#: Asks it; milliseconds until the rows have been painted.
_GO = """() => new Promise((done, fail) => {
  const begun = performance.now();
  document.querySelector(".questions .go").click();
  const look = () => {
    const status = document.querySelector(".ask [role=status]");
    if (status.querySelector(".warn")) return fail(new Error(status.textContent));
    if (document.querySelector(".ask .answer")) return done(performance.now() - begun);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(() => requestAnimationFrame(look));
})"""


def one_run(browser: Any, page_file: Path) -> dict[str, object]:
    """Seconds until the engine is ready, of the slowest question, and which that is."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(page_file.as_uri())
    page.wait_for_selector(".stage canvas")
    while not page.evaluate("performance.getEntriesByName('kg-complete').length"):
        page.wait_for_timeout(20)
    names = page.evaluate("kg.details.questions.map((question) => question.name)")
    first = None
    asked: dict[str, float] = {}
    for name in names:
        if not page.evaluate(_FORM, name):
            continue
        if first is None:
            first = page.evaluate(_GO)
        asked[name] = page.evaluate(_GO)
    context.close()
    slowest = max(asked, key=lambda name: asked[name])
    return {
        # The first question waits for the engine; asked again, it says what of that was its own.
        "ready s": ((first or 0) - next(iter(asked.values()))) / 1000,
        "slowest s": asked[slowest] / 1000,
        "slowest": slowest,
        "asked": len(asked),
    }


def measured(folder: Path, records: int, runs: int) -> dict[str, object]:
    """Medians of several runs."""
    from playwright.sync_api import sync_playwright

    from kg.api import build

    source = folder / "harvest.csv"
    source.write_text(table(records), encoding="utf-8", newline="")
    harvest = build(source, project=folder, ner=False)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=FLAGS,
            chromium_sandbox=False,
        )
        found = [one_run(browser, harvest.explorer) for _ in range(runs)]
        browser.close()
    middle = sorted(found, key=lambda one: float(str(one["slowest s"])))[len(found) // 2]
    return {
        "records": records,
        "graph MB": harvest.trig.stat().st_size / 1e6,
        "page MB": harvest.explorer.stat().st_size / 1e6,
        **middle,
        "ready s": statistics.median(float(str(one["ready s"])) for one in found),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = options("asking", __doc__)
    parser.add_argument("records", nargs="?", type=int, default=RECORDS, metavar="RECORDS")
    parser.add_argument("--runs", type=int, default=RUNS)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        show([measured(Path(folder), chosen.records, chosen.runs)], as_json=chosen.json)


if __name__ == "__main__":
    main()
