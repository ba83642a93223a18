"""The ticket header: vendors' own words, reasons, and controls that no update takes out of the agent's hands."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QMenu, QPushButton, QToolButton, QWidget
from tests.helpers.narrowing import instance
from tests.helpers.pointer import double_click
from tests.helpers.ticket_views import BOB, JANE, PRIORITIES, STATES, TICKET, capable, view_of, waiting

from deskhand.domain.capabilities import Feature
from deskhand.domain.commands import ChangeState, EditTags
from deskhand.domain.ids import AccountId, CommandId, TicketKey, local_ticket
from deskhand.domain.threads import Delivery
from deskhand.domain.tickets import Person, Priority, State
from deskhand.ui.kit.removable_chips import RemovableChip
from deskhand.ui.kit.theme import Appearance
from deskhand.ui.palette.choice_popup import ChoicePopup
from deskhand.ui.ticket.field_box import FieldButton, FieldCombo
from deskhand.ui.ticket.header_line import Step
from deskhand.ui.ticket.ticket_header import TicketHeader


@pytest.fixture
def header(qtbot) -> TicketHeader:
    made = TicketHeader()
    qtbot.addWidget(made)
    made.set_view(view_of())
    made.resize(760, 160)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def combo(header: TicketHeader, name: str) -> QComboBox:
    return next(c for c in header.findChildren(QComboBox) if c.objectName() == name and c.accessibleName() == name)


def button(header: TicketHeader, name: str) -> QPushButton | QToolButton:
    kinds: tuple[QPushButton | QToolButton, ...] = (
        *header.findChildren(QPushButton),
        *header.findChildren(QToolButton),
    )
    return next(b for b in kinds if (b.accessibleName() or b.text()) == name)


def shown_text(header: TicketHeader) -> str:
    return " ".join(label.text() for label in header.findChildren(QLabel) if label.isVisible())


def test_states_are_the_vendors_own_words(header: TicketHeader) -> None:
    state = combo(header, "State")
    assert [state.itemText(i) for i in range(state.count())] == ["Open", "Waiting on customer", "Closed"]
    assert state.currentText() == "Open"


def test_choosing_a_state_by_keyboard_tells_it_once(qtbot, header: TicketHeader) -> None:
    header.open_state()
    state = combo(header, "State")
    QTest.keyClick(state.view(), Qt.Key.Key_Down)
    with qtbot.waitSignal(header.state_chosen) as chosen:
        QTest.keyClick(state.view(), Qt.Key.Key_Return)
    assert chosen.args == [STATES[1]]


def test_the_dots_of_the_states_are_as_large_as_drawn(header: TicketHeader, light: Appearance) -> None:
    header.open_state()
    view = combo(header, "State").view()
    row = view.visualRect(view.model().index(1, 0))
    shot = view.viewport().grab(row).toImage()
    middle, ground = shot.height() // 2, shot.pixelColor(0, 1)
    inked = [x for x in range(28) if shot.pixelColor(x, middle) != ground]
    assert len(inked) == pytest.approx(10, abs=2)


def test_the_wheel_and_a_letter_change_nothing_in_passing(qtbot, header: TicketHeader) -> None:
    state = combo(header, "State")
    state.setFocus()
    with qtbot.assertNotEmitted(header.state_chosen):
        wheel = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(state, wheel)
        QTest.keyClick(state, Qt.Key.Key_W)
    assert state.currentText() == "Open"


def test_an_update_leaves_an_open_list_alone_and_follows_when_it_closes(qtbot, header: TicketHeader) -> None:
    state = combo(header, "State")
    header.open_state()
    state.view().setCurrentIndex(state.model().index(2, 0))
    more = capable(states=(*STATES, replace(STATES[0], id="new", label="New")))
    header.set_view(view_of(replace(TICKET, state=State.PENDING, vendor_state="Waiting", state_id="pending"), more))
    assert state.view().isVisible()
    assert state.view().currentIndex().row() == 2
    assert state.count() == 3
    state.hidePopup()
    qtbot.waitUntil(lambda: state.count() == 4)
    assert state.currentText() == "Waiting on customer"


def test_a_state_that_is_no_choice_is_still_shown(header: TicketHeader) -> None:
    header.set_view(view_of(replace(TICKET, state=State.OTHER, vendor_state="In transit", state_id="77")))
    assert combo(header, "State").currentIndex() == -1
    assert instance(combo(header, "State"), FieldCombo).look.value == "In transit"


def test_what_cannot_be_done_is_off_and_says_why(header: TicketHeader) -> None:
    header.set_view(view_of(capabilities=capable(frozenset({Feature.THREAD}))))
    state = combo(header, "State")
    assert not state.isEnabled()
    assert "NexusCore" in state.toolTip()
    assert state.accessibleDescription()
    assert not button(header, "Edit the subject").isEnabled()


def test_a_priority_is_chosen(qtbot, header: TicketHeader) -> None:
    header.open_priority()
    priority = combo(header, "Priority")
    QTest.keyClick(priority.view(), Qt.Key.Key_Down)
    with qtbot.waitSignal(header.priority_chosen) as chosen:
        QTest.keyClick(priority.view(), Qt.Key.Key_Return)
    assert chosen.args[0] in PRIORITIES


def test_a_ticket_is_assigned_by_typing_part_of_a_name(qtbot, header: TicketHeader) -> None:
    header.open_assignee()
    picker = header._picker
    assert picker.shown()[0].startswith("Assign to me")
    assert "Nobody" in picker.shown()
    QTest.keyClicks(picker._line, "build")
    with qtbot.waitSignal(header.assignee_chosen) as chosen:
        QTest.keyClick(picker._line, Qt.Key.Key_Return)
    assert chosen.args == [BOB]


def test_the_first_offer_is_the_agent_herself(qtbot, header: TicketHeader) -> None:
    header.open_assignee()
    with qtbot.waitSignal(header.assignee_chosen) as chosen:
        QTest.keyClick(header._picker._line, Qt.Key.Key_Return)
    assert chosen.args == [JANE]


def test_an_address_is_typed_where_the_vendor_lists_nobody(qtbot, header: TicketHeader) -> None:
    header.set_view(view_of(capabilities=capable(agents=(), unassign=False)))
    header.open_assignee()
    assert "Nobody" not in header._picker.shown()
    QTest.keyClicks(header._picker._line, "new@example.com")
    with qtbot.waitSignal(header.assignee_chosen) as chosen:
        QTest.keyClick(header._picker._line, Qt.Key.Key_Return)
    assert chosen.args == [Person(email="new@example.com")]


def test_tags_are_added_and_removed_as_differences(qtbot, header: TicketHeader) -> None:
    with qtbot.waitSignal(header.tags_edited) as edited:
        button(header, "Remove refund").click()
    assert edited.args == [(), ("refund",)]
    header.edit_tags()
    line = next(e for e in header.findChildren(QLineEdit) if e.accessibleName() == "New tag")
    QTest.keyClicks(line, "vip, refund")
    with qtbot.waitSignal(header.tags_edited) as edited:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert edited.args == [("vip",), ()]


def test_a_list_of_tags_is_pasted_and_one_that_is_none_stays_with_the_reason(qtbot, header: TicketHeader) -> None:
    header.edit_tags()
    line = next(e for e in header.findChildren(QLineEdit) if e.accessibleName() == "New tag")
    QGuiApplication.clipboard().setText("vip\nlate, in\u200bvisible")
    line.paste()
    with qtbot.waitSignal(header.tags_edited) as edited:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert edited.args == [("vip", "late"), ()]
    assert line.text() == "in\u200bvisible"
    assert "“in[U+200B]visible” is no tag: there is an invisible character in it." in shown_text(header)
    QTest.keyClick(line, Qt.Key.Key_Home)
    QTest.keyClicks(line, "x")
    assert "is no tag" not in shown_text(header)


def test_an_update_does_not_take_a_half_typed_tag(header: TicketHeader) -> None:
    header.edit_tags()
    line = next(e for e in header.findChildren(QLineEdit) if e.accessibleName() == "New tag")
    QTest.keyClicks(line, "hal")
    header.set_view(view_of(replace(TICKET, tags=("refund", "late"))))
    assert line.isVisible()
    assert line.text() == "hal"
    assert header.focusWidget() is line


def test_the_subject_is_edited_in_place_and_esc_leaves_it(qtbot, header: TicketHeader) -> None:
    button(header, "Edit the subject").click()
    line = next(e for e in header.findChildren(QLineEdit) if e.accessibleName() == "Subject")
    QTest.keyClicks(line, "New words")
    header.set_view(view_of(replace(TICKET, subject="Changed by a colleague")))
    assert line.text() == "New words"
    with qtbot.waitSignal(header.subject_edited) as edited:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert edited.args == ["New words"]
    button(header, "Edit the subject").click()
    QTest.keyClicks(line, "other")
    with qtbot.assertNotEmitted(header.subject_edited):
        QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not line.isVisible()


def test_a_pending_change_is_said_and_can_be_taken_back(qtbot, header: TicketHeader) -> None:
    change = waiting(ChangeState("open", "closed", "Closed", State.CLOSED))
    header.set_view(view_of(pending=[change]))
    assert "State: changed, waiting to be sent" in shown_text(header)
    with qtbot.waitSignal(header.undo_requested) as undo:
        button(header, "Undo: State").click()
    assert undo.args == ["c1"]
    header.set_view(view_of())
    assert "waiting to be sent" not in shown_text(header)


def test_a_refused_change_says_what_the_vendor_said_and_offers_both_ways(qtbot, header: TicketHeader) -> None:
    bad = waiting(EditTags(("x",)), Delivery.FAILED, problem="NexusCore refused this (422).")
    header.set_view(view_of(pending=[bad]))
    assert "NexusCore refused this (422)." in shown_text(header)
    with qtbot.waitSignal(header.resolved) as resolved:
        button(header, "Try again: Tags").click()
    assert resolved.args == ["c1", "again"]


def test_a_change_under_way_offers_no_undo(header: TicketHeader) -> None:
    header.set_view(view_of(pending=[waiting(EditTags(("x",)), Delivery.SENDING)]))
    assert "being sent" in shown_text(header)
    assert not button(header, "Undo: Tags").isVisible()


def test_the_number_is_copied_by_a_click(qtbot, header: TicketHeader) -> None:
    with qtbot.waitSignal(header.copied):
        header._ref.click()
    assert QGuiApplication.clipboard().text() == "10021"


def test_the_menu_offers_what_this_vendor_can(qtbot, header: TicketHeader) -> None:
    header.set_view(view_of(capabilities=capable(routers=(("r1", "Tier 2"),))))
    menu = header.menu.fill()
    words = [a.text() for a in menu.actions() if a.text()]
    here = ["Later …", "Take out of Later", "Remind me …", "Pin the ticket, or not"]
    links = ["Copy number", "Copy link", "Copy Deskhand link", "Open in the browser"]
    linked = [
        "Link …",
        "Link at the vendor too …",
        "Make another ticket its sub-ticket …",
        "Merge with …",
        "Mark as duplicate of …",
    ]
    always = ["Open in a tab", "Open in a window of its own", "Refresh", "Mark as unread", *here, *linked, *links]
    assert words == [*always, "Dispatch to a router", "Archive …"]
    dispatch = next(a for a in menu.actions() if a.text().startswith("Dispatch"))
    with qtbot.waitSignal(header.action_chosen) as wanted:
        instance(dispatch.menu(), QMenu).actions()[0].trigger()
    assert [chosen.id for chosen in wanted.args] == ["dispatch r1"]
    header.set_view(view_of(capabilities=capable(frozenset({Feature.THREAD}))))
    words = [a.text() for a in header.menu.fill().actions() if a.text()]
    assert words == always


def test_a_link_for_colleagues_names_the_vendor_and_the_ticket_as_the_vendor_does(qtbot, header: TicketHeader) -> None:
    def entry() -> QAction:
        return next(a for a in header.menu.fill().actions() if a.text() == "Copy Deskhand link")

    assert entry().toolTip() == "For colleagues: it opens this ticket in their Deskhand."
    with qtbot.waitSignal(header.action_chosen) as wanted:
        entry().trigger()
    assert [chosen.id for chosen in wanted.args] == ["copy deskhand link"]
    with qtbot.waitSignal(header.copied):
        header.copy_deskhand_link()
    assert QGuiApplication.clipboard().text() == "deskhand:nexuscore/tic_abc12345def678"
    local = local_ticket(AccountId("a1"), CommandId("c1"))
    header.set_view(view_of(replace(TICKET, key=local, number="")))
    assert not entry().isEnabled()
    assert "NexusCore has not confirmed this ticket yet." in entry().toolTip()
    with qtbot.assertNotEmitted(header.copied):
        header.copy_deskhand_link()


def test_another_ticket_closes_what_was_open_for_the_first(header: TicketHeader) -> None:
    header.open_state()
    other = replace(TICKET, key=TicketKey(AccountId("a1"), "2"), priority=Priority.HIGH, vendor_priority="High")
    header.set_view(view_of(other))
    assert not combo(header, "State").view().isVisible()


def test_the_keyboard_goes_through_the_boxes_as_they_stand(header: TicketHeader) -> None:
    combo(header, "State").setFocus()
    names = []
    for _ in range(7):
        header.focusNextChild()
        names.append(header.focusWidget().accessibleName())
    rest = ["Later …", "Close the ticket", "More actions", "Customer beside the conversation, or not"]
    assert names == ["Priority", "Assignee Nobody", "Tags refund", *rest]
    header.edit_tags()
    header.focusPreviousChild()
    assert header.focusWidget().accessibleName() == "Remove refund"


def test_whose_a_ticket_is_is_said_only_where_the_vendor_told(header: TicketHeader) -> None:
    header.set_view(view_of(replace(TICKET, assignee=None, assignee_told=False)))
    names = [box.accessibleName() for box in header.findChildren(FieldButton) if box.isVisible()]
    assert "Assignee Not known yet" in names


def test_every_control_has_a_name(header: TicketHeader) -> None:
    controls = (*header.findChildren(QPushButton), *header.findChildren(QToolButton), *header.findChildren(QComboBox))
    assert [c for c in controls if c.isVisible() and not c.accessibleName()] == []


def test_thousands_of_tags_are_some_chips_and_a_list_to_look_through(qtbot, header: TicketHeader) -> None:
    tags = tuple(f"tag {number}" for number in range(10_000))
    header.set_view(view_of(replace(TICKET, tags=tags)))
    header.edit_tags()
    assert len([one for one in header.findChildren(RemovableChip) if one.isVisible()]) == 12
    button(header, "Show 9988 more").click()
    popup = next(one for one in header.findChildren(ChoicePopup) if one.isVisible())
    QTest.keyClicks(popup._line, "9999")
    assert popup.shown() == ("tag 9999",)
    with qtbot.waitSignal(header.tags_edited) as edited:
        QTest.keyClick(popup._line, Qt.Key.Key_Return)
    assert edited.args == [(), ("tag 9999",)]
    header.set_view(view_of(replace(TICKET, tags=tags[:3])))
    assert [one.value for one in header.findChildren(RemovableChip) if one.isVisible()] == list(tags[:3])


def test_tags_that_need_several_lines_are_all_in_view_with_what_adds_one(qtbot, header: TicketHeader) -> None:
    header.set_view(view_of(replace(TICKET, tags=tuple(f"a longer tag {number}" for number in range(40)))))
    header.edit_tags()
    header.resize(560, header.heightForWidth(560))
    box = next(one for one in header.findChildren(QWidget) if one.objectName() == "Tags")
    for part in (button(header, "Show 28 more"), button(header, "Add a tag")):
        qtbot.waitUntil(lambda part=part: box.rect().contains(part.geometry()))


def words(header: TicketHeader) -> dict[str, bool]:
    """Return of the values that are shown whether their words are."""
    fields = (header._state, header._priority, header._assignee)
    return {field.objectName(): field.look.worded for field in fields if field.isVisible()}


def test_a_narrow_header_gives_way_in_one_order(qtbot, header: TicketHeader) -> None:
    header.set_view(
        view_of(replace(TICKET, tags=("refund", "vip", "late"), vendor_priority="Urgent", priority=Priority.URGENT))
    )
    header.resize(1400, header.height())
    line, tags = header._line, header._tags_word
    assert line.step == Step.WHOLE
    assert (tags.look.value, tags.look.more) == ("refund", "+2")
    steps: list[Step] = []
    for width in range(1400, 250, -2):
        header.resize(width, header.height())
        if not steps or steps[-1] is not line.step:
            steps.append(line.step)
            gone = [header._ref, tags, header._later]
            assert [one.isVisible() for one in gone] == [
                line.step < Step.NO_NUMBER, line.step < Step.NO_TAGS, line.step < Step.NO_BUTTONS
            ]  # fmt: skip
            if Step.TAGS_COUNTED <= line.step < Step.NO_TAGS:
                assert (tags.look.value, tags.look.more) == ("3", "")
            assert words(header)["Priority"] is (line.step < Step.NO_PRIORITY_WORD)
            assert words(header)["State"] is (line.step < Step.NO_STATE_WORD)
            assert header.menu.isVisible()
            assert header.customer.isVisible()
    assert steps == sorted(steps)
    assert steps[-1] == Step.NO_BUTTONS


def test_the_header_is_one_line_until_tags_are_edited(qtbot, header: TicketHeader) -> None:
    low = header.sizeHint().height()
    assert low == pytest.approx(max(48, 3 * header.fontMetrics().height()), abs=2)
    QTest.mouseClick(header._tags_word, Qt.MouseButton.LeftButton)
    assert header.focusWidget().accessibleName() == "New tag"
    QTest.keyClicks(header.focusWidget(), "vi")
    header._state.setFocus()
    assert header._tags_row.isVisible(), "what is half typed stays in view"
    header.edit_tags()
    QTest.keyClick(header.focusWidget(), Qt.Key.Key_Escape)
    QTest.keyClick(header.focusWidget(), Qt.Key.Key_Escape)
    assert not header._tags_row.isVisible()
    assert header.focusWidget() is header._state, "where the keyboard was before"
    QTest.mouseClick(header._tags_word, Qt.MouseButton.LeftButton)
    QTest.keyClick(header.focusWidget(), Qt.Key.Key_Escape)
    assert not header._tags_row.isVisible()
    assert header.focusWidget() is header._tags_word


def test_a_tag_that_is_typed_in_no_more_room_than_the_number_has_is_kept(qtbot, header: TicketHeader) -> None:
    header.resize(300, 200)
    header.edit_tags()
    line = next(e for e in header.findChildren(QLineEdit) if e.accessibleName() == "New tag")
    QTest.keyClicks(line, "vip")
    with qtbot.waitSignal(header.tags_edited) as edited:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert edited.args == [("vip",), ()]


def test_later_and_close_are_a_click_away_and_say_their_keys(qtbot, header: TicketHeader) -> None:
    with qtbot.waitSignal(header.action_chosen) as chosen:
        QTest.mouseClick(header._later, Qt.MouseButton.LeftButton)
    assert chosen.args[0].id == "later"
    with qtbot.waitSignal(header.action_chosen) as chosen:
        QTest.mouseClick(header._close, Qt.MouseButton.LeftButton)
    assert chosen.args[0].id == "close"
    assert (header._later.accessibleDescription(), header._close.accessibleDescription()) == ("H", "E")
    header.set_view(view_of(capabilities=capable(frozenset({Feature.THREAD}))))
    assert not header._close.isEnabled()
    assert "NexusCore" in header._close.toolTip()


def test_a_subject_that_cannot_be_changed_can_be_marked_and_copied(qtbot, header: TicketHeader) -> None:
    header.set_view(view_of(capabilities=capable(frozenset({Feature.THREAD}))))
    shown = next(one for one in header.findChildren(QLabel) if one.objectName() == "Subject")
    double_click(shown, shown.rect().center())
    line = instance(header.focusWidget(), QLineEdit)
    assert line.selectedText() == "Refund for order 10021"
    with qtbot.assertNotEmitted(header.subject_edited):
        QTest.keyClicks(line, "x")
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert shown.isVisible()
    assert not header.half_typed.get("subject")
