"""What a report says around the data, in English or French; labels in the language asked for."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.messages import spoken as said

#: What no XML may hold, however it is escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_END = re.compile(r"[.!?](?=\s)|\n")


@cache
def _texts() -> Any:
    import yaml

    return yaml.safe_load(Path(__file__).with_name("report.yaml").read_text("utf-8"))


def tell(name: str, language: str, **values: object) -> str:
    """A text of `report.yaml` by its path, e.g. "sheets.readme".

    >>> tell("sheets.readme", "fr"), tell("quoted", "en", words="a")
    ('À lire', '“a”')
    """
    found = _texts()
    for part in name.split("."):
        found = found[part]
    return said(found, language).format(**values)


def spoken(labels: Mapping[str, str], language: str) -> str:
    """The label in *language*, else in English, else untagged, else the first; "" of none.

    >>> spoken({"fr": "Sûreté", "en": "Safety"}, "fr"), spoken({}, "fr")
    ('Sûreté', '')
    """
    known = (labels.get(tag) for tag in (language, "en", ""))
    return next(filter(None, known), None) or next(iter(labels.values()), "")


def clean(text: object) -> str:
    r"""Text without what no XML may hold.

    >>> clean("a\x00b")
    'a�b'
    """
    return _NO_XML.sub("\ufffd", str(text))


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds a span; a sentence ends at ".", "!", "?" before a space, or its line.

    >>> sentence_around("It rained. The union met the mayor. It ended.", 15, 20)
    'The union met the mayor.'
    """
    before = max((m.end() for m in _END.finditer(text, 0, start)), default=0)
    after = _END.search(text, max(end - 1, start))
    return text[before : after.end() if after else len(text)].strip()
