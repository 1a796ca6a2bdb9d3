"""What people decide: a queue of questions, answers as lines of `decisions.csv`."""

from kg.review.bodies import to_paste
from kg.review.item import VERDICTS, Item, ItemKind
from kg.review.named import named
from kg.review.session import Answer, Outcome, Review, Signature, contradictions, numbers_of
from kg.review.sheet import SheetError, answers_of, verdict_of, workbook_of

__all__ = [
    "VERDICTS",
    "Answer",
    "Item",
    "ItemKind",
    "Outcome",
    "Review",
    "SheetError",
    "Signature",
    "answers_of",
    "contradictions",
    "named",
    "numbers_of",
    "to_paste",
    "verdict_of",
    "workbook_of",
]
