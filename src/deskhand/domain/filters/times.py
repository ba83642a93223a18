"""Which stretch of time a term means now.

A duration is elapsed time, whatever the clocks do meanwhile; a day, a month or a period begins at midnight of the agent's time zone.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from .syntax import Comparison, Dates, Duration, Field, Period, Unit

_UNITS = {
    Unit.MINUTE: timedelta(minutes=1),
    Unit.HOUR: timedelta(hours=1),
    Unit.DAY: timedelta(days=1),
    Unit.WEEK: timedelta(weeks=1),
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_FIRST, _LAST = -(1 << 62), 1 << 62


class Stretch(NamedTuple):
    """Times from `first` on that lie before `end`, in milliseconds since 1970."""

    first: int
    end: int

    def holds(self, at: int) -> bool:
        """Tell whether a time lies in it."""
        return self.first <= at < self.end


def stretch(
    field: Field, comparison: Comparison, value: Duration | Dates | Period, now: datetime, zone: tzinfo | None
) -> Stretch:
    """Return the stretch of time that a term is about.

    Args:
        now: aware.
        zone: in which days begin at midnight; None = that of the system.
    """
    if isinstance(value, Duration):
        return _from_now(field, comparison, value, now)
    first, end = _days(value, now.astimezone(zone).date())
    begins, ends = _midnight(first, zone), _midnight(end, zone)
    match comparison:
        case Comparison.IS:
            return Stretch(begins, ends)
        case Comparison.LESS:
            return Stretch(_FIRST, begins)
        case Comparison.AT_MOST:
            return Stretch(_FIRST, ends)
        case Comparison.MORE:
            return Stretch(ends, _LAST)
        case Comparison.AT_LEAST:
            return Stretch(begins, _LAST)


def to_millis(at: datetime) -> int:
    """Return an aware time in milliseconds since 1970."""
    return (at - _EPOCH) // _MILLISECOND


def _from_now(field: Field, comparison: Comparison, value: Duration, now: datetime) -> Stretch:
    """What was so long ago, or for a due time what is so far ahead; more of it is earlier, or later."""
    length = value.amount * _UNITS[value.unit] // _MILLISECOND
    is_ahead = field is Field.DUE
    at = to_millis(now) + (length if is_ahead else -length)
    is_more = comparison in (Comparison.MORE, Comparison.AT_LEAST)
    includes = comparison in (Comparison.AT_LEAST, Comparison.AT_MOST)
    if is_more == is_ahead:
        return Stretch(at if includes else at + 1, _LAST)
    return Stretch(_FIRST, at + 1 if includes else at)


def _days(value: Dates | Period, today: date) -> tuple[date, date]:
    """Return the first day of a stretch of the calendar, and the first one behind it."""
    if isinstance(value, Dates):
        first = value.first
        match value.parts:
            case 1:
                return first, _month(first, 12)
            case 2:
                return first, _month(first, 1)
            case _:
                return first, _day(first, 1)
    month, monday = today.replace(day=1), _day(today, -today.weekday())
    january = month.replace(month=1)
    match value:
        case Period.TODAY | Period.YESTERDAY | Period.TOMORROW:
            shift = {Period.TODAY: 0, Period.YESTERDAY: -1, Period.TOMORROW: 1}[value]
            return _day(today, shift), _day(today, shift + 1)
        case Period.THIS_WEEK | Period.LAST_WEEK | Period.NEXT_WEEK:
            shift = {Period.THIS_WEEK: 0, Period.LAST_WEEK: -7, Period.NEXT_WEEK: 7}[value]
            return _day(monday, shift), _day(monday, shift + 7)
        case Period.THIS_MONTH | Period.LAST_MONTH | Period.NEXT_MONTH:
            shift = {Period.THIS_MONTH: 0, Period.LAST_MONTH: -1, Period.NEXT_MONTH: 1}[value]
            return _month(month, shift), _month(month, shift + 1)
        case _:
            shift = {Period.THIS_YEAR: 0, Period.LAST_YEAR: -12, Period.NEXT_YEAR: 12}[value]
            return _month(january, shift), _month(january, shift + 12)


def _day(of: date, days: int) -> date:
    ordinal = min(max(of.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(ordinal)


def _month(of: date, months: int) -> date:
    """Return the first day of a month so many months on."""
    number = of.year * 12 + of.month - 1 + months
    year, month = divmod(number, 12)
    if year > date.max.year:
        return date.max
    return date(max(year, 1), month + 1, 1)


def _midnight(of: date, zone: tzinfo | None) -> int:
    """Return when a day begins."""
    naive = datetime(of.year, of.month, of.day)  # noqa: DTZ001 - the zone follows
    try:
        return to_millis(naive.astimezone() if zone is None else naive.replace(tzinfo=zone))
    except (OverflowError, OSError, ValueError):  # before what the system's clock knows
        return to_millis(naive.replace(tzinfo=UTC))
