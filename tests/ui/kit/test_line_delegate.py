"""A text in a list keeps its own direction, whatever the window's."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from deskhand.ui.kit.line_delegate import LineDelegate


def first_ink(rows: QListWidget) -> tuple[int, int]:
    """Return how far from the top the first inked pixels from the left begin, and how high the row is."""
    shot = rows.viewport().grab(rows.visualItemRect(rows.item(0))).toImage()
    ground = shot.pixelColor(shot.width() // 2, 0)
    inked = [
        (x, y)
        for x in range(shot.width())
        for y in range(shot.height())
        if abs(shot.pixelColor(x, y).lightness() - ground.lightness()) > 100
    ]
    left = min(x for x, _ in inked)
    return min(y for x, y in inked if x < left + 4), shot.height()


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_what_is_read_from_the_left_begins_on_the_left_and_is_cut_on_the_right(
    qapp: QApplication, qtbot: QtBot, direction: Qt.LayoutDirection
) -> None:
    rows = QListWidget()
    rows.setItemDelegate(LineDelegate(rows))
    rows.setLayoutDirection(direction)
    rows.setTextElideMode(Qt.TextElideMode.ElideRight)
    rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    rows.addItem("H" * 200)
    qtbot.addWidget(rows)
    rows.resize(200, 60)
    rows.show()
    top, high = first_ink(rows)
    assert top < high / 2, "dots stand before it"
    assert rows.item(0).text() == "H" * 200
