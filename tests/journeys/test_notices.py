"""A notice belongs to the ticket that it speaks of."""

from pathlib import Path

from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import (
    open_plain_tickets,
    open_record,
    open_ticket,
    open_tickets_with_messages,
    with_accounts,
)
from tests.helpers.narrowing import not_none

from deskhand.domain.going_on import GoOn
from deskhand.ui.ticket.conversation import Conversation
from deskhand_sandbox.sandbox import serving

SAID = "Routera has a problem of its own"


async def test_what_went_wrong_with_one_ticket_is_not_said_above_the_next(tmp_path: Path) -> None:
    with serving(tickets=60, only=("thena", "routera")) as box:
        thena, routera = box["thena"], box["routera"]
        ready = with_accounts((thena, "Platform"), (routera, "Onboarding"))
        async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=ready) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Platform") and driver.wait_synced("Onboarding"))
            routera.faults.status(500, times=None)
            await open_record(driver, open_plain_tickets(routera)[0]["subject"])
            driver.press("More actions")
            driver.choose_from_menu("Refresh")
            await driver.wait_for_text(SAID)
            await open_ticket(driver, open_tickets_with_messages(thena)[0]["subject"])
            assert SAID not in driver.visible_text()


async def test_a_conversation_that_cannot_be_read_whole_says_so_until_it_can(tmp_path: Path) -> None:
    with serving(tickets=60, only=("nexuscore",)) as box:
        server = box["nexuscore"]
        async with run_on_profile(
            ProfileSetup(tmp_path / "profile"), before=with_accounts((server, "Retail EU"))
        ) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
            ticket = open_tickets_with_messages(server)[0]
            await open_ticket(driver, ticket["subject"])
            server.faults.status(404, times=None, path=f"/{ticket['id']}", methods=("GET",))
            driver.key("F5")
            await driver.wait_for_text("NexusCore does not have this any more (404).")
            server.faults.clear()
            driver.key("F5")
            await driver.wait_until(
                lambda: "does not have this any more" not in driver.visible_text(), "it is there again"
            )


async def test_a_discarded_reply_is_asked_about_and_what_is_held_back_offers_what_is_true(tmp_path: Path) -> None:
    with serving(tickets=60, only=("nexuscore",)) as box:
        server = box["nexuscore"]
        async with run_on_profile(
            ProfileSetup(tmp_path / "profile"),
            undo_seconds=2,
            after_sending=GoOn.STAY,
            before=with_accounts((server, "Retail EU")),
        ) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
            ticket = open_tickets_with_messages(server)[2]
            await open_ticket(driver, ticket["subject"])
            await driver.wait_until(
                lambda: not_none(driver.find("Conversation", Conversation).shown).messages, "it is on screen"
            )
            driver.type_into("Reply", "Please try again.")
            driver.press("Send")
            server.add_customer_message(ticket["id"], "Never mind, it works.")
            await driver.wait_for_text("A newer message arrived since you wrote this, so it was not sent.")
            assert driver.find_all("Show it")
            assert driver.find_all("Send anyway")
            assert not driver.find_all("It was sent")
            driver.press("Discard")
            await driver.wait_for_text("Discard this reply?")
            driver.press("Discard")
            await driver.wait_until(lambda: not driver.find_all("Send anyway"), "it is gone")
            assert not [entry for entry in server.received() if entry["kind"] == "message"]
