"""A release makes no body out of a mask, and hides a suspected name inside a body's, too."""

import csv

import pytest

from kg.config import load_config
from kg.harvest import Harvest
from kg.model import Audience
from kg.pipeline import build
from kg.release import release

CASES = [
    (
        "The Justice for Halima Campaign marched; Halima was freed.",
        "The Justice for [name] Campaign marched; [name] was freed.",
    ),
    ("Committee Chairman Onyango Were refused.", "Committee [name] refused."),
    ("Council Member Otieno Okello spoke.", "Council Member [name] spoke."),
    ("The Court Clerk Mary Atieno Ouko left.", "The [name] left."),
    ("The Union of Weavers met in Kenya.", "The Union of Weavers met in Kenya."),
]


@pytest.fixture(scope="module")
def public(tmp_path_factory) -> Harvest:
    """The release of a harvest with these sentences."""
    folder = tmp_path_factory.mktemp("bodies")
    with (folder / "harvest.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = [(f"QX/{n:03d}", text, "no") for n, (text, _) in enumerate(CASES)]
        csv.writer(stream).writerows([("ID", "Outcome description", "Confidential"), *rows])
    (folder / "kg.toml").write_text("[extraction]\nner = false\n", encoding="utf-8")
    config = load_config(folder)
    build(config, [folder / "harvest.csv"])
    release(config)
    return Harvest(config, Audience.PUBLIC)


def test_sentences_are_masked_as_they_should(public):
    """No word of a suspected name is left beside its own mask."""
    rows = public.select(
        "PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> "
        "PREFIX oh: <https://w3id.org/outcome-harvest/ns#> "
        "SELECT ?text { ?cell nif:isString ?text ; oh:searchText ?any } ORDER BY ?text"
    )

    assert [row["text"] for row in rows] == sorted(masked for _, masked in CASES)


def test_a_mask_makes_no_body(public):
    """What stands before a mask is an office, not an organisation."""
    assert [row["label"] for row in public.query("organisations")] == ["Union of Weavers"]
