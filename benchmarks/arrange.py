"""What it costs to arrange a network: `python -m benchmarks.arrange [NODES …] [--json]`.

Outcomes, organisations that recur as in a real harvest, results and hubs; no record is
read and nothing is drawn. CPU seconds, the median of three runs.
"""

import random
import statistics
import sys
import time
from collections.abc import Sequence

import networkx as nx

from benchmarks.measure import options, show

SIZES = (5_000, 50_000)
RUNS = 3


def network(nodes: int, *, seed: int = 1) -> nx.MultiDiGraph:
    """A network of about so many nodes: two of five outcomes, most others organisations."""
    chance = random.Random(seed)
    outcomes = [f"o{number}" for number in range(nodes * 2 // 5)]
    bodies = [f"b{number}" for number in range(nodes - len(outcomes) - 60)]
    results = [f"r{number}" for number in range(40)]
    hubs = [f"h{number}" for number in range(20)]
    graph = nx.MultiDiGraph()
    for kind, names in (
        ("outcome", outcomes),
        ("organisation", bodies),
        ("result", results),
        ("actor", hubs),
    ):
        graph.add_nodes_from(names, kind=kind)
    weights = [1 / rank for rank in range(1, len(bodies) + 1)]
    for number, outcome in enumerate(outcomes):
        for body in chance.choices(bodies, weights, k=3):
            graph.add_edge(body, outcome)
        # What is named once stands with its one outcome.
        graph.add_edge(bodies[-1 - number % len(bodies)], outcome)
        graph.add_edge(outcome, chance.choice(results))
        graph.add_edge(outcome, chance.choice(hubs))
    return graph


def measured(nodes: int) -> dict[str, object]:
    """Seconds of `kg.layout.spread` for a network of so many nodes."""
    from kg.layout import spread

    graph = network(nodes)
    found = []
    for _ in range(RUNS):
        start = time.process_time()
        places = spread(graph)
        found.append(time.process_time() - start)
    return {
        "nodes": len(places),
        "links": graph.number_of_edges(),
        "CPU seconds": statistics.median(found),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = options("arrange", __doc__)
    parser.add_argument("nodes", nargs="*", type=int, default=SIZES, metavar="NODES")
    chosen = parser.parse_args(arguments)
    show([measured(size) for size in chosen.nodes], as_json=chosen.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
