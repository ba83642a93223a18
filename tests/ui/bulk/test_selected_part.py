"""What is selected of one vendor: in a window that is read from the right, all of it lies at the other side."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from deskhand.domain.accounts import AccountMark
from deskhand.ui.bulk.selected_part import PartLine, PartText, SelectedPart
from deskhand.ui.kit.theme import theme_of

_WIDTH = 700
LINE = PartLine(AccountMark(), "Retail", "Chloe", "Refund", "waits 3 h")
TEXT = PartText("NexusCore", "1 ticket", "everything", True, "", (LINE,))


def test_the_tick_stays_beside_its_words_read_from_either_side(qtbot) -> None:
    spans = []
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        part = SelectedPart()
        qtbot.addWidget(part)
        part.setLayoutDirection(direction)
        part.set_text(TEXT)
        part.resize(_WIDTH, part.heightForWidth(_WIDTH))
        image, good = part.grab().toImage(), QColor(theme_of(part.palette()).good).rgb()
        found = [x for x in range(_WIDTH) if any(image.pixel(x, y) == good for y in range(image.height()))]
        spans.append((found[0], found[-1]))
    (left, right), (mirrored_left, mirrored_right) = spans
    assert left > _WIDTH // 2 > mirrored_right
    assert abs((right - left) - (mirrored_right - mirrored_left)) < 40
