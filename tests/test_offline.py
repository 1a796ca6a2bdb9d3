"""The guard that keeps the suite on this machine does stop what it should."""

import socket
import subprocess
import sys

import pytest

# An address that no machine has (RFC 5737): nothing is reached even where the guard is broken.
NOWHERE = ("192.0.2.1", 9)


@pytest.mark.parametrize("family", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_no_socket_leaves_this_machine(family):
    """Connecting anywhere but here fails at once and says why."""
    with socket.socket(socket.AF_INET, family) as way_out:
        way_out.settimeout(0.2)

        with pytest.raises(RuntimeError, match="may reach this machine alone"):
            way_out.connect(NOWHERE)


def test_no_datagram_leaves_this_machine():
    """Sending without connecting is no way round."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out,
        pytest.raises(RuntimeError, match="may reach this machine alone"),
    ):
        way_out.sendto(b"?", NOWHERE)


def test_no_name_is_looked_up():
    """A look-up tells somebody a name: it counts as leaving."""
    with pytest.raises(RuntimeError, match="may reach this machine alone"):
        socket.getaddrinfo("example.org", 443)


def test_a_child_is_guarded_too():
    """A Python that a test starts cannot connect either."""
    code = f"import socket; socket.create_connection({NOWHERE!r}, timeout=0.2)"
    child = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )

    assert "may reach this machine alone" in child.stderr


def test_loopback_stays_open():
    """Tests may talk to servers that they start here."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname(), timeout=5) as client:
            peer = client.getpeername()

        assert peer == server.getsockname()
