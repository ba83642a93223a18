"""A notice belongs to the ticket that it speaks of."""

from pathlib import Path

from tests.helpers.errands import conversations, open_record, open_ticket, signed_in, tickets_in_work
from tests.helpers.running import Place, running

from deskhand.sandbox.box import serving

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
