"""A ticket opens on what was written into it, whichever of reply and note was looked at before."""

from functools import partial

from PySide6.QtWidgets import QTextEdit
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts

from deskhand_sandbox.nexuscore.server import Server

ACCOUNT = "Retail EU"


async def test_a_draft_is_seen_when_its_ticket_is_opened_again(server: Server, profile_setup: ProfileSetup) -> None:
    answered, noted, blank = open_tickets_with_messages(server)[:3]
    async with run_on_profile(profile_setup, before=with_accounts((server, ACCOUNT))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))

        def written() -> str:
            (box,) = [one for name in ("Reply", "Note") for one in driver.find_all(name, QTextEdit)]
            return box.accessibleName() + ": " + box.toPlainText()

        def is_written(words: str) -> bool:
            return written() == words

        await open_ticket(driver, answered["subject"])
        driver.key("R")
        driver.type("For the customer")
        driver.key("Escape")
        await open_ticket(driver, noted["subject"])
        driver.key("M")
        driver.type("For us")
        driver.key("Escape")
        for ticket, words in ((answered, "Reply: For the customer"), (noted, "Note: For us")) * 2:
            await open_ticket(driver, ticket["subject"])
            await driver.wait_until(partial(is_written, words), f"{words} is in sight")
        await open_ticket(driver, blank["subject"])
        await driver.wait_until(lambda: written() == "Note: ", "an empty box stays as the agent chose it")
