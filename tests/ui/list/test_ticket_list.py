"""The list as an agent uses it: keys, selection, and a place that is kept while tickets come and go."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QCursor, QEnterEvent, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QVBoxLayout, QWidget
from tests.helpers.narrowing import not_none
from tests.helpers.pointer import double_click
from tests.helpers.ui_rows import ACCOUNT, NOW, Endless, Source, key, now, row

from deskhand.domain.accounts import AccountColour, AccountMark
from deskhand.domain.capabilities import Feature
from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import Priority, State
from deskhand.ui.kit.theme import Appearance, Choice, fonts_for
from deskhand.ui.kit.tokens import DARK, LIGHT
from deskhand.ui.list.columns import ColumnName
from deskhand.ui.list.row_layout import RowMaker
from deskhand.ui.list.row_metrics import TICK, TICK_X, Density, RowMetrics
from deskhand.ui.list.row_text import AccountTag
from deskhand.ui.list.ticket_list import TicketList


@pytest.fixture
def tickets(qtbot) -> TicketList:
    made = TicketList(now=now)
    qtbot.addWidget(made)
    made.resize(384, 600)
    made.set_accounts({ACCOUNT: AccountTag(AccountMark(AccountColour.INDIGO, "store"), "Retail EU")})
    QCursor.setPos(made.mapToGlobal(QPoint(-40, -40)))
    made.show()
    qtbot.waitExposed(made)
    leave(made)
    return made


def leave(tickets: TicketList) -> None:
    """Take pointer and keyboard off the list, wherever the window came up."""
    QApplication.sendEvent(tickets.view.viewport(), QEvent(QEvent.Type.Leave))
    tickets.view.clearFocus()


def point(tickets: TicketList, at: int) -> QPoint:
    """Move the pointer onto a visible row, as a hand does; return where."""
    view = tickets.view
    spot = view.visualRect(view.model().index(at, 0)).center()
    view.viewport().setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    QApplication.sendEvent(view.viewport(), QEnterEvent(spot, spot, view.viewport().mapToGlobal(spot)))
    return spot


def shown(tickets: TicketList) -> list[str]:
    return [not_none(tickets.model.row(at)).key.remote for at in range(tickets.model.rowCount())]


def fill(tickets: TicketList, source: Source | Endless) -> None:
    tickets.show_source(source)
    tickets.set_outline(source.outline())


def first_seen(tickets: TicketList) -> TicketKey:
    return not_none(tickets.model.row(tickets.view.visible_rows().start)).key


def press(tickets: TicketList, *keys: Qt.Key) -> None:
    for one in keys:
        QTest.keyClick(tickets.view, one)


def test_down_and_up_tell_which_ticket_is_read(tickets: TicketList) -> None:
    fill(tickets, Source([row(n) for n in range(30)]))
    read: list[object] = []
    tickets.current_changed.connect(read.append)
    press(tickets, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down)
    assert read == [key(0), key(1), key(2), key(1), key(2)]
    assert tickets.selected() == [key(2)]


def test_home_end_and_pages_reach_everything_in_a_million(tickets: TicketList) -> None:
    fill(tickets, Endless(1_000_000))
    press(tickets, Qt.Key.Key_End)
    assert tickets.current == key(999_999)
    assert tickets.model.rowCount() - 1 in tickets.view.visible_rows()
    press(tickets, Qt.Key.Key_PageUp)
    assert 999_980 < int(tickets.current.remote) < 999_999
    press(tickets, Qt.Key.Key_Home)
    assert tickets.current == key(0)


def test_enter_and_a_double_click_open_the_ticket(tickets: TicketList, qtbot) -> None:
    fill(tickets, Source([row(n) for n in range(5)]))
    tickets.select(key(3))
    with qtbot.waitSignal(tickets.activated) as told:
        press(tickets, Qt.Key.Key_Return)
    assert told.args == [key(3)]
    with qtbot.waitSignal(tickets.activated) as told:
        double_click(tickets.view.viewport(), QPoint(100, 20))
    assert told.args == [key(0)]


def test_taking_the_keyboard_opens_nothing(tickets: TicketList, qtbot) -> None:
    fill(tickets, Source([row(n) for n in range(5)]))
    read: list[object] = []
    tickets.current_changed.connect(read.append)
    tickets.activateWindow()
    tickets.setFocus()
    qtbot.waitUntil(tickets.view.hasFocus)
    assert read == []
    assert tickets.current is None


def test_letters_are_left_to_the_windows_shortcuts(tickets: TicketList) -> None:
    source = Endless(100_000)
    fill(tickets, source)
    tickets.select(key(0))
    reads = source.reads
    press(tickets, Qt.Key.Key_R, Qt.Key.Key_Space)
    assert tickets.current == key(0)
    assert source.reads == reads


def test_many_tickets_are_selected_by_shift_and_control(tickets: TicketList) -> None:
    fill(tickets, Source([row(n) for n in range(30)]))
    counts: list[int] = []
    tickets.selection_changed.connect(counts.append)
    tickets.select(key(2))
    QTest.keyClick(tickets.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(tickets.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert tickets.selected() == [key(2), key(3), key(4)]
    assert counts[-1] == 3
    QTest.mouseClick(
        tickets.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, QPoint(90, 20)
    )
    assert tickets.selected() == [key(0), key(2), key(3), key(4)]


def test_picked_tickets_stay_selected_while_steps_go_on(tickets: TicketList) -> None:
    fill(tickets, Source([row(n) for n in range(30)]))
    tickets.select(key(2))
    tickets.pick()
    press(tickets, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert tickets.selected() == [key(2)]
    assert tickets.current == key(4)
    tickets.pick()
    tickets.step(3)
    tickets.pick()
    assert tickets.selected() == [key(2), key(4), key(7)]
    tickets.pick()
    assert tickets.selected() == [key(2), key(4)]


def test_the_last_picked_ticket_given_up_ends_the_picking(tickets: TicketList) -> None:
    fill(tickets, Source([row(n) for n in range(30)]))
    tickets.select(key(2))
    tickets.pick()
    assert tickets.is_several
    tickets.pick()
    assert (tickets.selected(), tickets.is_several) == ([], False)
    press(tickets, Qt.Key.Key_Down)
    assert tickets.selected() == [key(3)]


def test_esc_or_a_click_gives_the_selection_up(tickets: TicketList) -> None:
    fill(tickets, Source([row(n) for n in range(30)]))
    tickets.select(key(2))
    tickets.pick()
    press(tickets, Qt.Key.Key_Down)
    tickets.pick()
    press(tickets, Qt.Key.Key_Escape)
    assert tickets.selected() == [key(3)]
    assert not tickets.is_several
    tickets.pick()
    QTest.mouseClick(tickets.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(90, 20))
    press(tickets, Qt.Key.Key_Down)
    assert tickets.selected() == [key(1)]


def tick_at(tickets: TicketList, at: int) -> QPoint:
    """Where the tick of a row is, or would be."""
    place = tickets.view.visualRect(tickets.model.index(at, 0))
    return QPoint(place.left() + TICK_X + TICK // 2, place.top() + RowMetrics(fonts_for(tickets.view.font())).mid[0])


def colour_at(tickets: TicketList, at: QPoint) -> str:
    return tickets.view.viewport().grab().toImage().pixelColor(at).name()


def test_ticks_stand_in_the_gutter_while_a_selection_is_made_and_no_row_moves_for_them(tickets: TicketList) -> None:
    fill(tickets, Source([row(1), row(2, unread=True), row(3)]))
    tickets.view.go_to(0)
    before = [tickets.view.visualRect(tickets.model.index(at, 0)) for at in range(3)]
    edge = QPoint(tick_at(tickets, 1).x(), tick_at(tickets, 1).y() - TICK // 2)
    assert colour_at(tickets, edge) != LIGHT.edge
    tickets.pick()
    assert colour_at(tickets, edge) == LIGHT.edge
    assert colour_at(tickets, tick_at(tickets, 0) - QPoint(0, TICK // 2 - 1)) == LIGHT.accent
    assert [tickets.view.visualRect(tickets.model.index(at, 0)) for at in range(3)] == before
    tickets.view.select_only_current()
    assert colour_at(tickets, edge) != LIGHT.edge


def test_a_click_on_a_tick_takes_its_ticket_in_or_out(tickets: TicketList) -> None:
    fill(tickets, Source([row(1), row(2), row(3)]))
    tickets.view.go_to(0)
    tickets.pick()
    tickets.view.viewport().grab()
    QTest.mouseClick(tickets.view.viewport(), Qt.MouseButton.LeftButton, pos=tick_at(tickets, 2))
    assert tickets.view.selected_ranges() == [range(1), range(2, 3)]
    QTest.mouseClick(tickets.view.viewport(), Qt.MouseButton.LeftButton, pos=tick_at(tickets, 0))
    assert tickets.view.selected_ranges() == [range(2, 3)]


def test_a_tick_under_the_pointer_begins_a_selection_and_opens_nothing(tickets: TicketList) -> None:
    fill(tickets, Source([row(1), row(2, unread=True), row(3), row(4)]))
    tickets.select(key(1))
    read: list[object] = []
    tickets.current_changed.connect(read.append)
    edge = [QPoint(tick_at(tickets, at).x(), tick_at(tickets, at).y() - TICK // 2) for at in range(4)]
    assert colour_at(tickets, edge[1]) != LIGHT.edge
    QTest.mouseMove(tickets.view.viewport(), point(tickets, 1))
    assert colour_at(tickets, edge[1]) == LIGHT.edge
    assert colour_at(tickets, edge[2]) != LIGHT.edge, "of this row alone"
    for at, picked in ((1, [range(1, 2)]), (3, [range(1, 2), range(3, 4)]), (1, [range(3, 4)])):
        QTest.mouseClick(tickets.view.viewport(), Qt.MouseButton.LeftButton, pos=tick_at(tickets, at))
        assert tickets.view.selected_ranges() == picked
        assert tickets.is_several
    double_click(tickets.view.viewport(), tick_at(tickets, 3))
    assert (read, tickets.current, tickets.selected()) == ([], key(1), [key(4)]), "taken out and in again"
    QTest.mouseClick(tickets.view.viewport(), Qt.MouseButton.LeftButton, pos=tick_at(tickets, 3))
    assert (read, tickets.current, tickets.selected()) == ([], key(1), [key(1)])
    assert not tickets.is_several


def test_a_selection_is_extended_and_taken_back_from_where_it_began(tickets: TicketList) -> None:
    source = Source([row(n) for n in range(30)])
    fill(tickets, source)
    tickets.select(key(5))
    tickets.extend(1)
    tickets.extend(1)
    assert tickets.selected() == [key(5), key(6), key(7)]
    source.rows.insert(0, row(100))
    leave(tickets)
    tickets.set_outline(source.outline())
    tickets.extend(1)
    assert tickets.selected() == [key(5), key(6), key(7), key(8)]
    for _ in range(4):
        tickets.extend(-1)
    assert tickets.selected() == [key(4), key(5)]
    QTest.keyClick(tickets.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert tickets.selected() == [key(100), *(key(n) for n in range(6))]


def test_what_was_picked_stays_when_the_selection_is_extended_elsewhere(tickets: TicketList) -> None:
    fill(tickets, Source([row(n) for n in range(30)]))
    tickets.select(key(1))
    tickets.pick()
    tickets.step(4)
    tickets.pick()
    tickets.extend(1)
    tickets.extend(1)
    tickets.extend(-1)
    assert tickets.selected() == [key(1), key(5), key(6)]


def test_what_is_all_selected_stays_so_when_one_more_is_added_to_it(tickets: TicketList) -> None:
    fill(tickets, Source([row(n) for n in range(30)]))
    tickets.select(key(5))
    tickets.select_all()
    tickets.pick()
    tickets.step(1)
    tickets.extend(1)
    QTest.keyClick(tickets.view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert tickets.selected() == [key(n) for n in range(30) if n != 5]


def test_a_list_that_cannot_be_seen_is_not_selected_from(tickets: TicketList) -> None:
    fill(tickets, Source([row(n) for n in range(5)]))
    tickets.select(key(1))
    tickets.extend(1)
    tickets.hide()
    assert not tickets.is_several
    tickets.extend(1)
    tickets.pick()
    tickets.select_all()
    assert tickets.selected() == [key(1), key(2)]


def test_the_row_that_the_keyboard_stands_on_is_marked_among_several(tickets: TicketList, qtbot) -> None:
    fill(tickets, Source([row(n) for n in range(5)]))
    tickets.select(key(0))
    tickets.activateWindow()
    tickets.setFocus()
    qtbot.waitUntil(tickets.view.hasFocus)

    def ringed() -> list[int]:
        image, height = shot(tickets), tickets._delegate.height
        edges = {number: range((number + 1) * height - 5, (number + 1) * height) for number in range(5)}
        return [n for n, ys in edges.items() if any(image.pixelColor(200, y).name() == LIGHT.accent for y in ys)]

    assert ringed() == []
    tickets.pick()
    tickets.step(1)
    tickets.pick()
    assert ringed() == [1]
    tickets.step(1)
    assert ringed() == [2]


def test_a_million_selected_tickets_are_counted_without_reading_them(tickets: TicketList) -> None:
    source = Endless(1_000_000)
    fill(tickets, source)
    reads = source.reads
    tickets.view.selectAll()
    assert tickets.selected_count == 1_000_000
    assert len(tickets.selected(limit=300)) == 300
    assert source.reads - reads < 5


def test_the_selection_stays_with_its_tickets_when_others_come_move_and_go(tickets: TicketList) -> None:
    source = Source([row(n) for n in range(40)])
    fill(tickets, source)
    tickets.select(key(5))
    QTest.keyClick(tickets.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    read: list[object] = []
    tickets.current_changed.connect(read.append)
    source.rows = [row(100), row(6), row(0), row(2), row(5), *(row(n) for n in range(7, 40))]
    leave(tickets)
    tickets.set_outline(source.outline())
    assert set(tickets.selected()) == {key(5), key(6)}
    assert tickets.current == key(6)
    assert tickets.view.currentIndex().row() == 1
    assert read == []


def test_a_ticket_that_leaves_the_list_is_still_read_and_none_takes_its_place(tickets: TicketList) -> None:
    source = Source([row(n) for n in range(10)])
    fill(tickets, source)
    tickets.select(key(4))
    read: list[object] = []
    tickets.current_changed.connect(read.append)
    del source.rows[4]
    tickets.set_outline(source.outline())
    assert tickets.current == key(4)
    assert tickets.selected() == []
    assert read == []
    tickets.set_outline(source.outline())
    press(tickets, Qt.Key.Key_Down)
    assert tickets.current == key(5)  # what took its place


@pytest.mark.parametrize("source", [Source([row(n) for n in range(600)]), Endless(50_000)], ids=["short", "long"])
def test_new_tickets_do_not_move_what_is_read_and_are_offered(tickets: TicketList, source: Source | Endless) -> None:
    fill(tickets, source)
    tickets.view.verticalScrollBar().setValue(200 * tickets._delegate.height + 17)
    before = first_seen(tickets)
    if isinstance(source, Source):
        source.rows[:0] = [row(1001), row(1002), row(1003)]
        tickets.set_outline(source.outline())
    else:
        later = Endless(50_003, shift=3)
        tickets.model._source = later
        tickets.set_outline(later.outline())
    assert first_seen(tickets) == before
    assert tickets.view.verticalScrollBar().value() % tickets._delegate.height == 17
    assert tickets._news.isVisible()
    assert tickets._news.text() == "3 new"
    QTest.mouseClick(tickets._news, Qt.MouseButton.LeftButton)
    assert tickets.view.visible_rows().start == 0
    assert not tickets._news.isVisible()


def test_a_selection_far_from_what_is_seen_moves_with_its_tickets(tickets: TicketList) -> None:
    fill(tickets, Endless(50_000))
    tickets.select(key(3), 3)
    tickets.select(key(9_000), 9_000)
    QTest.keyClick(tickets.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    tickets.view.verticalScrollBar().setValue(40_000 * tickets._delegate.height)
    shot(tickets)
    later = Endless(50_005, shift=5)
    tickets.model._source = later
    tickets.set_outline(later.outline())
    assert tickets.selected() == [key(9_000), key(9_001)]
    assert tickets.current == key(9_001)


@pytest.mark.parametrize("length", [200, 5_000])
def test_the_ticket_that_is_read_stays_where_it_is_while_others_leap_and_come(tickets: TicketList, length: int) -> None:
    QCursor.setPos(tickets.mapToGlobal(QPoint(-40, -40)))
    source = Source([row(n) for n in range(length)])
    fill(tickets, source)
    tickets.select(key(108))
    view = tickets.view
    first = view.visible_rows().start
    stood = view.visualRect(view.currentIndex()).top()
    leaping, others = source.rows[first], [each for each in source.rows if each.key != key(first)]
    source.rows = [replace(leaping, snippet="One more thing"), *others[:107], row(9_001), row(9_002), *others[107:]]
    tickets.set_outline(source.outline())
    assert tickets.current == key(108)
    assert view.visualRect(view.currentIndex()).top() == stood


def test_the_ticket_under_the_mouse_stays_under_it(tickets: TicketList) -> None:
    source = Source([row(n) for n in range(200)])
    fill(tickets, source)
    tickets.select(key(108))
    view = tickets.view
    spot = QPoint(90, 3 * view.rowHeight(0) + 20)
    QTest.mouseMove(view.viewport(), spot)
    pointed = not_none(tickets.model.row(view.indexAt(spot).row())).key
    source.rows = [*source.rows[:103], row(9_001), *source.rows[103:]]
    tickets.set_outline(source.outline())
    assert pointed == not_none(tickets.model.row(view.indexAt(spot).row())).key


def test_at_the_top_new_tickets_simply_appear(tickets: TicketList) -> None:
    source = Source([row(n) for n in range(60)])
    fill(tickets, source)
    source.rows.insert(0, row(500))
    tickets.set_outline(source.outline())
    assert first_seen(tickets) == key(500)
    assert not tickets._news.isVisible()


def test_another_list_keeps_the_ticket_that_is_read_if_it_holds_it(tickets: TicketList) -> None:
    fill(tickets, Source([row(n) for n in range(10)]))
    tickets.select(key(7))
    read: list[object] = []
    tickets.current_changed.connect(read.append)
    fill(tickets, Source([row(7), row(8)]))
    assert tickets.selected() == [key(7)]
    assert read == []


def test_an_empty_list_teaches_and_offers_its_action(tickets: TicketList, qtbot) -> None:
    tickets.set_empty("No tickets wait", "Tickets that wait for a customer appear here.", "Show all")
    fill(tickets, Source([]))
    assert tickets._empty.isVisible()
    assert tickets._empty.texts[0] == "No tickets wait"
    with qtbot.waitSignal(tickets.empty_action):
        tickets._empty.acted.emit()
    fill(tickets, Source([row(1)]))
    assert tickets.view.isVisible()


def test_the_menu_is_about_the_ticket_under_the_mouse_or_the_selection(tickets: TicketList, qtbot) -> None:
    fill(tickets, Source([row(n) for n in range(10)]))
    where = QPoint(100, tickets._delegate.height + 10)
    for _ in range(2):
        with qtbot.waitSignal(tickets.context_menu_requested):
            event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, tickets.view.viewport().mapToGlobal(where))
            QApplication.sendEvent(tickets.view.viewport(), event)
        assert tickets.selected() == [key(1)]


def test_a_screen_reader_finds_the_list_by_name_and_each_row_as_a_sentence(tickets: TicketList) -> None:
    fill(tickets, Source([row(1, "Invoice issue"), row(2)]))
    interface = QAccessible.queryAccessibleInterface(tickets.view)
    assert interface.text(QAccessible.Text.Name) == "Tickets"
    assert interface.role() is QAccessible.Role.Table
    table = interface.tableInterface() if hasattr(interface, "tableInterface") else None
    spoken = tickets.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Casey Customer, Invoice issue. Retail EU. Webshop. 2 min."
    assert table is None or table.rowCount() == 2


def shot(tickets: TicketList) -> QImage:
    return tickets.grab().toImage()


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(min(80, image.height()))}


def test_a_row_shows_account_and_unread_and_what_is_not_usual_by_colour_in_both_themes(
    tickets: TicketList, light: Appearance
) -> None:
    urgent = row(1, priority=Priority.URGENT, vendor_priority="Urgent", unread=True, needs_agent=True)
    fill(tickets, Source([urgent]))
    seen = colours(shot(tickets))
    assert {LIGHT.accounts[AccountColour.INDIGO].ground, LIGHT.accent, LIGHT.wrong} <= seen
    light.choose(Choice.DARK)
    seen = colours(shot(tickets))
    assert {DARK.accounts[AccountColour.INDIGO].ground, DARK.accent, DARK.page} <= seen


def test_in_a_narrow_list_the_subject_has_the_room_of_the_states_words(tickets: TicketList) -> None:
    pending = row(
        1, "Refund of order 4711 has not arrived", state=State.PENDING, vendor_state="Waiting for the customer"
    )
    shown = {}
    for width in (300, 400):
        made = RowMaker(pending, tickets._delegate._metrics, width, mirrored=False).make(AccountTag(), NOW, "")
        shown[width] = [words.shown for words in made.words], [glyph.icon for glyph in made.glyphs]
    assert not any("Waiting" in text for text in shown[300][0])
    assert any("Waiting" in text for text in shown[400][0])
    assert shown[300][1] == shown[400][1] == ["clock"]


def test_a_plain_row_has_no_colour_but_its_accounts(tickets: TicketList) -> None:
    fill(tickets, Source([row(1, vendor_priority="Normal", priority=Priority.NORMAL)]))
    plain = colours(shot(tickets))
    assert not plain & {LIGHT.accent, LIGHT.wrong, LIGHT.warn, LIGHT.good, LIGHT.state_open}


def test_the_selected_row_has_a_bar_and_a_tint(tickets: TicketList) -> None:
    fill(tickets, Source([row(1), row(2)]))
    tickets.select(key(1))
    image = shot(tickets)
    assert image.pixelColor(1, 5).name() == LIGHT.accent
    assert image.pixelColor(8, 5).name() == LIGHT.selected
    tickets.view.clearFocus()
    assert shot(tickets).pixelColor(8, 5).name() == LIGHT.idle, "the keyboard is elsewhere"
    assert image.pixelColor(8, tickets._delegate.height + 5).name() == LIGHT.page


def test_a_table_is_one_line_a_ticket_under_heads_and_a_dash_says_that_the_vendor_has_no_such_field(
    tickets: TicketList,
) -> None:
    tickets.resize(1000, 400)
    fill(tickets, Source([row(1, "Invoice issue", unread=True), row(2)]))
    comfortable = tickets.view.rowHeight(0)
    tickets.table.set_density(Density.COLUMNS)
    header = tickets.table.header
    header.restore("")
    assert header.isVisible()
    assert tickets.view.rowHeight(0) < comfortable / 2
    assert {LIGHT.accounts[AccountColour.INDIGO].ground, LIGHT.accent} <= colours(shot(tickets))
    x = next(x for column, x, _ in header.places() if column.name is ColumnName.PRIORITY) + header.x()
    cell = QRect(x, tickets.view.y() + 2, 60, tickets.view.rowHeight(0) - 4)
    empty = tickets.grab(cell).toImage()
    lacking = AccountTag(AccountMark(), "Klantenservice", lacks=frozenset({Feature.PRIORITY}))
    tickets.set_accounts({ACCOUNT: lacking})
    assert tickets.grab(cell).toImage() != empty, "there is a dash now"
    tickets.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert shot(tickets).pixelColor(tickets.view.width() - 9, tickets.view.y() + 16).name() == LIGHT.accent
    tickets.table.set_density(Density.COMFORTABLE)
    assert not header.isVisible()
    assert tickets.view.rowHeight(0) == comfortable


def test_a_subject_of_a_million_letters_and_stray_lines_is_one_row(tickets: TicketList) -> None:
    fill(tickets, Source([row(1, "x\n" * 500_000), row(2, "<b>&amp;</b>\u202e", who="\n\n")]))
    shot(tickets)
    assert tickets.view.rowHeight(0) == tickets.view.rowHeight(1) == tickets._delegate.height


def test_the_keyboard_stays_with_the_list_when_it_empties_and_fills(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    made, other = TicketList(now=now), QLineEdit()
    box.addWidget(other)
    box.addWidget(made)
    made.set_empty("Nothing is waiting for you", "It comes by itself.")
    made.show_source(Source([]))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.setFocus()
    assert not other.hasFocus()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert QAccessible.queryAccessibleInterface(focus).text(QAccessible.Text.Name) == "Nothing is waiting for you"
    fill(made, Source([row(n) for n in range(3)]))
    assert made.view.hasFocus()
    made.show_source(Source([]))
    assert made.isAncestorOf(not_none(QApplication.focusWidget()))


# --- a hand on the list ---


def test_under_the_pointer_no_row_moves_comes_or_goes_and_each_says_what_is_so(tickets: TicketList) -> None:
    source = Source([row(n) for n in range(12)])
    fill(tickets, source)
    spot = point(tickets, 4)
    source.gone = {key(2): row(2, "Closed meanwhile")}
    source.rows = [row(50), row(7, "Leapt"), *(row(n) for n in (0, 1, 3, 4, 5, 6, 8, 9, 10, 11)), row(51)]
    tickets.set_outline(source.outline())
    assert shown(tickets) == [str(n) for n in range(12)]
    assert not_none(tickets.model.row(7)).subject == "Leapt"
    assert not_none(tickets.model.row(2)).subject == "Closed meanwhile"
    assert tickets._news.isVisible()
    assert tickets._news.text() == "2 new"
    QTest.mouseClick(tickets.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert tickets.current == key(4)


def test_what_waits_comes_in_when_the_pointer_leaves(tickets: TicketList, qtbot) -> None:
    source = Source([row(n) for n in range(12)])
    fill(tickets, source)
    point(tickets, 4)
    source.rows = [row(50), *(row(n) for n in range(1, 12))]
    tickets.set_outline(source.outline())
    with qtbot.waitSignal(tickets.released):
        leave(tickets)
    tickets.set_outline(source.outline())
    assert shown(tickets) == ["50", *(str(n) for n in range(1, 12))]
    assert not tickets._news.isVisible()


def test_what_waits_comes_in_by_its_button_under_the_pointer_too(tickets: TicketList, qtbot) -> None:
    source = Source([row(n) for n in range(12)])
    fill(tickets, source)
    point(tickets, 4)
    source.rows.insert(0, row(50))
    tickets.set_outline(source.outline())
    with qtbot.waitSignal(tickets.released):
        QTest.mouseClick(tickets._news, Qt.MouseButton.LeftButton)
    tickets.set_outline(source.outline())
    assert shown(tickets)[0] == "50"
    assert not tickets._news.isVisible()
    source.rows.insert(0, row(51))
    tickets.set_outline(source.outline())
    assert shown(tickets)[0] == "50"
    assert tickets._news.text() == "1 new"


def test_the_button_of_what_waits_can_be_found_and_pressed_without_a_mouse(tickets: TicketList, qtbot) -> None:
    source = Source([row(n) for n in range(12)])
    fill(tickets, source)
    tickets.activateWindow()
    tickets.setFocus()
    qtbot.waitUntil(tickets.view.hasFocus)
    tickets.step(1)
    source.rows.insert(0, row(50))
    tickets.set_outline(source.outline())
    told = QAccessible.queryAccessibleInterface(tickets)
    names = [told.child(n).text(QAccessible.Text.Name) for n in range(told.childCount())]
    assert "1 new" in names
    press(tickets, Qt.Key.Key_Tab)
    button = not_none(QApplication.focusWidget())
    assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name) == "1 new"
    tickets.set_outline(
        source.outline()
    )  # the keyboard is on its way: what waits does not come in and take the button away
    assert shown(tickets)[0] == "0"
    with qtbot.waitSignal(tickets.released):
        QTest.keyClick(button, Qt.Key.Key_Return)
    tickets.set_outline(source.outline())
    assert shown(tickets)[0] == "50"
    assert tickets.view.hasFocus()


def test_the_button_of_what_waits_does_not_give_way_to_a_row_under_the_pointer(tickets: TicketList, qtbot) -> None:
    source = Source([row(n) for n in range(12)])
    fill(tickets, source)
    point(tickets, 4)
    source.rows.insert(0, row(50))
    tickets.set_outline(source.outline())
    leave(tickets)
    spot = tickets._news.rect().center()
    QApplication.sendEvent(tickets._news, QEnterEvent(spot, spot, tickets._news.mapToGlobal(spot)))
    tickets.set_outline(source.outline())
    assert tickets._news.isVisible()
    assert shown(tickets)[0] == "0"
    with qtbot.waitSignal(tickets.released):
        QApplication.sendEvent(tickets._news, QEvent(QEvent.Type.Leave))
    tickets.set_outline(source.outline())
    assert shown(tickets)[0] == "50"


def test_a_list_that_fills_while_the_keyboard_is_in_it_grows_below(tickets: TicketList, qtbot) -> None:
    source = Source([row(5)])  # the first ticket of a first start
    fill(tickets, source)
    tickets.activateWindow()
    tickets.setFocus()
    qtbot.waitUntil(tickets.view.hasFocus)
    tickets.step(1)
    source.rows = [row(n) for n in (3, 4, 5, 6, 7)]
    tickets.set_outline(source.outline())
    assert shown(tickets) == ["5", "6", "7"]
    assert tickets.current == key(5)
    assert tickets._news.text() == "2 new"


def test_where_the_keyboard_stands_nothing_comes_in_between_and_what_left_goes(tickets: TicketList, qtbot) -> None:
    source = Source([row(n) for n in range(12)])
    fill(tickets, source)
    tickets.activateWindow()
    tickets.setFocus()
    qtbot.waitUntil(tickets.view.hasFocus)
    tickets.step(1)
    tickets.step(1)
    source.rows = [row(11, "Leapt"), row(0), row(1), row(50), *(row(n) for n in (2, 3, 5, 6, 7, 8, 9, 10))]
    tickets.set_outline(source.outline())
    assert shown(tickets) == ["0", "1", "2", "3", "5", "6", "7", "8", "9", "10", "11"]
    tickets.step(1)
    assert tickets.current == key(2)
    assert tickets._news.text() == "1 new"
    tickets.step(-1)
    with qtbot.waitSignal(tickets.released):
        press(tickets, Qt.Key.Key_Home)
    tickets.set_outline(source.outline())
    assert shown(tickets)[:5] == ["11", "0", "1", "50", "2"]


def test_a_pointer_that_only_rests_there_does_not_keep_what_the_keyboard_closed(tickets: TicketList) -> None:
    source = Source([row(n) for n in range(12)])
    fill(tickets, source)
    point(tickets, 4)
    tickets.step(1)
    del source.rows[0]
    tickets.step(1)
    tickets.set_outline(source.outline())
    assert shown(tickets) == [str(n) for n in range(1, 12)]
    assert tickets.current == key(1)


def test_a_long_list_is_held_as_well(tickets: TicketList) -> None:
    source = Source([row(n) for n in range(3_000)])
    fill(tickets, source)
    spot = point(tickets, 4)
    source.rows = [row(9_001), row(4, "Heard from"), *(row(n) for n in range(3_000) if n != 4), row(9_002)]
    tickets.set_outline(source.outline())
    assert [not_none(tickets.model.row(at)).key for at in range(8)] == [key(n) for n in range(8)]
    assert not_none(tickets.model.row(4)).subject == "Heard from"
    assert tickets._news.text() == "2 new"
    QTest.mouseClick(tickets.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert tickets.current == key(4)


def test_the_first_reading_of_a_list_is_not_held(tickets: TicketList) -> None:
    source = Source([row(n) for n in range(400)])
    tickets.show_source(source)
    point(tickets, 1)
    tickets.set_outline(source.outline())
    assert tickets.model.rowCount() == 400


def test_a_click_opens_what_is_seen_and_not_what_the_next_paint_would_show(tickets: TicketList) -> None:
    source = Source([row(n) for n in range(12)])
    fill(tickets, source)
    shot(tickets)
    spot = tickets.view.visualRect(tickets.model.index(3, 0)).center()
    source.rows = [row(50), row(51), *source.rows]
    tickets.set_outline(source.outline())
    QTest.mousePress(tickets.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert tickets.current == key(3)
    source.rows = [row(52), *source.rows]
    tickets.set_outline(source.outline())
    QTest.mouseRelease(tickets.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert tickets.current == key(3)
    assert tickets.selected() == [key(3)]


def test_a_name_that_is_cut_is_told_whole_to_who_points_at_it(tickets: TicketList) -> None:
    name = "Dr. Maximiliane Alexandra Freifrau von und zu Hohenstein-Württemberg-Lichtenau geborene Zähringen"
    fill(tickets, Source([row(1, who=name), row(2, who="Jo")]))
    said = []
    for at in (0, 1):
        QToolTip.hideText()
        spot = tick_at(tickets, at) + QPoint(60, 0)
        view = tickets.view.viewport()
        QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, spot, view.mapToGlobal(spot)))
        said.append(QToolTip.text() if QToolTip.isVisible() else "")
    assert name in said[0].replace("\n", " ")
    assert "Jo" not in said[1]
