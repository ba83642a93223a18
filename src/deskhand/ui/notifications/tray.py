"""The icon in the tray: what waits as a number on it, and a menu."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QSystemTrayIcon

from deskhand.content.lines import bounded
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.queries import Scope
from deskhand.ui.kit import icons
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.menu import Menu
from deskhand.ui.kit.tokens import LIGHT

SIZES = (16, 22, 24, 32, 48, 64)
"""Sizes of the icon that panels ask for."""

WITHOUT_TRAY = ("offscreen", "minimal")
"""Qt's platforms without a screen."""

MOST_SHOWN = 99
"""A number with more digits does not fit on the icon."""

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class TrayState:
    """What the tray shows.

    Attributes:
        count: the one number; it stands on the icon unless it is 0.
        counted: the name of the view that it is of.
        views: other views with their names and counts.
        outbox_decisions: items that need the agent.
        needing: labels of the accounts that need the agent.
        is_paused: notifications are.
        waiting: items of the outbox that are not sent.
    """

    count: int = 0
    counted: str = ""
    views: tuple[tuple[Scope, str, int], ...] = ()
    outbox_decisions: int = 0
    needing: tuple[tuple[str, str], ...] = ()
    is_paused: bool = False
    waiting: int = 0


class Tray(QObject):
    """Stands in the tray where the desktop has one, and while it is wanted.

    Signals:
        open_requested: show the window.
        view_requested: show a view (Scope) in it.
        outbox_requested, health_requested, new_requested, sync_requested, settings_requested: as they say.
        pause_requested: be quiet for "hour" or until "tomorrow"; "" = go on.
        quit_requested: end the program.
    """

    open_requested = Signal()
    view_requested = Signal(object)
    outbox_requested = Signal()
    health_requested = Signal()
    new_requested = Signal()
    sync_requested = Signal()
    settings_requested = Signal()
    pause_requested = Signal(str)
    quit_requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = TrayState()
        self._is_closed = False
        self._menu = Menu()
        self._icon: QSystemTrayIcon | None = None
        if QGuiApplication.platformName() not in WITHOUT_TRAY:
            self._icon = QSystemTrayIcon(self)
            self._icon.setContextMenu(self._menu)
            self._icon.activated.connect(self._activated)
        self._show()

    @property
    def icon(self) -> QSystemTrayIcon | None:
        """The icon itself; None where there is no screen."""
        return self._icon

    @property
    def menu(self) -> Menu:
        """What can be done."""
        return self._menu

    @property
    def is_there(self) -> bool:
        """Whether the agent can find the program there."""
        return self._icon is not None and self._icon.isVisible() and QSystemTrayIcon.isSystemTrayAvailable()

    def set_wanted(self, wanted: bool) -> None:
        """Stand in the tray, or not."""
        if self._icon is not None and self._icon.isVisible() != wanted:
            self._icon.setVisible(wanted)

    def set_state(self, state: TrayState) -> None:
        """Show how things are; what is still told while the window closes is not."""
        if state != self._state and not self._is_closed:
            self._state = state
            self._show()

    def close(self) -> None:
        """Go."""
        self._is_closed = True
        if self._icon is not None:
            self._icon.hide()
        self._menu.deleteLater()

    # --- inside ---

    def _show(self) -> None:
        state = self._state
        lines = [self.tr("Deskhand")]
        if state.counted:
            lines.append(f"{state.counted}: {figure(state.count)}")
        if state.is_paused:
            lines.append(self.tr("Notifications are paused"))
        if self._icon is not None:
            self._icon.setIcon(tray_icon(state.count, is_paused=state.is_paused))
            self._icon.setToolTip("\n".join(lines))
        self._fill()

    def _fill(self) -> None:
        state, menu = self._state, self._menu
        menu.clear()
        self._add(self.tr("Open Deskhand"), self.open_requested.emit)
        menu.addSeparator()
        for view, name, count in state.views:
            self._add(f"{name} ({figure(count)})", partial(self.view_requested.emit, view))
        if state.outbox_decisions or state.needing:
            menu.addSeparator()
        if state.outbox_decisions:
            self._add(_needing(self, state.outbox_decisions), self.outbox_requested.emit)
        for label, short in state.needing:
            self._add(f"{bounded(label, _LONGEST)}: {short}", self.health_requested.emit)
        menu.addSeparator()
        self._add(self.tr("New ticket…"), self.new_requested.emit)
        menu.addSeparator()
        if state.is_paused:
            self._add(self.tr("Resume notifications"), lambda: self.pause_requested.emit(""))
        else:
            self._add(self.tr("Pause notifications for 1 hour"), lambda: self.pause_requested.emit("hour"))
            self._add(self.tr("Pause notifications until tomorrow 9:00"), lambda: self.pause_requested.emit("tomorrow"))
        menu.addSeparator()
        self._add(self.tr("Sync now"), self.sync_requested.emit)
        self._add(self.tr("Notifications…"), self.settings_requested.emit)
        quit_text = self.tr("Quit")
        if state.waiting:
            quit_text = self.tr("Quit, {count} waiting in the outbox").format(count=figure(state.waiting))
        self._add(quit_text, self.quit_requested.emit)

    def _add(self, text: str, run: Callable[[], object]) -> None:
        # A label is the agent's own text: an ampersand in it is no key.
        action = QAction(text.replace("&", "&&"), self._menu)
        action.triggered.connect(lambda _checked=False: run())
        self._menu.addAction(action)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_requested.emit()


def _needing(tray: Tray, count: int) -> str:
    return tray.tr("Outbox: 1 needs you") if count == 1 else tray.tr("Outbox: {n} need you").format(n=figure(count))


def tray_icon(count: int, *, is_paused: bool = False) -> QIcon:
    """Return the icon with a number on it, grey with a crossed bell while notifications are paused."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(_pixmap(size, count, is_paused=is_paused))
    return made


def _pixmap(size: int, count: int, *, is_paused: bool) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_paused:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(LIGHT.quiet))
            painter.drawRoundedRect(picture.rect(), size / 5, size / 5)
            edge = size // 5
            icons.paint(painter, picture.rect().adjusted(edge, edge, -edge, -edge), "bell-off", LIGHT.page)
        else:
            icons.app_icon().paint(painter, picture.rect())
        if count > 0:
            _paint_number(painter, size, count)
    return picture


def _paint_number(painter: QPainter, size: int, count: int) -> None:
    text = str(count) if count <= MOST_SHOWN else f"{MOST_SHOWN}+"
    font = QFont()
    font.setPixelSize(max(8, size * (9 if len(text) < 3 else 7) // 16))
    font.setBold(True)
    painter.setFont(font)
    width = min(size, painter.fontMetrics().horizontalAdvance(text) + size // 5)
    height = min(size, font.pixelSize() + size // 8)
    place = QRect(QPoint(size - max(width, height), 0), QSize(max(width, height), height))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.wrong))
    painter.drawRoundedRect(place, height / 2, height / 2)
    painter.setPen(QColor(LIGHT.on_accent))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
