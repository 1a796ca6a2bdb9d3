"""Finding names in narrative text: organisations, places, persons, ids, redaction marks."""

from kg.extract.extractor import Extractor

__all__ = ["Extractor"]
