"""What is remembered of cells changes nothing but the time."""

from hypothesis import given
from hypothesis import strategies as st

from kg import recall
from kg.choices import SCHEMES, read_choices
from kg.redaction import only_marks
from kg.values import read_boolean, read_round
from kg.vocabulary import load_vocabulary
from kg.years import read_years

VOCABULARY = load_vocabulary()

cells = st.one_of(
    st.text(max_size=150),
    st.sampled_from(
        [
            "large",
            "Media  Youth",
            "NO",
            "1.0",
            "2022.0",
            "mars 2022",
            "Récolte 1",
            "<LOC>",
            "<x>; y",
        ]
    ),
)


@given(cells, st.sampled_from(sorted(SCHEMES)))
def test_a_remembered_cell_reads_like_a_new_one(text, field):
    """Met a second time, or too long to be remembered: the same answer."""
    text = recall.trimmed(text)
    told = () if only_marks(text) else read_choices(field, text, vocabulary=VOCABULARY).values

    for _ in range(2):
        assert recall.choices(field, text, vocabulary=VOCABULARY, values={}).values == told
        assert recall.answer("negative", text) == read_boolean(text, field="negative")
        assert recall.years(text) == read_years(text)
        assert recall.harvest_round(text) == read_round(text)


@given(cells)
def test_trimming_twice_is_trimming_once(text):
    """What was cleaned is clean."""
    once = recall.trimmed(text)

    assert recall.trimmed(once) == once


def test_the_projects_own_values_are_never_remembered():
    """Two projects in one process may mean two things by one word."""
    nat = {"scale": {"nat": "national"}}
    loc = {"scale": {"nat": "local"}}
    one = recall.choices("scale", "nat", vocabulary=VOCABULARY, values=nat)
    other = recall.choices("scale", "nat", vocabulary=VOCABULARY, values=loc)

    assert [c.slug for c in (*one.values, *other.values)] == ["national", "local"]
