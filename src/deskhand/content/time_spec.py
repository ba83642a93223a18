"""A time that is being read, put together: which days, which times of the day, or how long from now. Local times, without a zone."""

from collections.abc import Sequence
from dataclasses import field
from datetime import date, datetime, time, timedelta

from deskhand.domain.lazy_dataclass import dataclass

from .time_words import AFTERNOON, EVENING, MIDNIGHT, MONTHS, MORNING, NOON, WEEKDAYS

HELP = "Try: in 3h, fri 14:30, tomorrow, next week, 3 dec."
"""What a sentence ends with that says that a text was not understood."""

_AMBIGUOUS_HOURS = range(1, 7)
"""Hours that nobody works in: 3 is perhaps 15."""
_HOURS = {NOON: time(12), AFTERNOON: time(14), EVENING: time(18)}


class Unclear(Exception):
    """Carries the sentence, and moments (local, without a zone) that may have been meant."""

    def __init__(self, problem: str, *moments: datetime) -> None:
        super().__init__(problem)
        self.problem = problem
        self.moments = moments


@dataclass(slots=True)
class TimeSpec:
    """What the words say.

    Attributes:
        now: the present.
        day_start: the time of a day that is named without one.
        days, times: what was named; several where it can be read in two ways.
        weekday: Monday = 0; None = none was named.
        is_next, is_next_week: "next" stood before the day of the week, or before "week".
        part: of the day; empty = none was named.
        seconds: how long from now, where `is_length`.
    """

    now: datetime
    day_start: time
    days: list[date] = field(default_factory=list)
    times: list[time] = field(default_factory=list)
    weekday: int | None = None
    is_next: bool = False
    is_next_week: bool = False
    part: str = ""
    seconds: float = 0.0
    is_length: bool = False

    @property
    def today(self) -> date:
        """The present day."""
        return self.now.date()

    def set_day(self, day: date) -> None:
        """Take a day. Raises Unclear where another one was named, as the other methods do."""
        if self.days:
            raise Unclear(f"Two days are named. {HELP}")
        self.days = [day]

    def set_weekday(self, weekday: int) -> None:
        """Take a day of the week."""
        if self.weekday is not None:
            raise Unclear(f"Two days are named. {HELP}")
        self.weekday = weekday

    def set_part(self, part: str) -> None:
        """Take a part of the day."""
        if self.part:
            raise Unclear(f"Two times are named. {HELP}")
        self.part = part

    def set_times(self, *times: time) -> None:
        """Take a time of the day, or several that may be meant."""
        if self.times:
            raise Unclear(f"Two times are named. {HELP}")
        self.times = list(times)

    def add_length(self, number: float, unit: str) -> None:
        """Take a length of time: hours and minutes from now; days and more give a day."""
        if unit in ("minute", "hour"):
            self.is_length = True
            self.seconds += number * (3600 if unit == "hour" else 60)
        elif number != int(number):
            raise Unclear(f"Only hours can be halved. {HELP}")
        elif unit in ("day", "week"):
            self.set_day(self.today + timedelta(days=int(number) * (7 if unit == "week" else 1)))
        else:
            self.set_day(add_months(self.today, int(number) * (12 if unit == "year" else 1)))

    def set_half_day(self, hour: int, minute: int, half: str) -> None:
        """Take a time with am or pm behind it."""
        if not (1 <= hour <= 12 and minute < 60):
            raise Unclear(f"There is no time {hour} {half}.")
        self.set_times(time(hour % 12 + (12 if half.startswith("p") else 0), minute))

    def set_hour(self, hour: int) -> None:
        """Take a bare hour."""
        if hour > 23:
            raise Unclear(f"There is no time {hour}:00.")
        if hour in _AMBIGUOUS_HOURS:
            self.set_times(time(hour), time(hour + 12))
        else:
            self.set_times(time(hour))

    def set_exact(self, day: int, month: int, year: int) -> None:
        """Take a day with its year."""
        try:
            self.set_day(date(year, month, day))
        except ValueError:
            raise Unclear(_no_such_day(day, month, year), *self._near(day, month, year)) from None

    def set_named(self, day: int, month: int) -> None:
        """Take a day without its year: the next one."""
        days = self.days_named(day, month)
        if not days:
            year = self.today.year + (1 if month < self.today.month else 0)
            raise Unclear(_no_such_day(day, month, year), *self._near(day, month, year))
        self.set_day(days[0])

    def days_named(self, day: int, month: int, year: int | None = None) -> list[date]:
        """Return the next day of this name, this year or next; nothing where there is none in both."""
        for one in (self.today.year, self.today.year + 1) if year is None else (year,):
            try:
                named = date(one, month, day)
            except ValueError:
                if month >= self.today.month:
                    break  # the day that is meant is the one that does not exist
                continue
            if named >= self.today or year is not None:
                return [named]
        return []

    def _near(self, day: int, month: int, year: int) -> list[datetime]:
        if not (1 <= month <= 12 and 29 <= day <= 31 and year < 9999):
            return []
        first = add_months(date(year, month, 1), 1)
        return [datetime.combine(one, self.day_start) for one in (first - timedelta(days=1), first)]

    def set_day_of_month(self, day: int) -> None:
        """Take a day without its month: the next one."""
        this = self.today.replace(day=1)
        for first in (this, add_months(this, 1)):
            last = add_months(first, 1) - timedelta(days=1)
            if 1 <= day <= last.day and first.replace(day=day) >= self.today:
                self.set_day(first.replace(day=day))
                return
        raise Unclear(f"No day {day} comes soon. Type the month too.")

    def combine(self) -> list[datetime] | float:
        """Return the local times that may be meant, or for a length of time its seconds."""
        if self.is_length:
            if self.days or self.times or self.part or self.weekday is not None or self.is_next_week:
                raise Unclear(f"A length of time stands alone. {HELP}")
            return float(self.seconds)
        times = self._times()
        moments = [datetime.combine(day, clock) for day in self._days(times) for clock in times]
        if self.part == MIDNIGHT and (self.days or self.weekday is not None):
            moments += [moment + timedelta(days=1) for moment in moments]
        return moments

    def _times(self) -> list[time]:
        part = self.part
        if part == MIDNIGHT:
            return self.times or [time(0)]
        if not self.times:
            return [_HOURS.get(part, self.day_start)]
        if part == MORNING:
            return self.times[:1]
        if part in (AFTERNOON, EVENING):
            return [one.replace(hour=one.hour + 12) if one.hour < 12 else one for one in self.times[:1]]
        return self.times

    def _days(self, times: Sequence[time]) -> list[date]:
        today = self.today
        monday = today + timedelta(days=7 - today.weekday())
        if self.is_next_week:
            if self.days:
                raise Unclear(f"Two days are named. {HELP}")
            return [monday + timedelta(days=self.weekday or 0)]
        if self.weekday is not None and self.days:
            if self.days[0].weekday() != self.weekday:
                raise Unclear(f"{name_day(self.days[0])} is no {WEEKDAYS[self.weekday]}.")
            return self.days
        if self.weekday is not None:
            return self._days_of_week(self.weekday, monday, times)
        if self.days:
            return self.days
        if self.part == MIDNIGHT and not self.times:
            return [today + timedelta(days=1)]
        if not self.times and not self.part:
            raise Unclear(f"No time is named. {HELP}")
        return [today]

    def _days_of_week(self, weekday: int, monday: date, times: Sequence[time]) -> list[date]:
        """Return the coming day of this name; today's too while it lies ahead; behind "next" that of the next week as well."""
        today = self.today
        coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        if self.is_next:
            return list(dict.fromkeys((coming, monday + timedelta(days=weekday))))
        is_today_ahead = weekday == today.weekday() and any(datetime.combine(today, one) > self.now for one in times)
        return [today, coming] if is_today_ahead else [coming]


def name_day(day: date) -> str:
    """Write a day out: "Tuesday 1 December 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def _no_such_day(day: int, month: int, year: int) -> str:
    if not 1 <= month <= 12:
        return f"There is no month {month}."
    return f"There is no {day} {MONTHS[month - 1]} {year}."


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later; the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))
