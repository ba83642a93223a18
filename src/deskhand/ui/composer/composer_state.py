"""What the reply box has to know of the ticket's account."""

from dataclasses import dataclass
from enum import StrEnum

from deskhand.domain.capabilities import BodyFormat, StateChoice

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
        colour: the vendor's, `#rrggbb`.
        reply_reason, attach_reason: why not, in words; empty where it is possible.
        format, note_format: what the vendor takes.
        states: what "Send and set state" offers; empty where states cannot be set.
        closing: the state of "Send and close"; None where the ticket cannot be closed.
        to: who gets a reply: "Casey Customer <casey@example.com>".
        cc_before: who else got the last message.
        notice: what has to be known before sending ("This ticket is closed; a reply opens it again.").
        max_chars: longest message that is taken; None = no limit known.
    """

    account_label: str = ""
    vendor: str = ""
    colour: str = "#68727f"
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
    max_chars: int | None = None
