"""Ctrl+K: words find commands, Enter runs them, what cannot be done says why."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPushButton, QWidget
from tests.helpers.child_widgets import child
from tests.helpers.narrowing import not_none

from deskhand.domain.accounts import AccountMark
from deskhand.ui.kit.theme import Appearance, Choice
from deskhand.ui.palette.command_palette import CommandPalette, Entry
from deskhand.ui.palette.context_chip import Context, ContextChip
from deskhand.ui.palette.entries import Mark, Section, fitting


class Ran:
    def __init__(self) -> None:
        self.names: list[str] = []

    def entry(self, title: str, **more) -> Entry:
        return Entry(title, run=lambda: self.names.append(title), **more)


@pytest.fixture
def ran() -> Ran:
    return Ran()


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    made.resize(1000, 700)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def palette(window: QWidget, ran: Ran) -> CommandPalette:
    entries = [
        ran.entry("Assign to me", detail="Refund for order 10021", keys="I"),
        ran.entry("Assign to …", keys="A", reason="Mijn Klantportaal has no assignee"),
        ran.entry("Go to: Unassigned", detail="12 tickets", keys="G, U"),
        ran.entry("Dark theme"),
    ]

    made = CommandPalette(lambda: entries, window, search=lambda text: len(text) > 2)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.open()
    return made


def line(palette: CommandPalette) -> QLineEdit:
    return child(palette, QLineEdit)


def titles(palette: CommandPalette) -> list[str]:
    return [entry.title for entry in palette.entries]


def says(palette: CommandPalette, text: str) -> bool:
    return any(one.text().startswith(text) and one.isVisible() for one in palette.findChildren(QLabel))


def test_everything_is_listed_before_anything_is_typed(palette: CommandPalette) -> None:
    assert titles(palette) == ["Assign to me", "Assign to …", "Go to: Unassigned", "Dark theme"]
    assert palette.windowTitle() == palette.accessibleName() == "Commands"


def test_words_find_the_best_first_and_tickets_after_the_commands(palette: CommandPalette, ran: Ran) -> None:
    QTest.keyClicks(line(palette), "assign")
    assert titles(palette) == ["Assign to me", "Assign to …", "Go to: Unassigned"]
    palette.show_found("assign", [ran.entry("Ticket: Reassign the printers", detail="Thena")])
    assert titles(palette) == ["Assign to me", "Assign to …", "Go to: Unassigned", "Ticket: Reassign the printers"]


def test_only_what_is_typed_now_is_answered(palette: CommandPalette, ran: Ran) -> None:
    QTest.keyClicks(line(palette), "assi")
    palette.show_found("ass", [ran.entry("Ticket: Late")])
    assert "Ticket: Late" not in titles(palette)
    palette.show_found("assi", [ran.entry("Ticket: In time")])
    assert titles(palette)[-1] == "Ticket: In time"


def test_what_is_marked_stays_marked_where_it_is_when_tickets_arrive(palette: CommandPalette, ran: Ran) -> None:
    QTest.keyClicks(line(palette), "assign")
    QTest.keyClick(line(palette), Qt.Key.Key_Down)
    QTest.keyClick(line(palette), Qt.Key.Key_Down)
    view = child(palette, QListView)
    resets = []
    view.model().modelReset.connect(lambda: resets.append(1))
    place = view.visualRect(view.currentIndex()).topLeft()
    palette.show_found("assign", [ran.entry(f"Ticket: {n}") for n in range(8)])
    assert not_none(palette.current).title == "Go to: Unassigned"
    assert view.visualRect(view.currentIndex()).topLeft() == place
    assert resets == []


def test_a_ticket_that_was_chosen_stays_chosen_while_more_is_typed(palette: CommandPalette, ran: Ran) -> None:
    QTest.keyClicks(line(palette), "prin")
    palette.show_found("prin", [ran.entry("Ticket: Printer A"), ran.entry("Ticket: Printer B")])
    QTest.keyClicks(line(palette), "t")
    assert titles(palette) == ["Ticket: Printer A", "Ticket: Printer B"]
    QTest.keyClick(line(palette), Qt.Key.Key_Down)
    palette.show_found("print", [ran.entry("Ticket: Printer C"), ran.entry("Ticket: Printer B")])
    assert not_none(palette.current).title == "Ticket: Printer B"


def test_enter_before_the_tickets_are_there_opens_the_best_of_them_and_no_older_one(
    palette: CommandPalette, ran: Ran
) -> None:
    QTest.keyClicks(line(palette), "prin")
    palette.show_found("prin", [ran.entry("Ticket: Printer A")])
    QTest.keyClicks(line(palette), "ts")
    QTest.keyClick(line(palette), Qt.Key.Key_Return)
    assert ran.names == []
    palette.show_found("prints", [ran.entry("Ticket: Prints are pale")])
    assert ran.names == ["Ticket: Prints are pale"]
    assert palette.isHidden()


def test_nothing_is_said_to_be_found_only_once_the_search_has_ended(palette: CommandPalette) -> None:
    QTest.keyClicks(line(palette), "zzz")
    assert not says(palette, "Nothing fits.")
    palette.show_found("zzz", [])
    assert says(palette, "Nothing fits.")


@pytest.mark.parametrize(
    ("text", "first"),
    [("theme dark", "Dark theme"), ("atm", "Assign to me"), ("unas", "Go to: Unassigned"), ("10021", "Assign to me")],
)
def test_words_in_any_order_and_letters_in_order_are_found(ran: Ran, text: str, first: str) -> None:
    entries = [
        ran.entry("Go to: Unassigned"),
        ran.entry("Assign to me", detail="Refund for order 10021"),
        ran.entry("Dark theme"),
    ]
    assert fitting(entries, text)[0].title == first


def test_enter_runs_and_closes(palette: CommandPalette, ran: Ran) -> None:
    QTest.keyClicks(line(palette), "dark")
    QTest.keyClick(line(palette), Qt.Key.Key_Return)
    assert ran.names == ["Dark theme"]
    assert palette.isHidden()


def test_ctrl_enter_runs_and_stays(palette: CommandPalette, ran: Ran) -> None:
    QTest.keyClicks(line(palette), "dark")
    QTest.keyClick(line(palette), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line(palette), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ran.names == ["Dark theme", "Dark theme"]
    assert palette.isVisible()


def test_esc_closes_and_runs_nothing(palette: CommandPalette, ran: Ran) -> None:
    QTest.keyClick(line(palette), Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert ran.names == []


def test_what_cannot_be_done_is_listed_with_its_reason_and_does_nothing(palette: CommandPalette, ran: Ran) -> None:
    QTest.keyClick(line(palette), Qt.Key.Key_Down)
    assert not_none(palette.current).title == "Assign to …"
    QTest.keyClick(line(palette), Qt.Key.Key_Return)
    assert ran.names == []
    assert palette.isVisible()
    assert "Mijn Klantportaal has no assignee" in line(palette).accessibleDescription()


def test_rows_are_one_sentence_to_a_screen_reader(palette: CommandPalette) -> None:
    model = child(palette, QListView).model()
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Assign to me, Refund for order 10021, I"


def test_arrows_go_round_and_a_click_runs(palette: CommandPalette, ran: Ran) -> None:
    QTest.keyClick(line(palette), Qt.Key.Key_Up)
    assert not_none(palette.current).title == "Dark theme"
    view = child(palette, QListView)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(2, 0)).center())
    assert ran.names == ["Go to: Unassigned"]


def test_nothing_found_is_said(palette: CommandPalette) -> None:
    line(palette).setText("zz")
    assert titles(palette) == []
    assert says(palette, "Nothing fits.")


def test_it_is_drawn_in_both_themes(palette: CommandPalette, light: Appearance) -> None:
    bright = palette.grab().toImage().pixelColor(300, 380).lightness()
    light.choose(Choice.DARK)
    assert palette.grab().toImage().pixelColor(300, 380).lightness() < 60 < bright


# --- sections, context, values ---


@pytest.fixture
def at_ticket(window: QWidget, ran: Ran) -> CommandPalette:
    def values() -> list[Entry]:
        return [ran.entry("State: Open", section=Section.TICKET), ran.entry("State: Resolved", section=Section.TICKET)]

    entries = [
        ran.entry("State…", detail="is Open", section=Section.TICKET, values=values, synonyms=("status",)),
        ran.entry(
            "State: Resolved", section=Section.TICKET, typed_only=True, synonyms=("solve", "erledigt", "schließen")
        ),
        ran.entry("Merge with …", reason="Thena cannot merge", section=Section.TICKET, typed_only=False),
        ran.entry("Retail EU", section=Section.RECENT),
        ran.entry("Dark theme", section=Section.SETTINGS),
        ran.entry("Is it solved?", section=Section.CANNED),
        ran.entry("Retail EU", section=Section.ACCOUNTS),
    ]
    made = CommandPalette(
        lambda: entries,
        window,
        search=lambda text: len(text) > 2,
        context=Context("Refund of € 418,11", Mark(account=AccountMark())),
    )
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.open()
    return made


def heads(palette: CommandPalette) -> list[str]:
    """The sections that are named, in their order."""
    model = child(palette, QListView).model()
    spoken = [
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)).removesuffix(
            f", {palette.entries[row].reason or palette.entries[row].detail}"
        )
        for row in range(model.rowCount())
    ]
    titles = [entry.title for entry in palette.entries]
    return [
        said.removesuffix(f": {title}")
        for said, title in zip(spoken, titles, strict=True)
        if said.endswith(f": {title}")
    ]


def test_sections_are_named_once_each_and_values_wait_for_a_word(at_ticket: CommandPalette) -> None:
    assert heads(at_ticket) == ["This ticket", "A moment ago", "Settings", "Canned replies", "Accounts"]
    assert "State: Resolved" not in titles(at_ticket)


@pytest.mark.parametrize("word", ["solve", "erledigt", "schließen", "SCHLIESSEN", "resol"])
def test_a_synonym_in_three_languages_finds_the_value_and_the_foot_says_which_are_understood(
    at_ticket: CommandPalette, word: str
) -> None:
    line(at_ticket).setText(word)
    assert not_none(at_ticket.current).title == "State: Resolved"
    others = [one for one in ("solve", "erledigt", "schließen") if one.casefold() != word.casefold()]
    assert says(at_ticket, f"Also understood: {', '.join(others)}")


def test_what_is_found_takes_its_place_and_what_is_marked_does_not_move(at_ticket: CommandPalette, ran: Ran) -> None:
    QTest.keyClicks(line(at_ticket), "solve")
    view = child(at_ticket, QListView)
    place = view.visualRect(view.currentIndex()).topLeft()
    tickets = [ran.entry("Solved twice", section=Section.TICKETS)]
    at_ticket.show_found("solve", tickets)
    at_ticket.show_found("solve", [*tickets, ran.entry("Solveig Nordström", section=Section.PEOPLE)])
    assert heads(at_ticket) == ["This ticket", "Tickets", "People", "Canned replies"]
    assert view.visualRect(view.currentIndex()).topLeft() == place


def test_what_is_found_goes_below_a_later_section_that_is_marked(at_ticket: CommandPalette, ran: Ran) -> None:
    QTest.keyClicks(line(at_ticket), "is it")
    assert not_none(at_ticket.current).title == "Is it solved?"
    view = child(at_ticket, QListView)
    place = view.visualRect(view.currentIndex()).topLeft()
    at_ticket.show_found("is it", [ran.entry("Where is it", section=Section.TICKETS)])
    assert titles(at_ticket) == ["Is it solved?", "Where is it"]
    assert view.visualRect(view.currentIndex()).topLeft() == place


def test_the_right_arrow_lists_values_and_left_backspace_and_esc_lead_back(at_ticket: CommandPalette, ran: Ran) -> None:
    for back in (Qt.Key.Key_Left, Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
        QTest.keyClick(line(at_ticket), Qt.Key.Key_Right)
        assert titles(at_ticket) == ["State: Open", "State: Resolved"]
        assert heads(at_ticket) == ["State…"]
        QTest.keyClick(line(at_ticket), back)
        assert not_none(at_ticket.current).title == "State…"
        assert at_ticket.isVisible()
    QTest.keyClick(line(at_ticket), Qt.Key.Key_Right)
    QTest.keyClicks(line(at_ticket), "reso")
    QTest.keyClick(line(at_ticket), Qt.Key.Key_Return)
    assert ran.names == ["State: Resolved"]


@pytest.mark.parametrize("by_mouse", [False, True])
def test_the_ticket_in_front_is_taken_away_with_its_actions(at_ticket: CommandPalette, *, by_mouse: bool) -> None:
    assert says(at_ticket, "Backspace: anything")
    chip = child(at_ticket, ContextChip)
    assert chip.accessibleName() == "For Refund of € 418,11"
    if by_mouse:
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(line(at_ticket), Qt.Key.Key_Backspace)
    assert not chip.isVisible()
    assert heads(at_ticket) == ["A moment ago", "Settings", "Canned replies", "Accounts"]
    QTest.keyClicks(line(at_ticket), "solve")
    assert titles(at_ticket) == ["Is it solved?"]


def test_a_first_letter_narrows_by_key_and_by_mouse(at_ticket: CommandPalette, ran: Ran) -> None:
    QTest.keyClicks(line(at_ticket), ";")
    assert titles(at_ticket) == ["Is it solved?"]
    button = next(one for one in at_ticket.findChildren(QPushButton) if one.text() == "> commands")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert line(at_ticket).text() == ">"
    assert titles(at_ticket) == ["State…", "Merge with …", "Dark theme", "Retail EU"]
    line(at_ticket).setText("@")
    assert says(at_ticket, "Type a customer's name or address.")
    line(at_ticket).setText("#so")
    at_ticket.show_found("#so", [ran.entry("Solved twice", section=Section.TICKETS)])
    assert titles(at_ticket) == ["Solved twice"]


def test_the_name_of_a_section_is_no_entry_to_the_mouse(at_ticket: CommandPalette, ran: Ran) -> None:
    view = child(at_ticket, QListView)
    first = view.visualRect(view.model().index(0, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=first.topLeft() + QPoint(40, 6))
    assert ran.names == []
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=first.bottomLeft() + QPoint(40, -8))
    assert ran.names == ["State…"]


def test_other_words_meant_are_asked_about_above_the_tickets(at_ticket: CommandPalette, ran: Ran) -> None:
    QTest.keyClicks(line(at_ticket), "refnud")
    at_ticket.show_found("refnud", [ran.entry("Refund", section=Section.TICKETS)], "refund")
    assert heads(at_ticket) == ["Did you mean “refund”?"]
