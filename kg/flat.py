"""Text folded letter by letter, so that offsets into it are offsets into the original."""

import unicodedata


def flat(text: str) -> str:
    """Small letters without accents and ASCII digits, each in its place.

    Unlike `kg.vocab.fold` the result has the length of *text*: what a pattern
    finds in it stands at the same characters of the original.

    >>> flat("Résultat 1.4"), len(flat("ŒUVRE")) == len("ŒUVRE")
    ('resultat 1.4', True)
    """
    if text.isascii():
        return text.lower()
    return text.translate(_LETTERS)


def _letter(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category.startswith("L"):
        return unicodedata.normalize("NFKD", char)[0].lower()[:1]
    return " " if category == "Zs" else char


class _Letters(dict[int, str]):
    """Letter → what it is read as, filled as letters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char.lower() if char.isascii() else _letter(char)
        return self[code]


_LETTERS = _Letters()
