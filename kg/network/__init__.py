"""A harvest, or an answer, as a networkx graph in which every link carries its words.

    rows ─whole / around / of_rows→ MultiDiGraph ─draw→ page

Views read rows alone: `select` is a callable that takes SPARQL text and
gives rows (column → text, unbound columns absent) over the union graph. For a
whole harvest `swept` makes one that reads them off the file in one pass.

**Nodes** are named by IRI; an outcome and its fragment are one node, named by
the fragment's IRI. Attributes: `kind` (one of `KINDS`), `label`, `labels`
(language tag → text, "" where the tag is unknown), `short` (acronym or
notation, "" without), `search` (further texts to find it by), `fields` (pairs
of a field's slug and its values, each value language tag → text), `passages`
(the node's own cells), `gap` (an outcome without a framework result, or a
result without an outcome).

**Edges** have `relation` (a slug), `family` (`claim`, `coded` or `structure`)
and `words`: what somebody wrote, as `Words`. A `claim` is somebody's
statement about who did what and is drawn as one; a `coded` link rests on a
coded cell; `structure` is not harvested at all (a results framework, the
parts of an organisation) and has no words. Between two nodes there is at most
one edge a relation; its words are gathered from everywhere.
"""

from kg.network.answer import of_rows
from kg.network.harvest import whole
from kg.network.part import around, largest_part
from kg.network.sweep import swept
from kg.network.words import KINDS, Passage, Words

__all__ = ["KINDS", "Passage", "Words", "around", "largest_part", "of_rows", "swept", "whole"]
