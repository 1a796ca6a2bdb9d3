"""A drawing for a notebook: a pyvis network that shows itself inline, offline."""

import networkx as nx
from pyvis.network import Network

from kg.draw import network, network_page
from kg.inline import framed
from kg.messages import phrase
from kg.model import Audience


class Drawing(Network):  # type: ignore[misc] # pyvis is untyped
    """A pyvis `Network`, which a notebook shows as the page that `kg draw` writes.

    It may be drawn on by pyvis' own means; what is shown inline stays the
    graph that it was made from, with the words behind its links.
    """

    _page = ""
    _caption = ""
    _title = ""

    def __repr__(self) -> str:
        """How large it is; pyvis would print every node and edge."""
        return f"<Drawing: {len(self.nodes)} nodes, {len(self.edges)} edges>"

    def _repr_html_(self) -> str:
        return framed(self._page, title=self._title, caption=self._caption)


def drawing(graph: nx.MultiDiGraph, *, title: str, audience: Audience, language: str) -> Drawing:
    """A graph as a drawing.

    Args:
        graph: From `kg.network`, of at most 500 nodes.
        title: Its heading.
        audience: Whose copy it shows; the page says INTERNAL or PUBLIC.
        language: "en" or "fr".

    Raises:
        UsageError: more than 500 nodes, or an unknown language.
    """
    made: Drawing = network(graph, kind=Drawing)
    made._page = network_page(graph, title=title, audience=audience, language=language)
    made._title = title
    made._caption = phrase(
        "notebook.drawing", language, nodes=len(made.nodes), edges=len(made.edges)
    )
    return made
