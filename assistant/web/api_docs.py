"""The description of the JSON side as a page, drawn on the server from the OpenAPI object: no script is needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse

from assistant.web import api_examples
from assistant.web.pages import Pages

ABOUT: dict[str, Any] = {
    "title": "Rolewise",
    "version": metadata.version("rolewise"),
    "summary": "Ask about job roles; every statement is cited to the exact sentence it rests on.",
    "description": (
        "Answers are extractive and deterministic: no language model, no network. Every citation is a sentence of an "
        "article, `text[start:end] == quote`, with offsets in Unicode code points. A question that the articles do not "
        "answer is no error: its `outcome` says so. Errors are problems as RFC 9457 has them."
    ),
    "license_info": {"name": "MIT", "identifier": "MIT"},
    "openapi_tags": [
        {"name": "Answers", "description": "Ask, and read an answer again."},
        {"name": "Articles", "description": "The text that citations count in."},
        {"name": "State", "description": "For whoever watches the server."},
    ],
}

_BODY_NEEDED = "-H 'Content-Type: application/json'"
_JSON = "application/json"


_SHORT_LIST = re.compile(r"\[\s+([^\[\]{}]*?)\s+\]")  # of texts or numbers: one line holds it


class DescribedApp(FastAPI):
    """The application with a description whose examples are whole: FastAPI leaves out of them whatever is null."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI object, put together once."""
        if not self.openapi_schema:
            described = super().openapi()
            for path, example in api_examples.GIVEN.items():
                for operation in described["paths"][path].values():
                    operation["responses"]["200"]["content"][_JSON]["example"] = example
        return super().openapi()


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of a route or a member of an object."""

    name: str
    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One status that a route may answer with, and an example, empty when the body is."""

    status: str
    about: str
    example: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One route: what it is for, what it takes, what it answers. `body` is an example of the body sent, or empty."""

    anchor: str
    method: str
    path: str
    summary: str
    about: str
    parameters: tuple[Field, ...]
    body: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class ObjectKind:
    """One object that routes take or give."""

    name: str
    about: str
    members: tuple[Field, ...]


def docs_routes(app: FastAPI, pages: Pages) -> APIRouter:
    """Return the route /docs."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/docs", methods=["GET", "HEAD"])
    def docs(request: Request) -> HTMLResponse:
        described = app.openapi()
        return pages.draw(
            request, "docs.html", about=described["info"], operations=tuple(operations_of(described)),
            objects=tuple(objects_of(described)), base=str(request.base_url).rstrip("/"), json_header=_BODY_NEEDED,
        )  # fmt: skip

    return router


def operations_of(described: Mapping[str, Any]) -> Iterator[Operation]:
    """Yield the routes of an OpenAPI object in its order."""
    for path, methods in described["paths"].items():
        for method, one in methods.items():
            yield Operation(
                anchor=one["operationId"],
                method=method.upper(),
                path=path,
                summary=one["summary"],
                about=one.get("description", ""),
                parameters=tuple(
                    Field(given["name"], kind_of(given["schema"]), _said(given)) for given in one.get("parameters", ())
                ),
                body=_example(one.get("requestBody", {})),
                replies=tuple(
                    Reply(status, reply["description"], _example(reply)) for status, reply in one["responses"].items()
                ),
            )


def objects_of(described: Mapping[str, Any]) -> Iterator[ObjectKind]:
    """Yield the objects of an OpenAPI object that have members."""
    for name, schema in described["components"]["schemas"].items():
        members = schema.get("properties", {})
        if members:
            fields = (Field(member, kind_of(one), _said(one)) for member, one in members.items())
            yield ObjectKind(name, schema.get("description", ""), tuple(fields))


def kind_of(schema: Mapping[str, Any]) -> str:
    """Return in a few words what a schema allows."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(kind_of(one) for one in schema["anyOf"])
    if "const" in schema:
        return json.dumps(schema["const"])
    if schema.get("type") == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or "anything")


def _said(given: Mapping[str, Any]) -> str:
    """Return what a field is for, with its default."""
    about = str(given.get("description", ""))
    default = given.get("schema", given).get("default")
    return f"{about} Default: `{json.dumps(default)}`.".strip() if default not in (None, "") else about


def _example(part: Mapping[str, Any]) -> str:
    for media in part.get("content", {}).values():
        if "examples" in media:
            return _written(next(iter(media["examples"].values()))["value"])
        if "example" in media:
            return _written(media["example"])
    return ""


def _written(example: object) -> str:
    if isinstance(example, str):
        return example.strip()
    text = json.dumps(example, indent=2, ensure_ascii=False)
    return _SHORT_LIST.sub(lambda found: f"[{' '.join(found[1].split())}]", text)
