"""A ticket opens on what was written into it, whichever of reply and note was looked at before."""

from functools import partial

from PySide6.QtWidgets import QAbstractButton, QTextEdit
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts

from deskhand_sandbox.nexuscore.server import Server

ACCOUNT = "Retail EU"


async def test_the_row_of_a_ticket_shows_how_its_draft_begins_while_it_is_typed(
    server: Server, profile_setup: ProfileSetup
) -> None:
    ticket = open_tickets_with_messages(server)[0]

    def row(driver: AppDriver) -> str:
        return next(text for text in driver.row_texts() if ticket["subject"] in text)

    async with run_on_profile(profile_setup, before=with_accounts((server, ACCOUNT))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, ticket["subject"])
        assert "Draft" not in row(driver)
        driver.key("R")
        driver.type("Bonjour, le transporteur")
        await driver.wait_until(lambda: "Draft: Bonjour, le transporteur." in row(driver), "the row says how it begins")
        driver.key("Ctrl+Return")
        await driver.wait_until(lambda: "Draft" not in row(driver), "what is sent is no draft")
        driver.press("Undo", within="What you did")
        await driver.wait_until(lambda: "Draft: Bonjour" in row(driver), "what is taken back is one again")


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
        await driver.wait_until(
            lambda: bool(driver.find_all("Write a reply", QAbstractButton)),
            "where nothing is written the box is a line",
        )
        assert driver.find("Write a reply", QAbstractButton).text().startswith("Reply to "), "and says of no draft"
        for kind in ("Reply", "Note"):
            driver.open_box(kind)
            await driver.wait_until(partial(is_written, f"{kind}: "), f"no {kind} of another ticket is in it")
            driver.press("Fold the reply box")
            await driver.wait_until(lambda: bool(driver.find_all("Write a reply", QAbstractButton)), "it is folded")
