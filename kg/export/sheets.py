"""The tables of the report on outcomes and on who took part; where in them what stands."""

from dataclasses import dataclass
from functools import cached_property

from kg.export.coverage import Promise
from kg.export.page import Cell, Page, Value, place
from kg.export.told import Claim, Quote, Story, Told
from kg.export.words import tell

#: Columns of the outcomes that hold a text, with their width in characters.
_TEXTS = (
    ("significance", 45), ("contribution-programme", 45), ("contribution-others", 45),
    ("evidence", 35), ("additional", 35),
)  # fmt: skip
#: Those that hold a value of the outcome.
_VALUES = (
    ("change-cluster", 20), ("scale", 14), ("rating-significance", 14), ("rating-contribution", 14),
    ("unintended", 12), ("negative", 12), ("evidence-status", 14), ("status", 14),
    ("confidential", 13), ("fragment-id", 18),
)  # fmt: skip
_TRUTH = frozenset({"unintended", "negative", "confidential"})
KEYS_SHOWN = 12
_ON_PAPER = 11  # columns of the outcomes: up to the type of change, so that people can read it
_LONG = 160  # characters of words that are a whole cell rather than a name


@dataclass(frozen=True)
class Sheets:
    """Makes the sheets of one story; knows in which row what stands, so that they can link."""

    story: Story

    def say(self, name: str, **values: object) -> str:
        """A text in the language of the report."""
        return tell(name, self.story.language, **values)

    def head(self, *columns: tuple[str, int]) -> list[tuple[str, int]]:
        """Headings in the language of the report, with their widths."""
        return [(self.say(f"columns.{name}"), width) for name, width in columns]

    def name(self, sheet: str) -> str:
        """What a sheet is called."""
        return self.say(f"sheets.{sheet}")

    # Where things stand. Row 1 is the header.

    @cached_property
    def outcome_row(self) -> dict[str, int]:
        """Outcome → its row."""
        return {told.iri: row for row, told in enumerate(self.story.outcomes, start=2)}

    @cached_property
    def body_row(self) -> dict[str, int]:
        """Organisation or programme → its row."""
        return {body.iri: row for row, body in enumerate(self.story.bodies, start=2)}

    @cached_property
    def claim_rows(self) -> list[tuple[Claim, Quote | None]]:
        """One row a claim and quote."""
        return [
            (claim, quote) for claim in self.story.claims for quote in (claim.quotes or (None,))
        ]

    @cached_property
    def claim_row(self) -> dict[str, int]:
        """Outcome, or agent → the first row of a participation of it."""
        found: dict[str, int] = {}
        for row, (claim, _) in enumerate(self.claim_rows, start=2):
            found.setdefault(claim.outcome, row)
            found.setdefault(claim.agent, row)
        return found

    @cached_property
    def promised(self) -> tuple[Promise, ...]:
        """What a table declares or a record names."""
        return tuple(promise for promise in self.story.promises if promise.named)

    @cached_property
    def promise_row(self) -> dict[str, int]:
        """Promise → its row."""
        return {promise.iri: row for row, promise in enumerate(self.promised, start=2)}

    def outcome_link(self, outcome: str, value: str = "") -> Cell:
        """A cell that leads to an outcome; its number, if nothing else is to stand there."""
        told = self.story.by_iri[outcome]
        return Cell(value or told.number, place(self.name("outcomes"), self.outcome_row[outcome]))

    def rows_link(self, value: str | int, sheet: str, row: int | None) -> Cell:
        """A cell that leads to a row of a sheet, where there is one."""
        return Cell(value, place(self.name(sheet), row) if row else "")

    # The sheets.

    def outcomes(self) -> Page:
        """One row an outcome."""
        columns = self.head(
            ("number", 17), ("key", 14), ("year", 8), ("round", 12), ("country", 14),
            ("statement", 60), ("who", 34), ("results", 22), ("gap", 20), ("actor", 24),
            ("change", 24), *_TEXTS, *_VALUES,
        )  # fmt: skip
        rows = [self._outcome(told) for told in self.story.outcomes]
        return Page(self.name("outcomes"), columns, rows, frozen="B2", printed=_ON_PAPER)

    def _outcome(self, told: Told) -> list[Value]:
        agents = dict.fromkeys(claim.agent for claim in self.story.claims_of.get(told.iri, ()))
        bodies = (self.story.body_of[agent] for agent in agents)
        who = "; ".join(body.acronym or body.label for body in bodies)
        codes = [self.story.promise_of[iri].code for iri in told.results]
        first = self.promise_row.get(told.results[0]) if told.results else None
        gaps = "; ".join(
            filter(None, (told.unlinked, self.say("gaps.large") if told.large else ""))
        )
        return [
            Cell(told.number, bold=True),
            told.key,
            _year(told.values.get("year", "")),
            told.values.get("round"),
            "; ".join(told.places) or None,
            told.statement,
            self.rows_link(who, "participations", self.claim_row.get(told.iri)) if who else None,
            self.rows_link("; ".join(codes), "framework", first) if codes else None,
            Cell(gaps, look="gap") if gaps else None,
            "; ".join(told.actors) or None,
            "; ".join(told.changes) or None,
            *(told.texts.get(name) for name, _ in _TEXTS),
            *(self._value(told, name) for name, _ in _VALUES),
        ]

    def _value(self, told: Told, name: str) -> str | None:
        value = told.values.get(name)
        if name in _TRUTH and value is not None:
            return self.say("yes" if value == "true" else "no")
        return value

    def organisations(self) -> Page:
        """One row an organisation, the programme among them."""
        columns = self.head(
            ("organisation", 50), ("acronym", 14), ("kind", 14), ("country", 16), ("outcomes", 12)
        )
        columns += [(label, 14) for _, label in self.story.roles]
        columns += self.head(("in-outcomes", 60))
        rows: list[list[Value]] = []
        for body in self.story.bodies:
            shown = [self.story.by_iri[iri].number for iri in body.outcomes[:KEYS_SHOWN]]
            more = "…" if len(body.outcomes) > KEYS_SHOWN else ""
            programme = body.kind == "programme"
            rows.append(
                [
                    Cell(body.label, bold=True),
                    body.acronym or None,
                    self.say("kinds.programme" if programme else "columns.organisation"),
                    body.country or None,
                    self.rows_link(
                        len(body.outcomes), "participations", self.claim_row.get(body.iri)
                    ),
                    *(body.roles.get(slug) for slug, _ in self.story.roles),
                    self.outcome_link(body.outcomes[0], "; ".join(shown) + more),
                ]
            )
        return Page(self.name("organisations"), columns, rows, frozen="B2")

    def participations(self) -> Page:
        """One row a claim and the words that it rests on."""
        columns = self.head(
            ("number", 17), ("statement", 45), ("organisation", 40), ("role", 15), ("words", 34),
            ("sentence", 60), ("field", 26), ("method", 20), ("confidence", 11),
        )  # fmt: skip
        rows: list[list[Value]] = []
        for claim, quote in self.claim_rows:
            body = self.story.body_of[claim.agent]
            row = self.body_row[claim.agent]
            told: list[Value] = [None] * 5
            if quote is not None:
                words = self.say("whole") if len(quote.words) > _LONG else quote.words
                text = quote.words if len(quote.words) > _LONG else quote.sentence
                told = [words, text, quote.field, quote.method, quote.confidence]
            rows.append(
                [
                    self.outcome_link(claim.outcome),
                    self.story.by_iri[claim.outcome].title,
                    self.rows_link(body.label, "organisations", row),
                    claim.role,
                    *told,
                ]
            )
        return Page(self.name("participations"), columns, rows, frozen="D2")


def _year(text: str) -> int | str | None:
    """A year sorts as a number; "2019-2021" stays as it is."""
    return int(text) if text.isascii() and text.isdigit() else text or None
