"""One reply per ticket that is selected: written once, looked through, one left out, one edited, asked about, sent, taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import with_accounts
from tests.helpers.narrowing import not_none
from tests.helpers.store_faults import stalled_disk

from deskhand.domain.capabilities import Feature
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import Draft
from deskhand.services.bulk_replies import Wording
from deskhand.services.ticket_commands import REPLY
from deskhand.ui.bulk.bulk_bar import BulkBar
from deskhand.ui.bulk.reply_all_sheet import ReplyAllSheet
from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore", "thena")) as made:
        yield made


async def picked(driver: AppDriver, count: int) -> list[TicketKey]:
    """Select open tickets that take a reply, at both vendors, and return their keys."""
    for label in ("Retail EU", "Platform"):
        await driver.wait_until(lambda label=label: driver.wait_synced(label))  # type: ignore[misc]
    driver.key("Alt+8")
    await driver.wait_until(lambda: len(driver.row_texts()) >= 20)
    model = driver.shell.lists.tickets.model
    rows: list[int] = []
    for at in range(model.rowCount()):
        row = not_none(model.row(at))
        view = await driver.services.tickets.view(row.key)
        if view is not None and view.obstacle(Feature.REPLY) is None and not row.state.is_done:
            rows.append(at)
    rows = rows[:count]
    driver.list.setFocus()
    driver.key("Home")
    at = 0
    for one in rows:
        driver.key(*["J"] * (one - at), "X")
        at = one
    await driver.wait_until(lambda: driver.shell.lists.tickets.selected_count == count)
    return list(driver.shell.lists.tickets.selected())


@pytest.mark.parametrize("hand", ["keyboard", "mouse"])
async def test_each_ticket_gets_its_own_words_and_nobody_elses(box: Sandbox, tmp_path: Path, hand: str) -> None:
    by_mouse = hand == "mouse"
    accounts = with_accounts((box["nexuscore"], "Retail EU"), (box["thena"], "Platform"))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=accounts) as driver:
        await driver.services.settings.set_undo_seconds(0 if by_mouse else 60)
        keys = await picked(driver, 4)
        await driver.services.drafts.save(keys[0], Draft(REPLY, "Half a thought"))
        if by_mouse:
            bar = next(one for one in driver.window.findChildren(BulkBar) if one.isVisible())
            button = not_none(bar.button("reply all"))
            await driver.wait_until(button.isEnabled)
            driver.click(button)
        else:
            driver.key("Shift+R")
        sheet = await driver.wait_for_dialog("Reply to 4 tickets")
        assert isinstance(sheet, ReplyAllSheet)
        driver.type("About {number}: it is mended. Order {order}.")
        await driver.wait_for_text("Still to fill in: {order}.")
        assert sheet.going == 0
        text = driver.find("Text for all", QPlainTextEdit)
        text.setPlainText("About {number}: it is mended.")
        await driver.wait_until(lambda: sheet.going == 4)
        assert "A draft is there" in driver.visible_text(sheet)
        numbers = {row.key: row.number or row.key.remote for row in driver.services.lists.rows(keys)}
        seen = []
        for _ in keys:
            shown = not_none(sheet.current)
            seen.append(shown.key)
            assert shown.text == f"About {numbers[shown.key]}: it is mended."
            if by_mouse:
                driver.click(driver.find("Next ticket", QAbstractButton)) if shown.key != keys[-1] else None
            else:
                driver.key("Alt+Right")
        assert seen == keys
        driver.press("Leave this one out")
        await driver.wait_until(lambda: sheet.going == 3)
        driver.key("Alt+Left")
        edited = not_none(sheet.current).key
        assert edited == keys[2]
        editor = next(one for one in sheet.findChildren(QPlainTextEdit) if one.objectName() == "reply")
        editor.setPlainText("For you alone.")
        await driver.wait_until(lambda: not_none(sheet.current).is_own)
        driver.click(driver.find("Send 3 replies…", QAbstractButton))
        await driver.wait_for_text("Asked because customers get a reply.")
        driver.key("Enter")
        await driver.wait_for_text("Answered 3 tickets")
        wanted = {keys[0]: f"About {numbers[keys[0]]}", keys[1]: f"About {numbers[keys[1]]}", keys[2]: "For you alone."}
        if by_mouse:
            await driver.wait_until(lambda: len(arrived(box)) == 3, "all have arrived")
            for key, words in wanted.items():
                assert words in arrived(box)[key.remote]
            assert (await driver.services.drafts.get(keys[0], REPLY)).text == "Half a thought"
            return
        items = [item for item in await driver.services.outbox.open_items() if item.command.ticket in wanted]
        assert len(items) == 3
        driver.key("Z")

        async def left() -> int:
            return len(await driver.services.outbox.open_items())

        while await left():
            await driver.process_events()
        assert (await driver.services.drafts.get(keys[1], REPLY)).text == f"About {numbers[keys[1]]}: it is mended."
        assert arrived(box) == {}


def arrived(box: Sandbox) -> dict[str, str]:
    """What has arrived at the vendors: texts by ticket."""
    entries = [entry for name in ("nexuscore", "thena") for entry in box[name].received() if entry["kind"] == "message"]
    return {entry["ticket"]: entry["text"] for entry in entries}


async def edit_one(driver: AppDriver, sheet: ReplyAllSheet, text: str) -> TicketKey:
    """Write a text of its own for the ticket that is looked at."""
    await driver.wait_until(lambda: sheet.current is not None)
    editor = next(one for one in sheet.findChildren(QPlainTextEdit) if one.objectName() == "reply")
    editor.setFocus()
    driver.key("Ctrl+A")
    driver.type(text)
    await driver.wait_until(lambda: not_none(sheet.current).is_own)
    return not_none(sheet.current).key


async def draft_of(driver: AppDriver, key: TicketKey) -> str:
    return (await driver.services.drafts.get(key, REPLY)).text


@pytest.mark.parametrize("end", ["Esc", "end of the program", "sent without it"])
async def test_what_was_written_for_one_ticket_and_not_sent_is_its_draft(
    box: Sandbox, tmp_path: Path, end: str
) -> None:
    accounts = with_accounts((box["nexuscore"], "Retail EU"), (box["thena"], "Platform"))
    profile_setup = ProfileSetup(tmp_path / "profile")
    async with run_on_profile(profile_setup, before=accounts) as driver:
        await driver.services.settings.set_undo_seconds(0)
        await picked(driver, 3)
        driver.key("Shift+R")
        sheet = await driver.wait_for_dialog("Reply to 3 tickets")
        assert isinstance(sheet, ReplyAllSheet)
        driver.type("It is mended.")
        await driver.wait_until(lambda: sheet.going == 3)
        key = await edit_one(driver, sheet, "Only for you: {order}.")
        await driver.wait_until(lambda: sheet.going == 2)
        if end == "Esc":
            driver.key("Esc")
        elif end == "sent without it":
            driver.click(driver.find("Send 2 replies…", QAbstractButton))
            await driver.wait_for_text("Asked because customers get a reply.")
            driver.key("Enter")
        else:
            await driver.wait_until(lambda: driver.services.settings.stored("reply_all.own") is not None)
        if end != "end of the program":
            await driver.wait_for_text("What you wrote for 1 ticket is kept as a draft.")
            assert await draft_of(driver, key) == "Only for you: {order}."
    async with run_on_profile(profile_setup) as driver:
        await driver.wait_until(lambda: driver.services.settings.stored("reply_all.own") is None)
        assert await draft_of(driver, key) == "Only for you: {order}."
        assert key.remote not in arrived(box)


async def test_a_customer_who_writes_while_the_replies_are_looked_through_stops_that_reply(
    box: Sandbox, tmp_path: Path
) -> None:
    accounts = with_accounts((box["nexuscore"], "Retail EU"), (box["thena"], "Platform"))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=accounts) as driver:
        await driver.services.settings.set_undo_seconds(0)
        keys = await picked(driver, 3)
        for key in keys:
            await driver.services.engine.read(key)
        driver.key("Shift+R")
        sheet = await driver.wait_for_dialog("Reply to 3 tickets")
        assert isinstance(sheet, ReplyAllSheet)
        driver.type("About {number}: it is mended.")
        await driver.wait_until(lambda: sheet.going == 3)
        account = not_none(driver.services.accounts.get(keys[0].account))
        box[account.vendor].add_customer_message(keys[0].remote, "It works now, keep it as it is!")
        await driver.services.engine.read(keys[0])
        driver.click(driver.find("Send 3 replies…", QAbstractButton))
        await driver.wait_for_text("Asked because customers get a reply.")
        driver.key("Enter")
        await driver.wait_until(lambda: len(arrived(box)) >= 2, "the others have arrived")

        async def needs_agent() -> list[TicketKey]:
            return [
                item.command.ticket
                for item in await driver.services.outbox.open_items()
                if item.delivery.needs_agent and item.command.ticket is not None
            ]

        while not await needs_agent() and keys[0].remote not in arrived(box):
            await driver.process_events()
        assert await needs_agent() == [keys[0]]
        assert keys[0].remote not in arrived(box)


async def as_long_as_a_question_takes(driver: AppDriver, keys: list[TicketKey]) -> None:
    """Look at what a question would be about, more than once: one that was asked for before is open by then."""
    for _ in range(3):
        await driver.services.bulk_replies.plan(keys, Wording("It is mended."), {})
        await driver.process_events()


@pytest.mark.parametrize("hasty", ["closed at once", "sent again", "closed too late"])
async def test_who_is_hasty_is_asked_once_or_not_at_all(box: Sandbox, tmp_path: Path, hasty: str) -> None:
    accounts = with_accounts((box["nexuscore"], "Retail EU"), (box["thena"], "Platform"))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=accounts) as driver:
        keys = await picked(driver, 3)
        driver.key("Shift+R")
        sheet = await driver.wait_for_dialog("Reply to 3 tickets")
        assert isinstance(sheet, ReplyAllSheet)
        driver.type("It is mended.")
        await driver.wait_until(lambda: sheet.going == 3)
        key = await edit_one(driver, sheet, "Only for you.")
        await driver.wait_until(lambda: sheet.going == 3)
        send = driver.find("Send 3 replies…", QAbstractButton)
        send.click()
        if hasty == "closed at once":
            sheet.reject()
        else:
            await driver.wait_for_text("Asked because customers get a reply.")
            async with stalled_disk(driver):
                driver.key("Enter")
                await driver.process_events()
                if hasty == "closed too late":
                    sheet.reject()
                else:
                    send.click()
                    await as_long_as_a_question_takes(driver, keys)
                    assert QApplication.activeModalWidget() is sheet
            await driver.wait_for_text("Answered 3 tickets")
        await as_long_as_a_question_takes(driver, keys)
        assert not driver.in_dialog
        assert await draft_of(driver, key) == ("Only for you." if hasty == "closed at once" else "")
