"""This computer's own time zone, as the system has it."""

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.content.local_zone import LocalZone

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of this process cannot be changed here")

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2024, 1, 1, tzinfo=UTC)


def take_zone() -> None:
    """Let this process go by the zone that its environment names."""
    if sys.platform != "win32":
        time.tzset()


@pytest.fixture(scope="module", autouse=True)
def amsterdam() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Europe/Amsterdam")
        take_zone()
        yield
    take_zone()


@given(st.integers(0, 4000 * 86_400).map(lambda seconds: START + timedelta(seconds=seconds)))
def test_it_says_what_the_table_of_the_zone_says(moment: datetime) -> None:
    local, expected = moment.astimezone(LocalZone()), moment.astimezone(AMSTERDAM)
    assert local.replace(tzinfo=None) == expected.replace(tzinfo=None)
    assert (local.fold, local.utcoffset()) == (expected.fold, expected.utcoffset())
    assert local.astimezone(UTC) == moment
    assert local.tzname() == expected.tzname()


def test_the_hour_that_comes_twice_has_two_moments() -> None:
    first = datetime(2027, 10, 31, 2, 30, tzinfo=LocalZone())
    assert first.replace(fold=1).astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


def test_a_zone_that_is_changed_while_it_is_used_holds_from_then_on() -> None:
    zone = LocalZone()
    summer = datetime(2027, 7, 1, 12, tzinfo=UTC)
    assert summer.astimezone(zone).hour == 14
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        take_zone()
        assert summer.astimezone(zone).hour == 8
    take_zone()
    assert summer.astimezone(zone).hour == 14
