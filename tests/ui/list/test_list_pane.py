"""The header of the ticket list: what it says, and what its button filters."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QPushButton, QWidget
from tests.helpers.child_widgets import child
from tests.helpers.ui_rows import now

from deskhand.domain.queries import Scope, Sort
from deskhand.domain.tickets import Priority, State
from deskhand.ui.list.filter_menu import ChoiceMenu
from deskhand.ui.list.list_pane import ListPane
from deskhand.ui.list.ticket_list import TicketList

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


def menu(pane: ListPane, name: str) -> ChoiceMenu:
    return next(one for one in pane.filters.findChildren(ChoiceMenu) if one.accessibleName() == name)


def action(pane: ListPane, text: str) -> QAction:
    return next(one for one in pane.filters.menu.actions() if one.text().partition("\t")[0] == text)


def button(pane: ListPane, text: str) -> QPushButton:
    return next(b for b in pane.findChildren(QPushButton) if b.text() == text)


def test_it_says_what_is_shown(pane: ListPane) -> None:
    pane.set_title("My open", "23 tickets · 5 accounts")
    assert pane.title == ("My open", "23 tickets · 5 accounts")


def test_choosing_states_one_after_another_tells_all_of_them(pane: ListPane, qtbot) -> None:
    states = menu(pane, "State")
    with qtbot.waitSignal(pane.filters_changed) as told:
        states.choice(State.OPEN).trigger()
    assert told.args == [Sort.NEWEST, (State.OPEN,), (), "", False]
    assert pane.filters.text() == "Open"
    with qtbot.waitSignal(pane.filters_changed) as told:
        states.choice(State.PENDING).trigger()
    assert told.args[1] == (State.OPEN, State.PENDING)
    assert pane.filters.text() == "2 filters"
    assert pane.filters.accessibleDescription() == "Open, Pending"


@popups
def test_a_menu_of_several_choices_stays_open_while_they_are_ticked(pane: ListPane, qtbot) -> None:
    QTest.mouseClick(pane.filters, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(pane.filters.menu.isVisible)
    choices = menu(pane, "Priority")
    pane.filters.menu.setActiveAction(choices.menuAction())
    QTest.keyClick(pane.filters.menu, Qt.Key.Key_Right)
    qtbot.waitUntil(choices.isVisible)
    with qtbot.waitSignal(pane.filters_changed) as told:
        QTest.mouseMove(choices, choices.actionGeometry(choices.choice(Priority.HIGH)).center())
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
    pane.filters.menu.close()


@popups
def test_opening_the_menu_does_not_look_like_a_filter(pane: ListPane) -> None:
    QTest.mouseClick(pane.filters, Qt.MouseButton.LeftButton)
    assert not action(pane, "Clear filters").isEnabled()
    pane.filters.menu.close()
    assert not pane.filters.is_on


def test_a_tag_is_chosen_or_typed(pane: ListPane, qtbot) -> None:
    pane.set_choices(["vip", "a&b"])
    tags = menu(pane, "Tag")
    with qtbot.waitSignal(pane.filters_changed) as told:
        tags.choice("a&b").trigger()
    assert told.args[3] == "a&b"
    assert pane.filters.text() == "a&b"
    with qtbot.waitSignal(pane.filters_changed) as told:
        tags.choice("").trigger()
    assert told.args[3] == ""
    next(a for a in tags.actions() if a.text() == "Another tag…").trigger()
    dialog = child(pane, QInputDialog)
    dialog.setTextValue("rare")
    with qtbot.waitSignal(pane.filters_changed) as told:
        dialog.accept()
    assert told.args[3] == "rare"
    assert pane.filters.is_on


@popups
def test_filters_set_from_outside_are_seen_and_told_to_nobody(pane: ListPane, qtbot) -> None:
    with qtbot.assertNotEmitted(pane.filters_changed):
        pane.set_filters(Sort.OLDEST, (State.OPEN,), (Priority.URGENT,), "gone-tag", True)
    assert pane.filters.is_on
    assert pane.filters.text() == "4 filters"
    assert pane.filters.accessibleDescription() == "Open, Urgent, gone-tag, Unread"
    assert "gone-tag" in pane.filters.toolTip()
    with qtbot.waitSignal(pane.filters_changed) as told:
        pane.filters.open_menu()
        action(pane, "Clear filters").trigger()
    pane.filters.menu.close()
    assert told.args == [Sort.OLDEST, (), (), "", False]
    assert not pane.filters.is_on


def test_unread_is_one_choice(pane: ListPane, qtbot) -> None:
    with qtbot.waitSignal(pane.filters_changed) as told:
        action(pane, "Unread only").trigger()
    assert told.args[4] is True
    assert pane.filters.text() == "Unread"


def test_its_menu_leads_to_more_conditions_and_keeps_what_is_shown_as_a_view(pane: ListPane, qtbot) -> None:
    with qtbot.waitSignal(pane.filters.more_requested):
        action(pane, "Filter: choose conditions").trigger()
    with qtbot.waitSignal(pane.save_view_requested):
        action(pane, "Save as view …").trigger()


@pytest.mark.parametrize("width", [400, 300])
@pytest.mark.parametrize("title", ["Waiting for us", "Wartet auf uns seit gestern, unbeantwortet"])
def test_the_header_is_one_line_in_which_nothing_lies_over_anything(
    pane: ListPane, qtbot, width: int, title: str
) -> None:
    pane.set_title(title, "1,240 tickets · 5 accounts", "1,240")
    low = pane.header_line.height()
    pane.set_filters(Sort.PRIORITY, (State.OPEN, State.CLOSED), (Priority.URGENT,), "refund", True)
    pane.account_views.set_scope(Scope.OPEN)
    pane.resize(width, 500)
    line = pane.header_line

    def places() -> list[QRect]:
        shown = [one for one in line.children() if isinstance(one, QWidget) and not one.isHidden()]
        over = Qt.WidgetAttribute.WA_TransparentForMouseEvents  # the ring lies over what has the keyboard
        return sorted((one.geometry() for one in shown if not one.testAttribute(over)), key=QRect.left)

    qtbot.waitUntil(lambda: all(one.right() < after.left() for one, after in pairwise(places())))
    assert places()[-1].right() < line.width()
    assert line.height() == low


def test_what_is_selected_stands_in_the_place_of_the_title_so_that_no_row_moves(pane: ListPane, qtbot) -> None:
    pane.set_title("My open", "23 tickets", "23")
    qtbot.waitUntil(lambda: pane.entry().y() > 0)
    top = pane.entry().y()
    pane.set_selected("4 selected", "Select all 23")
    assert button(pane, "Select all 23").isVisible()
    assert not pane.filters.isVisible()
    assert pane.entry().y() == top
    with qtbot.waitSignal(pane.none_requested):
        button(pane, "Clear (Esc)").click()
    pane.set_selected("", "")
    assert pane.filters.isVisible()


def test_a_search_has_a_line_of_its_own(pane: ListPane, qtbot) -> None:
    assert pane.search_line.isHidden()
    pane.set_search("invoice", "3 tickets")
    assert pane.search_line.isVisible()
    with qtbot.waitSignal(pane.clear_search_requested):
        button(pane, "Clear").click()
    pane.set_search("", "")
    assert pane.search_line.isHidden()


@pytest.mark.parametrize("width", [384, 280])
def test_the_words_of_a_search_line_are_whole_in_every_width(pane: ListPane, qtbot, width: int) -> None:
    pane.set_search("invoice", "3 tickets")
    pane.resize(width, 500)
    clear = button(pane, "Clear")
    qtbot.waitUntil(lambda: clear.width() >= clear.sizeHint().width())
    assert pane.search_line.rect().contains(clear.geometry())


def test_the_word_of_the_news_gives_way_before_the_title_is_cut(qtbot) -> None:
    tickets = TicketList(now=now)
    pane = ListPane(tickets)
    qtbot.addWidget(pane)
    pane.set_title("Waiting for us", "70 tickets", "70")
    pane.resize(700, 500)
    pane.show()
    tickets.news.set_count(12)
    qtbot.waitUntil(lambda: tickets.news.text() == "12 new")
    wide = pane.header_line.sizeHint().width()
    pane.resize(pane.width() - pane.header_line.width() + wide - pane.order.width() - 10, 500)
    qtbot.waitUntil(lambda: tickets.news.text() == "12")
    assert tickets.news.accessibleName() == "12 new"
    pane.resize(700, 500)
    qtbot.waitUntil(lambda: tickets.news.text() == "12 new")
