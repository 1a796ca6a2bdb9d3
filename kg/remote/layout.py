"""Where each kind of SPARQL server takes graphs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a kind of server takes graphs, from its address; does it take many at once?"""

    graphs: str
    many: bool


#: By the first word of the `Server` header.
LAYOUTS = {
    "oxigraph": Layout("/store", many=True),
    "apache": Layout("/data", many=True),  # Apache Jena Fuseki
    "virtuoso": Layout("/sparql-graph-crud-auth", many=False),
}
#: RDF4J and GraphDB: the address is that of a repository.
REPOSITORY = Layout("/rdf-graphs/service", many=False)
