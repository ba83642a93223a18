"""A ticket in a window so low that everything about it has no room at once."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from tests.helpers.views import TICKET, view_of

from deskhand.ui.panes.ticket_pane import TicketPane

TAGS = ("returns", "refund", "second-delivery", "damaged-in-transit")


@pytest.fixture
def pane(qtbot) -> TicketPane:
    made = TicketPane()
    qtbot.addWidget(made)
    made.header.set_view(view_of(replace(TICKET, tags=TAGS)))
    made.show_parts(conversation=True)
    made.show_customer(wanted=False)
    made.show_back(wanted=True)
    made.resize(400, 390)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def named(root: QWidget, name: str) -> QWidget:
    kinds = (*root.findChildren(QAbstractButton), *root.findChildren(QLineEdit))
    return next(one for one in kinds if one.accessibleName() == name and one.isVisible())


def is_whole(widget: QWidget) -> bool:
    return bool(widget.visibleRegion().boundingRect() == QRect(widget.rect()))


def test_the_reply_box_keeps_its_height_and_its_send_button(pane: TicketPane) -> None:
    assert pane.composer.height() >= pane.composer.minimumSizeHint().height()
    send = named(pane.composer, "Send")
    assert is_whole(send)
    assert pane.conversation.height() > 0


def test_a_tag_is_typed_in_view(qtbot, pane: TicketPane) -> None:
    pane.header.edit_tags()
    qtbot.waitUntil(lambda: not named(pane.header, "New tag").visibleRegion().isEmpty())
    QTest.keyClicks(named(pane.header, "New tag"), "vip")
    assert is_whole(named(pane.header, "New tag"))


def test_where_there_is_room_everything_about_the_ticket_is_in_view(qtbot, pane: TicketPane) -> None:
    pane.resize(900, 900)
    qtbot.waitUntil(lambda: is_whole(named(pane.header, f"Ref {TICKET.number or TICKET.key.remote}")))
    assert is_whole(named(pane.header, "Add a tag"))
