"""A ticket's own window: it stands on a screen that there is, and Esc does not close it."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from deskhand.ui.ticket_windows.ticket_window import TicketWindow


def is_on_a_screen(window: TicketWindow) -> bool:
    return any(screen.availableGeometry().contains(window.geometry()) for screen in QGuiApplication.screens())


def test_a_window_of_a_screen_that_is_gone_stands_on_one_that_there_is(qtbot: QtBot) -> None:
    before = TicketWindow()
    qtbot.addWidget(before)
    before.setGeometry(QRect(9_000, 7_000, 600, 500))
    place = before.place_text()
    after = TicketWindow()
    qtbot.addWidget(after)
    after.restore(place)
    after.show()
    assert is_on_a_screen(after)


def test_what_another_program_wrote_as_its_place_changes_nothing(qtbot: QtBot) -> None:
    window = TicketWindow()
    qtbot.addWidget(window)
    was = window.geometry()
    for place in ("", "no base64!", "AAAA", "é"):
        window.restore(place)
    assert window.geometry() == was


def test_a_tab_that_is_dropped_beyond_the_screens_edge_makes_a_window_that_is_seen_whole(qtbot: QtBot) -> None:
    window = TicketWindow()
    qtbot.addWidget(window)
    corner = QGuiApplication.primaryScreen().availableGeometry().bottomRight()
    window.place_at(corner + QPoint(40, 40))
    window.show()
    assert is_on_a_screen(window)
