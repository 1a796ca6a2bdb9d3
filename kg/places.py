"""Countries and regions, as a cell states them: "Mali", "MLI", "RDC", "Sahel".

Names of countries come from the Unicode CLDR (by Babel); usual and formal
names, regions and what we show are data (`ontology/places.yaml`). Only a whole
name counts: "Niger" is not found in "Nigeria", and "Malian" states no country.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import yaml

from kg.blank import is_blank
from kg.model import Choice
from kg.redaction import has_mark
from kg.resources import resource
from kg.vocab import fold, slug

_SCHEME = "place"
_LONGEST = 100  # a longer cell is a sentence and no name
_CODE_LENGTHS = (2, 3)
# The name turned round, as in "Congo, Democratic Republic of the" and "Korea (Republic of)".
_TURNED = re.compile(r"([^,()]+)(?:,|\()([^,()]+)\)?\s*")
_SHORTEST_IN_TEXT = 5  # Portuguese "Irã" folds to an English acronym, "Gana" is a Spanish verb
# CLDR lists them beside the countries: outlying bits, pseudo-locales, "unknown".
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC"})


@dataclass(frozen=True, slots=True)
class Places:
    """Every place that is known by name.

    `names`: folded name → slug, for finding places in texts (no ISO codes, no
    short forms). `labels`: slug → name for display, in English. `by_language`:
    slug → language → name.
    """

    names: Mapping[str, str]
    labels: Mapping[str, str]
    by_language: Mapping[str, Mapping[str, str]]
    _cells: Mapping[str, str]  # evened name or short form → slug
    _codes: Mapping[str, str]  # ISO code in capitals → slug
    _ambiguous: frozenset[str]
    _articles: tuple[str, ...]  # evened, the longest first
    _titles: tuple[str, ...]  # "republic of", evened, the longest first

    @staticmethod
    def load() -> "Places":
        """Every known place; read once a process (some 50 ms)."""
        return _load()

    def read(self, text: str) -> Choice | None:
        """The place that a cell states; None where it is blank, redacted or a sentence.

        A place that nobody knows stays as it is stated, with `known` False.

        >>> Places.load().read("RDC").label
        'Democratic Republic of the Congo'
        >>> Places.load().read("Sahel")
        Choice(scheme='place', slug='sahel', label='Sahel', known=True)
        >>> Places.load().read("Nigerien").known
        False
        """
        stated = " ".join(text.split())
        if is_blank(stated) or has_mark(stated) or len(stated) > _LONGEST:
            return None
        found = self.find(stated)
        if found is not None:
            return Choice(_SCHEME, found, self.labels[found])
        return Choice(_SCHEME, slug(stated), stated, known=False)

    def find(self, text: str) -> str | None:
        """The slug of a known place by its whole name or ISO code; None for any other text."""
        code = text.strip().strip(".")
        if code.isupper() and len(code) in _CODE_LENGTHS and code in self._codes:
            return self._codes[code]
        return next((found for form in self._forms(text) if (found := self._cells.get(form))), None)

    def _forms(self, text: str) -> Iterator[str]:
        """The text; turned round; without what stands in brackets; without article and title."""
        turned = _TURNED.fullmatch(text)
        town = turned is None or _even(turned[2]) in self._cells  # "Sahel, Mali"
        behind = "" if turned is None or town else _even(f"{turned[2]} {turned[1]}")
        for whole in filter(None, dict.fromkeys((_even(text), behind, _bare(text)))):
            bare = self._without(whole, self._articles)
            for form in dict.fromkeys((whole, bare, self._without(bare, self._titles))):
                if form in self._ambiguous:
                    break  # "the Congo" is no clearer than "Congo"
                yield form

    @staticmethod
    def _without(text: str, heads: tuple[str, ...]) -> str:
        head = next((head for head in heads if text.startswith(head + " ")), "")
        return text.removeprefix(head).lstrip()


def _bare(text: str) -> str:
    """Without what stands in brackets behind it."""
    return _even(text.partition("(")[0])


def _even(text: str) -> str:
    """Folded letters and digits with one space between words.

    >>> _even("Côte d’Ivoire") == _even("COTE D'IVOIRE")
    True
    """
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


@cache
def _load() -> Places:
    path = resource("ontology", "places.yaml")
    # BaseLoader: every scalar is a text; Norway's "NO" is none of YAML's business.
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - builds texts, lists and mappings alone
    by_language: dict[str, Mapping[str, str]] = {}
    names: dict[str, str] = {}
    cells: dict[str, str] = {}
    codes: dict[str, str] = {}
    other_spellings = _named(data["spellings"])
    for code, said in sorted(_countries(data["languages"]).items()):
        shown = {lang: name.replace("’", "'") for lang, name in said.items()}
        shown |= data["labels"].get(code, {})
        place = slug(shown["en"])
        by_language[place] = MappingProxyType(dict(sorted(shown.items())))
        codes[code] = place
        usual = data["names"].get(code, [])
        elsewhere = other_spellings.get(code, {}).values()
        for name in (*said.values(), *shown.values(), *usual, *elsewhere):
            cells.setdefault(_even(name), place)
            if len(name) >= _SHORTEST_IN_TEXT or name in {shown["en"], *usual}:
                names.setdefault(fold(name), place)
        for name in data["short"].get(code, []):
            cells.setdefault(_even(name), place)
    for place, said in sorted((data["regions"] | data["levels"]).items()):
        other = said.get("other", [])
        by_language[place] = MappingProxyType(
            {lang: name for lang, name in sorted(said.items()) if lang != "other"}
        )
        for name in (*by_language[place].values(), *other):
            cells.setdefault(_even(name), place)
            if place in data["regions"] and not name.isupper():
                names.setdefault(fold(name), place)
    codes |= _three_letters(codes)
    ambiguous = frozenset(_even(name) for name in data["ambiguous"])
    return Places(
        names=MappingProxyType(
            {n: s for n, s in sorted(names.items()) if _even(n) not in ambiguous}
        ),
        labels=MappingProxyType({s: said["en"] for s, said in sorted(by_language.items())}),
        by_language=MappingProxyType(dict(sorted(by_language.items()))),
        _cells=MappingProxyType({n: s for n, s in cells.items() if n not in ambiguous}),
        _codes=MappingProxyType(codes),
        _ambiguous=ambiguous,
        _articles=_heads(data["articles"]),
        _titles=_heads(data["formal"]),
    )


def _heads(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted({_even(word) for word in words}, key=lambda head: (-len(head), head)))


def _countries(languages: list[str]) -> dict[str, dict[str, str]]:
    """Country code → language → name; every country has an English one."""
    return {code: said for code, said in _named(languages).items() if "en" in said}


def _named(languages: list[str]) -> dict[str, dict[str, str]]:
    """Country code → language or locale → name."""
    from babel import Locale  # some 40 ms: only where places are read

    found: dict[str, dict[str, str]] = {}
    for language in languages:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == _CODE_LENGTHS[0] and code not in _NO_COUNTRIES:
                found.setdefault(code, {})[language] = name
    return found


def _three_letters(codes: Mapping[str, str]) -> dict[str, str]:
    """ISO's codes of three letters → slug."""
    from babel.core import get_global

    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    return {
        code: codes[now[0]]
        for code, now in sorted(aliases.items())
        if len(code) == _CODE_LENGTHS[1] and code.isalpha() and now and now[0] in codes
    }
