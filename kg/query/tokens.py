"""SPARQL text → tokens → one plain spelling of the same query.

Two engines read the same text, and they disagree at its edges: what one takes
for a comment or the inside of a string, the other may run. So nobody's text
reaches an engine: `tokenize` reads it strictly, and `plain` writes it anew
without comments, with strings in one quoting and names without escapes. What
was checked is then what is run.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.errors import QueryError

_KEYWORDS = frozenset(
    """
    base prefix select construct describe ask distinct reduced as where group by having order
    asc desc limit offset values undef union optional graph minus filter bind exists not in a
    true false separator
    """.split()  # noqa: SIM905 - a word a line would hide the list
)
_FUNCTIONS = frozenset(
    """
    count sum min max avg sample group_concat str lang langmatches datatype bound iri uri bnode
    rand abs ceil floor round concat strlen ucase lcase encode_for_uri contains strstarts strends
    strbefore strafter year month day hours minutes seconds timezone tz now uuid struuid md5 sha1
    sha256 sha384 sha512 coalesce if strlang strdt sameterm isiri isuri isblank isliteral
    isnumeric regex substr replace
    """.split()  # noqa: SIM905 - a word a line would hide the list
)
#: Every bare word of the SPARQL 1.1 query language, folded. What is no such word is refused, so
#: that no two words can be written as one ("ASKFROM") and read apart by an engine.
WORDS = _KEYWORDS | _FUNCTIONS
#: Words that would reach out of the harvest, or change it. Refused with a reason of their own.
REFUSED = frozenset(
    """
    service silent from named load insert delete clear drop create copy move add data
    using with into
    """.split()  # noqa: SIM905 - a word a line would hide the list
)

_BASE_CHAR = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHAR = f"{_BASE_CHAR}0-9_\u00b7\u0300-\u036f\u203f\u2040"
_PREFIX = f"[{_BASE_CHAR}](?:[{_CHAR}.-]*[{_CHAR}-])?"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = f"(?:[{_CHAR}:]|{_PLX})(?:(?:[{_CHAR}.:-]|{_PLX})*(?:[{_CHAR}:-]|{_PLX}))?"
_CODEPOINT = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ESCAPE = rf"\\[tbnrf\\\"']|{_CODEPOINT}"

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)+")
_TOKEN = re.compile(
    rf"""
    (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_CODEPOINT})*>)
  | (?P<string>
        \"\"\"(?:\"{{0,2}}(?:[^"\\]|{_ESCAPE}))*\"\"\"
      | '''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*'''
      | "(?:[^"\\\r\n]|{_ESCAPE})*"
      | '(?:[^'\\\r\n]|{_ESCAPE})*'
    )
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<variable>[?$][{_CHAR}]+)
  | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)
  | (?P<blank>_:[{_BASE_CHAR}0-9_](?:[{_CHAR}.-]*[{_CHAR}-])?)
  | (?P<name>(?:{_PREFIX})?:(?:{_LOCAL})?)
  | (?P<word>[A-Za-z][A-Za-z0-9_]*)
  | (?P<sign>\^\^|\|\||&&|!=|<=|>=|[{{}}()\[\].,;=<>!|/^*+?-])
    """,
    re.VERBOSE,
)
_SIMPLE = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_ESCAPED = {v: f"\\{k}" for k, v in _SIMPLE.items()} | {"\\": "\\\\", '"': '\\"'}
_LONGEST_QUERY = 200_000


class TokenKind(StrEnum):
    """What a token is."""

    IRI = "iri"
    STRING = "string"
    LANGUAGE = "language"
    VARIABLE = "variable"
    NUMBER = "number"
    BLANK = "blank"
    NAME = "name"  # with a prefix
    WORD = "word"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `text` is its plain spelling; `start` counts code points into the source."""

    kind: TokenKind
    text: str
    start: int
    joined: bool = False  # stands directly behind the token before it
    newline: bool = False  # begins a line

    def is_word(self, *words: str) -> bool:
        """Is it one of these (lower-case) words?"""
        return self.kind is TokenKind.WORD and self.text.casefold() in words

    def is_sign(self, *signs: str) -> bool:
        """Is it one of these signs?"""
        return self.kind is TokenKind.SIGN and self.text in signs


def place_of(source: str, offset: int) -> str:
    r"""Line and column of an offset, both from 1.

    >>> place_of("SELECT *\nWHERE", 10)
    'line 2, column 2'
    """
    before = re.split(r"\r\n|\r|\n", source[:offset])
    return f"line {len(before)}, column {len(before[-1]) + 1}"


def tokenize(source: str) -> tuple[Token, ...]:
    """Read a query strictly, as SPARQL 1.1 spells it.

    Args:
        source: The query. Comments and white space are dropped.

    Raises:
        QueryError: something that is no token, or a word that is none of SPARQL's; tells line
            and column, never the words.

    >>> [t.text for t in tokenize("ASK { ?s a 'x'@en } # really?")]
    ['ASK', '{', '?s', 'a', '"x"', '@en', '}']
    """
    if len(source) > _LONGEST_QUERY:
        raise QueryError(
            f"The query has {len(source):,} characters; kg reads up to {_LONGEST_QUERY:,}. "
            "Ask a smaller question."
        )
    found: list[Token] = []
    here, end = 0, len(source)
    joined, newline = False, False
    while here < end:
        gap = _SPACE.match(source, here)
        if gap:
            joined, newline = False, newline or bool(re.search(r"[\r\n]", gap.group()))
            here = gap.end()
            continue
        match = _TOKEN.match(source, here)
        if match is None or match.lastgroup is None:
            raise _no_token(source, here)
        kind = TokenKind(match.lastgroup)
        token = Token(kind, _spelling(kind, match.group(), source, here), here, joined, newline)
        _refuse(token, source)
        found.append(token)
        here, joined, newline = match.end(), True, False
    return tuple(found)


def _no_token(source: str, here: int) -> QueryError:
    place = place_of(source, here)
    if re.compile(_CODEPOINT).match(source, here):
        return QueryError(
            f"The query, {place}: an escaped character outside a string or an address; "
            "expected the character itself. Write it out."
        )
    if source[here] in "\"'":
        return QueryError(
            f"The query, {place}: a string that does not end, or with an escape that SPARQL "
            "does not know; expected a closing quotation mark on the same line."
        )
    return QueryError(
        f"The query, {place}: not SPARQL here; expected a name, a variable, a string or a sign. "
        "Correct the query there."
    )


def _refuse(token: Token, source: str) -> None:
    if token.kind is not TokenKind.WORD:
        return
    word = token.text.casefold()
    if word in REFUSED:
        raise QueryError(
            f"The query, {place_of(source, token.start)}: {word.upper()} is refused, since kg "
            "answers from this harvest alone and a question changes nothing; expected a SELECT, "
            "ASK, CONSTRUCT or DESCRIBE query without it. Take it out."
        )
    if word not in WORDS:
        raise QueryError(
            f"The query, {place_of(source, token.start)}: no word of SPARQL 1.1; expected a "
            "keyword, or a name with its prefix, e.g. oh:Outcome. Correct the query there."
        )


def _spelling(kind: TokenKind, text: str, source: str, here: int) -> str:
    if kind is TokenKind.STRING:
        return quote(_unescape(text[3:-3] if text[:3] in {'"""', "'''"} else text[1:-1]))
    if kind is TokenKind.VARIABLE:
        return f"?{text[1:]}"
    if kind is TokenKind.IRI and "\\" in text:
        plain_text = _unescape(text[1:-1])
        if not is_iri_text(plain_text):
            raise QueryError(
                f"The query, {place_of(source, here)}: an address with a character that none may "
                "hold; expected e.g. <https://example.org/harvest/>. Correct it."
            )
        return f"<{plain_text}>"
    return text


def is_iri_text(text: str) -> bool:
    """May *text* stand between angle brackets, as it is?

    >>> is_iri_text("https://example.org/a"), is_iri_text("a> <b")
    (True, False)
    """
    return not re.search(r"[<>\"{}|^`\\\x00-\x20\ud800-\udfff]", text)


def _unescape(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = match.group()
        if code[1] in "uU":
            number = int(code[2:], 16)
            # Half a character (a surrogate), or one past the last: no engine agrees on it.
            known = number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF  # noqa: PLR2004
            return chr(number) if known else "\ufffd"
        return _SIMPLE.get(code[1], code[1])

    return re.sub(_ESCAPE, character, text)


def quote(text: str) -> str:
    r"""A string literal that every engine reads alike, on one line.

    rdflib expands ``\u0022`` before it looks for the end of a string, also
    where the backslash itself is escaped; a "u" behind a backslash is
    therefore written by number.

    >>> print(quote('say "hi"'))
    "say \"hi\""
    >>> print(quote("C:" + chr(92) + "u0022"))
    "C:\\\U000000750022"
    """
    out: list[str] = []
    before = ""
    for c in text:
        if "\ud800" <= c <= "\udfff":
            out.append("\ufffd")
        elif c in "uU" and before == "\\":
            out.append(f"\\U{ord(c):08X}")
        else:
            out.append(_ESCAPED.get(c, c))
        before = c
    return f'"{"".join(out)}"'


def plain(tokens: Iterable[Token]) -> str:
    r"""The query written anew: one space or one new line between tokens, nothing hidden.

    >>> plain(tokenize("SELECT * { ?s ?p '''it''' # SERVICE" + chr(13) + "}"))
    'SELECT * { ?s ?p "it"\n}'
    """
    return _written(tokens)[0]


def _written(tokens: Iterable[Token]) -> tuple[str, list[int], list[int]]:
    """Text, and for finding a place again: where each token begins, here and in the source."""
    parts: list[str] = []
    begins: list[int] = []
    starts: list[int] = []
    length = 0
    before: Token | None = None
    for token in tokens:
        gap = _gap(before, token)
        parts += (gap, token.text)
        begins.append(length + len(gap))
        starts.append(token.start)
        length += len(gap) + len(token.text)
        before = token
    return "".join(parts), begins, starts


def _gap(before: Token | None, token: Token) -> str:
    if before is None or (token.joined and _belongs(before, token)):
        return ""
    if token.is_sign("(") and before.is_word(*_FUNCTIONS):
        return ""  # Oxigraph takes no space there
    return "\n" if token.newline else " "


def _belongs(before: Token, token: Token) -> bool:
    """Must the two stay together? A tag with its string, a sign with its number or name."""
    if token.kind is TokenKind.LANGUAGE or token.is_sign("^^"):
        return before.kind is TokenKind.STRING
    if before.is_sign("^^"):
        return token.kind in {TokenKind.IRI, TokenKind.NAME}
    if token.kind is TokenKind.NUMBER:
        return before.is_sign("+", "-")
    if token.is_sign("*", "+", "?"):  # of a path; rdflib wants it at its name
        return before.kind in {TokenKind.NAME, TokenKind.IRI} or before.is_sign(")")
    if token.is_sign("("):
        return before.kind in {TokenKind.NAME, TokenKind.IRI}
    return (before.text, token.text) in {("(", ")"), ("[", "]")}


def source_offset(tokens: Sequence[Token], offset: int) -> int:
    """Where in the source stands what `plain` wrote at *offset*? 0 for no tokens."""
    _, begins, starts = _written(tokens)
    index = bisect_right(begins, offset) - 1
    if 0 <= index < len(starts) - 1 and begins[index] + len(tokens[index].text) <= offset:
        index += 1
    return starts[max(index, 0)] if starts else 0


def moved(token: Token, *, like: Token) -> Token:
    """The same token, standing where *like* stood, for telling its place."""
    return replace(token, start=like.start, newline=like.newline and not token.joined)
