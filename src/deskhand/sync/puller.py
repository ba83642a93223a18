"""Pages and conversations from a connection into the store."""

from collections.abc import Callable
from dataclasses import dataclass

from deskhand.domain.accounts import Account, Progress
from deskhand.domain.ids import TicketKey
from deskhand.domain.ports import AppliedPage, Connection, Store
from deskhand.domain.problems import Gone
from deskhand.domain.threads import RemoteThread

from .washing import wash_messages

ShowProgress = Callable[[Progress | None], None]


@dataclass(frozen=True, slots=True)
class WalkResult:
    """What a walk did.

    Attributes:
        ended: it reached the last page; False where it was stopped.
    """

    ended: bool
    seen: int
    new: tuple[TicketKey, ...]
    left_out: int


class Puller:
    """Reads for one account."""

    def __init__(self, account: Account, connection: Connection, store: Store) -> None:
        self._account = account
        self._connection = connection
        self._store = store

    async def walk(
        self, *, full: bool, stopped: Callable[[], bool], show: ShowProgress, anew: bool = False
    ) -> WalkResult:
        """Walk the vendor's list and apply each page with its cursor in one transaction.

        Args:
            stopped: asked after each page; an interrupted walk goes on from its cursor the next time.
            show: told how far it is.
            anew: begin at the beginning, not where an earlier walk was interrupted.
        """
        feed = self._connection.feed
        if feed is None:
            return WalkResult(ended=True, seen=0, new=(), left_out=0)
        tickets = self._store.tickets
        account = self._account.id
        number = await tickets.begin_walk(account) if full else 0
        seen = left_out = 0
        new: list[TicketKey] = []
        async for page in feed.walk("" if anew else await tickets.cursor(account), full=full):
            applied: AppliedPage = await tickets.apply(account, page, walk=number)
            seen += len(page.tickets)
            left_out += page.left_out
            new.extend(applied.new)
            show(Progress(seen, page.total))
            if page.last:
                if full and not left_out:  # what could not be read is not gone
                    await tickets.sweep(account, number)
                return WalkResult(ended=True, seen=seen, new=tuple(new), left_out=left_out)
            if stopped():
                break
        return WalkResult(ended=False, seen=seen, new=tuple(new), left_out=left_out)

    async def read(self, key: TicketKey) -> RemoteThread | None:
        """Read one ticket with its conversation and store it; None where the vendor has no such thing or no longer has it."""
        try:
            if (threads := self._connection.threads) is not None:
                since = await self._store.threads.stamp(key)
                thread = await threads.thread(key.remote)
                messages = await wash_messages(thread.messages, self._account.me)
                await self._store.threads.apply(key, messages, thread, since=since)
                return thread
            if (reader := self._connection.tickets) is not None:
                await self._store.tickets.put(await reader.ticket(key.remote))
        except Gone:
            await self._store.tickets.mark_gone(key)
        return None
