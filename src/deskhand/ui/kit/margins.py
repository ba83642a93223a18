"""Margins that are wider where reading begins, or where it ends: Qt does not mirror them by itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QWidget


def set_margins(of: QLayout | QWidget, begin: int, top: int, end: int, bottom: int) -> None:
    """Set the margins of a layout, or of the content of a widget.

    Args:
        begin: in pixels, at the side where the program's language begins to read.
        end: in pixels, at the other side.
    """
    mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left, right = (end, begin) if mirrored else (begin, end)
    of.setContentsMargins(left, top, right, bottom)
