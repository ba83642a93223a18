"""Pages and conversations from a connection into the store."""

import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from deskhand.domain import duplicates, wording
from deskhand.domain.accounts import Account, Progress
from deskhand.domain.ids import TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Connection, ReceivedPage, Store, ThreadReader, TicketPage
from deskhand.domain.problems import DeskProblem, NotFound, Offline, SignInNeeded, Throttled, VaultUnavailable
from deskhand.domain.threads import RemoteThread

from .confirmations import Confirmations
from .page_reader import FetchedPage, PageReader
from .sanitizing import sanitize_messages
from .tasks import TaskScope

log = logging.getLogger(__name__)

ShowProgress = Callable[[Progress | None], None]


@dataclass(frozen=True, slots=True)
class ListSyncResult:
    """What a list sync did.

    Attributes:
        ended: it reached the last page; False where it was stopped.
    """

    ended: bool
    seen: int
    left_out: int


class Puller:
    """Reads for one account."""

    def __init__(
        self,
        account: Account,
        vendor: str,
        connection: Connection,
        store: Store,
        confirmations: Confirmations | None = None,
    ) -> None:
        self._account = account
        self._confirmed = confirmations or Confirmations()
        self._vendor = vendor
        self._connection = connection
        self._store = store

    async def sync_list(
        self, *, full: bool, stopped: Callable[[], bool], show: ShowProgress, anew: bool = False
    ) -> ListSyncResult:
        """Read the vendor's list and apply the pages that have come, as many as fit into a short transaction, with the cursor of the last.

        Args:
            stopped: asked after each transaction; an interrupted list sync goes on from its cursor the next time.
            show: told how far it is.
            anew: begin at the beginning, not where an earlier list sync was interrupted.
        """
        feed = self._connection.lister
        if feed is None:
            return ListSyncResult(ended=True, seen=0, left_out=0)
        tickets = self._store.tickets
        account = self._account.id
        number = await tickets.begin_full_sync(account) if full else 0
        pages = feed.iter_pages("" if anew else await tickets.cursor(account), full=full)
        reader = PageReader(_without_repeated_tags(pages), self._confirmed.mark)
        scope = TaskScope(f"list of {self._account.label}", _log_failure)
        scope.start(reader.run(), name="read ahead")
        seen = left_out = 0
        try:
            async for batch in reader.batches():
                applied = await tickets.apply_pages(account, [self._received(each) for each in batch], full_sync=number)
                reader.put_back(batch[applied.pages :])
                stored = [each.page for each in batch[: applied.pages]]
                seen += sum(len(page.tickets) for page in stored)
                left_out += sum(page.left_out for page in stored)
                last = stored[-1]
                show(Progress(seen, last.total))
                if last.last:
                    if full and not left_out:  # what could not be read is not gone
                        await tickets.sweep(account, number)
                    return ListSyncResult(ended=True, seen=seen, left_out=left_out)
                if stopped():
                    break
        finally:
            await scope.aclose()
        return ListSyncResult(ended=False, seen=seen, left_out=left_out)

    def _received(self, fetched: FetchedPage) -> ReceivedPage:
        return ReceivedPage(fetched.page, self._confirmed.since(fetched.mark))

    async def read(self, key: TicketKey) -> RemoteThread | None:
        """Read one ticket with its conversation and store it; None where the vendor has no such thing or no longer has it.

        What of the conversation is missing then is kept beside the ticket, for whoever looks at it.

        Raises:
            DeskProblem: it could not be read now.
        """
        try:
            if self._connection.threads is not None:
                return await self._read_thread(key, self._connection.threads)
            if (reader := self._connection.tickets) is not None:
                mark = self._confirmed.mark()
                told = duplicates.remote_ticket(await reader.ticket(key.remote))
                if key not in self._confirmed.since(mark):
                    await self._store.tickets.put(told)
        except (Offline, SignInNeeded, Throttled, VaultUnavailable):  # of the account: its status says it
            raise
        except NotFound as problem:
            await self._store.tickets.mark_gone(key)
            await self._store.threads.set_gap(key, wording.problem(problem, self._vendor))
        except DeskProblem as problem:
            await self._store.threads.set_gap(key, wording.problem(problem, self._vendor))
            raise
        return None

    async def _read_thread(self, key: TicketKey, threads: ThreadReader) -> RemoteThread:
        since = await self._store.threads.stamp(key)
        thread, merged = duplicates.thread(await threads.thread(key.remote))
        if merged:
            log.info("account %s: %d entries of a conversation were told twice", self._account.id, merged)
        messages = await sanitize_messages(thread.messages, self._account.me)
        await self._store.threads.apply(key, messages, thread, since=since)
        await self._store.threads.set_gap(key, "" if thread.complete else wording.part_missing(self._vendor))
        return thread


async def _without_repeated_tags(pages: AsyncIterator[TicketPage]) -> AsyncIterator[TicketPage]:
    async for page in pages:
        yield replace(page, tickets=tuple(map(duplicates.remote_ticket, page.tickets)))


def _log_failure(name: str, error: BaseException) -> None:
    log.error("%s ended with %s", name, type(error).__name__)
