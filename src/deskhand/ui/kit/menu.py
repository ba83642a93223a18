"""A menu in the frame of all popups."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from deskhand.ui.kit.motion import MOTION
from deskhand.ui.kit.popup_frame import FLAGS, frame_rect, margin, paint_frame

_PADDING = 4
"""Between the frame and the lines; the style sheet has it too."""


class Menu(QMenu):
    """Opened with `popup`, which puts the corner of the frame to a place, or with `open_above`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at: QPoint | None = None
        self._is_framed = margin() > 0
        if self._is_framed:
            self.setWindowFlags(self.windowFlags() | FLAGS)
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
            self.setProperty("kind", "framed")

    @property
    def frame_size(self) -> QSize:
        """How large its frame is."""
        return self.sizeHint() - QSize(2 * margin(), 2 * margin())

    @override
    def popup(self, pos: QPoint, /, at: QAction | None = None) -> None:
        """Open with the upper corner of the frame at a point of the screen; elsewhere where there is no room."""
        self._at = pos
        if at is None:
            super().popup(pos)
        else:
            super().popup(pos, at)

    def open_above(self, at: QPoint) -> None:
        """Open with the lower left corner of the frame at a point of the screen."""
        self.popup(at - QPoint(0, self.frame_size.height()))

    def add_menu(self, icon: QIcon, title: str) -> "Menu":
        """Add a menu below a line of this one, and return it."""
        below = Menu(self)
        below.setIcon(icon)
        below.setTitle(title)
        self.addMenu(below)
        return below

    def _adjust(self) -> None:
        """Qt has put the window to the point, and the frame begins a margin further in."""
        around, place = margin(), self.geometry()
        parent = self.parentWidget()
        at, self._at = self._at, None
        if isinstance(parent, QMenu) and at is None:
            goes_left = place.center().x() < parent.geometry().center().x()
            beside = around - _PADDING - 2
            self.move(place.topLeft() + QPoint(beside if goes_left else -beside, 0))
            return
        if at is None and parent is not None:
            at = parent.mapToGlobal(QPoint(0, parent.height()))
        if at is None:
            return
        down = around if place.bottom() < at.y() else -around if place.top() >= at.y() - 1 else 0
        across = -around if abs(place.left() - at.x()) <= 1 else around if abs(place.right() - at.x()) <= 1 else 0
        self.move(place.topLeft() + QPoint(across, down))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_framed:
            self._adjust()
        MOTION.appear(self)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_framed and not frame_rect(self).contains(event.position().toPoint()):
            menu: QWidget = self
            while isinstance(parent := menu.parentWidget(), QMenu) and parent.isVisible():
                menu = parent
            menu.close()  # the margin is outside, for whoever looks at it
            return
        super().mousePressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_framed:
            with QPainter(self) as painter:
                paint_frame(self, painter)
        super().paintEvent(event)
