"""Into which days a list is grouped: each day of the last week, then months, as they are in the agent's time zone."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

NO_TIME = "none"
"""The group of tickets whose vendor tells no time."""

_DAYS = 7
_MOST_MONTHS = 240
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class DayGroup(NamedTuple):
    """A group: its key, "2026-11-29" for a day and "2026-11" for the rest of a month, and the first millisecond since 1970 in it."""

    key: str
    begins: int


def day_groups(now: datetime, oldest: int, zone: tzinfo | None = None) -> list[DayGroup]:
    """Return the groups from today back to that of the oldest ticket, and `NO_TIME` at the end.

    Args:
        now: aware.
        oldest: when the ticket that changed least lately did, in milliseconds since 1970; 0 = not known.
        zone: in which days begin; None = that of the system.
    """
    today = now.astimezone(zone).date()
    found = [_day(today - timedelta(days=back), zone) for back in range(_DAYS)]
    last = today - timedelta(days=_DAYS)
    year, month = last.year, last.month
    while len(found) < _DAYS + _MOST_MONTHS and found[-1].begins > max(oldest, 1):
        found.append(DayGroup(f"{year:04}-{month:02}", _begin(date(year, month, 1), zone)))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    found[-1] = found[-1]._replace(begins=1)  # and all that is older
    return [*found, DayGroup(NO_TIME, 0)]


def _day(day: date, zone: tzinfo | None) -> DayGroup:
    return DayGroup(day.isoformat(), _begin(day, zone))


def _begin(day: date, zone: tzinfo | None) -> int:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return (midnight.astimezone(UTC) - _EPOCH) // _MILLISECOND
