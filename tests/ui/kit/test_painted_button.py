"""Every button that paints itself: what mouse and keyboard do to its looks, and what presses it."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from tests.helpers.ticket_views import VENDOR
from typing_extensions import override

import deskhand.ui
from deskhand.ui.accounts.account_header import AccountHeader
from deskhand.ui.accounts.vendor_choice import VendorChoice
from deskhand.ui.accounts.view_row import ViewRow
from deskhand.ui.customer.ticket_line import TicketLine
from deskhand.ui.kit.focus_ring import FocusFollower
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.painted_button import PaintedButton
from deskhand.ui.kit.pill_button import PillButton
from deskhand.ui.kit.tick_box import TickBox
from deskhand.ui.kit.tokens import Theme
from deskhand.ui.search.search_field import KeyHint
from deskhand.ui.ticket.field_box import FieldButton

UI = Path(deskhand.ui.__file__).parent


BUTTONS: dict[str, Callable[[QWidget], PaintedButton]] = {
    "icon": lambda host: IconButton("x", "Close", host),
    "pill": lambda host: PillButton("Unread", host),
    "key": lambda host: KeyHint(QKeySequence("Ctrl+K"), "Open the palette", host),
    "view": lambda host: ViewRow("My open", host),
    "account": AccountHeader,
    "ticket": TicketLine,
    "field": lambda host: FieldButton("Assignee", "Assignee", host),
    "vendor": lambda host: VendorChoice(VENDOR, host),
    "tick": lambda host: TickBox("Letters", host),
    "radio": lambda host: TickBox("Keyring", host, one_of_several=True),
}


@pytest.fixture
def host(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture(params=BUTTONS)
def button(qtbot, host: QWidget, request: pytest.FixtureRequest) -> PaintedButton:
    made = BUTTONS[request.param](host)
    other = IconButton("x", "Another", host)
    column = QVBoxLayout(host)
    column.addWidget(other)
    column.addWidget(made)
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    other.setFocus()
    return made


class PaintCounter(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return super().eventFilter(watched, event)


def colours(button: PaintedButton) -> Iterator[str]:
    shot = button.grab().toImage()
    for y in range(shot.height()):
        for x in range(shot.width()):
            yield shot.pixelColor(x, y).name()


def test_it_can_be_reached_and_shows_where_the_keyboard_is(button: PaintedButton, qapp: QApplication) -> None:
    follower = FocusFollower(qapp)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qapp.focusChanged.emit(None, button)  # offscreen no window is the active one
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    ring, place = follower.ring, button.geometry()
    assert ring is not None
    assert ring.geometry().intersected(place).contains(place.center())
    qapp.focusChanged.emit(button, None)
    follower.deleteLater()


def test_space_and_the_mouse_press_it(qtbot, button: PaintedButton) -> None:
    for press in (
        lambda: QTest.keyClick(button, Qt.Key.Key_Space),
        lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(6, button.height() // 2)),
    ):
        with qtbot.waitSignal(button.clicked):
            press()


def test_it_is_seen_to_be_held_down_or_is_marked_otherwise(button: PaintedButton) -> None:
    before = list(colours(button))
    button.setDown(True)
    is_a_mark = isinstance(button, TickBox)
    assert (list(colours(button)) != before) is not is_a_mark


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_it_unless_it_is_a_choice_in_a_dialog(qtbot, button: PaintedButton, key: Qt.Key) -> None:
    is_choice = isinstance(button, (TickBox, VendorChoice))
    pressed = []
    button.clicked.connect(lambda: pressed.append(key))
    QTest.keyClick(button, key)
    assert bool(pressed) is not is_choice


def test_what_cannot_be_pressed_is_not_lit(button: PaintedButton) -> None:
    button.setEnabled(False)
    before = list(colours(button))
    button.setDown(True)
    if not isinstance(button, PillButton):  # which is on while it is held
        assert list(colours(button)) == before


def test_it_is_painted_again_where_its_menu_opens_under_the_pointer(
    qtbot, host: QWidget, button: PaintedButton
) -> None:
    menu = QMenu(host)
    menu.addAction("Rename")
    QTest.mouseMove(button)
    menu.popup(host.mapToGlobal(QPoint(300, 300)))
    QApplication.processEvents()
    paints = PaintCounter(button)
    QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: paints.count > 0)
    menu.close()


def test_no_other_button_paints_its_own_ground() -> None:
    found = {
        path.relative_to(UI).as_posix()
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "QAbstractButton" for base in node.bases)
    }
    assert found == {"kit/painted_button.py"}


class _Words(PaintedButton):
    def paint(self, painter: QPainter, theme: Theme) -> None:
        painter.setPen(QColor(theme.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.text())


def test_words_of_another_direction_than_the_windows_keep_their_order(qtbot) -> None:
    pictures = []
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        button = _Words()
        qtbot.addWidget(button)
        button.setText("4 of 6 …")
        button.setLayoutDirection(direction)
        button.resize(120, 30)
        pictures.append(button.grab().toImage())
    assert pictures[0] == pictures[1]
