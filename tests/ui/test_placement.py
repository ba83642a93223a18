"""A window stands on a screen that there is, no larger than it, wherever it stood before."""

import pytest
from PySide6.QtCore import QRect, QSize
from tests.helpers.child_widgets import child
from tests.ui.test_window import Parts

from deskhand.ui.placement import FRAME, fitting, placed
from deskhand.ui.sidebar.rail import Rail

LAPTOP = QRect(0, 0, 1366, 728)
BESIDE = QRect(1366, 0, 1920, 1080)
LEFT = QRect(-1280, 100, 1280, 720)


@pytest.mark.parametrize(
    "screen", [LAPTOP, QRect(0, 0, 1280, 720), QRect(0, 25, 1280, 695), QRect(0, 0, 500, 384), QRect(0, 0, 3840, 2160)]
)
def test_a_first_start_has_room_on_its_screen_with_its_frame(screen):
    size = fitting(QSize(1440, 900), screen)
    assert size.width() + FRAME.left() + FRAME.right() <= screen.width()
    assert size.height() + FRAME.top() + FRAME.bottom() <= screen.height()
    assert size == QSize(1440, 900) or screen.width() < 2000


@pytest.mark.parametrize(
    "wanted",
    [
        QRect(0, 0, 1440, 900),
        QRect(-300, -200, 1000, 700),
        QRect(1500, 100, 1000, 700),
        QRect(100_000, 100_000, 1000, 700),
        QRect(-100_000, 300, 1000, 700),
        QRect(0, 0, 100_000, 100_000),
        QRect(1300, 700, 640, 480),
        QRect(-1000, 200, 900, 600),
    ],
)
@pytest.mark.parametrize("screens", [[LAPTOP], [LAPTOP, BESIDE], [LAPTOP, LEFT], [BESIDE, LAPTOP, LEFT]])
def test_wherever_it_stood_it_lies_on_one_screen_with_its_frame(wanted, screens):
    found = placed(wanted, screens)
    assert any(screen.contains(found.marginsAdded(FRAME)) for screen in screens)
    assert found.width() <= wanted.width()
    assert found.height() <= wanted.height()


def test_a_place_that_is_free_is_kept():
    wanted = QRect(1500, 100, 1000, 700)
    assert placed(wanted, [LAPTOP, BESIDE]) == wanted
    assert placed(QRect(-1000, 200, 900, 600), [LAPTOP, LEFT]) == QRect(-1000, 200, 900, 600)


def test_it_goes_to_the_screen_that_it_is_mostly_on():
    assert BESIDE.contains(placed(QRect(1000, 100, 1200, 700), [LAPTOP, BESIDE]))


def test_a_window_of_a_larger_screen_comes_back_on_this_one(qtbot):
    large = Parts()
    qtbot.addWidget(large.window)
    large.window.setMinimumSize(0, 0)
    large.window.setGeometry(2500, 1400, 1900, 1300)
    again = Parts()
    qtbot.addWidget(again.window)
    again.window.restore(large.window.layout_text(), None)
    again.window.show()
    qtbot.waitExposed(again.window)
    assert again.window.screen().availableGeometry().contains(again.window.geometry())


def test_below_the_narrowest_width_the_rail_stays_beside_whatever_has_the_turn(qtbot):
    parts = Parts()
    qtbot.addWidget(parts.window)
    parts.window.restore("", QSize(500, 340))
    parts.window.setMinimumSize(0, 0)
    parts.window.resize(500, 340)
    parts.window.show()
    qtbot.waitExposed(parts.window)
    rail = child(parts.window, Rail)
    assert rail.isVisible()
    assert parts.tickets.view.isVisible()
    parts.window.show_conversation(1)
    assert rail.isVisible()
    assert not parts.tickets.view.isVisible()
    qtbot.waitUntil(lambda: parts.ticket.isVisible() and parts.ticket.width() >= 440)
    parts.window.show_list()
    assert parts.tickets.view.isVisible()
    assert not parts.ticket.isVisible()
