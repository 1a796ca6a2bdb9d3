"""The results of IATI activity files (2.01 to 2.03), as they stand there.

Read as a stream: of a file of many megabytes only the titles of results are
kept. No document type is allowed, so that no entity can be defined.
"""

import xml.sax
from pathlib import Path
from typing import Any

from kg.errors import ConfigError
from kg.read.activities import OWN, VERSIONS, Collector, IatiActivity, IatiFile, IatiResult

__all__ = ["OWN", "VERSIONS", "IatiActivity", "IatiFile", "IatiResult", "read_iati"]

_MEGABYTE = 2**20
_LARGEST = 64 * _MEGABYTE  # the registry's own limit is 60
_CHUNK = 2**16


def read_iati(path: Path) -> IatiFile:
    """Read the results of an IATI activity file.

    Raises:
        ConfigError: it cannot be read, is no IATI activity file of version 2,
            declares a document type, or is larger than 64 MB.
    """
    from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.sax import make_parser  # type: ignore[import-untyped]

    reader = Collector(path.name)
    try:
        if path.stat().st_size > _LARGEST:
            raise ConfigError(
                f"{path.name}: larger than {_LARGEST // _MEGABYTE} MB; expected the activities of "
                "one programme. Download these alone."
            )
        parser: Any = make_parser()
        parser.forbid_dtd = True
        parser.setContentHandler(reader)
        reader.setDocumentLocator(parser)  # feed() does not
        with path.open("rb") as source:
            while chunk := source.read(_CHUNK):
                parser.feed(chunk)
        parser.close()
    except DefusedXmlException as problem:
        raise ConfigError(
            f"{path.name}: it declares a document type (XML entities), which no IATI file needs; "
            "download it again from its publisher."
        ) from problem
    except xml.sax.SAXParseException as problem:
        raise ConfigError(
            f"{path.name}, row {problem.getLineNumber() or 1}: the XML is damaged or cut off; "
            "download the file again."
        ) from problem
    except (LookupError, ValueError) as problem:  # an encoding that nobody knows
        raise ConfigError(f"{path.name}: its XML cannot be decoded; save it as UTF-8.") from problem
    except OSError as problem:
        reason = problem.strerror or "it cannot be opened"
        raise ConfigError(f"{path.name}: {reason}; check that you may read it.") from problem
    return reader.found()
