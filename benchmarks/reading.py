"""What reading costs: `python -m benchmarks.reading [ROWS] [--json]`.

A harvest of 100,000 records, structured fields and 1 kB of text each, as CSV
and as an Excel workbook; read, its headings named, its values normalised, one
record in memory at a time. Each run is a process of its own; its CPU time
counts the reading alone, its peak of memory all of it. Beside it, in the same
run, what others take for less: Python's csv module, pandas and openpyxl, which
give rows of text and understand none of them.
"""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.generate import HEADINGS, records
from benchmarks.measure import options, show

ROWS = 100_000
#: So many different records; more are these again with other ids, years and words.
_DIFFERENT = 5_000
_TEXT = 1_000  # characters of a record's story
_STORY = (  # field, its share of the story
    ("Outcome description", 0.3),
    ("Significance of the outcome", 0.25),
    ("Contribution of the programme", 0.25),
    ("Contribution of other actors and factors", 0.1),
    ("Evidence supporting the outcome statement", 0.1),
)
_OTHER_STORY = "Additional information (use if needed) "
_NUMBERS = frozenset({"Year"})


def rows(count: int) -> Iterator[list[str]]:
    """Rows of a harvest, the header first; no two of them say the same."""
    yield list(HEADINGS)
    chance = random.Random(7)
    known = list(records(min(count, _DIFFERENT)))
    for number in range(count):
        row = dict(known[number % len(known)])
        row["FragmentID"] = f"OHD-{row['Year']}/CIV{number:06}"
        row[_OTHER_STORY] = ""
        for field, share in _STORY:
            words = known[chance.randrange(len(known))][field].split()
            row[field] = f"{number} {' '.join(words)}"[: int(_TEXT * share)]
        yield [row[heading] for heading in HEADINGS]


def write_csv(path: Path, count: int) -> None:
    """The rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows(count))


def write_xlsx(path: Path, count: int) -> None:
    """The rows as a workbook with a table of shared texts, as Excel writes it."""
    texts: dict[str, int] = {}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{space}"><sheetData>'.encode())
            for number, row in enumerate(rows(count), start=1):
                cells = "".join(
                    _cell(text, chr(65 + at), number, HEADINGS[at], texts)
                    for at, text in enumerate(row)
                )
                sheet.write(f'<row r="{number}" spans="1:{len(row)}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        with book.open("xl/sharedStrings.xml", "w") as shared:
            shared.write(f'<sst xmlns="{space}">'.encode())
            for text in texts:
                shared.write(f'<si><t xml:space="preserve">{escape(text)}</t></si>'.encode())
            shared.write(b"</sst>")
        book.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
            f'"/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName='
            f'"/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/><Override PartName='
            f'"/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>',
        )
        relation = '<Relationship Id="r{}" Type="{}/{}" Target="{}"/>'
        relations = f'<Relationships xmlns="{package}/relationships">{{}}</Relationships>'
        book.writestr(
            "_rels/.rels",
            relations.format(relation.format(1, office, "officeDocument", "xl/workbook.xml")),
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            relations.format(
                relation.format(1, office, "worksheet", "worksheets/sheet1.xml")
                + relation.format(2, office, "sharedStrings", "sharedStrings.xml")
            ),
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{space}" xmlns:r="{office}"><sheets>'
            '<sheet name="Harvest" sheetId="1" r:id="r1"/></sheets></workbook>',
        )


def _cell(text: str, column: str, row: int, heading: str, texts: dict[str, int]) -> str:
    if not text:
        return ""
    if heading in _NUMBERS and row > 1:
        return f'<c r="{column}{row}"><v>{text}</v></c>'
    return f'<c r="{column}{row}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>'


def _read(path: Path) -> int:
    """Read and name."""
    from kg.model import Record
    from kg.read import Headings, stream

    return sum(isinstance(item, Record) for item in stream(path, headings=Headings.load()))


def _understand(path: Path) -> int:
    """Read, name and normalise."""
    from kg.audience import confidential
    from kg.fragment import interpret
    from kg.model import Origin, Record
    from kg.read import Headings, stream
    from kg.vocabulary import load_vocabulary

    vocabulary = load_vocabulary()
    count = 0
    for item in stream(path, headings=Headings.load()):
        if isinstance(item, Record):
            count += 1
            interpret(
                item,
                key=f"row{item.row}",
                origins=(Origin(item.file, item.row, item.format),),
                vocabulary=vocabulary,
                confidential=confidential(item, cleared=frozenset()),
            )
    return count


def _csv_module(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def _pandas(path: Path) -> int:
    import pandas as pd  # type: ignore[import-untyped]

    return len(pd.read_csv(path, dtype=str, keep_default_na=False))


def _openpyxl(path: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True)) - 1


#: What is measured: its name, the file, the way, the module that it needs.
WAYS: dict[str, tuple[str, Callable[[Path], int], str]] = {
    "kg, read and named (CSV)": ("harvest.csv", _read, "kg"),
    "kg, read, named, normalised (CSV)": ("harvest.csv", _understand, "kg"),
    "kg, read and named (xlsx)": ("harvest.xlsx", _read, "kg"),
    "kg, read, named, normalised (xlsx)": ("harvest.xlsx", _understand, "kg"),
    "csv module, rows of text": ("harvest.csv", _csv_module, "csv"),
    "pandas, rows of text (CSV)": ("harvest.csv", _pandas, "pandas"),
    "openpyxl, rows of values (xlsx)": ("harvest.xlsx", _openpyxl, "openpyxl"),
}
UNIT = "kg, read, named, normalised (CSV)"


def one_run(way: str, folder: Path) -> dict[str, float]:
    """Read once; rows, CPU seconds and the peak of memory in MB."""
    file, run, _ = WAYS[way]
    before = time.process_time()
    count = run(folder / file)
    seconds = time.process_time() - before
    return {"rows": count, "seconds": seconds, "peak MB": peak_megabytes()}


def peak_megabytes() -> float:
    """The most memory that this process held."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says there counts the parent's memory, too
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**2 if sys.platform == "darwin" else 1024)


def measured(count: int) -> list[dict[str, object]]:
    """Every way over the same rows, each in a process of its own."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        write_csv(Path(name) / "harvest.csv", count)
        write_xlsx(Path(name) / "harvest.xlsx", count)
        for way, (_, _, module) in WAYS.items():
            if find_spec(module) is None:
                continue
            command = [sys.executable, "-m", "benchmarks.reading", "--child", way, name]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found[way] = json.loads(done.stdout)
            if found[way]["rows"] != count:
                raise RuntimeError(f"{way}: {found[way]['rows']} rows of {count}")
    unit = found[UNIT]["seconds"]
    return [
        {
            "way": way,
            "rows a second": round(count / run["seconds"]),
            "CPU seconds": run["seconds"],
            "peak MB": round(run["peak MB"]),
            "times kg (CSV)": run["seconds"] / unit,
        }
        for way, run in found.items()
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; with `--child WAY FOLDER` be one run."""
    parser = options("reading", __doc__)
    parser.add_argument("rows", nargs="?", type=int, default=ROWS, metavar="ROWS")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.child:
        way, folder = chosen.child
        print(json.dumps(one_run(way, Path(folder))))
        return 0
    found = measured(chosen.rows)
    if not chosen.json:
        print(f"{chosen.rows} records of structured fields and {_TEXT} characters of text")
    show(found, as_json=chosen.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
