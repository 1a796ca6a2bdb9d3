"""A harvest in another SPARQL 1.1 server, at an address that a user typed.

    push: harvest.trig ─graphs→ Graph Store HTTP Protocol → the server
    ask:  question → `prepare` (gate, parameters) → SPARQL 1.1 Protocol → rows

Nothing else in kg opens a connection. Over https, or to this machine; no redirect is followed, no
proxy asked; a secret comes from the environment or a file, never from the command line.
"""

from kg.remote.ask import ask_there
from kg.remote.endpoint import Endpoint, EndpointError
from kg.remote.push import Pushed, push

__all__ = ["Endpoint", "EndpointError", "Pushed", "ask_there", "push"]
