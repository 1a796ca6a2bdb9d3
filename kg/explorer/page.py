"""Fills the built page: title, data, and the engine where it shall answer SPARQL.

The page as built (`explorer/`, by `hatch_build.py`) already names the digests of
its script and style sheet in its policy, so nothing that is filled in can run.
Data stands in script elements of an inert type, compressed and in base64: no
character of it can mean anything to a browser.
"""

import base64
import html
import json
import zlib

from kg.errors import KgError
from kg.resources import built_page

#: What can be filled in, in the order of the page. The script stands between scene and data: it
#: draws the first picture while the browser still reads the rest of the file.
_TITLE, _NOSCRIPT = "<!--kg:title-->", "<!--kg:noscript-->"
_SCENE, _DATA = "<!--kg:scene-->", "<!--kg:data-->"


def filled(*, title: str, noscript: str, data: dict[str, bytes], engine: bool) -> str:
    """The page as one text, to be written as UTF-8.

    Args:
        title: Plain text.
        noscript: Plain text: what to say where scripts are switched off.
        data: Name → what the element `data-NAME` holds; `scene` stands before the script.
        engine: Take the SPARQL engine along.

    Raises:
        KgError: The pages were not built when kg was installed.
    """
    elements = {
        name: f'<script type="text/plain" id="data-{name}">{packed(content)}</script>\n'
        for name, content in data.items()
    }
    scene = elements.pop("scene")
    after_script = [*elements.values(), *([built_page("engine.html")] if engine else [])]
    page = built_page("explorer.html" if engine else "explorer-small.html")
    for mark, text in (
        (_TITLE, html.escape(title)),
        (_NOSCRIPT, html.escape(noscript)),
        (_SCENE, scene),
        (_DATA, "".join(after_script)),
    ):
        before, found, after = page.partition(mark)
        if not found:
            raise KgError("The built page lacks a place to fill; install kg again.")
        page = before + text + after
    return page


def packed(content: bytes) -> str:
    """Compressed (zlib) and in base64.

    >>> zlib.decompress(base64.b64decode(packed("Réseau".encode()))).decode()
    'Réseau'
    """
    return base64.b64encode(zlib.compress(content, 9)).decode("ascii")


def as_json(tree: object) -> bytes:
    """Compact JSON. A lone surrogate, which UTF-8 has no bytes for, becomes "?"."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
