"""Notifications through the tray icon, which is the way of Windows and macOS: a title and a text, one press, no buttons of their own."""

from collections.abc import Callable

from PySide6.QtWidgets import QSystemTrayIcon

from deskhand.domain.ports import CenterFacts, Notification
from deskhand.domain.ports.notifications import OPEN
from deskhand.domain.sounds import SoundFormat

from . import sound_player

_MILLISECONDS = 10_000


class TrayCenter:
    """Implements `ports.NotificationCenter`.

    Args:
        icon: the icon in the tray; it is shown, or nothing can be told.
        name: of the system, for people.
        pressed: told the tag of the last notification, and `OPEN`, when it is pressed: which one it was the system does not say.
    """

    def __init__(self, icon: QSystemTrayIcon, name: str, pressed: Callable[[str, str], None]) -> None:
        self._icon = icon
        self._name = name
        self._last = ""
        icon.messageClicked.connect(lambda: pressed(self._last, OPEN))

    @property
    def sound_formats(self) -> frozenset[SoundFormat]:
        """What sound files can be played."""
        return sound_player.playable_formats()

    async def show(self, notification: Notification) -> bool:
        """Hand a notification over."""
        if self._problem():
            return False
        self._last = notification.tag
        kind = QSystemTrayIcon.MessageIcon.Warning if notification.urgent else QSystemTrayIcon.MessageIcon.NoIcon
        body = "\n".join(filter(None, (notification.source, notification.body)))
        self._icon.showMessage(notification.title, body, kind, _MILLISECONDS)
        if notification.sound_file:
            sound_player.play(notification.sound_file)
        return True

    async def withdraw(self, tag: str) -> None:
        """Leave it: the system takes a notification away by itself."""

    async def facts(self) -> CenterFacts:
        """Ask the service now."""
        problem = self._problem()
        plays = sound_player.can_play()
        return CenterFacts(name="" if problem else self._name, problem=problem, has_actions=False, plays_files=plays)

    async def is_locked(self) -> bool:
        """Leave it to the system, which has a choice of its own for the locked screen."""
        return False

    def _problem(self) -> str:
        if not QSystemTrayIcon.supportsMessages():
            return "the system takes no notifications"
        return "" if self._icon.isVisible() else "the icon in the tray is switched off"
