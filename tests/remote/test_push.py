"""A harvest in a real Oxigraph server and in Virtuoso: the same rows, no more and no less."""

import json
import subprocess
import sys

import httpx
import pytest

from kg.config import load_config
from kg.errors import KgError, UsageError
from kg.harvest import Harvest
from kg.own_questions import library
from kg.remote import Endpoint, EndpointError, ask_there, push


def _silent(*_: object) -> None:
    return


def _questions(example) -> list[tuple[str, dict[str, str]]]:
    asked = []
    for name, question in library(example.config).items():
        needed = {p.name: p.example for p in question.parameters if not p.optional}
        asked.append((name, needed))
        every = {p.name: p.example for p in question.parameters}
        if every != needed:
            asked.append((name, every))
    return asked


def _there(address, example) -> list[str]:
    """The questions whose rows differ."""
    wrong = []
    for name, given in _questions(example):
        wanted = example.query(name, **given).strings()
        found = ask_there(address, name, given, config=example.config, seconds=120).strings()
        if found != wanted:
            wrong.append(name)
    return wrong


@pytest.fixture(scope="session")
def pushed(union, example) -> str:
    """An Oxigraph server that holds the example."""
    with Endpoint(union) as endpoint:
        push(example.trig, endpoint, base=example.config.base_iri, progress=_silent)
    return union


def test_oxigraph_gives_the_rows_of_the_embedded_store(pushed, example):
    """All seventeen questions, bare and with every parameter: the same rows in the same order."""
    assert len(_questions(example)) > 20
    assert _there(pushed, example) == []


def test_virtuoso_gives_the_rows_of_the_embedded_store(virtuoso, example, monkeypatch):
    """The same from another make of server, signed in by Digest from the environment."""
    monkeypatch.setenv("KG_ENDPOINT_USER", "dba")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "dba")
    with Endpoint(virtuoso, seconds=120) as endpoint:
        push(example.trig, endpoint, base=example.config.base_iri, progress=_silent)

    assert _there(virtuoso, example) == []


def test_pushing_again_changes_nothing_and_removes_what_is_gone(union, example, tmp_path):
    """A graph that the harvest no longer holds is removed; one of somebody else stays."""
    base = example.config.base_iri
    theirs = "http://somebody.example/else"
    for graph in (f"{base}fragment/withdrawn", theirs):
        httpx.put(
            f"{union}/store", params={"graph": graph}, content=b"<urn:a> <urn:b> <urn:c> .",
            headers={"content-type": "application/n-triples"}, trust_env=False,
        )  # fmt: skip
    with Endpoint(union) as endpoint:
        first = push(example.trig, endpoint, base=base, progress=_silent)
        again = push(example.trig, endpoint, base=base, progress=_silent)
        rows = endpoint.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        httpx.delete(f"{union}/store", params={"graph": theirs}, trust_env=False)
    names = {row["g"] for row in rows}

    assert first.removed == 1
    assert (again.removed, again.triples) == (0, first.triples)
    assert theirs in names
    assert f"{base}fragment/withdrawn" not in names


def test_a_push_that_broke_off_is_completed_by_the_next(oxigraph, example, monkeypatch, tmp_path):
    """The server is killed in the middle of it: told; what is there is made whole by the next."""
    monkeypatch.setattr(sys.modules["kg.remote.push"], "_CHUNK", 50_000)
    place = ("--union-default-graph", "--location", str(tmp_path / "graphs"))
    base = example.config.base_iri
    with oxigraph(*place) as address, Endpoint(address) as endpoint:
        steps = iter(range(len(example.store)))

        def killing(*_: object) -> None:
            if next(steps) == 40:
                address.process.kill()
                address.process.wait()

        with pytest.raises(EndpointError, match=r"broke in the middle|nothing listens"):
            push(example.trig, endpoint, base=base, progress=killing)
    with oxigraph(*place) as address, Endpoint(address) as endpoint:
        half = endpoint.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        done = push(example.trig, endpoint, base=base, progress=_silent)
        whole = endpoint.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")

    assert 0 < int(half[0]["n"]) < done.triples
    assert int(whole[0]["n"]) == done.triples == len(example.store)


def test_a_server_without_union_is_told(oxigraph, example):
    """One line that says how to start it."""
    with (
        oxigraph() as address,
        Endpoint(address) as endpoint,
        pytest.raises(EndpointError, match="--union-default-graph"),
    ):
        push(example.trig, endpoint, base=example.config.base_iri, progress=_silent)


def test_the_command_pushes_says_so_and_keeps_a_line(union, example):
    """`kg push`, then `kg query --endpoint`, from the command line; the log holds digests alone."""
    project = str(example.config.root)
    kg = [sys.executable, "-m", "kg", "-C", project]
    done = subprocess.run(
        [*kg, "push", union, "--audience", "internal"], check=True, capture_output=True, text=True
    )
    asked = subprocess.run(
        [*kg, "query", "by-year", "--endpoint", f"{union}/query", "--format", "csv"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    here = subprocess.run(
        [*kg, "query", "by-year", "--format", "csv"], check=True, capture_output=True, text=True
    )
    log = (example.config.private / "audit.jsonl").read_text("utf-8").splitlines()
    line = json.loads(log[-1])

    assert "holds the harvest" in done.stderr
    assert asked.stdout == here.stdout
    assert line["what"] == "push"
    assert set(line) == {"at", "what", "audience", "server", "digest"}


def test_an_audience_has_to_be_typed_and_a_release_made(example, union):
    """Without --audience: wrong usage. Public without a release: what to do."""
    kg = [sys.executable, "-m", "kg", "-C", str(example.config.root), "push", union]
    bare = subprocess.run(kg, check=False, capture_output=True, text=True)

    assert bare.returncode == 2
    assert "--audience" in bare.stderr


def test_what_is_asked_there_passes_the_same_gate(pushed, example):
    """SERVICE and updates never leave this machine."""
    config = load_config(example.config.root)
    for text in ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "DROP ALL"):
        with pytest.raises(KgError):
            ask_there(pushed, text, {}, config=config, seconds=30)
    with pytest.raises(UsageError):
        ask_there(pushed, "no-such-question", {}, config=config, seconds=30)

    assert isinstance(example, Harvest)
