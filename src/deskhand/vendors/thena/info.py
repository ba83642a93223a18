"""What is always true of Thena."""

from deskhand.domain.accounts import SignInField, SignInKind, VendorInfo
from deskhand.domain.ids import VendorId

INFO = VendorInfo(
    id=VendorId("thena"),
    name="Thena",
    mark="Th",
    colour="#0f8f83",
    summary="threads, replies, notes, search",
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
)
