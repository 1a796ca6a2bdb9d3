"""Arguments in, text and exit status out. No logic lives here."""

import errno
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.cli.ahead import Ahead
    from kg.cli.terminal import Terminal

_BY_SIGNAL = 130
_NO_MEMORY = "not enough memory; nothing was changed. Close other programs, try again."
_FULL = "what takes the answer is full; make room there, or name another place: -o FILE"
_INTERRUPTED = "interrupted; what was there before is unchanged."


def main() -> None:
    """Run `kg`. No traceback reaches a user: every error is one line that tells the next step.

    Exit status: 0 done; 1 refused, nothing read, or violations found; 2 wrong usage;
    130 interrupted.
    """
    try:
        _run()
    except KeyboardInterrupt:
        # While what speaks was being loaded: it may be there by half, and says nothing any more.
        sys.stderr.write(f"error: {_INTERRUPTED}\n")
        sys.exit(_BY_SIGNAL)


def _run() -> None:
    from kg.cli.ahead import ahead
    from kg.errors import KgError
    from kg.lock import early_writer

    early: Ahead | None = None
    try:
        early = ahead(sys.argv[1:])
        with early_writer(early.output) if early else nullcontext():
            from kg.cli.app import app

            app()
    except KgError as error:
        _terminal(early).error(str(error))
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        _terminal(early).error(_INTERRUPTED)
        sys.exit(_BY_SIGNAL)
    except SystemExit as end:
        if end.code == _BY_SIGNAL:  # Typer takes Ctrl-C for itself, and says nothing
            _terminal(early).error(_INTERRUPTED)
        raise
    except BrokenPipeError:
        # The reader of our output has gone (`kg … | head`): nobody is left to tell.
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        full = error.errno == errno.ENOSPC  # builds tell of their own disk: this is `kg … > FILE`
        _terminal(early).error(_FULL if full else _unexpected(error))
        sys.exit(1)
    except MemoryError:
        _terminal(early).error(_NO_MEMORY)
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the last door: a traceback may quote a record
        _terminal(early).error(_unexpected(error))
        sys.exit(1)


def _terminal(early: "Ahead | None") -> "Terminal":
    """That of the command; where none was begun one that speaks as it would have."""
    if "kg.cli.app" in sys.modules:
        from kg.cli.app import terminal

        return terminal()
    from kg.cli.terminal import Terminal

    told = Terminal()
    told.language = early.language if early else told.language
    return told


def _unexpected(error: BaseException) -> str:
    return (
        f"kg met something it did not expect ({_place(error)}); nothing was changed. "
        "This is a defect: please report this line, which holds no words of your records."
    )


def _place(error: BaseException) -> str:
    """Type of an error and the line of kg it comes from; never its message."""
    trace, where = error.__traceback__, "unknown place"
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("kg"):
            where = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {where}"
