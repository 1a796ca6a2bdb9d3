"""The nouns of the line: small frozen types that every stage shares.

    files → Record → Fragment → Mention* → Entity* → quads

Nothing here reads, writes or decides. Offsets are code points into a field's
text (NFC, outer white space trimmed), end exclusive.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

#: Canonical names of the columns of an outcome harvest, in the order in which people read them.
FIELDS = (
    "fragment_id",
    "status",
    "round",
    "country",
    "year",
    "title",
    "description",
    "significance",
    "additional",
    "rating_significance",
    "social_actor",
    "scale",
    "contribution_programme",
    "contribution_others",
    "rating_contribution",
    "unintended",
    "evidence",
    "confidential",
    "framework_link",
    "objective_link",
    "merged",
    "negative",
    "type_of_change",
    "change_cluster",
    "programme",
    "language",
)

#: Fields that hold sentences. Names are looked for in these, and in these alone.
NARRATIVE = (
    "title",
    "description",
    "significance",
    "additional",
    "contribution_programme",
    "contribution_others",
    "evidence",
)


class Audience(StrEnum):
    """Who may see a copy: `internal` everything, `public` the cleared records alone."""

    INTERNAL = "internal"
    PUBLIC = "public"


class Kind(StrEnum):
    """What a span of text names."""

    ORGANISATION = "organisation"
    PLACE = "place"
    PERSON = "person"
    REDACTION = "redaction"
    OUTCOME_ID = "outcome-id"
    FRAMEWORK_CODE = "framework-code"
    OBJECTIVE = "objective"


class Role(StrEnum):
    """What an organisation is said to have been in an outcome. A claim, never a fact."""

    CONTRIBUTOR = "contributor"
    SOCIAL_ACTOR = "social-actor"
    BENEFICIARY = "beneficiary"
    TARGET = "target"
    MENTIONED = "mentioned"


class MentionStatus(StrEnum):
    """How far a mention is settled. Only accepted ones make links."""

    ACCEPTED = "accepted"
    SUGGESTED = "suggested"
    QUEUED = "queued"
    REJECTED = "rejected"


class Severity(StrEnum):
    """How much a finding matters: only violations make `kg check` end with 1."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


_WRITTEN = re.compile(r"table \d+")


def is_written(sheet: str) -> bool:
    """Is a sheet a table of a document, which has a number and no title?

    >>> is_written("table 2"), is_written("Round 2")
    (True, False)
    """
    return _WRITTEN.fullmatch(sheet) is not None


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """The place of something in the sources, as its owner would look for it.

    `sheet` is the worksheet, where its file has several, or the table of a
    document ("table 2"); else "".

    >>> str(Where("round2.csv", 14, "country")), str(Where("notes.docx", 3, sheet="table 2"))
    ('round2.csv, row 14, field country', 'notes.docx, table 2, row 3')
    """

    file: str
    row: int | None = None
    field: str | None = None
    sheet: str = ""

    @property
    def source(self) -> str:
        """The file, with the worksheet where it has several."""
        if not self.sheet:
            return self.file
        named = self.sheet if is_written(self.sheet) else f"sheet “{self.sheet}”"
        return f"{self.file}, {named}"

    def __str__(self) -> str:
        """File, worksheet, row and field, as far as they are known."""
        parts = [self.source]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.field is not None:
            parts.append(f"field {self.field}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at. Its words never quote a cell.

    `reason` is a slug ("unreadable-code"), stable for scripts; `message` says
    what is wrong and `advice` what to do, both for a programme officer.
    """

    reason: str
    where: Where
    message: str
    advice: str = ""
    severity: Severity = Severity.WARNING
    key: str | None = None
    span: tuple[int, int] | None = None  # characters into the field, end exclusive


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of one record: canonical field name, heading and value as they stood."""

    field: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """One record as read. Empty cells are kept: a blank column is an answer too.

    `row` is the worksheet's row, the line on which the record begins in text
    and CSV, or the position in JSON; `sheet` is the worksheet, where its file
    has several. No two cells have the same field.
    """

    file: str
    row: int
    format: str  # media type of the source, e.g. "text/csv"
    cells: tuple[Cell, ...]
    sheet: str = ""

    def value(self, name: str) -> str | None:
        """The text of a field; "" where its cell is blank, None where there is no such column."""
        return next((cell.text for cell in self.cells if cell.field == name), None)

    def where(self, field: str | None = None) -> Where:
        """Its place, or that of one of its cells."""
        return Where(self.file, self.row, field, self.sheet)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that could not be kept, and why (one line, no words of the row)."""

    where: Where
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a fragment was read. A record found in two files is one fragment with two origins."""

    file: str
    row: int
    format: str
    sheet: str = ""

    def where(self, field: str | None = None) -> Where:
        """The place, or that of one cell there."""
        return Where(self.file, self.row, field, self.sheet)


@dataclass(frozen=True, slots=True)
class Statement:
    """One non-empty cell with its own words.

    `text` is NFC with outer white space trimmed, otherwise as typed.
    `language` is set for narrative alone ("en", "fr", "es"; None where unknown).
    """

    field: str
    heading: str
    text: str
    narrative: bool
    language: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """A value of a coded cell, read as a concept of a scheme.

    `known` is False for a value that no vocabulary lists: it becomes a
    candidate concept, with the words of the cell as its label.
    """

    scheme: str  # "scale", "actor", "change" …
    slug: str
    label: str
    known: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A results-framework code or an objective, as written in one cell.

    `kind` is "outcome", "output" or "objective"; `number` the bare notation
    ("1.4.1", "CIV"). `start`, `end` are code points into the field's text.
    """

    kind: str
    number: str
    field: str
    start: int
    end: int
    label: str | None = None  # "CIV: Less suppression …" gives the label of an objective

    def __str__(self) -> str:
        """Kind and number, as an officer would say it."""
        return f"{self.kind} {self.number}"


@dataclass(frozen=True, slots=True)
class Fragment:
    """One harvested record, understood. Raw values stay beside the normalised ones.

    `unlinked` says why an outcome has no link to a framework outcome or
    output ("no code", "objective only", "unreadable", "date"); None where it has one.
    "unknown code" is decided later, where the frameworks are known.
    """

    key: str
    identifier: str  # the id as typed, "" where the record has none
    origins: tuple[Origin, ...]
    statements: tuple[Statement, ...]
    empty: tuple[str, ...]  # fields whose column exists and whose cell is blank
    confidential: bool
    label: str  # the title, else the description cut at a word within 100 characters
    language: str | None
    programme: str | None
    year: int | None  # None also where it states several
    round: Choice | None
    country: Choice | None  # country or region as stated; None where it states several
    choices: Mapping[str, tuple[Choice, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )  # by field: status, social_actor, scale, type_of_change, change_cluster, rating_*
    unintended: bool | None = None
    negative: bool | None = None
    evidence: str = "none-stated"  # or "stated", "substantiated"
    codes: tuple[Code, ...] = ()
    objectives: tuple[Code, ...] = ()
    unlinked: str | None = None
    countries: tuple[Choice, ...] = ()  # where the cell states several countries or regions
    span: tuple[int, ...] = ()  # where the cell states several years, or a span of them

    def statement(self, name: str) -> Statement | None:
        """The statement of one field, if its cell was not empty."""
        return next((s for s in self.statements if s.field == name), None)

    @property
    def places(self) -> tuple[Choice, ...]:
        """Every country or region that the record states."""
        return (self.country,) if self.country else self.countries

    @property
    def years(self) -> tuple[int, ...]:
        """Every calendar year that the record states."""
        return self.span if self.year is None else (self.year,)

    @property
    def narratives(self) -> Iterator[Statement]:
        """The statements that hold sentences."""
        return (s for s in self.statements if s.narrative)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name seen in one field of one fragment.

    `text` is the words between `start` and `end`; for persons it stays in
    memory and is never written. `entity` is an IRI once resolved.
    `confidence` orders mentions (0 to 1); it is a convention, not a probability.
    `group` joins spans that name the same thing in one fragment: a full name
    and the acronym defined beside it.
    """

    key: str
    field: str
    start: int
    end: int
    text: str
    kind: Kind
    method: str
    confidence: float
    status: MentionStatus = MentionStatus.SUGGESTED
    entity: str | None = None
    label: str | None = None
    role: Role | None = None
    role_method: str | None = None
    role_confidence: float | None = None
    group: str | None = None

    @property
    def place(self) -> tuple[str, str, int, int]:
        """Sort key: where the mention stands."""
        return (self.key, self.field, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation or place that mentions were resolved to.

    `labels` are (language tag, text), one a language; the tag is "" where
    unknown. `label` is the one for display.
    """

    iri: str
    kind: Kind
    label: str
    labels: tuple[tuple[str, str], ...] = ()
    acronyms: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    country: str | None = None  # curated only, IRI of a place
    part_of: str | None = None  # IRI of the parent organisation
    type: str | None = None
    status: MentionStatus = MentionStatus.ACCEPTED
    curated: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A participation: somebody states that an agent had a role in an outcome.

    `mentions` are those it rests on; empty where the agent is the programme
    itself, whose words are the statement of `field`.
    """

    key: str
    agent: str  # IRI of an organisation or a programme
    agent_slug: str
    role: Role
    field: str
    method: str
    confidence: float
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A line of `decisions.csv`: what a person settled once, applied ever after."""

    decision: str  # same, different, organisation, not-organisation, person, not-person, place
    a: str
    b: str = ""
    scope: str = ""
    by: str = ""
    date: str = ""
    reason: str = ""
    publish: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Organisation:
    """An entry of `organisations.yaml`, as its owner wrote it."""

    id: str
    labels: tuple[tuple[str, str], ...]
    acronyms: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    country: str | None = None
    type: str | None = None
    part_of: str | None = None
    not_same_as: tuple[str, ...] = ()
    publish: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class FrameworkEntry:
    """A line of a framework table, or a result of an IATI activity: what a programme promised.

    `labels` are (language tag, text), where the file tells the language of
    each; `label` is the one for display.
    """

    kind: str  # objective, outcome, output
    code: str
    label: str
    parent: str = ""
    programme: str = ""
    country: str = ""
    version: str = "1"
    publish: bool = False
    line: int = 0
    file: str = "framework.csv"
    labels: tuple[tuple[str, str], ...] = ()
