"""A ticket opens on what was written into it, whichever of reply and note was looked at before."""

from functools import partial

from PySide6.QtWidgets import QTextEdit
from tests.helpers.errands import conversations, open_ticket, signed_in
from tests.helpers.running import Place, running

from deskhand_sandbox.nexuscore.server import Server

ACCOUNT = "Retail EU"


async def test_a_draft_is_seen_when_its_ticket_is_opened_again(server: Server, place: Place) -> None:
    answered, noted, blank = conversations(server)[:3]
    async with running(place, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))

        def written() -> str:
            (box,) = [one for name in ("Reply", "Note") for one in desk.find_all(name, QTextEdit)]
            return box.accessibleName() + ": " + box.toPlainText()

        def is_written(words: str) -> bool:
            return written() == words

        await open_ticket(desk, answered["subject"])
        desk.key("R")
        desk.type("For the customer")
        desk.key("Escape")
        await open_ticket(desk, noted["subject"])
        desk.key("M")
        desk.type("For us")
        desk.key("Escape")
        for ticket, words in ((answered, "Reply: For the customer"), (noted, "Note: For us")) * 2:
            await open_ticket(desk, ticket["subject"])
            await desk.until(partial(is_written, words), f"{words} is in sight")
        await open_ticket(desk, blank["subject"])
        await desk.until(lambda: written() == "Note: ", "an empty box stays as the agent chose it")
