"""What the store needs while the program runs, as timed events: rows and bodies made again after an upgrade, backups, retention."""

import asyncio
import logging
from datetime import timedelta

from deskhand.domain.ids import AccountId
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock, OutdatedMessage, Store, TimedEvent
from deskhand.domain.problems import DeskProblem
from deskhand.domain.threads import Message

from .event_scheduler import EventScheduler
from .sanitizing import rules_version, sanitize_message

log = logging.getLogger(__name__)

RETENTION, REPROJECTION, SANITIZING = "retention", "reprojection", "sanitizing"
"""The kinds of timed events that are dealt with here."""

EVERY = timedelta(hours=1)
"""Time between two looks at what has had its time; a backup is made once a day at most."""

AFTER_START = 30.0
"""Seconds that the first sync of a start gets for itself."""

BATCH = 20
"""Messages that are sanitized again at a time: about 10 ms of a worker's time, and one short transaction."""

ROWS_BATCH = 50
"""Rows of the list that are projected again at a time, in one short transaction."""

PAUSE_SECONDS = 0.05
"""Seconds between two batches, so that whatever an agent does goes first."""

RETRY_SECONDS = 600.0
"""Seconds after which it is asked again what an upgrade left to do, where the store could not tell or take it."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Looks after the store, for as long as the program runs."""

    store: Store
    clock: Clock

    async def take_part(self, scheduler: EventScheduler) -> None:
        """Deal with the timed events of the store's upkeep from now on, after the time that is the first sync's."""
        await self.clock.sleep(AFTER_START)
        scheduler.register(RETENTION, lambda _events: self.store.tidy(), every=EVERY)
        scheduler.register(REPROJECTION, lambda _events: self.project_again())
        scheduler.register(SANITIZING, lambda _events: self.sanitize_again())
        while True:
            try:
                await self.plan_after_upgrade()
            except (DeskProblem, OSError) as problem:
                log.warning("what an upgrade left to do is not planned: %s", type(problem).__name__)
                await self.clock.sleep(RETRY_SECONDS)
            else:
                return

    async def plan_after_upgrade(self) -> None:
        """Plan for now what an upgrade of the program has left to do, if it has."""
        now = self.clock.now()
        if await self.store.tickets.reprojection() is not None:
            await self.store.timed_events.put(TimedEvent(REPROJECTION, now))
        if await self.store.threads.outdated(rules_version(), 1):
            await self.store.timed_events.put(TimedEvent(SANITIZING, now))

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
        while batch := await self.store.threads.outdated(rules_version(), BATCH):
            made = await asyncio.to_thread(_sanitized, batch, mine)
            await self.store.threads.put_sanitized(made)
            done += len(made)
            await self.clock.sleep(PAUSE_SECONDS)
        if done:
            log.info("%d messages were sanitized again by version %d of the rules", done, rules_version())
        return done


def _sanitized(
    batch: tuple[OutdatedMessage, ...], me: dict[AccountId, str]
) -> tuple[tuple[OutdatedMessage, Message], ...]:
    return tuple((old, sanitize_message(old.remote, me.get(old.key.account, ""), mine=old.mine)) for old in batch)
