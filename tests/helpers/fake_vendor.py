"""A fake vendor that a test scripts, and a store that fails on request."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from deskhand.domain.accounts import SignIn, SignInField, SignInKind, SignInReport, VendorInfo
from deskhand.domain.capabilities import Capabilities, Feature, SendGuarantee
from deskhand.domain.ids import TicketKey, VendorId
from deskhand.domain.ports import AccountStore, OutboxStore, OutgoingMessage, Receipt, Store, TicketPage
from deskhand.domain.threads import RemoteMessage, RemoteThread
from deskhand.domain.tickets import RemoteTicket, State, Ticket

VENDOR = VendorId("scripted")
INFO = VendorInfo(
    VENDOR,
    "Scripted",
    "Sc",
    "#445566",
    "",
    "https://x.test",
    (SignInKind("key", "Key", (SignInField("k", "K", True),)),),
)


@dataclass
class ScriptedVendor:
    """Is the vendor's spec, its connection and those of its facets that the tests need, in one."""

    guarantee: SendGuarantee = SendGuarantee.RECONCILABLE
    remote_ids: tuple[str, ...] = ("1", "2")
    on_send: Callable[[OutgoingMessage], Awaitable[Receipt]] | None = None
    list_error: Exception | None = None
    thread_error: Exception | None = None
    on_read: Callable[[], Awaitable[RemoteThread]] | None = None
    messages: tuple[RemoteMessage, ...] = ()
    sent: list[OutgoingMessage] = field(default_factory=list)
    info: VendorInfo = INFO
    sign_in: SignIn | None = None

    tickets = notes = files = edits = creator = search = lookup = downloads = records = None
    operators = ()

    @property
    def lister(self) -> "ScriptedVendor":
        return self

    @property
    def threads(self) -> "ScriptedVendor":
        return self

    @property
    def replies(self) -> "ScriptedVendor":
        return self

    clock_lead = timedelta()

    def try_again(self) -> None:
        """Nothing was refused for good."""

    def connect(self, sign_in: SignIn) -> "ScriptedVendor":
        self.sign_in = sign_in
        return self

    async def iter_pages(self, cursor: str, *, full: bool) -> AsyncIterator[TicketPage]:
        if self.list_error is not None:
            raise self.list_error
        assert self.sign_in is not None
        keys = [TicketKey(self.sign_in.account, remote) for remote in self.remote_ids]
        yield TicketPage(
            tuple(RemoteTicket(Ticket(key, subject="Broken", state=State.OPEN)) for key in keys), "end", last=True
        )

    async def thread(self, remote: str) -> RemoteThread:
        if self.thread_error is not None:
            raise self.thread_error
        if self.on_read is not None:
            return await self.on_read()
        return RemoteThread(self.messages)

    async def send(self, message: OutgoingMessage) -> Receipt:
        self.sent.append(message)
        if self.on_send is not None:
            return await self.on_send(message)
        return Receipt(f"m{len(self.sent)}")

    async def check(self) -> SignInReport:
        return SignInReport(verified=True)

    async def probe(self) -> Capabilities:
        return Capabilities(can=frozenset({Feature.LIST, Feature.THREAD, Feature.REPLY}), guarantee=self.guarantee)

    async def aclose(self) -> None:
        return None


class FailingStore:
    """A real store whose outbox or accounts raise at the next call of one method."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.outbox: Any = _FailingPart(store.outbox)
        self.accounts: Any = _FailingPart(store.accounts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class _FailingPart:
    def __init__(self, part: OutboxStore | AccountStore) -> None:
        self._part = part
        self.errors: dict[str, Exception] = {}

    def __getattr__(self, name: str) -> Any:
        if (problem := self.errors.pop(name, None)) is None:
            return getattr(self._part, name)

        async def refused(*_given: Any, **_named: Any) -> Any:
            raise problem

        return refused
