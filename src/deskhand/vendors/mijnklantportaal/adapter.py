"""One signed-in account at Mijn Klantportaal."""

from deskhand.domain.accounts import SignIn, SignInReport
from deskhand.domain.capabilities import BodyFormat, Capabilities, Limits
from deskhand.domain.ports import Clock
from deskhand.http.budgets import Budgets
from deskhand.http.client import VendorClient
from deskhand.http.pacing import Window
from deskhand.http.tokens import ApiKeyAuth
from deskhand.vendors.connection import VendorConnection

from . import mapping
from .api import Api
from .customers import Customers
from .info import INFO
from .reading import ThreadReader, TicketLister
from .writing import FileAttacher, ReplySender, TicketEditor

WINDOWS = (Window(60, 60.0),)
"""Per key. Called rolling and, in the same breath, a minute's window: a sliding log keeps to both."""

FILE_WINDOW = 300
"""Seconds after a message in which it takes files."""


class Connection(VendorConnection):
    """Implements `domain.ports.Connection`."""

    lister: TicketLister
    threads: ThreadReader
    tickets: ThreadReader
    lookup: ThreadReader
    replies: ReplySender
    edits: TicketEditor
    files: FileAttacher

    def __init__(self, sign_in: SignIn, client: VendorClient, clock: Clock) -> None:
        super().__init__(client)
        self._api = Api(client)
        customers = Customers(self._api)
        self.lister = TicketLister(self._api, sign_in.account, customers, clock)
        self.threads = ThreadReader(self._api, sign_in.account, customers)
        self.tickets = self.lookup = self.threads
        self.replies = ReplySender(self._api, self.threads)
        self.edits = TicketEditor(self._api, self.threads)
        self.files = FileAttacher(self._api, self.threads)

    async def check(self) -> SignInReport:
        """Read a page of tickets: that proves the key, its scope and the licence at once."""
        self.try_again()
        await self._api.tickets(1)
        return SignInReport(verified=True)

    async def probe(self) -> Capabilities:
        """Return what the documents allow: there is nothing else to ask for."""
        return Capabilities(
            can=INFO.can,
            cannot=INFO.cannot,
            states=mapping.STATES,
            reply_reopens=True,
            reopens=False,
            reply_format=BodyFormat.HTML,
            guarantee=INFO.guarantee,
            lists_tell_changes=False,
            limits=Limits(
                files_after_message=True, file_window_seconds=FILE_WINDOW, requests_per_minute=WINDOWS[0].requests
            ),
        )


def connect(sign_in: SignIn, clock: Clock, budgets: Budgets | None = None) -> Connection:
    """Return a connection; no byte leaves before its first call."""
    client = VendorClient(
        sign_in.base_url or INFO.base_url, ApiKeyAuth(sign_in.secret), windows=WINDOWS, clock=clock, budgets=budgets
    )
    return Connection(sign_in, client, clock)
