"""What may be asked: refusals in any spelling, and no way out to a listening socket."""

import contextlib
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery

from kg.errors import QueryError, QueryLimitError, UsageError
from kg.query.bind import bind
from kg.query.guard import check
from kg.query.library import parse_question
from kg.query.tokens import WORDS, quote, tokenize
from kg.store import dataset, open_store, query

U = "\\u"  # the beginning of an escape by number

#: Ways out, or in. HOST is where somebody listens.
ESCAPES = [
    "SELECT * { SERVICE <HOST> { ?s ?p ?o } }",
    "SELECT * { service <HOST> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <HOST> { ?s ?p ?o } }",
    "SELECT * { SERVICE<HOST>{ ?s ?p ?o } }",
    "SELECT*{SERVICE<HOST>{?s ?p ?o}}",
    "SELECT * { SERVICE ?where { ?s ?p ?o } VALUES ?where { <HOST> } }",
    "PREFIX h: <HOST> SELECT * { SERVICE h: { ?s ?p ?o } }",
    "BASE <HOST> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o OPTIONAL { SERVICE <HOST> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE <HOST> { ?s ?p ?o } } }",
    "SELECT * { { ?s ?p ?o } UNION { SERVICE <HOST> { ?s ?p ?o } } }",
    "SELECT * { GRAPH ?g { SERVICE <HOST> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <HOST> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <HOST> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER(1 = 1 && EXISTS { SERVICE <HOST> { ?s ?p ?o } }) }",
    "SELECT (EXISTS { SERVICE <HOST> { ?s ?p ?o } } AS ?x) { }",
    "SELECT * { BIND(EXISTS { SERVICE <HOST> { ?s ?p ?o } } AS ?x) }",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { SERVICE <HOST> { ?s ?p ?o } })",
    "SELECT ?s { ?s ?p ?o } ORDER BY EXISTS { SERVICE <HOST> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <HOST> { ?s ?p ?o } } } }",
    "ASK { SERVICE <HOST> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <HOST> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <HOST> { ?s ?p ?o } }",
    # Escapes by number: one engine expands them before it reads, the other does not.
    f"SELECT * {{ {U}0053ERVICE <HOST> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ S{U}0045RVICE <HOST> {{ ?s ?p ?o }} }}",
    "SELECT * { \\U00000053ERVICE <HOST> { ?s ?p ?o } }",
    f"SELECT * {{ {U}0053{U}0045{U}0052{U}0056{U}0049{U}0043{U}0045 <HOST> {{ }} }}",
    f"{U}0053ELECT * {{ SERVICE <HOST> {{ ?s ?p ?o }} }}",
    # What is a comment or a string for one engine and a query for the other.
    "SELECT * { # \r SERVICE <HOST> { ?s ?p ?o }\n}",
    f"SELECT * {{ # {U}000a SERVICE <HOST> {{ ?s ?p ?o }}\n ?s ?p ?o }}\n}}",
    "SELECT * { #\u2028 \n SERVICE <HOST> { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { 'a' } SERVICE <HOST> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2) SERVICE <HOST> { ?s ?p ?o } FILTER(3>2) }",
    # Words written together, and words that SPARQL does not have.
    "ASKFROM <HOST> { ?s ?p ?o }",
    "SELECT * { SERVICESILENT <HOST> { ?s ?p ?o } }",
    "SELECT * { OPTIONALSERVICE <HOST> { ?s ?p ?o } }",
    "SELECT * FROM <HOST> { ?s ?p ?o }",
    "SELECT * from<HOST>{ ?s ?p ?o }",
    "SELECT * FROM NAMED <HOST> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "ASK FROM <HOST> { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } FROM <HOST> WHERE { ?s ?p ?o }",
    "CONSTRUCT FROM <HOST> WHERE { ?s ?p ?o }",
    "DESCRIBE <HOST> FROM <HOST>",
    f"SELECT * {U}0046ROM <HOST> {{ ?s ?p ?o }}",
    "LOAD <HOST>",
    "LOAD SILENT <HOST> INTO GRAPH <urn:x:g>",
    f"L{U}004fAD <HOST>",
    "SELECT * { ?s ?p ?o } ; LOAD <HOST>",
    "INSERT DATA { <urn:x:a> <urn:x:b> <urn:x:c> }",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <HOST> { ?s ?p ?o } }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE DATA { <urn:x:a> <urn:x:b> <urn:x:c> }",
    "WITH <urn:x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } USING <HOST> WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP GRAPH <urn:x:g>",
    "CREATE GRAPH <urn:x:g>",
    "COPY DEFAULT TO <urn:x:g>",
    "MOVE DEFAULT TO <urn:x:g>",
    "ADD DEFAULT TO <urn:x:g>",
    "PREFIX x: <urn:x:> INSERT DATA { x:a x:b x:c }",
    # Functions by address could do anything.
    "SELECT (<http://www.w3.org/2005/xpath-functions#doc>('HOST') AS ?x) { }",
    "PREFIX f: <urn:x:> SELECT (f:fetch('HOST') AS ?x) { }",
    "SELECT (oh:fetch('HOST') AS ?x) { }",
    "SELECT * { ?s ?p ?o FILTER(<java:java.lang.Runtime>('HOST')) }",
    "SELECT (<urn:x:sum>(DISTINCT ?o) AS ?x) { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ORDER BY <urn:x:f>(?o)",
]

#: What a person may well ask, and rdflib and Oxigraph both take.
ALLOWED = [
    "SELECT * { ?s ?p ?o }",
    "SELECT * WHERE { ?service ?from 'SERVICE <x> { }', \"LOAD\", '''FROM''' }",
    "SELECT * { ?s rdfs:label 'de la source'@fr } # SERVICE <http://example.org/>",
    "PREFIX service: <urn:x:> ASK { service:from service:load ?load }",
    "SELECT * { ?s skos:broader*/oh:country? ?o ; ^oh:reports [ a oh:Fragment ] }",
    "SELECT * { ?s !(oh:a|^oh:b)+ ?o . FILTER(?o>-1&&?o<=+2.5e3||!bound(?s)) }",
    "SELECT (COALESCE (?a, CONCAT ('x', 'y')) AS ?b) (xsd:integer('1')+1 AS ?c) { }",
    "SELECT ?s (COUNT(DISTINCT *) AS ?n) { ?s ?p ?o } GROUP BY ?s HAVING(COUNT(?p)>1) LIMIT 3",
    'SELECT * { VALUES (?x ?y) { (1 UNDEF) ("a\\nb" <urn:x:y>) } } ORDER BY DESC(?x) OFFSET 1',
    "CONSTRUCT { ?s oh:near ?o } WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s",
    "DESCRIBE <urn:x:a> ?s WHERE { ?s a oh:Outcome }",
    "ASK { ?s ?p 'l’effet «ouvert»' , \"tab\\there\" , 5 , true , '2022'^^xsd:gYear }",
    f"SELECT * {{ ?s ?p '{U}00e9t{U}00e9', <urn:x:{U}00e9> }}",
    "SELECT * { ?s ?p ?o FILTER(REGEX(?o, '^a.*\\\\.$', 'i') && ?o NOT IN (1, 2)) }",
    # Four quotation marks: three end the string, the fourth begins the next one.
    "SELECT * { VALUES ?x { '''a'''' } SERVICE <urn:x:a> { ?s ?p ?o } # ''' } }",
    "SELECT ?été WHERE { ?été <urn:x:p> _:b1 . _:b1 ?p () , (1 2) }",
]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """An address of this machine, and who called there."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.1)
    calls: list[object] = []
    stopped = threading.Event()

    def listen() -> None:
        while not stopped.is_set():
            try:
                connection, address = server.accept()
            except TimeoutError:
                continue
            calls.append(address)
            connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql", calls
    stopped.set()
    thread.join()
    server.close()


def test_the_listener_hears(listener) -> None:
    """The control: unguarded, both engines call out."""
    host, calls = listener
    asked = f"SELECT * {{ SERVICE <{host}> {{ ?s ?p ?o }} }}"
    with contextlib.suppress(OSError):
        list(pyoxigraph.Store().query(asked))
    heard = len(calls)
    with contextlib.suppress(OSError, EOFError):
        list(rdflib.Graph().query(asked))

    assert 0 < heard < len(calls)


def test_every_escape_is_refused(small, library, listener) -> None:
    """None of them leaves, neither by the command's way nor by the rdflib view."""
    host, calls = listener
    refused = 0
    for escape in ESCAPES:
        asked = escape.replace("HOST", host)
        for way in (
            lambda text: small.run(small.prepare(text, {}, library=library)),
            small.rdflib.query,
            dataset(small.store).query,
        ):
            with pytest.raises(QueryError) as raised:
                way(asked)
            assert "127.0.0.1" not in str(raised.value)
            assert "\n" not in str(raised.value)
            refused += 1
        # One graph of the data set, asked past the gate: rdflib may refuse in its own words.
        with contextlib.suppress(Exception):
            list(small.rdflib.default_graph.query(asked))

    assert refused == 3 * len(ESCAPES)
    assert len(ESCAPES) >= 60
    assert calls == []


def test_the_engine_behind_the_gate_is_denied_sockets_as_well(small, library, listener) -> None:
    """Were the gate passed, the process in which a question runs could not open a socket."""
    host, calls = listener
    prepared = small.prepare("ASK { ?s ?p ?o }", {}, library=library)
    text = f"SELECT * {{ SERVICE <{host}> {{ ?s ?p ?o }} }}"
    passed = type(prepared.checked)(text, "select", None, (), text)
    with pytest.raises(QueryError):
        small.run(type(prepared)(prepared.question, passed))

    assert calls == []


def test_doors_of_rdflib_are_closed(small, listener) -> None:
    """Prepared queries, single graphs, another evaluator, parse, update: none leaves."""
    host, calls = listener
    service = f"SELECT * {{ SERVICE <{host}> {{ ?s ?p ?o }} }}"
    hidden = f"SELECT * {{ FILTER EXISTS {{ SERVICE <{host}> {{ ?s ?p ?o }} }} }}"
    for data in (small.rdflib, dataset(small.store)):
        for asked in (service, hidden):
            with pytest.raises(QueryError):
                list(data.query(asked))
            with pytest.raises(QueryError):
                list(data.query(prepareQuery(asked)))
            with pytest.raises(QueryError):
                list(data.query(asked, use_store_provided=False))
            with pytest.raises(QueryError):
                list(data.default_graph.query(prepareQuery(asked)))
        with pytest.raises(QueryError):
            data.update(f"LOAD <{host}>")
        with pytest.raises(UsageError):
            data.parse(host)
        list(data.query(prepareQuery(f"SELECT * FROM <{host}> {{ ?s ?p ?o }}")))

    assert calls == []


def test_other_graphs_of_rdflib_are_left_alone(small, listener) -> None:
    """The guard is ours: an analyst's own graph in the same notebook asks whom it likes."""
    host, calls = listener
    assert small.rdflib is not None
    with contextlib.suppress(OSError):
        list(rdflib.Graph().query(f"SELECT * {{ SERVICE <{host}> {{ ?s ?p ?o }} }}"))

    assert len(calls) > 0


@pytest.mark.parametrize("asked", ALLOWED)
def test_what_is_allowed_runs_on_both_engines(asked: str) -> None:
    """The gate keeps out nothing that a person may ask."""
    text = check(asked).text
    pyoxigraph.Store().query(text)

    assert list(rdflib.Dataset().query(text)) is not None


_AT_ONCE = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor
from kg.query.guard import check
sys.setswitchinterval(1e-5)
start = threading.Barrier(8)
def ask(number):
    start.wait()
    check(f"SELECT (COUNT(?b) AS ?n) WHERE {{ ?a <urn:p{number}> ?b . FILTER(?b > {number}) }}")
with ThreadPoolExecutor(8) as crew:
    list(crew.map(ask, range(8)))
"""


def test_the_first_questions_may_come_at_once() -> None:
    """rdflib's parser learns in its first use; threads that come together do not confuse it."""
    done = subprocess.run(
        [sys.executable, "-c", _AT_ONCE], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_every_word_of_the_list_is_one_of_sparql() -> None:
    """A word that could hide another would defeat the list."""
    assert not {w for w in WORDS for other in ("service", "load", "from") if w.startswith(other)}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("SELECT * {\n  ?s ?p ?o\n  FILTER(\n}", "line 3, column 3"),
        ("SELECT * { ?s foo:bar ?o }", "line 1, column 15.*PREFIX"),
        ("SELECT * { ?s <bar> ?o }", "line 1, column 15.*scheme"),
        ("SELECT * { ?s ?p 'abc }", "line 1, column 18.*quotation"),
        ("SELECT * {\r\n ?s ?p ~ }", "line 2, column 8"),
        ("SELECT * { ?s ?p secret }", "line 1, column 18.*no word"),
        ("", "empty"),
        ("  # nothing but a remark", "empty"),
        ("SELECT * { ?s ?p ?o } }", "column 23"),
        ("ASK " + "{ " * 60 + "} " * 60, "brackets"),
        ("ASK { " + "?s ?p ?o . " * 5000 + "}", "too long"),
        ("ASK { ?s ?p '" + "x" * 200_000 + "' }", "characters"),
    ],
)
def test_errors_tell_the_place_and_no_words(asked: str, told: str) -> None:
    """Line and column, what was expected, never the query's own words."""
    with pytest.raises(QueryError, match=told) as raised:
        check(asked)

    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_errors_of_the_engine_tell_the_place(small, library) -> None:
    """Where rdflib is content and Oxigraph is not, the place in the typed query is told."""
    asked = "# count them\nSELECT ?secret (COUNT(?s) AS ?n)\nWHERE { ?s oh:key ?secret }"
    with pytest.raises(QueryError, match=r"line \d, column \d+") as raised:
        small.run(small.prepare(asked, {}, library=library))

    assert "secret" not in str(raised.value)


# --- parameters cannot break out ----------------------------------------------------------------

HOSTILE = [
    '"',
    "'",
    "\\",
    '" } SERVICE <http://127.0.0.1:1/> { } #',
    '" . } ; DROP ALL #',
    "\\u0022 } SERVICE <http://127.0.0.1:1/> { } # ",
    "\\\\u0022 }",
    "\\U00000022 }",
    "x> } SERVICE <http://127.0.0.1:1/> { <y",
    "?_text",
    "${jndi:x}",
    "a\nb\r\n} #",
    '"""',
    "'''",
    "\x00a",
    "\ud800a",
    "a\u2028b",
    "<a>",
    "2022' OR 1=1",
    "{ ?s ?p ?o }",
]


def _echo(kind: str) -> object:
    return parse_question(
        f"#+ parameters:\n#+   it: {{type: {kind}, example: x}}\n"
        "SELECT ?x WHERE { VALUES ?x { 1 } FILTER(STR(?_it) != '' && EXISTS { VALUES ?y { 2 } }) "
        "{ SELECT ?x { VALUES ?x { 1 } FILTER(STR(?_it) != 'nothing') } } } ORDER BY ?x",
        name="echo",
        file="echo.rq",
    )


@pytest.mark.parametrize(
    "kind",
    [
        "fragment", "organisation", "code", "objective", "country", "actor",
        "year", "integer", "decimal", "text", "iri",
    ],
)  # fmt: skip
def test_no_value_changes_the_question(kind: str) -> None:
    """A value is one term or an error, whatever it holds, also where a resolver would lie."""
    question = _echo(kind)
    shape = [t.kind for t in tokenize(bind(_echo("text"), {"it": "a"}, resolve=_none).text)]
    for value in HOSTILE:
        try:
            text = bind(question, {"it": value}, resolve=lambda _kind, typed: (typed,)).text
        except (QueryError, UsageError) as error:
            assert value not in str(error) or len(value) < 4
            continue
        found = [t.kind for t in tokenize(text)]
        if kind == "text":
            assert found == shape
        rows = list(pyoxigraph.Store().query(text))
        assert len(rows) == 1, "the question says 1, whatever the value"


def _none(*_arguments: object) -> tuple[str, ...]:
    return ()


@given(st.text())
def test_text_reaches_both_engines_as_it_is(text: str) -> None:
    """What is between the quotation marks is the value, for Oxigraph and for rdflib."""
    asked = check(f"SELECT ({quote(text)} AS ?x) {{}}").text
    kept = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    by_oxigraph = next(iter(pyoxigraph.Store().query(asked)))[0].value
    by_rdflib = str(next(iter(rdflib.Graph().query(asked)))[0])

    assert by_oxigraph == by_rdflib
    assert by_oxigraph == kept


@given(st.text(alphabet="SERVICE<>{}'\"#\\\r\n \u0085u0053?x.;", max_size=40))
def test_plain_spelling_is_stable(text: str) -> None:
    """What passed once passes again as it was written, with the same tokens."""
    try:
        once = check(f"ASK {{ {text} }}")
    except QueryError:
        return
    again = check(once.text)

    assert again.text == once.text


# --- limits -------------------------------------------------------------------------------------


def test_an_endless_question_is_stopped(small, library) -> None:
    """The clock ends it; the next question is answered."""
    from kg.query import run

    cross = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(6))
    endless = small.prepare(f"SELECT (COUNT(*) AS ?n) {{ {cross} }}", {}, library=library)
    with pytest.raises(QueryLimitError, match=r"after 0.5 seconds.*--timeout"):
        run(endless, trig=small.trig, cache=small.cache, timeout=0.5)

    assert small.run(small.prepare("ASK { ?s ?p ?o }", {}, library=library)).boolean is True


def test_memory_is_limited(small, library) -> None:
    """Doubling a string ends with a message, not with the machine."""
    from kg.query import Limits, run

    doubled = "'xxxxxxxxxxxxxxxx'"
    binds = [f"BIND({doubled} AS ?v0)"]
    binds += [f"BIND(CONCAT(?v{i}, ?v{i}) AS ?v{i + 1})" for i in range(26)]
    asked = f"SELECT (STRLEN(?v26) AS ?n) {{ {' '.join(binds)} }}"
    prepared = small.prepare(asked, {}, library=library)
    with pytest.raises(QueryLimitError, match="memory"):
        run(
            prepared,
            trig=small.trig,
            cache=small.cache,
            limits=Limits(memory=64 * 1024 * 1024),
        )


def test_rows_and_bytes_are_limited(small, library) -> None:
    """Each message names the limit."""
    from kg.query import Limits, run

    prepared = small.prepare("SELECT * { ?s ?p ?o }", {}, library=library)
    with pytest.raises(QueryLimitError, match="more than 10 rows"):
        run(prepared, trig=small.trig, cache=small.cache, limits=Limits(rows=10))
    with pytest.raises(QueryLimitError, match=r"larger than .* MB"):
        run(prepared, trig=small.trig, cache=small.cache, limits=Limits(size=1000))


def test_without_a_cache_the_process_reads_the_file(small, library) -> None:
    """A read-only medium answers as well."""
    from kg.query import run

    prepared = small.prepare("organisations", {}, library=library)

    assert run(prepared, trig=small.trig, cache=None) == small.run(prepared)


def test_the_union_of_all_graphs_is_asked(small, library) -> None:
    """A pattern over two graphs answers without naming them; a named graph can still be asked."""
    joined = small.run(
        small.prepare(
            "SELECT ?l { ?o oh:involves/rdfs:label ?l } ORDER BY ?l LIMIT 1", {}, library=library
        )
    )
    named = query(
        open_store(small.trig, cache=None),
        "SELECT * { GRAPH <https://example.org/harvest/graph/frameworks> { ?s ?p ?o } } LIMIT 1",
    )

    assert joined.strings() == [("Coalition des producteurs",)]
    assert len(list(named)) == 1
