"""`kg.toml` → frozen settings. Unknown keys are errors: a misspelling must not be silent."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import ConfigError, WorkspaceError
from kg.model import FIELDS
from kg.vocab import DEFAULT_BASE

FILE_NAME = "kg.toml"
#: Files that people edit beside `kg.toml`: found without being named, and never sources.
EDITED_FILES = (FILE_NAME, "organisations.yaml", "decisions.csv", "framework.csv")
LANGUAGES = ("en", "fr", "es")

#: What the programme is called where nobody says.
NO_PROGRAMME = "the programme"

_KNOWN = {
    "project": ("name", "programme", "base_iri", "language", "output"),
    "sources": ("files", "cleared"),
    "headings": None,  # any heading
    "values": None,  # any field, a table each
    "frameworks": ("files", "activities", "countries", "programmes", "version", "publish"),
    "release": ("columns", "publish", "licence", "date"),
    "extraction": ("ner", "model_en", "model_fr"),
    "explorer": ("sparql",),
}
# What an IRI may not hold (RFC 3987), and what would let data end a path.
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_BASE_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`?#]+[/]")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one project folder. Paths are absolute.

    `sources` is empty where `kg.toml` names none; `headings` maps a heading
    to a canonical field, `values` a field to its spellings. `frameworks` are
    tables and IATI files beside `framework.csv`; `activities` those of IATI
    files that count (empty: all), `activity_countries` and
    `activity_programmes` whose results are theirs, by identifier. `sparql`:
    the explorer answers questions in the page. `licence` (an address) and
    `date` (of a release, "2026-03-01") describe a release for catalogues; "" where not set.
    """

    root: Path
    name: str = "Outcome harvest"
    programme: str = NO_PROGRAMME
    base_iri: str = DEFAULT_BASE
    language: str = "en"
    output: Path = field(default_factory=lambda: Path("output"))
    sources: tuple[Path, ...] = ()
    cleared: frozenset[str] = frozenset()
    headings: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    frameworks: tuple[Path, ...] = ()
    activities: frozenset[str] = frozenset()
    activity_countries: Mapping[str, str] = field(default_factory=dict)
    activity_programmes: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    ner: bool = True
    models: Mapping[str, str] = field(default_factory=dict)
    release_columns: tuple[str, ...] = ()
    published: frozenset[str] = frozenset()
    licence: str = ""
    date: str = ""
    sparql: bool = True

    def edited(self, name: str) -> Path | None:
        """Path of an edited file beside `kg.toml`, None where there is none."""
        path = self.root / name
        return path if path.is_file() else None

    @property
    def private(self) -> Path:
        """The folder that never goes under version control."""
        return self.root / ".kg"


def find_project(start: Path) -> Path:
    """The nearest folder upward that holds `kg.toml`, else *start* itself."""
    here = start.resolve()
    return next((d for d in (here, *here.parents) if (d / FILE_NAME).is_file()), here)


def load_config(root: Path) -> Config:
    """Read the settings of a project folder; defaults where it has no `kg.toml`.

    Raises:
        ConfigError: `kg.toml` is not TOML, or has a key or a value that kg does not know.
        WorkspaceError: the folder does not exist.
    """
    root = root.resolve()
    if not root.is_dir():
        raise WorkspaceError(
            f"{root}: no such folder; expected a project folder. Make one with: kg init {root}"
        )
    path = root / FILE_NAME
    if not path.is_file():
        return Config(root=root, output=root / "output")
    try:
        # utf-8-sig: Notepad puts a mark before the first line.
        tree = tomllib.loads(path.read_text("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{FILE_NAME}: not TOML ({error}); correct that line.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{FILE_NAME}: not UTF-8; save the file as UTF-8.") from error
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be read ({(error.strerror or 'input/output error').lower()}); "
            "check who may read it."
        ) from error
    _refuse_unknown(tree)
    return _config(root, tree)


def _refuse_unknown(tree: Mapping[str, Any]) -> None:
    for section, content in tree.items():
        if section not in _KNOWN:
            raise ConfigError(
                f"{FILE_NAME}: [{section}] is no section that kg knows; "
                f"expected one of {', '.join(f'[{s}]' for s in _KNOWN)}."
            )
        if not isinstance(content, dict):
            raise ConfigError(
                f"{FILE_NAME}: {section} must be a section: write [{section}] on a line of its own."
            )
        known = _KNOWN[section]
        unknown = sorted(set(content) - set(known)) if known is not None else []
        if known is not None and unknown:
            raise ConfigError(
                f"{FILE_NAME}, [{section}]: {unknown[0]} is no setting that kg knows; "
                f"expected one of {', '.join(known)}."
            )


def _config(root: Path, tree: Mapping[str, Any]) -> Config:
    project = tree.get("project", {})
    sources = tree.get("sources", {})
    extraction = tree.get("extraction", {})
    explorer = tree.get("explorer", {})
    release = tree.get("release", {})
    frameworks = tree.get("frameworks", {})
    tables = _texts(frameworks, "frameworks", "files")
    published = (
        {"framework.csv", "framework.xlsx", *(Path(name).name for name in tables)}
        if _boolean(frameworks, "frameworks", "publish")
        else set()
    )
    return Config(
        root=root,
        name=_text(project, "project", "name", "Outcome harvest"),
        programme=_text(project, "project", "programme", NO_PROGRAMME),
        base_iri=_base(_text(project, "project", "base_iri", DEFAULT_BASE)),
        language=_language(_text(project, "project", "language", "en")),
        output=(root / _text(project, "project", "output", "output")).resolve(),
        sources=tuple(root / name for name in _texts(sources, "sources", "files")),
        cleared=frozenset(_texts(sources, "sources", "cleared")),
        headings=MappingProxyType(_headings(tree.get("headings", {}))),
        values=MappingProxyType(
            {
                name: MappingProxyType(_table(table, f"values.{name}"))
                for name, table in tree.get("values", {}).items()
            }
        ),
        frameworks=tuple(root / name for name in tables),
        activities=frozenset(_texts(frameworks, "frameworks", "activities")),
        activity_countries=MappingProxyType(
            _table(frameworks.get("countries", {}), "frameworks.countries")
        ),
        activity_programmes=MappingProxyType(
            _table(frameworks.get("programmes", {}), "frameworks.programmes")
        ),
        versions=MappingProxyType(_table(frameworks.get("version", {}), "frameworks.version")),
        ner=_boolean(extraction, "extraction", "ner", default=True),
        models=MappingProxyType(
            {
                key.removeprefix("model_"): _text(extraction, "extraction", key, "")
                for key in ("model_en", "model_fr")
                if key in extraction
            }
        ),
        release_columns=_texts(release, "release", "columns"),
        published=frozenset(published | set(_texts(release, "release", "publish"))),
        licence=_address(_text(release, "release", "licence", "")),
        date=_date(release.get("date", "")),
        sparql=_boolean(explorer, "explorer", "sparql", default=True),
    )


def _wrong(section: str, key: str, expected: str) -> ConfigError:
    return ConfigError(f"{FILE_NAME}, [{section}] {key}: expected {expected}.")


def _text(table: Mapping[str, Any], section: str, key: str, default: str) -> str:
    value = table.get(key, default)
    if not isinstance(value, str):
        raise _wrong(section, key, 'a text in quotes, e.g. "My programme"')
    return value or default


def _texts(table: Mapping[str, Any], section: str, key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _wrong(section, key, 'a list of texts, e.g. ["harvest.xlsx"]')
    return tuple(value)


def _boolean(table: Mapping[str, Any], section: str, key: str, *, default: bool = False) -> bool:
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise _wrong(section, key, "true or false, without quotes")
    return value


def _table(value: Any, section: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise _wrong(section, "", 'lines of the form "as written" = "as meant"')
    return dict(value)


def _headings(value: Mapping[str, Any]) -> dict[str, str]:
    table = _table(value, "headings")
    for heading, name in table.items():
        if name not in FIELDS:
            raise ConfigError(
                f'{FILE_NAME}, [headings] "{heading}": {name} is no field; '
                f"expected one of {', '.join(FIELDS)}."
            )
    return table


def _address(iri: str) -> str:
    if iri and not _ADDRESS.fullmatch(iri):
        raise _wrong(
            "release", "licence", 'an address, e.g. "https://creativecommons.org/licenses/by/4.0/"'
        )
    return iri


def _date(value: Any) -> str:
    """A day as TOML writes one, or in quotes; the clock is never asked."""
    wrong = _wrong("release", "date", 'a day, e.g. "2026-03-01"')
    if value == "":
        return ""
    try:
        # A datetime is a date to Python, and its hours would be dropped without a word.
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise wrong from None
    if type(day) is not date:
        raise wrong
    return day.isoformat()


def _base(iri: str) -> str:
    if not _BASE_IRI.fullmatch(iri):
        raise _wrong("project", "base_iri", f'an address that ends with "/", e.g. "{DEFAULT_BASE}"')
    return iri


def _language(tag: str) -> str:
    if tag not in LANGUAGES:
        raise _wrong("project", "language", f"one of {', '.join(LANGUAGES)}")
    return tag
