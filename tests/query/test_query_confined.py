"""Behind the gate, too: no request, no file, no end of memory or time, and the next answer right.

The gate is held to its own list in `test_query_guard.py`. Here the engine is
given what the gate would refuse, and what it cannot: questions without end.
"""

import contextlib
import json
import os
import random
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kg.errors import QueryError, QueryLimitError
from kg.query import Limits, run

#: `make harm` tries all; the ordinary suite a tenth, the same on every run.
ALL = "KG_HARM" in os.environ
_MEGABYTE = 1024 * 1024

_OUT = (
    "SERVICE <HOST> { ?s ?p ?o }",
    "SERVICE SILENT <HOST> { ?s ?p ?o }",
    "SERVICE <FILE> { ?s ?p ?o }",
    "SERVICE ?where { ?s ?p ?o } VALUES ?where { <HOST> <FILE> }",
    "GRAPH <HOST> { ?s ?p ?o }",
    "GRAPH <FILE> { ?s ?p ?o }",
)
_INTO = (
    "SELECT * { OUT }",
    "SELECT * { ?s ?p ?o . OUT }",
    "SELECT * { { ?s ?p ?o } UNION { OUT } }",
    "SELECT * { ?s ?p ?o OPTIONAL { OUT } }",
    "SELECT * { ?s ?p ?o MINUS { OUT } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { OUT } }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { OUT } }",
    "SELECT * { BIND(EXISTS { OUT } AS ?x) }",
    "SELECT * { { SELECT * { OUT } } }",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { OUT })",
    "SELECT ?s { ?s ?p ?o } ORDER BY EXISTS { OUT }",
    "SELECT (EXISTS { OUT } AS ?x) { }",
    "SELECT * { GRAPH ?g { OUT } }",
    "ASK { OUT }",
    "CONSTRUCT { ?s ?p ?o } WHERE { OUT }",
    "DESCRIBE ?s { OUT }",
)
ESCAPES = [
    *(form.replace("OUT", out) for form in _INTO for out in _OUT),
    *(
        f"{head} FROM {named}<{target}> {{ ?s ?p ?o }}"
        for head in ("SELECT *", "ASK", "CONSTRUCT { ?s ?p ?o }", "DESCRIBE ?s")
        for named in ("", "NAMED ")
        for target in ("HOST", "FILE", "file:///etc/passwd")
    ),
    "LOAD <HOST>",
    "LOAD <FILE> INTO GRAPH <urn:x:g>",
    "SELECT (<http://www.w3.org/2005/xpath-functions#doc>('FILE') AS ?x) { }",
    "SELECT (<http://jena.hpl.hp.com/ARQ/function#bnode>('HOST') AS ?x) { }",
    "SELECT * { ?s <http://jena.apache.org/text#query> 'HOST' }",
    "SELECT * { <FILE> <http://www.w3.org/2000/01/rdf-schema#seeAlso> ?o }",
    "SELECT * { ?s <java:java.lang.Runtime> 'FILE' }",
    "DESCRIBE <HOST>",
    "DESCRIBE <FILE>",
]

_CROSS = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(8))
_PAIR = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s"
_DOUBLED = " ".join(
    ["BIND('xxxxxxxxxxxxxxxx' AS ?v0)"]
    + [f"BIND(CONCAT(?v{i}, ?v{i}) AS ?v{i + 1})" for i in range(30)]
)
_VALUES = " ".join(str(n) for n in range(200))
_LOOP = " ".join(f"VALUES ?v{i} {{ {_VALUES} }}" for i in range(6))
EXPENSIVE = [
    f"SELECT (COUNT(*) AS ?n) {{ {_CROSS} }}",
    f"SELECT (COUNT(DISTINCT ?a0) AS ?n) {{ {_CROSS} }}",
    f"SELECT DISTINCT * {{ {_CROSS} }}",
    f"SELECT DISTINCT ?a ?f ?i {{ {_PAIR} }}",
    f"SELECT * {{ {_CROSS} }} ORDER BY ?c7",
    f"SELECT * {{ {_CROSS} }} ORDER BY RAND() LIMIT 1",
    f"SELECT * {{ {_CROSS} }} OFFSET 999999999999",
    f"ASK {{ {_CROSS} FILTER(?a0 = 'never') }}",
    f"ASK {{ {_CROSS} FILTER(STR(?c0) = STR(?c7) && 1 = 2) }}",
    f"CONSTRUCT {{ ?a0 ?b1 ?c2 }} WHERE {{ {_CROSS} }}",
    f"DESCRIBE ?a0 {{ {_CROSS} FILTER(STRLEN(STR(?c0)) > 99999) }}",
    f"SELECT (GROUP_CONCAT(?x) AS ?all) {{ {_CROSS} BIND(CONCAT(STR(?c0), STR(?c1)) AS ?x) }}",
    f"SELECT (SUM(STRLEN(STR(?c0))) AS ?n) {{ {_CROSS} }}",
    f"SELECT ?a0 (COUNT(*) AS ?n) {{ {_CROSS} }} GROUP BY ?a0",
    f"SELECT ?a ?d ?g (SAMPLE(?l) AS ?x) {{ {_PAIR} }} GROUP BY ?a ?d ?g",
    f"SELECT (STRLEN(?v30) AS ?n) {{ {_DOUBLED} }}",
    f"SELECT ?v29 ?v30 {{ {_DOUBLED} }}",
    f"SELECT (MD5(?v30) AS ?n) {{ {_DOUBLED} }}",
    f"SELECT (REPLACE(?v30, 'x', 'yyyyyyyyyyyyyyyy') AS ?n) {{ {_DOUBLED} }}",
    f"SELECT (ENCODE_FOR_URI(REPLACE(?v30, 'x', ' ')) AS ?n) {{ {_DOUBLED} }}",
    f"SELECT (COUNT(*) AS ?n) {{ {_LOOP} }}",
    f"SELECT (COUNT(DISTINCT ?h) AS ?n) {{ {_LOOP} BIND(SHA512(STR(?v0 + ?v5)) AS ?h) }}",
    f"SELECT DISTINCT (STRUUID() AS ?u) {{ {_LOOP} }}",
    f"SELECT (COUNT(*) AS ?n) {{ {_CROSS} FILTER(REGEX(STR(?c0), '^(a+)+$')) }}",
    (
        "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x:x>)* ?b . ?b (!<urn:x:x>)* ?c . "
        "?c (!<urn:x:x>)* ?d . ?d (!<urn:x:x>)* ?e . ?e (!<urn:x:x>)* ?f }"
    ),
    (
        "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x:x>|^(!<urn:x:x>))* ?b . ?c (!<urn:x:x>)+ ?d . "
        "?e (!<urn:x:y>)+ ?f }"
    ),
    f"SELECT (COUNT(*) AS ?n) {{ {_PAIR} OPTIONAL {{ {_CROSS} }} }}",
    f"SELECT (COUNT(*) AS ?n) {{ {_PAIR} FILTER NOT EXISTS {{ {_CROSS} FILTER(?a0 = ?zz) }} }}",
    f"SELECT (COUNT(*) AS ?n) {{ {_PAIR} MINUS {{ {_CROSS} }} }}",
    (
        f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT * {{ {_PAIR} }} }} "
        f"{{ SELECT DISTINCT * {{ {_CROSS} }} }} }}"
    ),
]


def some(cases: list[str]) -> list[str]:
    """A tenth, or all of them for `make harm`."""
    return cases if ALL else random.Random(6).sample(cases, max(3, len(cases) // 10))


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside of the harvest, in a form that the engine could load."""
    path = tmp_path / "secret.nt"
    path.write_text("<urn:x:hidden> <urn:x:says> 'SECRETWORD' .\n", encoding="utf-8")
    return path


@pytest.fixture
def calls():
    """Counts connections to a socket of this machine."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.1)
    seen: list[object] = []
    stop = threading.Event()

    def listen() -> None:
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = server.accept()
                seen.append(connection)
                connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql", seen
    stop.set()
    thread.join()
    server.close()


def past_the_gate(small, library, text: str):
    """A question that was never checked, as if the gate had a hole."""
    prepared = small.prepare("ASK { ?s ?p ?o }", {}, library=library)
    passed = type(prepared.checked)(text, "select", None, (), text)
    return type(prepared)(prepared.question, passed)


def test_the_lists_are_long_enough_to_mean_something():
    """A hundred ways out and thirty questions without end."""
    assert len(set(ESCAPES)) == len(ESCAPES) >= 100
    assert len(set(EXPENSIVE)) == len(EXPENSIVE) >= 30


def test_no_escape_reads_or_calls_even_past_the_gate(small, library, secret, calls):
    """With the gate each is refused or finds nothing; without it, nothing is reached either."""
    host, seen = calls
    for escape in some(ESCAPES):
        text = escape.replace("HOST", host).replace("FILE", secret.as_uri())
        for ask in (
            lambda text=text: small.prepare(text, {}, library=library),
            lambda text=text: past_the_gate(small, library, text),
        ):
            told = ""
            try:
                answer = run(ask(), trig=small.trig, cache=small.cache, timeout=5)
                told = "" if answer.boolean is not None else str(answer.strings())
            except QueryError as error:
                told = str(error)
            assert "SECRETWORD" not in told
            assert "root:" not in told

    assert seen == []


@pytest.mark.skipif(os.name == "nt", reason="Windows lacks limits of a process; see threat model")
def test_questions_without_end_are_ended(small):
    """In time and memory, with a message that names the limit; and the next answer is right."""
    # In a process of its own: the system tells the largest child that a process ever had.
    cases = some(EXPENSIVE)
    done = subprocess.run(
        [sys.executable, __file__, str(small.trig), str(small.cache)],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
        timeout=900,
    )
    told = json.loads(done.stdout)

    assert [t for t in told["ended"] if not t["message"]] == []
    assert [t for t in told["ended"] if t["cpu"] > told["limit"] + 1] == []
    assert [t for t in told["ended"] if t["seconds"] > told["limit"] + 1] == []
    assert told["largest"] <= 1024 * _MEGABYTE
    assert told["right"] == len(cases)


#: Some 130 MB of one value: more than the least that may be allowed, less than what is by itself.
_HEAVY = " ".join(
    ["SELECT (STRLEN(?v23) AS ?n) { BIND('xxxxxxxxxxxxxxxx' AS ?v0)"]
    + [f"BIND(CONCAT(?v{i}, ?v{i}) AS ?v{i + 1})" for i in range(23)]
    + ["}"]
)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
def test_the_memory_of_a_question_is_told_and_can_be_raised(example):
    """Whoever types a question is told the limit and the option that raises it, and it does."""
    with pytest.raises(QueryLimitError, match=r"more than 64 MB .*: kg query --memory MB\."):
        example.ask(_HEAVY, {}, memory=64)
    raised = subprocess.run(
        [
            *(sys.executable, "-m", "kg", "-C", str(example.config.root), "query", _HEAVY),
            *("--memory", "1024", "--timeout", "300", "--format", "csv"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert raised.stdout.split() == ["n", str(16 * 2**23)]


def test_the_time_of_a_question_is_told_and_can_be_raised(example):
    """The message names the seconds and the option."""
    told = r"after 0\.2 seconds.*: kg query --timeout SECONDS\."

    with pytest.raises(QueryLimitError, match=told):
        example.ask(f"SELECT (COUNT(*) AS ?n) {{ {_CROSS} }}", {}, timeout=0.2)


_TRIES = 8


def _processor_time() -> float:
    """Seconds of processor time of all children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def _ask_all(trig: Path, cache: Path, cases: list[str]) -> dict[str, object]:
    """What became of each case, for the test above."""
    import resource
    import time

    from kg.query import load_library, prepare
    from kg.resources import resource as shipped
    from kg.store import open_store, select_from

    library = load_library(shipped("queries"))
    select = select_from(open_store(trig, cache=cache))
    control = prepare("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {}, library=library, select=select)
    right = run(control, trig=trig, cache=cache).strings()
    limit, ended, still = 1.0, [], 0
    for case in cases:
        asked = prepare(case, {}, library=library, select=select)
        took, spent, message = [], [], ""
        # A busy machine may give us no turn for a second; a question without an end never ends.
        while not took or (min(took) > limit + 1 and len(took) < _TRIES):
            start, before = time.monotonic(), _processor_time()
            try:
                run(asked, trig=trig, cache=cache, limits=Limits(limit, 900 * _MEGABYTE))
                message = "answered"
            except QueryLimitError as error:
                named = any(char.isdigit() for char in str(error))
                message = str(error) if named else ""
            took.append(time.monotonic() - start)
            spent.append(_processor_time() - before)
        ended.append(
            {"case": case[:60], "message": message, "seconds": min(took), "cpu": max(spent)}
        )
        still += run(control, trig=trig, cache=cache).strings() == right
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024
    return {"limit": limit, "ended": ended, "right": still, "largest": largest * unit}


if __name__ == "__main__":
    print(json.dumps(_ask_all(Path(sys.argv[1]), Path(sys.argv[2]), json.load(sys.stdin))))
