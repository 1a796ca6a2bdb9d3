"""Where the data that ships with kg lies: in the wheel, or beside the package in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Path of shipped data, e.g. ``resource("ontology", "oh.ttl")``.

    The wheel carries `ontology/`, `queries/` and `examples/` inside the
    package; an editable install finds them one folder up.
    """
    inside = _PACKAGE.joinpath(*parts)
    return inside if inside.exists() else _PACKAGE.parent.joinpath(*parts)
