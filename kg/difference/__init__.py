"""Two exports of a harvest → what is new, changed, upgraded from lead and withdrawn."""

from kg.difference.compare import (
    Change,
    Difference,
    Effect,
    FieldChange,
    RecordChange,
    compare,
    difference,
)
from kg.difference.values import field_label

__all__ = [
    "Change",
    "Difference",
    "Effect",
    "FieldChange",
    "RecordChange",
    "compare",
    "difference",
    "field_label",
]
