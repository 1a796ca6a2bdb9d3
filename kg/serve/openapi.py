"""The addresses of a server for programs: OpenAPI 3.1."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kg.query import Question
from kg.query.library import Parameter, ParameterType
from kg.serve.negotiation import MEDIA
from kg.version import __version__

_SCHEMAS = {
    ParameterType.YEAR: {"type": "string", "pattern": "^[12][0-9]{3}$"},
    ParameterType.INTEGER: {"type": "integer"},
    ParameterType.DECIMAL: {"type": "number"},
    ParameterType.IRI: {"type": "string", "format": "iri"},
}
_TEXT = {"type": "string"}
_OWN: Mapping[str, Mapping[str, Any]] = {
    "timeout": {"type": "number", "exclusiveMinimum": 0},
    "lang": {"type": "string", "enum": ["en", "fr"]},
}
_RESULTS = ("select", "graph")
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"


@cache
def _said() -> Mapping[str, Any]:
    """What people read in it."""
    text = Path(__file__).with_name("openapi.yaml").read_text("utf-8")
    said: Mapping[str, Any] = yaml.safe_load(text)
    return said


def described(questions: Iterable[Question], *, title: str, token: bool) -> dict[str, Any]:
    """The description of a server.

    Args:
        questions: That it answers.
        title: The name of the harvest.
        token: Is one asked for, on every address?
    """
    paths: dict[str, Any] = {"/sparql": _sparql()}
    for question in questions:
        paths[f"/questions/{question.name}"] = {"get": _operation(question)}
    told: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": __version__, "summary": _said()["summary"]},
        "paths": paths,
    }
    if token:
        scheme = {"type": "http", "scheme": "bearer"}
        told |= {"components": {"securitySchemes": {"token": scheme}}, "security": [{"token": []}]}
    return told


def _operation(question: Question) -> dict[str, Any]:
    texts = (question.summary, question.description, question.question.get("fr", ""))
    return {
        "operationId": question.name,
        "summary": question.asked("en"),
        "description": "\n\n".join(filter(None, texts)),
        "parameters": [*map(_parameter, question.parameters), *_beside("select")],
        "responses": _responses("select", also=("400", "401", "403", "405", "406", "503", "504")),
    }


def _sparql() -> dict[str, Any]:
    about = _said()["sparql"]
    statuses = ("400", "401", "403", "405", "406", "503", "504")
    beside = [*_beside(*_RESULTS), _option("output", _formats(*_RESULTS))]
    fields = {"query": _TEXT} | {option["name"]: option["schema"] for option in beside}
    form = {"type": "object", "properties": fields, "required": ["query"]}
    return {
        "get": {
            "operationId": "sparql",
            **about,
            "parameters": [_option("query", _TEXT), *beside],
            "responses": _responses(*_RESULTS, also=("303", *statuses)),
        },
        "post": {
            "operationId": "sparql-post",
            **about,
            "parameters": beside,
            "requestBody": {
                "required": True,
                "content": {_FORM: {"schema": form}, _QUERY: {"schema": _TEXT}},
            },
            "responses": _responses(*_RESULTS, also=(*statuses, "413", "415")),
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    said: str = parameter.description or _said()["parameters"][parameter.type.value]
    return {
        "name": parameter.name,
        "in": "query",
        "required": not parameter.optional,
        "description": said.format(example=parameter.example),
        "example": parameter.example,
        "schema": _SCHEMAS.get(parameter.type, _TEXT),
    }


def _beside(*kinds: str) -> list[dict[str, Any]]:
    """What may be said with every question."""
    options = [_option(name, schema) for name, schema in _OWN.items()]
    return [_option("format", _formats(*kinds)), *options]


def _formats(*kinds: str) -> dict[str, Any]:
    return {"type": "string", "enum": [*dict.fromkeys(f for kind in kinds for f in MEDIA[kind])]}


def _option(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name, "in": "query", "required": False,
        "description": _said()["own"][name], "schema": schema,
    }  # fmt: skip


def _responses(*kinds: str, also: Iterable[str]) -> dict[str, Any]:
    said = _said()["responses"]
    line = {"text/plain": {"schema": _TEXT}}
    content: dict[str, Any] = {media: {} for kind in kinds for media in MEDIA[kind].values()}
    return {"200": {"description": said["200"], "content": content}} | {
        status: {"description": said[status]} | ({} if status == "303" else {"content": line})
        for status in sorted(also)
    }
