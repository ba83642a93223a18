"""The page "Notifications": choices that hold at once, and the chain in words."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from deskhand.domain.events import EventKind
from deskhand.domain.ids import AccountId
from deskhand.domain.queries import Scope
from deskhand.domain.sounds import SoundFormat
from deskhand.services.notification_choices import TOLD, AccountChoices, Content, NotificationChoices, WorkingHours
from deskhand.services.notification_rules import Link, Part
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.tick_box import MARK_WIDTH
from deskhand.ui.notifications.chain_text import chain_line
from deskhand.ui.notifications.hours_sheet import HoursSheet
from deskhand.ui.notifications.notifications_sheet import AccountLine, NotificationsSheet
from deskhand.ui.notifications.sound_sheet import SoundSheet

A_WAV = b"RIFF\x24\0\0\0WAVEfmt "
NOW = datetime(2026, 11, 30, 14, 32, tzinfo=UTC)
EU, REPAIRS = AccountId("eu"), AccountId("repairs")
LINES = (
    AccountLine(EU, "Retail EU", frozenset(TOLD)),
    AccountLine(
        REPAIRS, "Field repairs", frozenset({EventKind.SEND_FAILED, EventKind.ACCOUNT}), "It does not tell of it."
    ),
)
CHOICES = NotificationChoices(accounts={EU: AccountChoices(), REPAIRS: AccountChoices(sound=True)})


@pytest.fixture
def sheet(qtbot: QtBot):
    made = NotificationsSheet(LINES, CHOICES, NOW, sound_formats=frozenset({SoundFormat.WAV}))
    qtbot.addWidget(made)
    made.show()
    return made


def named(sheet, name, kind=QAbstractButton):
    (found,) = [one for one in sheet.findChildren(kind) if one.accessibleName() == name and not one.isHidden()]
    return found


def heard(signal):
    told = []
    signal.connect(lambda *values: told.append(values))
    return told


def test_an_event_is_switched_off_for_one_account_and_the_next_choice_keeps_that(sheet):
    told = heard(sheet.account_chosen)
    named(sheet, "Retail EU: New").click()
    choose(sheet, "Retail EU: sound", "the system's")
    off = frozenset({EventKind.NEW})
    assert told == [(EU, AccountChoices(off=off)), (EU, AccountChoices(off=off, sound=True))]


def test_a_sound_of_ones_own_is_chosen_tried_and_given_up(sheet, tmp_path):
    told, tried = heard(sheet.account_chosen), heard(sheet.try_sound_requested)
    bell = tmp_path / "bell.wav"
    bell.write_bytes(A_WAV)
    choose(sheet, "Field repairs: sound", "a file, or try it…")
    asked = sheet.findChild(SoundSheet)
    asked.set_path(str(bell))
    press(asked, "Try it")
    sheet.say_of_sound("Shown.")
    assert "Shown." in [one.text() for one in asked.findChildren(QLabel)]
    press(asked, "Use this sound")
    choose(sheet, "Field repairs: sound", "the system's")
    assert tried == [(REPAIRS, str(bell))]
    assert [own for _, own in told] == [AccountChoices(sound=True, sound_file=str(bell)), AccountChoices(sound=True)]


def test_which_sound_cannot_be_played_is_said_and_not_any_more_once_it_can(sheet):
    said = "Retail EU: bell.wav is not there any more. The system's own sound is played."
    sheet.set_sound_problems(said)
    assert said in [one.text() for one in sheet.findChildren(QLabel) if one.isVisibleTo(sheet)]
    sheet.set_sound_problems("")
    assert said not in [one.text() for one in sheet.findChildren(QLabel) if one.isVisibleTo(sheet)]


def choose(sheet, name, text):
    box = next(one for one in reversed(sheet.findChildren(ChoiceBox)) if one.accessibleName() == name)
    box.setCurrentIndex(box.findText(text))


def press(sheet, text):
    next(one for one in sheet.findChildren(QPushButton) if one.text() == text).click()


def test_what_cannot_happen_at_a_vendor_cannot_be_ticked_and_says_why(sheet):
    dash = named(sheet, "Field repairs: Reply cannot happen", QLabel)
    assert (dash.text(), dash.toolTip()) == ("–", "It does not tell of it.")
    assert named(sheet, "Field repairs: Not sent").isChecked()


def test_hours_are_chosen_for_an_account(sheet):
    told = heard(sheet.account_chosen)
    box = named(sheet, "Retail EU: hours", ChoiceBox)
    box.setCurrentIndex(box.findText("9:00-18:00"))
    assert told == [(EU, AccountChoices(hours=WorkingHours(540, 1080)))]


def test_other_hours_are_put_together_from_days_and_times(sheet):
    told = heard(sheet.account_chosen)
    box = named(sheet, "Retail EU: hours", ChoiceBox)
    box.setCurrentIndex(box.findText("other hours…"))
    asked = sheet.findChild(HoursSheet)
    named(asked, "Retail EU: Sunday").click()
    for name, text in (("from", "22:00"), ("to", "6:00")):
        time = named(asked, f"Retail EU: {name}", ChoiceBox)
        time.setCurrentIndex(time.findText(text))
    next(one for one in asked.findChildren(QPushButton) if one.text() == "Use these hours").click()
    chosen = WorkingHours(22 * 60, 6 * 60, frozenset({0, 1, 2, 3, 4, 6}))
    assert told == [(EU, AccountChoices(hours=chosen))]
    shown = [one for one in sheet.findChildren(ChoiceBox) if one.accessibleName() == "Retail EU: hours"][-1]
    assert shown.currentText().endswith("22:00-6:00")


def test_everything_else_is_told_as_it_is_chosen(sheet):
    turned, views, content, counted = map(
        heard, (sheet.turned, sheet.views_chosen, sheet.content_chosen, sheet.counted_chosen)
    )
    close, start = heard(sheet.close_to_tray_chosen), heard(sheet.autostart_chosen)
    named(sheet, "Notify me").click()
    named(sheet, "Only tickets in: My open").click()
    named(sheet, "What is shown", ChoiceBox).setCurrentIndex(2)
    box = named(sheet, "The number", ChoiceBox)
    box.setCurrentIndex(box.findText("Unassigned"))
    named(sheet, "Closing").click()
    named(sheet, "Start").click()
    assert (turned, views) == ([(False,)], [(frozenset({Scope.MINE_OPEN}),)])
    assert (content, counted) == ([(Content.HIDDEN,)], [(Scope.UNASSIGNED,)])
    assert (close, start) == ([(True,)], [(True,)])


def test_a_pause_is_said_with_its_end_and_can_be_ended(sheet):
    resumed = heard(sheet.resume_requested)
    assert not [one for one in sheet.findChildren(QAbstractButton) if one.accessibleName() == "Pause"]
    sheet.set_choices(NotificationChoices(paused_until=NOW + timedelta(hours=1)), NOW)
    pause = named(sheet, "Pause")
    assert pause.text().startswith("Paused until")
    pause.click()
    assert resumed == [()]


def test_a_test_is_asked_for_and_what_broke_stands_there_with_its_button(sheet):
    asked, fixes = heard(sheet.test_requested), heard(sheet.fix_requested)
    (button,) = [one for one in sheet.findChildren(QPushButton) if one.text() == "Send a test"]
    button.click()
    assert asked == [(EU, EventKind.REPLIED)]
    links = (Link(Part.SWITCH, False), Link(Part.SERVICE, True, detail="dunst 1"), Link(Part.QUIET, None))
    sheet.set_chain([chain_line(link, NOW) for link in links], "Handed over.")
    marks = [
        one.accessibleName()
        for one in sheet.findChildren(QLabel)
        if one.accessibleName() in ("holds", "broken", "remark")
    ]
    assert marks == ["broken", "holds", "remark"]
    (fix,) = [one for one in sheet.findChildren(QPushButton) if one.text() == "Switch on"]
    fix.click()
    assert fixes == [(Part.SWITCH,)]


@pytest.mark.parametrize("holds", [True, False, None])
@pytest.mark.parametrize("part", list(Part))
def test_every_link_has_its_sentence_and_only_a_broken_one_of_ours_a_button(part, holds):
    line = chain_line(Link(part, holds, NOW, "9:00-18:00"), NOW)
    assert line.text.endswith((".", ")."))
    if holds is not False or part in (Part.SERVICE, Part.QUIET, Part.ABILITIES, Part.SENT, Part.WINDOW):
        assert not line.fix
    else:
        assert line.fix


def test_where_the_program_cannot_start_by_itself_that_is_greyed(qtbot):
    made = NotificationsSheet((), NotificationChoices(), NOW, autostart=None)
    qtbot.addWidget(made)
    made.show()
    assert not named(made, "Start").isEnabled()


def test_a_dash_stands_in_the_column_of_the_ticks(sheet):
    def middle(part: QWidget) -> int:
        return part.mapTo(sheet, QPoint(MARK_WIDTH // 2, 0)).x()

    dash = named(sheet, "Field repairs: New cannot happen", QLabel)
    assert dash.width() == MARK_WIDTH
    assert middle(dash) == middle(named(sheet, "Retail EU: New"))


def test_where_the_page_has_less_room_than_its_choices_ask_for_none_of_it_is_out_of_view(sheet):
    column = sheet.findChild(ScrollColumn)
    column.setFixedWidth(column.inner.sizeHint().width() - 40)
    QApplication.sendPostedEvents()
    room = column.viewport().width()
    assert column.inner.width() <= room
    assert max(box.mapTo(column.viewport(), box.rect().topRight()).x() for box in sheet.findChildren(ChoiceBox)) < room
