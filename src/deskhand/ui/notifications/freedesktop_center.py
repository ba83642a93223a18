"""The notification service of Linux desktops (Desktop Notifications Specification 1.2): buttons, presses, and what the server can do."""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from deskhand.domain.ports import CenterFacts, Notification
from deskhand.domain.ports.notifications import OPEN
from deskhand.domain.sounds import SoundFormat
from deskhand.sync.tasks import TaskScope

from . import sound_player
from .session_bus import BusRefused, SessionBus

if TYPE_CHECKING:
    from jeepney import DBusAddress  # type: ignore[import-untyped]

log = logging.getLogger(__name__)

SERVICE, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
PROPERTIES = "org.freedesktop.DBus.Properties"

QUIET = (("org.freedesktop.Notifications", "Inhibited"), ("org.dunstproject.cmd0", "paused"))
"""Where a server tells that "do not disturb" is on: KDE's, and dunst's."""

SCREEN_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)
"""Where a desktop tells whether the screen is locked; none of them is started for the question."""

NORMAL, CRITICAL = 1, 2
"""Urgencies of the specification."""

_BUTTON = "open"
"""The id of a button that does the same as a press on the notification itself: no id stands for two."""

MOST_KNOWN = 200
"""Notifications whose presses are understood; older ones were gone long ago."""


class FreedesktopCenter:
    """Implements `ports.NotificationCenter`.

    Args:
        desktop_file: name of the desktop file, by which a desktop finds name, icon and the agent's own choices.
        pressed: told the tag and the action's id of what was pressed.
    """

    def __init__(self, scope: TaskScope, desktop_file: str, pressed: Callable[[str, str], None]) -> None:
        self._desktop_file = desktop_file
        self._pressed = pressed
        self._bus = SessionBus(scope, SERVICE, self._hear)
        self._tags: dict[int, str] = {}
        self._open: set[int] = set()
        self._early: dict[int, str] = {}
        """Presses that came together with the answer that gives their notification its number."""

    @property
    def sound_formats(self) -> frozenset[SoundFormat]:
        """What sound files can be played."""
        return sound_player.playable_formats()

    async def show(self, notification: Notification) -> bool:
        """Hand a notification over."""
        try:
            abilities = await self._abilities()
            number = await self._notify(notification, abilities)
        except BusRefused as refused:
            log.info("a notification was not taken: %s", refused)
            return False
        if notification.sound_file and "sound" not in abilities:
            sound_player.play(notification.sound_file)
        self._tags.pop(number, None)
        self._tags[number] = notification.tag
        self._open.add(number)
        if (action := self._early.pop(number, None)) is not None:
            self._pressed(notification.tag, action)
        self._early.clear()
        while len(self._tags) > MOST_KNOWN:
            oldest = next(iter(self._tags))
            del self._tags[oldest]
            self._open.discard(oldest)
        return True

    async def withdraw(self, tag: str) -> None:
        """Take a notification away."""
        for number in [number for number in self._open if self._tags[number] == tag]:
            self._open.discard(number)
            try:
                await self._bus.call(self._address(), "CloseNotification", "u", (number,))
            except BusRefused as refused:  # gone already
                log.debug("a notification was not closed: %s", refused)

    async def facts(self) -> CenterFacts:
        """Ask the service now."""
        try:
            name, _vendor, version, _specification = await self._bus.call(self._address(), "GetServerInformation")
            abilities = await self._abilities()
        except BusRefused as refused:
            return CenterFacts(problem=str(refused))
        return CenterFacts(
            name=f"{name} {version}".strip(),
            has_actions="actions" in abilities,
            has_body="body" in abilities,
            is_quiet=await self._is_quiet(),
            plays_files="sound" in abilities or sound_player.can_play(),
        )

    async def is_locked(self) -> bool:
        """Ask the desktop's screen saver."""
        for name, path in SCREEN_SAVERS:
            try:
                if not await self._bus.has_owner(name):
                    continue
                (locked,) = await self._bus.call(self._address(name, name, path), "GetActive")
            except BusRefused:
                continue
            if locked is True:
                return True
        return False

    async def _abilities(self) -> frozenset[str]:
        (abilities,) = await self._bus.call(self._address(), "GetCapabilities")
        return frozenset(abilities)

    async def _notify(self, notification: Notification, abilities: frozenset[str]) -> int:
        replaced = next((number for number in self._open if self._tags[number] == notification.tag), 0)
        (number,) = await self._bus.call(
            self._address(),
            "Notify",
            "susssasa{sv}i",
            (
                "Deskhand",
                replaced,
                self._desktop_file,
                notification.title,
                _body(notification, abilities),
                _actions(notification) if "actions" in abilities else [],
                self._hints(notification, abilities),
                -1,
            ),
        )
        return int(number)

    def _hints(self, notification: Notification, abilities: frozenset[str]) -> dict[str, tuple[str, object]]:
        hints: dict[str, tuple[str, object]] = {
            "desktop-entry": ("s", self._desktop_file),
            "urgency": ("y", CRITICAL if notification.urgent else NORMAL),
            "category": ("s", "im.received"),
        }
        if notification.sound_file and "sound" in abilities:
            hints["sound-file"] = ("s", notification.sound_file)
        elif notification.sound and not notification.sound_file:
            hints["sound-name"] = ("s", "message-new-instant")
        else:
            hints["suppress-sound"] = ("b", True)
        return hints

    async def _is_quiet(self) -> bool | None:
        for interface, name in QUIET:
            try:
                ((_kind, value),) = await self._bus.call(self._address(PROPERTIES), "Get", "ss", (interface, name))
            except BusRefused:
                continue
            if isinstance(value, bool):
                return value
        return None

    @staticmethod
    def _address(interface: str = SERVICE, name: str = SERVICE, path: str = PATH) -> "DBusAddress":
        from jeepney import DBusAddress

        return DBusAddress(path, bus_name=name, interface=interface)

    def _hear(self, signal: str, values: Sequence[Any]) -> None:
        number = values[0] if values else None
        if signal == "ActionInvoked" and isinstance(number, int):
            action = OPEN if values[1] == _BUTTON else str(values[1])
            if number in self._tags:
                self._pressed(self._tags[number], action)
            elif len(self._early) < MOST_KNOWN:  # of other programs too: every one hears of every press
                self._early[number] = action
        elif signal == "NotificationClosed":  # a press may be told behind it
            self._open.discard(number if isinstance(number, int) else 0)


def _actions(notification: Notification) -> list[str]:
    """Return ids and labels in turn. A press on the notification itself is `default`; a button that opens has an id of its own."""
    pairs = [(_BUTTON if action == OPEN else action, label) for action, label in notification.actions]
    return [OPEN, "Open", *(text for pair in pairs for text in pair)]


def _body(notification: Notification, abilities: frozenset[str]) -> str:
    """Return the body as the server takes it: where it reads markup, a customer's signs must not be any."""
    if "body" not in abilities:
        return ""
    lines = [notification.source] if notification.source and notification.source not in notification.title else []
    text = "\n".join((*lines, notification.body))
    if "body-markup" in abilities:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text
