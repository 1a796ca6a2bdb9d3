"""What is told of the headings of a table: what was guessed, what waits, what stands twice."""

from collections.abc import Iterator, Sequence

from kg.model import Finding, Severity, Where
from kg.read.flag import FLAG
from kg.read.headings import HeadingMatch
from kg.read.near import How

_LONGEST_SHOWN = 60
_CODES = "framework_link"


def shown(heading: str) -> str:
    """A heading for a message: in quotes, on one line, not too long."""
    text = " ".join(heading.split())
    return f"“{text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + '…'}”"


def tell(match: HeadingMatch, where: Where) -> Iterator[Finding]:
    """What was not understood plainly."""
    if match.how is How.CLOSE:
        yield Finding(
            reason="close-heading",
            where=where,
            message=f"The heading {shown(match.heading)} was taken for {match.field}.",
            advice="If it is something else, say so under [headings] in kg.toml.",
            severity=Severity.INFO,
        )
    elif match.how is How.DOUBTFUL:
        yield Finding(
            reason="doubtful-heading",
            where=where,
            message=f"The heading {shown(match.heading)} may be {' or '.join(match.candidates)}; "
            f"it is kept as a column of its own{_clears_nothing(match)}.",
            advice="kg inspect prints the line for [headings] in kg.toml that settles it.",
        )
    elif match.how is How.UNKNOWN:
        yield Finding(
            reason="unknown-heading",
            where=where,
            message=f"The heading {shown(match.heading)} is not known; "
            "it is kept as a column of its own.",
            advice="If it is one of the known fields, say so under [headings] in kg.toml.",
            severity=Severity.INFO,
        )


def _clears_nothing(match: HeadingMatch) -> str:
    return ", and clears no record" if FLAG in match.candidates else ""


def beside_id(match: HeadingMatch, first: HeadingMatch, where: Where) -> Finding:
    """A code beside the id, taken for a code of the results framework."""
    return Finding(
        reason="code-beside-id",
        where=where,
        message=f"The heading {shown(match.heading)} stands beside {shown(first.heading)}, which "
        f"is the id; it was taken for {_CODES}.",
        advice="If it is something else, say so under [headings] in kg.toml.",
        severity=Severity.INFO,
    )


def adds(match: HeadingMatch, where: Where) -> Finding:
    """One more column of codes."""
    return Finding(
        reason="codes-in-two-columns",
        where=where,
        message=f"A second column, {shown(match.heading)}, holds codes of {match.field}; "
        "those of both count.",
        advice="If it is something else, give it another field under [headings] in kg.toml.",
        severity=Severity.INFO,
    )


def second_column(
    match: HeadingMatch, candidates: Sequence[str], where: Where, *, settled: bool
) -> Finding:
    """One column of two that claim a field.

    Args:
        match: What it would be by itself.
        candidates: What it may be beside the other.
        where: The header.
        settled: kg.toml has given it that field already.
    """
    both = " A record is open only where both say so." if match.field == FLAG else ""
    several = len(candidates) > 1
    read_as = f"may be {' or '.join(candidates)}" if several else f"is understood as {match.field}"
    message = (
        f"A second column, {shown(match.heading)}, {read_as}; "
        f"it is kept as a column of its own.{both}"
    )
    if settled:
        return Finding(
            reason="field-given-twice",
            where=where,
            message=message,
            advice="A field has one column: give one of the two another field under [headings] in "
            "kg.toml, or put their cells together in the file.",
            severity=Severity.INFO,
        )
    return Finding(
        reason="two-columns-one-field",
        where=where,
        message=message,
        advice="Say under [headings] in kg.toml what each of the two is.",
    )
