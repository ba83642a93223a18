"""A scroll bar is seen while its pane is scrolled or pointed at, and always with high contrast."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from deskhand.ui.kit.scroll_bar import ScrollBar, use_thin_bars
from deskhand.ui.kit.theme import Appearance, ContrastChoice
from deskhand.ui.kit.tokens import LIGHT, high_contrast


@pytest.fixture
def area(light: Appearance, qtbot) -> Iterator[QScrollArea]:
    made = QScrollArea()
    qtbot.addWidget(made)
    use_thin_bars(made)
    inner = QWidget()
    inner.setFixedSize(150, 2000)
    made.setWidget(inner)
    made.resize(200, 200)
    made.move(500, 400)  # away from the pointer
    made.show()

    yield made
    light.choose_contrast(ContrastChoice.SYSTEM)


def bar(area: QScrollArea) -> ScrollBar:
    found = area.verticalScrollBar()
    assert isinstance(found, ScrollBar)
    return found


def thumb(area: QScrollArea) -> int:
    """Return how wide what is drawn in the bar is, in its upper part."""
    shot, theme = bar(area).grab().toImage(), (LIGHT.thumb, high_contrast(LIGHT).thumb)
    return sum(shot.pixelColor(x, 12).name() in theme for x in range(shot.width()))


def point(area: QScrollArea, *, at: bool) -> None:
    there = QPointF(20, 20)
    event = QEnterEvent(there, there, there) if at else QEvent(QEvent.Type.Leave)
    QApplication.sendEvent(area, event)


def test_it_is_seen_while_the_pane_is_pointed_at(area: QScrollArea) -> None:
    assert thumb(area) == 0
    point(area, at=True)
    assert thumb(area) == 5
    point(area, at=False)
    assert thumb(area) == 0


def test_it_is_seen_for_a_moment_after_scrolling(area: QScrollArea, qtbot) -> None:
    bar(area).setValue(1)
    assert bar(area).is_seen
    qtbot.waitUntil(lambda: not bar(area).is_seen)


def test_it_takes_the_same_room_whether_it_is_seen_or_not(area: QScrollArea) -> None:
    before = area.viewport().width()
    point(area, at=True)
    assert area.viewport().width() == before
    assert bar(area).width() == 10


def test_with_high_contrast_it_is_always_seen(area: QScrollArea, light: Appearance) -> None:
    light.choose_contrast(ContrastChoice.HIGH)
    assert thumb(area) == 5
