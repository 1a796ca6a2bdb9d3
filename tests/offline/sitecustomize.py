"""Forbids every connection but loopback, in this process and in every Python that tests start.

Python runs a module of this name by itself at start-up when its folder is on
the path; `tests/conftest.py` puts it there for child processes and imports it
for the suite. An audit hook sees what any library does through any socket, and
cannot be taken out again: that is why it stands here rather than in a fixture.

A child started with ``-I`` or ``-S`` (the one that answers a query) skips it,
and is confined by limits of its own.
"""

import ipaddress
import sys

_NAMES_OF_THIS_MACHINE = frozenset({"localhost", "localhost.localdomain", "", "0.0.0.0", "::"})
_WATCHED = frozenset(
    {
        "socket.connect",
        "socket.sendto",
        "socket.sendmsg",
        "socket.getaddrinfo",
        "socket.gethostbyname",
    }
)


class OutboundConnectionError(RuntimeError):
    """Something tried to leave this machine: kg reaches no address but one that a user typed."""


def is_loopback(host: object) -> bool:
    """Does *host* (a name or an address) stay on this machine? What cannot be told does not."""
    if host is None:
        return True
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str):
        return False
    if host in _NAMES_OF_THIS_MACHINE:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _destination(event: str, arguments: tuple[object, ...]) -> object:
    """The host that an audit event is about; None where there is none."""
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        return arguments[0]
    address = arguments[1] if len(arguments) > 1 else None
    # A path of this machine (a Unix socket) is text or bytes; an internet address is a tuple.
    return address[0] if isinstance(address, tuple) else None


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """The audit hook: refuses an outbound event by raising, whatever library asked for it."""
    if event in _WATCHED and not is_loopback(host := _destination(event, arguments)):
        raise OutboundConnectionError(
            f"{event}: the tests may reach this machine alone, not {host!r}"
        )


if not getattr(sys, "_kg_offline", False):
    sys._kg_offline = True  # type: ignore[attr-defined]
    sys.addaudithook(watch)
