"""A harvest as a file for another tool. One order, the same bytes each time; the audience is told.

What leaves the machine names its audience: an internal file says INTERNAL in
its content. Triples come out of the graph file; networks and tables out of
the same questions that the pages ask.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import Audience

if TYPE_CHECKING:
    import networkx as nx

Select = Callable[[str], Sequence[Mapping[str, str]]]

#: At the head, or in a description, of what is not for everybody.
NOTE = "INTERNAL: holds confidential records. Do not pass on."


class ExportFormat(StrEnum):
    """What `kg export` writes."""

    TTL = "ttl"
    TRIG = "trig"
    NQ = "nq"
    JSONLD = "jsonld"
    GRAPHML = "graphml"
    GEXF = "gexf"
    KUMU = "kumu"
    XLSX = "xlsx"
    CSV = "csv"


#: Formats that are no text: they are not printed on a screen.
BINARY = frozenset({ExportFormat.XLSX, ExportFormat.CSV})


def export(
    trig: Path,
    form: ExportFormat,
    *,
    audience: Audience,
    network: Callable[[], "nx.MultiDiGraph"],
    select: Select,
    name: str = "",
    language: str = "en",
) -> bytes:
    """The harvest in another form.

    Args:
        trig: `harvest.trig` of the audience.
        form: `ttl` loses which fragment says what (the union of all graphs); `trig`, `nq` and
            `jsonld` keep it. `graphml`, `gexf` and `kumu` are the network of the explorer;
            `xlsx` is a workbook, `csv` a zip of tables with a `datapackage.json`.
        audience: Decides the note that it is not for everybody.
        network: Gives the whole network (`kg.network.whole`).
        select: Answers SPARQL over the harvest.
        name: The project's name.
        language: Of labels, where a thing has several.
    """
    note = NOTE if audience is Audience.INTERNAL else ""
    if form in (ExportFormat.TTL, ExportFormat.TRIG, ExportFormat.NQ, ExportFormat.JSONLD):
        from kg.export.rdf import triples

        return triples(trig, form.value, note=note)
    if form in BINARY:
        from kg.export.tables import data_package, tables, workbook

        found = tables(select, language=language)
        if form is ExportFormat.XLSX:
            return workbook(found, title=name, note=note)
        return data_package(found, title=name, note=note)
    from kg.export.networks import gexf, graphml, kumu

    writer = {ExportFormat.GEXF: gexf, ExportFormat.GRAPHML: graphml, ExportFormat.KUMU: kumu}
    return writer[form](network(), note=note, language=language)
