"""The left pane: what an agent sees of views and accounts, and what a click or a key does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget
from tests.helpers.child_widgets import child
from tests.helpers.narrowing import instance

from deskhand.domain.accounts import Account, AccountStatus, Health, Progress, VendorInfo
from deskhand.domain.capabilities import Capabilities, Feature
from deskhand.domain.ids import AccountId, VendorId
from deskhand.domain.queries import GroupCount, Overview, Scope
from deskhand.ui.accounts.accounts_pane import AccountsPane, PaneAccount
from deskhand.ui.accounts.view_row import ViewRow
from deskhand.ui.kit import times
from deskhand.ui.kit.theme import Tone

# A menu is a popup: the offscreen platform can neither raise it nor grab the keyboard for it, and says so.
popups = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=90)
AT_LATER = times.moment(LATER, NOW)
VIEWS = ((Scope.MINE_OPEN, "My open"), (Scope.OUTBOX, "Outbox"), (Scope.ALL, "All tickets"))
READS = Capabilities(can=frozenset({Feature.LIST}), group_label="brand")
HOSTILE = '<img src="file:///etc/passwd">'


def account(name: str, health: Health = Health.FINE, *, label: str = "", **status: Any) -> PaneAccount:
    vendor = VendorInfo(VendorId("nexuscore"), "NexusCore", "Nx", "#5b5bd6", "threads", "https://x.test", ())
    made = Account(AccountId(name), vendor.id, label or name, "", capabilities=READS)
    status.setdefault("synced_at", NOW - timedelta(seconds=8))
    return PaneAccount(made, vendor, AccountStatus(made.id, health, **status))


GROUPS = (
    GroupCount("w", "Webshop", 96),
    GroupCount("p", "default", 30, (GroupCount("new", "new", 9), GroupCount("ip", "in_progress", 21))),
)
OVERVIEW = Overview(
    {Scope.MINE_OPEN: 23, Scope.OUTBOX: 3, Scope.ALL: 4210},
    {AccountId("retail"): 118, AccountId("platform"): 1},
    {AccountId("retail"): GROUPS},
    outbox_open=3,
    outbox_decisions=1,
)


@pytest.fixture
def pane(qtbot) -> AccountsPane:
    made = AccountsPane()
    qtbot.addWidget(made)
    made.set_now(NOW)
    made.set_views(VIEWS)
    made.set_accounts([account("retail"), account("platform")])
    made.set_overview(OVERVIEW)
    made.resize(256, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def status_of(pane: AccountsPane, shown: PaneAccount) -> tuple[str, Tone, str]:
    pane.set_accounts([shown])
    header = pane.card(shown.account.id).header
    return header.note, header.note_tone, header.fix_button.text() if header.fix_button.isVisibleTo(header) else ""


def test_views_show_their_counts_and_the_outbox_says_in_amber_what_needs_the_agent(pane: AccountsPane) -> None:
    assert pane.view(Scope.MINE_OPEN).count_text == "23"
    assert pane.view(Scope.ALL).count_text == "4,210"
    assert (pane.view(Scope.OUTBOX).count_text, pane.view(Scope.OUTBOX).count_tone) == ("1 needs you", Tone.WRONG)
    pane.set_overview(replace(OVERVIEW, outbox_decisions=0))
    assert (pane.view(Scope.OUTBOX).count_text, pane.view(Scope.OUTBOX).count_tone) == ("3", Tone.PLAIN)


def test_a_click_and_a_key_choose_a_view(pane: AccountsPane, qtbot) -> None:
    with qtbot.waitSignal(pane.scope_chosen) as told:
        QTest.mouseClick(pane.view(Scope.ALL), Qt.MouseButton.LeftButton)
    assert told.args == [Scope.ALL]
    with qtbot.waitSignal(pane.scope_chosen) as told:
        QTest.keyClick(pane.view(Scope.MINE_OPEN), Qt.Key.Key_Return)
    assert told.args == [Scope.MINE_OPEN]


@pytest.mark.parametrize(
    ("health", "status", "words", "said"),
    [
        (Health.FINE, {}, "", "synced 8 s ago"),
        (Health.NEW, {"synced_at": None}, "", "not synced yet"),
        (Health.SYNCING, {"progress": Progress(1240, 3800)}, "", "syncing 1,240 of 3,800"),
        (Health.SYNCING, {"progress": Progress(12, None)}, "", "syncing 12"),
        (Health.SYNCING, {"problem": "Overloaded (503)."}, "trying again now", "Overloaded (503)."),
        (Health.FINE, {"synced_at": NOW - timedelta(minutes=40)}, "synced 40 min ago", ""),
        (Health.FINE, {"left_out": 3}, "synced 8 s ago, 3 could not be read", ""),
        (Health.PAUSED, {}, "paused", ""),
        (Health.PAUSED, {"problem": "Stopped by you."}, "sync stopped", "Stopped by you."),
        (Health.WAITING, {"retry_at": LATER}, f"waiting, trying again at {AT_LATER}", ""),
        (Health.OFFLINE, {"retry_at": LATER}, f"offline, trying again at {AT_LATER}", ""),
        (Health.WAITING, {"retry_at": NOW}, "waiting, trying again now", ""),
        (Health.OFFLINE, {}, "offline, last synced 8 s ago", ""),
    ],
)
def test_a_row_says_quietly_what_goes_on_by_itself_and_nothing_while_all_is_well(
    pane: AccountsPane, health: Health, status: dict[str, Any], words: str, said: str
) -> None:
    assert status_of(pane, account("retail", health, **status)) == (words, Tone.PLAIN, "")
    assert said in pane.card("retail").header.accessibleDescription()


@pytest.mark.parametrize(
    ("health", "words", "button"),
    [(Health.SIGN_IN, "sign-in needed", "Sign in"), (Health.BLOCKED, "cannot sync", "See why")],
)
def test_a_row_says_in_red_what_needs_the_agent_with_one_button(
    pane: AccountsPane, health: Health, words: str, button: str
) -> None:
    assert status_of(pane, account("retail", health)) == (words, Tone.WRONG, button)
    assert pane.card("retail").header.needs_agent


def test_an_account_that_can_only_be_written_to_is_never_called_synced(pane: AccountsPane) -> None:
    shown = account("retail")
    write_only = replace(shown, account=replace(shown.account, capabilities=Capabilities()))
    assert status_of(pane, write_only) == ("", Tone.PLAIN, "")
    assert "write only, ready" in pane.card("retail").header.accessibleDescription()


def test_ages_are_said_anew_as_time_passes(pane: AccountsPane) -> None:
    pane.set_now(NOW + timedelta(minutes=2))
    header = pane.card("retail").header
    assert "NexusCore, synced 2 min ago" in header.accessibleDescription()
    header.grab()
    assert "synced 2 min ago" in header.toolTip()


def test_a_sign_in_that_died_has_a_button_that_mends_it_and_tells_why(pane: AccountsPane, qtbot) -> None:
    assert pane.card("retail").header.fix_button.isHidden()
    pane.set_accounts([account("retail", Health.SIGN_IN, problem="NexusCore refused these credentials (401).")])
    header = pane.card("retail").header
    assert "refused these credentials" in header.accessibleDescription()
    with qtbot.waitSignal(pane.fix_requested) as told:
        QTest.mouseClick(header.fix_button, Qt.MouseButton.LeftButton)
    assert told.args == ["retail"]


def test_a_card_unfolds_to_the_vendors_groups_with_their_stages(pane: AccountsPane, qtbot) -> None:
    card = pane.card("retail")
    names = [line.accessibleName() for line in card.lines()[1:]]
    assert names == ["Brand: Webshop", "Brand: default", "New", "In progress"]
    with qtbot.waitSignal(pane.group_chosen) as told:
        QTest.mouseClick(card.lines()[4], Qt.MouseButton.LeftButton)
    assert told.args == ["retail", "p", "ip"]
    with qtbot.waitSignal(pane.unfolded_changed) as told:
        QTest.keyClick(card.header, Qt.Key.Key_Left)
    assert told.args == [()]
    assert len(card.lines()) == 1
    with qtbot.waitSignals([pane.account_chosen, pane.unfolded_changed]):
        QTest.mouseClick(card.header, Qt.MouseButton.LeftButton)
    assert len(card.lines()) == 5


def test_a_card_without_groups_offers_no_folding(pane: AccountsPane) -> None:
    assert not pane.card("retail").header.fold_button.isHidden()
    assert pane.card("platform").header.fold_button.isHidden()


def test_only_one_place_is_marked_as_shown(pane: AccountsPane) -> None:
    pane.set_selection(Scope.MINE_OPEN, None, None, None)
    assert pane.view(Scope.MINE_OPEN).is_shown
    pane.set_selection(Scope.OPEN, "retail", "p", "ip")
    shown = [line.accessibleName() for line in pane.card("retail").lines()[1:] if instance(line, ViewRow).is_shown]
    assert shown == ["In progress"]
    assert not pane.view(Scope.MINE_OPEN).is_shown
    assert "shown now" in pane.card("retail").lines()[4].accessibleDescription()
    pane.set_selection(None, "platform", None, None)
    assert pane.card("platform").header.is_shown
    assert not any(instance(line, ViewRow).is_shown for line in pane.card("retail").lines()[1:])


def test_an_update_keeps_the_focus_the_widgets_and_the_scroll(pane: AccountsPane, qtbot) -> None:
    pane.resize(256, 260)
    others = [account(name) for name in ("platform", "second", "third", "fourth")]
    pane.set_accounts([account("retail"), *others])
    row = instance(pane.card("retail").lines()[2], ViewRow)
    row.setFocus()
    bar = child(pane, QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    changed = (GROUPS[0], replace(GROUPS[1], count=31), GroupCount("o", "Outlet", 1))
    pane.set_overview(replace(OVERVIEW, groups={AccountId("retail"): changed}))
    pane.set_accounts([account("retail", Health.SYNCING), *others])
    QApplication.processEvents()
    assert pane.card("retail").lines()[2] is row
    assert row.count_text == "31"
    assert row.hasFocus()
    assert bar.value() == before
    assert pane.card("retail").lines()[-1].accessibleName() == "Brand: Outlet"


def test_accounts_keep_their_cards_when_their_order_changes_and_lose_them_when_removed(pane: AccountsPane) -> None:
    retail, platform = pane.card("retail"), pane.card("platform")
    pane.set_accounts([account("platform"), account("retail"), account("third")])
    assert (pane.card("retail"), pane.card("platform")) == (retail, platform)
    pane.set_accounts([account("third")])
    with pytest.raises(KeyError):
        pane.card("retail")


def test_down_and_up_go_through_every_line(pane: AccountsPane) -> None:
    pane.search_field.setFocus()
    QTest.keyClick(pane.search_field, Qt.Key.Key_Down)
    seen = []
    for _ in range(9):
        seen.append(pane.focusWidget().accessibleName())
        QTest.keyClick(pane.focusWidget(), Qt.Key.Key_Down)
    assert seen[:4] == ["My open", "Outbox", "All tickets", "retail"]
    assert seen[-1] == "platform"
    for _ in range(9):
        QTest.keyClick(pane.focusWidget(), Qt.Key.Key_Up)
    assert pane.focusWidget() is pane.search_field


def test_tab_reaches_every_control_and_every_control_has_a_name(pane: AccountsPane) -> None:
    controls = [b for b in pane.findChildren(QAbstractButton) if b.isVisible()]
    assert all(b.accessibleName() or b.text() for b in controls)
    pane.search_field.setFocus()
    reached: set[QWidget] = set()
    for _ in range(60):
        QTest.keyClick(pane.focusWidget(), Qt.Key.Key_Tab)
        reached.add(pane.focusWidget())
    assert set(controls) <= reached


def test_the_field_opens_the_search_and_gives_way_to_the_way_back(pane: AccountsPane, qtbot) -> None:
    with qtbot.waitSignal(pane.search_requested):
        QTest.mouseClick(pane.search_field, Qt.MouseButton.LeftButton)
    pane.search_field.setFocus()
    pane.set_back_to("Waiting for us")
    assert pane.search_field.isHidden()
    assert pane.focusWidget() is pane.back_field
    assert pane.back_field.accessibleName() == "Back to: Waiting for us"
    with qtbot.waitSignal(pane.back_requested):
        QTest.keyClick(pane.back_field, Qt.Key.Key_Return)
    pane.set_back_to("")
    assert pane.back_field.isHidden()
    assert pane.focusWidget() is pane.search_field


def test_the_key_hint_opens_the_palette(pane: AccountsPane, qtbot) -> None:
    with qtbot.waitSignal(pane.palette_requested):
        QTest.mouseClick(pane.search_field.hint, Qt.MouseButton.LeftButton)


def test_the_menu_offers_what_fits_the_account(pane: AccountsPane, qtbot) -> None:
    menu = pane.card("retail").menu
    shown = replace(account("retail", Health.SYNCING, progress=Progress(1, 9)), can_import=True)
    menu.prepare(shown)
    offered = {a.text(): a for a in menu.actions() if a.isVisible() and a.text()}
    assert list(offered) == [
        "Sync now",
        "Stop this sync",
        "Pause",
        "Edit…",
        "Web addresses of its tickets…",
        "Check the credentials",
        "How it is…",
        "Import tickets…",
        "Remove…",
    ]
    for words, action in (
        ("Sync now", "sync account"),
        ("Stop this sync", "stop sync"),
        ("Pause", "pause account"),
        ("Edit…", "edit account"),
        ("Check the credentials", "check account"),
        ("Import tickets…", "import tickets"),
        ("Remove…", "remove account"),
    ):
        with qtbot.waitSignal(pane.action_chosen) as told:
            offered[words].trigger()
        assert [told.args[0].id, told.args[1].account.id] == [action, "retail"]
    menu.prepare(replace(shown, account=replace(shown.account, paused=True)))
    offered = {a.text(): a for a in menu.actions() if a.text()}
    assert not offered["Sync now"].isEnabled()
    with qtbot.waitSignal(pane.action_chosen) as told:
        offered["Resume"].trigger()
    assert told.args[0].id == "resume account"


@popups
def test_the_three_dots_open_the_menu_and_the_plus_adds(pane: AccountsPane, qtbot) -> None:
    card = pane.card("platform")
    QTest.keyClick(card.header.more_button, Qt.Key.Key_Space)
    qtbot.waitUntil(card.menu.isVisible)
    card.menu.close()
    with qtbot.waitSignal(pane.add_requested):
        QTest.mouseClick(pane.add_button, Qt.MouseButton.LeftButton)
    assert pane.add_button.accessibleName() == "Add account"
    assert pane.accessibleName() == "Accounts"


def test_tags_in_an_accounts_name_are_letters(pane: AccountsPane) -> None:
    pane.set_accounts([account("retail", label=HOSTILE, problem=HOSTILE)])
    header = pane.card("retail").header
    header.grab()
    assert header.text() == HOSTILE
    assert "<img" not in header.toolTip()


def test_each_button_of_a_card_is_called_by_its_account(pane: AccountsPane) -> None:
    buttons = [
        button
        for name in ("retail", "platform")
        for button in (pane.card(name).header.more_button, pane.card(name).header.fold_button)
    ]
    names = [button.accessibleName() for button in buttons]
    assert len(set(names)) == len(names)
    header = pane.card("retail").header
    QTest.keyClick(header, Qt.Key.Key_Left)
    assert header.fold_button.accessibleName().startswith("Unfold ")


def test_the_buttons_of_a_card_are_large_enough_to_hit(pane: AccountsPane) -> None:
    header = pane.card("retail").header
    for button in (header.more_button, header.fold_button):
        assert button.isVisible()
        assert min(button.width(), button.height()) >= 24


@pytest.mark.parametrize("width", [256, 200])
def test_nothing_moves_as_time_passes_or_a_sync_counts(pane: AccountsPane, qtbot, width: int) -> None:
    pane.resize(width, 700)
    qtbot.wait(0)
    states = (
        account("retail"),
        account("retail", synced_at=NOW - timedelta(seconds=59)),
        account("retail", Health.SYNCING, progress=Progress(1, 9)),
        account("retail", Health.SYNCING, progress=Progress(1_240_000, 3_800_000)),
        account("retail", Health.NEW, synced_at=None),
    )
    places = set()
    for shown in states:
        for seconds in (0, 1, 9, 59, 3_600):
            pane.set_accounts([shown, account("platform")])
            pane.set_now(NOW + timedelta(seconds=seconds))
            qtbot.wait(0)
            places.add((pane.card("retail").height(), pane.card("platform").y()))
    assert len(places) == 1


def test_a_new_ticket_is_one_press_and_says_its_key(pane: AccountsPane, qtbot) -> None:
    assert pane.new_button.accessibleName() == "New ticket"
    assert "Ctrl+N" in pane.new_button.accessibleDescription()
    with qtbot.waitSignal(pane.new_ticket_requested):
        QTest.keyClick(pane.new_button, Qt.Key.Key_Space)


def test_the_count_of_an_account_gives_its_place_to_the_buttons_under_the_pointer(pane: AccountsPane) -> None:
    header = pane.card("retail").header
    shown = [header.shows_count]
    header.more_button.setFocus()
    shown.append(header.shows_count)
    assert shown == [True, False]
    assert header.rect().contains(header.more_button.geometry())
