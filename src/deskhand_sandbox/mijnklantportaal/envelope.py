"""The paging envelope of every list: 15 records, snake_case, no total."""

from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

PAGE = 15


class Envelope:
    """Prints a page of a list. `stray_comma` ends `next_page_url` with a comma, as the documents' examples do."""

    def __init__(self, *, stray_comma: bool = True) -> None:
        self.stray_comma = stray_comma

    def answer(self, request: Request, total: int, records: Callable[[int, int], list[dict[str, Any]]]) -> Response:
        """The page that the request asks for; `records` gives those from one position up to another."""
        if set(request.query_params) - {"page"}:
            raise HTTPException(422, "Unknown query parameter.")
        asked = request.query_params.get("page", "1")
        page = max(1, int(asked)) if asked.isdecimal() else 1
        start, end = (page - 1) * PAGE, page * PAGE
        data = records(start, min(end, total)) if start < total else []
        path = str(request.url.replace(query=""))
        following = f"{path}?page={page + 1}" + ("," if self.stray_comma else "")
        return JSONResponse(
            {
                "current_page": page,
                "data": data,
                "first_page_url": f"{path}?page=1",
                "from": start + 1 if data else None,
                "next_page_url": following if end < total else None,
                "path": path,
                "per_page": PAGE,
                "prev_page_url": f"{path}?page={page - 1}" if page > 1 else None,
                "to": start + len(data) if data else None,
            }
        )
