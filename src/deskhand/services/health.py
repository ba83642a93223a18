"""How an account is, for a person: what, since when, why, what still works, and what to do.

Whatever shows the health of accounts as a whole page, in the tray or in a notification takes it from here.
"""

from datetime import datetime
from enum import StrEnum

from deskhand.domain import wording
from deskhand.domain.accounts import Account, AccountStatus, Health, VendorInfo
from deskhand.domain.capabilities import Feature
from deskhand.domain.lazy_dataclass import dataclass

_SHOWN = (
    Feature.LIST,
    Feature.THREAD,
    Feature.REPLY,
    Feature.NOTE,
    Feature.STATE,
    Feature.PRIORITY,
    Feature.ASSIGN,
    Feature.TAGS,
    Feature.ATTACH,
)
"""What an agent asks about an account, in this order."""


class Kind(StrEnum):
    """Three kinds of accounts, the most pressing first."""

    NEEDS_YOU = "needs_you"
    GOES_ON = "goes_on"
    """It mends itself, or a person has stopped it."""
    WELL = "well"


class Cause(StrEnum):
    """What an account's health comes from: each has its own sentence, colour and icon."""

    SIGN_IN = "sign_in"
    BLOCKED = "blocked"
    OFFLINE = "offline"
    BACK_OFF = "back_off"
    """The vendor asked for time, or a try failed: the next one is planned."""
    PAUSED = "paused"
    """A person paused the account."""
    STOPPED = "stopped"
    """A person ended its sync."""
    SYNCING = "syncing"
    INCOMPLETE = "incomplete"
    WELL = "well"


class Remedy(StrEnum):
    """What the button of an account does."""

    SIGN_IN = "sign_in"
    RETRY = "retry"
    RESUME = "resume"
    NONE = ""


@dataclass(frozen=True, slots=True)
class AccountHealth:
    """One account on the page.

    Attributes:
        what: a short sentence.
        since: since when it is so; None where that is not known.
        goes_on_at: when it is tried again; None where nothing is planned.
        why, works, to_do: sentences; empty where there is nothing to say.
        can, cannot: what the account is offered, in words.
    """

    kind: Kind
    cause: Cause
    what: str
    remedy: Remedy
    since: datetime | None = None
    goes_on_at: datetime | None = None
    why: str = ""
    works: str = ""
    to_do: str = ""
    can: str = ""
    cannot: str = ""


_CAUSES = {
    Health.SIGN_IN: (Kind.NEEDS_YOU, Cause.SIGN_IN, "Sign-in needed", Remedy.SIGN_IN),
    Health.BLOCKED: (Kind.NEEDS_YOU, Cause.BLOCKED, "Cannot sync", Remedy.RETRY),
    Health.OFFLINE: (Kind.GOES_ON, Cause.OFFLINE, "No connection", Remedy.RETRY),
    Health.WAITING: (Kind.GOES_ON, Cause.BACK_OFF, "Waiting for the vendor", Remedy.RETRY),
    Health.NEW: (Kind.WELL, Cause.SYNCING, "Connecting", Remedy.NONE),
    Health.SYNCING: (Kind.WELL, Cause.SYNCING, "Syncing", Remedy.NONE),
}

_STORED = "Everything that is stored here can be read and answered."
_WAITS = "Changes wait in the outbox and go out then."


def account_health(account: Account, vendor: VendorInfo, status: AccountStatus, *, unsent: int = 0) -> AccountHealth:
    """Return how an account is.

    Args:
        unsent: items of the outbox that wait for it.
    """
    kind, cause, what, remedy = _cause(account, status)
    can, cannot = _offers(account)
    return AccountHealth(
        kind=kind,
        cause=cause,
        what=what,
        remedy=remedy,
        since=None if cause is Cause.SYNCING else status.since,
        goes_on_at=status.retry_at if kind is Kind.GOES_ON else None,
        why=_why(cause, status),
        works=_works(cause, unsent),
        to_do=_to_do(cause, vendor),
        can=can,
        cannot=cannot,
    )


def _cause(account: Account, status: AccountStatus) -> tuple[Kind, Cause, str, Remedy]:
    if account.paused:
        return Kind.GOES_ON, Cause.PAUSED, "Paused by you", Remedy.RESUME
    if status.health is Health.PAUSED:
        return Kind.GOES_ON, Cause.STOPPED, "Sync stopped by you", Remedy.RETRY
    if status.health is Health.SYNCING and status.problem:
        return Kind.GOES_ON, Cause.BACK_OFF, "Trying again now", Remedy.NONE
    if status.health is not Health.FINE:
        return _CAUSES[status.health]
    if status.left_out or status.unread_threads:
        return Kind.WELL, Cause.INCOMPLETE, "Up to date, except for what could not be read", Remedy.RETRY
    return Kind.WELL, Cause.WELL, "Up to date", Remedy.NONE


def _why(cause: Cause, status: AccountStatus) -> str:
    match cause:
        case Cause.PAUSED:
            return "You paused it."
        case Cause.INCOMPLETE:
            parts = wording.left_out(status.left_out), wording.unread(status.unread_threads)
            return " ".join(filter(None, parts))
        case Cause.WELL | Cause.SYNCING:
            return ""
        case _:
            return status.problem


def _works(cause: Cause, unsent: int) -> str:
    match cause:
        case Cause.SIGN_IN | Cause.OFFLINE | Cause.BLOCKED | Cause.BACK_OFF:
            waits = {0: "", 1: " 1 change waits in the outbox."}.get(unsent, f" {unsent} changes wait in the outbox.")
            return f"{_STORED} {_WAITS}{waits}"
        case Cause.PAUSED:
            return "Reading what is stored here. Nothing is fetched or sent."
        case Cause.STOPPED:
            return f"{_STORED} Changes go out as always."
        case _:
            return ""


def _to_do(cause: Cause, vendor: VendorInfo) -> str:
    match cause:
        case Cause.SIGN_IN:
            return f"Sign in again with credentials that {vendor.name} takes. An administrator of {vendor.name} can make new ones."
        case Cause.BLOCKED:
            return f"Ask an administrator of {vendor.name}, or try again if it was mended."
        case Cause.OFFLINE | Cause.BACK_OFF:
            return "Nothing: it goes on by itself."
        case _:
            return ""


def _offers(account: Account) -> tuple[str, str]:
    capabilities = account.capabilities
    if capabilities is None:
        return "", ""
    can = [wording.feature(one) for one in _SHOWN if one in capabilities]
    cannot = [wording.feature(one) for one in _SHOWN if one not in capabilities]
    return ", ".join(can), ", ".join(cannot)
