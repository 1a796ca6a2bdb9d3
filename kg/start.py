"""`kg init`: a project folder with files that explain themselves, or with the example harvest."""

import re
from pathlib import Path

from kg.config import FILE_NAME
from kg.errors import WorkspaceError
from kg.resources import resource

_TEMPLATE = ("kg.toml", "organisations.yaml", "decisions.csv", "framework.csv")
_NOT_COPIED = (".git", ".kg", "output", "__pycache__")


def start_project(folder: Path, *, demo: bool) -> tuple[Path, ...]:
    """Make a project folder and its files; with *demo*, the example harvest's.

    Returns:
        The files that were made, in order.

    Raises:
        WorkspaceError: the folder already is a project, holds a file that
            would be replaced, or cannot be written.
    """
    files = _demo_files() if demo else _template_files()
    if (folder / FILE_NAME).exists():
        raise WorkspaceError(
            f"{folder / FILE_NAME}: this folder already is a project; nothing was changed. "
            "Name another folder: kg init DIR"
        )
    standing = sorted(name for name in files if (folder / name).exists())
    if standing:
        raise WorkspaceError(
            f"{folder / standing[0]}: would be replaced; nothing was changed. "
            "Move it away, or name another folder: kg init DIR"
        )
    made = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
            made.append(folder / name)
    except OSError as error:
        why = (error.strerror or "input/output error").lower()
        raise WorkspaceError(
            f"{folder}: cannot be written ({why}); name another folder: kg init DIR"
        ) from error
    return tuple(made)


def _template_files() -> dict[str, bytes]:
    files = {name: resource("template", name).read_bytes() for name in _TEMPLATE}
    return files | {".gitignore": resource("template", "gitignore").read_bytes()}


def _demo_files() -> dict[str, bytes]:
    files = {
        path.name: path.read_bytes()
        for path in sorted(resource("examples").iterdir())
        if path.is_file() and path.name not in _NOT_COPIED
    }
    # In the checkout the example is built into the repository's output/; here, beside kg.toml.
    settings = re.sub(
        r'(?m)^output(\s*)=\s*"[^"]*"', r'output\1= "output"', files[FILE_NAME].decode("utf-8")
    )
    # The example's sources are fictional and may be committed: ignore what is generated alone.
    return files | {
        FILE_NAME: settings.encode(),
        ".gitignore": b"output/\n.kg/\n*.html\n*.ttl\n*.trig\n*.nq\n*.jsonl\n",
    }
