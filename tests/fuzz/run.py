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

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.read import writers  # found by the line above

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


def _parts(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    """Not deflated: the fuzzer sees what it changes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


_ROWS = [[*_ROW], [*_ROW.values()]]
_TEXT = "\n".join(f"{name}: {value}" for name, value in _ROW.items()).encode()
_CSV = ",".join(_ROW).encode() + b"\n" + ",".join(f'"{v}"' for v in _ROW.values()).encode()
#: Archives of XML: a change in one makes its sums wrong, so the part that holds the records is
#: fuzzed by itself, and packed for each try.
ARCHIVES = {
    "xlsx": ("xl/worksheets/sheet1.xml", writers.xlsx({"A": _ROWS}, shared=False)),
    "ods": ("content.xml", writers.ods(writers.table(*map(writers.row, _ROWS)))),
    "docx": ("word/document.xml", writers.docx(_ROWS)),
}
SEEDS = {
    "txt": _TEXT,
    "md": _TEXT,
    "csv": _CSV,
    "tsv": _CSV.replace(b",", b"\t"),
    "json": json.dumps([_ROW]).encode(),
    "jsonl": json.dumps(_ROW).encode(),
    "xls": writers.xls({"A": _ROWS}),
    "zip": _packed({"a.csv": _CSV}),
    "codes": "Outcome 1.4; output 1.4.1 a – 2.3, CIV: Less".encode(),
    **{kind: _parts(archive)[part] for kind, (part, archive) in ARCHIVES.items()},
}


def _file(target: str, data: bytes) -> bytes:
    """The file that is read: what the fuzzer made, or an archive with it inside."""
    if target not in ARCHIVES or data.startswith(b"PK"):
        return data
    part, archive = ARCHIVES[target]
    return _packed(_parts(archive) | {part: data})


def main() -> None:
    """Fuzz one target until its time is over; ends with an error at the first surprise."""
    target, seconds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200
    corpus = Path(sys.argv[3] if len(sys.argv) > 3 else tempfile.mkdtemp()) / target
    corpus.mkdir(parents=True, exist_ok=True)
    # Longer inputs than any seed need no more than that: the corpus stays small.
    longest = 2 * max(4096, len(SEEDS[target]))
    (corpus / "seed").write_bytes(SEEDS[target])
    if target in ARCHIVES:
        (corpus / "packed").write_bytes(_packed(_parts(ARCHIVES[target][1])))
    scratch = Path(tempfile.mkdtemp()) / f"fuzzed.{target}"

    headings = Headings({})

    def one(data: bytes) -> None:
        if target == "codes":
            text = data.decode("utf-8", "replace")
            read_codes(text, field="framework_link")
            read_objectives(text, field="objective_link")
            return
        scratch.write_bytes(_file(target, data))
        try:
            read_source(scratch, headings=headings)
        except KgError as error:
            if "\n" in str(error):
                raise AssertionError("an error of two lines") from error

    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-max_len={longest}",
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
