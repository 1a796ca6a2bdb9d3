"""`kg release`: a copy that is safe for an audience, built from the cleared records alone.

last build ─admit→ cleared records ─cleared→ known values ─mask→ no names ─kg.line→ output/public/
"""

from kg.release.make import Preview, Released, preview, release
from kg.release.said import Named, Rare

__all__ = ["Named", "Preview", "Rare", "Released", "preview", "release"]
