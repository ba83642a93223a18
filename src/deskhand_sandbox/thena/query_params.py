"""Reading the query strings of Thena's list calls."""

import calendar
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from starlette.requests import Request

from deskhand_sandbox.thena.request_schema import invalid

Item = TypeVar("Item")

MOST_PER_PAGE = 100
_DAYS = {"1d": 1, "2d": 2, "1w": 7, "2w": 14, "3w": 21, "4w": 28}
_MONTHS = {"1m": 1, "3m": 3}


def paging(request: Request, first: int = 0) -> tuple[int, int]:
    """How many items to skip and how many to give; `first` is the number of the first page (0 or 1)."""
    page, limit = request.query_params.get("page", str(first)), request.query_params.get("limit", "10")
    if not page.isdecimal() or int(page) < first:
        raise invalid(f"page must not be less than {first}")
    if not limit.isdecimal() or not 1 <= int(limit) <= MOST_PER_PAGE:
        raise invalid(f"limit must be between 1 and {MOST_PER_PAGE}")
    return (int(page) - first) * int(limit), int(limit)


def paged(items: Sequence[Item], request: Request, first: int = 0) -> Sequence[Item]:
    """The page of `items` that the query string asks for."""
    skip, limit = paging(request, first)
    return items[skip : skip + limit]


def flag(request: Request, name: str) -> bool:
    """A boolean of the query string; false where it is left out."""
    given = request.query_params.get(name, "false")
    if given not in {"true", "false"}:
        raise invalid(f"{name} must be a boolean value")
    return given == "true"


def one_of(request: Request, name: str, values: Sequence[str]) -> str | None:
    """An enum of the query string, None where it is left out."""
    given = request.query_params.get(name)
    if given is not None and given not in values:
        raise invalid(f"{name} must be one of the following values: {', '.join(values)}")
    return given


def needed(request: Request, name: str) -> str:
    """A parameter that may not be left out."""
    given = request.query_params.get(name)
    if not given:
        raise invalid(f"{name} should not be empty")
    return given


def since_when(request: Request, now: datetime) -> datetime | None:
    """The start of the `dateRange`: midnight in UTC, so many days back, or the same date so many months back."""
    name = one_of(request, "dateRange", (*_DAYS, *_MONTHS))
    if name is None:
        return None
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if name in _DAYS:
        return today - timedelta(days=_DAYS[name])
    year, month = divmod(today.year * 12 + today.month - 1 - _MONTHS[name], 12)
    last = calendar.monthrange(year, month + 1)[1]
    return today.replace(year=year, month=month + 1, day=min(today.day, last))
