"""Runs a checked question in a process of its own, within limits of time, memory and size.

The engine ignores Ctrl-C until a query ends, and cannot be told not to call
out. A process can be ended, and denied what it should not have.
"""

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError, QueryError, QueryLimitError
from kg.query.answer import Answer, from_json, from_triples
from kg.query.bind import bind
from kg.query.guard import Checked
from kg.query.library import ParameterType, Question, named, parse_question, read_question
from kg.query.lint import appearance
from kg.store import Select, database, drop
from kg.targets import find

MEGABYTE = 1024 * 1024
_CHUNK = 1 << 16
_CHILD = Path(__file__).with_name("child.py")
#: Seconds in which a process whose answer is complete has to end.
_GRACE = 5.0
_CODE_KINDS = ("code", "objective")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may take: seconds, bytes of memory beyond the graph's, rows, bytes."""

    seconds: float = 30.0
    memory: int = 1024 * MEGABYTE
    rows: int = 1_000_000
    size: int = 256 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question with its parameters in place; `checked.text` is what runs."""

    question: Question
    checked: Checked


def prepare(
    what: str | Question,
    parameters: Mapping[str, object],
    *,
    library: Mapping[str, Question],
    select: Select,
    language: str = "en",
) -> Prepared:
    """Find the question that was meant, and put its parameters in place.

    Args:
        what: A name in the library, the path of a `.rq` file, or SPARQL text; or a question that
            was read already, which opens no file whatever its text is.
        parameters: Parameter name → what a person typed.
        library: The questions by name.
        select: Answers kg's own queries on this harvest, to find what a target means.
        language: Language of labels.

    Raises:
        QueryError: not SPARQL, something refused, or a parameter of the wrong form.
        UsageError: an unknown name or parameter, a missing one, an ambiguous target.
    """
    question = what if isinstance(what, Question) else _meant(what, library)

    def resolve(kind: ParameterType, text: str) -> tuple[str, ...]:
        kinds = _CODE_KINDS if kind is ParameterType.CODE else (kind.value,)
        return tuple(target.iri for target in find(select, text, kinds=kinds))

    return Prepared(question, bind(question, parameters, resolve=resolve, language=language))


def _meant(what: str, library: Mapping[str, Question]) -> Question:
    """A library name, a file, or SPARQL. Only SPARQL has white space or a bracket."""
    text = what.strip()
    if text in library:
        return library[text]
    if any(c.isspace() or c in "{<" for c in text) and Path(text).suffix != ".rq":
        return parse_question(what, name="the query", file="the query")
    if text.endswith(".rq"):
        return read_question(Path(text))
    return named(text, library)


def run(
    prepared: Prepared,
    *,
    trig: Path,
    cache: Path | None,
    timeout: float | None = None,
    limits: Limits | None = None,
) -> Answer:
    """Answer a prepared question from a harvest, in a process of its own.

    Args:
        prepared: From `prepare`.
        trig: `harvest.trig`.
        cache: Folder of databases; None: the process reads the TriG file itself.
        timeout: Seconds, instead of those of *limits*.
        limits: What it may take; the default where None.

    Raises:
        QueryLimitError: it took more than it may; names the limit.
        QueryError: the engine refused it.
    """
    allowed = limits or Limits()
    seconds = allowed.seconds if timeout is None else timeout
    folder = database(trig, cache=cache) if cache is not None else None
    request = {
        "database": str(folder) if folder else None,
        "trig": str(trig),
        "query": prepared.checked.text,
        "seconds": seconds,
        "memory": allowed.memory,
    }
    head, body = _answered(json.dumps(request).encode(), seconds=seconds, allowed=allowed)
    if head.get("error") == "engine" and folder is not None and cache is not None:
        # A block that a broken disk changed, met only now: once more, with a database made anew.
        drop(folder)
        fresh = database(trig, cache=cache)
        request["database"] = str(fresh) if fresh else None
        head, body = _answered(json.dumps(request).encode(), seconds=seconds, allowed=allowed)
    if "error" in head:
        raise _failed(head, prepared, allowed.memory)
    if head["kind"] == "graph":
        answer = from_triples(body)
    else:
        answer = from_json(body).ordered(appearance(prepared.checked.tokens))
    if len(answer) > allowed.rows:
        raise QueryLimitError(
            f"The answer has more than {allowed.rows:,} rows; ask for fewer (LIMIT, or a narrower "
            "question)."
        )
    return answer


def _answered(
    request: bytes, *, seconds: float, allowed: Limits
) -> tuple[Mapping[str, Any], bytes]:
    """What the child wrote: its last line, which tells how it went, and the body before it."""
    size, memory = allowed.size, allowed.memory
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
        [sys.executable, "-I", "-S", str(_CHILD), _engine_folder()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a panic of the engine may quote the query
    )
    out: list[bytes] = []
    reader = threading.Thread(target=_read, args=(child, out, size), daemon=True)
    status = None
    try:
        reader.start()
        with contextlib.suppress(OSError):
            _write(child, request)
        reader.join(seconds)
        late = reader.is_alive()
        if not late:
            with contextlib.suppress(subprocess.TimeoutExpired):
                status = child.wait(_GRACE)
    finally:
        child.kill()
        reader.join()
        child.wait()
        _close(child)
    content = b"".join(out)
    if len(content) > size:
        raise QueryLimitError(
            f"The answer is larger than {size / MEGABYTE:g} MB; ask for fewer rows or columns "
            "(LIMIT, or a narrower question)."
        )
    if late:
        raise _too_late(seconds)
    body, _, last = content.rpartition(b"\n")
    if status != 0 or not last:
        raise _died(status, seconds, memory)
    return json.loads(last), body


def _too_late(seconds: float) -> QueryLimitError:
    return QueryLimitError(
        f"The question was stopped after {seconds:g} seconds; ask a narrower one, or allow more: "
        "kg query --timeout SECONDS."
    )


def _died(status: int | None, seconds: float, memory: int) -> QueryError:
    """The process ended without an answer: by its own limits, or by the system."""
    if status is not None and -status == getattr(signal, "SIGXCPU", None):
        return _too_late(seconds)
    if status is not None and status < 0:
        return QueryLimitError(
            f"The question needed more than {memory / MEGABYTE:.0f} MB of memory; ask a narrower "
            "one (fewer variables that nothing joins, LIMIT), or allow more: kg query --memory MB."
        )
    return QueryError(
        "The question could not be run: its process ended without an answer. Ask again; where "
        "that does not help, build again."
    )


def _failed(head: Mapping[str, Any], prepared: Prepared, memory: int) -> QueryError:
    """What the engine said, without its words: they may quote the query."""
    if head["error"] == "memory":
        return _died(-1, 0, memory)
    if head["error"] == "syntax":
        place = prepared.checked.place(*map(int, (head["line"], head["column"])))
        return QueryError(
            f"{prepared.question.file}, {place}: the engine takes no such query; expected SPARQL "
            "1.1. Look near there for a variable that is neither grouped nor counted, that AS "
            "names twice, or for a bracket."
        )
    return QueryError(
        "The question could not be run on this harvest "
        f"({head.get('name', 'error')} in the engine); build again, then ask again."
    )


def _write(child: "subprocess.Popen[bytes]", request: bytes) -> None:
    if child.stdin is not None:
        child.stdin.write(request)
        child.stdin.close()


def _read(child: "subprocess.Popen[bytes]", out: list[bytes], size: int) -> None:
    """Collect what the child writes, up to one chunk more than it may."""
    left = size
    pipe = child.stdout
    while pipe is not None and left >= 0 and (chunk := os.read(pipe.fileno(), _CHUNK)):
        out.append(chunk)
        left -= len(chunk)


def _close(child: "subprocess.Popen[bytes]") -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _engine_folder() -> str:
    """Where pyoxigraph is installed: the child gets this one folder and no other."""
    spec = importlib.util.find_spec("pyoxigraph")
    if spec is None or spec.origin is None:
        raise KgError("pyoxigraph is not installed; expected it beside kg. Install kg again.")
    return str(Path(spec.origin).parent.parent)
