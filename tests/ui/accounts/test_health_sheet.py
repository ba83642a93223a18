"""The page that says how the accounts are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from tests.helpers.store_fixtures import an_account

from deskhand.domain.accounts import AccountColour, AccountMark, AccountStatus, Health
from deskhand.domain.ids import AccountId, VendorId
from deskhand.domain.status_quarters import QUARTER_MS, StatusQuarter, status_day
from deskhand.services.health import Cause, Remedy, account_health
from deskhand.ui.accounts.day_bars import DayBars
from deskhand.ui.accounts.health_sheet import HealthLine, HealthSheet
from deskhand.ui.kit.account_mark import AccountMarkView
from deskhand.vendors.registry import REGISTRY

NOW = datetime(2026, 11, 30, 14, 32, tzinfo=UTC)
VENDOR = REGISTRY[VendorId("thena")].info


def line(name: str, health: Health, *, paused: bool = False, **values) -> HealthLine:
    account = an_account(AccountId(name), label=name, paused=paused)
    status = AccountStatus(AccountId(name), health, since=NOW - timedelta(hours=3), **values)
    return HealthLine(
        account.id,
        name,
        VENDOR.name,
        account_health(account, VENDOR, status),
        NOW - timedelta(minutes=1),
        status_day((), NOW),
    )


LINES = (
    line("Well", Health.FINE),
    line("Paused", Health.PAUSED, paused=True),
    line("Busy", Health.WAITING, retry_at=NOW + timedelta(minutes=1), problem="Overloaded (503)."),
    line("Away", Health.OFFLINE, problem="No network."),
    line("Refused", Health.SIGN_IN, problem="Refused (401)."),
)


@pytest.fixture
def sheet(qtbot: QtBot):
    made = HealthSheet(LINES, NOW)
    qtbot.addWidget(made)
    made.show()
    return made


def texts(sheet):
    return [one.text() for one in sheet.findChildren(QLabel) if one.isVisibleTo(sheet)]


def test_what_needs_the_agent_comes_first_and_what_is_well_last(sheet):
    cards = [one.accessibleName() for one in sheet.findChildren(QFrame) if one.property("kind") == "card"]
    assert [name.partition(":")[0] for name in cards] == ["Refused", "Paused", "Busy", "Away", "Well"]
    shown = texts(sheet)
    assert shown.index("Needs you") < shown.index("Goes on by itself, or when you want") < shown.index("Well")


def test_what_of_the_outbox_needs_the_agent_stands_there_too_and_is_shown_by_a_press(sheet, qtbot):
    sheet.set_lines(LINES[:1], NOW, decisions=2)
    shown = texts(sheet)
    assert shown.index("Needs you") < shown.index("2 messages or changes need you") < shown.index("Well")
    show = next(one for one in sheet.findChildren(QPushButton) if one.accessibleName() == "Outbox: Show")
    with qtbot.waitSignal(sheet.outbox_requested):
        show.click()
    sheet.set_lines(LINES[:1], NOW)
    assert "Needs you" not in texts(sheet)


def test_it_says_why_since_when_and_what_to_do(sheet):
    shown = texts(sheet)
    assert "Refused (401)." in shown
    assert any("(3 h ago)" in text for text in shown)
    assert any("next try at" in text for text in shown)
    assert any(VENDOR.name in text and "Sign in again" in text for text in shown)


@pytest.fixture
def large_letters(qapp):
    before = qapp.font()
    large = qapp.font()
    large.setPixelSize(32)
    qapp.setFont(large)
    yield
    qapp.setFont(before)


@pytest.mark.usefixtures("large_letters")
def test_with_large_letters_no_caption_is_cut(sheet):
    captions = [one for one in sheet.findChildren(QLabel) if one.text() in ("What still works", "Last in step")]
    assert captions
    assert all(one.width() >= one.sizeHint().width() for one in captions)


def test_each_cause_has_a_mark_of_its_own(sheet):
    from deskhand.ui.accounts.health_sheet import _ICONS

    assert set(_ICONS) == set(Cause)
    assert len({name for name, _ in _ICONS.values()}) == len(Cause)


def test_its_buttons_ask_for_what_mends_it(sheet):
    asked = []
    sheet.remedy_requested.connect(lambda account, remedy: asked.append((account, remedy)))
    for name in ("Refused: Sign in", "Paused: Resume", "Busy: Try now", "Away: Try now"):
        (button,) = [one for one in sheet.findChildren(QPushButton) if one.accessibleName() == name]
        button.click()
    assert [remedy for _, remedy in asked] == [Remedy.SIGN_IN, Remedy.RESUME, Remedy.RETRY, Remedy.RETRY]


def test_the_page_follows_and_keeps_the_keyboard_where_it_was(sheet):
    (button,) = [one for one in sheet.findChildren(QPushButton) if one.accessibleName() == "Busy: Try now"]
    button.setFocus()
    before = sheet.focusWidget()
    sheet.set_lines(LINES, NOW + timedelta(seconds=5))
    assert sheet.focusWidget() is before
    sheet.set_lines((*LINES[:4], line("Refused", Health.FINE)), NOW)
    assert "Needs you" not in texts(sheet)


def test_where_only_times_changed_nothing_is_made_anew_so_that_a_tooltip_stays(sheet):
    before = sheet.findChildren(DayBars)
    seen = StatusQuarter(
        AccountId("Well"), int(NOW.timestamp() * 1000) // QUARTER_MS * QUARTER_MS, Health.FINE, QUARTER_MS
    )
    later = NOW + timedelta(minutes=20)
    well = replace(LINES[0], synced_at=later, day=status_day([seen], later))
    sheet.set_lines((well, *LINES[1:]), later)
    assert sheet.findChildren(DayBars) == before
    assert "well for" in " ".join(one.accessibleName() for one in before)
    assert any(text.startswith("Up to date as of") for text in texts(sheet))
    sheet.set_lines((replace(line("Well", Health.SYNCING), day=well.day), *LINES[1:]), later)
    assert sheet.findChildren(DayBars) == before
    assert "Syncing" in texts(sheet)


def test_it_can_be_copied_for_somebody_who_helps(sheet):
    (button,) = [one for one in sheet.findChildren(QPushButton) if one.text() == "Copy for support"]
    button.click()
    copied = QGuiApplication.clipboard().text()
    assert "Refused" in copied
    assert "Refused (401)." in copied
    assert "Last 24 hours: not running for 24 h" in copied
    assert button.text() == "Copied"


def test_without_an_account_it_says_so(qtbot):
    made = HealthSheet((), NOW)
    qtbot.addWidget(made)
    made.show()
    assert "There is no account yet." in texts(made)


def test_each_account_has_its_mark_before_its_name(qtbot: QtBot):
    marks = [AccountMark(AccountColour.PLUM, "wrench"), AccountMark(AccountColour.TEAL, "truck")]
    made = HealthSheet([replace(LINES[0], mark=one, account=f"{n}") for n, one in enumerate(marks)], NOW)
    qtbot.addWidget(made)
    assert [one.mark for one in made.findChildren(AccountMarkView)] == marks
