"""What takes a change back: nothing has left yet, or the change the other way round."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from deskhand.domain.commands import Action, Assign, ChangePriority, ChangeState, EditField, EditTags
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.threads import Draft
from deskhand.services.ticket_actions import Irreversible

SENT = Irreversible("What was sent cannot be called back.")
"""Of a message."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that can be taken back.

    Attributes:
        ticket, inverse: what undoes it once it has arrived, or why it can be taken back only before it leaves.
    """

    command: CommandId
    ticket: TicketKey | None = None
    inverse: Action | Irreversible = SENT


@dataclass(frozen=True, slots=True)
class LocalNote:
    """A note that was kept on this computer, and the draft that it was."""

    ticket: TicketKey
    id: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Step:
    """What was done together, and is taken back together.

    Attributes:
        note: a note on this computer, which can always be taken back.
    """

    parts: tuple[Part, ...]
    note: LocalNote | None = None

    @property
    def is_reversible(self) -> bool:
        """Whether anything of it can be undone after it has arrived."""
        return any(not isinstance(part.inverse, Irreversible) for part in self.parts)


def done_message(action: Action) -> str:
    """Return what was done, in one short sentence."""
    match action:
        case ChangeState(label=word):
            return _tr("State set to {word}.").format(word=word)
        case ChangePriority(label=word):
            return _tr("Priority set to {word}.").format(word=word)
        case Assign(to=None):
            return _tr("Assigned to nobody.")
        case Assign(to=person):
            return _tr("Assigned to {name}.").format(name=person.shown if person else "")
        case EditTags():
            return _tr("Tags changed.")
        case EditField(label=label):
            return _tr("{label} changed.").format(label=label)
        case _:
            return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Changes", text)
