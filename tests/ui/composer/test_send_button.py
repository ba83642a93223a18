"""The button that sends, and the states behind its arrow."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip
from tests.helpers.ticket_views import STATES

from deskhand.ui.composer.composer import Composer
from deskhand.ui.composer.send_button import state_icon
from deskhand.ui.kit.theme import Appearance


@pytest.mark.parametrize("ratio", [1, 2])
def test_the_dot_of_a_state_is_as_large_on_every_screen(light: Appearance, ratio: int) -> None:
    shot = state_icon(STATES[0]).pixmap(16 * ratio, 16 * ratio).toImage()
    middle = shot.height() // 2
    inked = [x for x in range(shot.width()) if shot.pixelColor(x, middle).alpha() > 128]
    assert len(inked) / ratio == pytest.approx(10, abs=1)


def tooltip_of(button: QPushButton) -> str:
    """Point at a button and return what is shown."""
    at = button.rect().center()
    QApplication.sendEvent(button, QHelpEvent(QEvent.Type.ToolTip, at, button.mapToGlobal(at)))
    return QToolTip.text()


def test_what_the_keyboard_does_too_says_its_key_to_who_points_at_it(qtbot) -> None:
    box = Composer()
    qtbot.addWidget(box)
    box.resize(700, 300)
    with qtbot.waitExposed(box):
        box.show()
    send = next(one for one in box.page.send.findChildren(QPushButton) if one.text() == "Send")
    box.page.send.set_possible(True, "")
    assert tooltip_of(send) == "Send (Ctrl+Enter)"
    assert tooltip_of(box.page.snippets) == "Canned reply (Ctrl+;)"
    box.page.send.set_possible(False, "There is nothing to send.")
    assert send.toolTip() == "There is nothing to send."
