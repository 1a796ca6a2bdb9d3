"""The reduced graph: what a page carries where the whole graph is too large for its engine.

A property is kept with all its triples, or left out with all of them; so is a class
with its `rdf:type`. A question that names nothing of what is left out, and no
property by a variable, then gets the very rows that the whole graph gives: the page
asks these, and names `kg query` for the others (`explorer/src/model/reduced.ts`).
"""

from collections.abc import Iterator
from pathlib import Path

from kg.graph.reading import GraphFile, Said, UnknownFormError, open_graph, parted

#: Where a name stands in a text, and how it was found there: what it means stays.
_PLACES = (
    "nif:anchorOf", "nif:beginIndex", "nif:endIndex", "nif:referenceContext",
    "oh:kind", "oh:method", "oh:confidence", "oh:Mention",
)  # fmt: skip
#: Whence a claim comes, and what a cell is called: nothing is counted by them.
_ORIGINS = (
    "prov:wasDerivedFrom", "oh:statedIn", "oh:heading", "oh:emptyField", "oh:Statement",
)  # fmt: skip
#: The texts once more, folded: the page searches them by itself.
_TEXTS = ("oh:searchText", "dcterms:language")

#: Properties and classes that the reduced graph lacks, as the graph writes them.
LEFT_OUT = (*_PLACES, *_ORIGINS, *_TEXTS)


def reduced(trig: bytes | Path, *, most: int) -> bytes | None:
    """The graph of a harvest without `LEFT_OUT`.

    Args:
        trig: The graph or its file, as `kg.graph` writes it.
        most: Bytes.

    Returns:
        TriG; None where even this has more than *most* bytes, or kg did not write the graph.
    """
    found: list[bytes] = []
    size = 0
    with open_graph(trig) as file:
        try:
            for part in _parts(GraphFile(file)):
                found.append(part.encode())
                size += len(found[-1])
                if size > most:
                    return None
        except UnknownFormError:
            return None
    return b"".join(found)


def _parts(graph: GraphFile) -> Iterator[str]:
    """The reduced graph piece by piece: prefixes, fragments, what they share."""
    yield "".join(f"@prefix {name}: <{space}> .\n" for name, space in graph.terms.spaces.items())
    for subjects in graph.fragments():
        own = graph.terms.own
        blocks = (_block(subject, said) for subject, said in subjects.items())
        yield f"@prefix : <{own}> .\n<{own[:-1]}> {{\n{''.join(blocks)}}}\n"
    yield graph.rest().decode()


def _block(subject: str, said: Said) -> str:
    """What is kept of a subject; nothing where nothing is."""
    kept = []
    for predicate, objects in said.items():
        if predicate in LEFT_OUT:
            continue
        if predicate == "a":
            objects = " , ".join(c for c in parted(objects) if c not in LEFT_OUT)  # noqa: PLW2901
        if objects:
            kept.append(f"{predicate} {objects}")
    return f"  {subject} " + " ;\n    ".join(kept) + " .\n" if kept else ""
