"""What is always true of Routera."""

from deskhand.domain.accounts import SignInField, SignInKind, VendorInfo
from deskhand.domain.ids import VendorId

FORM = "form"
BASIC = "basic"

INFO = VendorInfo(
    id=VendorId("routera"),
    name="Routera",
    mark="Ro",
    colour="#1f6fb5",
    summary="records and stages, no messages",
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
            help="Stages that count as open, with commas: new, in_progress. Stages named nowhere count by their word where it is "
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
            help="Internal names of your own ticket fields, with commas; a word to show may follow: due_date = Due date. Routera "
            "tells only the fields that are asked for.",
        ),
    ),
)
