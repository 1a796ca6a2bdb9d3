"""A server that is gone, lies, sends elsewhere, wants a name: one clear line, no secret told."""

import contextlib
import json
import re
import ssl
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from kg.errors import KgError, UsageError
from kg.remote import Endpoint, EndpointError, ask_there, push
from kg.remote.address import checked
from kg.remote.push import held as graphs_there

_ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:a"}}]}}'
_RESULTS = "application/sparql-results+json"


def _says(
    status: int, body: bytes, kind: str = _RESULTS, length: int | None = None, **headers: str
):
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.send_header("Connection", "close")
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (_says(200, b"<html>CANARY-1</html>", "text/html"), "nothing there answers SPARQL"),
        (_says(302, b"", Location="http://127.0.0.1:9/CANARY-2"), "points to another address"),
        (_says(200, _ROWS[:40]), "nothing there answers SPARQL"),
        (_says(200, _ROWS, length=5000), "broke in the middle"),
        (_says(401, b"CANARY-3"), "does not let us in"),
        (_says(503, b"CANARY-4"), "nothing there answers SPARQL"),
        (_says(200, b"", "application/json"), "nothing there answers SPARQL"),
    ],
)
def test_what_answers_wrongly_is_told_in_one_line(wrong, answer, told):
    """A page, a redirect, half a result, a refusal: nothing of it is quoted or followed."""
    server = wrong(answer)
    with pytest.raises(EndpointError, match=told) as caught:
        Endpoint(server.address)

    assert "CANARY" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert {command for command, _, _ in server.seen} == {"POST"}


def test_a_server_that_turns_wrong_later_is_told(wrong, example):
    """Right at first; then a page, a redirect, half an answer, with and without a word
    about it: no row of it is shown.
    """
    turned = iter([_says(200, _ROWS)])
    for later, told in (
        (_says(200, b"<html/>", "text/html"), "other than a SPARQL result"),
        (_says(307, b"", Location="http://127.0.0.1:9/"), "points to another address"),
        (_says(200, _ROWS[:-20]), "ends in the middle"),
        (_says(500, b""), "refused the request"),
        (_says(200, _ROWS, X_SPARQL_MaxRows="1"), "a part of the answer only"),
        (_says(200, _ROWS, X_SQL_State="S1TAT"), "a part of the answer only"),
        (_says(200, _ROWS.replace(b'"s"', b'"t"')), "another question"),
        (_says(200, b'{"head":{},"boolean":true}'), "another question"),
        (_says(200, b"no gzip", Content_Encoding="gzip"), "ends in the middle"),
        (_says(200, b" " * 70_000_000), "larger than 64 MB"),
        (_drips, "no answer within 2 seconds"),
    ):
        turned = iter([_says(200, _ROWS), *[later] * 5])
        server = wrong(lambda handler, turned=turned: next(turned)(handler))
        seconds = 2 if later is _drips else 20
        with pytest.raises(EndpointError, match=told):
            ask_there(
                server.address, "SELECT ?s { ?s ?p ?o }", {}, config=example.config, seconds=seconds
            )


def test_half_a_graph_is_told(wrong, example):
    """A CONSTRUCT that is cut off, or answered by rows: none of its triples is shown."""
    triples = "application/n-triples"
    for later in (_says(200, b'<urn:a> <urn:b> "CAN', triples), _says(200, _ROWS, "text/plain")):
        turned = iter([_says(200, _ROWS), later])
        server = wrong(lambda handler, turned=turned: next(turned)(handler))
        with pytest.raises(EndpointError, match="ends in the middle"):
            ask_there(
                server.address,
                "CONSTRUCT WHERE { ?s ?p ?o }",
                {},
                config=example.config,
                seconds=20,
            )


def test_many_graphs_are_counted_where_a_server_gives_few_rows(wrong):
    """Virtuoso's limit of rows: the graphs that it holds are asked for by pages."""
    graphs = [f"urn:g{n}" for n in range(7)]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked = parse_qs(handler.body.decode())["query"][0]
        if "COUNT" not in asked:
            return _says(200, _ROWS)(handler)
        beyond = re.search(r'> "([^"]*)"', asked)
        rest = [g for g in graphs if beyond is None or g > beyond[1]]
        rows = [
            {"g": {"type": "uri", "value": g}, "n": {"type": "literal", "value": "3"}}
            for g in rest[: 3 if "LIMIT" not in asked else 2]
        ]
        head = {"vars": ["g", "n"]}
        body = json.dumps({"head": head, "results": {"bindings": rows}}).encode()
        return _says(200, body, X_SPARQL_MaxRows="3")(handler)

    with Endpoint(wrong(answer).address) as endpoint:
        assert graphs_there(endpoint) == dict.fromkeys(graphs, 3)


def test_what_looks_like_another_harvest_is_left_there(oxigraph, example, tmp_path):
    """Two projects under one base IRI: nothing is sent, until somebody says so."""
    base = example.config.base_iri
    with oxigraph("--union-default-graph") as address, Endpoint(address) as endpoint:
        for number in range(200):
            endpoint.put(f"{base}fragment/other{number}", b"<urn:a> <urn:b> <urn:c> .\n")
        with pytest.raises(EndpointError, match="another one's"):
            push(example.trig, endpoint, base=base, progress=lambda *_: None)
        before = len(graphs_there(endpoint))
        done = push(example.trig, endpoint, base=base, progress=lambda *_: None, replace=True)

    assert before == 200
    assert done.removed == 200


def _drips(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, and no end."""
    handler.send_response(200)
    handler.send_header("Content-Type", _RESULTS)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.1)


def test_one_that_is_not_there_or_silent_is_told(wrong, example):
    """Nothing listens; or it listens and says nothing."""
    with pytest.raises(EndpointError, match="nothing listens there"):
        Endpoint("http://127.0.0.1:1")
    held = threading.Event()
    server = wrong(lambda _: held.wait(30))
    with pytest.raises(EndpointError, match=r"no answer within 0\.5 seconds"):
        Endpoint(server.address, seconds=0.5)
    held.set()


def test_a_certificate_of_nobody_is_refused_and_its_authority_can_be_named(tmp_path, monkeypatch):
    """Self-signed: nothing is sent. With KG_ENDPOINT_CA it is answered."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.path)
            _says(200, _ROWS)(self)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"https://localhost:{server.server_port}"
    try:
        with pytest.raises(EndpointError, match="KG_ENDPOINT_CA"):
            Endpoint(address)
        before = list(seen)
        monkeypatch.setenv("KG_ENDPOINT_CA", str(certificate))
        with Endpoint(address) as endpoint:
            rows = endpoint.select("SELECT ?s { ?s ?p ?o }")
    finally:
        server.shutdown()
        server.server_close()

    assert before == []
    assert rows == [{"s": "urn:a"}]


@pytest.mark.parametrize(
    "typed",
    [
        "http://graph.example.org/", "http://10.0.0.1:7878", "http://192.168.1.4/", "ftp://x/",
        "graph.example.org", "", "http://127.0.0.1.evil.example/", "https://me:secret@graph.example",
        "http://127.0.0.1:abc", "http://[::1", "http://127.0.0.1:80/a\nb",
        "http://127.0.0.1:7878/?token=secret", "https://graph.example/#x", "http://2130706433/",
    ],
)  # fmt: skip
def test_an_address_is_https_or_this_machine_and_holds_no_secret(typed):
    """Refused before anything is sent, and never said again."""
    with pytest.raises(UsageError) as caught:
        checked(typed)

    assert "secret@" not in str(caught.value)


def test_a_secret_comes_from_the_environment_and_goes_to_who_asks(wrong, monkeypatch, tmp_path):
    """Basic only when asked for, a token at once, a key file; never to who did not ask."""

    def basic(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("authorization"):
            _says(200, _ROWS)(handler)
        else:
            _says(401, b"", WWW_Authenticate='Basic realm="x"')(handler)

    server = wrong(basic)
    monkeypatch.setenv("KG_ENDPOINT_USER", "officer")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "CANARY-PASS")
    with Endpoint(server.address):
        said = [headers.get("authorization", "") for _, _, headers in server.seen]
    open_server = wrong(_says(200, _ROWS))
    with Endpoint(open_server.address):
        unasked = [headers.get("authorization") for _, _, headers in open_server.seen]
    key = tmp_path / "key"
    key.write_text("CANARY-TOKEN\n", encoding="utf-8")
    monkeypatch.setenv("KG_ENDPOINT_KEY_FILE", str(key))
    with Endpoint(wrong(basic).address), Endpoint(open_server.address):
        held = open_server.seen[-1][2].get("authorization")
    monkeypatch.setenv("KG_ENDPOINT_KEY_FILE", str(tmp_path / "none"))

    assert said[0] == "" and said[1].startswith("Basic ")
    assert unasked == [None]
    assert held == "Bearer CANARY-TOKEN"
    with pytest.raises(UsageError, match="KG_ENDPOINT_KEY_FILE"):
        Endpoint(open_server.address)


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ('Digest realm="x", nonce="y", algorithm=SHA-3, qop="auth"', "does not know"),
        ('Digest realm="x"', "does not know"),
        ('Negotiate, Basic realm="x"', ""),
    ],
)
def test_ways_of_signing_in_are_looked_through(wrong, monkeypatch, way, told):
    """Several in one line; and one that nobody knows is told as that, without the secret."""
    monkeypatch.setenv("KG_ENDPOINT_USER", "officer")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "CANARY-PASS")

    def asks(handler: BaseHTTPRequestHandler) -> None:
        signed = handler.headers.get("authorization")
        (_says(200, _ROWS) if signed else _says(401, b"", WWW_Authenticate=way))(handler)

    server = wrong(asks)
    if told:
        with pytest.raises(UsageError, match=told) as caught:
            Endpoint(server.address)
        assert "CANARY" not in str(caught.value)
    else:
        Endpoint(server.address)
        assert server.seen[-1][2]["authorization"].startswith("Basic ")
    monkeypatch.setenv("KG_ENDPOINT_TOKEN", "CANARY\nX: y")
    with pytest.raises(UsageError, match="one line") as caught:
        Endpoint(server.address)
    assert "CANARY" not in str(caught.value)


def test_a_wrong_password_is_told_without_it(wrong, monkeypatch):
    """One line, which names the variables and not their values."""
    monkeypatch.setenv("KG_ENDPOINT_USER", "officer")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "CANARY-PASS")
    server = wrong(_says(401, b"", WWW_Authenticate='Basic realm="x"'))
    with pytest.raises(KgError, match="does not let us in") as caught:
        Endpoint(server.address)

    assert "CANARY" not in str(caught.value)
