"""Reads back what `kg.graph.terms.Writer` wrote, without an engine: fragment graphs, in one pass.

A view of a whole harvest looks at each mention and statement once. An engine
that first sorts half a million triples to be asked for all of them in order
takes five times as long, and memory that grows with all of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper
from pathlib import Path

#: Property → its objects, both as written.
Said = dict[str, str]

_PREFIX = re.compile(r"@prefix (?P<name>[^:\s]*): <(?P<space>[^>]*)> \.\n")
_OPENS = re.compile(r"(?:<[^>]*>|[^\s<>]+) \{\n")
# A literal with what follows it, or any other term.
_OBJECT = re.compile(r'"(?:[^"\\]|\\.)*"(?:[@^][^\s,]*)?|<[^>]*>|[^\s",][^\s,]*')
_ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|(.))")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}


class UnknownFormError(ValueError):
    """The file is no graph of kg's own writing: an engine must read it."""


@dataclass(slots=True)
class Terms:
    """What written terms mean, in one file: `value`, `values`, `language`."""

    spaces: Mapping[str, str]
    own: str = ""
    """What a prefix without a name stands for: "IRI of the fragment#"."""
    _known: dict[str, str] = field(default_factory=dict)

    def value(self, written: str) -> str:
        r"""An IRI, or the text of a literal, as an engine gives it.

        >>> Terms({"oh": "urn:oh#"}, own="urn:f#").value(":x"), Terms({}).value('"a\\n"@fr')
        ('urn:f#x', 'a\n')
        """
        first = written[0]
        if first == ":":
            return self.own + written[1:]
        if first == '"':
            text = written[1 : written.rindex('"')]
            return _ESCAPE.sub(_unescaped, text) if "\\" in text else text
        known = self._known.get(written)
        return self._meant(written) if known is None else known

    def _meant(self, written: str) -> str:
        if written[0] == "<":
            return written[1:-1]  # mostly of one fragment alone: not kept
        prefix, colon, local = written.partition(":")
        if colon:
            found = self.spaces[prefix] + local
        else:  # a truth value or a number, of which an engine keeps the value alone
            found = written.rstrip("0").rstrip(".") if "." in written else written
        self._known[written] = found
        return found

    def values(self, said: str | None) -> list[str]:
        """All objects of a property; none where it is not said."""
        return [] if said is None else [self.value(written) for written in parted(said)]


def parted(said: str) -> list[str]:
    """The objects of a property, each as written.

    >>> parted('"a , b"@fr , oh:key')
    ['"a , b"@fr', 'oh:key']
    """
    if '"' in said:
        return _OBJECT.findall(said)
    return said.split(" , ") if " , " in said else [said]


def language(written: str) -> str | None:
    """The language of a literal, in small letters; "" without one, None of what is no literal.

    >>> language('"chez nous"@fr'), language("0.5"), language("oh:key")
    ('fr', '', None)
    """
    if written[0] == '"':
        tail = written[written.rindex('"') + 1 :]
        return tail[1:].lower() if tail[:1] == "@" else ""
    return None if written[0] in ":<" or ":" in written else ""


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    return _PLAIN.get(found[2], found[2])


class GraphFile:
    """A harvest's file, read from its beginning: fragments first, then `rest`.

    Raises:
        UnknownFormError: kg did not write it.
    """

    def __init__(self, file: TextIOWrapper) -> None:
        self._file = file
        self._head: list[str] = []
        self._rest: list[str] = []
        for line in file:
            self._head.append(line)
            if not _PREFIX.fullmatch(line):
                break
        found = [_PREFIX.fullmatch(line) for line in self._head[:-1]]
        if not found or self._head[-1] != "\n":
            raise UnknownFormError
        self.terms = Terms({m["name"]: m["space"] for m in found if m is not None})

    def fragments(self) -> Iterator[dict[str, Said]]:
        """What each fragment's graph says: subject → property → objects, as written.

        The first subject is the fragment. `terms` says what the terms of the
        graph at hand mean, until the next is asked for.
        """
        for line in self._file:
            own = _PREFIX.fullmatch(line)
            if own is None or own["name"]:
                self._rest.append(line)
                return
            self.terms.own = own["space"]
            yield self._graph()

    def _graph(self) -> dict[str, Said]:
        subjects: dict[str, Said] = {}
        about: Said = {}
        if not _OPENS.fullmatch(self._file.readline()):
            raise UnknownFormError
        for line in self._file:
            if line[:4] == "    ":
                predicate, _, said = line[4:-3].partition(" ")
                about[predicate] = said
            elif line[:2] == "  ":
                subject, predicate, said = line[2:-3].split(" ", 2)
                about = subjects[subject] = {predicate: said}
            elif line == "}\n" and self._file.readline() == "\n":
                return subjects
            else:
                break
        raise UnknownFormError

    def rest(self) -> bytes:
        """What fragments share, and the vocabularies, as a file of its own; read `fragments` first.

        In size it does not grow with the texts.
        """
        return "".join((*self._head, *self._rest, self._file.read())).encode()


def open_graph(trig: bytes | Path) -> TextIOWrapper:
    """The file as `GraphFile` wants it: a line ends with a line feed, and with nothing else."""
    if isinstance(trig, bytes):
        return TextIOWrapper(BytesIO(trig), encoding="utf-8", newline="\n")
    return trig.open(encoding="utf-8", newline="\n")
