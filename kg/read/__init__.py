"""Bytes → records: text blocks, CSV, workbooks, with canonical field names beside headings."""

from kg.read.events import UNREAD, error_of, unread
from kg.read.folder import expand_sources
from kg.read.headings import HeadingMatch, Headings
from kg.read.inspection import Inspection, inspect_source
from kg.read.near import How
from kg.read.source import Reading, Stream, read_source, stream

__all__ = [
    "UNREAD",
    "HeadingMatch",
    "Headings",
    "How",
    "Inspection",
    "Reading",
    "Stream",
    "error_of",
    "expand_sources",
    "inspect_source",
    "read_source",
    "stream",
    "unread",
]
