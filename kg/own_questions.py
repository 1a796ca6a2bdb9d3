"""The questions of a project: those shipped, and its own `queries/*.rq` beside `kg.toml`."""

from collections.abc import Mapping

from kg.config import Config
from kg.errors import QueryError
from kg.model import Audience, Finding, Where
from kg.query import Question, load_library
from kg.query.lint import lint
from kg.resources import resource


def library(config: Config) -> Mapping[str, Question]:
    """The question library: shipped questions and the project's own, all of which must be sound.

    Raises:
        QueryError: a header that cannot be read, or a name given twice.
    """
    own = config.root / "queries"
    shipped = resource("queries")
    folders = [shipped]
    if own.is_dir() and own.resolve() != shipped.resolve():
        folders.append(own)
    return load_library(*folders)


def askable(config: Config) -> tuple[Mapping[str, Question], tuple[Finding, ...]]:
    """The shipped questions and the project's own, and a finding for each that cannot be asked."""
    shipped = load_library(resource("queries"))
    own = config.root / "queries"
    if own.resolve() == resource("queries").resolve():
        return shipped, ()
    try:
        every = load_library(resource("queries"), own)
    except QueryError as error:
        return shipped, (_broken(str(error)),)
    kept, findings = dict(every), []
    for name in sorted(set(every) - set(shipped)):
        try:
            lint(every[name])
        except QueryError as error:
            del kept[name]
            findings.append(_broken(f"{name}.rq: {error}"))
    return kept, tuple(findings)


def _broken(why: str) -> Finding:
    return Finding(
        reason="broken-question",
        where=Where("queries"),
        message=f"A question of this project cannot be asked: {why}",
        advice="Correct that file and build again; until then the page is without it.",
    )


def offered(config: Config, audience: Audience) -> Mapping[str, Question]:
    """The questions of a page. A project's own are words of its people: inside only."""
    if audience is Audience.PUBLIC:
        return load_library(resource("queries"))
    return askable(config)[0]
