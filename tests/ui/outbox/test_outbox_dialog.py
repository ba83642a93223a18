"""What is on its way, item by item."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QTableWidget, QWidget
from tests.helpers.child_widgets import child
from tests.helpers.narrowing import not_none

from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.threads import Option, Resolution
from deskhand.ui.outbox.outbox_dialog import OutboxDialog, OutboxLine

KEY = TicketKey(AccountId("a"), "t1")
ASKS = OutboxLine(
    CommandId("1"), "reply: Hello", "Retail EU · t1", "needs your decision", "2 min", "This may have been sent.", KEY,
    (Option(Resolution.AGAIN, "Send again"), Option(Resolution.WAS_SENT, "It was sent"), Option(Resolution.DRAFT, "Edit")),
    needs_agent=True,
)  # fmt: skip
WAITS = OutboxLine(
    CommandId("2"), "state change: Closed", "Retail EU · t1", "waiting to be sent", "now", can_undo=True, ticket=KEY
)
SENT = OutboxLine(
    CommandId("3"), "record: contact C-1", "Field repairs", "sent", "1 h", "Confirmed by the vendor: 8f0e"
)


@pytest.fixture
def dialog(qtbot):
    made = OutboxDialog()
    qtbot.addWidget(made)
    made.set_lines([ASKS, WAITS, SENT])
    made.show()
    return made


def shown(dialog):
    return {how for how in Resolution if dialog.button(how).isVisible()}


def test_an_item_that_asks_offers_what_is_allowed_under_its_words(dialog, qtbot):
    dialog.choose(CommandId("1"))
    assert shown(dialog) == {Resolution.AGAIN, Resolution.WAS_SENT, Resolution.DRAFT}
    assert dialog.button(Resolution.AGAIN).text() == "Send again"
    assert dialog.button(Resolution.DRAFT).text() == "Edit"
    assert dialog.details == "This may have been sent."
    with qtbot.waitSignal(dialog.resolved) as told:
        dialog.button(Resolution.WAS_SENT).click()
    assert told.args == ["1", Resolution.WAS_SENT]


def test_an_item_that_is_sent_offers_nothing_and_shows_its_confirmation(dialog):
    dialog.choose(CommandId("3"))
    assert shown(dialog) == set()
    assert dialog.details == "Confirmed by the vendor: 8f0e"


def test_the_chosen_item_stays_chosen_when_another_one_moves(dialog):
    dialog.choose(CommandId("3"))
    dialog.set_lines([ASKS, SENT])
    assert dialog.details == "Confirmed by the vendor: 8f0e"


def test_every_item_is_a_row_that_can_be_read(dialog):
    table = child(dialog, QTableWidget)
    words = [not_none(table.item(row, 0)).text() for row in range(table.rowCount())]
    assert words == ["reply: Hello", "state change: Closed", "record: contact C-1"]


def test_an_empty_outbox_says_so(qtbot):
    empty = OutboxDialog()
    qtbot.addWidget(empty)
    empty.set_lines([])
    assert empty.details.startswith("Nothing was sent yet.")


def test_what_was_sent_is_not_crowded_out_by_where(dialog, qtbot):
    long = "x" * 60
    dialog.set_lines([replace(SENT, what=f"reply: {long}", where=f"Retail EU · {long}")])
    table = child(dialog, QTableWidget)
    qtbot.waitUntil(lambda: table.columnWidth(0) >= 200)
    assert abs(table.columnWidth(0) - table.columnWidth(1)) <= 2
    assert long in not_none(table.item(0, 0)).toolTip()


def test_until_it_is_known_what_waits_the_table_keeps_its_place_and_the_keyboard(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = OutboxDialog(window)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(child(dialog, QTableWidget).hasFocus)
    assert dialog.details == ""
    before = dialog.geometry()
    dialog.set_lines([SENT])
    assert dialog.pos() == before.topLeft()
    dialog.reject()
