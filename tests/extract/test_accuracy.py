"""How well names are found in annotated texts. Floors are measured, not wished.

The development set was written before the rules were widened and tuned on
afterwards. Each check set was scored before it was looked at, then learned
from too. First scores, with models (dev and check before annotation slips were
mended; second after, its strict F was 0.78 before):

| Set | Strict F | Relaxed F | Persons whole | Roles | Identity |
|---|---|---|---|---|---|
| dev | 0.91 | 0.96 | 0.94 | 0.91 | 0.98 |
| check | 0.80 | 0.90 | 0.81 | 0.78 | 0.96 |
| second | 0.85 | 0.95 | 0.86 | 0.74 | 0.95 |

| wide | 0.73 | 0.86 | 0.98 | 0.66 | 0.95 |
| held | 0.77 | 0.88 | 0.91 | 0.67 | 0.98 |
| independent | 0.82 | 0.89 | 0.97 | 0.68 | 0.98 |
| dev_a | 0.56 | 0.65 | 0.97 | 0.60 | 0.91 |
| check_b | 0.64 | 0.82 | 0.96 | 0.75 | 0.98 |
| dev_d | 0.75 | 0.90 | 0.87 | 0.54 | 0.97 |
| dev_e | 0.79 | 0.89 | 0.84 | 0.59 | 0.97 |
| dev_f | 0.91 | 0.95 | 1.00 | 0.72 | 0.97 |
| dev_g | 0.92 | 0.97 | - | 0.52 | 0.98 |

Fresh texts do as badly as that: the floors guard against regressions, they
are no measure of quality. "held" was written with "wide" (both scored without
models), and its errors were not read while the rules learned from "wide".
"independent", "dev_a", "check_b", "dev_d" and "dev_e" are by five people who had
not read the rules; all were learned from after their first scores. "dev_f"
(acronyms) and "dev_g" (roles) are short texts by an author of the rules, each
hard in one thing, written before it was widened.
"""

from pathlib import Path

import pytest

from benchmarks.annotated import (
    acronym_recall,
    identity,
    organisations,
    persons,
    read_annotated,
    role_accuracy,
)
from kg.extract import Extractor
from kg.places import Places
from kg.resolve import resolve
from kg.vocab import Names

HERE = Path(__file__).parent
SETS = {
    "dev": [HERE / f"dev_{language}.yaml" for language in ("en", "es", "fr")],
    "check": [HERE / "check.yaml"],
    "second": [HERE / "check_second.yaml"],
    "wide": [HERE / "dev_wide.yaml"],
    "held": [HERE / "held.yaml"],
    "independent": [HERE / "independent.yaml"],
    "dev_a": [HERE / "dev_a.yaml"],
    "check_b": [HERE / "check_b.yaml"],
    "dev_d": [HERE / "dev_d.yaml"],
    "dev_e": [HERE / "dev_e.yaml"],
    "dev_f": [HERE / "dev_f.yaml"],
    "dev_g": [HERE / "dev_g.yaml"],
}

FLOORS = {
    name: dict(
        zip(("strict", "relaxed", "acronyms", "persons", "roles", "identity"), floors, strict=True)
    )
    for name, floors in {
        "dev": (0.97, 0.98, 0.99, 0.99, 0.945, 0.98),
        "check": (0.95, 0.97, 0.99, 0.99, 0.89, 0.98),
        "second": (0.97, 0.99, 0.99, 0.95, 0.815, 0.96),
        "wide": (0.91, 0.96, 0.99, 0.99, 0.93, 0.97),
        "held": (0.895, 0.955, 0.99, 0.98, 0.84, 0.98),
        "independent": (0.945, 0.97, 0.99, 0.98, 0.805, 0.98),
        "dev_a": (0.765, 0.82, 0.97, 0.99, 0.81, 0.92),
        "check_b": (0.845, 0.915, 0.97, 0.98, 0.79, 0.98),
        "dev_d": (0.875, 0.95, 0.99, 0.98, 0.835, 0.965),
        "dev_e": (0.895, 0.935, 0.98, 0.945, 0.86, 0.97),
        "dev_f": (0.975, 0.98, 0.99, 0.99, 0.8, 0.98),
        "dev_g": (0.955, 0.975, 0.99, 0.99, 0.85, 0.99),
    }.items()
}

# False spans of persons in 1,000 words: most where names are in languages of no list.
AT_MOST = {"dev_a": 52, "check_b": 34, "dev_d": 30, "dev_e": 27}
USUALLY = 25


@pytest.fixture(scope="module", params=[False, True], ids=["rules", "models"])
def reader(request) -> Extractor:
    """With stock models and without."""
    made = Extractor(organisations=(), places=Places.load(), ner=request.param)
    if request.param and set(made.models.values()) == {"blank"}:
        pytest.skip("NO STOCK MODEL IS INSTALLED: accuracy with models is not tested here.")
    return made


@pytest.mark.parametrize("name", sorted(SETS))
def test_names_roles_and_identity_hold_their_floor(reader, name):
    """No change of rules makes annotated texts read worse unseen."""
    annotated = read_annotated(*SETS[name])
    found = resolve(
        annotated.fragments,
        reader.extract_all(annotated.fragments),
        organisations=(),
        decisions=(),
        names=Names(),
    ).mentions
    whole, false = persons(annotated, found)
    accuracy, _ = role_accuracy(annotated, found)
    measured = {
        "strict": organisations(annotated, found, strict=True).f,
        "relaxed": organisations(annotated, found, strict=False).f,
        "acronyms": acronym_recall(annotated, found),
        "persons": whole,
        "roles": accuracy,
        "identity": identity(annotated, found).f,
    }
    floors = FLOORS[name]

    assert {k: round(v, 3) for k, v in measured.items() if v < floors[k]} == {}
    assert false <= AT_MOST.get(name, USUALLY)


def test_the_sets_are_as_large_as_is_said():
    """A set that shrinks would make any floor easy."""
    sizes = {name: len(read_annotated(*paths).fragments) for name, paths in SETS.items()}

    assert sizes == {
        "dev": 22,
        "check": 10,
        "second": 8,
        "wide": 24,
        "held": 24,
        "independent": 25,
        "dev_a": 32,
        "check_b": 32,
        "dev_d": 44,
        "dev_e": 36,
        "dev_f": 66,
        "dev_g": 48,
    }
