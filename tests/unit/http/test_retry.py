from datetime import timedelta

import pytest
from tests.helpers.raw_servers import FakeClock

from deskhand.domain.problems import DeskProblem, NotFound, Offline, Throttled, VendorDown
from deskhand.http.retry import ReadRetry


class Attempts:
    """Raises the given problems in turn, then succeeds."""

    def __init__(self, *problems: DeskProblem) -> None:
        self.left = list(problems)
        self.made = 0

    async def __call__(self) -> str:
        self.made += 1
        if self.left:
            raise self.left.pop(0)
        return "read"


async def test_a_vendor_that_recovers_is_not_noticed():
    clock = FakeClock()
    attempts = Attempts(VendorDown(), VendorDown(), VendorDown())
    assert await ReadRetry(clock, random_pause=lambda _low, high: high).run(attempts) == "read"
    assert clock.monotonic() == 1 + 2 + 4


async def test_the_fourth_failure_is_told():
    attempts = Attempts(*(VendorDown(str(n)) for n in range(9)))
    with pytest.raises(VendorDown, match="3"):
        await ReadRetry(FakeClock()).run(attempts)
    assert attempts.made == 4


@pytest.mark.parametrize("problem", [NotFound(), Offline(), Throttled(timedelta(minutes=5))])
async def test_what_waiting_does_not_mend_is_told_at_once(problem):
    attempts = Attempts(problem)
    with pytest.raises(type(problem)):
        await ReadRetry(FakeClock()).run(attempts)
    assert attempts.made == 1


async def test_an_ordered_wait_wins_over_the_dice():
    clock = FakeClock()
    await ReadRetry(clock, random_pause=lambda _low, _high: 0.0).run(Attempts(Throttled(timedelta(seconds=7))))
    assert clock.monotonic() == 7


async def test_a_long_outage_does_not_multiply_the_load():
    retry = ReadRetry(FakeClock())
    made = 0
    for _ in range(200):
        attempts = Attempts(*(VendorDown() for _ in range(9)))
        with pytest.raises(VendorDown):
            await retry.run(attempts)
        made += attempts.made
    assert made <= 200 + 10
