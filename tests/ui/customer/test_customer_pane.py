"""The right pane: who, what, what else, what happened."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from tests.helpers.narrowing import not_none
from tests.helpers.ticket_views import NOW, TICKET, capable, view_of

from deskhand.domain.capabilities import Feature, FieldKind, FormField
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.threads import Delivery, HistoryEntry, Message, Side, Visibility
from deskhand.domain.tickets import FieldValue, Person, Priority, State, TicketRow, Turn
from deskhand.ui.customer.customer_pane import CustomerPane
from deskhand.ui.palette.choice_popup import ChoicePopup
from deskhand.ui.palette.rest_list import RestButton


def row(remote: str, subject: str) -> TicketRow:
    return TicketRow(
        TicketKey(AccountId("a2"), remote), remote, subject, "Casey", State.SOLVED, "Resolved", Priority.NONE, "", "", "", NOW,
        None, False, Turn.UNKNOWN, None, False, False, False, "", (), (), False,
    )  # fmt: skip


@pytest.fixture
def pane(qtbot) -> CustomerPane:
    made = CustomerPane()
    qtbot.addWidget(made)
    made.set_view(view_of())
    made.resize(268, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def shown_text(pane: CustomerPane) -> str:
    return " ".join(label.text() for label in pane.findChildren(QLabel) if label.isVisible())


def test_it_says_who_the_customer_is_and_what_is_known_of_the_ticket(pane: CustomerPane) -> None:
    words = shown_text(pane)
    assert "Casey Customer" in words
    assert "casey@example.com" in words
    facts = dict(pane.facts())
    assert facts["Source"] == "portal"
    assert TICKET.created_at is not None
    assert facts["Created"].startswith(f"{TICKET.created_at.astimezone().day} Apr 2026, ")
    assert facts["Customer"] == "cst_1"
    assert "Due" not in facts


def test_the_first_reply_is_counted_from_the_messages(pane: CustomerPane) -> None:
    start = not_none(TICKET.created_at)
    ours = Message("m", Person(), Side.AGENT, Visibility.PUBLIC, "hi", created_at=start + timedelta(minutes=12))
    note = replace(ours, visibility=Visibility.INTERNAL, created_at=start + timedelta(minutes=2))
    pane.set_view(replace(view_of(), messages=(note, ours)))
    assert dict(pane.facts())["First reply"] == "12 min"


def test_a_reply_that_is_still_held_is_no_first_reply(pane: CustomerPane) -> None:
    at = not_none(TICKET.created_at) + timedelta(minutes=12)
    held = Message("m", Person(), Side.AGENT, Visibility.PUBLIC, "hi", created_at=at, delivery=Delivery.HELD)
    pane.set_view(replace(view_of(), messages=(held,)))
    assert "First reply" not in dict(pane.facts())


def test_custom_fields_that_cannot_be_edited_are_facts(pane: CustomerPane) -> None:
    caps = capable(frozenset(), custom_fields=(FormField("ord", "Order"),))
    pane.set_view(view_of(replace(TICKET, fields={"ord": "10021", "gift_wrap": True, "empty": None}), caps))
    facts = dict(pane.facts())
    assert facts["Order"] == "10021"
    assert facts["Gift wrap"] == "yes"
    assert "Empty" not in facts


def test_a_field_does_not_go_while_it_has_the_keyboard(qtbot, pane: CustomerPane) -> None:
    caps = capable(frozenset({Feature.FIELDS}), custom_fields=(FormField("ord", "Order", FieldKind.NUMBER),))
    pane.set_view(view_of(TICKET, caps))
    pane.activateWindow()
    line = next(e for e in pane.findChildren(QLineEdit) if e.accessibleName() == "Order")
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    pane.set_view(view_of(TICKET, capable(frozenset())))
    assert line.hasFocus()
    line.clearFocus()
    pane.set_view(view_of(TICKET, capable(frozenset())))
    assert not line.isVisible()


def test_custom_fields_that_can_be_edited_are(qtbot, pane: CustomerPane) -> None:
    caps = capable(frozenset({Feature.FIELDS}), custom_fields=(FormField("ord", "Order", FieldKind.NUMBER),))
    pane.set_view(view_of(replace(TICKET, fields={"ord": 7}), caps))
    line = next(e for e in pane.findChildren(QLineEdit) if e.accessibleName() == "Order")
    assert line.text() == "7"
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClicks(line, "8")
    pane.set_view(view_of(replace(TICKET, fields={"ord": 1}), caps))
    assert line.text() == "78"
    with qtbot.waitSignal(pane.field_edited) as edited:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert edited.args == ["ord", 78]


def test_other_tickets_of_the_customer_open_by_mouse_and_keyboard(qtbot, pane: CustomerPane) -> None:
    pane.set_also(
        [(row("9876", "Refund for order 9876"), "Retail EU", "NexusCore"), (row("1", "Login"), "Platform", "Thena")]
    )
    first, second = pane._others
    assert first.texts[0] == "Refund for order 9876"
    assert first.texts[1].startswith("NexusCore · Retail EU · Resolved")
    with qtbot.waitSignal(pane.open_requested) as wanted:
        QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert wanted.args == [TicketKey(AccountId("a2"), "9876")]
    with qtbot.waitSignal(pane.open_requested) as wanted:
        QTest.keyClick(second, Qt.Key.Key_Space)
    assert wanted.args == [TicketKey(AccountId("a2"), "1")]
    pane.set_also([])
    assert "Also from this customer" not in shown_text(pane)


def test_history_is_quiet_lines(pane: CustomerPane) -> None:
    pane.set_view(view_of(history=[HistoryEntry(NOW, "closed", "Jane"), HistoryEntry(None, "reopened by reply")]))
    words = shown_text(pane)
    assert "closed, Jane" in words
    assert "reopened by reply" in words


def test_an_update_keeps_the_place_that_was_scrolled_to(qtbot, pane: CustomerPane) -> None:
    history = [HistoryEntry(NOW, f"change {n}") for n in range(60)]
    pane.set_view(view_of(history=history))
    bar = pane._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    bar.setValue(100)
    pane.set_view(view_of(replace(TICKET, state=State.CLOSED), history=history))
    assert bar.value() == 100


def test_a_ticket_of_nobody_is_said_to_be_one(pane: CustomerPane) -> None:
    pane.set_view(view_of(replace(TICKET, requester=None)))
    assert "No customer" in shown_text(pane)


def test_nothing_runs_out_of_a_narrow_pane(pane: CustomerPane, qtbot) -> None:
    long_id, name = (
        "cst_" + "07izg44y54" * 3,
        "Dr. Maximiliane Alexandra Freifrau von und zu Hohenstein-Württemberg " * 2,
    )
    pane.set_view(view_of(replace(TICKET, requester=Person(name.strip(), "m@example.com", long_id))))
    pane.resize(200, 700)
    qtbot.wait(0)
    assert dict(pane.facts())["Customer"] == long_id
    seen = [one for one in pane.findChildren(QLabel) if one.isVisible()]
    assert max(one.mapTo(pane, one.rect().topRight()).x() for one in seen) < 200
    assert any("Dr. Maximiliane" in one.text() and one.text().endswith("…") for one in seen)
    assert any(name.strip() in " ".join(one.toolTip().split()) for one in seen)


def test_what_can_be_edited_here_is_not_said_twice(pane: CustomerPane, qtbot) -> None:
    fields = (FormField("sentiment", "Sentiment", FieldKind.TEXT),)
    able = capable(frozenset({Feature.FIELDS}), custom_fields=fields)
    pane.set_view(view_of(replace(TICKET, sentiment="Positive", fields={"sentiment": "Positive"}), able))
    assert "Sentiment" not in dict(pane.facts())
    qtbot.waitUntil(lambda: shown_text(pane).count("Sentiment") == 1)


def test_of_thousands_of_fields_some_are_drawn_and_the_rest_is_listed(qtbot, pane: CustomerPane) -> None:
    fields: dict[str, FieldValue] = {f"field_{number}": f"value {number}" for number in range(2000)}
    fields["words"] = tuple(f"word{number}" for number in range(10_000))
    pane.set_view(view_of(replace(TICKET, fields=fields)))
    assert len(pane.facts()) == 60
    assert max(len(value) for _, value in pane.facts()) < 1000
    more = next(one for one in pane.findChildren(RestButton) if one.isVisible())
    assert more.text().startswith("+1")
    more.click()
    popup = next(one for one in pane.findChildren(ChoicePopup) if one.isVisible())
    QTest.keyClicks(popup._line, "value 1999")
    assert popup.shown() == ("Field 1999: value 1999",)
