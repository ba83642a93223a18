"""What is always true of Thalamus."""

from deskhand.domain.accounts import AccountColour, AccountMark, SignInField, SignInKind, VendorInfo
from deskhand.domain.capabilities import Feature, Reason, SendGuarantee
from deskhand.domain.ids import VendorId

PREFIX = "DH-"
PRIORITIES = "low, normal, high, urgent"

INFO = VendorInfo(
    id=VendorId("thalamus"),
    name="Nerds Thalamus",
    mark="Ne",
    colour="#8a3ea8",
    summary="write only: tickets, comments",
    account_marks=(AccountMark(AccountColour.PLUM, "wrench"),),
    base_url="https://thalamus.nerds.nl/api/v1",
    kinds=(
        SignInKind(
            "key",
            "Partner API key",
            (SignInField("api_key", "Partner API key", secret=True, help="It usually begins with nerds_live_."),),
        ),
    ),
    checks=False,
    secret_help="Nerds gives each partner a key.",  # noqa: S106 - says where to find one
    options=(
        SignInField(
            "agent_id",
            "Your external agent id",
            required=False,
            help="The author of your replies and notes, such as AGT-42. Push the agent once under Records, so that Thalamus knows it.",
        ),
        SignInField(
            "prefix",
            "Ticket ids begin with",
            required=False,
            default=PREFIX,
            help="For tickets that get their id here.",
        ),
        SignInField(
            "states",
            "Status variants",
            required=False,
            help="Your own status values beside new, open, pending, hold, solved and closed, with what each counts as: "
            "waiting_on_customer = pending, escalated = open.",
        ),
        SignInField(
            "priorities",
            "Priorities",
            required=False,
            default=PRIORITIES,
            help="The names that your Thalamus uses, with commas. It cannot be asked for them.",
        ),
        SignInField("types", "Ticket types", required=False, help="With commas: support, sales."),
        SignInField("categories", "Categories", required=False, help="With commas: technical = Technical, billing."),
        SignInField("groups", "Groups", required=False, help="External ids and names: GRP-100 = Field repairs."),
        SignInField("agents", "Agents", required=False, help="External ids and names: AGT-42 = Jane Smith."),
    ),
    can=frozenset(
        {
            Feature.REPLY,
            Feature.NOTE,
            Feature.STATE,
            Feature.PRIORITY,
            Feature.ASSIGN,
            Feature.SUBJECT,
            Feature.FIELDS,
            Feature.CREATE,
            Feature.RECORDS,
            Feature.IMPORT,
        }
    ),
    reasons={
        Feature.LIST: Reason.WRITE_ONLY,
        Feature.THREAD: Reason.WRITE_ONLY,
        Feature.SEARCH: Reason.WRITE_ONLY,
        Feature.DOWNLOAD: Reason.WRITE_ONLY,
    },
    guarantee=SendGuarantee.IDEMPOTENT,
    not_offered="Nothing can be read back: what you make or import here is the record.",
    remarks={
        Feature.LIST: "made here or imported",
        Feature.THREAD: "what was sent from here",
        Feature.REPLY: "as public comment",
        Feature.STATE: "own variants too",
        Feature.FIELDS: "type, category, organization, contact, group",
        Feature.RECORDS: "each shown with its confirmation",
        Feature.IMPORT: "CSV, JSON",
    },
)
