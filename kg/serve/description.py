"""What the endpoint says of itself: SPARQL 1.1 Service Description (W3C, 21 March 2013)."""

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.vocab import PREFIXES, RDF

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_GIVEN = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip


def service_description(endpoint: str, *, title: str, form: str) -> str:
    """The description of one endpoint as RDF.

    Args:
        endpoint: Its address.
        title: What it answers about, e.g. the name of the harvest.
        form: "ttl", "nt", "jsonld" or "rdfxml".

    >>> "sd:UnionDefaultGraph" in service_description("http://x/sparql", title="T", form="ttl")
    True
    """
    service = NamedNode(f"{endpoint}#service")
    dataset = NamedNode(f"{endpoint}#dataset")
    graph = NamedNode(f"{endpoint}#default-graph")
    kind = NamedNode(f"{RDF}type")

    def sd(name: str) -> NamedNode:
        return NamedNode(_SD + name)

    said: list[Triple] = [
        Triple(service, kind, sd("Service")),
        Triple(service, sd("endpoint"), NamedNode(endpoint)),
        Triple(service, NamedNode(f"{PREFIXES['dcterms']}title"), Literal(title)),
        Triple(service, sd("supportedLanguage"), sd("SPARQL11Query")),
        Triple(service, sd("feature"), sd("UnionDefaultGraph")),
        *(Triple(service, sd("resultFormat"), NamedNode(_FORMATS + name)) for name in _GIVEN),
        Triple(service, sd("defaultDataset"), dataset),
        Triple(dataset, kind, sd("Dataset")),
        Triple(dataset, sd("defaultGraph"), graph),
        Triple(graph, kind, sd("Graph")),
    ]
    formats = {
        "ttl": RdfFormat.TURTLE,
        "nt": RdfFormat.N_TRIPLES,
        "jsonld": RdfFormat.JSON_LD,
        "rdfxml": RdfFormat.RDF_XML,
    }
    prefixes = {"sd": _SD, "dcterms": PREFIXES["dcterms"]}
    named = None if form == "nt" else prefixes
    return (serialize(said, format=formats[form], prefixes=named) or b"").decode("utf-8")
