"""Who may see a record. Short enough to audit aloud; nothing else decides.

A record is confidential unless its cell plainly says no. Blank, missing,
garbled, ambiguous, written with look-alike letters: confidential.
"""

from collections.abc import Collection

from kg.model import Audience, Record

#: Everything that plainly says no, in small letters. In code, not data: no file can widen it.
_NO = frozenset(
    {
        *("no", "non", "nee", "não", "nao"),  # English and Spanish, French, Dutch, Portuguese
        "لا",  # Arabic, as it is typed: no article, no vowel marks, no joined form
        *("false", "faux", "falso", "onwaar"),
        *("0", "0.0", "0,0"),  # a spreadsheet's no
    }
)


def says_no(text: str | None) -> bool:
    """Does this cell plainly say "no"?

    Case and white space around it do not matter; everything else does. A word
    more, an invisible character, a letter of another alphabet: not plainly no.

    >>> says_no(" NO "), says_no("0.0"), says_no(""), says_no(None), says_no("no, but")
    (True, True, False, False, False)
    """
    return text is not None and text.strip().lower() in _NO


def confidential(record: Record, *, cleared: Collection[str]) -> bool:
    """Must this record be withheld from the public?

    Args:
        record: As read.
        cleared: Files that `kg.toml` clears explicitly. That answers for a
            missing column alone: where a record has the cell, the cell decides,
            and a blank one does not say no.
    """
    flag = record.value("confidential")
    if flag is None:
        return record.file not in cleared
    return not says_no(flag)


def admit(record: Record, audience: Audience, *, cleared: Collection[str]) -> bool:
    """May *audience* see this record?"""
    if audience is Audience.INTERNAL:
        return True
    return not confidential(record, cleared=cleared)
