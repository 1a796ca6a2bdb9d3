"""Where each node stands: computed once, here, so that everybody sees the same picture.

Two arrangements. `network`: what belongs together stands together. Forces act
between outcomes, organisations and results; hubs (actors, changes, places,
objectives, the programme) link to nearly everything, so they are left out of
the forces and stand on a ring around the rest, each on the side of what it
links to; in a sparse network they take part. What does not hang together is
packed side by side; nodes without any link stand on a shelf below.
`spread` is the same for a whole harvest of any size.
`columns`: from who contributed, through outcomes, to the results framework,
as one reads a sentence.

Only element-wise arithmetic, in a fixed order, no random numbers, no BLAS:
the same bytes on every run and under every hash seed.
"""

from kg.layout.boxes import HEIGHT, WIDTH, Positions
from kg.layout.columns import columns
from kg.layout.forces import network
from kg.layout.spread import spread

__all__ = ["HEIGHT", "WIDTH", "Positions", "columns", "network", "spread"]
