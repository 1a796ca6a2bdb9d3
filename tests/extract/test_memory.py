"""What was found once is remembered: the same answers, less work, no words kept."""

import sqlite3
import subprocess
import sys
from contextlib import contextmanager

import pytest

from kg.extract import Extractor, Task, find_names
from kg.places import Places

TEXT = "The Quorra Legal Clinic (QLC) met Zubeyda Canaryworth. QLC then met the Ministry of Wells."
OTHER = "In Botswana the Union of Weavers signed."


@pytest.fixture
def fragments(fragment):
    """Three records; the last two share a text."""
    return [
        fragment(TEXT, key="a"),
        fragment(OTHER, key="b"),
        fragment(OTHER, key="c"),
    ]


@pytest.fixture
def task():
    """Rules alone: what is remembered does not depend on who found it."""
    return Task(organisations=(), places=Places.load(), ner=False)


@pytest.fixture
def crew():
    """A crew that notes which keys it was given to read."""
    read: list[str] = []

    @contextmanager
    def start(task):
        extractor = Extractor(organisations=(), places=task.places, ner=False)

        def of(passages):
            for passage in passages:
                read.append(passage.key)
                yield extractor.read(passage)

        yield of

    start.read = read
    return start


def test_what_is_remembered_is_what_was_found(fragments, task, tmp_path):
    """Not remembered, remembered now, remembered before: one answer."""
    memory = tmp_path / "cache" / "names.sqlite"
    fresh = list(find_names(fragments, task))
    first = list(find_names(fragments, task, memory=memory))

    assert fresh == first == list(find_names(fragments, task, memory=memory))
    assert [m.key for m in fresh[2]] == ["c"] * len(fresh[1])


def test_only_what_changed_is_read(fragments, task, crew, fragment, tmp_path):
    """A new record does not make the others be read again, and what nobody reads starts no crew."""
    memory = tmp_path / "names.sqlite"
    list(find_names(fragments[:1], task, memory=memory, crew=crew))
    list(find_names(fragments, task, memory=memory, crew=crew))
    list(find_names(fragments, task, memory=memory, crew=crew))

    assert crew.read == ["a", "b", "c"]


def test_what_another_record_tells_is_asked_again(task, crew, fragment, tmp_path):
    """A word that stands uncapitalised elsewhere bears on a record that holds it, on no other."""
    memory = tmp_path / "names.sqlite"
    one, two = fragment("Wells were dug.", key="a"), fragment(OTHER, key="b")
    list(find_names([one, two], task, memory=memory, crew=crew))
    third = fragment("They dug wells.", key="c")
    found = list(find_names([one, two, third], task, memory=memory, crew=crew))

    assert crew.read == ["a", "b", "a", "c"]
    assert found == list(find_names([one, two, third], task))


def test_the_registry_is_part_of_the_question(fragments, task, crew, tmp_path):
    """Another list of organisations, programme or set of models asks everything again."""
    memory = tmp_path / "names.sqlite"
    other = Task(organisations=(), places=task.places, ner=False, programme="Quorra")
    list(find_names(fragments[:1], task, memory=memory, crew=crew))
    list(find_names(fragments[:1], other, memory=memory, crew=crew))

    assert crew.read == ["a", "a"]


def test_no_word_of_a_text_is_kept(fragments, task, tmp_path):
    """The file holds offsets and kinds: nobody's name can be read."""
    memory = tmp_path / "names.sqlite"
    found = [m for some in find_names(fragments, task, memory=memory) for m in some]
    content = memory.read_bytes()

    assert "Zubeyda Canaryworth" in {m.text for m in found}
    assert [w for w in (b"Zubeyda", b"Canaryworth", b"Quorra", b"Weavers") if w in content] == []
    assert (
        b"capitalised-run" in content or b"person-rule" in content
    )  # the scan reads what is there


def test_what_went_leaves_no_row(fragments, task, tmp_path):
    """A withdrawn record is not remembered."""
    memory = tmp_path / "names.sqlite"
    list(find_names(fragments, task, memory=memory))
    list(find_names(fragments[1:2], task, memory=memory))

    assert sqlite3.connect(memory).execute("SELECT count(*) FROM found").fetchone() == (1,)


@pytest.mark.parametrize("harm", ["cut", "emptied", "flipped", "another version", "another file"])
def test_a_damaged_memory_is_noticed(fragments, task, tmp_path, harm):
    """Whatever happened to the file, the answers are right."""
    memory = tmp_path / "names.sqlite"
    fresh = list(find_names(fragments, task, memory=memory))
    content = memory.read_bytes()
    if harm == "cut":
        memory.write_bytes(content[: len(content) // 2])
    elif harm == "emptied":
        memory.write_bytes(b"")
    elif harm == "flipped":
        at = content.index(b"organisation-rule")
        memory.write_bytes(content[:at] + b"X" + content[at + 1 :])
    elif harm == "another version":
        with sqlite3.connect(memory) as connection:
            connection.execute("PRAGMA user_version = 99")
    else:
        memory.write_bytes(b"no database at all" * 500)

    assert list(find_names(fragments, task, memory=memory)) == fresh
    assert list(find_names(fragments, task, memory=memory)) == fresh


def test_without_a_place_to_remember_all_is_read(fragments, task, tmp_path):
    """A folder that cannot be made is no reason not to build."""
    (tmp_path / "file").write_text("")
    memory = tmp_path / "file" / "names.sqlite"

    assert list(find_names(fragments, task, memory=memory)) == list(find_names(fragments, task))


def test_a_full_disk_ends_the_remembering_not_the_build(fragments, task, tmp_path, monkeypatch):
    """What cannot be kept is found again next time."""
    memory = tmp_path / "names.sqlite"
    connect = sqlite3.connect

    def small(path):
        connection = connect(path)
        connection.execute("PRAGMA max_page_count = 3")
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)
    many = fragments * 40

    assert list(find_names(many, task, memory=memory)) == list(find_names(many, task))


def test_what_is_remembered_loads_no_model(tmp_path):
    """A build that finds nothing new imports no spaCy."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from kg.extract import Task, find_names\n"
        "from kg.extract.passage import Passage\n"
        "from kg.places import Places\n"
        "parts = (('description', 'en', 'The QLC met.'),)\n"
        "record = Passage('a', 'en', None, None, parts).fragment\n"
        "task = Task((), Places.load())\n"
        "found = list(find_names([record], task, memory=Path(sys.argv[1])))\n"
        "print('spacy' in sys.modules, len(found))\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "names.sqlite")]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2)]

    assert [run.stdout.split() for run in runs] == [["True", "1"], ["False", "1"]]
