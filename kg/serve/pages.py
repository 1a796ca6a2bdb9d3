"""The addresses of a server: a page with forms for people, a list for programs."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.messages import DEFAULT_LANGUAGE, SPOKEN, column_name, counted, phrase
from kg.model import Audience
from kg.query import Answer, Question
from kg.query.formats import render, shown, value_name
from kg.serve.negotiation import MEDIA

_PAGES = Path(__file__).parents[1] / "pages"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_PAGES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """What every page says: name of the harvest, whose copy, and in which language.

    `language` is "en" or "fr" as a request named it, else None: then the project's counts.
    """

    title: str
    audience: Audience
    language: str | None
    default: str

    @property
    def tag(self) -> str:
        """The language that is spoken; English for any that kg does not."""
        tag = self.language or self.default
        return tag if tag in SPOKEN else DEFAULT_LANGUAGE


def address_page(questions: Iterable[Question], setting: Setting) -> tuple[str, str]:
    """A page that says what may be asked, and lets one ask it; and its policy."""
    tag = setting.tag
    return _page(
        "serve.html.j2",
        setting,
        questions=tuple(questions),
        asked=lambda question: question.said_with({}, tag),
        name=lambda name: column_name(name, tag),
        other="fr" if tag == "en" else "en",
        formats=("html", *(form for form in MEDIA["select"] if form != "html")),
    )


def answer_page(
    answer: Answer,
    setting: Setting,
    *,
    question: Question,
    parameters: Mapping[str, str],
    address: str,
) -> tuple[str, str]:
    """An answer for reading, with the same in other formats a click away; and its policy.

    Args:
        answer: What was found.
        setting: What every page says.
        question: That was asked; free SPARQL has no words of its own.
        parameters: That it was asked with.
        address: Of the same question without a format; "" where it has none (a POST).
    """
    tag = setting.tag
    rows = answer.kind == "select"
    joined = "&" if "?" in address else "?"
    return _page(
        "serve-answer.html.j2",
        setting,
        heading=question.said_with(parameters, tag) or "SPARQL",
        text=None if rows else render(answer, "table", language=tag),
        columns=[column_name(column, tag) for column in answer.columns],
        rows=[
            [
                shown(value_name(column, value, tag), tag)
                for column, value in zip(answer.columns, row, strict=True)
            ]
            for row in answer.values()
        ],
        counted=counted("serve.rows", len(answer), tag),
        others=[
            (form, f"{address}{joined}format={form}")
            for form in MEDIA[answer.kind]
            if address and form != "html"
        ],
    )


def _page(template: str, setting: Setting, **values: object) -> tuple[str, str]:
    style = (_PAGES / "serve.css").read_text(encoding="utf-8")
    tag = setting.tag
    text = _templates().get_template(template).render(
        title=setting.title, audience=setting.audience.value.upper(), language=tag,
        chosen_language=setting.language is not None, style=style,
        say=lambda name: phrase(f"serve.{name}", tag), **values,
    )  # fmt: skip
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
    return text, policy


def listed(question: Question) -> dict[str, Any]:
    """A question of the library as a program reads it."""
    return {
        "name": question.name,
        "address": f"/questions/{question.name}",
        "question": dict(question.question),
        "summary": question.summary,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type.value,
                "example": parameter.example,
                "optional": parameter.optional,
            }
            for parameter in question.parameters
        ],
        "columns": list(question.columns),
    }
