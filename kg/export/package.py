"""Tables as a Frictionless data package: a zip of CSV files with a `datapackage.json`.

In CSV a cell that a spreadsheet would take for a formula is marked.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

from kg.delimited import delimited
from kg.export.tables import Table

#: Neither the clock nor the machine shows in a file.
_DATE = (2000, 1, 1, 0, 0, 0)
#: Columns that hold something else than text.
_TYPES = {
    "year": "year",
    "outcomes": "integer",
    "confidence": "number",
    "unintended": "boolean",
    "negative": "boolean",
}
_PRIMARY = {"outcomes": "key", "organisations": "organisation"}
#: Columns that name an outcome by its key.
_OF_OUTCOMES = {
    "texts": ("key",),
    "participations": ("key",),
    "links": ("from", "to"),
}


def data_package(found: Sequence[Table], *, title: str, note: str) -> bytes:
    """A zip of CSV files (UTF-8, comma) and a Frictionless `datapackage.json`.

    Args:
        found: From `kg.export.tables.tables`.
        title: The project's name.
        note: That it is not for everybody; "" where it is.
    """
    described: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "outcome-harvest",
        "title": title or "Outcome harvest",
        "resources": [_resource(table) for table in found],
    }
    if note:
        described["description"] = note
    files = {"datapackage.json": json.dumps(described, ensure_ascii=False, indent=1) + "\n"}
    files |= {f"{table.name}.csv": delimited(table.columns, table.rows) for table in found}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            about = zipfile.ZipInfo(name, _DATE)
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, text)
    return out.getvalue()


def _resource(table: Table) -> dict[str, Any]:
    """What one file holds, column by column, and how it hangs on the others."""
    schema: dict[str, Any] = {
        "fields": [{"name": c, "type": _TYPES.get(c, "string")} for c in table.columns]
    }
    if table.name in _PRIMARY:
        schema["primaryKey"] = _PRIMARY[table.name]
    if table.name in _OF_OUTCOMES:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": "outcomes", "fields": "key"}}
            for column in _OF_OUTCOMES[table.name]
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
