"""What the network of a harvest shows, in figures that explain themselves.

    whole ─together→ who stands in the same outcomes ─standings→ a line an organisation
    whole ─chains→ outcomes that grew out of each other
    whole ─periods→ what changed from round to round

Every figure is one of networkx, over the graph of `kg.network`, and keeps the words that it
rests on. None says who did more: a harvest holds what its harvesters told.
"""

from kg.analysis.chains import Chain, Step, chains
from kg.analysis.periods import By, Period, periods
from kg.analysis.standing import Group, Standing, groups, standings
from kg.analysis.tables import Figures, figures
from kg.analysis.together import together

__all__ = [
    "By",
    "Chain",
    "Figures",
    "Group",
    "Period",
    "Standing",
    "Step",
    "chains",
    "figures",
    "groups",
    "periods",
    "standings",
    "together",
]
