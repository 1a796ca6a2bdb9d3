"""What a person types for a thing of the harvest, and what is told where it could be several."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.store import Select, open_store, select_from
from kg.targets import KINDS, Target, find

SMALL = Path(__file__).parent / "query" / "small.trig"
BASE = "https://example.org/harvest/"


@pytest.fixture(scope="module")
def select() -> Select:
    """The small fictional harvest."""
    return select_from(open_store(SMALL, cache=None))


def said(found: Sequence[Target]) -> list[str]:
    return [str(target) for target in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alp001", "fragment alp001"),
        ("ALP001", "fragment alp001"),
        (" Alp001 ", "fragment alp001"),
        ("LAN-2022/ALP001", "fragment alp001"),
        ("lan-2022/alp001", "fragment alp001"),
        ("P001", "fragment alp001"),
        ("no-id-11aa22bb", "fragment no-id-11aa22bb"),
        (f"{BASE}fragment/alp001", "fragment alp001"),
        ("1.4.1", "output 1.4.1 (Mali)"),
        ("output 1.4.1", "output 1.4.1 (Mali)"),
        ("Output1.4.1", "output 1.4.1 (Mali)"),
        ("produit 1.4.1", "output 1.4.1 (Mali)"),
        ("01.04.1", "output 1.4.1 (Mali)"),
        ("1.10", "outcome 1.10 (Mali)"),
        ("CIV", "objective CIV"),
        ("civ", "objective CIV"),
        ("objective CIV", "objective CIV"),
        ("Un espace civique plus large", "objective CIV"),
        ("RDA", "organisation Réseau Démo"),
        ("dna", "organisation Réseau Démo"),
        ("reseau demo", "organisation Réseau Démo"),
        ("Demo  Network", "organisation Réseau Démo"),
        ("organisation RDA", "organisation Réseau Démo"),
        ("coalition", "organisation Coalition des producteurs"),
        ("reseau-demo", "organisation Réseau Démo"),
        ("Mali", "country Mali"),
        ("country Mali", "country Mali"),
        ("Bénin", "country Benin"),
        ("BJ", "country Benin"),
        ("engaged citizens", "actor Engaged citizens"),
        ("Citoyens engagés", "actor Engaged citizens"),
        ("Night Watch", "actor Night watch"),
    ],
)
def test_one_thing(select: Select, text: str, expected: str) -> None:
    """Case, accents and spaces do not matter; a kind may stand before the name."""
    assert said(find(select, text)) == [expected]


def test_a_code_of_two_countries_is_both(select: Select) -> None:
    """A set, not an ambiguity."""
    assert said(find(select, "1.4")) == ["outcome 1.4 (Benin)", "outcome 1.4 (Mali)"]
    assert said(find(select, "Résultat 1.4")) == ["outcome 1.4 (Benin)", "outcome 1.4 (Mali)"]


def test_an_ambiguous_end_names_the_candidates(select: Select) -> None:
    """By key: no title and no text."""
    with pytest.raises(UsageError) as raised:
        find(select, "001", kinds=("fragment",))

    assert "fragment alp001; fragment bet001; fragment gam001" in str(raised.value)
    assert "Councils" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("nobody", KINDS),
        ("", KINDS),
        ("RDA", ("fragment",)),
        ("output 1.9", ("code",)),
        ("x" * 5000, KINDS),
        ("'; DROP", KINDS),
        ("organisation", KINDS),
        ("organisation nobody", KINDS),
    ],
)
def test_nothing(select: Select, text: str, kinds: tuple[str, ...]) -> None:
    """Says what was expected; does not say the words again."""
    with pytest.raises(UsageError, match="nothing in this harvest has that name") as raised:
        find(select, text, kinds=kinds)

    assert len(str(raised.value)) < 600
    assert "DROP" not in str(raised.value)


def test_the_nearest_names_are_offered(select: Select) -> None:
    """A misspelling is told, not guessed."""
    with pytest.raises(UsageError, match="Did you mean: organisation Marram Trust"):
        find(select, "Maram Trust", kinds=("organisation",))


def test_details(select: Select) -> None:
    """The title of a fragment, the country of a code, for those who show them."""
    assert find(select, "alp001")[0].detail == "Councils publish their budgets"
    assert find(select, "1.4.1")[0] == Target(
        "output", f"{BASE}framework/lantern/mali/1/output-1.4.1", "1.4.1", "Mali"
    )
