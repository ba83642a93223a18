"""A time as somebody types it, in English, Dutch and German at once: "tue 9", "over 3 uur", "nächsten Montag 9".

Nothing is guessed. What can be read in two ways gives both, what has passed says so, what does not exist says so, and a word that
nobody knows is named; each with what may have been meant, to choose from. The same text gives the same answer whatever the language of
the program or the system is: the words are those of `time_words`, and now, the time zone and the beginning of the working day are given.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from deskhand.domain.lazy_dataclass import dataclass

from .time_parser import TimeParser
from .time_spec import Unclear, name_day

LONGEST_AHEAD = timedelta(days=3653)
"""A time further away is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One moment that a text may mean.

    Attributes:
        when: in UTC.
        text: written out: "Tuesday 1 December 2026, 09:00".
    """

    when: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text means.

    Attributes:
        readings: the moment; or, with a problem, what may have been meant, the nearest first.
        problem: why there is no one answer, as a sentence; empty = there is, or nothing was typed.
    """

    readings: tuple[Reading, ...] = ()
    problem: str = ""

    @property
    def only(self) -> Reading | None:
        """The one moment that is meant; None where that is not clear."""
        return self.readings[0] if self.readings and not self.problem else None


def read(text: str, now: datetime, zone: tzinfo, day_start: time = time(9)) -> Answer:
    """Return what a typed time means.

    Args:
        now: the present, aware.
        zone: whose local time is meant.
        day_start: when a working day begins; the time of a day that is named without one.
    """
    if not text.strip():
        return Answer()
    now = now.astimezone(UTC)  # within a zone, Python adds hours of the wall clock
    try:
        moments = TimeParser(text, now.astimezone(zone).replace(tzinfo=None), day_start).moments()
    except Unclear as unclear:
        return Answer(_proposed(unclear.moments, now, zone), unclear.problem)
    except (ValueError, OverflowError):
        return Answer((), "There is no such day.")
    if isinstance(moments, float):
        return _checked((_whole_minute(now + timedelta(seconds=moments)),), now, zone)
    return _placed(moments, now, zone)


def in_full(when: datetime, zone: tzinfo) -> str:
    """Write a moment out in local time: "Tuesday 1 December 2026, 09:00"."""
    local = when.astimezone(zone)
    return f"{name_day(local.date())}, {local:%H:%M}"


def at(day: date, clock: time, zone: tzinfo) -> datetime:
    """Return a local time as a moment: the first one where it comes twice, the one as far behind the gap where it does not exist."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _whole_minute(when: datetime) -> datetime:
    whole = when.astimezone(UTC).replace(second=0, microsecond=0)
    return whole if whole == when else whole + timedelta(minutes=1)


def _moments_of(local: datetime, zone: tzinfo) -> list[datetime]:
    """Return when a local time is: once; twice where the clocks go back; never where they go forward."""
    found = []
    for fold_of in (0, 1):
        moment = local.replace(tzinfo=zone, fold=fold_of).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None, fold=0) == local and moment not in found:
            found.append(moment)
    return sorted(found)


def _proposed(moments: Iterable[datetime], now: datetime, zone: tzinfo) -> tuple[Reading, ...]:
    found = {moment for local in moments for moment in _moments_of(local, zone) if moment > now}
    return tuple(Reading(moment, in_full(moment, zone)) for moment in sorted(found))


def _placed(locals_: Sequence[datetime], now: datetime, zone: tzinfo) -> Answer:
    """Return the answer for local times that the text may mean."""
    first = locals_[0]
    moments = [moment for local in locals_ for moment in _moments_of(local, zone)]
    if not moments:
        problem = f"{first:%H:%M} does not exist on {name_day(first.date())}: the clocks go forward."
        return Answer(_proposed((first + timedelta(hours=1),), now, zone), problem)
    if len(locals_) == 1 and len(moments) == 2:
        both = tuple(
            Reading(one, f"{in_full(one, zone)} (UTC{one.astimezone(zone):%z})") for one in moments if one > now
        )
        return Answer(both, f"{first:%H:%M} comes twice on {name_day(first.date())}: the clocks go back.")
    return _checked(moments, now, zone)


def _checked(moments: Sequence[datetime], now: datetime, zone: tzinfo) -> Answer:
    ahead = tuple(Reading(one, in_full(one, zone)) for one in sorted(set(moments)) if one > now)
    if not ahead:
        passed = moments[0].astimezone(zone).replace(tzinfo=None)
        today = now.astimezone(zone).date()
        again = [datetime.combine(today + timedelta(days=n), passed.time()) for n in (0, 1)]
        return Answer(_proposed(again, now, zone)[:1], f"{in_full(moments[0], zone)} has passed.")
    if any(one.when - now > LONGEST_AHEAD for one in ahead):
        return Answer((), "That is more than ten years away.")
    return Answer(ahead, "This can be read in two ways." if len(ahead) > 1 else "")
