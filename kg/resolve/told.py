"""What is told of lines of `decisions.csv` that cannot be followed: their numbers, no words."""

from collections.abc import Collection

from kg.model import Finding, Severity, Where

_FILE = "decisions.csv"


def two_bodies(one: int, other: int) -> Finding:
    """Two lines give one open name to two organisations."""
    first, second = sorted((one, other))
    return _finding(
        "contradictory-decisions",
        first,
        f"Lines {first} and {second} say of one name that it stands for two organisations.",
        "Delete the line that is wrong. Until then neither counts.",
    )


def two_entries(lines: Collection[int]) -> Finding:
    """Lines make one body of two entries of `organisations.yaml`."""
    return _finding(
        "same-of-two-entries",
        min(lines),
        f"{_say(lines)} that two entries of organisations.yaml are one.",
        "Join the two entries, or delete the line. Until then it does not count.",
    )


def joined_and_parted(lines: Collection[int], part: int, *, registry: bool) -> Finding:
    """Lines join what another line keeps apart; *registry*: a line of `organisations.yaml`."""
    other = (
        f"organisations.yaml, line {part}, keeps them apart"
        if registry
        else f"line {part} says that they are different"
    )
    return _finding(
        "contradictory-decisions",
        min(lines),
        f"{_say(lines)} that two names are one organisation; {other}.",
        "Delete the line that is wrong. Until then they are not joined.",
    )


def unclear(line: int) -> Finding:
    """A side of a line may mean several organisations."""
    return _finding(
        "decision-unclear",
        line,
        "One side of this line names more than one organisation of this harvest.",
        "Write the country into scope, or the id of an entry of organisations.yaml "
        "as the side. Until then the line does not count.",
    )


def _say(lines: Collection[int]) -> str:
    *first, last = (str(line) for line in sorted(lines))
    return f"Lines {', '.join(first)} and {last} say" if first else f"Line {last} says"


def _finding(reason: str, line: int, message: str, advice: str) -> Finding:
    return Finding(
        reason=reason,
        where=Where(_FILE, line),
        message=message,
        advice=advice,
        severity=Severity.WARNING,
    )
