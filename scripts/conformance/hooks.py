"""What Schemathesis cannot know of the service from its document alone."""

import os
from pathlib import Path

import schemathesis
from schemathesis.checks import CHECKS
from schemathesis.specs.openapi import checks

RULE = "x-florist-rule"
FILES = Path(os.environ["FLORIST_CONFORMANCE_FILES"])
CLIENTS = ("client-0", "client-1")

# pieces of an upload are bytes like any other
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")

# after a minute's worth of invalid tokens from one address, each further one is turned away with this
TOO_MANY_REQUESTS = 429
checks.AUTH_REJECTION_STATUSES = checks.AUTH_REJECTION_STATUSES | {TOO_MANY_REQUESTS}

UNSUPPORTED_MEDIA_TYPE = 415

accepts_positive = checks.positive_data_acceptance
rejects_negative = checks.negative_data_rejection

generated = 0
given_files = set()

bare = 0
given_strays = set()


@schemathesis.hook
def before_call(context, case, kwargs):
    """Three of four well-formed forms get real files: no generator makes an adapter of random bytes."""
    global generated
    body = case.body
    positive = case.meta is not None and case.meta.generation.mode.is_positive
    if not positive or not isinstance(body, dict) or not {"config", "adapter"} <= body.keys():
        return
    generated += 1
    if generated % 4 == 0:
        return
    given_files.add(case.id)
    folder = FILES / CLIENTS[generated % len(CLIENTS)]
    body["config"] = (folder / "adapter_config.json").read_bytes()
    body["adapter"] = (folder / "adapter_model.safetensors").read_bytes()


@schemathesis.hook("before_call")
def send_stray(context, case, kwargs):
    """Every fourth request that may change something and takes no body brings one, of a kind that nothing reads."""
    global bare
    if case.method.upper() in ("GET", "HEAD") or len(case.operation.body) > 0:
        return
    bare += 1
    if bare % 4 == 0:
        given_strays.add(case.id)
        case.headers["Content-Type"] = "text/plain"
        kwargs["data"] = b"stray"


@CHECKS.register
def positive_data_acceptance(ctx, response, case):
    """The check of that name, which takes a schema for the whole truth.

    JSON Schema cannot compare two fields, nor say what a private address is. Where the document states such a
    rule of a field, in words under x-florist-rule, a refusal that points at just such fields keeps the rule. All
    else that the schema admits must be accepted, as the original checks.
    """
    if response.status_code == 400 and keeps_rules(response, case):
        return None
    if response.status_code == UNSUPPORTED_MEDIA_TYPE and case.id in given_strays:
        return None
    return accepts_positive(ctx, response, case)


@CHECKS.register
def negative_data_rejection(ctx, response, case):
    """The check of that name, which takes the bytes of a real file, given to a well-formed form, for no string."""
    return None if case.id in given_files else rejects_negative(ctx, response, case)


def keeps_rules(response, case) -> bool:
    problem = response.json() if response.content else {}  # HEAD has no body to point with
    fields = [error.get("field") for error in problem.get("errors", [])]
    return bool(fields) and all(field is not None and has_rule(case, field) for field in fields)


def has_rule(case, field: str) -> bool:
    """Whether the document states a rule of a field, which is a JSON pointer into the body or a parameter's name."""
    document = case.operation.schema.raw_schema
    operation = case.operation.definition.raw
    if not field.startswith("/"):
        named = [p for p in operation.get("parameters", []) if p["name"].lower() == field.lower()]
        return any(RULE in p or any(RULE in found for found in branches(document, p.get("schema", {}))) for p in named)
    contents = operation.get("requestBody", {}).get("content", {}).values()
    schemas = [content["schema"] for content in contents]
    for name in field.split("/")[1:]:
        inner = [found for schema in schemas for found in branches(document, schema)]
        schemas = [found["properties"][name] for found in inner if name in found.get("properties", {})]
    return any(RULE in found for schema in schemas for found in branches(document, schema))


def branches(document: dict, schema: dict) -> list[dict]:
    """A schema and the alternatives it offers, without references."""
    while "$ref" in schema:
        target = document
        for name in schema["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        schema = target
    inner = [member for key in ("anyOf", "oneOf", "allOf") for member in schema.get(key, [])]
    return [schema, *(found for member in inner for found in branches(document, member))]
