"""Pages that follow from the code: commands, questions, findings, errors, terms, Python.

MkDocs calls `on_files`; nothing of what it adds is committed. What has no words here has none in
the code, and a test says so.
"""

import ast
import inspect
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer.main
from mkdocs.structure.files import File, Files
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

import kg
from kg.cli.app import app
from kg.messages import phrase, sentences, task_of, tasks
from kg.query.library import Question, load_library
from ontology import ontology  # beside this file

ROOT = Path(kg.__file__).resolve().parent.parent
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
#: What a term is, in the order of the page.
_KINDS = {
    "Class": "Classes",
    "ObjectProperty": "Properties that link",
    "DatatypeProperty": "Properties with a value",
    "AnnotationProperty": "Names",
}


def on_files(files: Files, config: Any) -> Files:
    """Add the pages to a site. The name is MkDocs'."""
    for name, page in pages().items():
        files.append(File.generated(config, name, content=page))
    # What the search needs in a page opened by double click; the theme would fetch it.
    worker = ROOT / "explorer" / "node_modules" / "iframe-worker" / "shim" / "index.js"
    files.append(
        File.generated(config, "assets/iframe-worker.js", content=worker.read_text("utf-8"))
    )
    return files


def pages() -> dict[str, str]:
    """Path of a page below docs/ → its Markdown."""
    return {
        "reference/commands.md": commands(),
        "reference/questions.md": questions("en"),
        "reference/findings.md": findings("en"),
        "reference/errors.md": errors(),
        "reference/terms.md": terms(),
        "reference/ontology.md": ontology("en"),
        "fr/ontologie.md": ontology("fr"),
        "reference/python.md": python(),
        "fr/reference.md": f"{questions('fr')}\n{findings('fr')}",
    }


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(_cell(c) for c in line) + " |\n" for line in lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())


# --------------------------------------------------------------------------- commands


def commands() -> str:
    """Every command with its arguments and options, as `--help` tells them."""
    top: Any = typer.main.get_command(app)
    page = "# Commands\n\nThe same as `kg COMMAND --help`. Before a command:\n\n"
    page += _options(top)
    page += (
        "Exit status: 0 done; 1 refused, nothing read, or (`check`) violations; 2 wrong usage; 130 "
        "interrupted.\n\n"
    )
    for name, command in sorted(top.commands.items()):
        first, *rest = _paragraphs(command.help or "")
        page += f"## kg {name}\n\n{first}\n\n"
        page += "".join(f"{_as_code(text)}\n\n" for text in rest)
        page += _options(command)
    return page


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n")]


def _as_code(text: str) -> str:
    """Examples as a block, all else as it is."""
    told, _, lines = text.partition("Example: ")
    if not lines:
        return text
    return f"{told}\n\n```text\n{lines.replace('; kg', chr(10) + 'kg')}\n```"


def _options(command: Any) -> str:
    rows = []
    for one in command.params:
        told = getattr(one, "help", None)
        if getattr(one, "hidden", False) or one.name == "help" or not told:
            continue
        if one.param_type_name == "argument":
            rows.append((f"`{one.metavar or str(one.name).upper()}`", told))
            continue
        names = ", ".join([*one.opts, *one.secondary_opts])
        name = f"{names} {one.metavar}" if one.metavar else names
        kind = one.type_descriptor.annotation
        choices = list(kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else []
        rows.append((f"`{name}`", f"{told} ({', '.join(choices)})" if choices else told))
    return _table(("", ""), rows) if rows else ""


# --------------------------------------------------------------------------- questions


def questions(language: str) -> str:
    """Every question of the library, its parameters and its SPARQL."""
    title = {"en": "The question library", "fr": "Les questions"}[language]
    page = f"# {title}\n\n"
    for question in library():
        page += f"## {question.name}\n\n**{_plain(question.asked(language))}**\n\n"
        page += f"{' '.join(question.described[language].split())}\n\n"
        page += f"```text\n{_command(question)}\n```\n\n"
        if question.parameters and language == "en":
            rows = [
                (f"`{p.name}`", p.type.value, f"`{p.example}`", "may be left out" * p.optional)
                for p in question.parameters
            ]
            page += _table(("parameter", "what", "for example", ""), rows)
        if language == "en":
            columns = ", ".join(f"`{column}`" for column in question.columns)
            page += f"Columns: {columns}.\n\n"
            page += f'??? note "The SPARQL"\n\n{_indented(question.text)}\n\n'
    return page


def library() -> list[Question]:
    """The questions that come with kg, in order of name."""
    return sorted(load_library(ROOT / "queries").values(), key=lambda q: q.name)


def _command(question: Question) -> str:
    told = "".join(f' -p {p.name}="{p.example}"' for p in question.parameters if not p.optional)
    return f"kg query {question.name}{told}"


def _plain(text: str) -> str:
    return text.replace("{", "*").replace("}", "*")


def _indented(text: str) -> str:
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#+"))
    return "\n".join(f"    {line}" for line in ["```sparql", *body.strip().splitlines(), "```"])


# --------------------------------------------------------------------------- findings, errors


def findings(language: str) -> str:
    """Everything that `kg check` may say, by what there is to do."""
    if language == "en":
        page = "# What kg check says\n\nBy what there is to do, in the order of work. "
        page += "`…` and words in braces are filled in.\n\n"
    else:
        page = "# Ce que dit kg check\n\nSelon ce qu’il y a à faire, dans l’ordre du travail.\n\n"
    head = {"en": ("reason", "what is so", "next step"), "fr": ("motif", "constat", "ensuite")}
    by_stage = dict(reported())
    rows: dict[str, list[tuple[str, str, str]]] = {task: [] for task in tasks()}
    for reason, said in sentences().items():
        # A stage that finds something while it reads says it in English itself.
        own = by_stage.get(reason, ("", "")) if language == "en" else ("", "")
        message = said.message.get(language) or own[0] or said.together.get(language, "")
        advice = said.advice.get(language) or own[1]
        told = f"`{reason}` ({phrase(f'check.{said.severity.value}.one', language)})"
        rows[task_of(reason)].append((told, message, advice))
    for task, lines in rows.items():
        if lines:
            page += f"## {phrase(f'check.tasks.{task}', language)}\n\n"
            page += _table(head[language], lines)
    return page


def reported() -> Iterator[tuple[str, tuple[str, str]]]:
    """(reason, (message, advice)) of findings whose English stands in Python."""
    known = set(sentences())
    for path in sorted((ROOT / "kg").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        names = dict(_constants(tree))
        for node in ast.walk(tree):
            pairs: list[tuple[ast.expr | None, tuple[str, str]]] = []
            if isinstance(node, ast.Call):
                named = {k.arg: k.value for k in node.keywords}
                if "reason" in named and "message" in named:
                    told = [_template(named[n]) for n in ("message", "advice") if n in named]
                    pairs = [(named["reason"], (*told, "")[:2])]  # type: ignore[list-item]
                else:
                    told = [t for a in node.args if " " in (t := _template(a)).strip("… ")]
                    pairs = [(a, (*told, "", "")[:2]) for a in node.args]  # type: ignore[misc]
            elif isinstance(node, ast.Dict):
                pairs = [
                    (key, (_template(value.elts[0]), _template(value.elts[1])))
                    for key, value in zip(node.keys, node.values, strict=True)
                    if isinstance(value, ast.Tuple) and len(value.elts) == 2  # noqa: PLR2004
                ]
            for reason, words in pairs:
                for name in _texts(reason, names):
                    if name in known and words[0]:
                        yield name, words


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names that a module gives to texts."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if isinstance(node.value, ast.Constant):
                yield node.targets[0].id, str(node.value.value)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            values = getattr(node.value, "elts", [])
            for target, value in zip(node.targets[0].elts, values, strict=False):
                if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
                    yield target.id, str(value.value)


def _texts(node: ast.expr | None, names: dict[str, str]) -> tuple[str, ...]:
    """The texts that an expression may be."""
    if isinstance(node, ast.IfExp):
        return (*_texts(node.body, names), *_texts(node.orelse, names))
    if isinstance(node, ast.Name):
        return (names.get(node.id, ""),)
    return (str(node.value),) if isinstance(node, ast.Constant) else ()


def errors() -> str:
    """Every sentence with which kg refuses, by kind; {} is filled in with a file, a row, a name."""
    page = (
        "# Errors\n\nAn error is one line: where, what, what was expected, what to do next. "
        "It never holds words of a record. `…` is filled in.\n\n"
    )
    found: dict[str, set[str]] = {}
    for kind, text in raised():
        found.setdefault(kind, set()).add(text)
    for kind in sorted(found):
        about = inspect.getdoc(getattr(kg.errors, kind)) or ""
        page += f"## {kind}\n\n{' '.join(about.split())} Exit status "
        page += f"{getattr(kg.errors, kind).exit_status}.\n\n"
        page += "".join(f"- {_cell(text)}\n" for text in sorted(found[kind])) + "\n"
    return page


def raised() -> Iterator[tuple[str, str]]:
    """(class, sentence) of every error that Python code raises in so many words."""
    for path in sorted((ROOT / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", "")
            if name.endswith("Error") and hasattr(kg.errors, name):
                text = _template(node.args[0])
                if text.strip("… "):
                    yield name, text


def _template(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_template, node.values))
    if isinstance(node, ast.BinOp):
        return _template(node.left) + _template(node.right)
    return "…"


# --------------------------------------------------------------------------- terms


def terms() -> str:
    """Every term of the ontology and every concept, with label and definition in two languages."""
    store = Store()
    folder = ROOT / "ontology"
    for path in [folder / "oh.ttl", *sorted((folder / "vocab").glob("*.ttl"))]:
        store.load(path=str(path), format=RdfFormat.TURTLE)
    page = (
        "# Terms of the graph\n\n`oh:` is `https://w3id.org/outcome-harvest/ns#`, `ohv:` "
        "`https://w3id.org/outcome-harvest/vocab/`.\n\n"
    )
    for kind, title in _KINDS.items():
        page += f"## {title}\n\n" + _terms(store, f"http://www.w3.org/2002/07/owl#{kind}")
    return page + "## Concepts\n\n" + _terms(store, f"{_SKOS}Concept")


def _terms(store: Store, kind: str) -> str:
    rows = []
    found = store.quads_for_pattern(None, _RDF_TYPE, NamedNode(kind))
    for node in sorted({q.subject.value for q in found if isinstance(q.subject, NamedNode)}):
        name = node.replace("https://w3id.org/outcome-harvest/ns#", "oh:").replace(
            "https://w3id.org/outcome-harvest/vocab/", "ohv:"
        )
        said = [
            _said(store, node, properties, language)
            for language in ("en", "fr")
            for properties in (
                (f"{_RDFS}label", f"{_SKOS}prefLabel"),
                (f"{_SKOS}definition", f"{_RDFS}comment"),
            )
        ]
        rows.append((f"`{name}`", f"**{said[0]}** {said[1]}", f"**{said[2]}** {said[3]}"))
    return _table(("term", "English", "français"), rows)


def _said(store: Store, node: str, properties: Sequence[str], language: str) -> str:
    for name in properties:
        for quad in store.quads_for_pattern(NamedNode(node), NamedNode(name), None):
            if isinstance(quad.object, Literal) and quad.object.language == language:
                return quad.object.value
    return ""


# --------------------------------------------------------------------------- Python


def python() -> str:
    """The Python interface: functions, and what an opened harvest can do."""
    from kg.harvest import Harvest

    page = '# Python\n\n```python\nimport kg\n\nharvest = kg.open("my-first-harvest")\n```\n\n'
    for name in ("build", "open", "diff"):
        page += _callable(f"kg.{name}", getattr(kg, name))
    page += f"## kg.Harvest\n\n{inspect.getdoc(Harvest)}\n\n"
    for name, member in inspect.getmembers(Harvest):
        if name.startswith("_"):
            continue
        if callable(member):
            page += _callable(f"Harvest.{name}", member, depth=3)
        else:
            page += f"### Harvest.{name}\n\n{_docs(member)}\n\n"
    return page


def _callable(name: str, what: Any, depth: int = 2) -> str:
    signature = (
        re.sub(r"'", "", str(inspect.signature(what)))
        .replace("(self, ", "(")
        .replace("(self)", "()")
    )
    return f"{'#' * depth} {name}\n\n```text\n{name}{signature}\n```\n\n{_docs(what)}\n\n"


def _docs(what: object) -> str:
    """A docstring; its Google sections as blocks of their own."""
    text = inspect.getdoc(what) or ""
    return re.sub(
        r"^(Args|Returns|Raises):\n((?:    .*\n?|\n)+)",
        lambda m: f"**{m[1]}**\n\n```text\n{inspect.cleandoc(m[2])}\n```\n\n",
        text,
        flags=re.MULTILINE,
    )
