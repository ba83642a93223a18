import asyncio
from datetime import timedelta

import pytest
from tests.helpers.raw_servers import START, FakeClock

from deskhand.domain.problems import Throttled
from deskhand.domain.request_priority import RequestPriority
from deskhand.http.pacing import Pacer, Window, throttle_delay

NEXUSCORE = (Window(600, 60), Window(150, 10))


async def departures(
    pacer: Pacer, clock: FakeClock, count: int, lane: RequestPriority = RequestPriority.INTERACTIVE
) -> list[float]:
    left = []
    for _ in range(count):
        await pacer.acquire(lane)
        left.append(clock.monotonic())
    return left


@pytest.mark.parametrize("lane", list(RequestPriority))
async def test_no_window_is_ever_exceeded(lane):
    clock = FakeClock()
    left = await departures(Pacer(NEXUSCORE, clock), clock, 2000, lane)
    for window in NEXUSCORE:
        for first, at in enumerate(left):
            assert sum(at <= other < at + window.seconds for other in left[first : first + 700]) <= window.requests


async def test_the_whole_budget_can_be_used():
    clock = FakeClock()
    left = await departures(Pacer(NEXUSCORE, clock), clock, 601)
    assert left[599] < 60 <= left[600]


async def test_the_background_leaves_room_for_an_agent():
    clock = FakeClock()
    pacer = Pacer((Window(10, 60),), clock)
    assert await departures(pacer, clock, 8, RequestPriority.BACKGROUND) == [0] * 8
    async with asyncio.TaskGroup() as tasks:
        background = tasks.create_task(departures(pacer, clock, 1, RequestPriority.BACKGROUND))
        interactive = tasks.create_task(departures(pacer, clock, 2))
    assert interactive.result() == [0, 0]
    assert background.result()[0] >= 60


async def test_an_agent_goes_first_when_a_place_gets_free():
    clock = FakeClock()
    pacer = Pacer((Window(1, 10),), clock)
    await pacer.acquire(RequestPriority.INTERACTIVE)
    order = []

    async def go(lane: RequestPriority) -> None:
        await pacer.acquire(lane)
        order.append(lane)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(go(RequestPriority.BACKGROUND))
        tasks.create_task(go(RequestPriority.INTERACTIVE))
    assert order == [RequestPriority.INTERACTIVE, RequestPriority.BACKGROUND]


async def test_nothing_leaves_while_an_ordered_wait_runs():
    clock = FakeClock()
    pacer = Pacer(NEXUSCORE, clock)
    assert pacer.on_throttled(timedelta(seconds=12)) == timedelta(seconds=12)
    await pacer.acquire(RequestPriority.INTERACTIVE)
    assert clock.monotonic() == 12


async def test_a_long_ordered_wait_is_told_instead_of_sat_out():
    clock = FakeClock()
    pacer = Pacer(NEXUSCORE, clock)
    pacer.on_throttled(timedelta(seconds=90))
    clock.advance(10)
    with pytest.raises(Throttled) as caught:
        await pacer.acquire(RequestPriority.INTERACTIVE)
    assert caught.value.retry_after == timedelta(seconds=80)


async def test_a_wait_of_one_path_does_not_hold_the_others():
    clock = FakeClock()
    pacer = Pacer(NEXUSCORE, clock)
    pacer.on_throttled(timedelta(seconds=12), scope="/tickets")
    await pacer.acquire(RequestPriority.INTERACTIVE, "/users")
    assert clock.monotonic() == 0
    await pacer.acquire(RequestPriority.INTERACTIVE, "/tickets")
    assert clock.monotonic() == 12


async def test_refusals_halve_the_pace_and_good_answers_bring_it_back():
    clock = FakeClock()
    pacer = Pacer((Window(8, 10),), clock)
    pacer.on_throttled(timedelta())
    left = await departures(pacer, clock, 8)
    assert left[3] < 10 <= left[4]
    for _ in range(100):
        pacer.on_success({})
    clock.advance(60)
    left = await departures(pacer, clock, 8)
    assert left[7] == left[0]


async def test_without_a_named_time_each_refusal_waits_longer():
    clock = FakeClock()
    pacer = Pacer(NEXUSCORE, clock)
    for seconds in (10, 20, 40, 80):
        assert pacer.on_throttled(None).total_seconds() == seconds
        clock.advance(seconds)
    pacer.on_success({})
    assert pacer.on_throttled(None).total_seconds() == 10


async def test_requests_that_were_under_way_together_are_refused_once():
    """Five at once would slow a run of changes to a sixteenth, and wait 160 s where no time is named."""
    clock = FakeClock()
    pacer = Pacer((Window(80, 10),), clock)
    assert [pacer.on_throttled(None).total_seconds() for _ in range(5)] == [10] * 5
    clock.advance(3)
    assert pacer.on_throttled(None).total_seconds() == 7
    clock.advance(7)
    left = await departures(pacer, clock, 41)
    assert left[39] == 10 < left[40]


async def test_the_longest_wait_that_was_named_counts():
    clock = FakeClock()
    pacer = Pacer(NEXUSCORE, clock)
    for seconds in (2, 12, 5):
        pacer.on_throttled(timedelta(seconds=seconds))
    await pacer.acquire(RequestPriority.INTERACTIVE)
    assert clock.monotonic() == 12


async def test_a_budget_that_is_used_up_holds_until_its_reset():
    clock = FakeClock()
    pacer = Pacer((Window(60, 60),), clock)
    reset = str(int(START.timestamp()) + 9)
    pacer.on_success({"x-ratelimit-limit": "60", "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset})
    await pacer.acquire(RequestPriority.INTERACTIVE)
    assert clock.monotonic() == 10, "a second after the told one, which another clock told"


async def test_a_budget_that_others_have_nearly_used_is_left_to_the_agents():
    clock = FakeClock()
    pacer = Pacer((Window(60, 60),), clock)
    pacer.on_success({"x-ratelimit-limit": "60", "x-ratelimit-remaining": "3"})
    await pacer.acquire(RequestPriority.INTERACTIVE)
    assert clock.monotonic() == 0
    await pacer.acquire(RequestPriority.BACKGROUND)
    assert clock.monotonic() == 5


async def test_a_path_that_is_nearly_used_up_does_not_hold_the_background_on_others():
    clock = FakeClock()
    pacer = Pacer((Window(60, 60),), clock)
    pacer.on_success({"x-ratelimit-limit": "60", "x-ratelimit-remaining": "3", "x-ratelimit-reset": "30"}, "/tickets")
    await pacer.acquire(RequestPriority.BACKGROUND, "/comments")
    assert clock.monotonic() == 0
    await pacer.acquire(RequestPriority.BACKGROUND, "/tickets")
    assert clock.monotonic() == 30


async def test_a_reset_that_is_past_is_a_wrong_clock_and_orders_nothing():
    past = str(int(START.timestamp()) - 90)
    assert throttle_delay({"x-ratelimit-reset": past}, FakeClock()) is None


async def test_a_cancelled_wait_leaves_no_trace():
    clock = FakeClock()
    pacer = Pacer((Window(1, 10),), clock)
    await pacer.acquire(RequestPriority.INTERACTIVE)
    waiting = [asyncio.ensure_future(pacer.acquire(RequestPriority.INTERACTIVE)) for _ in range(5)]  # noqa: TID251 - to be cancelled
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await pacer.acquire(RequestPriority.BACKGROUND)
    assert 10 <= clock.monotonic() < 11


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0"}, 0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "99999999"}, 3600),
        ({"retry-after": "1e400"}, 3600),
        ({"retry-after": "Fri, 20 Nov 2026 12:00:30 GMT"}, 31),
        ({"retry-after": "2026-11-20T12:00:30Z"}, 31),
        ({"retry-after": str(int(START.timestamp()) + 20)}, 21),
        ({"retry-after": f"{int(START.timestamp()) + 20}000"}, 21),
        ({"retry-after": "Fri, 20 Nov 2020 12:00:30 GMT", "x-ratelimit-reset": "20"}, 20),
        ({"x-ratelimit-reset": f"{int(START.timestamp()) + 20}000"}, 21),
        ({"x-ratelimit-reset": str(int(START.timestamp()) + 20)}, 21),
        ({"x-ratelimit-reset": "20"}, 20),
        ({"retry-after": "a while", "x-ratelimit-reset": "20"}, 20),
    ],
)
def test_every_way_to_order_a_wait_is_understood(headers, seconds):
    assert throttle_delay(headers, FakeClock()) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "a while", "nan", "--", "-5", "Fri, 20 Nov 2020 12:00:30 GMT", "2020-01-01", "5, 9"]
)
def test_no_order_is_made_up(text):
    assert throttle_delay({"retry-after": text}, FakeClock()) is None
