"""An answer as text or bytes: for a screen, a spreadsheet, another program.

`csv`, `tsv`, `json` and `xml` are W3C's result formats for SELECT and ASK, to
the letter; a CSV of them is data, and may hold a cell that a spreadsheet
would take for a formula. `xlsx` is for people: its text cells are never formulas.
"""

import io
import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from pyoxigraph import (
    QueryResultsFormat,
    RdfFormat,
    parse_query_results,
    serialize,
)

from kg.errors import UsageError
from kg.messages import DEFAULT_LANGUAGE, column_name, phrase
from kg.query.answer import Answer
from kg.query.workbook import workbook
from kg.vocab import PREFIXES, slug

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: An address whose end can be the name of an element of XML.
_NAMED = re.compile(r"[^\W\d][\w.\-]*$")
_RESULTS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
#: Formats by the kind of answer that they fit.
FORMATS = {
    "select": ("table", "csv", "tsv", "json", "xml", "md", "xlsx"),
    "ask": ("table", "csv", "tsv", "json", "xml"),
    "graph": ("table", "ttl", "nt", "jsonld", "rdfxml"),
}
_KIND_NAMES = {"select": "rows", "ask": "yes or no", "graph": "a graph"}


def render(
    answer: Answer, form: str, *, width: int = 80, language: str = DEFAULT_LANGUAGE
) -> str | bytes:
    """An answer in one format.

    Args:
        answer: From `kg.query.run`.
        form: One of `FORMATS` for this kind of answer.
        width: Columns of the screen, for `table`.
        language: Of headings and of kg's own values, for `table`; all other formats keep
            the names of the query.

    Returns:
        Bytes for `xlsx`, text for all others.

    Raises:
        UsageError: a format that does not fit what was asked.
    """
    fitting = FORMATS[answer.kind]
    if form not in fitting:
        raise UsageError(
            f"The answer is {_KIND_NAMES[answer.kind]}, which --format {form} cannot hold; "
            f"expected one of {', '.join(fitting)}."
        )
    if form in _RESULTS:
        return _result(answer, form)
    if form in _GRAPHS:
        return _graph(answer, form)
    if form == "xlsx":
        return workbook(answer.columns, answer.values())
    makers: dict[str, Callable[[], str]] = {
        "md": lambda: _markdown(answer),
        "table": lambda: _table(answer, width, language),
    }
    return makers[form]()


def _result(answer: Answer, form: str) -> str:
    content = answer.as_json()
    if form == "json":
        return content.decode("utf-8")
    if answer.kind == "ask" and form in {"csv", "tsv"}:
        return f"{'true' if answer.boolean else 'false'}\n"  # W3C gives these no form of ASK
    results = parse_query_results(content, format=QueryResultsFormat.JSON)
    text = (results.serialize(format=_RESULTS[form]) or b"").decode("utf-8")
    if form == "xml":
        text = _NO_XML.sub("\ufffd", text)  # no spelling of XML can say these characters
    return text if text.endswith("\n") else f"{text}\n"


def _graph(answer: Answer, form: str) -> str:
    if form == "rdfxml" and not all(_NAMED.search(t.predicate.value) for t in answer.triples):
        raise UsageError(
            "RDF/XML cannot say a property whose address does not end in a name; "
            "expected one of ttl, nt, jsonld."
        )
    # Sorted by Answer: the writer keeps the order it is given.
    content = serialize(answer.triples, format=_GRAPHS[form], prefixes=_used_prefixes(answer, form))
    text = (content or b"").decode("utf-8")
    if form == "rdfxml":
        text = _NO_XML.sub("\ufffd", text)
    return text if text.endswith("\n") or not text else f"{text}\n"


def _used_prefixes(answer: Answer, form: str) -> dict[str, str] | None:
    if form == "nt":
        return None
    said = " ".join(str(triple) for triple in answer.triples)
    return {name: iri for name, iri in sorted(PREFIXES.items()) if f"<{iri}" in said}


def shown(value: object, language: str = DEFAULT_LANGUAGE) -> str:
    """A value for reading: an IRI by its prefix or its last part, numbers without needless zeros.

    >>> shown("https://example.org/harvest/fragment/civ010"), shown(None), shown(True)
    ('civ010', '', 'yes')
    >>> shown("https://example.org/harvest/fragment/civ010#outcome"), shown(PREFIXES["oh"] + "role")
    ('civ010#outcome', 'oh:role')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return phrase("query.yes" if value else "query.no", language)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    text = str(value)
    if re.fullmatch(r"https?://[^\s<>]+", text):
        for name, namespace in PREFIXES.items():
            if text.startswith(namespace) and text != namespace:
                return f"{name}:{text.removeprefix(namespace)}"
        return text.rstrip("/#").rpartition("/")[2] or text
    return text


def _markdown(answer: Answer) -> str:
    def cell(value: object) -> str:
        # What a reader of Markdown would take for HTML or for a column of its own.
        text = "" if value is None else str(value)
        text = text.replace("\\", "\\\\").replace("|", "\\|")
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return "<br>".join(text.splitlines())

    lines = [
        answer.columns,
        tuple("---" for _ in answer.columns),
        *(tuple(cell(value) for value in row) for row in answer.values()),
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _table(answer: Answer, width: int, language: str) -> str:
    if answer.kind == "ask":
        return phrase("query.yes" if answer.boolean else "query.no", language) + "\n"
    if answer.kind == "graph":
        return _graph(answer, "ttl") or phrase("query.no-triples", language) + "\n"
    names = [column_name(name, language) for name in answer.columns]
    if not answer.rows:
        return phrase("query.none", language, columns=", ".join(names)) + "\n"
    cells = [
        [
            _printable(shown(value_name(column, value, language), language))
            for column, value in zip(answer.columns, row, strict=True)
        ]
        for row in answer.values()
    ]
    return _grid(answer, names, cells, width)


#: Columns that hold slugs of kg's own vocabularies, by scheme.
_SCHEMES = {
    "role": "role",
    "method": "method",
    "relation": "relation",
    "reason": "reason",
    "field": "field",
    "kind": "kind",
    "status": "mention",
}


def value_name(column: str, value: object, language: str) -> object:
    """One of kg's own values as *language* calls it; any other value, and English, as it is.

    >>> value_name("role", "social-actor", "fr"), value_name("role", "mine", "fr")
    ('acteur social', 'mine')
    """
    if language == DEFAULT_LANGUAGE or column not in _SCHEMES or not isinstance(value, str):
        return value
    from kg.vocabulary import load_vocabulary

    try:
        return load_vocabulary().get(_SCHEMES[column], slug(value)).label(language)
    except KeyError:
        return value


def _grid(answer: Answer, names: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> str:
    from rich.console import Console

    from kg.grid import Grid

    columns = zip(*answer.values(), strict=True)
    right = {
        place
        for place, column in enumerate(columns)
        if all(isinstance(value, int | float | Decimal | None) for value in column)
    }
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, legacy_windows=False)
    console.print(Grid(names, cells, right=right))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\n" else "·" for c in text)
