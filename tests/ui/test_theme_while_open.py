"""What is open when the colours change looks as if it had been opened in the new ones; what is chosen looks alike everywhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.narrowing import not_none
from tests.helpers.store_fixtures import an_account
from tests.helpers.ticket_views import STATES

from deskhand.domain.accounts import AccountColour, AccountMark, AccountStatus, Health
from deskhand.domain.bulk_runs import BulkOutcome
from deskhand.domain.ids import AccountId, TicketKey, VendorId
from deskhand.services.bulk_plan import BulkPlan, PlannedTicket
from deskhand.services.decisions import AlreadySet, Here
from deskhand.services.health import account_health
from deskhand.services.macros import Macro
from deskhand.services.notification_rules import Part
from deskhand.services.own_views import OwnView
from deskhand.services.settings import Snippet
from deskhand.ui.accounts.account_dialog import AccountDialog
from deskhand.ui.accounts.health_sheet import HealthLine, HealthSheet
from deskhand.ui.bulk.plan_sheet import PlanSheet
from deskhand.ui.bulk.results_sheet import ResultLine, ResultsSheet
from deskhand.ui.composer.send_button import state_icon
from deskhand.ui.kit.theme import Appearance, Choice, ContrastChoice
from deskhand.ui.list.row_text import AccountTag
from deskhand.ui.macros.macros_sheet import MacrosSheet
from deskhand.ui.notifications.chain_box import ChainBox
from deskhand.ui.notifications.chain_text import ChainLine
from deskhand.ui.settings.snippet_editor import SnippetEditor
from deskhand.ui.views.view_sheet import ViewSheet
from deskhand.vendors.registry import REGISTRY

NOW = datetime(2026, 11, 30, 14, 32, tzinfo=UTC)
ACCOUNT = AccountId("a")
MARK = AccountMark(AccountColour.PLUM, "wrench")


def planned(number: int, *, final: bool) -> PlannedTicket:
    way_back = "nobody can open it again" if final else ""
    return PlannedTicket(
        TicketKey(ACCOUNT, f"t{number}"),
        final=final,
        vendor="Thena",
        account="Support",
        here=Here(read=True, said=("marked as read",)),
        no_way_back=way_back,
    )


def view_sheet(parent: QWidget) -> QWidget:
    return ViewSheet("Edit view", OwnView("v", "VIP", colour="plum", icon="wrench"), (), "", "", parent)


def account_dialog(parent: QWidget) -> QWidget:
    vendor = REGISTRY[VendorId("thena")].info
    editing = replace(an_account(ACCOUNT, vendor=vendor.id), mark=MARK)
    return AccountDialog([vendor], "KWallet", editing=editing, parent=parent)


def plan_sheet(parent: QWidget) -> QWidget:
    plan = BulkPlan(lambda _view: AlreadySet(""), (planned(1, final=True), planned(2, final=False)))
    return PlanSheet(plan, "Close", {ACCOUNT: AccountTag(MARK, "Support")}, parent)


def results_sheet(parent: QWidget) -> QWidget:
    sheet = ResultsSheet("Closing", parent, aside=False)
    sheet.set_lines([ResultLine(TicketKey(ACCOUNT, one.name), one.name, one, one.name) for one in BulkOutcome])
    return sheet


def health_sheet(parent: QWidget) -> QWidget:
    vendor = REGISTRY[VendorId("thena")].info
    lines = [
        HealthLine(health.name, health.name, vendor.name, account_health(an_account(ACCOUNT), vendor, status))
        for health in (Health.FINE, Health.SIGN_IN, Health.OFFLINE)
        for status in [AccountStatus(ACCOUNT, health, since=NOW - timedelta(hours=3))]
    ]
    return HealthSheet(lines, NOW, parent, decisions=1)


def macros_sheet(parent: QWidget) -> QWidget:
    macros = [Macro("1", "Close it", (), icon="wrench", colour="plum"), Macro("2", "Take it", ())]
    return MacrosSheet(macros, parent, why_not_record="")


def chain_box(parent: QWidget) -> QWidget:
    box = ChainBox(parent)
    box.set_lines([ChainLine(Part.SWITCH, holds, "A sentence.") for holds in (True, False, None)], "Sent.")
    return box


def states(parent: QWidget) -> QWidget:
    box = QComboBox(parent)
    for state in STATES:
        box.addItem(state_icon(state), state.label)
    return box


PARTS: tuple[Callable[[QWidget], QWidget], ...] = (
    view_sheet,
    account_dialog,
    plan_sheet,
    results_sheet,
    health_sheet,
    macros_sheet,
    chain_box,
    states,
)


def seen(part: QWidget) -> QImage:
    part.adjustSize()
    QApplication.sendPostedEvents()
    return part.grab().toImage()


@pytest.mark.parametrize("make", PARTS)
@pytest.mark.parametrize("contrast", [ContrastChoice.SYSTEM, ContrastChoice.HIGH])
def test_what_is_open_follows_a_change_of_colours(
    light: Appearance, qtbot: QtBot, make: Callable[[QWidget], QWidget], contrast: ContrastChoice
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    opened = make(window)
    before = seen(opened)
    try:
        light.choose_contrast(contrast)
        light.choose(Choice.DARK)
        after, fresh = seen(opened), seen(make(window))
    finally:
        light.choose_contrast(ContrastChoice.SYSTEM)
    assert after != before
    assert after == fresh


@pytest.mark.parametrize("make", [macros_sheet, SnippetEditor])
def test_the_chosen_one_of_a_list_is_marked_as_a_chosen_ticket_is(
    light: Appearance, qtbot: QtBot, make: Callable[[QWidget], QWidget]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    part = make(window)
    if isinstance(part, SnippetEditor):
        part.set_snippets([Snippet("1", "Thanks", "Thank you.")])
    part.resize(600, 300)
    window.show()
    part.show()
    rows = not_none(part.findChild(QListWidget))
    rows.setCurrentRow(0)
    place = rows.visualItemRect(rows.item(0))
    shot = rows.viewport().grab(place).toImage()
    assert shot.pixelColor(place.width() - 12, place.height() // 2).name() == light.theme.selected
    part.hide()
