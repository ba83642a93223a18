"""A margin that makes room at the beginning of a line makes it at the right where one reads from there."""

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskhand.ui.kit.margins import set_margins


def test_what_is_indented_is_indented_at_the_right_where_one_reads_from_there(qtbot, qapp) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    set_margins(column, 24, 1, 3, 4)
    assert column.contentsMargins() == QMargins(24, 1, 3, 4)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        set_margins(column, 24, 1, 3, 4)
        assert column.contentsMargins() == QMargins(3, 1, 24, 4)
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
