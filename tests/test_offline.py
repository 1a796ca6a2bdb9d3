"""The guards that keep the suite on this machine do stop what they should.

Two of them: a hook that every Python asks (`offline/sitecustomize.py`), and a
network without any way out for all else (`offline/namespace.py`).
"""

import os
import shutil
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


@pytest.fixture
def own_network() -> None:
    """The network of the tests' own; skips where the system grants none."""
    if "KG_TESTS_OWN_NETWORK" not in os.environ:
        pytest.skip("NO NETWORK OF ITS OWN (needs Linux and root): the hook of Python alone holds.")


@pytest.mark.usefixtures("own_network")
def test_a_child_that_asks_no_hook_is_kept_here_by_the_kernel():
    """As the one that answers a question (`-I -S`) is, and its engine in another language."""
    code = f"import socket; socket.create_connection({NOWHERE!r}, timeout=0.2)"
    child = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False
    )

    assert "Network is unreachable" in child.stderr


@pytest.mark.usefixtures("own_network")
def test_the_engine_cannot_call_out_even_in_this_process():
    """Oxigraph opens its sockets in Rust, where no hook of Python sees them."""
    from pyoxigraph import Store

    with pytest.raises(OSError, match="unreachable"):
        list(Store().query("SELECT * { SERVICE <http://192.0.2.1:8080/> { ?s ?p ?o } }"))


@pytest.mark.usefixtures("own_network")
def test_a_program_that_is_no_python_cannot_either():
    """The shell, Node, a browser: whatever a test starts."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash, which can open a socket by itself")
    child = subprocess.run(
        [bash, "-c", "exec 3<>/dev/tcp/192.0.2.1/9"], capture_output=True, text=True, check=False
    )

    assert "unreachable" in child.stderr


def test_loopback_stays_open():
    """Tests may talk to servers that they start here."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname(), timeout=5) as client:
            peer = client.getpeername()

        assert peer == server.getsockname()
