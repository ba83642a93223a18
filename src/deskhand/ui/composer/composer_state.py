"""What the reply box has to know of the ticket's account."""

from enum import StrEnum

from deskhand.domain.accounts import AccountMark
from deskhand.domain.capabilities import BodyFormat, StateChoice
from deskhand.domain.going_on import GoOn
from deskhand.domain.lazy_dataclass import dataclass

REPLY, NOTE = "reply", "note"


class NoteKind(StrEnum):
    """Where a note goes."""

    REMOTE = "remote"
    """To the vendor, for colleagues."""
    LOCAL = "local"
    """It stays on this computer."""


@dataclass(frozen=True, slots=True)
class ComposerState:
    """Everything but the text.

    Attributes:
        mark: the account's.
        group: the brand, team or pipeline of the ticket; empty = none.
        reply_reason, attach_reason: why not, in words; empty where it is possible.
        format, note_format: what the vendor takes.
        states: what "Send and set state" offers; empty where states cannot be set.
        closing: the state of "Send and close"; None where the ticket cannot be closed.
        to: who gets a reply: "Casey Customer <casey@example.com>".
        cc_before: who else got the last message.
        notice: what has to be known before sending ("This ticket is closed; a reply opens it again.").
        go_on: what comes after a reply, as set; None where nothing does, because there is no list beside it.
        max_chars: longest message that is taken; None = no limit known.
    """

    account_label: str = ""
    vendor: str = ""
    mark: AccountMark = AccountMark()
    can_reply: bool = True
    reply_reason: str = ""
    note_kind: NoteKind = NoteKind.LOCAL
    can_cc: bool = False
    can_attach: bool = False
    attach_reason: str = ""
    format: BodyFormat = BodyFormat.PLAIN
    note_format: BodyFormat = BodyFormat.PLAIN
    states: tuple[StateChoice, ...] = ()
    closing: StateChoice | None = None
    to: str = ""
    cc_before: tuple[str, ...] = ()
    notice: str = ""
    go_on: GoOn | None = None
    max_chars: int | None = None
    group: str = ""
