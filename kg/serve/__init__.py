"""A harvest for other programs on this machine: explorer, SPARQL 1.1 Protocol, questions.

request → `door` (host, origin, token) → `application` (addresses) → `protocol` (what is asked)
→ `Harvest.ask` (gate, limits, a process of its own) → `negotiation` (in which form)

Loopback only and read only. See `docs/adr/0022-serve.md`.
"""

from kg.serve.application import application
from kg.serve.current import Current
from kg.serve.door import own_origin
from kg.serve.listen import listen, opened

__all__ = ["Current", "application", "listen", "opened", "own_origin"]
