"""Who types a tag sees where the keyboard is."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from deskhand.ui.kit.theme import theme_of
from deskhand.ui.ticket.tags_box import TagsBox


def test_the_box_of_the_tags_is_framed_while_a_tag_is_typed(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    box, other = TagsBox(window), QLineEdit()
    column.addWidget(box)
    column.addWidget(other)
    box.set_possible(True, "")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    accent = QColor(theme_of(window.palette()).accent)

    def is_framed() -> bool:
        edge = box.grab().toImage()
        return edge.pixelColor(edge.width() // 2, 0) == accent

    assert not is_framed()
    box.start_typing()
    qtbot.waitUntil(is_framed)
    other.setFocus()
    qtbot.waitUntil(lambda: not is_framed())
