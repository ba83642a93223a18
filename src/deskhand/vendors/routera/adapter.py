"""One signed-in account at Routera: records and routers; it has no conversations.

Which stages, pipelines, users and fields exist cannot be asked: they come from the account's settings and from records. Admins rename
fields at any time, and one unknown name is a 400 for the whole list: then each is tried by itself, those that are refused are no longer
asked for, and `check` says so.
"""

from deskhand.domain.accounts import SignIn, SignInReport
from deskhand.domain.capabilities import Capabilities
from deskhand.domain.ports import Clock
from deskhand.domain.problems import Invalid
from deskhand.http.budgets import Budgets
from deskhand.http.client import VendorClient
from deskhand.http.pacing import Window
from deskhand.http.paging import LoopGuard
from deskhand.http.probing import optional_part
from deskhand.http.problems import undocumented_429
from deskhand.http.tokens import ClientCredentialsAuth
from deskhand.vendors.connection import VendorConnection

from . import mapping, wire
from .api import MIN_PAGE_SIZE, PAGE_SIZE, Api
from .info import BASIC, INFO
from .reading import Session, TicketLister, TicketReader
from .writing import TicketCreator, TicketEditor, operators

WINDOWS = (Window(50, 10.0),)
"""No figure is documented; this only keeps a list sync from being a burst."""

_RECORDS_TO_PROBE = 500
"""Records that the probe learns stages, pipelines and owners from; list syncs add what they come by."""


class Connection(VendorConnection):
    """Implements `domain.ports.Connection`."""

    lister: TicketLister
    tickets: TicketReader
    lookup: TicketReader
    edits: TicketEditor
    creator: TicketCreator

    def __init__(self, sign_in: SignIn, client: VendorClient) -> None:
        super().__init__(client)
        self._session = session = Session(Api(client), sign_in)
        self.lister = TicketLister(session)
        self.tickets = self.lookup = TicketReader(session)
        self.edits = TicketEditor(session)
        self.creator = TicketCreator(session)
        self.operators = operators(session)

    async def check(self) -> SignInReport:
        """Fetch a token and the smallest list: a token alone may lack the account context."""
        session = self._session
        self.try_again()
        named = [name for name, _ in session.custom]
        await session.page(0, MIN_PAGE_SIZE, archived=False)
        unknown = [name for name in named if name not in dict(session.custom)]
        note = f"Routera does not know these fields, so they are not shown: {', '.join(unknown)}." if unknown else ""
        return SignInReport(verified=True, note=note)

    async def probe(self) -> Capabilities:
        """Find routers, and learn stages, pipelines and owners from records; what fails keeps what was known before."""
        session, known = self._session, self._session.known
        await optional_part(self._probe_records())
        routers = await optional_part(self._routers())
        states = mapping.states(session.stages, session.observed, known.states)
        groups = mapping.groups(session.observed, known.groups)
        people = mapping.people(session.observed, known.agents, routers or ())
        found = Capabilities(
            can=INFO.can,
            cannot=INFO.cannot,
            states=states,
            agents=people,
            groups=groups,
            group_label="pipeline",
            create_form=mapping.create_form(session.custom, session.observed, groups, states, people),
            custom_fields=mapping.custom_fields(session.custom, session.observed, groups),
            routers=known.routers if routers is None else mapping.usable_routers(routers),
            guarantee=INFO.guarantee,
            unassign=False,
        )
        session.known = found
        return found

    async def _probe_records(self) -> None:
        for offset in range(0, _RECORDS_TO_PROBE, PAGE_SIZE):
            page, size = await self._session.page(offset, PAGE_SIZE, archived=False)
            for model in page.items.models:
                self._session.observed.add(model)
            if page.received < size:
                return

    async def _routers(self) -> list[wire.Router]:
        found: list[wire.Router] = []
        guard, offset = LoopGuard(), 0
        while True:
            items, size = await self._session.api.routers(offset=offset)
            found.extend(items.models)
            got = len(items) + items.left_out
            if got < size:
                return found
            guard.advance(hash(tuple(item.raw for item in items)))
            guard.check_progress(router.id for router in items.models)
            offset += got


def connect(sign_in: SignIn, clock: Clock, budgets: Budgets | None = None) -> Connection:
    """Return a connection; no byte leaves before its first call."""
    client_id = sign_in.settings.get("client_id", "").strip()
    if not client_id:
        raise Invalid("the client id is missing", fields={"client_id": "is needed"})
    basic = sign_in.settings.get("token_by", "").strip().casefold() == BASIC
    token = ClientCredentialsAuth(
        client_id,
        sign_in.secret,
        path="/oauth2/token",
        clock=clock,
        basic=basic,
        register_secret=sign_in.register_secret,
    )
    base = sign_in.base_url or INFO.base_url
    return Connection(
        sign_in, VendorClient(base, token, windows=WINDOWS, clock=clock, budgets=budgets, map_error=undocumented_429)
    )
