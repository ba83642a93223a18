"""The card of a vendor without conversations."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton
from tests.helpers.narrowing import not_none
from tests.helpers.ticket_views import JANE, NOW, TICKET, capable, view_of, waiting

from deskhand.domain.accounts import VendorInfo
from deskhand.domain.capabilities import Feature, FieldKind, FormField, Reason, StateChoice
from deskhand.domain.commands import ArchiveTicket, ChangeState
from deskhand.domain.ids import VendorId
from deskhand.domain.threads import Draft, Message, Side, Visibility
from deskhand.domain.tickets import Group, Person, State
from deskhand.services.tickets import TicketView
from deskhand.ui.ticket.record_card import RecordCard
from deskhand.ui.ticket.record_notes import NOTE

ROUTERA = VendorInfo(VendorId("routera"), "Routera", "Ro", "#1f6fb5", "", "", ())
STAGES = (StateChoice("new", "new", State.OTHER), StateChoice("done", "done", State.CLOSED))
CAPS = replace(
    capable(
        frozenset({Feature.STATE, Feature.ASSIGN, Feature.FIELDS, Feature.DISPATCH, Feature.ARCHIVE}),
        states=STAGES,
        group_label="pipeline",
        routers=(("r1", "Tier 2"),),
        custom_fields=(
            FormField("pipeline", "Pipeline", FieldKind.CHOICE, choices=(("default", "default"),), open_ended=True),
            FormField("due", "Due date", FieldKind.DATE),
        ),
    ),
    cannot={Feature.REPLY: Reason.NO_CONVERSATIONS},
)
RECORD = replace(
    TICKET,
    subject="Support request",
    number="ext-001",
    state=State.OTHER,
    vendor_state="new",
    state_id="new",
    group=Group("default", "default"),
    assignee=JANE,
    fields={"due": "2026-12-01"},
    updated_at=NOW,
)


def view(**more) -> TicketView:
    return view_of(replace(RECORD, **more.pop("ticket", {})), CAPS, vendor=ROUTERA, **more)


@pytest.fixture
def card(qtbot) -> RecordCard:
    made = RecordCard()
    qtbot.addWidget(made)
    made.set_view(view())
    made.resize(700, 560)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def shown_text(card: RecordCard) -> str:
    return " ".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def named(card: RecordCard, name: str) -> QComboBox | QLineEdit:
    kinds: tuple[QComboBox | QLineEdit, ...] = (*card.findChildren(QComboBox), *card.findChildren(QLineEdit))
    return next(w for w in kinds if w.accessibleName() == name and w.isVisible())


def line_of(card: RecordCard, name: str) -> QLineEdit:
    """Return what is typed into: the control itself, or the line of a box of choices."""
    control = named(card, name)
    return not_none(control.lineEdit()) if isinstance(control, QComboBox) else control


def test_it_says_calmly_that_there_is_nothing_to_reply_to(card: RecordCard) -> None:
    words = shown_text(card)
    assert "Routera keeps records, not conversations." in words
    assert "Notes below stay on this computer." in words
    assert "Routera · Retail EU · ext-001" in words
    assert "28 May 2026" in words


def test_the_fields_show_the_record(card: RecordCard) -> None:
    shown = {name: editor.value() for name, editor in card._editors.items()}
    assert shown == {"pipeline": "default", "state": "new", "assignee": "jane@example.com", "due": "2026-12-01"}
    assert named(card, "Stage").objectName() == "State"


def test_a_stage_is_chosen_in_the_vendors_own_word(qtbot, card: RecordCard) -> None:
    line = line_of(card, "Stage")
    line.selectAll()
    with qtbot.waitSignal(card.state_chosen) as chosen:
        QTest.keyClicks(line, "done")
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert chosen.args == [STAGES[1]]


def test_an_owner_is_known_or_typed(qtbot, card: RecordCard) -> None:
    line = line_of(card, "Owner")
    for typed, person in (("Bob Builder", "bob@example.com"), ("new@example.com", "new@example.com")):
        line.selectAll()
        with qtbot.waitSignal(card.assignee_chosen) as chosen:
            QTest.keyClicks(line, typed)
            QTest.keyClick(line, Qt.Key.Key_Return)
        assert isinstance(chosen.args[0], Person)
        assert chosen.args[0].email == person


def test_a_custom_field_is_edited_and_a_wrong_date_is_held_back(qtbot, card: RecordCard) -> None:
    line = line_of(card, "Due date")
    line.selectAll()
    with qtbot.assertNotEmitted(card.field_edited):
        QTest.keyClicks(line, "soon")
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert "year-month-day" in shown_text(card)
    line.selectAll()
    with qtbot.waitSignal(card.field_edited) as edited:
        QTest.keyClicks(line, "2026-12-24")
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert edited.args == ["due", "2026-12-24"]


def test_a_pending_stage_says_so_beside_it_and_is_taken_back(qtbot, card: RecordCard) -> None:
    change = waiting(ChangeState("new", "done", "done", State.CLOSED))
    card.set_view(view(ticket={"state_id": "done"}, pending=[change, waiting(ArchiveTicket(), id="c2")]))
    qtbot.waitUntil(lambda: "changed, waiting to be sent" in shown_text(card) and "Archiving" in shown_text(card))
    undo = next(b for b in card.findChildren(QPushButton) if b.accessibleName() == "Undo: State" and not b.isHidden())
    with qtbot.waitSignal(card.undo_requested) as wanted:
        undo.click()
    assert wanted.args == ["c1"]
    card.set_view(view())
    assert "waiting to be sent" not in shown_text(card)


def test_an_update_keeps_what_is_being_typed(card: RecordCard) -> None:
    line = line_of(card, "Due date")
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "2027")
    card.set_view(view(ticket={"fields": {"due": "2030-01-01"}}))
    assert named(card, "Due date") is line
    assert line.text() == "2027"


def test_other_fields_wait_while_one_is_typed_into(qtbot, card: RecordCard) -> None:
    line = line_of(card, "Due date")
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    caps = replace(CAPS, custom_fields=(*CAPS.custom_fields, FormField("seats", "Seats", FieldKind.NUMBER)))
    card.set_view(view_of(RECORD, caps, vendor=ROUTERA))
    assert line.hasFocus()
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    card.set_view(view_of(RECORD, caps, vendor=ROUTERA))
    assert line.text() == "2026-12-0"
    line.setText("2026-12-01")
    line.clearFocus()
    card.set_view(view_of(RECORD, caps, vendor=ROUTERA))
    assert "Seats" in [one.accessibleName() for one in card.findChildren(QLineEdit)]


def test_a_router_is_chosen(qtbot, card: RecordCard) -> None:
    with qtbot.waitSignal(card.action_chosen) as wanted:
        card._routers.actions()[0].trigger()
    assert [chosen.id for chosen in wanted.args] == ["dispatch r1"]


def test_a_note_that_shows_leaves_what_is_typed_in_the_line_alone(qtbot, card: RecordCard) -> None:
    card.focus_text()
    QTest.keyClicks(card._notes._edit, "call her")
    with qtbot.waitSignal(card.note_requested):
        QTest.keyClick(card._notes._edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert card.draft(NOTE).text == "call her"
    note = Message("n1", Person(), Side.AGENT, Visibility.LOCAL, "call her", created_at=NOW)
    card.set_view(replace(view(), messages=(note,)))
    assert card.draft(NOTE).text == "call her"
    qtbot.waitUntil(lambda: "call her" in shown_text(card))


def test_a_half_written_note_is_left_alone_and_undo_never_brings_back_another_records(card: RecordCard) -> None:
    QTest.keyClicks(card._notes._edit, "about the first")
    card.set_view(view())
    assert card.draft(NOTE).text == "about the first"
    card.set_draft(NOTE, Draft(NOTE, ""))
    QTest.keyClick(card._notes._edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert card.draft(NOTE).text == ""


def test_a_kept_draft_comes_back_exactly(card: RecordCard) -> None:
    card.set_draft(NOTE, Draft(NOTE, "half", cursor=2, seen="m1"))
    assert card.draft(NOTE) == Draft(NOTE, "half", cursor=2, seen="m1")


def test_a_field_that_its_vendor_names_by_an_identifier_is_called_as_people_write_it(card: RecordCard) -> None:
    fields = (FormField("due_date", "due_date"), FormField("seats", "seats"), FormField("own", "Own words"))
    card.set_view(view_of(RECORD, replace(CAPS, custom_fields=fields), vendor=ROUTERA))
    names = {one.text(): one.toolTip() for one in card.findChildren(QLabel)}
    assert {"Due date", "Seats", "Own words"} <= set(names)
    assert "due_date" in names["Due date"]
    assert not names["Own words"]
    assert not_none(card.findChild(QLineEdit, "due_date")).accessibleName() == "Due date"


def test_a_stage_is_written_in_its_choices_as_in_the_list(card: RecordCard) -> None:
    stage = not_none(card.findChild(QComboBox, "State"))
    assert stage.currentText() == "New"
    assert [stage.itemText(at) for at in range(1, stage.count())] == ["New", "Done"]


def test_values_take_the_room_there_is_and_begin_where_they_did(qtbot, card: RecordCard) -> None:
    def place() -> tuple[int, int]:
        editor = named(card, "Stage")
        return editor.mapTo(card, QPoint(0, 0)).x(), editor.width()

    card.resize(520, 560)
    QApplication.processEvents()
    left, narrow = place()
    card.resize(660, 560)
    QApplication.processEvents()
    assert place()[0] == left
    assert place()[1] > narrow + 50
    card.resize(3000, 560)
    QApplication.processEvents()
    assert place()[0] == left
    assert place()[1] < 1000
