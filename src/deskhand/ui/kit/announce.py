"""What a screen reader says without being asked."""

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, message: str) -> None:
    """Say something to a screen reader that did not get the focus, in a widget's name."""
    # Here, because eight enumerations of QAccessible are built with it: 190 members, and nothing is announced before the first paint.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, message))
