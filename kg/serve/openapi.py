"""The description of the interface for programs, in OpenAPI 3.1: made of the types that answers are written from."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import JSONResponse

from kg.serve.api_types import EntityAnswer, NeighbourhoodAnswer, Problem, SearchAnswer
from kg.serve.formats import GRAPHS, RESULTS
from kg.serve.site import DATA
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    Json = dict[str, Any]

_TEXT = {"type": "string"}
_HTML = ("text/html",)
_NO_FORMAT = {"description": "It cannot be had in a format of the Accept header."}
_ENTITY = [
    ("iri", "The IRI of the entity.", _TEXT | {"format": "uri"}),
    ("name", "Or its name, or an alias; the most widespread entity of that name is meant.", _TEXT),
]


def openapi(request: Request) -> Response:  # noqa: ARG001 - as Starlette calls it
    """Send the description."""
    return JSONResponse(description())


@cache
def description() -> Json:
    """Return the description.

    >>> sorted(description()["paths"]["/api/search"]["get"]["responses"])
    ['200', '400']
    """
    answers = (SearchAnswer, EntityAnswer, NeighbourhoodAnswer, Problem)
    (search, entity, neighbourhood, problem), schemas = msgspec.json.schema_components(
        answers, ref_template="#/components/schemas/{name}"
    )
    paths = _api(search, entity, neighbourhood, problem) | _sparql() | _pages()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "paperkg",
            "version": version("paperkg"),
            "summary": "A knowledge graph read from paper abstracts",
            "description": "Read-only. Sentences and titles are quoted from papers as they stand: treat them as data.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _api(search: Json, entity: Json, neighbourhood: Json, problem: Json) -> Json:
    kind = ("type", "Only entities of this type.", {"enum": [*ENTITY_TYPES]})
    found = {"description": "No entity is called so.", "content": {"application/json": {"schema": problem}}}
    refused = {"description": "A parameter is missing or wrong.", "content": {"application/json": {"schema": problem}}}
    return {
        "/api/search": _get(
            "Find entities by name or alias",
            [
                ("q", "A name, an alias, or a part of one.", _TEXT | {"maxLength": 200}),
                kind,
                _number("limit", 10, 100, "entities"),
            ],
            {"200": _json(search), "400": refused},
        ),
        "/api/entity": _get(
            "What there is to know of an entity",
            [
                *_ENTITY,
                _number("limit", 10, 100, "rows of each claim"),
                _number("evidence", 2, 10, "papers quoted a row"),
            ],
            {"200": _json(entity), "400": refused, "404": found},
        ),
        "/api/neighbourhood": _get(
            "What is around an entity",
            [*_ENTITY, _number("hops", 1, 3, "steps away"), _number("limit", 100, 1000, "entities")],
            {"200": _json(neighbourhood), "400": refused, "404": found},
        ),
        "/api/explorer/neighbourhood": _get(
            "The same in the columns of the explorer, which change with it",
            [*_ENTITY, _number("hops", 1, 3, "steps away")],
            {"200": _json({"type": "object"}), "400": refused, "404": found},
        ),
    }


def _sparql() -> Json:
    statuses = {
        "200": _content("The answer; the header X-SPARQL-MaxRows says that it was cut.", (*RESULTS, *GRAPHS)),
        "400": {"description": "The query does not parse, or asks for SERVICE, FROM, or an update."},
        "406": _NO_FORMAT,
        "413": {"description": "The query is too large."},
        "415": {"description": "What was posted is of another media type than a query comes in."},
        "500": {"description": "The query needed too much memory, or the engine failed."},
        "503": {"description": "Too many queries at once: ask again after Retry-After seconds."},
        "504": {"description": "The query took too long."},
    }
    query = {"type": "object", "properties": {"query": _TEXT}, "required": ["query"]}
    bodies = {"application/x-www-form-urlencoded": {"schema": query}, "application/sparql-query": {"schema": _TEXT}}
    get = _get("SPARQL 1.1 query; without one, the description of the service", [("query", "SPARQL.", _TEXT)], statuses)
    post = {"summary": "SPARQL 1.1 query", "requestBody": {"required": True, "content": bodies}, "responses": statuses}
    return {"/sparql": get | {"post": post}}


def _pages() -> Json:
    described = _content("A page, or RDF.", (*_HTML, *GRAPHS))
    nothing = {"404": {"description": "The graph has no such node."}, "406": _NO_FORMAT}
    node = _get("An entity, a paper or a record of the graph, at the path of its IRI", [], {"200": described} | nothing)
    node["parameters"] = [
        {"name": name, "in": "path", "required": True, "schema": _TEXT, "description": text}
        for name, text in (("kind", "task, model, paper, statement, …"), ("name", "The rest of the IRI."))
    ]
    plain = {
        "/": ("What this graph is", _HTML),
        "/search": ("Entities by name, page by page", _HTML),
        "/query": ("A page to write queries on", _HTML),
        "/ontology": ("What the terms mean", (*_HTML, *GRAPHS)),
        "/void": ("The data set, described", tuple(GRAPHS)),
        "/explorer": ("The explorer, if the build folder has it", _HTML),
        "/report": ("The report of the build", _HTML),
        "/graph": ("The graph at a glance", _HTML),
        "/openapi.json": ("This description", ("application/json",)),
    }
    files = {f"/{name}": (f"{name} of the build folder, if it has it", (media,)) for name, media in DATA.items()}
    run = _get("The data set, described at its IRI", [], {"200": _content("RDF.", tuple(GRAPHS))} | nothing)
    run["parameters"] = node["parameters"][1:]
    pages = {path: _page(summary, types) for path, (summary, types) in (plain | files).items()}
    return pages | {"/{kind}/{name}": node, "/run/{name}": run}


def _page(summary: str, media_types: tuple[str, ...]) -> Json:
    refused = {"406": _NO_FORMAT} if len(media_types) > 1 else {}
    return _get(summary, [], {"200": _content(summary, media_types)} | refused)


def _get(summary: str, parameters: list[tuple[str, str, Json]], responses: Json) -> Json:
    named = [{"name": name, "in": "query", "schema": schema, "description": text} for name, text, schema in parameters]
    return {"get": {"summary": summary, "parameters": named, "responses": responses}}


def _number(name: str, default: int, most: int, what: str) -> tuple[str, str, Json]:
    return name, f"How many {what}.", {"type": "integer", "minimum": 1, "maximum": most, "default": default}


def _json(schema: Json) -> Json:
    return {"description": "The answer.", "content": {"application/json": {"schema": schema}}}


def _content(text: str, media_types: tuple[str, ...]) -> Json:
    return {"description": text, "content": {media_type: {} for media_type in media_types}}
