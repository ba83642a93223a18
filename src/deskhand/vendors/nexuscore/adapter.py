"""One signed-in account at NexusCore."""

from collections.abc import Mapping

from deskhand.domain.accounts import SignIn, SignInReport
from deskhand.domain.capabilities import BodyFormat, Capabilities, Feature, Limits, Reason
from deskhand.domain.ports import Clock
from deskhand.domain.problems import Invalid, NotAllowed, NotFound, UnexpectedResponse
from deskhand.http.budgets import Budgets
from deskhand.http.client import VendorClient
from deskhand.http.pacing import Window
from deskhand.http.tokens import ApiKeyAuth, Authenticator, ClientCredentialsAuth
from deskhand.vendors.connection import VendorConnection

from . import mapping
from .api import Api
from .info import ATTACHMENT_KEY, BRAND, INFO, OAUTH
from .observed import ObservedValues
from .reading import FileDownloader, RemoteSearch, ThreadReader, TicketLister
from .writing import ReplySender, TicketCreator, TicketEditor

WINDOWS = (Window(600, 60.0), Window(150, 10.0))
"""Per workspace: shared with every colleague, whose share shows as a 429."""

_READS = frozenset((Feature.LIST, Feature.THREAD, Feature.SEARCH, Feature.DOWNLOAD))
"""What the scope tickets:read opens; all else that is offered needs tickets:write."""


class Connection(VendorConnection):
    """Implements `domain.ports.Connection`. A facet that the credential's scopes do not reach is None once that is known."""

    lister: TicketLister | None
    threads: ThreadReader | None
    tickets: ThreadReader | None
    lookup: ThreadReader | None
    replies: ReplySender | None
    edits: TicketEditor | None
    creator: TicketCreator | None
    search: RemoteSearch | None
    downloads: FileDownloader | None

    def __init__(self, sign_in: SignIn, client: VendorClient, authenticator: Authenticator) -> None:
        super().__init__(client)
        self._authenticator = authenticator
        self._api = Api(
            client,
            attachment_key=sign_in.settings.get(ATTACHMENT_KEY.name) or ATTACHMENT_KEY.default,
            brand=sign_in.settings.get(BRAND.name, "").strip(),
        )
        self._observed = ObservedValues(sign_in.known, sign_in.me, sign_in.base_url or INFO.base_url)
        self._missing = frozenset() if sign_in.known is None else _missing(sign_in.known)
        account = sign_in.account
        self._lister = TicketLister(self._api, account, self._observed)
        self._threads = ThreadReader(self._api, account, self._observed)
        self._search = RemoteSearch(self._api, account, self._observed)
        self._downloads = FileDownloader(self._api)
        self._replies = ReplySender(self._api, self._threads, self._observed)
        self._edits = TicketEditor(self._api, self._threads, account, self._observed)
        self._creator = TicketCreator(self._api, self._threads, account, self._observed)
        self._offer()

    async def check(self) -> SignInReport:
        """Read one brand; where the scope for brands is missing, or only one is meant, one page of tickets."""
        self.try_again()
        try:
            await self._api.brands(limit=1)
            if self._api.brand:
                await self._tickets_of_brand()
        except NotAllowed as no_brands:
            detail = no_brands.detail
        else:
            return SignInReport(verified=True, note=self._scope_note())
        await self._api.tickets()
        note = "Brands cannot be read with these credentials (scope brands:read), so they show as ids."
        return SignInReport(verified=True, note=f"{note} {detail}".strip())

    async def probe(self) -> Capabilities:
        """Read the brands; the rest is the documents' and what data showed."""
        await self._observed.load_brands(self._api, refresh=True)
        self._missing = self._out_of_scope()
        self._offer()
        priorities = mapping.priority_choices(self._observed.priorities)
        open_groups = tuple(s for s in self._observed.open_groups if self._api.brand in ("", s.id))
        return Capabilities(
            can=INFO.can - self._missing,
            cannot={**INFO.cannot, **dict.fromkeys(self._missing, Reason.SCOPE_MISSING)},
            states=mapping.STATES,
            priorities=priorities,
            groups=self._observed.groups,
            group_label="brand",
            create_form=mapping.create_form(open_groups, priorities),
            reply_format=BodyFormat.PLAIN,
            guarantee=INFO.guarantee,
            lists_tell_changes=False,
            unassign=False,
            limits=Limits(requests_per_minute=WINDOWS[0].requests),
        )

    def _offer(self) -> None:
        """Set the facets that the credential's scopes reach."""
        missing = self._missing
        self.lister = None if Feature.LIST in missing else self._lister
        self.threads = self.tickets = self.lookup = None if Feature.THREAD in missing else self._threads
        self.replies = None if Feature.REPLY in missing else self._replies
        self.edits = None if Feature.STATE in missing else self._edits
        self.creator = None if Feature.CREATE in missing else self._creator
        self.search = None if Feature.SEARCH in missing else self._search
        self.downloads = None if Feature.DOWNLOAD in missing else self._downloads

    async def _tickets_of_brand(self) -> None:
        try:
            await self._api.tickets()
        except (NotFound, UnexpectedResponse, NotAllowed) as problem:
            refused = Invalid(
                f"the tickets of {self._api.brand} cannot be read: {problem.detail or 'no reason given'}",
                fields={BRAND.name: "NexusCore does not open this brand to these credentials"},
                status=problem.status,
            )
        else:
            return
        raise refused

    def _scopes(self) -> frozenset[str]:
        """Return the scopes that the token answer told; empty where none were told (an API key tells none)."""
        told = self._authenticator.scope if isinstance(self._authenticator, ClientCredentialsAuth) else ""
        return frozenset(told.split())

    def _out_of_scope(self) -> frozenset[Feature]:
        scopes = self._scopes()
        if not scopes:
            return frozenset()
        reads = frozenset() if "tickets:read" in scopes else _READS
        writes = frozenset() if "tickets:write" in scopes else INFO.can - _READS
        return reads | writes

    def _scope_note(self) -> str:
        missing = self._out_of_scope()
        if Feature.LIST in missing:
            return "Tickets cannot be read with these credentials: the scope tickets:read is missing."
        if Feature.REPLY in missing:
            return "Tickets can be read but not answered with these credentials: the scope tickets:write is missing."
        return ""


def _missing(known: Capabilities) -> frozenset[Feature]:
    return frozenset(feature for feature, reason in known.cannot.items() if reason is Reason.SCOPE_MISSING)


def _authenticator(sign_in: SignIn, clock: Clock) -> Authenticator:
    if sign_in.kind != OAUTH:
        return ApiKeyAuth(sign_in.secret)
    client_id = _needed(sign_in.settings, "client_id")
    return ClientCredentialsAuth(
        client_id, sign_in.secret, path="/oauth/token", clock=clock, register_secret=sign_in.register_secret
    )


def _needed(settings: Mapping[str, str], name: str) -> str:
    value = settings.get(name, "").strip()
    if not value:
        raise Invalid("the client id is missing", fields={name: "is needed"})
    return value


def connect(sign_in: SignIn, clock: Clock, budgets: Budgets | None = None) -> Connection:
    """Return a connection; no byte leaves before its first call."""
    authenticator = _authenticator(sign_in, clock)
    client = VendorClient(
        sign_in.base_url or INFO.base_url,
        authenticator,
        windows=WINDOWS,
        clock=clock,
        budgets=budgets,
        per_workspace=True,
    )
    return Connection(sign_in, client, authenticator)
