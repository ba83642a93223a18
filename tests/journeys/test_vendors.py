"""One journey per vendor, through the window alone: add the account, sync, open, answer, change the state, and start again.

What arrived is asked of the sandbox, never of the program.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.running import Desk, Place, running
from tests.helpers.signing_in import add_account

from deskhand.sandbox.box import serving
from deskhand.sandbox.server import VendorServer

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


def arrived(server: VendorServer, words: str) -> list[dict[str, Any]]:
    return [one for one in server.received() if words in str(one["text"])]


def plain_ticket(server: VendorServer) -> dict[str, Any]:
    """Return a ticket in work whose subject names it alone, with its messages."""
    held = server.tickets()
    subjects = [one["subject"] for one in held]
    alone = [one for one in held if one["subject"] and subjects.count(one["subject"]) == 1]
    for one in alone:
        ticket = server.ticket(one["id"])
        assert ticket is not None
        in_work = one["state"].lower() not in ("closed", "resolved")
        if in_work and ticket["messages"] and "<" not in ticket["messages"][0]["text"]:
            return ticket
    raise AssertionError(f"no plain ticket at {server.vendor}")


async def open_ticket(desk: Desk, subject: str) -> None:
    desk.press("All tickets")
    await desk.until(lambda: any(subject in row for row in desk.rows()), f"a row about {subject}")
    desk.open_row(subject)
    await desk.until(lambda: subject in desk.names(), f"{subject} is open")


def state_held(server: VendorServer, ticket: str) -> str:
    held = server.ticket(ticket)
    assert held is not None
    return str(held["state"]).lower()


def state_shown(desk: Desk) -> str:
    return desk.box("State").currentText()


@pytest.mark.parametrize("way", READ_AND_ANSWER, ids=lambda way: way.vendor)
async def test_a_ticket_is_read_answered_and_closed_and_is_still_so_after_a_restart(way: Way, tmp_path: Path) -> None:
    place = Place(tmp_path / "profile")
    with serving(tickets=80, only=(way.vendor,)) as box:
        server = box[way.vendor]
        ticket = plain_ticket(server)
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
