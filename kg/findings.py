"""What `kg check` found: as rows for scripts, as lines for people, as a table in a notebook."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kg.frames import pandas_frame, polars_frame
from kg.messages import DEFAULT_LANGUAGE, counted, phrase, source_of, task_of, tasks
from kg.model import Finding
from kg.validate import GRAPH_FILE
from kg.vocab import filled_field, slug
from kg.vocabulary import load_vocabulary

#: What scripts read; the names stay, whatever the language.
COLUMNS = ("severity", "reason", "file", "row", "field", "key", "message", "advice")
#: What a person reads of each finding; heads are `check.head-…` of interface.yaml.
LINE = ("task", "severity", "file", "row", "field", "key", "message", "advice", "reason")
#: Columns of `LINE` that a notebook leaves out: the advice is the message's other half, and the
#: reason is a name for scripts.
_LEFT_OUT = ("reason",)


class Findings(tuple[Finding, ...]):
    """Findings in order. A tuple that a notebook shows as a table, by what there is to do."""

    language: str

    def __new__(cls, found: Iterable[Finding], *, language: str = DEFAULT_LANGUAGE) -> "Findings":
        """Keep the findings, and the language in which they are shown."""
        made = super().__new__(cls, found)
        made.language = language
        return made

    def __repr__(self) -> str:
        """How many there are; all of them would fill a screen."""
        return f"<Findings: {len(self)}>"

    def _repr_html_(self) -> str:
        from kg import inline

        kept = [place for place, name in enumerate(LINE) if name not in _LEFT_OUT]
        return inline.table(
            [phrase(f"check.head-{LINE[place]}", self.language) for place in kept],
            [[line[place] for place in kept] for line in lines(self, self.language)],
            language=self.language,
        )

    def to_pandas(self) -> Any:
        """The findings as a pandas `DataFrame`, with the columns of ``kg check --format csv``.

        Raises:
            UsageError: pandas is not installed; it comes with ``outcome-kg[pandas]``.
        """
        return pandas_frame(COLUMNS, [row(finding) for finding in self])

    def to_polars(self) -> Any:
        """The findings as a polars `DataFrame`.

        Raises:
            UsageError: polars is not installed; it comes with ``outcome-kg[polars]``.
        """
        return polars_frame(COLUMNS, [row(finding) for finding in self])


def row(finding: Finding) -> tuple[str | int | None, ...]:
    """A finding as scripts read it: the values of `COLUMNS`."""
    where = finding.where
    return (
        finding.severity.value,
        finding.reason,
        where.source,
        where.row,
        where.field,
        finding.key,
        finding.message,
        finding.advice,
    )


def lines(findings: Sequence[Finding], language: str) -> list[tuple[str | int | None, ...]]:
    """Findings as people read them, the values of `LINE`: in the order in which one works."""
    return [
        (
            phrase(f"check.tasks.{task}", language),
            counted(f"check.{finding.severity.value}", 1, language),
            source_of(finding.where, language),
            finding.where.row,
            field_name(finding.where.field, language),
            finding.key,
            finding.message,
            finding.advice,
            finding.reason,
        )
        for task, group in by_task(findings)
        for finding in group
    ]


def by_task(findings: Sequence[Finding]) -> Iterator[tuple[str, Sequence[Finding]]]:
    """Findings by what there is to do, in the order in which an officer works."""
    of = [(_task(finding), finding) for finding in findings]
    for task in tasks():
        group = [finding for found, finding in of if found == task]
        if group:
            yield task, group


def _task(finding: Finding) -> str:
    return "conformance" if finding.where.file == GRAPH_FILE else task_of(finding.reason)


def field_name(field: str | None, language: str) -> str:
    """What a field is called, one more column of it by its heading too; an own one as it is.

    >>> field_name("framework_link-output-link", "en")
    'Link to the results framework (output link)'
    """
    if not field:
        return ""
    filled = filled_field(field)
    try:
        label = load_vocabulary().get("field", slug(filled)).label(language)
    except KeyError:
        return field
    more = field.removeprefix(filled).replace("-", " ").strip()
    return f"{label} ({more})" if more else label
