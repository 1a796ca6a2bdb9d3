"""`organisations.yaml` written: entries as text, the file changed in place, CSV there and back."""

from kg.organisations.exchange import Change, changed_text, changes
from kg.organisations.table import from_csv, to_csv
from kg.organisations.text import entry_text

__all__ = ["Change", "changed_text", "changes", "entry_text", "from_csv", "to_csv"]
