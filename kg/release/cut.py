"""Names of bodies of which a part is masked: what is left of one is no name.

"Association des femmes de [name] (AFBO)": who read "Association des femmes" for a body would
make one of all that are called so after different people.
"""

import re

from kg.extract.lexicon import lexicon
from kg.model import Fragment, Kind, Mention
from kg.release.bodies import VOUCHED
from kg.release.mask import MASK
from kg.release.words import known_to_all

_BEFORE = re.compile(rf"{re.escape(MASK)}(?:['’]s?)?[ \u00a0]$")
_BEHIND = re.compile(rf"[ \u00a0](?:([^\W\d_]+)(?:[ \u00a0]|['’]))?{re.escape(MASK)}")


def whole(fragment: Fragment, mention: Mention) -> bool:
    """Whether no mask stands right before the name of a body, or is linked to it from behind.

    Args:
        fragment: A masked record.
        mention: What was found in it; what names no body is whole, and so is what somebody, an
            acronym beside it or kg's own list vouches for.
    """
    if mention.kind is not Kind.ORGANISATION or mention.method in VOUCHED:
        return True
    statement = fragment.statement(mention.field)
    if statement is None or known_to_all(mention.text):
        return True
    behind = _BEHIND.match(statement.text, mention.end)
    linked = behind is not None and (behind[1] is None or _links(behind[1]))
    return not (linked or _BEFORE.search(statement.text, 0, mention.start))


def _links(word: str) -> bool:
    """As "of" and "d’" do: what comes behind is a part of the name."""
    words = lexicon()
    return words.info(word).connector or words.info(f"{word}'").connector
