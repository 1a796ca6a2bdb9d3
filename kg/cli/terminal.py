"""What the terminal shows: results on stdout, all else on stderr, nothing from data ever obeyed."""

import io
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from kg.config import EDITED_FILES
from kg.errors import UsageError, WorkspaceError
from kg.grid import Grid
from kg.messages import DEFAULT_LANGUAGE, error_text, phrase
from kg.private import write_private

#: Seconds that pass before a bar is shown.
PATIENCE = 2.0
_STYLES = {"violation": "bold red", "warning": "yellow", "info": "cyan"}


def printable(text: str) -> str:
    r"""Text whose control characters cannot move the cursor, colour the screen or hide words.

    >>> printable("a\x1b[31mb")
    'a·[31mb'
    """
    return "".join(c if c.isprintable() or c == "\n" else "·" for c in text)


class Terminal:
    """Two consoles and a switch. `quiet` keeps stderr to errors alone."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        #: Of what commands say around their answers; set once the project is known.
        self.language = DEFAULT_LANGUAGE
        self.out = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
        self.err = Console(stderr=True, highlight=False, markup=False, emoji=False)

    def say(self, line: str = "", *, style: str | None = None) -> None:
        """A line beside the result: what was done, what to do next."""
        if not self.quiet:
            _draw(self.err, Text(printable(line), style=style or ""))

    def warn(self, line: str) -> None:
        """A line that should not be overlooked."""
        self.say(line, style="bold yellow")

    def error(self, line: str) -> None:
        """Why it did not work. Shown also when quiet."""
        mark = phrase("terminal.error", self.language)
        told = printable(error_text(line, self.language))
        self.err.print(Text.assemble((mark, "bold red"), told), soft_wrap=True)

    def line(self, text: str = "", *, wrap: bool = True) -> None:
        """A line of the result; without *wrap* it stays one line, to be copied."""
        if wrap:
            _draw(self.out, Text(printable(text)))
        else:
            self.out.print(Text(printable(text)), soft_wrap=True)

    def heading(self, text: str, *, style: str) -> None:
        """A heading of the result."""
        _draw(self.out, Text(printable(text), style=style))

    def note(self, text: str, *, style: str = "dim") -> None:
        """A sentence under a heading, set in."""
        _draw(self.out, Padding(Text(printable(text), style=style), (0, 0, 0, 2), expand=False))

    def places(self, rows: Iterable[Sequence[str]]) -> None:
        """Lines under a heading, in columns; those without anything are left out."""
        kept = [[printable(cell) for cell in row] for row in rows]
        filled = [place for place in range(len(kept[0])) if any(row[place] for row in kept)]
        grid = Table.grid(padding=(0, 2), expand=False)
        for _ in filled:
            grid.add_column(overflow="fold")
        for row in kept:
            grid.add_row(*(Text(row[place]) for place in filled))
        if filled:
            _draw(self.out, Padding(grid, (0, 0, 0, 4), expand=False))

    def show(self, drawn: RenderableType, target: Path | None) -> None:
        """Something that Rich draws, on the screen or as plain text in a file."""
        if target is None:
            _draw(self.out, drawn)
            return
        plain = Console(file=io.StringIO(), width=120, markup=False, highlight=False)
        with plain.capture() as captured:
            plain.print(drawn)
        self.result(_trimmed(captured.get()), target)

    def table(
        self,
        columns: Sequence[str],
        rows: Iterable[Sequence[object]],
        *,
        title: str | None = None,
        target: Path | None = None,
    ) -> None:
        """A table that fits the window, numbers to the right; or plain text in a file."""
        kept = [[_cell(value) for value in row] for row in rows]
        filled = ([v for row in kept if (v := row[n]) != ""] for n in range(len(columns)))
        numeric = {
            number
            for number, values in enumerate(filled)
            if values and all(isinstance(v, int | float | Decimal) for v in values)
        }
        shown = [[printable(str(value)) for value in row] for row in kept]
        drawn = Grid(columns, shown, right=numeric, title=title or "", styles=_STYLES)
        self.show(drawn, target)

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """A bar a stage, shown once work has lasted two seconds; gone when it is done."""
        bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.err,
            transient=True,
        )
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                step = stage.replace(" ", "-")
                told = phrase(f"steps.{step}", self.language)
                tasks[stage] = bars.add_task(told, total=total or None)
            bars.update(tasks[stage], completed=done, total=total or None)

        if self.quiet or not self.err.is_terminal:
            yield tell
            return
        soon = threading.Timer(PATIENCE, bars.start)
        soon.daemon = True
        soon.start()
        try:
            yield tell
        finally:
            soon.cancel()
            soon.join()
            bars.stop()

    def result(self, content: bytes | str, target: Path | None) -> None:
        """Write a result to a file, or to stdout as it is.

        Raises:
            WorkspaceError: the file cannot be written.
        """
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        if target is None and isinstance(content, bytes) and self.out.is_terminal:
            raise UsageError("This is no text for a terminal; name a file with -o FILE.")
        if target is not None and target.name in EDITED_FILES:
            raise UsageError(f"{target}: a file that people edit; name another one with -o.")
        if target is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        try:
            write_private(target, data)
        except OSError as error:
            why = (error.strerror or "input/output error").lower()
            raise WorkspaceError(
                f"{target}: cannot be written ({why}); name another file with -o."
            ) from error
        self.say(phrase("terminal.written", self.language, target=target))


def _draw(console: Console, drawn: RenderableType) -> None:
    """What is padded to a width; in a pipe the blanks at the end of a line are left out."""
    if console.is_terminal:
        console.print(drawn)
        return
    with console.capture() as captured:
        console.print(drawn)
    console.file.write(_trimmed(captured.get()))
    console.file.flush()


def _trimmed(text: str) -> str:
    """Lines without the blanks that fill a column."""
    return "\n".join(line.rstrip(" ") for line in text.split("\n"))


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
