"""One signed-in account at Thena.

What the documents leave open, and what is done about it: `pages` (where a list ends), `reading` (the only delta is `dateRange`, and whether
it looks at creation or change is not said: a full list sync finds the rest; one ticket's address is implied, not shown: else it is
searched for), `writing` (keys, visibilities), `choices` (priorities have no list and go by name; leaving a ticket with nobody, tags and
files are not documented and not offered).
"""

from deskhand.domain.accounts import SignIn, SignInReport
from deskhand.domain.capabilities import Capabilities, StateChoice
from deskhand.domain.ports import Clock
from deskhand.domain.problems import DeskProblem, NotInPlan
from deskhand.http.budgets import Budgets
from deskhand.http.client import VendorClient
from deskhand.http.pacing import Window
from deskhand.http.probing import optional_part
from deskhand.http.problems import ErrorResponse
from deskhand.http.tokens import ApiKeyAuth
from deskhand.vendors.connection import VendorConnection

from . import choices, wire
from .api import Api
from .info import INFO
from .pages import PAGE_SIZE
from .reading import Session, ThreadReader, TicketLister, TicketReader
from .searching import RemoteSearch
from .writing import CommentPoster, NoteSender, ReplySender, TicketCreator, TicketEditor, operators

WINDOWS = (Window(100, 10.0),)
"""Thena publishes no figures and tells them per path in its answers; this only keeps a list sync from being a burst."""


class Connection(VendorConnection):
    """Implements `domain.ports.Connection`."""

    lister: TicketLister
    threads: ThreadReader
    tickets: TicketReader
    lookup: TicketReader
    search: RemoteSearch
    replies: ReplySender
    notes: NoteSender
    edits: TicketEditor
    creator: TicketCreator

    def __init__(self, sign_in: SignIn, client: VendorClient, clock: Clock) -> None:
        super().__init__(client)
        self._session = session = Session(Api(client), sign_in, clock)
        self.lister = TicketLister(session)
        self.threads = ThreadReader(session)
        self.tickets = self.lookup = TicketReader(session)
        self.search = RemoteSearch(session)
        comments = CommentPoster(session, self.threads)
        self.replies = ReplySender(comments)
        self.notes = NoteSender(comments)
        self.edits = TicketEditor(session)
        self.creator = TicketCreator(session)
        self.operators = operators(session)

    async def check(self) -> SignInReport:
        """List one ticket: the cheapest call, and the one that the plan gate guards."""
        self.try_again()
        await self._session.api.tickets(len, page=0, limit=1)
        return SignInReport(verified=True)

    async def probe(self) -> Capabilities:
        """Find out teams, statuses, people and forms; what fails keeps what was known before."""
        session, known = self._session, self._session.known
        await optional_part(self._probe_tickets())
        teams = await optional_part(session.api.teams())
        groups = choices.groups_of(None if teams is None else teams.models, session.observed, known.groups)
        states: list[StateChoice] = []
        members: list[wire.Member] = []
        people_known = True
        for group in groups:
            listed = await optional_part(session.api.statuses(group.id))
            told = () if listed is None else choices.states(listed.models, group.id)
            states.extend(told or choices.observed_states(session.observed, known.states, group.id))
            staff = await optional_part(session.api.members(group.id))
            people_known = people_known and staff is not None
            members.extend(staff.models if staff is not None else ())
        people = choices.agents(members) if people_known else choices.agents(members, known.agents)
        fields = await optional_part(session.custom_fields())
        forms = await optional_part(session.api.forms(page=0, limit=PAGE_SIZE))
        found = choices.capabilities(
            groups, states, people, session.observed, known, forms.models if forms else (), fields or ()
        )
        session.known = found
        return found

    async def _probe_tickets(self) -> None:
        items = await self._session.api.tickets(lambda items: items, page=0, limit=PAGE_SIZE)
        for model in items.models:
            self._session.observed.add(model)


def _map_error(response: ErrorResponse) -> DeskProblem | None:
    """Tell the plan gate from other refusals: Thena answers both with 403."""
    message = response.message.casefold()
    if response.status == 403 and any(term in message for term in ("tier", "plan", "subscription", "upgrade")):
        return NotInPlan(response.message.removeprefix("Forbidden: "), status=403)
    return None


def connect(sign_in: SignIn, clock: Clock, budgets: Budgets | None = None) -> Connection:
    """Return a connection; no byte leaves before its first call."""
    key = ApiKeyAuth(sign_in.secret, header="x-api-key", prefix="")
    client = VendorClient(
        sign_in.base_url or INFO.base_url, key, windows=WINDOWS, clock=clock, budgets=budgets, map_error=_map_error
    )
    return Connection(sign_in, client, clock)
