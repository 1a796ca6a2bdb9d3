"""Coverage-guided fuzzing of readers and of the code grammar: nothing but a KgError comes out.

    python tests/fuzz/run.py TARGET [SECONDS] [FOLDER_OF_CORPUS]

TARGET is a reader's file ending ("csv") or "codes". See `make fuzz`. Seeds
are invented here; what the fuzzer finds stays in the folder that it is given.
"""

import io
import json
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kg"]):
    from kg.codes.framework import read_codes
    from kg.codes.objectives import read_objectives
    from kg.errors import KgError
    from kg.read import Headings, read_source

_ROW = {
    "Fragment ID": "QX/1",
    "Outcome description": "A council met; “yes”, it said.",
    "Year": "2031",
    "Confidential": "no",
}


def _zipped(name: str, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append([*_ROW])
    book.active.append([*_ROW.values()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_TEXT = "\n".join(f"{name}: {value}" for name, value in _ROW.items()).encode()
_CSV = ",".join(_ROW).encode() + b"\n" + ",".join(f'"{v}"' for v in _ROW.values()).encode()
SEEDS = {
    "txt": lambda: _TEXT,
    "md": lambda: _TEXT,
    "csv": lambda: _CSV,
    "tsv": lambda: _CSV.replace(b",", b"\t"),
    "json": lambda: json.dumps([_ROW]).encode(),
    "jsonl": lambda: json.dumps(_ROW).encode(),
    "xlsx": _workbook,
    "docx": lambda: _zipped("word/document.xml", "<w:document/>"),
    "ods": lambda: _zipped("content.xml", "<office:document-content/>"),
    "xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "zip": lambda: _zipped("a.csv", _CSV.decode()),
    "codes": "Outcome 1.4; output 1.4.1 a – 2.3, CIV: Less".encode,
}


def main() -> None:
    """Fuzz one target until its time is over; ends with an error at the first surprise."""
    target, seconds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200
    corpus = Path(sys.argv[3] if len(sys.argv) > 3 else tempfile.mkdtemp()) / target
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(SEEDS[target]())
    scratch = Path(tempfile.mkdtemp()) / f"fuzzed.{target}"

    headings = Headings({})

    def one(data: bytes) -> None:
        if target == "codes":
            text = data.decode("utf-8", "replace")
            read_codes(text, field="framework_link")
            read_objectives(text, field="objective_link")
            return
        scratch.write_bytes(data)
        try:
            read_source(scratch, headings=headings)
        except KgError as error:
            if "\n" in str(error):
                raise AssertionError("an error of two lines") from error

    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            "-max_len=8192",
            "-timeout=20",
            "-rss_limit_mb=2048",
            f"-artifact_prefix={corpus}/found-",
            str(corpus),
        ],
        one,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
