"""The last 24 hours of an account, by hours and as a whole."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.accounts import Health
from deskhand.domain.ids import AccountId
from deskhand.domain.status_quarters import QUARTER_MS, WORST_FIRST, Part, StatusQuarter, status_day, worse

ME = AccountId("acme")
NOW = datetime(2026, 11, 30, 14, 30, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)
MINUTE = 60
HOUR = 60 * MINUTE


def quarters(*spans: tuple[int, Health], now: int = NOW_MS) -> list[StatusQuarter]:
    """Return quarters that end now: so many of each health, the oldest first."""
    flat = [health for count, health in spans for _ in range(count)]
    begin = now - len(flat) * QUARTER_MS
    return [StatusQuarter(ME, begin + n * QUARTER_MS, health, QUARTER_MS) for n, health in enumerate(flat)]


def test_a_day_is_24_bars_and_a_sum_that_is_24_hours():
    day = status_day(quarters((84, Health.FINE), (8, Health.OFFLINE)), NOW)
    assert len(day.hours) == 24
    assert day.parts == (Part(Health.FINE, 21 * HOUR), Part(Health.OFFLINE, 2 * HOUR), Part(None, HOUR))
    assert [hour.shown for hour in day.hours].count(None) == 1
    assert day.hours[0].begins == NOW - timedelta(hours=24)
    assert day.hours[-1].ends == NOW


def test_where_something_was_wrong_its_bar_shows_the_worst_however_short_it_was():
    day = status_day(quarters((93, Health.FINE), (1, Health.WAITING), (1, Health.SIGN_IN), (1, Health.FINE)), NOW)
    assert [hour.shown for hour in day.hours[-2:]] == [Health.FINE, Health.SIGN_IN]
    assert day.hours[-1].parts[0] == Part(Health.FINE, 30 * MINUTE)


def test_what_the_program_did_not_see_is_never_well():
    assert {hour.shown for hour in status_day((), NOW).hours} == {None}
    seen_shortly = StatusQuarter(ME, NOW_MS - 2 * QUARTER_MS, Health.FINE, MINUTE * 1000)
    day = status_day([seen_shortly], NOW)
    assert day.hours[-1].shown is None
    assert day.parts == (Part(None, 24 * HOUR - MINUTE), Part(Health.FINE, MINUTE))


def test_the_quarter_that_is_under_way_and_the_one_that_is_almost_forgotten_count_as_far_as_they_lie_in_the_day():
    now = NOW + timedelta(minutes=5)
    begun = StatusQuarter(ME, NOW_MS, Health.FINE, 5 * MINUTE * 1000)
    day = status_day([*quarters((96, Health.FINE)), begun], now)
    assert day.parts == (Part(Health.FINE, 24 * HOUR),)
    assert day.hours[-1].ends == now
    assert day.hours[0].begins == now - timedelta(hours=24)


def test_of_two_healths_the_worse_one_is_what_needs_the_agent():
    assert worse(Health.FINE, Health.SIGN_IN) is worse(Health.SIGN_IN, Health.OFFLINE) is Health.SIGN_IN
    assert set(WORST_FIRST) == {health for health in Health if health.is_settled}


@given(
    st.lists(
        st.tuples(st.integers(-2, 98), st.sampled_from(WORST_FIRST), st.integers(0, QUARTER_MS)),
        unique_by=lambda entry: entry[0],
        max_size=100,
    ),
    st.integers(0, QUARTER_MS),
)
def test_whatever_was_seen_the_bars_follow_on_each_other_without_a_gap(entries, past):
    now = NOW + timedelta(milliseconds=past)
    seen = [StatusQuarter(ME, NOW_MS - n * QUARTER_MS, health, ran) for n, health, ran in entries]
    day = status_day(seen, now)
    assert day.hours[0].begins == now - timedelta(hours=24)
    assert day.hours[-1].ends == now
    assert all(one.ends == other.begins for one, other in zip(day.hours, day.hours[1:], strict=False))
    assert sum(part.seconds for part in day.parts) <= 24 * HOUR + len(WORST_FIRST)
