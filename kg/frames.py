"""Rows as data frames: pandas and polars are used where somebody has installed them."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from kg.errors import UsageError


def pandas_frame(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Any:
    """A pandas `DataFrame` of plain values; None is a cell without a value.

    Raises:
        UsageError: pandas is not installed; it comes with ``outcome-kg[pandas]``.
    """
    return _library("pandas").DataFrame(list(rows), columns=list(columns))


def polars_frame(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Any:
    """A polars `DataFrame` of plain values; null is a cell without a value.

    Raises:
        UsageError: polars is not installed; it comes with ``outcome-kg[polars]``.
    """
    polars = _library("polars")
    # By column: a type is chosen from all of a column's values, and one that holds several becomes
    # text instead of an error at the row where they meet.
    values = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return polars.DataFrame(
        [
            polars.Series(name, list(column), strict=False)
            for name, column in zip(columns, values, strict=True)
        ]
    )


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise UsageError(
            f"{name} is not installed; expected it for to_{name}(). "
            f"Install it with: pip install 'outcome-kg[{name}]'"
        ) from None
