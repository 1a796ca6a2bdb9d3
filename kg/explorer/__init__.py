"""The page of a whole harvest, `explorer.html`.

For now it is the network page of `kg draw`: of everything, or, past 500
nodes, of the most linked part, and then it says what it leaves out.
"""

import networkx as nx

from kg.draw import network_page
from kg.model import Audience
from kg.network.part import largest_part


def explorer_page(
    graph: nx.MultiDiGraph, *, name: str, audience: Audience, language: str = "en"
) -> str:
    """The page of a harvest, as one HTML file that fetches nothing.

    Args:
        graph: From `kg.network.whole`, of any size.
        name: The project's name, the heading of the page.
        audience: Whose copy it shows.
        language: "en" or "fr".
    """
    part = largest_part(graph)
    return network_page(part, title=name, audience=audience, language=language)
