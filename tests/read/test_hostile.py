"""Hostile files, made here and never stored: read or refused, quickly, in little memory.

Each is read in a process of its own, so that its memory can be measured and
a death would be seen.
"""

import io
import json
import os
import random
import struct
import subprocess
import sys
import zipfile

import openpyxl
import pytest

SECONDS, MEGABYTES = 5, 500
CSV = b"Fragment ID,Outcome description,Confidential\n1,They met,no\n"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/hostname">]>'
HEAD = "".join(
    f'<c r="{column}1" t="inlineStr"><is><t>{text}</t></is></c>'
    for column, text in zip(
        "ABC", ["Fragment ID", "Outcome description", "Confidential"], strict=True
    )
)
MEASURED = """
import resource, sys
from pathlib import Path
from kg.errors import KgError
from kg.read import Headings, read_source
headings = Headings.load()
headings.match("Country")
def seconds():  # of CPU, in this process and those it started: others' work counts for nothing
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)
begun = seconds()
try:
    reading = read_source(Path(sys.argv[1]), headings=headings)
    said = f"read {len(reading.records)}"
except KgError as problem:
    said = "refused " + str(problem)
took = seconds() - begun
status = Path("/proc/self/status").read_text()
ours = int(status.partition("VmHWM:")[2].split()[0])
theirs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(took, max(ours, theirs) // 1024, repr(said))
"""
WORD_CELL = "<w:tc><w:p><w:r><w:t>Country</w:t></w:r></w:p></w:tc>"
FORM_ROW = f"<w:tr>{WORD_CELL * 4}</w:tr>"


def noise(size):
    """Text that does not pack."""
    return random.Random(1).randbytes(size // 2).hex()


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(rows=None, *, prolog="", tail="", sheet=None, strings=None):
    """A workbook whose worksheet is XML of ours."""
    book = openpyxl.Workbook()
    book.active.append(["x"])
    saved = io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if sheet is None:
        sheet = (
            f'{prolog}<worksheet xmlns="{SHEET}"><sheetData><row r="1">{HEAD}</row>{rows or ""}'
            f"</sheetData>{tail}</worksheet>"
        )
    parts["xl/worksheets/sheet1.xml"] = sheet
    if strings is not None:
        parts["xl/sharedStrings.xml"] = strings
    return zipped(parts)


def inline(cell, text):
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


def ods(table, prolog=""):
    spaces = " ".join(f'xmlns:{n}="{OFFICE}:{n}:1.0"' for n in ("office", "table", "text"))
    return zipped(
        {
            "META-INF/manifest.xml": "<m/>",
            "content.xml": f"{prolog}<office:document-content {spaces}><office:body>"
            f'<office:spreadsheet><table:table table:name="A">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def docx(body, prolog=""):
    body = f"<w:body>{body}</w:body>"
    return zipped(
        {"word/document.xml": f'{prolog}<w:document xmlns:w="{WORD}">{body}</w:document>'}
    )


def ods_cell(text, attributes=""):
    cell = f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"
    return f"<table:table-row {attributes}>{cell}</table:table-row>"


def formatted(code):
    """A workbook with one number format of its own."""
    styles = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts><cellXfs>'
    row = '<row r="2"><c r="B2" s="1"><v>44621</v></c></row>'
    sheet = f'<styleSheet xmlns="{SHEET}">{styles}<xf/><xf numFmtId="200"/></cellXfs></styleSheet>'
    return with_parts(xlsx(row), {"xl/styles.xml": sheet})


def with_one_sheet_often(times):
    """A workbook whose worksheets are all one part."""
    names = "".join(f'<sheet name="s{i}" sheetId="{i}" r:id="rId1"/>' for i in range(1, times))
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = f'<workbook xmlns="{SHEET}" xmlns:r="{office}"><sheets>{names}</sheets></workbook>'
    return with_parts(
        xlsx(f'<row r="2">{inline("B2", "x")}</row>' * 200), {"xl/workbook.xml": book}
    )


def with_parts(data, changed):
    """An archive, some of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | changed)


def with_password(data):
    """The mark of encryption on the first part of an archive."""
    changed = bytearray(data)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[changed.index(magic) + at] |= 1
    return bytes(changed)


def lying(data):
    """An archive whose directory says that its parts are small."""
    changed = bytearray(data)
    start = 0
    while (start := changed.find(b"PK\x01\x02", start)) >= 0:
        changed[start + 24 : start + 28] = struct.pack("<I", 10)
        start += 4
    return bytes(changed)


def looping_xls():
    """An old workbook whose table of sectors turns in a circle."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return head + struct.pack("<128I", 0xFFFFFFFD, *[1] * 127) + bytes(512 * 20)


HOSTILE = {
    "sparse.xlsx": lambda: xlsx(
        sheet=f'<worksheet xmlns="{SHEET}"><sheetData><row r="1">{inline("A1", "x")}</row>'
        f'<row r="1048576">{inline("XFD1048576", "x")}</row></sheetData></worksheet>'
    ),
    "far.xlsx": lambda: xlsx(f'<row r="1048576">{inline("XFD1048576", "x")}</row>'),
    "far_often.xlsx": lambda: xlsx(
        "".join(f'<row r="{i}">{inline(f"XFD{i}", "x")}</row>' for i in range(2, 5000))
    ),
    "outside.xlsx": lambda: xlsx(f'<row r="2">{inline("ZZZ2", "x")}</row>'),
    "row_number.xlsx": lambda: xlsx(f'<row r="99999999999">{inline("A99999999999", "x")}</row>'),
    "expands.xlsx": lambda: xlsx(" " * 400_000_000),
    "spaces.xlsx": lambda: xlsx(" " * 100_000_000),
    "laughs.xlsx": lambda: xlsx(f'<row r="2">{inline("B2", "&j;")}</row>', prolog=LAUGHS),
    "entity.xlsx": lambda: xlsx(f'<row r="2">{inline("B2", "&j;")}</row>', prolog=OUTSIDE),
    "cell_300_mb.xlsx": lambda: xlsx(f'<row r="2">{inline("B2", "a" * 300_000_000)}</row>'),
    "cell_40_mb.xlsx": lambda: xlsx(f'<row r="2">{inline("B2", noise(40_000_000))}</row>'),
    "strings.xlsx": lambda: xlsx(strings=f'<sst xmlns="{SHEET}">{"<si/>" * 20_000_000}</sst>'),
    "string_40_mb.xlsx": lambda: xlsx(
        strings=f'<sst xmlns="{SHEET}"><si><t>{noise(40_000_000)}</t></si></sst>'
    ),
    "no_such_string.xlsx": lambda: xlsx('<row r="2"><c r="B2" t="s"><v>999</v></c></row>'),
    "blank_rows.xlsx": lambda: xlsx("".join(f'<row r="{i}"/>' for i in range(2, 1_000_000))),
    "deep.xlsx": lambda: xlsx("<row>" * 100_000),
    "merged.xlsx": lambda: xlsx(
        f'<row r="2">{inline("B2", "x")}</row>',
        tail="<mergeCells>" + '<mergeCell ref="B2:XFD1048576"/>' * 20_000 + "</mergeCells>",
    ),
    "cut.xlsx": lambda: xlsx()[:-100],
    "password.xlsx": lambda: with_password(xlsx()),
    "encrypted.xlsx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8000),
    "lying.xlsx": lambda: lying(xlsx(f'<row r="2">{inline("B2", "a" * 50_000_000)}</row>')),
    "nothing.xlsx": lambda: zipped({"a": "b"}),
    "repeated.ods": lambda: ods(ods_cell("x", 'table:number-rows-repeated="1048576"')),
    "laughs.ods": lambda: ods(ods_cell("&j;"), prolog=LAUGHS),
    "deep.ods": lambda: ods(ods_cell("<text:span>" * 50_000 + "</text:span>" * 50_000)),
    "expands.ods": lambda: ods(ods_cell("a" * 100_000_000)),
    "blank_rows.ods": lambda: ods("<table:table-row/>" * 1_000_000),
    "laughs.docx": lambda: docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", prolog=LAUGHS),
    "deep.docx": lambda: docx("<w:tbl><w:tr><w:tc>" * 30_000),
    "expands.docx": lambda: docx(f"<w:p><w:r><w:t>{'a' * 100_000_000}</w:t></w:r></w:p>"),
    "nested.zip": lambda: zipped({"a.zip": zipped({"b.csv": CSV})}),
    "expands.zip": lambda: zipped({"a.csv": bytes(300_000_000)}),
    "many.zip": lambda: zipped({f"{i}.csv": CSV for i in range(10_001)}),
    "outside.zip": lambda: zipped({"../../etc/x.csv": CSV}),
    "password.zip": lambda: with_password(zipped({"a.csv": CSV})),
    "loop.xls": looping_xls,
    "noise.xls": lambda: looping_xls()[:512] + random.Random(2).randbytes(100_000),
    "nul.csv": lambda: CSV + b"\0" * 1000 + b"\n2,\0,no\n",
    "all_nul.csv": lambda: bytes(10_000_000),
    "quotes.csv": lambda: CSV + b'2,"They,no\n' * 100_000,
    "wide.csv": lambda: b"Fragment ID,Outcome description" + b"," * 500_000 + b"\n1,Met\n",
    "no_end.csv": lambda: CSV + b"2,They" + b" met" * 75_000_000,
    "cut_utf16.csv": lambda: CSV.decode().encode("utf-16")[:-1],
    "surrogates.csv": lambda: b"\xff\xfe" + b"\x00\xd8" * 100_000,
    "gzip.csv": lambda: b"\x1f\x8b" + bytes(1000),
    "deep.json": lambda: b"[" * 10_000_000,
    "lists.json": lambda: b"[" + b"[]," * 20_000_000 + b"[]]",
    "keys.json": lambda: json.dumps(
        [{"description": "Met", **{f"k{i}": i for i in range(2_000)}}]
    ).encode(),
    "number.json": lambda: b'[{"description": "Met", "year": ' + b"9" * 5_000_000 + b"}]",
    "surrogate.json": lambda: b'[{"description": "\\ud800 Met"}]',
    "colons.txt": lambda: b"Outcome description: x\n" + b":" * 1_000_000 + b"\n",
    "stars.txt": lambda: b"**" * 500_000 + b": x\n",
    "dashes.md": lambda: b"- " * 500_000 + b"x\n",
    "chat.txt": lambda: b"[01/05/2023, 09:11] A: x\n" * 200_000 + b"[" + b"1" * 1_000_000,
    "times.txt": lambda: (b"[01/05/2023, 09:11] " + b"a" * 59 + b"\n") * 100_000,
    "forms.docx": lambda: docx(("<w:tbl>" + FORM_ROW * 4 + "</w:tbl><w:p/>") * 5_000),
    "wide.docx": lambda: docx("<w:tbl><w:tr>" + WORD_CELL * 100_000 + "</w:tr></w:tbl>"),
    "fields.json": lambda: b'[{"fields": ' * 100_000,
    "format.xlsx": lambda: formatted("[y" * 200_000),
    "one_sheet.xlsx": lambda: with_one_sheet_often(2_000),
    "paragraphs.docx": lambda: docx("<w:p/>" * 1_200_000),
    "string_150_mb.json": lambda: b'[{"description":"' + b"a" * 150_000_000 + b'"}]',
    "many_keys.json": lambda: b"[{" + b",".join(b'"k%d":1' % i for i in range(500_000)) + b"}]",
    "pairs.csv": lambda: b"Country,Mali,Year,2022\n" * 200_000,
}

#: Odd, and harmless: what can be read of them is, and told. All others are refused.
READ = {
    **dict.fromkeys(("merged.xlsx", "outside.zip", "quotes.csv", "cut_utf16.csv"), 1),
    **dict.fromkeys(("keys.json", "number.json", "surrogate.json", "colons.txt"), 1),
    # NULs below the first line are told row by row: were the file refused for them, a row that is
    # withheld could take the others away.
    "nul.csv": 2,
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="Memory is measured as Linux tells it.")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_little_and_ends_nothing(tmp_path, name):
    """Read or refused in one line within 5 seconds and 500 MB; the interpreter lives."""
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    path.unlink()
    assert (done.returncode, done.stderr) == (0, "")
    took, megabytes, said = done.stdout.split(" ", 2)

    assert "\\n" not in said
    assert (f"read {READ[name]}" if name in READ else "refused") in said[:12]
    assert (float(took) < SECONDS, int(megabytes) < MEGABYTES) == (True, True), done.stdout


def test_there_are_forty_kinds():
    """As many were promised."""
    assert len(HOSTILE) >= 40
