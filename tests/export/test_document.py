"""The report as a document: the same story, read back by python-docx."""

import io
import re
import sys
import zipfile

import docx
import pytest

from kg.errors import UsageError
from kg.export.document import report_document
from kg.export.words import _texts
from kg.read.content import Content
from kg.read.own import is_own


def read(content: bytes):
    return docx.Document(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """All the words: of paragraphs, tables, head and foot."""
    found = read(content)
    words = [p.text for p in found.paragraphs]
    words += [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    for section in found.sections:
        words += [p.text for part in (section.header, section.footer) for p in part.paragraphs]
    return "\n".join(words)


def headings(content: bytes, level: int) -> list[str]:
    style = f"Heading {level}"
    return [p.text for p in read(content).paragraphs if p.style.name == style]


@pytest.fixture(scope="module")
def content(example) -> bytes:
    return example.export("docx", date="May 2031")


def test_it_tells_each_outcome_once_under_its_objective(content, example):
    """A heading an outcome, a chapter an objective; what changed stands there as it was typed."""
    texts = [
        p.text
        for _, about in example.network().nodes(data=True)
        for p in about["passages"]
        if p.field == "description"
    ]
    told = text_of(content)

    assert len(headings(content, 3)) == len(example.query("outcomes").records())
    assert [h[:3] for h in headings(content, 2)[1:5]] == ["EQL", "JUS", "SPC", "TRU"]
    assert all(told.count(text) >= 1 for text in texts)


def test_it_bears_audience_date_and_counts(content):
    """INTERNAL on every page; the date that was said, and no other."""
    found = read(content)
    cells = [cell.text for row in found.tables[0].rows for cell in row.cells]

    assert "INTERNAL" in found.sections[0].header.paragraphs[0].text
    assert "May 2031" in [p.text for p in found.paragraphs]
    assert cells[cells.index("Outcomes") + 1] == str(len(headings(content, 3)))
    assert found.core_properties.created.year == 2000


def test_the_trace_is_a_picture_that_is_told_in_words_too(content):
    """One PNG, with an alternative text."""
    shapes = read(content).inline_shapes

    assert len(shapes) == 1
    assert "outcomes" in shapes[0]._inline.docPr.get("descr")


def test_what_somebody_is_said_to_have_done_stands_in_their_words(content, example, told):
    """The sentence behind each claim, or that the whole cell is meant."""
    words = text_of(content)
    story = told(example)
    quoted = [q for claim in story.claims for q in claim.quotes if len(q.sentence) < 400]

    assert len(quoted) > 100
    assert all(quote.sentence in words for quote in quoted)


def test_it_speaks_french(example):
    """Headings and notes; the texts stay in their language."""
    words = text_of(example.export("docx", language="fr"))

    assert "Ce qui était promis" in words
    assert "INTERNE (INTERNAL)" in words
    assert "How this was made" not in words
    assert "Le tableau ci-dessous explique les codes." in words
    # What stands before ; : ? ! and inside quotation marks does not break.
    assert re.search(r"« | »| [;:?!]", "\n".join(texts("fr"))) is None


def texts(language, found=None):
    """All that a report itself says."""
    found = _texts() if found is None else found
    if language in found:
        return [found[language]]
    return [text for part in found.values() for text in texts(language, part)]


def test_what_kg_itself_calls_so_is_translated(small, told):
    """A programme that nobody named, a round by its number; no table explains codes of none."""
    words = text_of(report_document(told(small, "fr")))
    story = told(small, "fr")

    assert "explique les codes" not in words
    assert "the programme" not in words
    if story.outcomes:
        assert "récolte 2" in words
        assert "le programme" in {body.label for body in story.bodies}


def test_names_of_suspected_persons_are_masked_for_everybody(public, example):
    """No word of a suspected name stands in a public report; a mark stands in its place."""
    network = example.network()
    cells = {(p.key, p.field): p.text for n in network for p in network.nodes[n]["passages"]}
    names = {
        cells[m["key"], m["field"]][m["start"] : m["end"]]
        for m in example.mentions()
        if m["kind"] == "person" and (m["key"], m["field"]) in cells
    }
    words = text_of(public.export("docx"))
    # What names a place or a body is no name of a person there.
    known = " ".join(about["label"] for _, about in example.network().nodes(data=True))
    full = {name for name in names if " " in name and name not in known}

    assert "[name]" in words
    assert full
    assert [name for name in full if name in words] == []
    assert "INTERNAL" not in words


def test_it_is_the_same_each_time(content, example):
    """No moment of making, in no part of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        dates = {info.date_time for info in archive.infolist()}

    assert example.export("docx", date="May 2031") == content
    assert dates == {(2000, 1, 1, 0, 0, 0)}


def test_a_report_is_never_taken_for_a_source(content, tmp_path):
    """A report that lies among the exports would else come back as outcomes."""
    path = tmp_path / "report.docx"
    path.write_bytes(content)

    assert is_own(path, Content(len(content), lambda: path.open("rb")))


def test_harvests_of_nothing_and_of_one_record_are_documents_too(small, told):
    """All chapters are there; an empty one says so."""
    content = report_document(told(small))
    outcomes = small.query("outcomes").records()

    assert len(headings(content, 3)) == len(outcomes)
    assert ("holds no outcome yet" in text_of(content)) == (not outcomes)


@pytest.mark.parametrize("missing", ["docx", "PIL"])
def test_without_its_packages_it_says_what_to_install(small, told, missing, monkeypatch):
    """One line with the command; no traceback."""
    monkeypatch.setitem(sys.modules, missing, None)
    story = told(small)
    if missing == "PIL" and not story.outcomes:
        pytest.skip("nothing is drawn of nothing")

    with pytest.raises(UsageError, match=r"outcome-kg\[report\]"):
        report_document(story)
