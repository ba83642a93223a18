"""What is always true of Thena."""

from deskhand.domain.accounts import AccountColour, AccountMark, SignInField, SignInKind, VendorInfo
from deskhand.domain.capabilities import Feature, Reason, SendGuarantee
from deskhand.domain.ids import VendorId

INFO = VendorInfo(
    id=VendorId("thena"),
    name="Thena",
    mark="Th",
    colour="#0f8f83",
    summary="threads, replies, notes, search",
    account_marks=(AccountMark(AccountColour.TEAL, "square-terminal"),),
    base_url="https://platform.thena.ai",
    kinds=(
        SignInKind(
            "key",
            "API key",
            (
                SignInField(
                    "api_key",
                    "API key",
                    secret=True,
                    help="A personal key acts as you; the key of an app acts as the app.",
                ),
            ),
        ),
    ),
    secret_help="Settings, Security & access, API key. Making a new key ends the old one at once.",  # noqa: S106 - says where to find one
    can=frozenset(
        {
            Feature.LIST,
            Feature.THREAD,
            Feature.REPLY,
            Feature.NOTE,
            Feature.STATE,
            Feature.PRIORITY,
            Feature.ASSIGN,
            Feature.SUBJECT,
            Feature.FIELDS,
            Feature.CREATE,
            Feature.SEARCH,
            Feature.LINK,
            Feature.SUB_TICKET,
        }
    ),
    # An upload is needed to attach, and a path to tag: the product has both, its documents show neither.
    reasons={
        Feature.ATTACH: Reason.NOT_DOCUMENTED,
        Feature.DOWNLOAD: Reason.NOT_DOCUMENTED,
        Feature.TAGS: Reason.NOT_DOCUMENTED,
        Feature.ARCHIVE: Reason.NOT_DOCUMENTED,
        Feature.RECALL: Reason.NOT_DOCUMENTED,
        Feature.DUPLICATE: Reason.NOT_DOCUMENTED,
    },
    guarantee=SendGuarantee.IDEMPOTENT,
    not_offered="No files, no copies to others and no tags.",
    remarks={
        Feature.LIST: "by team",
        Feature.STATE: "per team",
        Feature.LINK: "asked first",
        Feature.SUB_TICKET: "asked first",
        Feature.FIELDS: "type, sentiment, privacy, summary; custom ones shown",
    },
)
