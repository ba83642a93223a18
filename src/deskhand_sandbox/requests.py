"""Reading what a client sent, the strict way."""

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request


async def json_object(request: Request, *, wrong_type: int = 415, malformed: int = 400) -> dict[str, Any]:
    """The JSON object in the body.

    Raises:
        HTTPException: with status `wrong_type` where the content type is not JSON, `malformed` where the body is no object.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json":
        raise HTTPException(wrong_type, "The content type must be application/json")
    try:
        value = json.loads(await request.body())
    except ValueError:
        raise HTTPException(malformed, "The body is not valid JSON") from None
    if not isinstance(value, dict):
        raise HTTPException(malformed, "The body must be a JSON object")
    return value


def bearer(request: Request) -> str | None:
    """The token of the `Authorization: Bearer` header, None where there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
