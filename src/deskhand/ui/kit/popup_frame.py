"""The frame of whatever lies over the window: rings of a shadow, an edge of one pixel, the ground, round corners.

A framed widget is a window without a frame of the system's and with a clear margin, in which the rings are painted; what is in it keeps
to its contents' rectangle. Where windows cannot be transparent there is no margin: then the frame is an edge, without rings or corners.
"""

import math
from functools import lru_cache

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from deskhand.ui.kit.compositor import is_composited
from deskhand.ui.kit.theme import theme_of
from deskhand.ui.kit.tokens import Theme

MARGIN, RADIUS = 12, 10
_RINGS = ((7, 6, 0.025), (4, 3, 0.04), (2, 1, 0.07))
"""So far round the frame, so far down, so dense; the widest first."""
_CORNER = MARGIN + RADIUS + 2
"""A corner of the painted picture; what lies between two corners repeats one line of it."""

FLAGS = Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint


def margin() -> int:
    """Return how far outside the frame a framed window reaches on each side, in Qt's pixels."""
    return MARGIN if is_composited() else 0


def use_frame(widget: QWidget) -> None:
    """Make room for the frame, before the widget is shown for the first time; its `paintEvent` calls `paint_frame`."""
    widget.setWindowFlags(widget.windowFlags() | FLAGS)
    if is_composited():
        widget.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        widget.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    else:
        widget.setContentsMargins(1, 1, 1, 1)


def frame_rect(widget: QWidget) -> QRect:
    """Return where the frame is in a framed widget."""
    around = margin()
    return widget.rect().marginsRemoved(QMargins(around, around, around, around))


def outer_size(inner: QSize) -> QSize:
    """Return how large a framed window is whose frame has a size."""
    return inner + QSize(2 * margin(), 2 * margin())


def outer_place(corner: QPoint) -> QPoint:
    """Return where a framed window is put so that the upper left corner of its frame is at a place."""
    return corner - QPoint(margin(), margin())


def paint_frame(widget: QWidget, painter: QPainter) -> None:
    """Paint rings, edge and ground over a whole window: in the device's pixels, because parts that meet would leave seams at 125 %."""
    theme = theme_of(QApplication.palette())  # a style sheet puts its own ground into a widget's palette
    ratio = widget.devicePixelRatioF()
    if not is_composited():
        painter.fillRect(widget.rect(), QColor(theme.pop_edge))
        painter.fillRect(widget.rect().adjusted(1, 1, -1, -1), QColor(theme.raised))
        return
    painter.save()
    around = widget.contentsMargins()
    if around.left() == MARGIN:
        painter.translate(0, around.top() - MARGIN)  # it rises into its place (`motion`)
    painter.scale(1 / ratio, 1 / ratio)
    size = widget.size()
    _paint_patches(painter, QRect(0, 0, round(size.width() * ratio), round(size.height() * ratio)), theme, ratio)
    painter.restore()


def _paint_patches(painter: QPainter, whole: QRect, theme: Theme, ratio: float) -> None:
    made = _picture(theme, ratio)
    corner = made.width() // 2
    right, bottom = whole.width() - corner, whole.height() - corner
    across, down = max(right - corner, 0), max(bottom - corner, 0)
    end = corner + 1
    for target, source in (
        (QRect(0, 0, corner, corner), QRect(0, 0, corner, corner)),
        (QRect(right, 0, corner, corner), QRect(end, 0, corner, corner)),
        (QRect(0, bottom, corner, corner), QRect(0, end, corner, corner)),
        (QRect(right, bottom, corner, corner), QRect(end, end, corner, corner)),
        (QRect(corner, 0, across, corner), QRect(corner, 0, 1, corner)),
        (QRect(corner, bottom, across, corner), QRect(corner, end, 1, corner)),
        (QRect(0, corner, corner, down), QRect(0, corner, corner, 1)),
        (QRect(right, corner, corner, down), QRect(end, corner, corner, 1)),
    ):
        painter.drawPixmap(target, made, source)
    painter.fillRect(QRect(corner, corner, across, down), QColor(theme.raised))


@lru_cache(maxsize=8)
def _picture(theme: Theme, ratio: float) -> QPixmap:
    """Return the smallest framed window, in the device's pixels: two corners and one pixel between them."""
    corner = math.ceil(_CORNER * ratio)
    side = 2 * corner + 1
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    inset = round(MARGIN * ratio)
    frame = QRectF(inset, inset, side - 2 * inset, side - 2 * inset)
    radius = RADIUS * ratio
    edge = max(1, round(ratio))
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for wide, down, dense in _RINGS:
            ring = QColor(theme.shade)
            ring.setAlphaF(dense)
            painter.setBrush(ring)
            around = frame.adjusted(-wide * ratio, -wide * ratio, wide * ratio, wide * ratio)
            painter.drawRoundedRect(around.translated(0, down * ratio), radius + wide * ratio, radius + wide * ratio)
        painter.setBrush(QColor(theme.pop_edge))
        painter.drawRoundedRect(frame, radius, radius)
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(frame.adjusted(edge, edge, -edge, -edge), radius - edge, radius - edge)
    return made
