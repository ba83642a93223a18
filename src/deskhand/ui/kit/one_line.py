"""Foreign words on one line: names, subjects, addresses. The one place that lets Qt cut a text to a width."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from deskhand.content.characters import strip_direction
from deskhand.content.lines import bounded

LONGEST = 250
"""Characters that Qt is given to measure and to cut; it takes up to 2 us for each, a dozen times over until a label stands."""


def on_one_line(text: str, *, middle: bool = False) -> str:
    """Return what of a text of any length may stand on one line, without what turns its direction.

    Args:
        middle: leave out the middle where it is long, not the end.
    """
    begin, end = text[: LONGEST * 30], text[-LONGEST * 30 :] if middle and len(text) > LONGEST * 30 else ""
    return bounded(" ".join(strip_direction(begin + end).split()), LONGEST, middle=middle)


def elided(text: str, metrics: QFontMetrics, width: int, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> str:
    """Return a text on one line that fits into a width."""
    line = on_one_line(text, middle=mode is Qt.TextElideMode.ElideMiddle)
    return metrics.elidedText(line, mode, max(0, width))


def paint_line(painter: QPainter, rect: QRect, text: str, *, mirrored: bool, at_end: bool = False) -> None:
    """Paint a text on one line in its own direction, so that its end and its signs stand where they belong.

    Args:
        mirrored: the window is read from the right.
        at_end: at the end of the rectangle, not at its beginning.
    """
    side = Qt.AlignmentFlag.AlignRight if mirrored is not at_end else Qt.AlignmentFlag.AlignLeft
    before = painter.layoutDirection()
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(rect, flags, text)
    painter.setLayoutDirection(before)
