"""`kg release`: a copy that is safe for an audience, built from the cleared records alone.

last build ─admit→ cleared records ─cleared→ known values ─mask→ no names ─kg.line→ output/public/
"""

from kg.release.make import Preview, Released, preview, release

__all__ = ["Preview", "Released", "preview", "release"]
