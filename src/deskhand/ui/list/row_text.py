"""What a row says, in words: its chips, the one urgent thing, and the sentence for a screen reader."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from deskhand.content.characters import strip_direction
from deskhand.domain import wording
from deskhand.domain.tickets import Priority, State, TicketRow
from deskhand.ui.kit import times
from deskhand.ui.kit.theme import Tone

_SOON = 4 * 3600
_READABLE = 20
"""A longer number (a UUID has 36 characters) tells nobody anything, and takes the place of what does."""

_GLAD = frozenset({"positive", "happy", "satisfied", "neutral"})


def _tr(text: str) -> str:
    return QCoreApplication.translate("TicketRow", text)


@dataclass(frozen=True, slots=True)
class AccountTag:
    """How an account shows in a row.

    Attributes:
        mark: two letters of its vendor.
        colour: `#rrggbb` of its vendor.
    """

    mark: str
    label: str
    colour: str


@dataclass(frozen=True, slots=True)
class Urgent:
    """The one thing at the right of a row."""

    label: str
    tone: Tone
    icon: str = ""


def state_label(row: TicketRow) -> str:
    """Return the vendor's own word for the state, or ours where it has none."""
    if row.vendor_state:
        return wording.vendor_label(row.vendor_state)
    return {
        State.OPEN: _tr("Open"),
        State.PENDING: _tr("Pending"),
        State.ON_HOLD: _tr("On hold"),
        State.SNOOZED: _tr("Snoozed"),
        State.SOLVED: _tr("Solved"),
        State.CLOSED: _tr("Closed"),
        State.OTHER: "",
    }[row.state]


def priority_label(row: TicketRow) -> str:
    """Return the vendor's word for a priority that stands out; a normal one is not worth a chip."""
    if row.priority in (Priority.NONE, Priority.NORMAL):
        return ""
    if row.vendor_priority:
        return wording.vendor_label(row.vendor_priority)
    return {Priority.URGENT: _tr("Urgent"), Priority.HIGH: _tr("High"), Priority.LOW: _tr("Low")}.get(row.priority, "")


def account_and_group(row: TicketRow, account: AccountTag) -> str:
    """Return "Nx · Webshop": the account's mark and the group, or its name where there is no group."""
    return " · ".join(filter(None, (account.mark, row.group or account.label)))


def urgent(row: TicketRow, now: datetime) -> Urgent | None:
    """Return the one thing that is urgent: a decision, what is on its way, a due time, a draft, a file, a mood."""
    if row.needs_agent:
        return Urgent(_tr("needs you"), Tone.WRONG, "triangle-alert")
    if row.pending:
        labels = {"reply": _tr("reply waiting"), "note": _tr("note waiting"), "create": _tr("not sent yet")}
        return Urgent(labels.get(row.pending[0], _tr("change waiting")), Tone.WAITING)
    if row.due_at is not None and not row.state.is_done:
        near = (row.due_at - now).total_seconds() < _SOON
        return Urgent(times.due(row.due_at, now), Tone.WRONG if near else Tone.PLAIN)
    if row.has_draft:
        return Urgent(_tr("draft"), Tone.ACCENT, "pencil")
    if row.has_files:
        return Urgent(_tr("attachment"), Tone.PLAIN, "paperclip")
    if row.sentiment and row.sentiment.casefold() not in _GLAD:
        return Urgent(row.sentiment.casefold(), Tone.PLAIN)
    return None


def who(row: TicketRow) -> str:
    """Return the customer; where nobody is known the ticket's number, unless only a machine could read it."""
    if row.who:
        return row.who
    if row.number and len(row.number) <= _READABLE:
        return row.number
    return _tr("No customer")


def sentence(row: TicketRow, account: AccountTag, now: datetime) -> str:
    """Return the whole row in one sentence."""
    parts = [_tr("Unread") if row.unread else "", who(row), row.subject or _tr("no subject")]
    if word := state_label(row):
        parts.append(_tr("state {word}").format(word=word))
    if word := priority_label(row):
        parts.append(_tr("priority {word}").format(word=word))
    parts += [account.label, row.group if row.group != account.label else ""]
    if (thing := urgent(row, now)) is not None:
        parts.append(thing.label)
    if row.updated_at is not None:
        parts.append(times.age(row.updated_at, now))
    return strip_direction(", ".join(" ".join(part.split()) for part in parts if part))
