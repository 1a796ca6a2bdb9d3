"""Bytes → records: text blocks, CSV, workbooks, with canonical field names beside headings."""

from kg.read.events import NO_RECORDS, OTHER_KIND, OWN_OUTPUT, UNREAD, error_of, unread
from kg.read.folder import expand_sources, left_in_folders
from kg.read.headings import HeadingMatch, Headings
from kg.read.inspection import Inspection, inspect_source
from kg.read.near import How
from kg.read.source import Reading, Stream, read_source, stream

__all__ = [
    "NO_RECORDS",
    "OTHER_KIND",
    "OWN_OUTPUT",
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
    "left_in_folders",
    "read_source",
    "stream",
    "unread",
]
