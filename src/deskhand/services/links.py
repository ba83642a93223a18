"""Follow links to tickets: looks for what one names, and changes nothing."""

import asyncio

from deskhand.content.ticket_link import TicketLink
from deskhand.domain import wording
from deskhand.domain.accounts import Account
from deskhand.domain.ids import TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import DeskProblem, Invalid, NotAllowed, NotFound
from deskhand.sync.engine import Engine

from .accounts import Accounts
from .tickets import Tickets


@dataclass(frozen=True, slots=True)
class Asked:
    """What the vendors know.

    Attributes:
        tickets: one of each account that knows it.
        problems: a sentence per account that could not be asked.
    """

    tickets: tuple[TicketKey, ...]
    problems: tuple[str, ...] = ()


class Links:
    """Finds the tickets that links name."""

    def __init__(self, engine: Engine, accounts: Accounts, tickets: Tickets) -> None:
        self._engine = engine
        self._accounts = accounts
        self._tickets = tickets

    def accounts(self, link: TicketLink) -> tuple[Account, ...]:
        """Return whose ticket it may be: accounts of this label, then those of the vendor of this id."""
        name = link.name.casefold()
        labelled = [a for a in self._accounts.all() if a.label.casefold() == name]
        return (*labelled, *(a for a in self._accounts.all() if a.vendor == name and a not in labelled))

    async def here(self, link: TicketLink) -> tuple[TicketKey, ...]:
        """Return what is stored: under this id where there is such a ticket, else under this number."""
        found = [
            key for account in self.accounts(link) for key in await self._tickets.find_stored(account, link.ticket)
        ]
        return tuple(key for key in found if key.remote == link.ticket) or tuple(found)

    async def ask(self, link: TicketLink) -> Asked:
        """Ask the vendors for a ticket that is not stored; accounts that are paused are not asked."""
        accounts = self.accounts(link)
        answers = await asyncio.gather(*(self._ask(account, link.ticket) for account in accounts))
        found = tuple(answer for answer in answers if isinstance(answer, TicketKey))
        problems = tuple(dict.fromkeys(answer for answer in answers if isinstance(answer, str) and answer))
        if found:
            return Asked(found, problems)
        # A number is known only once the account was read: on a first start that is a moment later.
        for account in accounts:
            await self._engine.wait_synced(account.id)
        return Asked(await self.here(link), problems)

    async def _ask(self, account: Account, ticket: str) -> TicketKey | str:
        """Return the ticket, or why this account cannot tell; nothing where it says that there is none."""
        if account.paused:
            return f"{account.label} is paused."
        if TicketKey(account.id, ticket).is_local:
            return ""
        try:
            return await self._tickets.find(account, ticket)
        except (NotFound, Invalid, NotAllowed):
            return ""
        except DeskProblem as problem:
            return wording.problem(problem, self._accounts.vendor(account).name, goes_on=False)
