"""kg beside its peers on one table: `python -m benchmarks.peers [RECORDS] [--runs N] [--json]`.

Fictional records, 1,000 unless told, with four sentences each. Every figure is of processes of
their own: CPU seconds (median of the runs) and peak memory. Three comparisons:

mapping     a table of ten times as many records to triples: kg's stages read, fragment, link and
            graph, without names; and morph-kgc, which maps its cells one to one
questions   the library, asked of the same graph in each engine; an answer counts where it has our
            rows by digest (of DuckDB: as many), and has any
validation  the shapes of kg over a damaged graph, by the package that it uses and by pySHACL

morph-kgc and maplib cannot share an environment with kg: `build/peers/morph` and
`build/peers/flat` are made for them once, with pip.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.generate import HEADINGS, table
from benchmarks.measure import options, show

ROOT = Path(__file__).resolve().parent.parent
RUNS, RECORDS = 3, 1_000
_TIMES = 10  # as many records to map as to ask
_SECONDS = 10  # a question that takes longer is given up
#: Environments of their own: folder -> packages.
PACKAGES = {"morph": ("morph-kgc==2.10.0",), "flat": ("duckdb==2.0.0", "maplib==0.20.26")}
#: Parameters that need no look at the graph; the others name what is most linked in it.
_GIVEN = {"search": {"text": "council"}}
_VIEW = ("rdflib view", "oxigraph disk")
#: What of the library the table alone can answer, in the SQL of DuckDB: the floor.
_SQL = {
    "by-year": 'SELECT "Year", "OH-harvesting period", count(*) FROM t GROUP BY ALL ORDER BY ALL',
    "actor-by-change": (
        'SELECT "Social actor", u, count(*) FROM (SELECT "Social actor", '
        "unnest(string_split(\"MCQType of change\", '  ')) u FROM t) GROUP BY ALL ORDER BY ALL"
    ),
    "outcomes": 'SELECT "FragmentID", "Outcome description", "Year", "coutnry" FROM t ORDER BY ALL',
}


@dataclass(frozen=True, slots=True)
class Spent:
    """What one process cost, and what it printed."""

    cpu: float
    megabytes: float
    said: str


def spent(command: Sequence[str | Path], *, cwd: Path = ROOT) -> Spent:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed.
    """
    with tempfile.TemporaryFile("w+") as noise:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=noise,
            text=True,
        )
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            noise.seek(0)
            raise RuntimeError(f"{command[0]} ended with {process.returncode}: {noise.read()}")
    return Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said)


def median(command: Sequence[str | Path], *, runs: int, cwd: Path = ROOT) -> Spent:
    """The run in the middle, by CPU seconds."""
    return sorted((spent(command, cwd=cwd) for _ in range(runs)), key=lambda s: s.cpu)[runs // 2]


def python_of(name: str) -> Path:
    """The Python of a peer's environment, made where it is missing."""
    folder = ROOT / "build" / "peers" / name
    program = folder / "bin" / "python"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([program, "-m", "pip", "install", "--quiet", *PACKAGES[name]], check=True)
    return program


def prepare(folder: Path, count: int) -> None:
    """Build the harvest; write what the peers read: CSV, N-Triples, questions."""
    from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, serialize

    from kg.config import load_config
    from kg.pipeline import build
    from kg.store import database

    source = folder / "harvest.csv"
    source.write_text(table(count, lean=True), encoding="utf-8", newline="")
    (folder / "kg.toml").write_text("", encoding="utf-8")
    config = load_config(folder)
    trig = build(config, [source], ner=False).folder / "harvest.trig"
    store = Store()
    store.bulk_load(path=str(trig), format=RdfFormat.TRIG)
    # The union of all graphs, as those have it that know one graph.
    union = {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in store}
    serialize(
        sorted((q.triple for q in union), key=str),
        str(folder / "harvest.nt"),
        RdfFormat.N_TRIPLES,
    )
    (folder / "harvest.trig").write_bytes(trig.read_bytes())
    # For the judges: every 200th triple is missing.
    quads = sorted(store, key=str)
    serialize(
        (quad for number, quad in enumerate(quads) if number % 200),
        str(folder / "damaged.trig"),
        RdfFormat.TRIG,
    )
    (folder / "database").symlink_to(database(trig, cache=config.output / ".cache") or "none")
    (folder / "questions.json").write_text(json.dumps(_questions(trig)), encoding="utf-8")
    (folder / "sql.json").write_text(json.dumps(_SQL), encoding="utf-8")


def given(trig: Path) -> dict[str, dict[str, str]]:
    """Library name -> a value for each of its parameters that must have one, all with rows."""
    from functools import partial

    from kg.query import load_library
    from kg.resources import resource
    from kg.store import asked
    from kg.vocab import NIF, PREFIXES

    select = partial(asked, trig, cache=None)
    oh, rdf = PREFIXES["oh"], PREFIXES["itsrdf"]
    named = f"?mention <{rdf}taIdentRef> ?o . ?o a <{oh}Organisation>"

    def most(thing: str, where: str) -> str:
        """What stands most often there."""
        order = f"GROUP BY {thing} ORDER BY DESC(COUNT(*)) {thing} LIMIT 1"
        return next(iter(select(f"SELECT {thing} {{ {where} }} {order}")))[thing[1:]]

    cell = f"?f <{oh}hasStatement> ?cell . ?mention <{NIF}referenceContext> ?cell"
    sure = f"SELECT ?c {{ ?mention <{oh}confidence> ?c . {named} }} ORDER BY ?c LIMIT 1"
    first = {
        "code": "1.1",
        "organisation": most("?o", f"?x <{oh}involves> ?o"),
        "fragment": most("?f", f"{cell} . {named}"),
        # Just above the least sure name, so that there are rows to compare.
        "below": f"{float(next(iter(select(sure)))['c']) + 0.001:.3f}",
    }
    return {
        name: _GIVEN.get(name)
        or {
            p.name: first[p.name if p.name in first else p.type.value]
            for p in question.parameters
            if not p.optional
        }
        for name, question in sorted(load_library(resource("queries")).items())
    }


def _questions(trig: Path) -> dict[str, str]:
    """Library name -> SPARQL with its parameters in place."""
    from functools import partial

    from kg.query import load_library
    from kg.query.run import prepare as prepared
    from kg.resources import resource
    from kg.store import asked

    library, select = load_library(resource("queries")), partial(asked, trig, cache=None)
    return {
        name: prepared(name, values, library=library, select=select).checked.text
        for name, values in given(trig).items()
    }


_MAP = """
import sys
from pathlib import Path
from kg.clock import Clock
from kg.config import load_config
from kg.graph import harvest_trig
from kg.identity import keys, settle
from kg.line import Line
from kg.model import Audience
from kg.sources import read_all, read_curated, silent
from kg.vocab import Names
from kg.vocabulary import ontology_quads

class Mapping(Line):
    def _extract(self, fragments, places, *, memory):
        return [], {}

folder = Path(sys.argv[1])
config = load_config(folder)
line = Mapping(config, read_curated(config), audience=Audience.INTERNAL, use_ner=False,
               progress=silent, clock=Clock())
reading = read_all([folder / "harvest.csv"], config, progress=silent)
cases = settle(reading.records, cleared=config.cleared).cases
keyed = list(zip(keys(cases)[0], cases, strict=True))
parts = line.walk(keyed, sources=[], memory="none").parts
names = Names(config.base_iri)
with open(folder / "mapped.trig", "wb") as out:
    for part in harvest_trig(parts, ontology_quads(names=names), names=names):
        out.write(part)
"""
_COUNT = """
import sys
from pyoxigraph import RdfFormat, Store
store = Store()
store.bulk_load(path=sys.argv[1], format=RdfFormat.TRIG)
print(len(store))
"""
_JUDGE = """
import hashlib
import sys
from pathlib import Path
from kg import validate
from kg.resources import resource
found = getattr(validate, sys.argv[2])(Path(sys.argv[1]).read_text("utf-8"),
                                       shapes=resource("ontology", "shapes.ttl"))
print(len(found), hashlib.sha256(repr(found).encode()).hexdigest()[:12])
"""


def _rml(folder: Path) -> None:
    """A mapping of each column to a property of its own, for morph-kgc."""
    lines = [
        "@prefix rr: <http://www.w3.org/ns/r2rml#> .",
        "@prefix rml: <http://semweb.mmlab.be/ns/rml#> .",
        "@prefix ql: <http://semweb.mmlab.be/ns/ql#> .",
        (
            f'<urn:map> rml:logicalSource [ rml:source "{folder / "harvest.csv"}" ; '
            "rml:referenceFormulation ql:CSV ] ;"
        ),
        (
            '  rr:subjectMap [ rr:template "https://example.org/fragment/{FragmentID}" ; '
            "rr:class <urn:Fragment> ] ;"
        ),
    ]
    parts = [
        f"  rr:predicateObjectMap [ rr:predicate <urn:field:{number}> ; "
        f"rr:objectMap [ rml:reference {json.dumps(heading)} ] ]"
        for number, heading in enumerate(HEADINGS)
    ]
    (folder / "map.ttl").write_text("\n".join(lines) + "\n" + " ;\n".join(parts) + " .\n")
    (folder / "morph.ini").write_text(
        f"[CONFIGURATION]\noutput_file = {folder / 'morph.nt'}\nlogging_level = ERROR\n"
        f"[source]\nmappings = {folder / 'map.ttl'}\n"
    )


def mapping(folder: Path, count: int, runs: int) -> list[dict[str, object]]:
    """The table to triples."""
    (folder / "kg.toml").write_text("", encoding="utf-8")
    (folder / "harvest.csv").write_text(table(count, lean=True), encoding="utf-8", newline="")
    _rml(folder)
    ours = median([sys.executable, "-c", _MAP, folder], runs=runs)
    theirs = median([python_of("morph"), "-m", "morph_kgc", folder / "morph.ini"], runs=runs)
    made = {"kg": _triples(folder / "mapped.trig"), "morph-kgc": _lines(folder / "morph.nt")}
    return [
        {
            "mapping": name,
            "records": count,
            "CPU s": one.cpu,
            "peak MB": round(one.megabytes),
            "triples": made[name],
            "rows a second": round(count / one.cpu),
            "triples a second": round(made[name] / one.cpu),
        }
        for name, one in (("kg", ours), ("morph-kgc", theirs))
    ]


def _triples(trig: Path) -> int:
    return int(spent([sys.executable, "-c", _COUNT, trig]).said)


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def questions(folder: Path, runs: int) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The library in each engine: a row a question, a row an engine."""
    script, asked = ROOT / "benchmarks" / "peers" / "ask.py", folder / "questions.json"
    engines: dict[str, tuple[Path | str, Path, Path]] = {
        "oxigraph memory": (sys.executable, folder / "harvest.trig", asked),
        "oxigraph disk": (sys.executable, folder / "database", asked),
        "rdflib view": (sys.executable, folder / "database", asked),
        "rdflib": (sys.executable, folder / "harvest.nt", asked),
        "maplib": (python_of("flat"), folder / "harvest.nt", asked),
        "duckdb": (python_of("flat"), folder / "harvest.csv", folder / "sql.json"),
    }
    told: dict[str, Any] = {}
    costs: dict[str, Spent] = {}
    for name, (program, data, texts) in engines.items():
        one = spent([program, script, name, data.resolve(), texts, str(runs), str(_SECONDS)])
        told[name], costs[name] = json.loads(one.said), one
    native = told["oxigraph memory"]["questions"]
    rows: list[dict[str, object]] = []
    for question in native:
        row: dict[str, object] = {"question": question, "rows": native[question].get("rows")}
        for engine in engines:
            answer = told[engine]["questions"].get(question, {"s": None, "why": ""})
            row[f"{engine} ms"] = _cell(answer, native[question], engine)
        view, disk = (told[name]["questions"][question]["s"] for name in _VIEW)
        row["view / disk"] = view / disk if view and disk else None
        rows.append(row)
    summary: list[dict[str, object]] = []
    for engine in engines:
        answers = told[engine]["questions"]
        alike = {n: a for n, a in answers.items() if n in native and same(a, native[n], engine)}
        summary.append(
            {
                "engine": engine,
                "load s": told[engine]["load s"],
                "peak MB": round(costs[engine].megabytes),
                "with our rows": len(alike),
                "other rows or none": sum(a["s"] is not None for a in answers.values())
                - len(alike),
                "oxigraph memory is faster, times": ratio(alike, native),
                "oxigraph disk is faster, times": ratio(alike, told["oxigraph disk"]["questions"]),
            }
        )
    return rows, summary


def same(answer: Mapping[str, Any], native: Mapping[str, Any], engine: str) -> bool:
    """Is it an answer, with our rows, and any? A table has no addresses: it has as many rows."""
    if answer["s"] is None or not native.get("rows"):
        return False
    what = "rows" if engine == "duckdb" else "digest"
    return bool(answer[what] == native[what])


def _cell(answer: Mapping[str, Any], native: Mapping[str, Any], engine: str) -> str:
    if answer["s"] is None:
        return str(answer["why"])[:24]
    other = "" if same(answer, native, engine) else " (other rows)" if native["rows"] else " (none)"
    return f"{1000 * answer['s']:.1f}{other}"


def ratio(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> float | None:
    """Geometric mean of their time over ours, where both answered."""
    pairs = [
        (answer["s"], ours[name]["s"])
        for name, answer in theirs.items()
        if answer["s"] and ours.get(name, {}).get("s")
    ]
    if not pairs:
        return None
    return math.exp(statistics.mean(math.log(one / other) for one, other in pairs))


def validation(folder: Path, runs: int) -> list[dict[str, object]]:
    """The same shapes over the same damaged graph; the digest is that of the findings."""
    trig = folder / "damaged.trig"
    return [
        {
            "validation": name,
            "CPU s": one.cpu,
            "peak MB": round(one.megabytes),
            "findings": int(one.said.split()[0]),
            "digest": one.said.split()[1],
        }
        for name, call in (("shacl", "breaches_by_shacl"), ("pySHACL", "breaches_by_pyshacl"))
        for one in [median([sys.executable, "-c", _JUDGE, trig, call], runs=runs)]
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = options("peers", __doc__)
    parser.add_argument("records", nargs="?", type=int, default=RECORDS, metavar="RECORDS")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--prepare", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    runs, count = chosen.runs, chosen.records
    if chosen.prepare:
        prepare(chosen.prepare, count)
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        # Apart: a process inherits the peak of the one that starts it.
        spent([sys.executable, "-m", "benchmarks.peers", str(count), "--prepare", folder])
        (folder / "mapping").mkdir()
        mapped = mapping(folder / "mapping", _TIMES * count, runs)
        asked, engines = questions(folder, runs)
        judged = validation(folder, runs)
    if chosen.json:
        all_of_it = {"mapping": mapped, "questions": asked, "engines": engines}
        print(json.dumps(all_of_it | {"validation": judged}, indent=2))
        return
    for rows in (mapped, asked, engines, judged):
        show(rows, as_json=False)
        print()


if __name__ == "__main__":
    main()
