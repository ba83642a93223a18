"""The days that a list is grouped into."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.day_groups import NO_TIME, day_groups

NOW = datetime(2026, 11, 29, 22, 30, tzinfo=UTC)


def test_days_of_the_last_week_then_months_to_the_oldest_ticket() -> None:
    oldest = datetime(2026, 9, 3, tzinfo=UTC)
    groups = day_groups(NOW, round(oldest.timestamp() * 1000), UTC)
    assert [group.key for group in groups] == [
        *(f"2026-11-{day}" for day in range(29, 22, -1)),
        "2026-11",
        "2026-10",
        "2026-09",
        NO_TIME,
    ]


def test_a_day_begins_at_midnight_of_the_agent() -> None:
    first = day_groups(NOW, 0, timezone(timedelta(hours=2)))[0]
    assert first.key == "2026-11-30"
    assert first.begins == round(datetime(2026, 11, 29, 22, tzinfo=UTC).timestamp() * 1000)


@given(
    st.integers(631152000, 4102444800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.integers(0, 4 * 10**12),
)
def test_every_time_has_one_group_and_they_follow_each_other(now: datetime, at: int) -> None:
    groups = day_groups(now, at, ZoneInfo("Europe/Berlin"))
    begins = [group.begins for group in groups]
    assert begins == sorted(set(begins), reverse=True)
    assert groups[-1].begins == 0
    assert len({group.key for group in groups}) == len(groups)
