"""Outcome Harvest Knowledge Graph: map, question, explore and trace an outcome harvest, offline.

    import kg
    harvest = kg.open("my-harvest")
    harvest.query("organisations").to_pandas()

Names are loaded when they are first used: `import kg` alone is cheap.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.version import __version__

# Where lxml is installed, openpyxl would read and write by it: other bytes, and an XML reader that
# kg was never attacked through. What another package brings along shall change neither.
os.environ.setdefault("OPENPYXL_LXML", "False")

if TYPE_CHECKING:
    from kg.api import build, diff, open  # noqa: A004 - kg.open is the contract's name
    from kg.errors import (
        ConfigError,
        KgError,
        QueryError,
        QueryLimitError,
        SourceError,
        UsageError,
        WorkspaceError,
    )
    from kg.harvest import Harvest
    from kg.model import Audience

_HOMES = {
    "build": "kg.api",
    "diff": "kg.api",
    "open": "kg.api",
    "Harvest": "kg.harvest",
    "Audience": "kg.model",
    "KgError": "kg.errors",
    "UsageError": "kg.errors",
    "SourceError": "kg.errors",
    "ConfigError": "kg.errors",
    "QueryError": "kg.errors",
    "QueryLimitError": "kg.errors",
    "WorkspaceError": "kg.errors",
}

__all__ = [
    "Audience",
    "ConfigError",
    "Harvest",
    "KgError",
    "QueryError",
    "QueryLimitError",
    "SourceError",
    "UsageError",
    "WorkspaceError",
    "__version__",
    "build",
    "diff",
    "open",
]


def __getattr__(name: str) -> Any:
    """Load a name of the API from its home, once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
