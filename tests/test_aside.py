"""What one stage hands to the next may lie on the disk: equal to what it was, then gone."""

import os
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import aside
from kg.aside import Aside, Made
from kg.errors import WorkspaceError
from kg.grouping import by_key, found_by_key, grouped
from kg.model import Cell, Choice, Fragment, Kind, Mention, Origin, Record, Statement


@pytest.fixture
def few(monkeypatch):
    """Three items are many."""
    monkeypatch.setattr(aside, "HELD", 3)


def fragment(key: str, text: str = "It is so.") -> Fragment:
    """A fragment with something of every kind in it."""
    return Fragment(
        key=key,
        identifier=f"X/{key}",
        origins=(Origin("a.csv", 2, "text/csv"),),
        statements=(Statement("description", "Outcome", text, narrative=True, language="en"),),
        empty=("year",),
        confidential=True,
        label=text[:9],
        language="en",
        programme=None,
        year=None,
        round=Choice("round", "one", "One"),
        country=None,
        choices=MappingProxyType({"scale": (Choice("scale", "local", "Local"),)}),
    )


def test_what_lies_aside_is_read_back_as_it_was(tmp_path, few):
    """In order, by place, from the end, in slices; also what is added while it is read."""
    items = [fragment(f"k{number}", "a\udce9b" * number) for number in range(10)]
    there = Aside(tmp_path, items[:-1])
    first = iter(there)
    begun = next(first)
    there.append(items[-1])

    assert [begun, *first] == items == list(there)
    assert [there[place] for place in (0, 9, -1, -10)] == [items[p] for p in (0, 9, -1, -10)]
    assert there[2:8:2] == items[2:8:2]
    assert there[3].choices["scale"] == items[3].choices["scale"]
    assert isinstance(there[3].choices, MappingProxyType)
    for place in (10, -11):
        with pytest.raises(IndexError):
            there[place]


@given(
    st.lists(st.text(max_size=3), max_size=12),
    st.lists(st.integers(0, 12), max_size=4),
)
def test_it_is_a_list_that_is_cut_and_added_to(words, cuts):
    """Whatever is cut and appended in between, as a list would have it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aside, "HELD", 3)
        patch.setattr(aside, "BLOCK", 2)
        there, plain = Aside(Path(), words), list(words)
        for cut in cuts:
            there.cut(cut)
            del plain[cut:]
            there.append("x")
            plain.append("x")
            there.extend(words)
            plain.extend(words)

            assert list(there) == plain
            assert len(there) == len(plain)


def test_several_blocks_are_one_list(tmp_path, few, monkeypatch):
    """Whatever is held, written at once, or asked for out of order."""
    monkeypatch.setattr(aside, "BLOCK", 3)
    cells = tuple(Cell("description", "Outcome", "x" * size) for size in range(60))
    items = [Record("a.csv", number, "text/csv", cells[:number]) for number in range(60)]
    there = Aside(tmp_path, items, held=7)

    assert list(there) == items
    assert [there[place] for place in range(59, -1, -1)] == items[::-1]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the name of an open file")
def test_nothing_of_it_has_a_name(tmp_path, few):
    """Nobody else can open it, and a kill leaves nothing to sweep."""
    there = Aside(tmp_path / "private", ["secret"] * 50)

    assert list((tmp_path / "private").rglob("*")) == []
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o700
    assert len(there) == 50


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path, few):
    """A file stands in its way; nothing was changed."""
    (tmp_path / "file").write_text("")

    with pytest.raises(WorkspaceError, match="nothing was changed"):
        Aside(tmp_path / "file", ["a"] * 50)


def test_a_full_disk_is_one_clear_line(tmp_path, few, monkeypatch):
    """Told where the space ends, before anything counts."""

    class Full:
        def seek(self, place):
            return place

        def write(self, content):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(aside, "_nameless", lambda folder: Full())

    with pytest.raises(WorkspaceError, match="no space left on device"):
        Aside(tmp_path, ["a"] * 50)


def test_items_are_found_by_key_wherever_they_lie(tmp_path, few):
    """The same answers from a list, from the disk, and after more came."""
    items = [fragment(key) for key in "abcdefgh"]
    there = Aside(tmp_path, items[:6])

    assert dict(found_by_key(there)) == found_by_key(items[:6])
    there.extend(items[6:])
    assert dict(found_by_key(there)) == found_by_key(items)
    assert "z" not in found_by_key(there)
    assert by_key(there) is there
    assert by_key(reversed(items)) == items


def test_items_are_grouped_under_the_keys_in_their_order(tmp_path, few):
    """A key without items has an empty group."""

    def named(key: str, start: int) -> Mention:
        return Mention(key, "description", start, start + 1, "x", Kind.PLACE, "rule", 0.5)

    given_ = [named("c", 9), named("a", 1), named("c", 2)]
    wanted = [[given_[1]], [], [given_[0], given_[2]]]

    assert list(grouped(given_, "abc")) == wanted
    assert list(grouped(Aside(tmp_path, wanted[0] + wanted[2]), "abc")) == wanted


def test_what_is_made_on_demand_is_a_sequence():
    """Places from both ends, slices, and none beyond."""
    made = Made(4, lambda place: place * 10)

    assert list(made) == [0, 10, 20, 30]
    assert (made[-1], made[1:3]) == (30, [10, 20])
    with pytest.raises(IndexError):
        made[4]
