"""One account at Thalamus. Deskhand's own store is the record: what the answers tell goes there through receipts."""

from deskhand.domain.accounts import SignIn, SignInReport
from deskhand.domain.capabilities import Capabilities
from deskhand.domain.ports import Clock
from deskhand.domain.problems import SignInNeeded
from deskhand.http.budgets import Budgets
from deskhand.http.client import VendorClient
from deskhand.http.pacing import Window
from deskhand.http.problems import undocumented_429
from deskhand.http.tokens import ApiKeyAuth, header_value
from deskhand.vendors.connection import VendorConnection

from . import choices, mapping
from .api import Api
from .info import INFO, PREFIX
from .writing import NoteSender, RecordPusher, ReplySender, TicketCreator, TicketEditor

WINDOWS = (Window(50, 10.0),)
"""No figure is documented; this only keeps a long import from being a burst."""

_KEY_BEGINS = "nerds_live_"
"""In the one key that the documents show; not given as a rule."""


class Connection(VendorConnection):
    """Implements `domain.ports.Connection`."""

    replies: ReplySender
    notes: NoteSender
    edits: TicketEditor
    creator: TicketCreator
    records: RecordPusher

    def __init__(self, sign_in: SignIn, client: VendorClient) -> None:
        super().__init__(client)
        self._sign_in = sign_in
        self._partner = partner = mapping.partner_settings(sign_in.settings, sign_in.me, PREFIX, sign_in.known)
        self._known = sign_in.known or Capabilities()
        api = Api(client)
        self.replies = ReplySender(api, partner)
        self.notes = NoteSender(api, partner)
        self.edits = TicketEditor(api, sign_in.account, partner)
        self.creator = TicketCreator(api, sign_in.account, partner)
        self.records = RecordPusher(api, partner)

    async def check(self) -> SignInReport:
        """Look at the form of the key only: every call of Thalamus writes.

        Raises:
            SignInNeeded: the key is empty or holds what no key can hold.
        """
        self.try_again()
        key = header_value(self._sign_in.secret)
        if " " in key:
            raise SignInNeeded("the key holds a space, so it is not a key; paste it again")
        note = (
            "Thalamus offers no call that only checks a key, so this key has not been tried. The first thing that is sent shows "
            "whether it works."
        )
        if not key.startswith(_KEY_BEGINS):
            note += f" It does not begin with {_KEY_BEGINS}, as the documented one does: please look whether it is the partner key."
        return SignInReport(verified=False, note=note)

    async def probe(self) -> Capabilities:
        """Gather the choices from the settings and from what was pushed: no call tells any."""
        self._known = choices.capabilities(self._partner, self._sign_in.settings, self.records.pushed, self._known)
        return self._known


def connect(sign_in: SignIn, clock: Clock, budgets: Budgets | None = None) -> Connection:
    """Return a connection; no byte leaves before its first call."""
    base, key = sign_in.base_url or INFO.base_url, ApiKeyAuth(sign_in.secret)
    return Connection(
        sign_in, VendorClient(base, key, windows=WINDOWS, clock=clock, budgets=budgets, map_error=undocumented_429)
    )
