"""Encodings: by mark, by the zeros of UTF-16, and else line by line, by the accents of the line."""

import csv
import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.messages import in_words
from kg.read import Headings, inspect_source, read_source
from kg.read.western import western

HEADINGS = Headings.load()
HEADERS = {
    "fr": ("Identifiant", "Pays", "Description de l’effet", "Confidentiel", "Année"),
    "es": ("ID", "País", "Descripción del alcance", "Confidencial", "Año"),
    "pt": ("ID", "País", "Descrição da mudança", "Confidencial", "Ano"),
    "en": ("ID", "Country", "Outcome description", "Confidential", "Year"),
}
ROWS = {
    "fr": [
        ("A/1", "Bénin", "Le conseil a publié le procès-verbal ; l’accès était refusé", "non"),
        ("A/2", "Côte d’Ivoire", "À la mairie, « oui » : où l’État n’a rien fait…", "oui"),
        ("A/3", "Sénégal", "Être entendu, voilà ce qu’elles ont exigé", "non"),
    ],
    "es": [
        ("A/1", "Perú", "La alcaldía publicó los números; después abrió la sesión", "no"),
        ("A/2", "México", "¿Quién pidió más? La señora dijo “sí”", "no"),
    ],
    "pt": [
        ("A/1", "Moçambique", "A assembleia não publicou as decisões até março", "não"),
        ("A/2", "São Tomé", "A população já não é excluída das reuniões", "não"),
    ],
    "en": [
        ("A/1", "Mali", "The women’s forum asked – and the council said “yes”", "no"),
        ("A/2", "Mali", "The council’s café was opened", "no"),
    ],
}
ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"),
)
BREAKS = ("\r\n", "\n", "\r")
CASES = list(itertools.product(ENCODINGS, ",;\t|", BREAKS, HEADERS))


def table(language, *, delimiter=",", newline="\r\n", rows=None):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
    writer.writerow(HEADERS[language])
    writer.writerows((*cells, "2022") for cells in (ROWS[language] if rows is None else rows))
    return out.getvalue()


def texts(path):
    reading = read_source(path, headings=HEADINGS)
    return [tuple(cell.text for cell in record.cells) for record in reading.records]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("language", HEADERS)
def test_every_encoding_delimiter_and_break_reads_the_same(tmp_path, encoding, language):
    """No accent, row or cell is lost, with and without a mark."""
    path = tmp_path / "harvest.csv"
    expected = [(*cells, "2022") for cells in ROWS[language]]
    got = {}
    for delimiter, newline in itertools.product(",;\t|", BREAKS):
        path.write_bytes(table(language, delimiter=delimiter, newline=newline).encode(encoding))
        got[delimiter, newline] = texts(path)

    assert got == dict.fromkeys(got, expected)


def test_so_many_tables():
    """Eight encodings, four delimiters, three breaks, four languages."""
    assert len(CASES) == 8 * 4 * 3 * 4


WORDS = (
    *("vérité", "école", "où", "État", "rien", "Récolte", "política", "país", "niño", "José"),
    *("Núñez", "l’homme", "d’action", "São", "João", "Côte", "d’Ivoire", "NAÏF", "ÉTÉ", "así"),
    *("Está", "«Oui»", "cœur", "mañana", "coração", "Bénin", "président", "PRÉSIDENT", "maïs"),
    *("Haïti", "qu’à", "l’Église", "señora", "Perú", "México", "Moçambique", "além", "você"),
    *("às", "três", "avô", "cliché", "naïve", "façade"),
)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_words_tell_windows_from_mac(encoding):
    """A word alone is a line: nearly all of them tell by themselves."""
    accented = [word for word in WORDS if not word.isascii()]
    wrong = [w for w in accented if western(w.encode(encoding)) != (w, encoding)]

    # "país" in Mac Roman is "pa’s" in cp1252, which may be a genitive: the header has to tell.
    assert wrong == ([] if encoding == "cp1252" else ["país"])


def test_the_header_settles_what_a_row_leaves_open(tmp_path):
    """The header is never withheld, so a line that tells nothing may be read as it is."""
    rows = [("A/1", "Mali", "El país", "no")]
    path = tmp_path / "harvest.csv"
    path.write_bytes(table("es", rows=rows).encode("mac_roman"))

    assert texts(path) == [(*rows[0], "2022")]


@pytest.mark.parametrize(
    ("encoding", "told"), [("cp1252", "cp1252"), ("mac_roman", "Mac Roman"), ("utf-8", None)]
)
def test_what_was_guessed_is_told(tmp_path, encoding, told):
    """Which encoding, from which line on, and how many lines."""
    path = tmp_path / "harvest.csv"
    path.write_bytes(table("fr").encode(encoding))
    inspection = inspect_source(path, headings=HEADINGS)
    found = [f for f in inspection.findings if f.reason == "encoding-guessed"]

    assert inspection.encoding == (told or "utf-8")
    assert [(f.where.row, f.message.partition(": ")[2]) for f in found] == (
        [(1, f"4, the first one here; they were read as {told}.")] if told else []
    )
    assert [in_words(f.reason, f.message, f.advice, language="fr")[0] for f in found] == (
        [f"Lignes qui ne sont pas en UTF-8 : 4, ici la première ; elles ont été lues en {told}."]
        if told
        else []
    )


def test_two_encodings_in_one_file_are_both_told(tmp_path):
    """Exports pasted together: each line is read by itself."""
    path = tmp_path / "harvest.csv"
    header, *rows = table("fr").encode("utf-8").splitlines(keepends=True)
    mixed = [header, rows[0], *(r.decode().encode("mac_roman") for r in rows[1:2])]
    mixed += [r.decode().encode("cp1252") for r in rows[2:]]
    path.write_bytes(b"".join(mixed))
    found = inspect_source(path, headings=HEADINGS)

    assert found.encoding == "cp1252 and Mac Roman"
    assert texts(path) == [(*cells, "2022") for cells in ROWS["fr"]]


word = st.sampled_from(WORDS)
line = st.lists(word, min_size=1, max_size=6).map(" ".join)


@given(
    encoding=st.sampled_from(["utf-8", "cp1252", "mac_roman"]),
    withheld=st.lists(
        st.tuples(line, st.sampled_from(["utf-8", "cp1252", "mac_roman"])), max_size=4
    ),
    kept=st.lists(line, min_size=1, max_size=3),
)
def test_no_row_decides_how_another_is_read(tmp_path_factory, encoding, withheld, kept):
    """The rows of a release read the same in a world without the withheld ones."""
    folder = tmp_path_factory.mktemp("law")
    header = b"ID,Description,Confidential\n"

    def rows(lines, code):
        return b"".join(f"x,{text},no\n".encode(code) for text in lines)

    hidden = b"".join(rows([text], code) for text, code in withheld)
    (folder / "both.csv").write_bytes(header + hidden + rows(kept, encoding))
    (folder / "alone.csv").write_bytes(header + rows(kept, encoding))

    assert texts(folder / "both.csv")[-len(kept) :] == texts(folder / "alone.csv")


@given(st.binary(min_size=1, max_size=80))
def test_any_bytes_give_a_text(raw):
    """Nothing raises; bytes that nobody could have typed become the mark U+FFFD."""
    text, encoding = western(raw)

    assert (len(text), encoding in {"cp1252", "mac_roman"}) == (len(raw), True)


def test_utf_16_without_its_mark_needs_no_latin_letters(tmp_path):
    """Headings in Arabic: spaces and delimiters tell."""
    path = tmp_path / "harvest.csv"
    text = "الرقم,البلد,وصف النتيجة,سري\n1,مالي,اجتمعوا,لا\n"
    path.write_bytes(text.encode("utf-16-le"))

    assert inspect_source(path, headings=HEADINGS).encoding == "utf-16"


@pytest.mark.parametrize("size", [1, 7, 64])
@pytest.mark.parametrize("newline", BREAKS)
def test_pieces_of_a_file_end_anywhere(tmp_path, monkeypatch, size, newline):
    """In a character, in a CRLF: no line is torn and none is counted twice."""
    monkeypatch.setattr("kg.read.decode._CHUNK", size)
    path = tmp_path / "harvest.csv"
    path.write_bytes(table("fr", newline=newline).encode())
    reading = read_source(path, headings=HEADINGS)

    assert texts(path) == [(*cells, "2022") for cells in ROWS["fr"]]
    assert [record.row for record in reading.records] == [2, 3, 4]
