"""A registry of ten thousand names costs at most twice one of ten: counted, not timed."""

from kg.extract.lexicon import lexicon
from kg.extract.redactions import marks
from kg.extract.registry import Known, NameIndex
from kg.extract.sheet import sheet_of

TEXT = (
    "The Kondala Women Network met the Network of Kondala Defenders. Women of Kondala wrote to "
    "the Association of Weavers, which asked the Kondala Legal Aid Centre and RDKLX for help. "
) * 20


class Counting(dict):
    """Counts how often it is asked."""

    asked = 0

    def get(self, key, default=None):
        """As a dict does."""
        self.asked += 1
        return super().get(key, default)


def work(count: int, fragment) -> int:
    """Look-ups of names that one record costs with so many names known, many of one first word."""
    heads = ("Kondala", "Network", "Association", "Women")
    names = [
        Known(str(n), "", f"{heads[n % 4]} {'of ' * (n % 3)}Body {n:05}") for n in range(count)
    ]
    index = NameIndex(names)
    index._names = counting = Counting(index._names)
    paper = sheet_of(fragment(TEXT), lexicon(), marks=marks())
    list(index.find(paper))
    return counting.asked


def test_many_names_cost_what_few_do(fragment):
    """Names are looked up by first word and length, never one by one."""
    few, many = work(10, fragment), work(10_000, fragment)

    assert 0 < many <= 2 * few
