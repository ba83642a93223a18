"""Notifications through the tray icon: what there is of them without a tray."""

from PySide6.QtWidgets import QSystemTrayIcon

from deskhand.domain.ports import Notification
from deskhand.domain.ports.notifications import OPEN
from deskhand.ui.notifications.tray_center import TrayCenter


async def test_an_icon_that_is_switched_off_takes_none_and_says_why(qapp):
    pressed = []
    icon = QSystemTrayIcon()
    center = TrayCenter(icon, "Windows", lambda tag, action: pressed.append((tag, action)))
    assert await center.show(Notification("eu/1", "Title", "Body")) is False
    facts = await center.facts()
    assert facts.problem
    assert facts.name == ""
    assert not facts.has_actions
    assert await center.is_locked() is False
    await center.withdraw("eu/1")
    icon.messageClicked.emit()
    assert pressed == [("", OPEN)]
