"""Opening the pages asks nobody for anything: told by the browser's own log of its network."""

import json
from pathlib import Path

import pytest

#: Ways in which a page may call out; each has to be in the log, or the log proves nothing.
PLANTED = """<!doctype html><img src="http://192.0.2.1/picture" onerror="window.a = 1"><script>
const code = 'fetch("http://worker.example/").catch(() => postMessage(1))';
new Worker(URL.createObjectURL(new Blob([code]))).onmessage = () => { window.b = 1; };
new WebSocket("ws://socket.example/").onerror = () => { window.c = 1; };
</script>"""


def asked(log: Path) -> set[str]:
    """Every address and name that the browser asked for because of a page, from its log.

    What a browser asks of itself (whether there is a newer one of it) has no page.
    """
    tree = json.loads(log.read_text("utf-8"))
    kinds = {number: name for name, number in tree["constants"]["logEventTypes"].items()}
    told = set()
    for event in tree["events"]:
        said = event.get("params") or {}
        page = said.get("network_isolation_key") or said.get("network_anonymization_key") or "null"
        if page.startswith("null"):
            continue
        if kinds[event["type"]] == "URL_REQUEST_START_JOB" and "url" in said:
            told.add(said["url"])
        if kinds[event["type"]] == "HOST_RESOLVER_MANAGER_REQUEST" and "host" in said:
            told.add(said["host"])
    return told


@pytest.mark.browser
def test_pages_ask_nobody_for_anything(driver, chromium, example, tmp_path):
    """The explorer and a drawn answer: no request, no look-up of a name; a planted one is told."""
    log = tmp_path / "network.json"
    pages = {
        "explorer": example.explorer_page(),
        "drawn": example.page("organisations-together", {}),
        "planted": PLANTED,
    }
    browser = driver.chromium.launch(
        executable_path=chromium,
        args=["--no-sandbox", "--disable-gpu", f"--log-net-log={log}"],
        chromium_sandbox=False,
    )
    for name, content in pages.items():
        file = tmp_path / f"{name}.html"
        file.write_text(content, "utf-8")
        page = browser.new_page()
        page.goto(file.as_uri())
        if name == "planted":
            page.wait_for_function("window.a && window.b && window.c", timeout=300_000)
        else:
            page.locator("canvas").first.wait_for(timeout=300_000)
    browser.close()
    planted = {url for url in asked(log) if "192.0.2.1" in url or ".example" in url}

    assert {"http://192.0.2.1/picture", "http://worker.example/"} <= planted
    assert any("socket.example" in url for url in planted)
    assert asked(log) - planted == set()
