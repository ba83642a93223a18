"""One journey per vendor, through the window alone: add the account, sync, open, answer, change the state, and start again.

What arrived is asked of the sandbox, never of the program.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.helpers.errands import add_account, arrived, conversations, open_ticket, state_held
from tests.helpers.running import Desk, Place, running

from deskhand.sandbox.box import serving

ANSWER = "Thank you for writing. We sent a new one today: it is with you on Friday – até já."


@dataclass(frozen=True)
class Way:
    """How one vendor is met.

    Attributes:
        done: the vendor's word for the state that is chosen.
    """

    vendor: str
    label: str
    done: str


READ_AND_ANSWER = (
    Way("nexuscore", "Retail EU", "resolved"),
    Way("thena", "Platform support", "Closed"),
    Way("mijnklantportaal", "Klantenservice", "closed"),
)


def state_shown(desk: Desk) -> str:
    return desk.box("State").currentText()


@pytest.mark.parametrize("way", READ_AND_ANSWER, ids=lambda way: way.vendor)
async def test_a_ticket_is_read_answered_and_closed_and_is_still_so_after_a_restart(way: Way, tmp_path: Path) -> None:
    place = Place(tmp_path / "profile")
    with serving(tickets=80, only=(way.vendor,)) as box:
        server = box[way.vendor]
        ticket = conversations(server)[0]
        first_words = ticket["messages"][0]["text"].split("\n")[0][:30]
        async with running(place, undo_seconds=1) as desk:
            await add_account(desk, server, way.label)
            await open_ticket(desk, ticket["subject"])
            await desk.until_says(first_words)
            desk.type_into("Reply", ANSWER)
            desk.press("Send")
            await desk.until(lambda: arrived(server, ANSWER), "the answer is at the vendor")
            await desk.until(lambda: f"now: {ANSWER}" in desk.words(), "the answer stands in the conversation as sent")
            desk.choose("State", way.done)
            await desk.until(lambda: state_held(server, ticket["id"]) == way.done.lower(), "the state is at the vendor")
            await desk.until(lambda: not desk.find_all("Undo: State"), "the change is confirmed")
        for _ in range(2):
            async with running(place) as desk:
                await desk.until(lambda: way.label in desk.names(), "the account is there")
                await open_ticket(desk, ticket["subject"])
                await desk.until_says(ANSWER)
                assert state_shown(desk) == way.done
        assert len(arrived(server, ANSWER)) == 1
    async with running(place) as desk:
        await open_ticket(desk, ticket["subject"])
        await desk.until_says(ANSWER)
        assert first_words in desk.words()
        assert state_shown(desk) == way.done
        await desk.until_says("0 of 1 accounts online")
