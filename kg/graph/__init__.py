"""Fragments, mentions, entities and claims → TriG. Pure: no file, no clock, no order of its own.

One named graph a fragment, named by its IRI, with every triple said because
of it; labels and types of shared nodes in graphs of their own. No triple
stands in two graphs: the engine counts such a triple twice.
"""

from kg.graph.harvest import Found, HarvestParts, harvest_trig

__all__ = ["Found", "HarvestParts", "harvest_trig"]
