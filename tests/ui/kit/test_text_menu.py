"""The right mouse button in a text opens its menu in the frame that all menus have, and what stands in it works."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from deskhand.ui.kit.menu import Menu
from deskhand.ui.kit.text_menu import TextMenus

Text = QLineEdit | QTextEdit | QPlainTextEdit


@pytest.fixture(autouse=True)
def menus(qapp: QApplication) -> Iterator[TextMenus]:
    made = TextMenus(qapp)
    yield made
    made.stop()


@pytest.mark.parametrize("kind", [QLineEdit, QTextEdit, QPlainTextEdit])
def test_a_text_has_its_menu_in_the_frame_of_all(qtbot: QtBot, kind: type[Text]) -> None:
    text = kind("Hello")
    qtbot.addWidget(text)
    text.show()
    text.activateWindow()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    area: QWidget = text if isinstance(text, QLineEdit) else text.viewport()
    at = QPoint(5, 5)
    QApplication.sendEvent(area, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, area.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, Menu)
    next(one for one in menu.actions() if "Select All" in one.text()).trigger()
    menu.close()
    marked = text.selectedText() if isinstance(text, QLineEdit) else text.textCursor().selectedText()
    assert marked == "Hello"
