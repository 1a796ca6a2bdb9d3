"""Makes the word lists of `kg/extract/data/built/`: ordinary words, and names that persons bear.

Which words of English, French and Spanish stand uncapitalised in a dictionary, and which names are
given, is others' knowledge: it is fetched with hashes when a wheel is built, like the libraries of
the pages, and nothing of it is committed. The spelling dictionaries come from the npm registry
(`explorer/package.json`), the names from Faker (a build requirement).
"""

import hashlib
import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

#: Language → package with its spelling dictionary.
DICTIONARIES = {"en": "dictionary-en", "es": "dictionary-es", "fr": "dictionary-fr"}
BUILT = (
    *(f"ordinary_{language}.txt" for language in DICTIONARIES),
    *("given.txt", "plain_names.txt", "licences.txt"),
)

_ENTRY = re.compile(r"[^\W\d_]{3,}")
_LONGEST_WORD, _SHORTEST_NAME, _LONGEST_NAME = 20, 3, 16
_LITERAL = re.compile(r'"([^"\n{}]+)"|\'([^\'\n{}]+)\'')
_WORD = re.compile(r"[^\W\d_]+")

Fold = Callable[[str], str]


def digest(root: Path) -> str:
    """Of all that the lists are made from: this file, how words are folded, both locks."""
    whole = hashlib.sha256()
    for name in ("hatch_words.py", "kg/vocab.py", "explorer/package-lock.json", "pyproject.toml"):
        whole.update((root / name).read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()


def there(root: Path) -> bool:
    """Do the lists stand, made from the same?"""
    folder = _folder(root)
    stamp = folder / "digest"
    whole = all((folder / name).is_file() for name in BUILT) and stamp.is_file()
    return whole and stamp.read_text(encoding="ascii") == digest(root)


def build(root: Path) -> None:
    """Write the lists; the dictionaries are installed in `explorer/node_modules`.

    A list has a folded word a line, sorted. Ordinary are the uncapitalised entries of a
    dictionary but those that are capitalised there too, or a given name; plain names are the
    given names among them, which say nothing where nobody capitalised them.

    Raises:
        SystemExit: Faker is not installed.
    """
    fold: Fold = _module("kg_vocab", root / "kg" / "vocab.py").fold
    faker = _faker()
    names = {fold(name) for name in _names(faker)}
    folder = _folder(root)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "digest").unlink(missing_ok=True)
    installed = root / "explorer" / "node_modules"
    packages = {language: installed / name for language, name in DICTIONARIES.items()}
    both: set[str] = set()
    for language, package in packages.items():
        small, capital = _entries(package / "index.dic", fold)
        words = {word for word in small - capital - names if len(word) <= _LONGEST_WORD}
        _write(folder / f"ordinary_{language}.txt", words)
        both |= small & names
    _write(folder / "plain_names.txt", both)
    plain = {n for n in names if n.isascii() and n.isalpha()}
    _write(folder / "given.txt", {n for n in plain if _SHORTEST_NAME <= len(n) <= _LONGEST_NAME})
    licences = {package.name: package / "license" for package in packages.values()}
    licences["faker"] = _licence(faker)
    texts = [f"== {name}\n\n{path.read_text('utf-8').strip()}\n" for name, path in licences.items()]
    (folder / "licences.txt").write_text("\n".join(texts), encoding="utf-8", newline="\n")
    (folder / "digest").write_text(digest(root), encoding="ascii")


def _folder(root: Path) -> Path:
    return root / "kg" / "extract" / "data" / "built"


def _write(path: Path, words: set[str]) -> None:
    path.write_text("\n".join(sorted(words)), encoding="utf-8", newline="\n")


def _entries(path: Path, fold: Fold) -> tuple[set[str], set[str]]:
    """Folded entries of a hunspell dictionary: uncapitalised ones, and the others."""
    small: set[str] = set()
    capital: set[str] = set()
    for line in path.read_text("utf-8").split("\n")[1:]:
        word = re.split(r"[/\s]", line)[0]
        if _ENTRY.fullmatch(word):
            (small if word.islower() else capital).add(fold(word))
    return small, capital


def _faker() -> Path:
    spec = importlib.util.find_spec("faker")
    if spec is None or spec.origin is None:
        raise SystemExit(
            "The lists of names need Faker to be built, and it is not here: pip install faker, "
            "then install again."
        )
    return Path(spec.origin).parent


def _names(faker: Path) -> Iterator[str]:
    """Every capitalised word in Faker's lists of persons, of all its countries."""
    for path in sorted((faker / "providers" / "person").glob("*_*/__init__.py")):
        for found in _LITERAL.finditer(path.read_text("utf-8")):
            for word in re.split(r"[\s-]", found[1] or found[2]):
                if word[:1].isupper() and _WORD.fullmatch(word):
                    yield word


def _licence(faker: Path) -> Path:
    found = sorted(faker.parent.glob("[Ff]aker-*.dist-info/**/LICENSE*"))
    if not found:
        raise SystemExit(f"{faker}: its licence is missing; install Faker again.")
    return found[0]


def _module(name: str, path: Path) -> ModuleType:
    """A module of kg without the package around it, which is not installed yet."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: missing; expected a checkout or a whole sdist.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up while they are made
    spec.loader.exec_module(module)
    return module
