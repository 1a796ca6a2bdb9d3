"""Fictional records for the components, and one extractor without models for all."""

from collections.abc import Callable

import pytest

from kg.extract import Extractor
from kg.model import Choice, Fragment, Mention, Origin, Statement
from kg.places import Places

MakeFragment = Callable[..., Fragment]


def make_fragment(
    description: str = "",
    *,
    key: str = "demo-1",
    language: str | None = "en",
    country: str | None = None,
    programme: str | None = None,
    **fields: str,
) -> Fragment:
    """A fictional record with narrative fields."""
    texts = {"description": description, **fields}
    return Fragment(
        key=key,
        identifier=key,
        origins=(Origin("demo.txt", 1, "text/plain"),),
        statements=tuple(
            Statement(field, field, text, narrative=True, language=language)
            for field, text in texts.items()
            if text
        ),
        empty=(),
        confidential=False,
        label=key,
        language=language,
        programme=programme,
        year=None,
        round=None,
        country=Choice("place", country, country.title()) if country else None,
    )


@pytest.fixture(scope="session")
def fragment() -> MakeFragment:
    """Makes a fictional record."""
    return make_fragment


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Rules alone, nothing curated."""
    return Extractor(organisations=(), places=Places.load(), ner=False)


@pytest.fixture(scope="session")
def names(extractor: Extractor) -> Callable[..., list[str]]:
    """The texts of the mentions of one kind in one text, in order of place."""

    def find(text: str, *, kind: str = "organisation", language: str | None = "en") -> list[str]:
        found = extractor(make_fragment(text, language=language))
        return [m.text for m in found if m.kind.value == kind]

    return find


@pytest.fixture(scope="session")
def mentions(extractor: Extractor) -> Callable[..., tuple[Mention, ...]]:
    """All mentions in a fictional record."""

    def find(description: str = "", **given: str) -> tuple[Mention, ...]:
        return extractor(make_fragment(description, **given))

    return find
