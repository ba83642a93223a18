"""Tags by mouse alone, but for the letters of the tag."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from deskhand.ui.ticket.tags_box import TagsBox


@pytest.fixture
def owner(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def box(owner: QWidget) -> TagsBox:
    made = TagsBox(owner)
    made.set_possible(True, "")
    made.resize(400, 60)
    owner.show()
    return made


def press_plus(box: TagsBox) -> None:
    plus = next(b for b in box.findChildren(QWidget) if b.accessibleName() == "Add a tag")
    QTest.mouseClick(plus, Qt.MouseButton.LeftButton)


def test_the_plus_asks_for_a_tag_and_then_adds_it(qtbot, box) -> None:
    with qtbot.assertNotEmitted(box.edited):
        press_plus(box)
    assert box.line.isVisible()
    QTest.keyClicks(box.line, "late")
    with qtbot.waitSignal(box.edited) as edited:
        press_plus(box)
    assert edited.args == [("late",), ()]
    assert not box.line.isVisible()


def test_the_plus_beside_an_empty_line_adds_nothing(qtbot, box) -> None:
    press_plus(box)
    QTest.keyClicks(box.line, "  ")
    with qtbot.assertNotEmitted(box.edited):
        press_plus(box)
    assert box.line.isVisible()


def test_asking_for_a_tag_by_key_leaves_what_is_half_typed(qtbot, box) -> None:
    box.set_half_typed("lat")
    with qtbot.assertNotEmitted(box.edited):
        box.start_typing()
    assert box.half_typed == "lat"
