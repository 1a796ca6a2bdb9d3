"""An answer as a line of `decisions.csv`, and the key that lines about persons need."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.errors import KgError, UsageError
from kg.extract.lexicon import folded_words
from kg.keys import NameKey, make_key, read_key, which_key
from kg.model import Decision, Organisation
from kg.resolve.decisions import verdicts
from kg.review.item import Item, ItemKind
from kg.vocab import Names

_SHORT = 2  # letters; shorter words ("de") tell nobody's name
_PERSONS = frozenset({"person", "not-person"})
_PAIRS = frozenset({"same", "different"})


class ReviewError(KgError):
    """An answer cannot be taken: out of date, against another line, without the key it needs."""


def refuse_unfitting(item: Item, verdict: str, *, where: str) -> None:
    """See that a verdict answers the question.

    Raises:
        UsageError: it does not.
    """
    if verdict not in item.answers:
        raise UsageError(
            f"{where}: {verdict} does not answer this question; "
            f"expected one of {', '.join(item.answers)}."
        )


def refuse_naming(item: Item, reason: str, *, where: str) -> None:
    """See that a reason does not write down the name that its line hides behind a key.

    Raises:
        UsageError: it holds a word of the person's name.
    """
    if item.kind is not ItemKind.PERSON:
        return
    words = {w for w in folded_words(item.name) if len(w) > _SHORT}
    if words & {*folded_words(reason)}:
        raise UsageError(
            f"{where}: the reason holds a word of the name; nothing was written. Expected why, "
            "without the name: decisions.csv keeps reasons as they are written."
        )


def decision_of(item: Item, verdict: str, *, key: NameKey | None) -> Decision:
    """The line that says *verdict*. A person's name is hashed; that needs the key."""
    if verdict in _PERSONS:
        if key is None:
            raise ReviewError("A line about a person needs the key of the project.")
        return Decision(decision=verdict, a=key(item.a))
    scope = item.scope if item.kind in {ItemKind.NAME, ItemKind.PAIR} else ""
    if verdict in _PAIRS:
        return Decision(decision=verdict, a=item.a, b=item.b, scope=scope)
    return Decision(decision=verdict, a=item.a, scope=scope)


def needed_key(
    folder: Path, verdicts_said: Iterable[str], decisions: Sequence[Decision]
) -> NameKey | None:
    """The key of the project; made now where a person is decided on for the first time.

    Args:
        folder: The project's `.kg`.
        verdicts_said: What is to be written.
        decisions: Lines that stand already.

    Raises:
        ReviewError: lines about persons stand there, made with a key that is not here.
    """
    key = read_key(folder)
    if not _PERSONS & {*verdicts_said}:
        return key
    marks = {which_key(d.a) for d in decisions if d.decision in _PERSONS} - {None}
    if marks and (key is None or key.mark not in marks):
        have = "another key" if key else "no key"
        raise ReviewError(
            f"{folder / 'key'}: decisions.csv holds lines about persons made with a key that is "
            f"not here ({have}); nothing was written, the names stay suspected. Copy the key from "
            "whoever decided, by a safe way; or delete those lines and decide anew."
        )
    return key or make_key(folder)


def refuse_contradictions(
    new: Sequence[Decision],
    standing: Sequence[Decision],
    organisations: Sequence[Organisation],
    *,
    names: Names,
    key: NameKey | None,
) -> None:
    """See that no new line says the opposite of one that stands, or of another new one.

    Raises:
        ReviewError: one does.
    """
    before = verdicts(standing, organisations, names, keyed=key)
    after = verdicts([*standing, *new], organisations, names, keyed=key)
    told = {finding.message for finding in before.findings}
    for finding in after.findings:
        if finding.message not in told:
            line = finding.where.row
            last = max((d.line for d in standing), default=1)
            other = f"line {line}" if line is not None and line <= last else "another answer"
            raise ReviewError(
                f"decisions.csv: {other} says the opposite of the same name; nothing was written. "
                "Delete what is wrong, then decide again: kg review"
            )
