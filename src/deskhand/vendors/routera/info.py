"""What is always true of Routera."""

from deskhand.domain.accounts import AccountColour, AccountMark, SignInField, SignInKind, VendorInfo
from deskhand.domain.capabilities import Feature, Reason, SendGuarantee
from deskhand.domain.ids import VendorId

FORM = "form"
BASIC = "basic"

INFO = VendorInfo(
    id=VendorId("routera"),
    name="Routera",
    mark="Ro",
    colour="#1f6fb5",
    summary="records and stages, no messages",
    account_marks=(AccountMark(AccountColour.BLUE, "route"),),
    base_url="https://api.routera.io",
    kinds=(
        SignInKind(
            "oauth",
            "API client",
            (
                SignInField("client_id", "Client id"),
                SignInField("client_secret", "Client secret", secret=True),
            ),
        ),
    ),
    secret_help="The secret of an API client of this account. It is shown only once, when the client is made.",  # noqa: S106 - says where to find one
    options=(
        SignInField(
            "token_by",
            "Send the client as",
            required=False,
            default=FORM,
            help="form or basic: how the client id and secret travel when a token is asked for. Routera takes both.",
        ),
        SignInField(
            "open_stages",
            "Open stages",
            required=False,
            help="Stages that count as open, with commas: new, in_progress. Stages named nowhere count by their name where it is "
            "plain (new, open, pending, solved, closed), else they are neither open nor done.",
        ),
        SignInField(
            "closed_stages",
            "Closed stages",
            required=False,
            help="Stages that count as done, with commas: closed, rejected. Closing never archives a record.",
        ),
        SignInField(
            "custom_fields",
            "Custom fields",
            required=False,
            help="Internal names of your own ticket fields, with commas; a label to show may follow: due_date = Due date. Routera "
            "tells only the fields that are asked for.",
        ),
    ),
    can=frozenset(
        {
            Feature.LIST,
            Feature.STATE,
            Feature.ASSIGN,
            Feature.SUBJECT,
            Feature.FIELDS,
            Feature.CREATE,
            Feature.ARCHIVE,
            Feature.DISPATCH,
        }
    ),
    reasons={
        Feature.THREAD: Reason.NO_CONVERSATIONS,
        Feature.REPLY: Reason.NO_CONVERSATIONS,
        Feature.NOTE: Reason.NO_CONVERSATIONS,
        Feature.CC: Reason.NO_CONVERSATIONS,
        Feature.ATTACH: Reason.NO_CONVERSATIONS,
        Feature.DOWNLOAD: Reason.NO_CONVERSATIONS,
    },
    guarantee=SendGuarantee.IDEMPOTENT,
    not_offered="No conversations, priorities, tags or search.",
    remarks={
        Feature.LIST: "by pipeline",
        Feature.STATE: "stage",
        Feature.ASSIGN: "owner",
        Feature.FIELDS: "those you name in the account",
        Feature.ARCHIVE: "asked first",
        Feature.DISPATCH: "asked first",
    },
)
