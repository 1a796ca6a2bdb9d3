"""The grammar of results-framework codes and objectives, as people write them in cells.

Kind and number are read apart: "Outcome1.4", "output 1.4.1", "Résultat 1.4",
"OC1.4", "1.4; 1.4.1", "1.4.1-1.4.3". A bare number is a code only where a
code may stand; "37.500 people" and "SDG 16.9.1" are none. Nothing is guessed
and nothing dropped: what cannot be read comes back as a problem. The words
are data: `ontology/codes.yaml`.
"""

from kg.codes.framework import read_codes
from kg.codes.ids import odd_ids
from kg.codes.objectives import read_objectives
from kg.codes.tokens import CodeReading, normal_number

__all__ = ["CodeReading", "normal_number", "odd_ids", "read_codes", "read_objectives"]
