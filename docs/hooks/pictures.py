"""The pictures of docs/images, taken of the example in headless Chromium: `make pictures`."""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kg.api import build
from kg.start import start_project

IMAGES = Path(__file__).resolve().parent.parent / "images"
_SIZE = {"width": 1280, "height": 800}
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


def main() -> None:
    """Build the example and take every picture."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        sys.exit("pictures: no chromium here; install it, then try again.")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        start_project(Path(name), demo=True)
        harvest = build(project=name, ner=False)
        browser = driver.chromium.launch(executable_path=found, args=_FLAGS, chromium_sandbox=False)
        page = browser.new_page(viewport=_SIZE, reduced_motion="reduce")
        page.goto(harvest.explorer.as_uri())
        _take(page)
        browser.close()


def _take(page: Page) -> None:
    page.locator(".tabs button").first.wait_for()
    for key, name in (("1", "overview"), ("2", "network"), ("3", "trace")):
        page.keyboard.press(key)
        page.wait_for_timeout(1_500)
        page.screenshot(path=IMAGES / f"{name}.png")
    page.keyboard.press("2")
    page.keyboard.press("/")
    page.keyboard.type("WSRA")
    page.locator("#found [aria-selected=true]").wait_for()
    page.keyboard.press("Enter")
    page.locator("#details details summary").first.click()
    page.wait_for_timeout(1_500)
    page.screenshot(path=IMAGES / "words.png")


if __name__ == "__main__":
    main()
