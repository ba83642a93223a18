"""Search at the vendors; what is stored here is searched by `domain.ports.Lists`."""

import asyncio
from collections.abc import Callable, Sequence
from enum import StrEnum

from deskhand.content import pasted_link, ticket_link
from deskhand.domain import wording
from deskhand.domain.accounts import Account
from deskhand.domain.capabilities import Feature
from deskhand.domain.duplicates import remote_ticket, unique
from deskhand.domain.filters.asked import asked_accounts, created_from
from deskhand.domain.filters.syntax import Filter
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock, SearchQuestion, Store
from deskhand.domain.problems import DeskProblem, NotAllowed, NotFound, Offline, UnexpectedResponse
from deskhand.domain.tickets import RemoteTicket
from deskhand.sync.engine import Engine

from .vendors import Vendors

SHOWN = 20
"""Tickets of one account that are asked for at once."""

SHORTEST_ID = 5
"""Characters of a text that the vendors are asked for as the id of a ticket, where nothing before it says that it is one."""


class Progress(StrEnum):
    """How far one account is."""

    LOOKING = "looking"
    DONE = "done"
    OFFLINE = "offline"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class VendorQuestion:
    """What the vendors are asked.

    Attributes:
        text: free terms; fields of the language that no vendor takes are left out.
        filter: whose dates of creation and accounts narrow the question.
        account: the only account to be asked; None = all.
        newest_first: in this order where the vendor offers it, else best first.
    """

    text: str
    filter: Filter | None = None
    account: AccountId | None = None
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class VendorAnswer:
    """What one account has answered so far.

    Attributes:
        tickets: those found that are not on this computer, best first.
        here: how many of those found are.
        total: how many there are in all, where the vendor tells; None = not told.
        cursor: asks for more; empty = that is all.
        problem: what went wrong, in a sentence.
    """

    account: Account
    progress: Progress
    tickets: tuple[RemoteTicket, ...] = ()
    here: int = 0
    total: int | None = None
    cursor: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class NamedTicket:
    """A ticket that a text names and that is not stored.

    Attributes:
        names: what may be its id, the most likely one first.
        accounts: whose it may be, and whose vendor can read one ticket.
        unable: further accounts whose it may be, and whose vendor cannot.
    """

    names: tuple[str, ...]
    accounts: tuple[Account, ...]
    unable: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedAnswer:
    """What became of asking for a ticket by its name; `problems` are of accounts that could not be asked."""

    key: TicketKey | None
    problems: tuple[str, ...] = ()


class Search:
    """Finds tickets at the vendors."""

    def __init__(self, store: Store, engine: Engine, vendors: Vendors, clock: Clock) -> None:
        self._store = store
        self._engine = engine
        self._vendors = vendors
        self._clock = clock

    def asked(self, question: VendorQuestion) -> tuple[Account, ...]:
        """Return the accounts that will be asked: those that are not paused and whose vendor searches."""
        return tuple(
            account for account in self._meant(question) if not account.paused and self._can(account, Feature.SEARCH)
        )

    def without_search(self, question: VendorQuestion) -> tuple[str, ...]:
        """Return the names of the vendors, among the accounts that are meant, that have no search of their own."""
        unable = [account for account in self._meant(question) if not self._can(account, Feature.SEARCH)]
        return tuple(dict.fromkeys(self._vendors.info(account.vendor).name for account in unable))

    def paused(self, question: VendorQuestion) -> tuple[Account, ...]:
        """Return the accounts that would be asked, were they not paused."""
        meant = self._meant(question)
        return tuple(account for account in meant if account.paused and self._can(account, Feature.SEARCH))

    async def ask(self, question: VendorQuestion, tell: Callable[[VendorAnswer], None]) -> None:
        """Ask every account at once, and tell each answer when it is there; cancelling it asks nobody any more."""
        if not question.text.strip():
            return
        accounts = self.asked(question)
        for account in accounts:
            tell(VendorAnswer(account, Progress.LOOKING))
        await asyncio.gather(*(self._ask(question, account, tell) for account in accounts))

    async def _ask(self, question: VendorQuestion, account: Account, tell: Callable[[VendorAnswer], None]) -> None:
        tell(await self.more(question, VendorAnswer(account, Progress.LOOKING)))

    async def more(self, question: VendorQuestion, so_far: VendorAnswer) -> VendorAnswer:
        """Return an account's answer with its next page."""
        account = so_far.account
        try:
            connection = await self._engine.connection(account.id)
            if connection.search is None:
                return VendorAnswer(account, Progress.DONE)
            told = await connection.search.search(self._question(question, so_far.cursor), SHOWN)
        except Offline as problem:
            return VendorAnswer(
                account, Progress.OFFLINE, so_far.tickets, so_far.here, problem=self._say(problem, account)
            )
        except DeskProblem as problem:
            return VendorAnswer(
                account, Progress.FAILED, so_far.tickets, so_far.here, problem=self._say(problem, account)
            )
        found = unique(map(remote_ticket, told.tickets), lambda remote: remote.ticket.key)
        known = await self._known([remote.ticket.key for remote in found])
        listed = {remote.ticket.key for remote in so_far.tickets}
        fresh = [remote for remote in found if remote.ticket.key not in known and remote.ticket.key not in listed]
        return VendorAnswer(
            account,
            Progress.DONE,
            (*so_far.tickets, *fresh),
            so_far.here + len(known),
            told.total if told.total is not None else so_far.total,
            told.cursor,
        )

    async def take_in(self, remote: RemoteTicket) -> TicketKey:
        """Store a ticket that a vendor found, as a list sync would, and return its key."""
        await self._store.tickets.put(remote)
        return remote.ticket.key

    def named(self, text: str) -> NamedTicket | None:
        """Return which ticket a text names, if it is the name of one: a link of Deskhand or of a vendor, "Ref x", "#x" or an id."""
        said = text.strip()
        if ticket_link.is_one(said):
            link = ticket_link.read(said)
            return None if link is None else self._among((link.ticket,), self._of_name(link.name))
        if (address := pasted_link.read(said)) is not None:
            sites = [one for one in self._engine.accounts() if any(map(address.is_of, self._addresses(one)))]
            return self._among(address.names, sites)
        prefix = said[:1] == "#" or (said[:3].casefold() == "ref" and said[3:4] in (" ", ":", "."))
        bare = (said[1:] if said[:1] == "#" else said[4:] if prefix else said).strip()
        is_id = len(bare) >= SHORTEST_ID and any(char.isdigit() for char in bare)
        if not bare or any(char.isspace() for char in bare) or not (prefix or is_id) or ":" in bare or "@" in bare:
            return None
        return self._among((bare,), self._engine.accounts())

    async def read_named(self, named: NamedTicket) -> NamedAnswer:
        """Ask the accounts for a ticket by its id, one name after the other, and store what is found."""
        problems: dict[str, None] = {}
        for name in named.names:
            answers = await asyncio.gather(*(self._read_one(account, name) for account in named.accounts))
            for answer in answers:
                if isinstance(answer, TicketKey):
                    return NamedAnswer(answer)
                if answer:
                    problems[answer] = None
        return NamedAnswer(None, tuple(problems))

    async def _read_one(self, account: Account, name: str) -> TicketKey | str:
        try:
            connection = await self._engine.connection(account.id)
            if connection.lookup is None:
                return ""
            remote = remote_ticket(await connection.lookup.by_id(name))
        except (NotFound, NotAllowed, UnexpectedResponse):
            return ""  # this vendor knows none of this id
        except DeskProblem as problem:
            return self._say(problem, account)
        return await self.take_in(remote)

    def _among(self, names: Sequence[str], accounts: Sequence[Account]) -> NamedTicket:
        able = [one for one in accounts if not one.paused and self._reads_one(one)]
        return NamedTicket(tuple(names), tuple(able), tuple(one for one in accounts if one not in able))

    def _reads_one(self, account: Account) -> bool:
        return self._can(account, Feature.LIST)

    def _of_name(self, name: str) -> list[Account]:
        folded = name.casefold()
        return [one for one in self._engine.accounts() if folded in (one.label.casefold(), one.vendor)]

    def _addresses(self, account: Account) -> tuple[str, ...]:
        return tuple(filter(None, (account.base_url, self._vendors.info(account.vendor).base_url)))

    def _meant(self, question: VendorQuestion) -> tuple[Account, ...]:
        accounts = self._engine.accounts()
        if question.account is not None:
            accounts = tuple(one for one in accounts if one.id == question.account)
        return tuple(asked_accounts(question.filter, accounts))

    def _can(self, account: Account, feature: Feature) -> bool:
        if account.capabilities is not None:
            return feature in account.capabilities
        return feature in self._vendors.info(account.vendor).can

    def _question(self, question: VendorQuestion, cursor: str) -> SearchQuestion:
        since = created_from(question.filter, self._clock.now())
        return SearchQuestion(question.text, since, newest_first=question.newest_first, cursor=cursor)

    def _say(self, problem: DeskProblem, account: Account) -> str:
        return wording.problem(problem, self._vendors.info(account.vendor).name, goes_on=False)

    async def _known(self, keys: Sequence[TicketKey]) -> set[TicketKey]:
        return {key for key in keys if await self._store.tickets.get(key) is not None}
