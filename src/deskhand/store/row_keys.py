"""Codes of states, priorities and turns in `tickets`, and the numbers that its rows are sorted by."""

from datetime import datetime

from deskhand.domain.tickets import Priority, State, Turn

from .encoding import moment

STATES = (State.OPEN, State.PENDING, State.ON_HOLD, State.SNOOZED, State.SOLVED, State.CLOSED, State.OTHER)
STATE_CODES = {state: code for code, state in enumerate(STATES)}
ARCHIVED, GONE = 7, 8
"""Effective states beyond the vendor's: archived at the vendor, not there any more. Both are done."""
AWAY_STATES = 10
"""Added to the effective state of a ticket that is put away: no view of that state lists it, a filter by the state finds it."""
PUT_AWAY = 2
"""In `Row.done`: not done, and not in the lists of what is open either."""
DONE = (STATE_CODES[State.SOLVED], STATE_CODES[State.CLOSED], ARCHIVED, GONE)

PRIORITIES = (Priority.NONE, Priority.LOW, Priority.OTHER, Priority.NORMAL, Priority.HIGH, Priority.URGENT)
PRIORITY_CODES = {priority: code for code, priority in enumerate(PRIORITIES)}
"""The higher, the more urgent; a label that says nothing to us stands below normal."""

TURNS = (Turn.UNKNOWN, Turn.US, Turn.THEM, Turn.NOBODY)
TURN_CODES = {turn: code for code, turn in enumerate(TURNS)}
"""UNKNOWN is 0, which a row has that an older version made."""
UNKNOWN, US, THEM = TURN_CODES[Turn.UNKNOWN], TURN_CODES[Turn.US], TURN_CODES[Turn.THEM]

SORT_KEY_ID_BITS = 18
TIME_LIMIT = (1 << 42) - 1
LAST_TIME_KEY = TIME_LIMIT << SORT_KEY_ID_BITS | (1 << SORT_KEY_ID_BITS) - 1
"""The last key of a row in the order of times."""
PRIORITY_SHIFT_BITS = 60
"""How far the urgency stands to the left of the time in `priority_sort_key`."""
WAIT_SHIFT_BITS = PRIORITY_SHIFT_BITS
_NOBODY_WAITS, _UNKNOWN_WAITS, _DONE_WAITS = 3, 4, 5
"""What stands to the left of the time in `wait_sort_key`, behind the codes of US and THEM."""
WAIT_GROUPS = {US: "us", THEM: "them", _NOBODY_WAITS: "nobody", _UNKNOWN_WAITS: "unknown", _DONE_WAITS: "done"}
"""The same, as `GroupSpan` names them: a `Turn` or "done"."""
LAST_OPEN_WAIT = (_DONE_WAITS << WAIT_SHIFT_BITS) - 1
"""The last key of a row that is not done."""


def waits_of(code: int) -> tuple[int, int]:
    """Return the first and the last key in `wait_sort_key` of rows with the turn US or THEM."""
    return code << WAIT_SHIFT_BITS, (code + 1 << WAIT_SHIFT_BITS) - 1


def sort_key_millis(sort_key: int) -> int:
    """Return the time of a sort key."""
    return sort_key >> SORT_KEY_ID_BITS


def moment_of_sort_key(sort_key: int) -> datetime | None:
    """Return the same as a time; None for 0."""
    return moment(sort_key_millis(sort_key))


def make_sort_key(ms: int, row_id: int) -> int:
    """Return `sort_key`: time, then a part of the row's id against ties."""
    return min(ms, TIME_LIMIT) << SORT_KEY_ID_BITS | row_id & (1 << SORT_KEY_ID_BITS) - 1


def since_of_sort_key(sort_key: int) -> datetime | None:
    """Return since when somebody waits, by `wait_sort_key`; None where nobody does, or no time is told."""
    if sort_key >> WAIT_SHIFT_BITS not in (US, THEM):
        return None
    ms = sort_key >> SORT_KEY_ID_BITS & TIME_LIMIT
    return None if ms == TIME_LIMIT else moment(ms)


def make_wait_sort_key(turn: int, since: int, time: int, row_id: int, *, done: int) -> int:
    """Return `wait_sort_key`, the order of `Sort.WAITING`.

    Who waits for us stands first, then whom we wait for, both the longest wait first; then those with whom nobody waits, those of
    whom it is not known, and the done, each newest first.

    Args:
        since: of the turn, ms; 0 = not told.
        time: when the ticket last changed, ms.
    """
    if turn in (US, THEM):
        group, ms = turn, since or TIME_LIMIT
    else:
        group = _DONE_WAITS if done else _UNKNOWN_WAITS if turn == UNKNOWN else _NOBODY_WAITS
        ms = max(TIME_LIMIT - time, 0)
    return group << WAIT_SHIFT_BITS | make_sort_key(ms, row_id)
