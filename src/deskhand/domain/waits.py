"""How long somebody has waited, how urgent that makes it, in which unit it is said, and when an answer is due. Pure."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple

from deskhand.domain.lazy_dataclass import dataclass

from .tickets import Turn

_DAY_MINUTES = 24 * 60


class Level(StrEnum):
    """How urgent a wait is."""

    CALM = "calm"
    WARM = "warm"
    HOT = "hot"


class Unit(StrEnum):
    """What a wait is said in."""

    MINUTES = "min"
    HOURS = "h"
    DAYS = "d"


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When the agents work.

    Attributes:
        days: of the week, 0 = Monday.
        begin, end: minutes after midnight by the clock on the wall, `begin` before `end`, at most 1440.
        zone: where that clock hangs; None = the computer's own time zone.
    """

    days: frozenset[int] = frozenset(range(5))
    begin: int = 9 * 60
    end: int = 17 * 60
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class WaitRules:
    """From when a wait is warm and hot, and the hours that count for it; without working hours every hour counts."""

    warm: timedelta = timedelta(hours=8)
    hot: timedelta = timedelta(hours=24)
    hours: WorkingHours | None = None


class Targets(NamedTuple):
    """Within which time an account wants its customers answered; None = no such target."""

    first_reply: timedelta | None = None
    next_reply: timedelta | None = None


class Clock(StrEnum):
    """Whose due time counts."""

    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    VENDOR = "vendor"


class Due(NamedTuple):
    """When something has to be done, and by which clock."""

    at: datetime
    clock: Clock


def waited(
    since: datetime, now: datetime, hours: WorkingHours | None = None, at_most: timedelta = timedelta.max
) -> timedelta:
    """Return for how long somebody has waited, never less than nothing.

    Args:
        since, now: aware times.
        hours: only these count; None = all. A day on which clocks are set is as long as it was: 23 or 25 hours.
        at_most: it is not counted further, for one who asks only whether a limit is reached.
    """
    if now <= since:
        return timedelta()
    if hours is None:
        return min(now - since, at_most)
    found = timedelta()
    for begin, end in _shifts(since, now, hours):
        found += max(min(end, now) - max(begin, since), timedelta())
        if found >= at_most:
            return at_most
    return found


def level(since: datetime, now: datetime, rules: WaitRules) -> Level:
    """Return how urgent a wait is; where both limits are the same it is hot from there on."""
    lasted = waited(since, now, rules.hours, max(rules.hot, rules.warm))
    if lasted >= rules.hot:
        return Level.HOT
    return Level.WARM if lasted >= rules.warm else Level.CALM


def in_unit(lasted: timedelta) -> tuple[int, Unit]:
    """Return a wait as a number and its unit: minutes below an hour (at least one), hours below a day, then days, rounded down."""
    minutes = int(lasted.total_seconds() // 60)
    if minutes < 60:
        return max(minutes, 1), Unit.MINUTES
    return (minutes // 60, Unit.HOURS) if minutes < _DAY_MINUTES else (minutes // _DAY_MINUTES, Unit.DAYS)


def due(
    turn: Turn, waiting_since: datetime | None, targets: Targets, vendor_due: datetime | None, *, answered: bool
) -> Due | None:
    """Return the due time that counts: the earlier one of the account's own target and the vendor's; None where there is none.

    Args:
        targets: of the account; they run only while a customer waits for us.
        vendor_due: what the vendor tells (`Ticket.due_at`).
        answered: the customer had a reply before, so that the next-reply target counts, not the first-reply one.
    """
    clock = Clock.NEXT_REPLY if answered else Clock.FIRST_REPLY
    target = targets.next_reply if answered else targets.first_reply
    found = [] if vendor_due is None or turn is Turn.NOBODY else [Due(vendor_due, Clock.VENDOR)]
    if turn is Turn.US and waiting_since is not None and target is not None:
        found.append(Due(waiting_since + target, clock))
    return min(found, key=lambda one: one.at, default=None)


def _shifts(since: datetime, now: datetime, hours: WorkingHours) -> Iterator[tuple[datetime, datetime]]:
    """Yield begin and end of each working day from the day of one time to that of the other, in UTC."""
    day = since.astimezone(hours.zone).date()
    last = now.astimezone(hours.zone).date()
    while day <= last:
        if day.weekday() in hours.days:
            yield _on_the_wall(day, hours.begin, hours.zone), _on_the_wall(day, hours.end, hours.zone)
        day += timedelta(days=1)


def _on_the_wall(day: date, minutes: int, zone: tzinfo | None) -> datetime:
    days, minutes = divmod(minutes, _DAY_MINUTES)
    there = datetime.combine(day + timedelta(days=days), time(minutes // 60, minutes % 60), zone)
    return there.astimezone(UTC)  # without a zone it is the computer's own
