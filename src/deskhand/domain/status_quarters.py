"""How an account was in the last 24 hours, by quarters of an hour. Times are whole milliseconds since 1970, UTC."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from .accounts import Health
from .ids import AccountId
from .lazy_dataclass import dataclass

KEPT = timedelta(hours=24)
"""So far back it is known how the accounts were."""

QUARTER_MS = 15 * 60 * 1000
HOUR_MS = 4 * QUARTER_MS
_KEPT_MS = int(KEPT.total_seconds() * 1000)
_BARS = _KEPT_MS // HOUR_MS
_NOTICED_MS = 60_000

WORST_FIRST = (Health.SIGN_IN, Health.BLOCKED, Health.OFFLINE, Health.WAITING, Health.PAUSED, Health.FINE)
"""Of several in one quarter the first of these is remembered: what is not settled is in none."""

_TROUBLE = WORST_FIRST[:4]


@dataclass(frozen=True, slots=True)
class StatusQuarter:
    """A quarter of an hour of one account.

    Attributes:
        at: when it began.
        health: the worst in it.
        ran: milliseconds of it in which the program ran.
    """

    account: AccountId
    at: int
    health: Health
    ran: int


@dataclass(frozen=True, slots=True)
class Part:
    """How long an account was so.

    Attributes:
        health: None = the program was not running.
        seconds: at least 1.
    """

    health: Health | None
    seconds: int


@dataclass(frozen=True, slots=True)
class Hour:
    """One bar: about an hour, the first and the last one as much of it as lies within the 24 hours.

    Attributes:
        shown: what its bar shows: the worst, where something was wrong; else what it was for longest.
        parts: the longest first.
    """

    begins: datetime
    ends: datetime
    shown: Health | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class StatusDay:
    """The last 24 hours: the oldest hour first, and how long the account was how, the longest first."""

    hours: tuple[Hour, ...] = ()
    parts: tuple[Part, ...] = ()


def worse(one: Health, other: Health) -> Health:
    """Return the worse of two settled healths."""
    return min(one, other, key=WORST_FIRST.index)


def quarter_of(ms: int) -> int:
    """Return when the quarter began that a moment lies in."""
    return ms - ms % QUARTER_MS


def oldest_kept(now: int) -> int:
    """Return the first quarter of which something lies in the last 24 hours."""
    return quarter_of(now - _KEPT_MS)


def status_day(quarters: Iterable[StatusQuarter], now: datetime) -> StatusDay:
    """Return how an account was in the 24 hours before `now`.

    Args:
        quarters: those of one account, in any order; what has none is time in which the program was not running.
    """
    until = int(now.timestamp() * 1000)
    since = until - _KEPT_MS
    known = {one.at: one for one in quarters}
    last = quarter_of(until - 1)
    hours, whole = [], dict[Health | None, int]()
    for number in range(_BARS):
        ends = last + QUARTER_MS - (_BARS - 1 - number) * HOUR_MS
        begins = ends - HOUR_MS
        starts = range(begins if number else min(begins, quarter_of(since)), ends, QUARTER_MS)
        spent: dict[Health | None, int] = {}
        for at in starts:
            for health, ms in _spent(known.get(at), at, since, until):
                spent[health] = spent.get(health, 0) + ms
                whole[health] = whole.get(health, 0) + ms
        hours.append(Hour(_time(max(starts[0], since)), _time(min(ends, until)), _shown(spent), _parts(spent)))
    return StatusDay(tuple(hours), _parts(whole))


def _spent(quarter: StatusQuarter | None, at: int, since: int, until: int) -> Sequence[tuple[Health | None, int]]:
    """Return for how long the account was how in one quarter, as far as it lies between two moments; zero for what only just began."""
    had = min(at + QUARTER_MS, until) - at
    inside = max(0, had - max(0, since - at))
    if quarter is None:
        return ((None, inside),) if inside else ()
    ran = min(quarter.ran, had)
    ran_inside = inside if ran >= had else ran * inside // had
    return ((quarter.health, ran_inside), (None, inside - ran_inside))


def _shown(spent: dict[Health | None, int]) -> Health | None:
    wrong = next((health for health in _TROUBLE if health in spent), None)
    if wrong is not None:
        return wrong
    return max(spent, key=lambda health: spent[health], default=None)


def _parts(spent: dict[Health | None, int]) -> tuple[Part, ...]:
    """Return what lasted a minute at least, trouble also where it was shorter."""
    found = [
        Part(health, max(1, round(ms / 1000)))
        for health, ms in spent.items()
        if ms >= _NOTICED_MS or health in _TROUBLE
    ]
    return tuple(sorted(found, key=lambda part: -part.seconds))


def _time(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
