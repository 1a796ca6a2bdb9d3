"""Nobody comes in who is not asked: other names, other origins, no token, no update, no file."""

import json
import re
from urllib.parse import urlencode

import pytest

from kg.config import load_config
from kg.errors import UsageError
from kg.harvest import Harvest
from kg.model import Audience
from kg.serve import own_origin

_QUERY = "/sparql?" + urlencode({"query": "ASK { ?o a oh:Outcome }"})
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_FORGED = [
    *({"Host": host} for host in (
        "evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost",
        "localhost.evil.example:{port}", "127.0.0.1.evil.example:{port}", "0.0.0.0:{port}",
        "127.0.0.2:{port}", "[::ffff:127.0.0.1]:{port}", "127.1:{port}", "2130706433:{port}",
        "user@127.0.0.1:{port}", "127.0.0.1:{port}/", "localhost.:{port}",
    )),
    *({"Origin": origin} for origin in (
        "https://evil.example", "null", "http://127.0.0.1", "http://localhost",
        "https://127.0.0.1:{port}", "http://127.0.0.1:1", "http://evil.example:{port}",
        "http://localhost.evil.example:{port}", "file://", "chrome-extension://abc",
    )),
    *({"Sec-Fetch-Site": site} for site in ("cross-site", "same-site", "nonsense")),
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
    {"Host": "evil.example", "Origin": "http://evil.example"},
    {"Host": "evil.example", "X-Forwarded-Host": "127.0.0.1:{port}"},
]  # fmt: skip


@pytest.mark.parametrize("forged", _FORGED, ids=lambda one: "|".join(one.values())[:40])
def test_forged_requests_are_refused(server, forged):
    """Another host, origin or site: 403 on every address, without a row, for no one to read."""
    headers = {name: value.replace("{port}", str(server.port)) for name, value in forged.items()}
    answers = [server.ask(path, headers=headers) for path in ("/", _QUERY, "/questions/by-year")]

    assert {status for status, _, _ in answers} <= {400, 403}
    assert all("access-control-allow-origin" not in headers for _, headers, _ in answers)
    assert all(len(body) < 200 for _, _, body in answers)


def test_own_names_are_answered_to(server):
    """127.0.0.1 and localhost with the port, from a page of its own or from none."""
    found = [
        server.ask(_QUERY, headers={"Host": f"{host}:{server.port}", **more})[0]
        for host in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]")
        for more in ({}, {"Origin": f"http://localhost:{server.port}"}, {"Sec-Fetch-Site": "none"})
    ]

    assert set(found) == {200}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_other_methods_are_refused(server, method):
    """Read only: 4xx, on every address."""
    statuses = {
        server.ask(path, method=method)[0] for path in ("/", "/sparql", "/questions/by-year")
    }

    assert all(400 <= status < 500 for status in statuses)


def test_no_page_of_another_origin_may_ask_unless_told(serving, project):
    """--allow-origin names one: it is let in, with its preflight; others are not."""
    running = serving(project, "--allow-origin", "http://notebook.example:8888")
    told, headers, _ = running.ask(_QUERY, headers={"Origin": "http://notebook.example:8888"})
    before, preflight, _ = running.ask(
        "/sparql", method="OPTIONS", headers={"Origin": "http://notebook.example:8888"}
    )
    other, silent, _ = running.ask(_QUERY, headers={"Origin": "http://notebook.example"})

    assert (told, before, other) == (200, 204, 403)
    assert headers["access-control-allow-origin"] == "http://notebook.example:8888"
    assert "authorization" in preflight["access-control-allow-headers"]
    assert "access-control-allow-origin" not in silent


@pytest.mark.parametrize("text", ["*", "null", "localhost:8888", "http://a/b", "ftp://a", ""])
def test_an_origin_is_one_scheme_host_and_port(text):
    """No wildcard, no path, nothing that a browser would not send."""
    with pytest.raises(UsageError, match="--allow-origin"):
        own_origin(text)


@pytest.mark.parametrize(
    "path", ["/", _QUERY, "/questions", "/questions/by-year", "/api", "/openapi.json", "/x"]
)
def test_the_internal_copy_asks_for_its_token(internal, path):
    """Every address: 401 without it, with a wrong one, with one of another form."""
    wrong = [
        {},
        {"Authorization": "Bearer " + "x" * 43},
        {"Authorization": f"Basic {internal.token}"},
        {"Authorization": "Bearer "},
        {"Cookie": f"kg_{internal.port}=x"},
        {"Cookie": f"kg_1={internal.token}"},
    ]
    refused = [internal.ask(path, headers=headers) for headers in wrong]
    let_in, _, _ = internal.ask(path, headers={"Authorization": f"Bearer {internal.token}"})

    assert {status for status, _, _ in refused} == {401}
    assert len({body for _, _, body in refused}) == 1
    assert let_in == (404 if path == "/x" else 200)


def test_the_token_leaves_the_address_at_once(internal):
    """`?token=` is answered with a cookie that no script reads, and an address without it."""
    status, headers, _ = internal.ask(f"/?token={internal.token}&a=b")
    cookie = headers["set-cookie"]
    again, _, _ = internal.ask("/", headers={"Cookie": cookie.partition(";")[0]})

    assert (status, headers["location"]) == (303, "/?a=b")
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie
    assert again == 200


def test_the_public_copy_knows_nothing_of_the_internal_one(server, internal):
    """No question of the project, no source file, no withheld record, on any address."""
    _, _, listed = server.ask("/questions")
    own, _, _ = server.ask("/questions/kivuli-desk")
    files = server.ask(
        "/sparql?" + urlencode({"query": "ASK { ?f a oh:SourceFile }", "format": "json"})
    )
    inside = internal.ask(
        "/questions/kivuli-desk", headers={"Authorization": f"Bearer {internal.token}"}
    )

    assert b"kivuli" not in listed
    assert own == 404
    assert json.loads(files[2])["boolean"] is False
    assert inside[0] == 200


def test_no_text_of_a_client_names_a_file(server, project, tmp_path):
    """What ends in .rq is SPARQL here, never the path of a file; nor is a path an address."""
    planted = tmp_path / "canary.rq"
    planted.write_text("SELECT ('CANARY-7731' AS ?x) {}", encoding="utf-8")
    answers = [
        server.ask("/sparql?" + urlencode({"query": text}))
        for text in (str(planted), f"{planted} ", f"SELECT * {{}} #{planted}", f"file://{planted}")
    ]
    answers += [
        server.ask(path)
        for path in (
            "/../kg.toml", "/..%2f..%2fkg.toml", "/questions/..%2f..%2fkg.toml", "/kg.toml",
            f"/questions/{str(planted).replace('/', '%2F')}", "/output/internal/harvest.trig",
            "//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
        )
    ]  # fmt: skip

    assert all(status in (400, 404) or b"CANARY" not in body for status, _, body in answers)
    assert all(b"CANARY-7731" not in body and b"[project]" not in body for _, _, body in answers)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DROP ALL",
        "LOAD <file:///etc/passwd>",
        "SELECT CANARY-8812 {",
        "",
    ],
)
def test_what_is_refused_is_never_said_again(server, query):
    """One line, 400, that quotes nothing of the query; as a GET, as a form, as a body."""
    answers = [
        server.ask("/sparql?" + urlencode({"query": query})),
        server.ask(
            "/sparql", method="POST", headers=_FORM, body=urlencode({"query": query}).encode()
        ),
        server.ask(
            "/sparql", method="POST",
            headers={"Content-Type": "application/sparql-query"}, body=query.encode(),
        ),
    ]  # fmt: skip

    assert {status for status, _, _ in answers} == {400}
    assert all(body.count(b"\n") == 1 for _, _, body in answers)
    assert all(b"CANARY" not in body and b"passwd" not in body for _, _, body in answers)


def test_values_of_parameters_are_values(server):
    """Injection through each parameter gives no row, no error of the engine."""
    poison = '1.1" } UNION { ?s ?p ?o } #'
    answers = [
        server.ask(f"/questions/{name}?" + urlencode({parameter: poison}))
        for name, parameter in (
            ("contributors-to-result", "code"), ("outcomes", "year"), ("outcomes", "country"),
            ("outcomes", "organisation"), ("low-confidence", "below"), ("words-behind", "fragment"),
            ("organisations-together", "minimum"),
        )
    ]  # fmt: skip

    assert {status for status, _, _ in answers} == {400}
    assert all(b"UNION" not in body for _, _, body in answers)


def test_unknown_and_doubled_parameters_are_told(server):
    """A misspelled parameter is an error, not silence."""
    unknown, _, body = server.ask("/questions/by-year?yaer=2022")
    doubled, _, _ = server.ask("/questions/outcomes?year=2022&year=2023")
    seconds, _, _ = server.ask("/questions/by-year?timeout=soon")

    assert (unknown, doubled, seconds) == (400, 400, 400)
    assert b"2022" not in body and b"/questions" in body and b"kg quer" not in body


def test_too_long_and_broken_requests_end_in_one_line(server):
    """A query of two megabytes, bytes that are no text, a form in parts: refused, and alive."""
    plain = {"Content-Type": "application/sparql-query"}
    statuses = [
        server.ask("/sparql", method="POST", headers=plain, body=b"#" * (2 << 20))[0],
        server.ask("/sparql", method="POST", headers=plain, body=b"\xff\xfe\x00")[0],
        server.ask("/sparql?query=%FF%FE")[0],
        server.ask("/sparql?" + "a=1&" * 100)[0],
        server.ask(
            "/sparql", method="POST", headers={"Content-Type": "multipart/form-data"}, body=b"x"
        )[0],
    ]

    assert statuses == [413, 400, 400, 400, 415]
    assert server.ask(_QUERY)[0] == 200


def test_every_answer_is_held_to_its_page(server):
    """Not kept, not sniffed, not framed, no name of the server; pages hold a policy."""
    for path in ("/", "/api", _QUERY, "/nope"):
        _, headers, _ = server.ask(path)

        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "server" not in headers
    _, headers, page = server.ask("/api", headers={"Accept": "text/html"})

    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert not re.search(
        rb"<script|https?://(?!www\.w3\.org)", page.replace(b"https://example.org", b"")
    )


def test_a_withheld_record_is_as_one_that_never_was(server, project):
    """No address of the public server says a word of it, or tells its key from one made up."""
    inside = Harvest(load_config(project), Audience.INTERNAL)
    rows = inside.select("SELECT ?key WHERE { ?f oh:key ?key ; oh:confidential true }")
    withheld = {row["key"] for row in rows}
    words, cleared = set(), set()
    for line in (inside.folder / "records.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        said = {c["text"][:60] for c in record["cells"] if len(c["text"]) > 40}
        (words if record["key"] in withheld else cleared).update(said)
    words -= cleared  # labels of the framework, which both say
    everything = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
    answers = [
        server.ask("/sparql?" + urlencode({"query": everything, "format": form}))[2].decode()
        for form in ("csv", "json", "html")
    ]
    answers += [
        server.ask(path)[2].decode()
        for path in ("/questions/outcomes?format=csv", "/questions/organisations", "/api", "/nope")
    ]
    key = min(withheld)
    real, made_up = (
        [
            (status, len(body) - len(one))
            for name in ("words-behind", "if-withdrawn", "related-outcomes")
            for status, _, body in [server.ask(f"/questions/{name}?fragment={one}")]
        ]
        for one in (key, key[:3] + "".join("7" for _ in key[3:]))
    )

    assert len(withheld) > 3
    assert len(words) > 10
    assert [text for text in answers if any(word in text for word in words)] == []
    assert [status for status, _ in real] == [status for status, _ in made_up] == [400] * 3
