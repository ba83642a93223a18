"""A notice belongs to the ticket that it speaks of."""

from pathlib import Path

from tests.helpers.errands import conversations, open_record, open_ticket, signed_in, tickets_in_work
from tests.helpers.narrowing import present
from tests.helpers.running import Place, running

from deskhand.ui.ticket.conversation import Conversation
from deskhand_sandbox.sandbox import serving

SAID = "Routera has a problem of its own"


async def test_what_went_wrong_with_one_ticket_is_not_said_above_the_next(tmp_path: Path) -> None:
    with serving(tickets=60, only=("thena", "routera")) as box:
        thena, routera = box["thena"], box["routera"]
        ready = signed_in((thena, "Platform"), (routera, "Onboarding"))
        async with running(Place(tmp_path / "profile"), before=ready) as desk:
            await desk.until(lambda: desk.in_step("Platform") and desk.in_step("Onboarding"))
            routera.faults.status(500, times=None)
            await open_record(desk, tickets_in_work(routera)[0]["subject"])
            desk.press("More actions")
            desk.menu("Refresh")
            await desk.until_says(SAID)
            await open_ticket(desk, conversations(thena)[0]["subject"])
            assert SAID not in desk.words()


async def test_a_conversation_that_cannot_be_read_whole_says_so_until_it_can(tmp_path: Path) -> None:
    with serving(tickets=60, only=("nexuscore",)) as box:
        server = box["nexuscore"]
        async with running(Place(tmp_path / "profile"), before=signed_in((server, "Retail EU"))) as desk:
            await desk.until(lambda: desk.in_step("Retail EU"))
            ticket = conversations(server)[0]
            await open_ticket(desk, ticket["subject"])
            server.faults.status(404, times=None, path=f"/{ticket['id']}", methods=("GET",))
            desk.key("F5")
            await desk.until_says("NexusCore does not have this any more (404).")
            server.faults.clear()
            desk.key("F5")
            await desk.until(lambda: "does not have this any more" not in desk.words(), "it is there again")


async def test_a_discarded_reply_is_asked_about_and_what_is_held_back_offers_what_is_true(tmp_path: Path) -> None:
    with serving(tickets=60, only=("nexuscore",)) as box:
        server = box["nexuscore"]
        async with running(
            Place(tmp_path / "profile"), undo_seconds=2, before=signed_in((server, "Retail EU"))
        ) as desk:
            await desk.until(lambda: desk.in_step("Retail EU"))
            ticket = conversations(server)[2]
            await open_ticket(desk, ticket["subject"])
            await desk.until(lambda: present(desk.find("Conversation", Conversation).shown).messages, "it is on screen")
            desk.type_into("Reply", "Please try again.")
            desk.press("Send")
            server.add_customer_message(ticket["id"], "Never mind, it works.")
            await desk.until_says("A newer message arrived since you wrote this, so it was not sent.")
            assert desk.find_all("Show it")
            assert desk.find_all("Send anyway")
            assert not desk.find_all("It was sent")
            desk.press("Discard")
            await desk.until_says("Discard this reply?")
            desk.press("Discard")
            await desk.until(lambda: not desk.find_all("Send anyway"), "it is gone")
            assert not [entry for entry in server.received() if entry["kind"] == "message"]
