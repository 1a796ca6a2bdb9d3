"""What is installed: kg, Python, the libraries in the versions that kg was tried with, models."""

import platform
from collections.abc import Mapping
from importlib import metadata

from packaging.requirements import Requirement

from kg.doctor.line import Line, Lines, Weight
from kg.errors import KgError
from kg.extract.settings import BLANK, NAMES, model_name
from kg.resources import built_page
from kg.version import __version__

_DISTRIBUTION = "outcome-kg"
#: Named by themselves: what a report of a defect should say.
_TOLD = ("pyoxigraph", "rdflib", "spacy", "networkx", "shacl", "openpyxl")
#: What kg uses where it is there.
_OPTIONAL = ("python-docx", "pandas", "polars", "ipykernel")


def look_up(models: Mapping[str, str], *, ner: bool) -> Lines:
    """The program and what it stands on.

    Args:
        models: Language → model, as `kg.toml` wishes it.
        ner: Whether the project lets models suggest names at all.
    """
    group = "installed"
    yield Line(
        group,
        "kg",
        Weight.OK,
        {
            "version": __version__,
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}".strip(),
        },
    )
    yield from _libraries(group)
    yield _pages(group)
    if _version("kg"):
        yield Line(group, "stranger", Weight.STEP)
    missing = [name for name in _OPTIONAL if not _version(name)]
    if missing:
        yield Line(group, "optional", Weight.TOLD, {"names": ", ".join(missing)})
    yield from _models(models, ner=ner)


def _libraries(group: str) -> Lines:
    try:
        required = [Requirement(line) for line in metadata.requires(_DISTRIBUTION) or ()]
    except metadata.PackageNotFoundError:
        yield Line(group, "uninstalled", Weight.TOLD)
        return
    wanted = [r for r in required if r.marker is None or r.marker.evaluate({"extra": ""})]
    wrong = [
        f"{r.name}{r.specifier} ({_version(r.name) or '-'})"
        for r in wanted
        if not _version(r.name) or not r.specifier.contains(_version(r.name), prereleases=True)
    ]
    if wrong:
        yield Line(group, "libraries-wrong", Weight.STEP, {"names": ", ".join(wrong)})
    versions = ", ".join(f"{name} {_version(name)}" for name in _TOLD if _version(name))
    values = {"count": str(len(wanted) - len(wrong)), "versions": versions}
    yield Line(group, "libraries", Weight.OK, values)


def _pages(group: str) -> Line:
    try:
        built_page("explorer.html")
    except KgError:
        return Line(group, "pages-missing", Weight.STEP)
    return Line(group, "pages", Weight.OK)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _models(configured: Mapping[str, str], *, ner: bool) -> Lines:
    """A line a language that has or could have a model, and one for all others."""
    group = "languages"
    if not ner:
        yield Line(group, "models-off", Weight.TOLD)
        return
    for language in sorted({*NAMES, *configured}):
        name = model_name(language, configured=configured)
        wished = configured.get(language, "")
        if name == BLANK and wished not in {"", BLANK}:
            values = {"tongue": language, "model": wished}
            yield Line(group, "model-missing", Weight.STEP, values)
        elif name == BLANK:
            yield Line(group, "model-none", Weight.TOLD, {"tongue": language})
        else:
            yield _loaded(group, language, name)
    yield Line(group, "others", Weight.TOLD)


def _loaded(group: str, language: str, name: str) -> Line:
    """Whether a model can be used here, which only loading it tells."""
    from kg.extract.suggester import load_recogniser

    values = {"tongue": language, "model": name, "version": _version(name.replace("_", "-"))}
    try:
        load_recogniser(name)
    except (OSError, ValueError, ImportError, KeyError, AttributeError) as error:
        values["why"] = type(error).__name__
        return Line(group, "model-broken", Weight.STEP, values)
    return Line(group, "model", Weight.OK, values)
