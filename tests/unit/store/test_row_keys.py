"""The order of `Sort.WAITING`."""

from datetime import UTC, datetime, timedelta

from deskhand.domain.tickets import Turn
from deskhand.store.encoding import millis
from deskhand.store.row_keys import LAST_OPEN_WAIT, TURN_CODES, make_wait_sort_key, since_of_sort_key, waits_of

US, THEM, UNKNOWN = (TURN_CODES[turn] for turn in (Turn.US, Turn.THEM, Turn.UNKNOWN))
NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


def key(turn, hours, *, done=0, changed=0, row_id=1):
    since = 0 if hours is None else millis(NOON - timedelta(hours=hours))
    return make_wait_sort_key(turn, since, millis(NOON - timedelta(hours=changed)), row_id, done=done)


def test_the_longest_wait_is_first_and_what_waits_for_nobody_last():
    order = [
        key(US, 30),
        key(US, 2),
        key(US, None),  # how long is not told
        key(THEM, 90),
        key(THEM, 1),
        key(UNKNOWN, None, changed=1),
        key(UNKNOWN, None, changed=5),
        key(UNKNOWN, None, done=1, changed=0),
    ]
    assert order == sorted(order)
    first, last = waits_of(US)
    assert [first <= one <= last for one in order] == [True] * 3 + [False] * 5
    assert [one <= LAST_OPEN_WAIT for one in order] == [True] * 7 + [False]
    assert max(order) < 1 << 63


def test_the_key_tells_since_when():
    assert since_of_sort_key(key(US, 2)) == NOON - timedelta(hours=2)
    assert since_of_sort_key(key(THEM, 3)) == NOON - timedelta(hours=3)
    for other in (0, key(US, None), key(UNKNOWN, None), key(UNKNOWN, None, done=1)):
        assert since_of_sort_key(other) is None
