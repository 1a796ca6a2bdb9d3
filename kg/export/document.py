"""The Word report: the story of the workbook to be read: counts, trace, quotes by objective."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from kg.export.flow import flow
from kg.export.overview import facts
from kg.export.page import FILLS
from kg.export.paper import Paper
from kg.export.picture import picture
from kg.export.sheets import Sheets
from kg.export.told import Claim, Quote, Story, Told
from kg.export.words import tell

Progress = Callable[[str, int, int], None]

_HOW = ("claims", "links", "names", "ratings", "counts", "again")
#: Texts of an outcome in the order in which people read them, after what changed.
_TEXTS = ("significance", "contribution-programme", "contribution-others", "additional", "evidence")
_MOST_ROWS = 400  # of the table of organisations; the workbook has them all
_LONG = 420  # characters of a quote; the cell that it comes from stands above it


def report_document(story: Story, *, progress: Progress = lambda *_: None) -> bytes:
    """The `.docx` report; the same story gives the same bytes.

    Args:
        story: What to tell.
        progress: Told the step, how many outcomes are written, and of how many.

    Raises:
        UsageError: python-docx, Pillow or the font are not installed.
    """
    return _Writer(story, progress).written()


class _Writer:
    """Writes one story, chapter by chapter."""

    def __init__(self, story: Story, progress: Progress) -> None:
        self.story = story
        self.progress = progress
        self.sheets = Sheets(story)
        audience = story.audience.value
        self.mark, self.note = (
            self.say(f"audience.{audience}"),
            self.say(f"audience.{audience}-note"),
        )
        self.paper = Paper(
            title=story.name, mark=self.mark, note=self.note, language=story.language
        )

    def say(self, name: str, **values: object) -> str:
        """A text in the language of the report."""
        return tell(name, self.story.language, **values)

    def written(self) -> bytes:
        """All chapters, then the bytes."""
        self.title()
        self.trace()
        self.coverage()
        self.outcomes()
        self.organisations()
        self.gaps()
        self.how()
        return self.paper.saved()

    def title(self) -> None:
        """Name, audience, date, counts, and what follows."""
        paper, story = self.paper, self.story
        paper.heading(story.name, 0)
        paper.line(self.say("document.title"), style="Subtitle")
        internal = story.audience.value == "internal"
        paper.banner(self.note, FILLS["alarm" if internal else "fine"])
        if story.date:
            paper.line(story.date)
        paper.heading(self.say("document.summary"), 1)
        rows = [(name, str(value)) for name, value in facts(story, self.sheets)[1:]]
        paper.table(
            (self.say("facts.project"), story.name), [r for r in rows if r[1] != story.date], (5, 8)
        )
        if not story.outcomes:
            paper.line(self.say("document.empty"))
        paper.heading(self.say("document.contents"), 1)
        for name in ("trace", "coverage", "outcomes", "organisations", "gaps"):
            paper.link(self.say(f"document.{name}"), name, style="List Bullet")
        paper.link(self.say("how.title"), "how", style="List Bullet")
        paper.page_break()

    def trace(self) -> None:
        """The picture, and what it shows in words."""
        self.paper.heading(self.say("document.trace"), 1, mark="trace")
        found = flow(self.story)
        if found.empty:
            self.paper.line(self.say("document.trace-empty"))
            return
        told = self.say(
            "document.trace-alt",
            outcomes=len(self.story.outcomes),
            results=len(found.columns[1]),
            objectives=len(found.columns[2]),
        )
        self.paper.picture(picture(found), told)
        notes = ("trace-note", "trace-codes") if self.sheets.promised else ("trace-note",)
        told = " ".join(self.say(f"document.{note}") for note in notes)
        self.paper.line("", quiet=told)

    def coverage(self) -> None:
        """Every promise, its outcomes, and the gaps in words."""
        self.paper.heading(self.say("document.coverage"), 1, mark="coverage")
        heads = ("country", "kind", "code", "label", "under", "gap")
        rows = [
            (
                promise.country,
                self.say(f"kinds.{promise.kind}"),
                promise.code,
                promise.label,
                str(len(promise.total)),
                self.say("gaps.no-outcome") if promise.gap else "",
            )
            for promise in self.sheets.promised
        ]
        self._table(heads, rows, (2.4, 2.2, 1.4, 6.6, 2.6, 2.4), marked=5)
        self.paper.heading(self.say("document.changes"), 2)
        pairs = Counter(
            (actor, change)
            for told in self.story.outcomes
            for actor in told.actors
            for change in told.changes
        )
        rows_of = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
        self._table(
            ("actor", "change", "outcomes"), [(a, c, str(n)) for (a, c), n in rows_of], (7, 7, 2.8)
        )

    def outcomes(self) -> None:
        """Outcomes under their objective; where one has several it is told at the first."""
        self.paper.heading(self.say("document.outcomes"), 1, mark="outcomes")
        tops = [p for p in self.story.promises if p.kind == "objective"]
        told_at: dict[str, str] = {}
        done = 0
        for iri in (*(top.iri for top in tops), ""):
            members = [
                told
                for told in self.story.outcomes
                if (iri in told.objectives if iri else not told.objectives)
            ]
            if not members:
                continue
            name = self._objective(iri)
            self.paper.heading(name, 2)
            for told in members:
                if told.iri in told_at:
                    where = told_at[told.iri]
                    line = self.say(
                        "document.see", number=told.number, title=told.title, objective=where
                    )
                    self.paper.line(line, style="List Bullet")
                    continue
                told_at[told.iri] = name
                self._outcome(told)
                done += 1
                self.progress("writing outcomes", done, len(self.story.outcomes))

    def _objective(self, iri: str) -> str:
        if not iri:
            return self.say("document.no-objective")
        promise = self.story.promise_of[iri]
        return f"{promise.code} {promise.label}".strip()

    def _outcome(self, told: Told) -> None:
        """One outcome: what changed, why it matters, who took part in which words, the evidence."""
        paper, story = self.paper, self.story
        confidential = story.value(told, "confidential")
        about = [told.number, "; ".join(told.places), told.values.get("year", "")]
        about += [self.say("document.confidential")] if confidential else []
        paper.heading(" · ".join(filter(None, about)), 3)
        paper.line(told.statement)
        self._field("actor", "; ".join(told.actors))
        self._field("change", "; ".join(told.changes))
        rated = [
            f"{self.say(f'columns.{name}')}: {told.values[name]}"
            for name in ("rating-significance", "rating-contribution")
            if told.values.get(name)
        ]
        for name in _TEXTS:
            if name in told.texts:
                self._field(name, told.texts[name])
        if rated:
            paper.line("; ".join(rated))
        results = [story.promise_of[iri] for iri in told.results]
        named = "; ".join(f"{p.code} {p.label}".strip() for p in results if p.kind != "objective")
        self._field("results", named or told.unlinked)
        claims = [c for c in story.claims_of.get(told.iri, ()) if c.quotes]
        if claims:
            paper.line("", bold=self.say("document.said"))
            for claim in claims:
                self._claim(claim, told)

    def _field(self, name: str, text: str) -> None:
        if text:
            self.paper.line(text, bold=f"{self.say(f'columns.{name}')}: ")

    def _claim(self, claim: Claim, told: Told) -> None:
        """Who, in which role, in which words and where these stand."""
        body = self.story.body_of[claim.agent]
        above = set(told.texts.values())  # a whole cell stands above already
        quotes = dict.fromkeys(_said(q) for q in claim.quotes if q.words not in above)
        fields = dict.fromkeys(quote.field for quote in claim.quotes)
        self.paper.line(
            " ".join(self.say("quoted", words=quote) for quote in quotes) or self.say("whole"),
            style="List Bullet",
            bold=f"{body.label} ({claim.role}): ",
            quiet=f" ({'; '.join(fields)})",
        )

    def organisations(self) -> None:
        """Who is named, how often, in which roles."""
        self.paper.heading(self.say("document.organisations"), 1, mark="organisations")
        self.paper.line(self.say("charts.of-organisations-note"))
        bodies = sorted(self.story.organisations, key=lambda b: -len(b.outcomes))
        rows = []
        for body in bodies[:_MOST_ROWS]:
            roles = (f"{label} {body.roles[s]}" for s, label in self.story.roles if s in body.roles)
            rows.append((body.label, body.acronym, str(len(body.outcomes)), "; ".join(roles)))
        self._table(("organisation", "acronym", "outcomes", "role"), rows, (7, 2.4, 2.7, 5))
        if len(bodies) > _MOST_ROWS:
            self.paper.line(self.say("document.more", count=len(bodies) - _MOST_ROWS))

    def gaps(self) -> None:
        """Outcomes without a link, and large claims without stated evidence."""
        self.paper.heading(self.say("document.gaps"), 1, mark="gaps")
        rows = [
            (told.number, self.say("gaps.unlinked"), told.unlinked, told.title)
            for told in self.story.outcomes
            if told.unlinked
        ]
        rows += [
            (
                told.number,
                self.say("gaps.large"),
                told.values.get("rating-significance", ""),
                told.title,
            )
            for told in self.story.outcomes
            if told.large
        ]
        if not rows:
            self.paper.line(self.say("document.gaps-none"))
            return
        self._table(("number", "gap", "reason", "statement"), rows, (2.6, 4, 3, 8))

    def how(self) -> None:
        """What to keep in mind while reading."""
        self.paper.heading(self.say("how.title"), 1, mark="how")
        for name in _HOW:
            self.paper.line(self.say(f"how.{name}"), style="List Bullet")

    def _table(
        self, heads: Iterable[str], rows: Sequence[Sequence[str]], widths: Sequence[float],
        *, marked: int | None = None,
    ) -> None:  # fmt: skip
        if not rows:
            self.paper.line(self.say("facts.none"))
            return
        names = [self.say(f"columns.{name}") for name in heads]
        self.paper.table(names, rows, widths, marked=marked)


def _said(quote: Quote) -> str:
    """The sentence with the words; a long one by its beginning."""
    text = quote.sentence or quote.words
    return text if len(text) <= _LONG else text[:_LONG].rsplit(" ", 1)[0] + " …"
