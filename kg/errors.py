"""What can go wrong, told so that its reader knows what to do next.

An error says where (file, row, field), what, what was expected and the next
step. It never carries the words of a cell: people type sentences, and names,
into any cell.
"""


class KgError(Exception):
    """Root of every error that a user may meet. The text is one line, for a person."""

    exit_status = 1


class UsageError(KgError):
    """The command was put wrongly: an unknown name, an ambiguous target, a missing option."""

    exit_status = 2


class TargetError(UsageError):
    """What a person named is not in this harvest, or is several things: refused."""

    exit_status = 1


class SourceError(KgError):
    """A source cannot be read at all: missing, empty, of an unknown kind, without a header."""


class ConfigError(KgError):
    """An edited file (`kg.toml`, `organisations.yaml`, …) says something that kg cannot follow."""


class QueryError(KgError):
    """A question cannot be asked: not SPARQL, a refused keyword, a parameter of the wrong form."""


class ParameterError(QueryError):
    """A parameter of a question has the wrong form."""

    exit_status = 2


class QueryLimitError(QueryError):
    """A question took more time or memory than it may."""


class WorkspaceError(KgError):
    """The project folder cannot be written or read: no harvest yet, a second writer, no space."""
