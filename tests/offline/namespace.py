"""A network of the tests' own, in which there is this machine and nothing else.

The audit hook of `sitecustomize.py` sees what Python does. An engine in C or
Rust, a browser, Node and a Python that was started with ``-I`` do not ask it:
they are kept here by the kernel, with all that they start. Linux, with the
right to it (root, as in continuous integration); elsewhere the hook, the
limits of a question's process and the browser's log are what holds.
"""

import ctypes
import fcntl
import os
import socket
import struct
import sys

_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_READ_FLAGS, _WRITE_FLAGS, _UP = 0x8913, 0x8914, 1  # SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP
#: Says to the processes that tests start that they are inside already.
INSIDE = "KG_TESTS_OWN_NETWORK"


def enter() -> bool:
    """Leave every network but loopback, for this process and all that it starts from now on.

    Returns:
        False where the system does not let us; nothing was changed then.
    """
    if os.environ.get(INSIDE):
        return True
    if not sys.platform.startswith("linux"):
        return False
    if ctypes.CDLL(None, use_errno=True).unshare(_NEW_NETWORK) != 0:
        return False
    _loopback_up()
    os.environ[INSIDE] = "1"
    return True


def _loopback_up() -> None:
    """A new network has its loopback switched off."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack("16sH14x", fcntl.ioctl(any_socket, _READ_FLAGS, asked))[1]
        fcntl.ioctl(any_socket, _WRITE_FLAGS, struct.pack("16sH14x", b"lo", flags | _UP))
