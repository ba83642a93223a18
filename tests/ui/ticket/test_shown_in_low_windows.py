"""A ticket in a window so low that everything about it has no room at once."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTextEdit, QWidget
from tests.helpers.narrowing import instance, not_none
from tests.helpers.ticket_views import TICKET, view_of

from deskhand.ui.ticket.ticket_pane import TicketPane

TAGS = ("returns", "refund", "second-delivery", "damaged-in-transit")


@pytest.fixture
def window(qtbot) -> QWidget:
    """A pane that is a window of its own is as high as it wants to be."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 900)
    return made


@pytest.fixture
def pane(qtbot, window: QWidget) -> TicketPane:
    made = TicketPane()
    made.setParent(window)
    made.header.set_view(view_of(replace(TICKET, tags=TAGS)))
    made.show_parts(conversation=True)
    made.show_customer(wanted=False)
    made.show_back(wanted=True)
    made.resize(400, 390)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return made


def named(root: QWidget, name: str) -> QWidget:
    kinds = (*root.findChildren(QAbstractButton), *root.findChildren(QLineEdit))
    return next(one for one in kinds if one.accessibleName() == name and one.isVisible())


def is_whole(widget: QWidget) -> bool:
    return bool(widget.visibleRegion().boundingRect() == QRect(widget.rect()))


def test_the_reply_box_folds_while_one_reads_and_is_whole_while_one_writes(qtbot, pane: TicketPane) -> None:
    pane.focus_reading()
    qtbot.waitUntil(lambda: pane.conversation.height() > 2 * pane.composer.height())
    pane.composer.focus_text()
    assert pane.is_writing
    qtbot.waitUntil(lambda: is_whole(named(pane.composer, "Send")))
    qtbot.waitUntil(lambda: pane.composer.height() >= pane.composer.minimumSizeHint().height())
    assert pane.conversation.height() > 0


def test_a_click_on_the_line_of_a_folded_box_leads_to_its_text(qtbot, pane: TicketPane) -> None:
    for name in ("Write a reply", "Write a note"):
        pane.focus_reading()
        qtbot.waitUntil(lambda: pane.composer.is_folded)
        QTest.mouseClick(named(pane.composer, name), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QTextEdit))
        QTest.keyClicks(not_none(QApplication.focusWidget()), "word")
        assert "word" in instance(QApplication.focusWidget(), QTextEdit).toPlainText()


def test_a_tag_is_typed_in_view(qtbot, pane: TicketPane) -> None:
    pane.header.edit_tags()
    qtbot.waitUntil(lambda: not named(pane.header, "New tag").visibleRegion().isEmpty())
    QTest.keyClicks(named(pane.header, "New tag"), "vip")
    assert is_whole(named(pane.header, "New tag"))


def test_where_there_is_room_everything_about_the_ticket_is_in_view(qtbot, pane: TicketPane) -> None:
    pane.resize(1000, 900)
    qtbot.waitUntil(lambda: is_whole(named(pane.header, f"Ref {TICKET.number or TICKET.key.remote}")))
    pane.header.edit_tags()
    qtbot.waitUntil(lambda: is_whole(named(pane.header, "Add a tag")))


def test_another_tickets_tags_are_in_view_as_well(qtbot, pane: TicketPane) -> None:
    pane.resize(460, 900)
    pane.header.set_view(view_of(replace(TICKET, tags=())))
    pane.header.edit_tags()
    qtbot.waitUntil(lambda: is_whole(named(pane.header, "Add a tag")))
    many = tuple(f"{tag}-{place}" for tag in TAGS for place in range(3))
    pane.header.set_view(view_of(replace(TICKET, tags=many)))
    qtbot.waitUntil(lambda: is_whole(named(pane.header, f"Remove {many[-1]}")))
    qtbot.waitUntil(lambda: is_whole(named(pane.header, "Add a tag")))
