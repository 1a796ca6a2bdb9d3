"""The same record once; keys that stay."""

import random
import re
import string
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.audience import confidential
from kg.identity import Case, content, keys, settle
from kg.model import Cell, Origin, Record
from kg.vocab import slug

NOBODY = frozenset[str]()


def record(*, file: str = "a.csv", row: int = 2, **cells: str) -> Record:
    """A record with these cells; every column is headed by its field."""
    return Record(file, row, "text/csv", tuple(Cell(f, f.title(), t) for f, t in cells.items()))


def story(number: int = 1, **more: str) -> dict[str, str]:
    """The cells of a fictional record."""
    return {
        "fragment_id": f"DEMO-2023/GEN{number:03}",
        "description": f"The council of village {number} opened its books to everybody.",
        "year": "2023",
        **more,
    }


def settled_keys(*records: Record) -> tuple[str, ...]:
    """Keys of records none of which is a copy."""
    return keys(settle(records, cleared=NOBODY).cases)[0]


# --- sameness


def test_a_copy_in_another_file_is_one_case_with_two_origins():
    """The same record in two files counts once, and both files are said."""
    settled = settle(
        [record(**story(), file="b.csv", row=9), record(**story(), file="a.csv", row=3)],
        cleared=NOBODY,
    )

    assert [case.origins for case in settled.cases] == [
        (Origin("a.csv", 3, "text/csv"), Origin("b.csv", 9, "text/csv"))
    ]
    assert settled.duplicates == 1
    assert [(f.reason, f.where.file, f.where.row) for f in settled.findings] == [
        ("duplicate", "b.csv", 9)
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"description": "The council of village  1 opened\nits books to everybody. "},
        {"year": "2023.0"},
        {"negative": "NO", "scale": "LOCAL"},
        {"evidence": ""},
        {"evidence": "n/a"},
        {"merged": "The council of village 1 opened its books to everybody.   Evidence: "},
        {"confidential": "no"},
    ],
)
def test_spacing_case_blanks_and_repetitions_make_no_other_record(changed):
    """How a spreadsheet wrote it does not matter."""
    plain = story(negative="no", scale="Local")
    settled = settle([record(**plain), record(**{**plain, **changed}, row=3)], cleared=NOBODY)

    assert len(settled.cases) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"description": "The council of village 1 closed its books to everybody."},
        {"description": "The Council of village 1 opened its books to everybody."},
        {"year": "2022"},
        {"evidence": "Minutes of the meeting"},
        {"colour": "green"},  # a column that kg does not know
        {"merged": "The council of village 1 opened its books, and its gates."},
        {"fragment_id": "DEMO-2023/GEN002"},
    ],
)
def test_one_other_word_makes_another_record(changed):
    """Also in a column that kg does not know."""
    settled = settle([record(**story()), record(**story(**changed), row=3)], cleared=NOBODY)

    assert len(settled.cases) == 2
    assert settled.duplicates == 0


FLAGS = ["no", "yes", "", "perhaps", None]


@pytest.mark.parametrize("first", FLAGS)
@pytest.mark.parametrize("second", FLAGS)
@pytest.mark.parametrize("cleared", [NOBODY, frozenset({"a.csv"}), frozenset({"a.csv", "b.csv"})])
def test_one_withheld_copy_withholds_all(first, second, cleared):
    """A careless copy never opens what another closes."""
    copies = [
        record(**story(**({} if flag is None else {"confidential": flag})), file=file)
        for flag, file in ((first, "a.csv"), (second, "b.csv"))
    ]
    (case,) = settle(copies, cleared=cleared).cases

    assert confidential(case.record, cleared=cleared) == any(
        confidential(copy, cleared=cleared) for copy in copies
    )


def test_copies_with_different_flags_are_told():
    """The owner learns that somebody forgot a flag."""
    settled = settle(
        [
            record(**story(confidential="no")),
            record(**story(confidential="yes"), file="b.csv"),
        ],
        cleared=NOBODY,
    )

    assert [f.reason for f in settled.findings] == ["flags-differ", "duplicate"]


@given(st.permutations(range(6)))
def test_the_order_of_files_and_rows_does_not_matter(order):
    """Cases, their representatives and their order are the same whoever comes first."""
    records = [
        record(**story(1), file="a.csv", row=2),
        record(
            **story(1, description="The council  of village 1 opened its books to everybody. "),
            file="b.csv",
            row=2,
        ),
        record(**story(1, evidence=""), file="c.csv", row=7),
        record(**story(2), file="a.csv", row=3),
        record(**story(2, confidential="yes"), file="b.csv", row=4),
        record(**story(3), file="a.csv", row=4),
    ]

    assert settle([records[i] for i in order], cleared=NOBODY) == settle(records, cleared=NOBODY)


def test_nothing_settles_to_nothing():
    """An empty harvest is one."""
    settled = settle([], cleared=NOBODY)

    assert (settled.cases, settled.duplicates, settled.findings) == ((), 0, ())
    assert keys([]) == ((), ())


# --- keys


@pytest.mark.parametrize(
    ("identifier", "key"),
    [
        ("SCC-2022/CIV010", "civ010"),
        ("demo\\round 1\\GEN007", "gen007"),
        ("GEN007", "gen007"),
        ("GEN 007", "gen-007"),
        ("1", "1"),
        ("12.0", "12"),
        ("2023/12.0", "12"),
        ("DEMO/GEN007/", "gen007"),
        ("  DEMO / GEN007 ", "gen007"),
        ("Équité/ÉGA01", "ega01"),
        ("<b>x</b>/GEN#7?x=1", None),
        ("../../etc/passwd", "passwd"),
    ],
)
def test_a_key_is_the_last_part_of_the_id(identifier, key):
    """As people call the record, and safe for any raw id."""
    (found,) = settled_keys(record(**story(fragment_id=identifier)))

    assert found == key if key else found.startswith("gen-7-x-1-")


@pytest.mark.parametrize(
    "identifier", ["DEMO-<redacted>/GEN007", "DEMO/<redacted>", "DEMO/GEN<no>"]
)
def test_a_mark_in_the_id_is_completed_by_the_content(identifier):
    """Two redacted ids may look the same and be two records."""
    one, two = settled_keys(
        record(**story(1, fragment_id=identifier)), record(**story(2, fragment_id=identifier))
    )

    assert one != two
    assert len(one.rpartition("-")[2]) == 8


@pytest.mark.parametrize("identifier", ["", "n/a", " - ", None, "/", "<redacted>"])
def test_a_missing_id_is_replaced_by_the_content(identifier):
    """A record without an id has an address all the same."""
    cells = story(1, fragment_id=identifier or "")
    if identifier is None:
        del cells["fragment_id"]
    (key,) = settled_keys(record(**cells))

    assert key.startswith("fragment-")


def test_two_records_with_one_id_are_both_completed_and_told():
    """Neither of them may keep the address that both claim."""
    cases = settle(
        [record(**story(1)), record(**story(1, year="2024"), row=3)], cleared=NOBODY
    ).cases
    found, findings = keys(cases)

    assert all(key.startswith("gen001-") for key in found)
    assert [(f.reason, f.where.row, f.key) for f in findings] == [
        ("id-twice", 2, found[0]),
        ("id-twice", 3, found[1]),
    ]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [("no", "yes", True), ("no", "", True), ("no", "NO", False), ("yes", "maybe", False)],
)
def test_two_records_with_one_id_and_two_flags_are_told_so(first, second, told):
    """What one version withholds another may open: somebody should look."""
    one = record(**story(), confidential=first)
    other = record(row=3, **story(year="2024"), confidential=second)
    _, findings = keys(settle([one, other], cleared=NOBODY).cases)

    assert [f.reason for f in findings] == ["id-twice"] * 2
    assert [("not confidential" in f.message, "withholds" in f.advice) for f in findings] == [
        (told, told)
    ] * 2


def test_ids_that_end_alike_are_told_apart():
    """A/GEN001 and B/GEN001 are two records and two keys."""
    cases = settle(
        [record(**story(fragment_id="A/GEN001")), record(**story(fragment_id="B/GEN001"), row=3)],
        cleared=NOBODY,
    ).cases
    found, findings = keys(cases)

    assert len(set(found)) == 2
    assert {f.reason for f in findings} == {"id-end-twice"}


def test_a_key_of_ids_that_end_alike_rests_on_the_id_alone():
    """Corrected words leave it, and so does a third id that ends so; the second alone moved it."""
    first, second = (record(**story(fragment_id=f"{p}/GEN001"), row=2) for p in "AB")
    corrected = record(**story(2, fragment_id="A/GEN001", year="2024"), row=2)
    third = record(**story(3, fragment_id="C/GEN001"), row=4)

    assert set(settled_keys(corrected, second)) == set(settled_keys(first, second))
    assert set(settled_keys(first, second)) < set(settled_keys(first, second, third))
    assert settled_keys(first) == ("gen001",)


def test_one_id_twice_beside_one_that_ends_alike():
    """The repeated one rests on its content, the other on its id."""
    twice = [record(**story(n, fragment_id="A/GEN001"), row=n) for n in (2, 3)]
    other = record(**story(4, fragment_id="B/GEN001"), row=4)
    corrected = record(**story(5, fragment_id="B/GEN001"), row=4)

    assert len(set(settled_keys(*twice, other))) == 3
    assert set(settled_keys(*twice, other)) == set(settled_keys(*twice, corrected))


def test_an_id_that_looks_like_a_completed_key_takes_nobodys_place():
    """Whatever people type, no two records share an address."""
    marked = record(**story(1, fragment_id="DEMO-<redacted>/GEN001"))
    (key,) = settled_keys(marked)

    assert len(set(settled_keys(marked, record(**story(2, fragment_id=key), row=3)))) == 2


def test_masking_may_make_twins_and_they_stay_two():
    """Names replaced by [name] can make two records the same to the letter."""
    masked = Case(record(**story(1, fragment_id="")), (Origin("a.csv", 2, "text/csv"),))
    found, _ = keys([masked, masked])

    assert len(set(found)) == 2


def test_a_blank_id_is_told_and_a_missing_column_is_not():
    """A column without ids is one fact, not a thousand findings."""
    without = {name: text for name, text in story(2).items() if name != "fragment_id"}
    cases = settle(
        [record(**story(1, fragment_id="")), record(**without, row=3)], cleared=NOBODY
    ).cases

    assert [(f.reason, f.where.row) for f in keys(cases)[1]] == [("id-missing", 2)]


words = st.text(alphabet=string.ascii_letters + " éß<>/\\.:-0123456789", max_size=12)
records = st.builds(
    lambda identifier, text, extra, row: record(
        row=row, fragment_id=identifier, description=f"It is told that {text}", extra=extra
    ),
    identifier=st.one_of(words, st.sampled_from(["", "A/1", "B/1", "1", "<x>/1", "[name]", "1.0"])),
    text=words,
    extra=words,
    row=st.integers(2, 9),
)


@given(st.lists(records, max_size=12), st.randoms(use_true_random=False))
def test_keys_are_unique_and_do_not_depend_on_the_order(found, chance):
    """Every record has a key of its own, wherever it stands."""
    cases = list(settle(found, cleared=NOBODY).cases)
    by_case = dict(zip(cases, keys(cases)[0], strict=True))
    chance.shuffle(cases)

    assert dict(zip(cases, keys(cases)[0], strict=True)) == by_case
    assert len(set(by_case.values())) == len(cases)


@given(st.lists(records, max_size=8), st.lists(st.integers(100, 900), unique=True, max_size=8))
def test_other_records_do_not_change_a_key(found, others):
    """What is added under ids of its own leaves every address as it was."""
    cases = settle(found, cleared=NOBODY).cases
    more = settle([record(**story(n), file="z.csv", row=n) for n in others], cleared=NOBODY).cases

    assert keys((*cases, *more))[0][: len(cases)] == keys(cases)[0]


def ending(record: Record) -> str | None:
    """The last part of an id as a slug, by the contract's words; None where there is none."""
    parts = [p for p in re.split(r"[/\\\\]", record.value("fragment_id") or "") if p.strip()]
    return slug(re.sub(r"^(-?[0-9]+)\.0+$", r"\1", parts[-1].strip())) if parts else None


def by_content(found: Iterable[Record]) -> dict[object, tuple[Record, str]]:
    """What a record says → the record and its key."""
    cases = settle(found, cleared=NOBODY).cases
    return {
        content(case.record): (case.record, key)
        for case, key in zip(cases, keys(cases)[0], strict=True)
    }


@given(st.lists(records, max_size=8), st.lists(records, max_size=8))
def test_nothing_but_an_id_that_ends_alike_moves_a_key(found, others):
    """The whole of what other records can do to an address: claim the same one.

    Records with marks in their ids or without ids, copies, other content, other order: none of
    it counts. Of two records that would both be `civ010` neither may keep it (ADR 11).
    """
    before, after = by_content(found), by_content([*found, *others])
    moved = [record for said, (record, key) in before.items() if after[said][1] != key]
    new = [record for said, (record, _) in after.items() if said not in before]

    assert {ending(record) for record in moved} <= {ending(record) for record in new}


@given(st.lists(records, min_size=1, max_size=8), st.lists(records, max_size=8))
def test_a_key_that_was_completed_by_its_id_stays_for_every_other_id(found, others):
    """Two ids that end alike part once; a third moves neither of the two."""
    tagged = [("A/X1", "one"), ("B/X1", "two")]
    pair = [record(fragment_id=i, description=f"It is told: {d}") for i, d in tagged]
    third = [r for r in others if (r.value("fragment_id") or "") not in {"A/X1", "B/X1"}]
    third.append(record(fragment_id="C/X1", description="It is told: three"))
    before, after = by_content([*pair, *found]), by_content([*pair, *found, *third])

    assert [after[content(r)][1] for r in pair] == [before[content(r)][1] for r in pair]


@given(st.lists(records, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_keys_do_not_know_where_a_record_stands(found, chance):
    """Renamed files, moved rows, columns in another order, another flag: the same addresses."""
    cases = settle(found, cleared=NOBODY).cases
    moved = []
    for number, case in enumerate(cases):
        cells = list(case.record.cells)
        chance.shuffle(cells)
        cells.append(Cell("confidential", "Flag", "no"))
        moved.append(
            Case(
                Record("new.xlsx", 900 - number, "x", tuple(cells)),
                (Origin("new.xlsx", 900 - number, "x"),),
            )
        )

    assert keys(moved)[0] == keys(cases)[0]


def test_the_digest_is_of_the_content_alone():
    """The flag is no content: clearing a record does not move it."""
    assert content(record(**story(confidential="yes"))) == content(record(**story(), file="b"))


def test_many_records_with_one_id_are_told_in_a_breath():
    """A column of the same id does not take a square of the time, nor a page a finding."""
    chance = random.Random(1)
    rows = [record(**story(1, year=str(chance.random())), row=n) for n in range(3_000)]
    found, findings = keys(settle(rows, cleared=NOBODY).cases)

    assert len(set(found)) == 3_000
    assert max(len(f.message) for f in findings) < 300
