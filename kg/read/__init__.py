"""Bytes → records: text blocks, CSV, Excel, with canonical field names beside the raw headings."""

from kg.read.folder import expand_sources
from kg.read.headings import HeadingMatch, Headings
from kg.read.inspection import Inspection, inspect_source
from kg.read.near import How
from kg.read.source import Reading, read_source

__all__ = [
    "HeadingMatch",
    "Headings",
    "How",
    "Inspection",
    "Reading",
    "expand_sources",
    "inspect_source",
    "read_source",
]
