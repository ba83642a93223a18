"""Failures, named after what has to happen next.

Adapters translate foreign errors into these in one place (`http.problems`); sync decides by their class alone whether
a write may be repeated: see `proves_unsent`.
"""

from datetime import timedelta
from enum import StrEnum


class DeskProblem(Exception):
    """Base of every failure we raise on purpose.

    Args:
        detail: the vendor's own message or the technical cause, already free of secrets; may be empty.
        status: the HTTP status it came with, where there was one.
    """

    def __init__(self, detail: str = "", *, status: int | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.status = status


class Offline(DeskProblem):
    """Nothing left this machine (no route, name or connection): try again when the network is back."""


class Throttled(DeskProblem):
    """The vendor asked us to wait, and by convention did not process the request."""

    def __init__(self, retry_after: timedelta, detail: str = "", *, status: int | None = 429) -> None:
        super().__init__(detail, status=status)
        self.retry_after = retry_after


class VendorDown(DeskProblem):
    """A read failed at the vendor's side (5xx, cut or slow answer): try again later."""


class OutcomeUnknown(DeskProblem):
    """A write left this machine and no answer that proves anything came back: look before sending again."""


class SignInNeeded(DeskProblem):
    """The credentials are missing or no longer work."""


class NotAllowed(DeskProblem):
    """The credentials work, and their scope, brand or role does not reach this."""


class NotInPlan(DeskProblem):
    """The vendor's plan or licence does not include this (Thena 403 tier gate, Mijn Klantportaal 426)."""


class NotFound(DeskProblem):
    """The ticket or record is not there any more."""


class Stale(DeskProblem):
    """Somebody else changed the same thing since it was read (409 and the like)."""


class Invalid(DeskProblem):
    """The vendor refused the content.

    Args:
        fields: the vendor's complaint by field name, where it names fields.
    """

    def __init__(self, detail: str = "", *, fields: dict[str, str] | None = None, status: int | None = None) -> None:
        super().__init__(detail, status=status)
        self.fields = fields or {}


class NotPossible(DeskProblem):
    """What was asked has no place in the vendor's API: nothing was sent. The detail says so, in whole sentences of ours."""


class AppliedDifferently(DeskProblem):
    """The vendor took the write and did something else with it (published a note). The detail says what, in whole sentences of ours."""


class UnexpectedResponse(DeskProblem):
    """The answer to a read was not what the vendor documents (HTML where JSON belongs, a network login page)."""


class VaultReason(StrEnum):
    """Why credentials could not be read or saved."""

    NO_KEYRING = "no_keyring"
    LOCKED = "locked"
    DENIED = "denied"
    HUNG = "hung"
    NOT_STORED = "not_kept"
    WRONG_PASSPHRASE = "wrong_passphrase"  # noqa: S105 - the name of a reason
    PASSPHRASE_MISSING = "passphrase_missing"  # noqa: S105
    PASSPHRASE_UNCHOSEN = "passphrase_unchosen"  # noqa: S105
    KEY_MISSING = "key_missing"
    DAMAGED = "damaged"
    FILE_REFUSED = "file_refused"
    ELSEWHERE = "elsewhere"


class VaultUnavailable(DeskProblem):
    """The place for credentials cannot be used now.

    Attributes:
        is_settled: the profile holds data already, whose key lies there: no other place can be chosen.
    """

    def __init__(self, reason: VaultReason, detail: str = "", *, is_settled: bool = False) -> None:
        super().__init__(detail)
        self.reason = reason
        self.is_settled = is_settled


class ProfileInUse(DeskProblem):
    """Another Deskhand process owns this profile. The detail names its process, where it is known."""


class PlaceReason(StrEnum):
    """Why the folder of a profile cannot be used."""

    NOT_A_FOLDER = "not_a_folder"
    NOT_WRITABLE = "not_writable"
    OTHERS = "others"
    NOT_PRIVATE = "not_private"
    HOLDS_OTHER = "holds_other"
    LINK = "link"
    WRONG_KIND = "wrong_kind"
    TOO_LONG = "too_long"
    NOT_TEXT = "not_text"
    NO_HOME = "no_home"
    NO_LOCKS = "no_locks"


class PlaceRefused(DeskProblem):
    """The folder of a profile cannot be used: nothing was written.

    Args:
        path: what it is about, the folder or something in it.
        detail: the operating system's own message, where it gave any.
    """

    def __init__(self, reason: PlaceReason, path: object, detail: str = "") -> None:
        super().__init__(detail)
        self.reason = reason
        self.path = str(path)


class ProfileFactsLost(DeskProblem):
    """What names a profile's key cannot be read, and there is data that needs it: nothing was touched. The detail says which file."""


class ProfileBusy(DeskProblem):
    """Another program holds a file of the profile: nothing was changed. The detail says how."""


class ProfileUnreadable(DeskProblem):
    """The operating system refused a read or write of a profile's file, which says nothing of what is in it."""


class DiskFull(DeskProblem):
    """There is no room on the disk: nothing was written, and what was typed is still where it was typed."""


class OutputRefused(DeskProblem):
    """The standard output does not take what a command found. The detail says why, in whole sentences of ours."""


class ProfileNewer(DeskProblem):
    """A newer Deskhand has written this profile: nothing was touched."""


class ProfileKeyWrong(DeskProblem):
    """The key from the vault does not open this profile: nothing was touched."""


class ProfileDamaged(DeskProblem):
    """A file of the profile cannot be read: opening the profile again sets it aside and says what is left."""


class InstallationIncomplete(DeskProblem, LookupError):
    """A part of the program itself is missing or cannot be used; the detail names it."""


class TooLittle(DeskProblem):
    """The system allows this process too little of something. The detail says of what, in whole sentences of ours."""


class NoDisplay(DeskProblem):
    """The window system cannot be reached. The detail says why, in whole sentences of ours."""


class PassphraseFileRefused(DeskProblem):
    """The file with the passphrase cannot be used. The detail says why, in whole sentences of ours."""


def proves_unsent(problem: DeskProblem) -> bool:
    """Tell whether a write that ended this way certainly had no effect, so that it may be sent again later.

    Measured on loopback (reliability reference 2.2): a refused connection and a 429 never reached the vendor's logic; everything
    else may have.
    """
    return isinstance(problem, Offline | Throttled)


def refuses_for_good(problem: DeskProblem) -> bool:
    """Tell whether the write was read and refused, or done in another way than asked, so that only its author can mend it."""
    return isinstance(problem, Invalid | NotFound | Stale | NotAllowed | NotInPlan | NotPossible | AppliedDifferently)
