"""Codes of all fragments → nodes of results frameworks, and the links between them.

"Outcome 1.4" of two countries are two nodes. What a country's framework table
lacks is kept as a node that nobody declared: what the record states stays
visible, and the outcome counts as unlinked unless another code is known.
"""

from kg.frameworks.declared import Declared, declare
from kg.frameworks.link import Frameworks, frameworks
from kg.frameworks.nodes import FrameworkNode
from kg.frameworks.parents import Scope

__all__ = ["Declared", "FrameworkNode", "Frameworks", "Scope", "declare", "frameworks"]
