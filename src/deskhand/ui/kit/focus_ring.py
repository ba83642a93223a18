"""The ring round whatever has the keyboard: 2 px in the accent, 1 px off. Without one nobody sees where F6 and Tab have gone.

`FocusFollower` has one for each window and takes it to the widget that got the keyboard. Where somebody else paints it (a row in a list, the
frame that a bare line stands in, a tab), the widget says so with `leave_ring`. A large area that scrolls has a `FocusRing` inside of it.
"""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QSplitter, QTabBar, QWidget
from shiboken6 import isValid
from typing_extensions import override

from deskhand.ui.kit.theme import RADIUS_CONTROL, theme_of

_WIDTH, _OFF = 2, 1
_AROUND = _WIDTH + _OFF
_LEFT = "focus_ring"
_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ZOrderChange)
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class FocusRing(QWidget):
    """Lies over the area, lets the mouse through, and is shown while the area itself has the keyboard by a key."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        leave_ring(area)
        area.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            if event.type() is QEvent.Type.FocusOut:
                self.hide()
            elif event.type() is QEvent.Type.FocusIn and event.reason() in _BY_KEYBOARD:
                self._cover()
                self.raise_()
                self.show()
        elif event.type() is QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    def _cover(self) -> None:
        if (area := self.parentWidget()) is not None:
            self.setGeometry(area.rect())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(QPen(QColor(theme_of(self.palette()).accent), _WIDTH))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


def leave_ring(widget: QWidget, ringed: QWidget | None = None) -> None:
    """Have no ring round a widget that has the keyboard, but round another one; None = somebody paints it by himself."""
    widget.setProperty(_LEFT, ringed if ringed is not None else False)


class _Ring(QWidget):
    """Lies beside the widget, over whatever is there; only the ring itself, so that what is in it is painted without it."""

    def __init__(self, host: QWidget, radius: float) -> None:
        super().__init__(host)
        self._radius = radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus-ring")

    def go_round(self, place: QRect) -> None:
        """Be round a place of the host, inside of the host where there is no room around."""
        host = self.parentWidget()
        if host is None:
            return
        whole = place.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND).intersected(host.rect())
        self.setGeometry(whole)
        inner = self.rect().adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)
        corner = round(self._radius)
        middle = QRegion(inner.adjusted(corner, 0, -corner, 0)) + QRegion(inner.adjusted(0, corner, 0, -corner))
        self.setMask(QRegion(self.rect()) - middle)
        self.raise_()
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme_of(QApplication.palette()).accent), _WIDTH))
            radius = min(self._radius + _OFF, self.height() / 2)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


class FocusFollower(QObject):
    """Takes the ring to whatever has the keyboard in any window of the program."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ringed: QWidget | None = None
        self._ring: _Ring | None = None
        self._app = app
        app.focusChanged.connect(self._moved)

    @property
    def ring(self) -> QWidget | None:
        """The ring that is shown; None where there is none."""
        ring = self._ring
        return ring if ring is not None and isValid(ring) and ring.isVisible() else None

    def stop(self) -> None:
        """Follow no more: the window has ended, and the application may have another one."""
        self._app.focusChanged.disconnect(self._moved)
        self._drop()

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._drop()
        ringed = _ringed_for(new) if new is not None else None
        parent = ringed.parentWidget() if ringed is not None else None
        if ringed is None or parent is None or ringed.isWindow():
            return
        # A splitter would take the ring for one more pane.
        host = ringed if isinstance(parent, QSplitter) else parent
        self._ringed, self._ring = ringed, _Ring(host, _radius_of(ringed))
        ringed.installEventFilter(self)
        self._place()

    def _drop(self) -> None:
        if self._ringed is not None and isValid(self._ringed):
            self._ringed.removeEventFilter(self)
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ringed = self._ring = None

    def _place(self) -> None:
        ringed, ring = self._ringed, self._ring
        if ringed is None or ring is None or not isValid(ring):
            return
        if ringed.isVisible():
            ring.go_round(ringed.rect() if ring.parentWidget() is ringed else ringed.geometry())
        else:
            ring.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED and watched is self._ringed:
            self._place()
        return False


def _ringed_for(widget: QWidget) -> QWidget | None:
    """Return what the ring goes round while a widget has the keyboard."""
    said = widget.property(_LEFT)
    if said is not None:
        return said if isinstance(said, QWidget) else None
    return None if isinstance(widget, QTabBar) or widget.width() < 2 * _AROUND else widget


def _radius_of(widget: QWidget) -> float:
    inside = widget.height() / 2
    if isinstance(widget, QLineEdit):
        return RADIUS_CONTROL + _OFF
    radius = getattr(widget, "radius", RADIUS_CONTROL)
    return (inside if radius is None else min(float(radius), inside)) + _OFF
