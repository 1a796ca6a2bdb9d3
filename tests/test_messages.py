"""What kg says: every text in both languages, with the same braces, and none that nobody says."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from kg.messages import counted, error_text, in_words, phrase, sentences, task_of, tasks

ROOT = Path(__file__).resolve().parents[1]
INTERFACE = yaml.safe_load((ROOT / "ontology" / "interface.yaml").read_text("utf-8"))
MESSAGES = yaml.safe_load((ROOT / "ontology" / "messages.yaml").read_text("utf-8"))


def leaves(tree: Mapping[str, object], path: str = "") -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text with the names that lead to it."""
    for name, below in tree.items():
        assert isinstance(below, dict), f"{path}{name} is no text"
        if all(isinstance(value, str) for value in below.values()):
            yield f"{path}{name}", below
        else:
            yield from leaves(below, f"{path}{name}.")


TEXTS = dict(leaves(INTERFACE)) | {
    f"{reason}.{part}": said[part]
    for reason, said in MESSAGES["reasons"].items()
    for part in ("together",)
    if part in said
}


def test_every_text_of_the_interface_is_there_in_both_languages() -> None:
    """None is empty, and none in a language that nobody asked for."""
    faulty = [n for n, said in TEXTS.items() if set(said) != {"en", "fr"} or not all(said.values())]

    assert (len(TEXTS) > 100, faulty) == (True, [])


def test_both_languages_fill_in_the_same_braces() -> None:
    """A number that English gives is not lost in French."""
    uneven = [
        name
        for name, said in TEXTS.items()
        if sorted(re.findall(r"{(\w+)}", said["en"])) != sorted(re.findall(r"{(\w+)}", said["fr"]))
    ]

    assert uneven == []


def test_french_differs_from_english() -> None:
    """A sentence copied and not translated is found; a word or two may be the same in both."""
    same = [
        name
        for name, said in TEXTS.items()
        if said["en"] == said["fr"] and len(re.findall(r"[^\W\d]+", said["en"])) > 3
    ]

    assert same == []


def test_every_phrase_that_code_says_exists_and_none_is_left_over() -> None:
    """A name misspelt in Python, and a text that nobody says any more, are found here."""
    code = "".join(p.read_text("utf-8") for p in sorted((ROOT / "kg").rglob("*.py")))
    said = set(re.findall(r'\b(?:phrase|counted|said)\(\s*f?"([\w.{}-]+)"', code))
    said |= set(re.findall(r"\b(?:phrase|counted)\(\s*f?'([\w.{}-]+)'", code))
    # Named by a condition or handed on.
    said |= {f"query.{answer}" for answer in ("yes", "no")}
    said |= {f"trace.{gap}" for gap in re.findall(r'_gap\("([\w-]+)"', code)}
    said = {name for name in said if "." in name}
    patterns = [re.sub(r"\\\{.*?\\\}", r"[\\w-]+", re.escape(name)) for name in said]
    names = {re.sub(r"\.(one|other)$", "", n) for n in dict(leaves(INTERFACE))}
    names |= {"check.tasks.other"}
    spoken = {n for n in names if any(re.fullmatch(p, n) for p in patterns)}
    unknown = {name for name in said if "{" not in name and name not in names}

    assert (unknown, {n for n in names - spoken if not n.startswith("columns.")}) == (set(), set())


def test_every_topic_belongs_to_a_task() -> None:
    """No finding is left without a place in the list of what there is to do."""
    found = {task_of(reason) for reason in sentences()}

    assert {s.topic for s in sentences().values()} == set(MESSAGES["tasks"])
    assert found <= set(tasks()) - {"other", "conformance"}


@pytest.mark.parametrize(
    ("count", "language", "expected"),
    [
        (0, "en", "warnings"),
        (1, "en", "warning"),
        (2, "en", "warnings"),
        (0, "fr", "avertissement"),
        (1, "fr", "avertissement"),
        (2, "fr", "avertissements"),
        (1, "es", "warning"),
    ],
)
def test_numbers_agree_with_their_words(count: int, language: str, expected: str) -> None:
    """French counts nothing as one; a language that kg does not speak is answered in English."""
    assert counted("check.warning", count, language) == expected


def test_a_phrase_fills_its_braces() -> None:
    """Values are put where the language wants them."""
    assert phrase("check.line", "fr", count=2, weight="x", what="y") == "2 x : y"


@pytest.mark.parametrize(
    ("reason", "english", "fact"),
    [
        ("unknown-heading", "The heading “X Y” is not known.", "« X Y »"),
        ("skipped-sheet", "Worksheet “Read me” has no header.", "« Read me »"),
        ("duplicate", "The same record stands in b.csv, row 7; it counts once.", "b.csv, ligne 7"),
        ("date", "This cell holds a date (perhaps 1.2 / 2.1).", "1.2, 2.1"),
    ],
)
def test_french_keeps_the_facts_of_the_english_sentence(
    reason: str, english: str, fact: str
) -> None:
    """Names in quotes, places and numbers come along; no English word does."""
    message, _ = in_words(reason, english, "Do it.", language="fr")

    assert message.endswith(f" ({fact}).") == sentences()[reason].exact
    assert not {"The", "Worksheet", "This", "row", "perhaps"} & set(re.findall(r"\w+", message))


ERRORS = yaml.safe_load((ROOT / "ontology" / "errors.yaml").read_text("utf-8"))


def raised() -> set[str]:
    """Every sentence that is raised in Python, with {} where it is filled in."""
    found = set()
    for path in sorted((ROOT / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            if isinstance(node, ast.JoinedStr):
                found.add(template(node))
            if isinstance(node, ast.BinOp):
                parts = [node.left, node.right]
                if all(isinstance(p, ast.JoinedStr | ast.Constant | ast.Call) for p in parts):
                    found.add("".join(map(template, parts)))
    return found


def template(node: ast.expr) -> str:
    """A sentence of code with {} where it is filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else "{}"


def test_every_error_in_french_is_one_that_kg_raises() -> None:
    """A sentence that was changed in Python would be told in English again, unnoticed."""
    known = raised()
    lost = [entry["en"] for entry in ERRORS if entry["en"] not in known]

    assert (len(ERRORS) > 30, lost) == (True, [])


def test_every_error_of_reading_is_told_in_french() -> None:
    """Whatever lies in a folder: a French office is told in French why it is not read."""
    modules = [*(ROOT / "kg/read").glob("*.py"), *(ROOT / "kg/frameworks").glob("*.py")]
    modules += [
        ROOT / "kg" / name for name in ("config.py", "kept.py", "pipeline.py", "sources.py")
    ]
    said = {
        template(node.args[0])
        for path in modules
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and node.args
        if isinstance(node.func, ast.Name) and node.func.id.endswith("Error")
    }
    values = ["x.csv", "3", "4", "5"]
    told = {text: text.format(*values[: text.count("{}")]) for text in said if text.strip("{}")}

    assert len(told) > 60
    assert [text for text, filled in told.items() if error_text(filled, "fr") == filled] == []


@pytest.mark.parametrize("entry", ERRORS, ids=lambda entry: entry["en"][:30])
def test_an_error_in_french_keeps_what_was_filled_in(entry: dict[str, str]) -> None:
    """Files, rows and lists stand in the French sentence as in the English one."""
    holes = entry["en"].count("{}")
    values = [f"value-{number}" for number in range(holes)]
    french = error_text(entry["en"].format(*values), "fr")

    assert french == entry["fr"].format(*values) != entry["en"].format(*values)
    assert error_text(entry["en"].format(*values), "en") == entry["en"].format(*values)


def test_an_unknown_error_is_told_in_english() -> None:
    """Rather English than nothing."""
    assert error_text("Never heard of.", "fr") == "Never heard of."
