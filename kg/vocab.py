"""Namespaces, slugs and IRIs. The only place that mints an IRI.

IRIs are safe for any raw text: every part of a path is a slug of
``[a-z0-9-]`` (objective codes keep their capitals), so nothing that people
type can end a path, open a fragment or smuggle a bracket.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITSRDF = "http://www.w3.org/2005/11/its/rdf#"
ORG = "http://www.w3.org/ns/org#"
SH = "http://www.w3.org/ns/shacl#"
OH = "https://w3id.org/outcome-harvest/ns#"
OHV = "https://w3id.org/outcome-harvest/vocab/"

DEFAULT_BASE = "https://example.org/harvest/"

#: Declared for free SPARQL and written at the head of every file.
PREFIXES = {
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": OWL,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "nif": NIF,
    "itsrdf": ITSRDF,
    "org": ORG,
    "oh": OH,
    "ohv": OHV,
}

#: The same at the head of kg's own questions.
SPARQL_HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())

_LONGEST_SLUG = 80


class _Unmarked(dict[int, int | None]):
    """For `str.translate`: takes accents and invisible characters away; learns as it meets them."""

    def __missing__(self, char: int) -> int | None:
        kept = None if unicodedata.category(chr(char)) in {"Mn", "Cf"} else char
        self[char] = kept
        return kept


_UNMARKED = _Unmarked()


def digest(text: str, *, length: int = 8) -> str:
    """A short hexadecimal digest (SHA-256) of a text, for completing a name."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def fold(text: str) -> str:
    """Text for comparing: accents, case, width, invisible characters gone; one space between words.

    >>> fold("  Réseau  CÔTIER ")
    'reseau cotier'
    """
    if text.isascii():  # most words are; the same, and quicker
        return " ".join(text.lower().split())
    wide = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(wide.translate(_UNMARKED).split())


def slug(text: str) -> str:
    """Lower-case ASCII letters, digits and hyphens; never empty, at most 89 characters.

    Where folding loses letters (another script), or the text is long, a
    digest completes the slug, so that two texts do not meet in one slug.

    >>> slug("Réseau côtier des Défenseurs")
    'reseau-cotier-des-defenseurs'
    >>> slug("SCC-2022/CIV010")
    'scc-2022-civ010'
    >>> slug("منظمة 5") == slug("5")
    False
    """
    folded = fold(text)
    ascii_only = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    lost = any(c.isalnum() and not c.isascii() for c in folded)
    if lost or not ascii_only or len(ascii_only) > _LONGEST_SLUG:
        head = ascii_only[:_LONGEST_SLUG].rstrip("-")
        return f"{head}-{digest(folded)}".lstrip("-")
    return ascii_only


def notation_slug(code: str) -> str:
    """A code as the last part of an IRI: "1.4.1" and "CIV" stay as they are.

    >>> notation_slug("1.4.1"), notation_slug("CIV"), notation_slug("A/B <x>")
    ('1.4.1', 'CIV', 'a-b-x')
    """
    return code if re.fullmatch(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*", code) else slug(code)


def oh(name: str) -> str:
    """A term of the ontology."""
    return OH + name


def concept(scheme: str, name: str) -> str:
    """A concept of a shipped vocabulary: `ohv:SCHEME-NAME`.

    >>> concept("scale", "individual").removeprefix(OHV)
    'scale-individual'
    """
    return f"{OHV}{scheme}-{name}"


def field_slug(name: str) -> str:
    """A field's name in RDF: underscores become hyphens."""
    return name.replace("_", "-")


#: Fields that several columns may fill, each a statement of its own: their codes are added up.
ADDED_UP = ("framework_link", "objective_link")


def further_field(field: str, heading: str) -> str:
    """The name of one more column that fills a field of `ADDED_UP`.

    A slug holds no underscore, so that no column of somebody's own is called so.

    >>> further_field("framework_link", "Output link")
    'framework_link-output-link'
    """
    return f"{field}-{slug(heading)}"


@lru_cache(maxsize=4096)
def filled_field(name: str) -> str:
    """The field that a column fills, also where it is one more that does.

    >>> filled_field("framework_link-output-link"), filled_field("output-link")
    ('framework_link', 'output-link')
    """
    field = name.partition("-")[0]
    return field if field in ADDED_UP else name


@dataclass(frozen=True, slots=True)
class Names:
    """Mints every IRI of a harvest's data under one base.

    >>> Names().output("scc", "sahel", "1", "1.4.1")
    'https://example.org/harvest/framework/scc/sahel/1/output-1.4.1'
    """

    base: str = DEFAULT_BASE

    def fragment(self, key: str) -> str:
        """A fragment, which also names its graph."""
        return f"{self.base}fragment/{key}"

    def outcome(self, key: str) -> str:
        """The outcome that a fragment reports."""
        return f"{self.fragment(key)}#outcome"

    def statement(self, key: str, field: str) -> str:
        """One cell of a fragment. A column that is called "outcome" does not meet the outcome."""
        name = field_slug(field)
        return f"{self.fragment(key)}#{'column-outcome' if name == 'outcome' else name}"

    def mention(self, key: str, field: str, start: int, end: int) -> str:
        """A span of one cell."""
        return f"{self.statement(key, field)}_{start}_{end}"

    def participation(self, key: str, agent: str, role: str, field: str) -> str:
        """A claim; `agent` is the agent's slug."""
        return f"{self.fragment(key)}#{agent}_{role}_{field_slug(field)}"

    def outcome_link(self, key: str, other: str, relation: str) -> str:
        """A claim that this fragment's outcome relates to another's."""
        return f"{self.fragment(key)}#link_{relation}_{other}"

    def organisation(self, name: str) -> str:
        """An organisation, by slug."""
        return f"{self.base}organisation/{name}"

    def place(self, name: str) -> str:
        """A country or region, by slug."""
        return f"{self.base}place/{name}"

    def round(self, name: str) -> str:
        """A harvest round, by slug."""
        return f"{self.base}round/{name}"

    def programme(self, name: str) -> str:
        """A programme, by slug."""
        return f"{self.base}programme/{name}"

    def framework(self, programme: str, country: str | None = None, version: str = "1") -> str:
        """A results framework: of a programme (its objectives), or of one country in it."""
        if country is None:
            return f"{self.base}framework/{programme}/framework"
        return f"{self.base}framework/{programme}/{country}/{version}/framework"

    def node(self, programme: str, country: str | None, version: str, kind: str, code: str) -> str:
        """A framework node. Without a country, "_" stands for the whole programme."""
        if kind == "objective":
            return self.objective(programme, code)
        scope = country or "_"
        return f"{self.base}framework/{programme}/{scope}/{version}/{kind}-{notation_slug(code)}"

    def objective(self, programme: str, code: str) -> str:
        """A specific objective: programme and code, whatever the country."""
        return f"{self.base}framework/{programme}/objective-{notation_slug(code)}"

    def output(self, programme: str, country: str | None, version: str, code: str) -> str:
        """An output of a results framework."""
        return self.node(programme, country, version, "output", code)

    def candidate(self, scheme: str, name: str) -> str:
        """A concept that no shipped vocabulary lists."""
        return f"{self.base}concept/{scheme}-{name}"

    def source(self, number: int) -> str:
        """A source file, by its place in the build; its name would carry words of people."""
        return f"{self.base}source/{number}"

    @property
    def run(self) -> str:
        """The build itself."""
        return f"{self.base}run"

    def graph(self, name: str) -> str:
        """A graph of shared nodes, of the run, of the vocabulary."""
        return f"{self.base}graph/{name}"
