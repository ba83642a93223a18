"""What is always true of Mijn Klantportaal."""

from deskhand.domain.accounts import AccountColour, AccountMark, SignInField, SignInKind, VendorInfo
from deskhand.domain.capabilities import Feature, SendGuarantee
from deskhand.domain.ids import VendorId

INFO = VendorInfo(
    id=VendorId("mijnklantportaal"),
    name="Mijn Klantportaal",
    mark="Mk",
    colour="#c2571a",
    summary="threads, replies, files",
    account_marks=(AccountMark(AccountColour.RUST, "receipt-text"),),
    base_url="https://api.mijnklantportaal.nl/v1",
    kinds=(
        SignInKind(
            "key",
            "API key",
            (
                SignInField(
                    "api_key",
                    "API key",
                    secret=True,
                    help="With the scopes tickets.read, tickets.write and customers.read.",
                ),
            ),
        ),
    ),
    secret_help="Manage portal, Settings, API Keys, Create API key. The key is shown once, when it is made.",  # noqa: S106 - says where to find one
    can=frozenset(
        {
            Feature.LIST,
            Feature.THREAD,
            Feature.REPLY,
            Feature.ATTACH,
            Feature.STATE,
        }
    ),
    guarantee=SendGuarantee.RECONCILABLE,
    not_offered="No new tickets, notes, assignees, tags or search; chats take no reply.",
    remarks={
        Feature.REPLY: "reopens a closed ticket; not on chats",
        Feature.ATTACH: "within 5 min after the message",
        Feature.STATE: "close; reopen by replying",
    },
)
