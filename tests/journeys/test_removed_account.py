"""An account is removed while somebody types into one of its tickets: the box goes, and nothing of it stays on disk."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts

from deskhand_sandbox.sandbox import serving

RETAIL, PLATFORM = "Retail EU", "Platform"


@pytest.mark.parametrize("editor", ["Reply", "New tag"])
async def test_what_is_typed_into_a_ticket_of_a_removed_account(tmp_path: Path, editor: str) -> None:
    with serving(tickets=20, only=("nexuscore", "thena")) as box:
        accounts = ((box["nexuscore"], RETAIL), (box["thena"], PLATFORM))
        profile_setup = ProfileSetup(tmp_path / "profile")
        async with run_on_profile(profile_setup, before=with_accounts(*accounts)) as driver:
            await driver.wait_until(lambda: driver.wait_synced(RETAIL) and driver.wait_synced(PLATFORM))
            here, other = (open_tickets_with_messages(server)[0]["subject"] for server, _ in accounts)
            await open_ticket(driver, here)
            account = driver.services.accounts.labelled(RETAIL)
            assert account is not None
            driver.type_into("Reply", "Half a sentence")
            if editor == "New tag":
                driver.find("Conversation").setFocus()
                driver.key("T")
                await driver.process_events()
                driver.type("half7")
            await driver.services.accounts.remove(account.id, give_up_unsent=True)
            await driver.wait_for_text(f"“{here}” was removed with its account.")
            assert driver.shell.ticket.compose.key is None
            assert not driver.text_edit("Reply").isVisible()
            assert not [line for line in driver.window.findChildren(QLineEdit) if "half7" in line.text()]
            await open_ticket(driver, other)
            assert driver.text_edit("Reply").toPlainText() == ""
            driver.type_into("Reply", "For the other")
        async with run_on_profile(profile_setup) as driver:
            assert [draft.text for _, draft in await driver.services.drafts.all()] == ["For the other"]
