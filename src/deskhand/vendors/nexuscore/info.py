"""What is always true of NexusCore."""

from deskhand.domain.accounts import AccountColour, AccountMark, SignInField, SignInKind, VendorInfo
from deskhand.domain.capabilities import Feature, Reason, SendGuarantee
from deskhand.domain.ids import VendorId

OAUTH = "oauth"
API_KEY = "key"

ATTACHMENT_KEY = SignInField(
    "attachment_key",
    "Name of the list of files",
    required=False,
    default="attachment_ids",
    help="The vendor's documents do not print how a reply names its files. Change it only if your administrator says so.",
)

BRAND = SignInField(
    "brand",
    "Only this brand",
    required=False,
    help="The id of one brand, such as brand_123: only its tickets are read. A key that is limited to one brand may need it.",
)

INFO = VendorInfo(
    id=VendorId("nexuscore"),
    name="NexusCore",
    mark="Nx",
    colour="#5b5bd6",
    summary="threads, replies, files, search",
    account_marks=(AccountMark(AccountColour.INDIGO, "shopping-bag"), AccountMark(AccountColour.ROSE, "store")),
    base_url="https://api.support.nexuscore.cloud",
    kinds=(
        SignInKind(
            OAUTH,
            "OAuth client",
            (
                SignInField("client_id", "Client id"),
                SignInField("client_secret", "Client secret", secret=True),
            ),
        ),
        SignInKind(
            API_KEY,
            "Workspace API key",
            (SignInField("api_key", "API key", secret=True, help="It may be limited to one brand."),),
        ),
    ),
    secret_help="Settings, API keys, Create credential, Server-to-Server. The secret is shown once, when it is made.",  # noqa: S106 - says where to find one
    options=(BRAND, ATTACHMENT_KEY),
    can=frozenset(
        {
            Feature.LIST,
            Feature.THREAD,
            Feature.SEARCH,
            Feature.DOWNLOAD,
            Feature.REPLY,
            Feature.CC,
            Feature.ATTACH,
            Feature.STATE,
            Feature.PRIORITY,
            Feature.ASSIGN,
            Feature.TAGS,
            Feature.CREATE,
        }
    ),
    reasons={Feature.NOTE: Reason.NOT_DOCUMENTED},
    guarantee=SendGuarantee.RECONCILABLE,
    not_offered="No notes for colleagues: yours stay on this computer.",
    remarks={
        Feature.LIST: "by brand",
        Feature.ATTACH: "before the message",
        Feature.DOWNLOAD: "where the ticket carries an address",
    },
)
