"""Any order becomes any other, and a ticket that jumped costs one step."""

from hypothesis import given
from hypothesis import strategies as st

from deskhand.ui.list.diff import Insert, Move, Remove, Step, steps

KEYS = st.lists(st.integers(0, 30), unique=True, max_size=25)


def done(old: list[int], new: list[int], plan: list[Step]) -> list[int]:
    now = list(old)
    for step in plan:
        match step:
            case Remove(first, last):
                assert first <= last < len(now)
                del now[first : last + 1]
            case Insert(first, last):
                assert first <= len(now)
                now[first:first] = new[first : last + 1]
            case Move(source, target):
                assert source != target
                now.insert(target, now.pop(source))
    return now


@given(KEYS, KEYS)
def test_the_steps_lead_from_one_order_to_the_other(old: list[int], new: list[int]) -> None:
    assert done(old, new, list(steps(old, new))) == new


@given(KEYS)
def test_an_unchanged_order_needs_no_step(keys: list[int]) -> None:
    assert list(steps(keys, keys)) == []


def test_a_ticket_that_jumps_to_the_top_or_sinks_to_the_end_is_one_move() -> None:
    keys = list(range(20))
    assert list(steps(keys, [15, *keys[:15], *keys[16:]])) == [Move(15, 0)]
    assert list(steps(keys, [*keys[:3], *keys[4:], 3])) == [Move(3, 19)]


def test_neighbours_come_and_go_together() -> None:
    assert list(steps([1, 2, 3, 4], [1, 4])) == [Remove(1, 2)]
    assert list(steps([1, 4], [8, 9, 1, 4])) == [Insert(0, 1)]
