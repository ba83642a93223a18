"""One ring, 2 px in the accent and 1 px off, is round whatever has the keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from deskhand.ui.kit.focus_ring import FocusFollower, leave_ring
from deskhand.ui.kit.theme import Appearance, Choice
from deskhand.ui.kit.tokens import DARK, LIGHT, Theme


@pytest.fixture
def follower(qapp: QApplication) -> Iterator[FocusFollower]:
    made = FocusFollower(qapp)
    yield made
    qapp.focusChanged.disconnect(made._moved)
    made._drop()


@pytest.fixture
def window(qtbot, follower: FocusFollower) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 200)
    button = QPushButton("Close all 4", made)
    button.setGeometry(40, 40, 120, 32)
    line = QLineEdit(made)
    line.setGeometry(40, 100, 160, 32)
    made.show()
    return made


def focus(widget: QWidget) -> QWidget:
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.instance().focusChanged.emit(None, widget)  # type: ignore[union-attr]  # offscreen no window is the active one
    return widget


@pytest.mark.parametrize(("choice", "theme"), [(Choice.LIGHT, LIGHT), (Choice.DARK, DARK)])
def test_a_button_with_the_keyboard_has_the_ring(
    window: QWidget, follower: FocusFollower, light: Appearance, choice: Choice, theme: Theme
) -> None:
    light.choose(choice)
    button = focus(window.findChild(QPushButton))  # type: ignore[arg-type]
    place, middle = button.geometry(), button.geometry().center().y()
    shot = window.grab().toImage()
    colours = [shot.pixelColor(place.left() - off, middle).name() for off in (1, 2, 3, 4)]
    assert colours == [theme.page, theme.accent, theme.accent, theme.page]


def test_the_ring_goes_to_the_next_and_leaves_the_one_before(window: QWidget, follower: FocusFollower) -> None:
    button, line = window.findChild(QPushButton), window.findChild(QLineEdit)
    assert button is not None
    assert line is not None
    focus(button)
    first = follower.ring
    focus(line)
    assert first is not None
    assert not first.isVisible()
    assert follower.ring is not None
    assert follower.ring.geometry() == line.geometry().adjusted(-3, -3, 3, 3)


def test_it_follows_what_moves_and_grows_and_is_not_left_behind(window: QWidget, follower: FocusFollower) -> None:
    line = window.findChild(QLineEdit)
    assert line is not None
    focus(line)
    line.setGeometry(20, 20, 100, 40)
    assert follower.ring is not None
    assert follower.ring.geometry() == line.geometry().adjusted(-3, -3, 3, 3)
    line.hide()
    left = [one for one in window.findChildren(QWidget, "focus-ring") if one.isVisible()]
    assert all(one.geometry() != line.geometry().adjusted(-3, -3, 3, 3) for one in left)


def test_where_there_is_no_room_around_it_is_inside(window: QWidget, follower: FocusFollower) -> None:
    line = window.findChild(QLineEdit)
    assert line is not None
    line.setGeometry(0, 0, 300, 200)
    focus(line)
    assert follower.ring is not None
    assert follower.ring.geometry() == window.rect()


def test_it_is_not_in_the_way_of_the_mouse_or_of_what_is_painted_inside(
    window: QWidget, follower: FocusFollower
) -> None:
    button = focus(window.findChild(QPushButton))  # type: ignore[arg-type]
    ring = follower.ring
    assert ring is not None
    assert window.childAt(button.geometry().topLeft() + QPoint(-2, 12)) is not ring
    assert not ring.mask().contains(ring.rect().center())


def test_a_bare_line_is_ringed_by_what_it_stands_in_or_not_at_all(window: QWidget, follower: FocusFollower) -> None:
    frame = QWidget(window)
    frame.setGeometry(20, 140, 200, 40)
    bare, other = QLineEdit(frame), QTextEdit(frame)
    for one in (frame, bare, other):
        one.show()
    leave_ring(bare, frame)
    leave_ring(other)
    focus(bare)
    assert follower.ring is not None
    assert follower.ring.geometry() == frame.geometry().adjusted(-3, -3, 3, 3).intersected(window.rect())
    focus(other)
    assert follower.ring is None


def test_a_splitter_gets_no_pane_more(qtbot, follower: FocusFollower) -> None:
    split = QSplitter()
    qtbot.addWidget(split)
    split.resize(300, 100)
    panes = [QTextEdit(), QTextEdit()]
    for one in panes:
        split.addWidget(one)
    split.show()
    focus(panes[0])
    assert split.count() == 2
    assert follower.ring is not None


def test_it_scrolls_with_what_it_is_round(qtbot, follower: FocusFollower) -> None:
    area, inner = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    column = QVBoxLayout(inner)
    buttons = [QPushButton(str(number)) for number in range(20)]
    for one in buttons:
        column.addWidget(one)
    area.setWidget(inner)
    area.resize(200, 150)
    area.show()
    focus(buttons[0])
    before = follower.ring.mapToGlobal(QPoint(0, 0)) if follower.ring else QPoint()
    area.verticalScrollBar().setValue(40)
    after = follower.ring.mapToGlobal(QPoint(0, 0)) if follower.ring else QPoint()
    assert before.y() - after.y() == 40
