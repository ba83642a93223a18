"""Which row a key of movement leads to."""

from PySide6.QtCore import Qt

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


def target_of(key: Qt.Key, at: int, *, page: int, count: int) -> int | None:
    """Return the row that a key leads to, which may lie outside the list; None for a key that moves nothing.

    Args:
        at: the current row.
        page: how many rows Page Down passes over.
        count: how many rows there are.
    """
    match key:
        case Qt.Key.Key_Down | Qt.Key.Key_Up:
            return at + STEPS[key]
        case Qt.Key.Key_PageDown | Qt.Key.Key_PageUp:
            return at + (page if key is Qt.Key.Key_PageDown else -page)
        case Qt.Key.Key_Home:
            return 0
        case Qt.Key.Key_End:
            return count - 1
        case _:
            return None
