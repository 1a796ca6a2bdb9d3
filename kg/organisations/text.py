"""An entry of `organisations.yaml` as the lines that a person would write."""

import re
from collections.abc import Sequence

import yaml

from kg.model import Organisation

#: Plain YAML: nothing that could be read as another type, a comment, a reference or a bracket.
_PLAIN = re.compile(r"[^\W\d_](?:[\w.()/’'-]| (?=[^\s#]))*")
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


def entry_text(entry: Organisation) -> str:
    """One entry in canonical form, keys in the order of the documentation; ends with a newline.

    >>> print(entry_text(Organisation(id="rn", labels=(("en", "River Net"),), acronyms=("RN",))))
    - id: rn
      label: {en: River Net}
      acronyms: [RN]
    <BLANKLINE>
    """
    lines = [f"- id: {_scalar(entry.id)}", *_labels(entry.labels)]
    lines += _list("acronyms", entry.acronyms)
    lines += _list("aliases", entry.aliases)
    if entry.country:
        lines.append(f"  country: {_scalar(entry.country)}")
    if entry.type:
        lines.append(f"  type: {_scalar(entry.type)}")
    if entry.part_of:
        lines.append(f"  part_of: {_scalar(entry.part_of)}")
    lines += _list("not_same_as", entry.not_same_as)
    if entry.publish:
        lines.append("  publish: yes")
    return "\n".join(lines) + "\n"


def _labels(labels: Sequence[tuple[str, str]]) -> list[str]:
    if len(labels) == 1 and not labels[0][0]:
        return [f"  label: {_scalar(labels[0][1])}"]
    if len(labels) == 1:
        language, text = labels[0]
        return [f"  label: {{{_scalar(language)}: {_scalar(text)}}}"]
    return ["  label:", *(f"    {_scalar(tag)}: {_scalar(text)}" for tag, text in labels)]


def _list(key: str, texts: Sequence[str]) -> list[str]:
    return [f"  {key}: [{', '.join(_scalar(text) for text in texts)}]"] if texts else []


def _scalar(text: str) -> str:
    """A text that YAML reads back letter by letter, in quotes where it needs them."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    # width: a long name stays on its line; the trailing part is the writer's end of document.
    written: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=2**30)
    return written.strip()
