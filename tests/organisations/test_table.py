"""organisations.yaml as a table and back: letter by letter, comments kept, all or nothing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.model import Organisation
from kg.organisations import changed_text, changes, entry_text, from_csv, to_csv
from kg.registry import read_organisations

WRITTEN = """\
# Networks that we know.
- id: river   # the oldest
  label: {fr: Réseau du Fleuve, en: River Network}
  acronyms: [RN]

# A chapter.
- id: river-mali
  label: River Network Mali
  country: NO
  part_of: river
  publish: yes
# end
"""


def registry(folder, text=WRITTEN):
    path = folder / "organisations.yaml"
    path.write_bytes(text.encode())
    return path


def table(folder, text):
    path = folder / "bodies.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def bare(entries):
    """Entries without their lines, labels in order of language."""
    return [
        (
            e.id, tuple(sorted(e.labels)), e.acronyms, e.aliases, e.country,
            e.type, e.part_of, e.not_same_as, e.publish,
        )
        for e in entries
    ]  # fmt: skip


def test_there_and_back_changes_nothing(tmp_path):
    """Not a byte of the file, not an entry."""
    path = registry(tmp_path)
    entries = read_organisations(path)
    back = from_csv(table(tmp_path, to_csv(entries)))

    assert changes(entries, back) == ()
    assert changed_text(path, back) == WRITTEN.encode()


def test_one_changed_entry_leaves_the_others_alone(tmp_path):
    """Comments around it stay, languages keep their order; a new one is appended."""
    path = registry(tmp_path)
    text = to_csv(read_organisations(path))
    text = text.replace("River Network Mali,", "River Network of Mali,")
    text += "hill,Hill Guild,,,HG | HGU,,Kenya,guild,,river,\n"
    new = from_csv(table(tmp_path, text))
    said = [str(change) for change in changes(read_organisations(path), new)]
    path.write_bytes(changed_text(path, new))

    assert said == ["changed: river-mali (label)", "added: hill"]
    assert path.read_text("utf-8") == WRITTEN.replace(
        "  label: River Network Mali\n", "  label: River Network of Mali\n"
    ).replace("  country: NO\n", '  country: "NO"\n') + (
        "\n- id: hill\n  label: Hill Guild\n  acronyms: [HG, HGU]\n  country: Kenya\n"
        "  type: guild\n  not_same_as: [river]\n"
    )
    assert bare(read_organisations(path)) == bare(new)


def test_a_removed_entry_takes_its_lines_alone(tmp_path):
    """The comment above it was not its own."""
    path = registry(tmp_path)
    new = read_organisations(path)[:1]

    assert changed_text(path, new).decode() == WRITTEN.partition("- id: river-mali")[0] + "# end\n"


@pytest.mark.parametrize("text", ["", "# nobody yet\n", "[]\n", "[{id: a, label: A}]\n"])
def test_other_forms_of_a_registry(tmp_path, text):
    """Empty, comments alone, in one bracket."""
    path = registry(tmp_path, text)
    new = [Organisation(id="b", labels=(("en", "B Guild"),))]
    path.write_bytes(changed_text(path, new))

    assert bare(read_organisations(path)) == bare(new)
    assert path.read_text().startswith("#") == text.startswith("#")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("label_en\nA\n", "row 1: no header"),
        ("id,label_en,adress\na,A,x\n", "row 1: column 3"),
        ("id,label_en\n,A\n", "row 2, field id"),
        ("id,label_en\na,\n", "row 2: no label"),
        ("id,label,label_en\na,A,B\n", "row 2, field label"),
        ("id,label_en,publish\na,A,perhaps\n", "row 2, field publish"),
        ('id,label_en\na,"A\n', "row 2: a quotation mark"),
        ("id,label_en\na,A\na,B\n", "line 3: the id stands in line 2"),
        ("id,label_en\na,A\nb,a\n", "line 3: a label"),
        ("id,label_en,part_of\na,A,b\nb,B,a\n", "leads back"),
        ("id,label_en,part_of\na,A,c\n", "part_of names no id"),
    ],
)
def test_what_is_no_registry_is_refused_with_its_row(tmp_path, text, told):
    """One line, no word of a cell; the registry stays."""
    path = registry(tmp_path)
    with pytest.raises(ConfigError) as caught:
        changed_text(path, from_csv(table(tmp_path, text)), table="bodies.csv")

    assert str(caught.value).startswith("bodies.csv")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        "id;label_en;acronyms\nrn;River;RN | R\n".encode("utf-8-sig"),
        "id,label_en,acronyms\r\nrn,River,RN|R\r\n".encode("cp1252"),
        b"acronyms\tid\tlabel_en\nRN | R\trn\tRiver\n",
    ],
)
def test_as_spreadsheets_and_openrefine_save_it(tmp_path, data):
    """Delimiter, mark, order of columns do not matter."""
    (entry,) = from_csv(table(tmp_path, data))

    assert (entry.id, entry.labels, entry.acronyms) == ("rn", (("en", "River"),), ("RN", "R"))


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp", "Cf")),
    min_size=1,
    max_size=20,
).map(lambda t: " ".join(t.split())).filter(bool)  # fmt: skip
ENTRIES = st.builds(
    Organisation,
    id=TEXTS,
    labels=(
        TEXTS.map(lambda text: (("", text),))
        | st.dictionaries(st.sampled_from(["en", "fr", "pt-br"]), TEXTS, min_size=1).map(
            lambda d: tuple(sorted(d.items()))
        )
    ),
    acronyms=st.lists(TEXTS, max_size=3, unique=True).map(tuple),
    aliases=st.lists(TEXTS, max_size=3, unique=True).map(tuple),
    country=st.none() | TEXTS,
    type=st.none() | TEXTS,
    part_of=st.none() | TEXTS,
    not_same_as=st.lists(TEXTS, max_size=2, unique=True).map(tuple),
    publish=st.booleans(),
)


@settings(max_examples=150)
@example(Organisation(id="=1", labels=(("en", "@SUM(A1)"),), acronyms=("-x", "+y|"), type="'=z"))
@example(Organisation(id="#1", labels=(("", "yes"),), aliases=("| |", "a: b"), country="NO"))
@given(ENTRIES)
def test_any_entry_survives_both_forms(tmp_path_factory, entry):
    """Formulas, quotes, bars, hashes, YAML's own signs: the same texts; and nothing runs."""
    folder = tmp_path_factory.mktemp("entries")
    written = to_csv([entry])
    (back,) = from_csv(table(folder, written))
    from kg.registry import _compose, _organisation

    path = registry(folder, entry_text(entry))
    root = _compose(path)
    assert root is not None
    read = _organisation(path, root.value[0])

    assert bare([back]) == bare([entry])
    assert bare([read]) == bare([entry])
    assert not [c for c in written.splitlines()[1].split(",") if c.startswith(("=", "+", "-", "@"))]
