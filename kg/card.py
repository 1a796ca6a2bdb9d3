"""What an opened harvest shows of itself in a notebook: whose copy, what it holds, how to ask."""

from pathlib import Path

from kg.config import Config
from kg.inline import marked, small, text
from kg.messages import phrase
from kg.model import Audience
from kg.store import Select

_COUNTS = {
    "outcomes": "SELECT (COUNT(?o) AS ?n) WHERE { ?o a oh:Outcome }",
    "organisations": "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?outcome oh:involves ?o }",
    "claims": "SELECT (COUNT(?p) AS ?n) WHERE { ?p a oh:Participation }",
    "links": "SELECT (COUNT(*) AS ?n) WHERE { ?outcome oh:contributesTo ?node }",
    "unlinked": "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?o oh:unlinkedReason ?reason }",
}
#: What one may write next; each runs on any harvest.
_CALLS = (
    'harvest.query("organisations")',
    "harvest.draw()",
    "harvest.figures()",
    "harvest.check()",
)


def card(config: Config, audience: Audience, select: Select, *, explorer: Path) -> str:
    """A harvest as a card: HTML that runs nothing and fetches nothing.

    Args:
        config: Its settings.
        audience: Whose copy it is.
        select: Answers SPARQL over the union of its graphs.
        explorer: The page that people open; the graph stands beside it.
    """
    language = config.language

    def said(name: str) -> str:
        return text(phrase(f"notebook.{name}", language))

    counts = "".join(
        f"<li><strong>{text(_number(select, query))}</strong> {said(name)}</li>"
        for name, query in _COUNTS.items()
    )
    files = "".join(
        f'<li><a href="{text(path.as_uri())}"><code>{text(path)}</code></a>: {said(name)}</li>'
        for name, path in (
            ("explorer", explorer),
            ("graph", explorer.with_name("harvest.trig")),
        )
    )
    calls = " ".join(f"<code>{text(call)}</code>" for call in _CALLS)
    return (
        f'<div dir="auto"><h3 style="margin:.2em 0">{text(config.name)}</h3>'
        f"{marked(audience, language)}<ul>{counts}</ul>"
        f"<details><summary>{said('files')}</summary><ul>{files}</ul></details>"
        f"<p>{said('ask')}: {calls}</p>{small(phrase('notebook.offline', language))}</div>"
    )


def _number(select: Select, query: str) -> str:
    (row,) = select(query)
    return row["n"]
