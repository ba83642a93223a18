"""A text on one line keeps its own direction, whichever way the window is read."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter

from deskhand.ui.kit.one_line import elided, paint_line

LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
PLACE = QRect(0, 0, 200, 24)


def painted(text: str, window: Qt.LayoutDirection, **how: bool) -> QImage:
    image = QImage(PLACE.size(), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setLayoutDirection(window)
        paint_line(painter, PLACE, text, **how)
        assert painter.layoutDirection() is window
    return image


@pytest.mark.parametrize("text", ["3 need you", "Refund of 418,11 euros…", "<b>Bold</b>", "עמר (2)"])
def test_what_begins_or_ends_it_stays_there_in_a_window_that_is_read_from_the_right(qapp, text: str) -> None:
    assert painted(text, RIGHT, mirrored=True) == painted(text, LEFT, mirrored=True)


def test_it_stands_at_the_beginning_or_the_end_of_its_place(qapp) -> None:
    begin, end = (painted("24", LEFT, mirrored=False, at_end=at_end) for at_end in (False, True))
    assert begin != end
    assert painted("24", RIGHT, mirrored=True) == end
    assert painted("24", RIGHT, mirrored=True, at_end=True) == begin


def test_it_is_cut_to_its_room_at_its_end(qapp) -> None:
    metrics = QFontMetrics(qapp.font())
    whole = "Refund of 418,11 euros has not arrived"
    cut = elided(whole, metrics, metrics.horizontalAdvance(whole) // 2)
    assert cut.endswith("…")
    assert whole.startswith(cut[:-1])
