"""From an outcome up to what was promised, from a promise down to the outcomes; each link's words.

A trace is read from rows alone. A link is what somebody stated in a cell or a
sentence, and says so; nothing here presents it as a cause.
"""

from kg.trace.steps import COLUMNS, TraceNode, Words, trace_rows
from kg.trace.walk import trace

__all__ = ["COLUMNS", "TraceNode", "Words", "trace", "trace_rows"]
