"""Words: found here in milliseconds, and at the vendors that search."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskhand.domain import wording
from deskhand.domain.duplicates import remote_ticket, unique
from deskhand.domain.ids import AccountId
from deskhand.domain.ports import Store
from deskhand.domain.problems import DeskProblem
from deskhand.domain.queries import SearchHit
from deskhand.sync.engine import Engine

from .vendors import Vendors


@dataclass(frozen=True, slots=True)
class RemoteFound:
    """What one vendor found: how many of them were new here, or what went wrong."""

    account: AccountId
    found: int
    problem: str = ""


class Search:
    """Finds tickets."""

    def __init__(self, store: Store, engine: Engine, vendors: Vendors) -> None:
        self._store = store
        self._engine = engine
        self._vendors = vendors

    async def local(self, text: str, limit: int = 50, account: AccountId | None = None) -> Sequence[SearchHit]:
        """Search what is stored: an exact number first, then newest first."""
        return await self._store.lists.search(text, limit, account)

    async def at_vendors(self, text: str, limit: int = 20) -> tuple[RemoteFound, ...]:
        """Ask every vendor that searches; what it finds goes into the store and so into the next local search."""
        results = []
        for account in self._engine.accounts():
            if account.paused:
                continue
            try:
                connection = await self._engine.connection(account.id)
                if connection.search is None:
                    continue
                told = await connection.search.search(text, limit)
                found = unique(map(remote_ticket, told), lambda remote: remote.ticket.key)
                for remote in found:
                    await self._store.tickets.put(remote)
            except DeskProblem as problem:
                name = self._vendors.info(account.vendor).name
                results.append(RemoteFound(account.id, 0, wording.problem(problem, name, goes_on=False)))
            else:
                results.append(RemoteFound(account.id, len(found)))
        return tuple(results)
