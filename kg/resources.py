"""Where the data that ships with kg lies: in the wheel, or beside the package in a checkout."""

from functools import cache
from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Path of shipped data, e.g. ``resource("ontology", "oh.ttl")``.

    The wheel carries `ontology/`, `queries/` and `examples/` inside the
    package; an editable install finds them one folder up.
    """
    inside = _PACKAGE.joinpath(*parts)
    return inside if inside.exists() else _PACKAGE.parent.joinpath(*parts)


@cache
def built_page(name: str) -> str:
    """A part of the pages, as `hatch_build.py` built it, e.g. ``"vis-network.js"``.

    Raises:
        KgError: The pages were not built when kg was installed.
    """
    path = resource("pages", "built", name)
    if not path.is_file():
        raise KgError(
            "The pages of kg were not built; expected kg/pages/built. Install kg again "
            "(in a checkout: python hatch_build.py)."
        )
    return path.read_text(encoding="utf-8")
