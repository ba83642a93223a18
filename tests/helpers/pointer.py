"""The pointer moved by events: `QTest.mouseMove` moves the real one, which tells nothing where it stands already."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def move_pointer(widget: QWidget, at: QPoint, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """Tell a widget that the pointer is at this point of it, with this button held."""
    place = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, widget.mapToGlobal(place), held, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)


def double_click(widget: QWidget, at: QPoint) -> None:
    """Press the left button twice, and let it go twice: `QTest.mouseDClick` sends the second press alone.

    Qt then takes the button as held in every test that comes after, so that moving the pointer drags there.
    """
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=at)
