"""A session of its own process that types into a reply and stays: `python -m tests.journeys.typing_session FOLDER SUBJECT < VAULT`.

It tells with the word "typed" when the last key was pressed, and waits to be killed.
"""

import asyncio
import json
import sys
from pathlib import Path

from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket

from deskhand.ui import app

WORDS = "Dear customer, we are sorry to hear that. It"
LONGEST = 120
"""Seconds after which a session that nobody kills ends by itself."""


async def session(profile_setup: ProfileSetup, subject: str) -> None:
    """Open the ticket, type, and stay."""
    for item, secret in json.load(sys.stdin).items():
        await profile_setup.vault.put(item, secret)
    async with run_on_profile(profile_setup) as driver:
        await open_ticket(driver, subject)
        driver.type_into("Reply", WORDS)
        sys.stdout.write("typed\n")
        sys.stdout.flush()
        await asyncio.wait({asyncio.get_running_loop().create_future()}, timeout=LONGEST)


if __name__ == "__main__":
    with app.make_runner(app.get_application()) as runner:
        runner.run(session(ProfileSetup(Path(sys.argv[1])), sys.argv[2]))
