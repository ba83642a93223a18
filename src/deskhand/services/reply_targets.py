"""The times within which an account wants its customers answered: two optional numbers among its settings."""

from collections.abc import Mapping
from datetime import timedelta

from deskhand.domain.accounts import Account, SignInField, VendorInfo
from deskhand.domain.capabilities import Feature
from deskhand.domain.waits import Targets

_FIRST, _NEXT = "first_reply_hours", "next_reply_hours"
_LONGEST_HOURS = 9_999.0

OPTIONS = (
    SignInField(
        _FIRST,
        "First reply within, hours",
        required=False,
        help="Shown as due in tickets that nobody has answered yet.",
    ),
    SignInField(
        _NEXT, "Next reply within, hours", required=False, help="Counts from the first message without an answer."
    ),
)
"""The fields of an account's form, for vendors whose conversations can be read."""


def options(vendor: VendorInfo) -> tuple[SignInField, ...]:
    """Return the optional settings of a vendor's account: its own, and the targets where it can be known who spoke last."""
    return (*vendor.options, *OPTIONS) if Feature.THREAD in vendor.can else vendor.options


def targets(account: Account) -> Targets:
    """Return an account's targets."""
    first, following = (_hours(account.settings.get(name, "")) for name in (_FIRST, _NEXT))
    return Targets(first, following)


def wrong(settings: Mapping[str, str]) -> SignInField | None:
    """Return the first target that is no number of hours above 0; None where all are well."""
    return next((one for one in OPTIONS if settings.get(one.name, "").strip() and not _hours(settings[one.name])), None)


def _hours(text: str) -> timedelta | None:
    try:
        hours = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return timedelta(hours=hours) if 0 < hours <= _LONGEST_HOURS else None
