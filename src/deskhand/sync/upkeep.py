"""What the store needs while the program runs: rows and bodies made again after an upgrade, backups, forgetting what had its time."""

import asyncio
import logging
from dataclasses import dataclass

from deskhand.content.sanitize import SANITIZER_VERSION
from deskhand.domain.ids import AccountId
from deskhand.domain.ports import Clock, OutdatedMessage, Store
from deskhand.domain.problems import DeskProblem
from deskhand.domain.threads import Message

from .sanitizing import sanitize_message

log = logging.getLogger(__name__)

EVERY = 3600.0
"""Seconds between two looks at what is due; a backup is made once a day at most."""

AFTER_START = 30.0
"""Seconds that the first sync of a start gets for itself."""

BATCH = 20
"""Messages that are sanitized again at a time: about 10 ms of a worker's time, and one short transaction."""

ROWS_BATCH = 50
"""Rows of the list that are projected again at a time, in one short transaction."""

PAUSE_SECONDS = 0.05
"""Seconds between two batches, so that whatever an agent does goes first."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Looks after the store, for as long as the program runs."""

    store: Store
    clock: Clock

    async def run(self) -> None:
        """Go on until cancelled; a full disk is waited out, a mistake of ours is its scope's to tell."""
        await self.clock.sleep(AFTER_START)
        while True:
            try:
                await self.project_again()
                await self.sanitize_again()
                await self.store.tidy()
            except (DeskProblem, OSError) as problem:
                log.warning("upkeep of the profile: %s", type(problem).__name__)
            await self.clock.sleep(EVERY)

    async def project_again(self) -> int:
        """Make every row of the list anew that another version has made, the newest first; returns how many were looked at."""
        done = 0
        if (progress := await self.store.tickets.reprojection()) is not None:
            log.info("the list is projected again: %d of %d rows are done", *progress)
        while batch := await self.store.tickets.project_next(ROWS_BATCH):
            done += batch
            await self.clock.sleep(PAUSE_SECONDS)
        if done:
            log.info("%d rows of the list were projected again", done)
        return done

    async def sanitize_again(self) -> int:
        """Make every body anew that older rules made, from its raw text, the newest first; returns how many."""
        done = 0
        mine = {account.id: account.me for account in await self.store.accounts.all()}
        while batch := await self.store.threads.outdated(SANITIZER_VERSION, BATCH):
            made = await asyncio.to_thread(_sanitized, batch, mine)
            await self.store.threads.put_sanitized(made)
            done += len(made)
            await self.clock.sleep(PAUSE_SECONDS)
        if done:
            log.info("%d messages were sanitized again by version %d of the rules", done, SANITIZER_VERSION)
        return done


def _sanitized(
    batch: tuple[OutdatedMessage, ...], me: dict[AccountId, str]
) -> tuple[tuple[OutdatedMessage, Message], ...]:
    return tuple((old, sanitize_message(old.remote, me.get(old.key.account, ""), mine=old.mine)) for old in batch)
