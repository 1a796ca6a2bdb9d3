"""Activities of an IATI file, collected from the events of an XML parser."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import Locator

from kg.errors import ConfigError

#: Versions of the standard whose results are read; older ones write titles in another way.
VERSIONS = ("2.01", "2.02", "2.03")
#: The vocabulary of references that are the publisher's own.
OWN = "99"

_MOST_ELEMENTS = 1_500_000
_DEEPEST = 50
_LONGEST_TITLE = 1_000

#: Where a title or the name of a region stands, from the activity down.
_RESULT = ("result",)
_TITLE = ("result", "title", "narrative")
_REFERENCE = ("result", "reference")
_ACTIVITY_TITLE = ("title", "narrative")
_IDENTIFIER = ("iati-identifier",)
_REGION_NAME = ("recipient-region", "narrative")
_COUNTRIES = (("recipient-country",), ("transaction", "recipient-country"))
_REGIONS = (("recipient-region",), ("transaction", "recipient-region"))


@dataclass(frozen=True, slots=True)
class IatiResult:
    """A result element: the line it begins on, its type ("1" output …), titles by language.

    `references` are (vocabulary, code). `cut` where a title was longer than
    1,000 characters. A language is "" where nobody says it.
    """

    line: int
    type: str
    titles: tuple[tuple[str, str], ...]
    references: tuple[tuple[str, str], ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class IatiActivity:
    """An activity: its identifier, where it takes place, and what it promises.

    `countries` are ISO codes as written, `regions` names or, without a name,
    codes; those of transactions only where the activity itself has none.
    """

    line: int
    identifier: str
    title: str
    countries: tuple[str, ...]
    regions: tuple[str, ...]
    results: tuple[IatiResult, ...]


@dataclass(frozen=True, slots=True)
class IatiFile:
    """All activities of a file. `version` is that of the standard, "" where the file has none."""

    file: str
    version: str
    activities: tuple[IatiActivity, ...]

    @property
    def results(self) -> int:
        """Results of all activities."""
        return sum(len(activity.results) for activity in self.activities)


@dataclass(slots=True)
class _Texts:
    """Texts by language, as they come in."""

    found: list[tuple[str, str]] = field(default_factory=list)
    cut: bool = False

    def add(self, language: str, text: str) -> None:
        """One text, white space evened; a blank one is none."""
        even = " ".join(text.split())
        if len(even) > _LONGEST_TITLE:
            even, self.cut = even[:_LONGEST_TITLE].rstrip(), True
        if even:
            self.found.append((language, even))


@dataclass(slots=True)
class _Activity:
    """What is known so far of an activity."""

    line: int
    language: str
    identifier: str = ""
    title: _Texts = field(default_factory=_Texts)
    countries: tuple[dict[str, None], ...] = field(default_factory=lambda: ({}, {}))
    regions: tuple[dict[str, None], ...] = field(default_factory=lambda: ({}, {}))
    results: list[IatiResult] = field(default_factory=list)

    def done(self) -> IatiActivity:
        """The activity, whole."""
        countries, regions = (tuple(own or ofs) for own, ofs in (self.countries, self.regions))
        return IatiActivity(
            line=self.line,
            identifier=self.identifier,
            title=self.title.found[0][1] if self.title.found else "",
            countries=countries,
            regions=regions,
            results=tuple(self.results),
        )


@dataclass(slots=True)
class _Result:
    """What is known so far of a result."""

    line: int
    type: str
    titles: _Texts = field(default_factory=_Texts)
    references: list[tuple[str, str]] = field(default_factory=list)


class Collector(ContentHandler):
    """Collects activities from the events of a parser; `found` has them."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self._file = file
        self._version = ""
        self._begun = False
        self._elements = 0
        self._path: list[str] = []  # from the activity down
        self._languages: list[str] = []
        self._activity: _Activity | None = None
        self._result: _Result | None = None
        self._region = ""
        self._text: list[str] | None = None
        self._locator: Locator | None = None
        self._all: list[IatiActivity] = []

    def found(self) -> IatiFile:
        """Everything that was read.

        Raises:
            ConfigError: nothing was.
        """
        if not self._begun:
            raise ConfigError(f"{self._file}, row 1: the XML is damaged: the file is empty.")
        return IatiFile(self._file, self._version, tuple(self._all))

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - SAX's name
        """Remember where lines are asked for."""
        self._locator = locator

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - SAX's name
        """An element begins."""
        self._elements += 1
        if self._elements > _MOST_ELEMENTS or len(self._path) > _DEEPEST:
            raise ConfigError(
                f"{self._file}, row {self._line}: more elements, or deeper ones, than an IATI file "
                "of one programme has. Download its activities alone."
            )
        if not self._begun:
            self._begin(name, attrs)
        if self._activity is None:
            if name == "iati-activity":
                language = _language(attrs)
                self._activity = _Activity(self._line, language)
                self._languages = [language]
            return
        self._path.append(name)
        self._languages.append(_language(attrs) or self._languages[-1])
        self._enter(self._activity, tuple(self._path), attrs)

    def endElement(self, name: str) -> None:  # noqa: N802, ARG002 - SAX's names
        """An element ends."""
        if self._activity is None:
            return
        if not self._path:
            self._all.append(self._activity.done())
            self._activity = None
            return
        self._leave(self._activity, tuple(self._path), self._languages[-1])
        self._path.pop()
        self._languages.pop()

    def characters(self, content: str) -> None:
        """A piece of text; only wanted ones are kept."""
        if self._text is not None:
            self._text.append(content)

    @property
    def _line(self) -> int:
        return (self._locator.getLineNumber() if self._locator else None) or 1

    def _begin(self, name: str, attrs: Mapping[str, str]) -> None:
        """The first element says what kind of file this is."""
        self._begun = True
        if name not in {"iati-activities", "iati-activity"}:
            raise ConfigError(
                f"{self._file}, row {self._line}: no IATI activity file; expected the element "
                "iati-activities. Name a file of activities under [frameworks] in kg.toml."
            )
        self._version = (attrs.get("version") or "").strip()
        if self._version and not self._version.startswith("2."):
            raise ConfigError(
                f"{self._file}, row {self._line}: not of version 2 of the IATI standard; expected "
                f"{', '.join(VERSIONS)}. Ask its publisher for a newer file, or write the results "
                "into framework.csv."
            )

    def _enter(self, activity: _Activity, path: tuple[str, ...], attrs: Mapping[str, str]) -> None:
        if path in {_TITLE, _ACTIVITY_TITLE, _IDENTIFIER, _REGION_NAME}:
            self._text = []
        elif path == _RESULT:
            self._result = _Result(self._line, (attrs.get("type") or "").strip())
            if own := (attrs.get("ref") or "").strip():  # not of the standard, and met
                self._result.references.append((OWN, own))
        elif path == _REFERENCE and self._result is not None:
            code = (attrs.get("code") or "").strip()
            self._result.references.append(((attrs.get("vocabulary") or "").strip(), code))
        elif path in _COUNTRIES:
            if code := (attrs.get("code") or "").strip():
                activity.countries[_COUNTRIES.index(path)][code] = None
        elif path in _REGIONS:
            self._region = (attrs.get("code") or "").strip()

    def _leave(self, activity: _Activity, path: tuple[str, ...], language: str) -> None:
        text = "".join(self._text) if self._text is not None else ""
        if path == _IDENTIFIER:
            activity.identifier = " ".join(text.split())
        elif path == _ACTIVITY_TITLE:
            activity.title.add(language, text)
        elif path == _REGION_NAME:
            self._region = " ".join(text.split()) or self._region
        elif path == _TITLE and self._result is not None:
            self._result.titles.add(language, text)
        elif path == _RESULT and self._result is not None:
            activity.results.append(_result(self._result))
            self._result = None
        elif path in _REGIONS and self._region:
            activity.regions[_REGIONS.index(path)][self._region] = None
            self._region = ""
        self._text = None


def _language(attrs: Mapping[str, str]) -> str:
    """The language that an element states: "fr-FR" is "fr"."""
    return (attrs.get("xml:lang") or "").strip().casefold().partition("-")[0]


def _result(result: _Result) -> IatiResult:
    return IatiResult(
        line=result.line,
        type=result.type,
        titles=tuple(result.titles.found),
        references=tuple(result.references),
        cut=result.titles.cut,
    )
