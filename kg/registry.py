"""`organisations.yaml` and `decisions.csv` → what people settled; errors name file and line."""

import re
from functools import cache
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kg.coherence import check_organisations
from kg.delimited import FORMULA
from kg.errors import ConfigError
from kg.model import Decision, Organisation
from kg.read.decode import decode
from kg.read.edited import Line, plainly_yes, read_edited, words_of
from kg.vocab import fold

_KEYS = (
    "id",
    "label",
    "acronyms",
    "aliases",
    "country",
    "type",
    "part_of",
    "not_same_as",
    "publish",
)
_COLUMNS = ("decision", "a", "b", "scope", "by", "date", "reason", "publish")
_PAIRS = ("same", "different")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NULL = "tag:yaml.org,2002:null"


def read_organisations(path: Path) -> tuple[Organisation, ...]:
    """The entries of `organisations.yaml`, in their order; none in an empty file.

    Raises:
        ConfigError: not YAML, an unknown key, an id or a name that two entries share.
    """
    root = _compose(path)
    if root is None or _is_null(root):
        return ()
    if not isinstance(root, SequenceNode):
        raise _wrong(
            path, root, "expected a list of organisations; begin each with a hyphen: - id: …"
        )
    entries = tuple(_organisation(path, node) for node in root.value)
    check_organisations(path.name, entries)
    return entries


def entry_spans(path: Path) -> tuple[tuple[int, int], ...] | None:
    """First line of each entry and the line behind its last one, from 0.

    Blank lines and comments behind an entry are not its own. None where
    entries have no lines of their own, as in one pair of brackets.
    """
    root = _compose(path)
    if not isinstance(root, SequenceNode) or root.flow_style:
        return None
    lines = decode(path.read_bytes()).lines
    spans = []
    for node in root.value:
        end = min(node.end_mark.line + (node.end_mark.column > 0), len(lines))
        while end > node.start_mark.line + 1 and _idle(lines[end - 1]):
            end -= 1
        spans.append((node.start_mark.line, end))
    return tuple(spans)


def _idle(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _compose(path: Path) -> Node | None:
    try:
        text = "".join(decode(path.read_bytes()).lines)
    except OSError as problem:
        reason = problem.strerror or "it cannot be opened"
        raise ConfigError(f"{path.name}: {reason}; check that you may read it.") from problem
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise ConfigError(
            f"{path.name}{line}: not YAML from here on; look for a missing colon, quote or "
            "hyphen, or for a tab at the beginning of a line, here or just above."
        ) from problem
    except yaml.YAMLError as problem:
        raise ConfigError(
            f"{path.name}: holds characters that YAML does not allow; save it as plain UTF-8 text."
        ) from problem


def _wrong(path: Path, node: Node, told: str) -> ConfigError:
    return ConfigError(f"{path.name}, line {node.start_mark.line + 1}: {told}")


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag == _NULL


def _organisation(path: Path, node: Node) -> Organisation:
    if not isinstance(node, MappingNode):
        raise _wrong(path, node, "expected an organisation of the form: - id: …, label: …")
    fields: dict[str, Node] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, ScalarNode) else ""
        if name not in _KEYS:
            raise _wrong(path, key, f"a key that kg does not know; expected {', '.join(_KEYS)}.")
        if name in fields:
            raise _wrong(path, key, f"{name} stands twice in one entry; remove one of the two.")
        fields[name] = value
    identifier = _text(path, fields.get("id"))
    if not identifier:
        raise _wrong(path, node, "an entry without id; write a short one, e.g. - id: my-network")
    labels = _labels(path, fields.get("label"))
    if not labels:
        raise _wrong(path, node, "an entry without label; write the organisation's name.")
    return Organisation(
        id=identifier,
        labels=labels,
        acronyms=_texts(path, fields.get("acronyms")),
        aliases=_texts(path, fields.get("aliases")),
        country=_text(path, fields.get("country")),
        type=_text(path, fields.get("type")),
        part_of=_text(path, fields.get("part_of")),
        not_same_as=_texts(path, fields.get("not_same_as")),
        publish=plainly_yes(_text(path, fields.get("publish")) or ""),
        line=node.start_mark.line + 1,
    )


def _text(path: Path, node: Node | None) -> str | None:
    """A text as typed: NO stays a country, 1.10 a name. None where nothing is written."""
    if node is None or _is_null(node):
        return None
    if not isinstance(node, ScalarNode):
        raise _wrong(path, node, "expected one text here, not a list or further keys.")
    return str(node.value).strip() or None


def _texts(path: Path, node: Node | None) -> tuple[str, ...]:
    nodes = node.value if isinstance(node, SequenceNode) else [node]
    found = (_text(path, item) for item in nodes)
    return tuple(dict.fromkeys(text for text in found if text))


def _labels(path: Path, node: Node | None) -> tuple[tuple[str, str], ...]:
    if not isinstance(node, MappingNode):
        text = _text(path, node)
        return (("", text),) if text else ()
    labels: dict[str, str] = {}
    for key, value in node.value:
        tag = key.value if isinstance(key, ScalarNode) else ""
        if not _LANGUAGE.fullmatch(tag):
            raise _wrong(path, key, "expected a language before the colon, e.g. fr: …")
        if tag.lower() in labels:
            raise _wrong(path, key, f"two labels in one language ({tag}); remove one of the two.")
        text = _text(path, value)
        if text:
            labels[tag.lower()] = text
    return tuple(labels.items())


def is_language(tag: str) -> bool:
    """Whether a text may be a language tag ("en", "pt-BR")."""
    return _LANGUAGE.fullmatch(tag) is not None


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The lines of `decisions.csv`, in their order; none in an empty file.

    Raises:
        ConfigError: a missing or unknown column, an unknown decision, a pair with one side.
    """
    lines, _ = read_edited(
        path,
        columns={name: (name,) for name in _COLUMNS},
        required=("decision", "a"),
        strict=True,
    )
    return tuple(_decision(path, line) for line in lines)


def _decision(path: Path, line: Line) -> Decision:
    where = f"{path.name}, row {line.number}"
    if line.broken:
        raise ConfigError(
            f"{where}: a quotation mark opens a cell and does not close it; close it."
        )
    decision = decision_word(line.get("decision"))
    if decision is None:
        expected = ", ".join(words_of("decisions"))
        raise ConfigError(f"{where}, field decision: expected one of {expected}.")
    if not line.get("a"):
        raise ConfigError(f"{where}, field a: empty; expected what the decision is about.")
    if decision in _PAIRS and not line.get("b"):
        raise ConfigError(f"{where}, field b: empty; {decision} needs two sides, a and b.")
    return Decision(
        decision=decision,
        a=unescaped(line.get("a")),
        b=unescaped(line.get("b")),
        scope=line.get("scope"),
        by=line.get("by"),
        date=line.get("date"),
        reason=unescaped(line.get("reason")),
        publish=plainly_yes(line.get("publish")),
        line=line.number,
    )


def unescaped(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it.

    >>> unescaped("'=1+1"), unescaped("'Umoja'")
    ('=1+1', "'Umoja'")
    """
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text


def escaped(text: str) -> str:
    """A cell that no spreadsheet runs; `unescaped` is the way back.

    >>> escaped("=1+1"), escaped("'=1+1"), escaped("Umoja")
    ("'=1+1", "''=1+1", 'Umoja')
    """
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def decision_word(text: str) -> str | None:
    """A decision as somebody spells it; None where it is none.

    >>> decision_word("Not organization"), decision_word("même"), decision_word("perhaps")
    ('not-organisation', 'same', None)
    """
    return _decisions().get("-".join(re.split(r"[\s_-]+", fold(text))))


@cache
def _decisions() -> dict[str, str]:
    return {fold(word): name for name, words in words_of("decisions").items() for word in words}
