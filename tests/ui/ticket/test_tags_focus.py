"""Who types a tag sees where the keyboard is."""

from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from deskhand.ui.kit.focus_ring import FocusFollower
from deskhand.ui.ticket.tags_box import TagsBox


def test_the_box_of_the_tags_is_ringed_while_a_tag_is_typed(qtbot, qapp: QApplication) -> None:
    follower = FocusFollower(qapp)
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

    def is_framed() -> bool:
        return follower.ring is not None and follower.ring.geometry().contains(box.geometry())

    assert not is_framed()
    box.start_typing()
    qtbot.waitUntil(is_framed)
    other.setFocus()
    qtbot.waitUntil(lambda: not is_framed())
    follower.deleteLater()
