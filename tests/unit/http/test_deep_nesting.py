"""Data nested as deep as can just be read: it is read, or it is no data; nothing in between fails."""

import sys
from typing import Any

import pytest

from deskhand.domain.problems import DeskProblem
from deskhand.http.answers import Answer
from deskhand.http.wire import Items, Wire, read_page


def read_from_afar(data: Any, calls: int = 12) -> Items[Wire]:
    """Read a page some calls further down, as an adapter does: what just fits in one place does not fit in another."""
    return read_page(Wire, data) if calls == 0 else read_from_afar(data, calls - 1)


async def page_of(depth: int, opening: str, closing: str) -> str:
    """Read a list whose one entry holds something nested so deep; returns what became of it."""
    body = f'[{{"id": "1", "more": {opening * depth}1{closing * depth}}}]'.encode()
    answer = Answer(200, {"content-type": "application/json"}, body)
    try:
        await answer.map(read_from_afar)
    except DeskProblem:
        return "no data"
    return "read"


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
async def test_every_depth_is_read_or_is_no_data(opening, closing):
    limit = sys.getrecursionlimit()
    found = [await page_of(depth, opening, closing) for depth in (*range(limit - 150, limit + 20), 10 * limit)]
    assert await page_of(50, opening, closing) == "read"
    assert found[-1] == "no data"
