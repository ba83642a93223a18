"""Which conversations a round reads, and what is done about one that cannot be read."""

import logging
from collections.abc import Callable
from datetime import timedelta

from deskhand.domain.accounts import Account, Progress
from deskhand.domain.capabilities import Capabilities
from deskhand.domain.ids import TicketKey
from deskhand.domain.ports import Clock, Store
from deskhand.domain.problems import Invalid, NotAllowed, NotInPlan, UnexpectedResponse, VendorDown

from .puller import Puller, ShowProgress
from .schedule import Pace

log = logging.getLogger(__name__)

BAD_IN_A_ROW = 3
"""Conversations in a row that cannot be read: then it is the vendor, not the conversation."""

MANY = 20
"""More than so many at once are shown as progress."""


class Conversations:
    """Reads an account's conversations, and remembers which could not be read."""

    def __init__(self, store: Store, clock: Clock, pace: Pace) -> None:
        self._store = store
        self._clock = clock
        self._pace = pace
        self._unreadable: dict[TicketKey, float] = {}

    async def read(self, account: Account, puller: Puller, *, stopped: Callable[[], bool], show: ShowProgress) -> int:
        """Read what is due.

        Args:
            stopped: asked before each one.
            show: told how far it is, where there are many.

        Returns:
            How many could not be read, or not wholly, and are not tried again by now; each ticket keeps why.

        Raises:
            DeskProblem: it concerns all of them.
        """
        capabilities = account.capabilities or Capabilities()
        rotation = self._clock.now() - timedelta(seconds=self._pace.rotation)
        ticks = self._clock.monotonic()
        self._unreadable = {key: until for key, until in self._unreadable.items() if until > ticks}
        keys = await self._store.tickets.stale_threads(
            account.id,
            self._pace.threads_per_round(capabilities) + len(self._unreadable),
            older_than=None if capabilities.lists_tell_changes else rotation,
        )
        keys = tuple(key for key in keys if key not in self._unreadable)
        bad, unread = 0, len(self._unreadable)
        for done, key in enumerate(keys):
            if stopped():
                break
            if len(keys) > MANY:
                show(Progress(done, len(keys), "conversations"))
            try:
                thread = await puller.read(key)
                unread += int(thread is None or not thread.complete)
                bad = 0
            except (VendorDown, UnexpectedResponse, NotAllowed, NotInPlan, Invalid) as problem:
                # One conversation that cannot be read must not keep the others behind it from being read.
                bad += 1
                if bad >= BAD_IN_A_ROW:
                    raise
                unread += 1
                self._unreadable[key] = ticks + self._pace.full
                log.warning("account %s: a conversation: %s", account.id, type(problem).__name__)
        return unread
