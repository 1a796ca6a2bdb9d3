"""What people settled: organisations and decisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.registry import read_decisions, read_organisations

ENTRIES = """\
# Networks that we know.
- id: river-network
  label: {en: River Defenders' Network, fr: Réseau des Défenseurs du Fleuve}
  acronyms: [RDF, NO]
  aliases:
    - River Net
    - 1.10
  country: NO
  type: network
  not_same_as: [hill-network]
  publish: yes

- id: hill-network
  label: Hill Network
  part_of: river-network
  publish: maybe
"""


def organisations(tmp_path, text):
    path = tmp_path / "organisations.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_organisations(path)


def decisions(tmp_path, text):
    path = tmp_path / "decisions.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_decisions(path)


def test_organisations(tmp_path):
    """Every key; texts as typed, so that NO stays a country and 1.10 a name."""
    river, hill = organisations(tmp_path, ENTRIES)

    assert river.labels == (
        ("en", "River Defenders' Network"),
        ("fr", "Réseau des Défenseurs du Fleuve"),
    )
    assert (river.acronyms, river.aliases, river.country) == (
        ("RDF", "NO"),
        ("River Net", "1.10"),
        "NO",
    )
    assert (river.type, river.not_same_as, river.publish, river.line) == (
        "network",
        ("hill-network",),
        True,
        2,
    )
    assert (hill.labels, hill.part_of, hill.publish, hill.line) == (
        (("", "Hill Network"),),
        "river-network",
        False,
        13,
    )


@pytest.mark.parametrize("text", ["", "\n", "# nobody yet\n", "[]\n", "---\n", "\ufeff# x\n"])
def test_an_empty_registry_is_none(tmp_path, text):
    """What `kg init` writes names nobody."""
    assert organisations(tmp_path, text) == ()


def test_a_registry_with_a_mark_or_of_windows(tmp_path):
    """A byte order mark, CRLF and cp1252 are read."""
    expected = organisations(tmp_path, ENTRIES)
    windows = ENTRIES.replace("\n", "\r\n")

    assert organisations(tmp_path, windows.encode("utf-8-sig")) == expected
    assert organisations(tmp_path, windows.encode("cp1252")) == expected


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("id: a\n", 1, "list"),
        ("- just a name\n", 1, "id"),
        ("- id: a\n  label: A\n  acronym: X\n", 3, "acronyms"),
        ("- id: a\n  label: A\n  label: B\n", 3, "twice"),
        ("- label: A\n", 1, "without id"),
        ("- id: a\n", 1, "without label"),
        ("- id: a\n  label: {english name: A}\n", 2, "language"),
        ("- id: a\n  label: {en: A, EN: B}\n", 2, "language"),
        ("- id: a\n  label: A\n  country: [Mali]\n", 3, "one text"),
        ("- id: a\n  label: A\n  aliases: [[x]]\n", 3, "one text"),
        ("- id: a\n  label: A\n- id: A\n  label: B\n", 3, "line 1"),
        ("- id: a\n  label: A\n  aliases: [N]\n- id: b\n  label: n\n", 4, "line 1"),
        ("- id: a\n  label: A\n  part_of: c\n", 1, "part_of"),
        ("- id: a\n  label: A\n  part_of: a\n", 1, "leads back"),
        (
            (
                "- {id: a, label: A, part_of: b}\n- {id: b, label: B, part_of: c}\n"
                "- {id: c, label: C, part_of: B}\n"
            ),
            2,
            "lines 2 and 3",
        ),
        ("- id: a\n  label: A\n  not_same_as: [A]\n", 1, "the entry itself"),
        ("- id: a\n  label: A\n  not_same_as: [b]\n", 1, "not_same_as names no id"),
        ("- {id: a, label: A, country: ML}\n- {id: b, label: a, country: Mali}\n", 2, "line 1"),
        ("- id: a\n  label: 'open\n", 3, "YAML"),
        ("- id: a\n\tlabel: A\n", 2, "YAML"),
        ("- id: &x a\n  label: *y\n", 2, "YAML"),
        ("- id: a\n  <<: {label: A}\n", 2, "does not know"),
    ],
)
def test_what_kg_cannot_follow_is_told_with_its_line(tmp_path, text, line, told):
    """One line of text that names the line of the file, and quotes none of it."""
    with pytest.raises(ConfigError) as caught:
        organisations(tmp_path, text)
    message = str(caught.value)

    assert message.startswith(f"organisations.yaml, line {line}: ")
    assert told in message
    assert "\n" not in message


def test_one_name_in_two_countries_is_two_organisations(tmp_path):
    """An acronym may be shared across countries, never within one."""
    text = (
        "- {id: a, label: Network North, acronyms: [NN], country: Mali}\n"
        "- {id: b, label: Network of the Nile, acronyms: [NN], country: Sudan}\n"
    )

    assert len(organisations(tmp_path, text)) == 2
    with pytest.raises(ConfigError, match="line 1"):
        organisations(tmp_path, text.replace("Sudan", "MALI"))


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("yes", True),
        ("true", True),
        ("oui", True),
        ("'YES'", True),
        ("no", False),
        ("", False),
        ("yes but later", False),
        ("[yes]", None),
    ],
)
def test_only_a_plain_yes_publishes(tmp_path, written, published):
    """Anything else keeps the entry inside."""
    text = f"- id: a\n  label: A\n  publish: {written}\n"
    if published is None:
        with pytest.raises(ConfigError):
            organisations(tmp_path, text)
    else:
        assert organisations(tmp_path, text)[0].publish is published


def test_aliases_of_yaml_do_not_explode(tmp_path):
    """A nest of references is refused at its first level."""
    nest = "- id: a\n  label: A\n  aliases: &b [x, y]\n  acronyms: [*b, *b, *b]\n"
    with pytest.raises(ConfigError, match="line 3"):
        organisations(tmp_path, nest)


@given(st.text(max_size=80))
def test_any_text_is_a_registry_or_an_error(tmp_path_factory, text):
    """No text makes the reader raise anything but its own error."""
    folder = tmp_path_factory.mktemp("registry")
    try:
        entries = organisations(folder, text.encode("utf-8", "surrogatepass"))
    except ConfigError as error:
        assert "\n" not in str(error)
    else:
        assert all(entry.id for entry in entries)


HEADER = "decision,a,b,scope,by,date,reason,publish\n"


def test_decisions(tmp_path):
    """Every column, with the line."""
    text = (
        HEADER + "same,River Net,river-network,Mali,ML,2024-05-02,seen on the letterhead,yes\n"
        "not-organisation,HRD,,,,,,\n"
    )
    first, second = decisions(tmp_path, text)

    assert (first.decision, first.a, first.b, first.scope) == (
        "same",
        "River Net",
        "river-network",
        "Mali",
    )
    assert (first.by, first.date, first.publish, first.line) == ("ML", "2024-05-02", True, 2)
    assert (second.decision, second.b, second.publish, second.line) == (
        "not-organisation",
        "",
        False,
        3,
    )


@pytest.mark.parametrize(
    "data",
    [
        (HEADER + "place,Gao,,,,,,\n").replace(",", ";").encode(),
        b"\xef\xbb\xbf" + (HEADER + "Place,Gao,,,,,,\r\n").encode(),
        (HEADER + "place,Gao,,,,,,\n").encode("cp1252"),
        b"a,decision\nGao,place\n",
    ],
)
def test_decisions_as_spreadsheets_save_them(tmp_path, data):
    """Delimiter, mark, code page and order of columns do not matter."""
    assert [(d.decision, d.a) for d in decisions(tmp_path, data)] == [("place", "Gao")]


@pytest.mark.parametrize("word", ["Not organisation", "not_organization", "NOT-ORGANISATION"])
def test_a_decision_in_other_spelling(tmp_path, word):
    """Case, hyphen and the American z do not matter."""
    found = decisions(tmp_path, f"decision,a\n{word},HRD\n")

    assert [d.decision for d in found] == ["not-organisation"]


@pytest.mark.parametrize("text", ["", "\n", HEADER, "# yet none\n" + HEADER + "\n,,,,,,,\n"])
def test_no_decisions(tmp_path, text):
    """An empty file decides nothing."""
    assert decisions(tmp_path, text) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("decision,b\nsame,x\n", "row 1: no header"),
        (HEADER.replace("publish", "pubilsh") + "same,a,b,,,,,\n", "row 1: column 8"),
        (HEADER + "perhaps,a,b,,,,,\n", "row 2, field decision: expected one of same"),
        (HEADER + "place,Gao,,,,,,\nsame,a,,,,,,\n", "row 3, field b"),
        (HEADER + "place,,,,,,,\n", "row 2, field a"),
        (HEADER + 'place,"Gao,,,,,,\n', "row 2: a quotation mark"),
        ("\x00\x01\x02" * 50, "not text"),
    ],
)
def test_decisions_that_kg_cannot_follow(tmp_path, text, told):
    """One line with file, row and field."""
    with pytest.raises(ConfigError) as caught:
        decisions(tmp_path, text)

    assert str(caught.value).startswith("decisions.csv")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_comment_line_decides_nothing(tmp_path):
    """Lines that begin with # are for people."""
    assert decisions(tmp_path, HEADER + "# settled in May,,,,,,,\n") == ()
