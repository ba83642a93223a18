"""What takes a change back: nothing has left yet, or the change the other way round."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from deskhand.domain.commands import Action, Assign, ChangePriority, ChangeState, EditField, EditTags
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.threads import Draft
from deskhand.domain.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that can be taken back.

    Attributes:
        ticket, back: what undoes it once it has arrived; None where only what has not left can be taken back.
    """

    command: CommandId
    ticket: TicketKey | None = None
    inverse: Action | None = None


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
        return any(part.inverse is not None for part in self.parts)


def inverse(action: Action, before: Ticket) -> Action | None:
    """Return the change that leads back to what the agent saw; None for what has no way back.

    Args:
        before: the ticket as it was on screen when the change was chosen.
    """
    match action:
        case ChangeState(to=to):
            return ChangeState(to, before.state_id, before.vendor_state, before.state) if before.state_id else None
        case ChangePriority(to=to):
            if not before.priority_id:
                return None
            return ChangePriority(to, before.priority_id, before.vendor_priority, before.priority)
        case Assign(to=to):
            return Assign(to.reference if to else "", before.assignee)
        case EditTags(add=add, remove=remove):
            had = set(before.tags)
            return EditTags(tuple(tag for tag in remove if tag in had), tuple(tag for tag in add if tag not in had))
        case EditField(name="subject"):
            return EditField("subject", action.label, action.to, before.subject)
        case EditField(name=name):
            return EditField(name, action.label, action.to, before.fields.get(name))
        case _:
            return None


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
