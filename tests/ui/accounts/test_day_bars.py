"""The last 24 hours of an account, as bars and in words."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from deskhand.domain.accounts import Health
from deskhand.domain.ids import AccountId
from deskhand.domain.status_quarters import QUARTER_MS, WORST_FIRST, StatusQuarter, status_day
from deskhand.ui.accounts.day_bars import _HEIGHTS, DayBars, day_text, hour_text

NOW = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)


def a_day(*told: tuple[int, Health | None]):
    """Return a day that ends now: so many quarters of each, the oldest first."""
    flat = [health for count, health in told for _ in range(count)]
    begin = NOW_MS - len(flat) * QUARTER_MS
    seen = [(begin + n * QUARTER_MS, health) for n, health in enumerate(flat) if health is not None]
    return status_day([StatusQuarter(AccountId("a"), at, health, QUARTER_MS) for at, health in seen], NOW)


DAY = a_day((4, None), (84, Health.FINE), (8, Health.OFFLINE))


@pytest.fixture
def bars(qtbot):
    made = DayBars(DAY, NOW)
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    return made


def test_a_screen_reader_is_told_the_whole_day(bars):
    assert bars.accessibleName() == "Last 24 hours: well for 21 h, offline for 2 h, not running for 1 h"
    assert day_text(a_day((96, Health.FINE))) == "well for 24 h"


def test_who_points_at_a_bar_is_told_its_hour_and_what_was_mixed_in_it(bars):
    first, last = (bars.hour_at(x) for x in (1, bars.width() - 2))
    assert (first.shown, last.shown) == (None, Health.OFFLINE)
    assert hour_text(first, NOW).endswith(": not running")
    (mixed,) = (hour for hour in a_day((94, Health.FINE), (2, Health.WAITING)).hours if len(hour.parts) > 1)
    assert hour_text(mixed, NOW).endswith("well for 30 min, waiting for the vendor for 30 min")
    assert bars.hour_at(-3) is bars.hour_at(bars.width() + 3) is None


def test_right_to_left_the_day_begins_at_the_right(bars):
    bars.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert bars.hour_at(bars.width() - 2).shown is None
    newest, _, oldest = heights(bars.grab().toImage())
    assert oldest < newest


def heights(image: QImage) -> list[int]:
    """Return how many pixels stand up at the first, at a middle and at the last bar."""
    ground = QColor(image.pixel(image.width() - 1, 0)).lightness()
    middle = image.width() // 2
    return [
        max(
            sum(abs(QColor(image.pixel(x + dx, y)).lightness() - ground) > 24 for y in range(image.height()))
            for dx in range(-2, 3)
            if 0 <= x + dx < image.width()
        )
        for x in (2, middle, image.width() - 2)
    ]


def test_each_state_has_a_height_of_its_own_so_that_no_colour_is_needed(bars):
    assert set(_HEIGHTS) == {*WORST_FIRST, None}
    assert len(set(_HEIGHTS.values())) == len(_HEIGHTS)
    unseen, well, offline = heights(bars.grab().toImage())
    assert 0 < unseen < offline < well
