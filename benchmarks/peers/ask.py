"""Asks one engine the questions of a file: `ask.py ENGINE DATA QUESTIONS RUNS SECONDS`.

Needs the engine alone, so that it runs in an environment of the engine's own. Prints JSON: CPU
seconds of loading and of each question (median), its rows and their digest. A question that takes
longer than SECONDS is given up, where the engine lets go.
"""

import hashlib
import json
import signal
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Ask = Callable[[str], list[tuple[Any, ...]]]


def rows_of_oxigraph(store: Any) -> Ask:
    """Rows as text, of a store of pyoxigraph."""

    def ask(text: str) -> list[tuple[Any, ...]]:
        found = store.query(text, use_default_graph_as_union=True)
        names = [v.value for v in found.variables]
        return [tuple(None if row[n] is None else row[n].value for n in names) for row in found]

    return ask


def load(engine: str, data: str) -> Ask:
    """A function from SPARQL (or SQL) to rows."""
    if engine in {"oxigraph memory", "oxigraph disk"}:
        import pyoxigraph

        if engine == "oxigraph disk":
            return rows_of_oxigraph(pyoxigraph.Store.read_only(data))
        store = pyoxigraph.Store()
        store.bulk_load(path=data, format=pyoxigraph.RdfFormat.TRIG)
        return rows_of_oxigraph(store)
    if engine in {"rdflib", "rdflib view"}:
        import rdflib

        if engine == "rdflib":
            graph: Any = rdflib.Graph().parse(data, format="nt")
        else:
            import pyoxigraph

            from kg.store import dataset

            graph = dataset(pyoxigraph.Store.read_only(data))
        return lambda text: [
            tuple(None if cell is None else str(cell) for cell in row) for row in graph.query(text)
        ]
    if engine == "maplib":
        import maplib  # type: ignore[import-not-found]

        model = maplib.Model()
        model.read(data)

        def ask(text: str) -> list[tuple[Any, ...]]:
            frame = model.query(text, solution_mappings=False)
            return [
                tuple(None if cell is None else plain(str(cell)) for cell in row)
                for row in frame.rows()
            ]

        return ask
    if engine == "duckdb":
        import duckdb  # type: ignore[import-not-found]

        base = duckdb.connect()
        base.execute("SET threads TO 1")
        base.execute("CREATE TABLE t AS SELECT * FROM read_csv(?, all_varchar = true)", [data])
        return lambda text: base.execute(text).fetchall()
    raise SystemExit(f"no engine {engine}")


def plain(cell: str) -> str:
    """A term as maplib writes it -> its text."""
    if cell.startswith("<"):
        return cell[1:-1]
    return cell.rpartition('"')[0][1:] if cell.startswith('"') else cell


def main() -> None:
    """Load, ask, print."""
    engine, data, questions, runs, seconds = sys.argv[1:]
    texts = json.loads(Path(questions).read_text("utf-8"))
    began = time.process_time()
    ask = load(engine, data)
    told: dict[str, Any] = {"load s": time.process_time() - began, "questions": {}}

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    for name, text in texts.items():
        times: list[float] = []
        rows: list[tuple[Any, ...]] = []
        try:
            for _ in range(int(runs)):
                signal.alarm(int(seconds))
                began = time.process_time()
                rows = ask(text)
                times.append(time.process_time() - began)
                signal.alarm(0)
                if times[-1] > 5:
                    break
        except TimeoutError:
            told["questions"][name] = {"s": None, "why": f"more than {seconds} s"}
            continue
        except BaseException as error:  # a panic of an engine in Rust is no Exception
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            signal.alarm(0)
            told["questions"][name] = {"s": None, "why": f"{type(error).__name__}: {error}"[:150]}
            if not isinstance(error, Exception):
                ask = load(engine, data)  # what panicked answers nothing any more
            continue
        digest = hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()[:12]
        told["questions"][name] = {
            "s": statistics.median(times),
            "rows": len(rows),
            "digest": digest,
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
