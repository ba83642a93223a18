"""The header of the ticket list: what it says, and what its pills filter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QPushButton, QWidget
from tests.helpers.child_widgets import child

from deskhand.domain.queries import Sort
from deskhand.domain.tickets import Priority, State
from deskhand.ui.kit.pill_button import PillButton
from deskhand.ui.list.filter_menu import ChoiceMenu
from deskhand.ui.list.list_pane import ListPane

# A menu is a popup: the offscreen platform can neither raise it nor grab the keyboard for it, and says so.
popups = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def pane(qtbot) -> ListPane:
    tickets = QWidget()
    tickets.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made = ListPane(tickets)
    qtbot.addWidget(made)
    made.resize(384, 500)
    made.show()
    return made


def pill(pane: ListPane, name: str) -> PillButton:
    return next(p for p in pane.findChildren(PillButton) if p.accessibleName() == name)


def menu(pane: ListPane, name: str) -> ChoiceMenu:
    return child(pill(pane, name), ChoiceMenu)


def button(pane: ListPane, text: str) -> QPushButton:
    return next(b for b in pane.findChildren(QPushButton) if b.text() == text)


def test_it_says_what_is_shown(pane: ListPane) -> None:
    pane.set_title("My open", "23 tickets · 5 accounts")
    assert pane.title == ("My open", "23 tickets · 5 accounts")


def test_choosing_states_one_after_another_tells_all_of_them(pane: ListPane, qtbot) -> None:
    states = menu(pane, "Filter by state")
    with qtbot.waitSignal(pane.filters_changed) as told:
        states.choice(State.OPEN).trigger()
    assert told.args == [Sort.NEWEST, (State.OPEN,), (), "", False]
    assert pill(pane, "Filter by state").text() == "Open"
    with qtbot.waitSignal(pane.filters_changed) as told:
        states.choice(State.PENDING).trigger()
    assert told.args[1] == (State.OPEN, State.PENDING)
    assert pill(pane, "Filter by state").text() == "State · 2"
    assert pill(pane, "Filter by state").accessibleDescription() == "Open, Pending"


@popups
def test_a_menu_of_several_choices_stays_open_while_they_are_ticked(pane: ListPane, qtbot) -> None:
    QTest.mouseClick(pill(pane, "Filter by priority"), Qt.MouseButton.LeftButton)
    choices = menu(pane, "Filter by priority")
    qtbot.waitUntil(choices.isVisible)
    QTest.mouseMove(choices, choices.actionGeometry(choices.choice(Priority.HIGH)).center())
    with qtbot.waitSignal(pane.filters_changed) as told:
        QTest.mouseClick(
            choices,
            Qt.MouseButton.LeftButton,
            pos=choices.actionGeometry(choices.choice(Priority.HIGH)).center(),
        )
    assert told.args[2] == (Priority.HIGH,)
    assert choices.isVisible()
    choices.setActiveAction(choices.choice(Priority.URGENT))
    QTest.keyClick(choices, Qt.Key.Key_Space)
    assert choices.ticked == (Priority.URGENT, Priority.HIGH)
    assert choices.isVisible()
    QTest.keyClick(choices, Qt.Key.Key_Escape)
    assert not choices.isVisible()


@popups
def test_opening_a_menu_does_not_look_like_a_filter(pane: ListPane) -> None:
    states = pill(pane, "Filter by state")
    QTest.mouseClick(states, Qt.MouseButton.LeftButton)
    menu(pane, "Filter by state").close()
    assert not states.isChecked()


def test_the_order_is_chosen_from_three(pane: ListPane, qtbot) -> None:
    assert pill(pane, "Sort").text() == "Newest first"
    with qtbot.waitSignal(pane.filters_changed) as told:
        menu(pane, "Sort").choice(Sort.PRIORITY).trigger()
    assert told.args[0] is Sort.PRIORITY
    assert menu(pane, "Sort").ticked == (Sort.PRIORITY,)
    assert pill(pane, "Sort").text() == "Most urgent first"


def test_a_tag_is_chosen_or_typed(pane: ListPane, qtbot) -> None:
    pane.set_choices(["vip", "a&b"])
    tags = menu(pane, "Filter by tag")
    with qtbot.waitSignal(pane.filters_changed) as told:
        tags.choice("a&b").trigger()
    assert told.args[3] == "a&b"
    assert pill(pane, "Filter by tag").text() == "a&b"
    with qtbot.waitSignal(pane.filters_changed) as told:
        tags.choice("").trigger()
    assert told.args[3] == ""
    next(a for a in tags.actions() if a.text() == "Another tag…").trigger()
    dialog = child(pane, QInputDialog)
    dialog.setTextValue("rare")
    with qtbot.waitSignal(pane.filters_changed) as told:
        dialog.accept()
    assert told.args[3] == "rare"
    assert pill(pane, "Filter by tag").isChecked()


def test_filters_set_from_outside_are_seen_and_told_to_nobody(pane: ListPane, qtbot) -> None:
    with qtbot.assertNotEmitted(pane.filters_changed):
        pane.set_filters(Sort.OLDEST, (State.OPEN,), (Priority.URGENT,), "gone-tag", True)
    for name in ("Filter by state", "Filter by priority", "Filter by tag", "Unread only"):
        assert pill(pane, name).isChecked()
    with qtbot.waitSignal(pane.filters_changed) as told:
        QTest.mouseClick(button(pane, "Clear filters"), Qt.MouseButton.LeftButton)
    assert told.args == [Sort.OLDEST, (), (), "", False]
    assert button(pane, "Clear filters").isHidden()


def test_unread_is_one_press(pane: ListPane, qtbot) -> None:
    with qtbot.waitSignal(pane.filters_changed) as told:
        QTest.keyClick(pill(pane, "Unread only"), Qt.Key.Key_Space)
    assert told.args[4] is True


def test_a_search_has_a_line_of_its_own(pane: ListPane, qtbot) -> None:
    assert pane.search_line.isHidden()
    pane.set_search("invoice", "3 tickets")
    assert pane.search_line.isVisible()
    with qtbot.waitSignal(pane.search_vendors_requested):
        button(pane, "Search at the vendors too").click()
    with qtbot.waitSignal(pane.clear_search_requested):
        button(pane, "Clear").click()
    pane.set_search("", "")
    assert pane.search_line.isHidden()


@pytest.mark.parametrize("width", [384, 280])
def test_the_words_of_a_search_line_are_whole_in_every_width(pane: ListPane, qtbot, width: int) -> None:
    pane.set_search("invoice", "3 tickets")
    pane.resize(width, 500)
    for one in (button(pane, "Search at the vendors too"), button(pane, "Clear")):
        qtbot.waitUntil(lambda one=one: one.width() >= one.sizeHint().width())
        assert pane.search_line.rect().contains(one.geometry())


def test_the_pills_take_a_second_line_where_the_pane_is_narrow(pane: ListPane, qtbot) -> None:
    low = pane.filters.height()
    pane.set_filters(Sort.PRIORITY, (State.OPEN, State.CLOSED), (Priority.URGENT,), "refund", True)
    pane.resize(290, 500)
    qtbot.waitUntil(lambda: pane.filters.height() > 2 * low)
    right = max(p.geometry().right() for p in pane.findChildren(PillButton))
    assert right < pane.filters.width()


def test_a_new_ticket_is_one_press_and_says_its_key(pane: ListPane, qtbot) -> None:
    assert pane.new_button.accessibleName() == "New ticket"
    assert "Ctrl+N" in pane.new_button.accessibleDescription()
    with qtbot.waitSignal(pane.new_ticket_requested):
        QTest.keyClick(pane.new_button, Qt.Key.Key_Space)
