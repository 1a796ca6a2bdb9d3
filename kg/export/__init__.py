"""A harvest as a file for another tool. One order, the same bytes each time; the audience is told.

What leaves the machine names its audience: an internal file says INTERNAL in
its content. Triples come out of the graph file; networks and tables out of
the same questions that the pages ask; the reports tell the story of both.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.model import Audience, Finding

if TYPE_CHECKING:
    import networkx as nx

Select = Callable[[str], Sequence[Mapping[str, str]]]
Progress = Callable[[str, int, int], None]

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
    CYJS = "cyjs"
    KUMU = "kumu"
    XLSX = "xlsx"
    DOCX = "docx"
    CSV = "csv"
    CAUSALMAP = "causalmap"
    OPENREFINE = "openrefine"


#: Formats that are no text: they are not printed on a screen. Each with what its file is called.
BINARY: Mapping[ExportFormat, str] = {
    ExportFormat.XLSX: "harvest.xlsx",
    ExportFormat.DOCX: "harvest.docx",
    ExportFormat.CSV: "harvest.zip",
    ExportFormat.CAUSALMAP: "links.xlsx",
}
_TRIPLES = frozenset({ExportFormat.TTL, ExportFormat.TRIG, ExportFormat.NQ, ExportFormat.JSONLD})
_REPORTS = frozenset({ExportFormat.XLSX, ExportFormat.DOCX})


def export(
    trig: Path,
    form: ExportFormat,
    *,
    audience: Audience,
    network: Callable[[], "nx.MultiDiGraph"],
    select: Select,
    name: str = "",
    language: str = "en",
    date: str = "",
    sources: Iterable[Mapping[str, Any]] = (),
    findings: Callable[[], Iterable[Finding]] = tuple,
    progress: Progress = lambda *_: None,
) -> bytes:
    """The harvest in another form.

    Args:
        trig: `harvest.trig` of the audience.
        form: `ttl` loses which fragment says what (the union of all graphs); `trig`, `nq` and
            `jsonld` keep it. `graphml`, `gexf`, `cyjs` and `kumu` are the network of the
            explorer; `xlsx` and `docx` are reports, `csv` a zip of tables with a
            `datapackage.json`, `causalmap` a workbook of links, `openrefine` names.
        audience: Decides the note that it is not for everybody.
        network: Gives the whole network (`kg.network.whole`).
        select: Answers SPARQL over the harvest.
        name: The project's name.
        language: Of labels, where a thing has several, and of what a report says.
        date: What a report shall bear; no clock is read.
        sources: As `report.json` lists them, for the reports.
        findings: Gives the worklist, for the workbook.
        progress: Told the step, what is done of it, and of how much.

    Raises:
        UsageError: `docx` was asked for, and the extra `report` is not installed.
    """
    note = NOTE if audience is Audience.INTERNAL else ""
    progress("reading the graph", 0, 0)
    if form in _TRIPLES:
        from kg.export.rdf import triples

        return triples(trig, form.value, note=note)
    if form is ExportFormat.CSV:
        from kg.export.package import data_package
        from kg.export.tables import tables

        return data_package(tables(select, language=language), title=name, note=note)
    if form in _REPORTS:
        from kg.export.story import story

        told = story(
            network(),
            select,
            name=name,
            audience=audience,
            language=language,
            date=date,
            digest=hashlib.sha256(trig.read_bytes()).hexdigest()[:16],
            sources=sources,
            findings=findings() if form is ExportFormat.XLSX else (),
        )
        if form is ExportFormat.XLSX:
            from kg.export.book import report_workbook

            return report_workbook(told, progress=progress)
        from kg.export.document import report_document

        return report_document(told, progress=progress)
    return _writer(form)(network(), note=note, language=language)


def _writer(form: ExportFormat) -> Callable[..., bytes]:
    """What writes the network in one of its forms."""
    from kg.export.causal import causal
    from kg.export.gexf import gexf
    from kg.export.names import names
    from kg.export.networks import cyjs, graphml, kumu

    return {
        ExportFormat.GEXF: gexf,
        ExportFormat.GRAPHML: graphml,
        ExportFormat.CYJS: cyjs,
        ExportFormat.KUMU: kumu,
        ExportFormat.CAUSALMAP: causal,
        ExportFormat.OPENREFINE: names,
    }[form]
