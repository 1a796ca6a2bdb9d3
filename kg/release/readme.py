"""`README.txt` of a release: what the folder holds, for whoever is given it."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kg.config import Config


@cache
def _texts() -> Any:
    path = Path(__file__).with_name("readme.yaml")
    return yaml.safe_load(path.read_text("utf-8"))


def readme(config: Config, *, outcomes: int) -> bytes:
    """The text, UTF-8, in the language of the project where it is French, else in English."""
    texts = _texts()
    language = config.language if config.language in ("en", "fr") else "en"
    counted = texts["outcomes"][language]["one" if outcomes == 1 else "other"]
    title = texts[language].splitlines()[0].format(name=config.name)
    body: str = texts[language].format(
        name=config.name,
        rule="=" * len(title),
        outcomes=counted.format(number=outcomes),
        dataset=texts["dataset"][language] if config.licence or config.date else "",
    )
    return body.encode()
