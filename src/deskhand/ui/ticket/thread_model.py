"""What the conversation shows: messages, history and days in one order."""

from datetime import UTC, date, datetime

from PySide6.QtCore import QCoreApplication

from deskhand.domain.capabilities import Feature
from deskhand.domain.ids import TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.threads import HistoryEntry, Message, Side, Visibility
from deskhand.services.tickets import TicketView
from deskhand.ui.kit.times import day_of

_START = datetime.min.replace(tzinfo=UTC)
_END = datetime.max.replace(tzinfo=UTC)
_MOST_SAID = 3
"""Sentences at once: a conversation that is read again after a week may bring twenty messages."""


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A conversation, ready to show.

    Attributes:
        messages: in order; our own that are still on the way come last.
        vendor: its name, for "not sent to ...".
        customer: whom public replies go to.
        source: how the ticket came in, in the vendor's word.
        first_unread: id of the message to open at; None = open at the end.
        download_reason: why attachments cannot be fetched from this vendor, as a sentence; empty = they can.
    """

    key: TicketKey
    messages: tuple[Message, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    vendor: str = ""
    customer: str = ""
    source: str = ""
    first_unread: str | None = None
    download_reason: str = ""


def thread_view(view: TicketView, *, is_unread: bool) -> ThreadView:
    """Return the conversation of a ticket.

    Args:
        is_unread: it is opened and has something new: show that first.
    """
    who = view.ticket.requester
    return ThreadView(
        key=view.ticket.key,
        messages=view.messages,
        history=view.history,
        vendor=view.vendor.name,
        customer=who.shown if who else "",
        source=view.ticket.source,
        first_unread=_first_unread(view) if is_unread else None,
        download_reason=view.why_not(Feature.DOWNLOAD),
    )


def _first_unread(view: TicketView) -> str | None:
    """Return where a new conversation is opened: at the first of the customer's messages after the last of ours."""
    newest = None
    for message in reversed(view.messages):
        if message.visibility is Visibility.PUBLIC and message.side.value == "customer":
            newest = message.id
        elif message.side.value == "agent":
            break
    return newest


@dataclass(frozen=True, slots=True)
class DayMark:
    """Between the entries of two days."""

    day: date


Entry = Message | HistoryEntry | DayMark


def entries(view: ThreadView) -> list[Entry]:
    """Return messages and history by time, with a mark where a new day begins.

    Messages keep the order they came in: one without a time stays behind the one before it, one that is on its way at the end.
    """
    timed: list[tuple[datetime, int, Message | HistoryEntry]] = []
    last = _START
    for message in view.messages:
        if message.delivery.is_open:
            last = _END
        elif message.created_at is not None:
            last = max(last, message.created_at)
        timed.append((last, 1, message))
    timed.extend((entry.at or _START, 0, entry) for entry in view.history)
    timed.sort(key=lambda item: item[:2])
    done: list[Entry] = []
    today: date | None = None
    for _, _, entry in timed:
        when = entry.created_at if isinstance(entry, Message) else entry.at
        if when is not None and (day := day_of(when)) != today:
            today = day
            done.append(DayMark(day))
        done.append(entry)
    return done


def identity(entry: Entry) -> str:
    """Return what stays the same while an entry changes: a message's id, or its command while it is on the way."""
    match entry:
        case Message():
            return f"m:{entry.command or entry.id}"
        case HistoryEntry():
            return f"h:{entry.at}:{entry.what}"
        case DayMark():
            return f"d:{entry.day}"


def wrote(before: ThreadView | None, now: ThreadView | None) -> bool:
    """Tell whether a message was written here since."""
    if before is None or now is None:
        return False
    known = {message.command for message in before.messages} | {None}
    return any(message.command not in known for message in now.messages)


def announcement(before: ThreadView, now: ThreadView) -> str:
    """Return what a screen reader says when a conversation that is open has changed: what came, and what of ours was sent.

    Returns:
        Empty where nothing came and nothing left.
    """
    known = {message.id for message in before.messages}
    waiting = {message.command for message in before.messages if message.command and message.delivery.is_open}
    still = {message.command for message in now.messages if message.command and message.delivery.is_open}
    fresh = [message for message in now.messages if message.id not in known and not message.delivery.is_open]
    said = []
    if any(message.mine for message in fresh) and waiting - still:
        said.append(_tr("Sent."))
    said.extend(
        _tr("New message from {name}.").format(name=message.author.shown or _tr("the customer"))
        for message in fresh
        if not message.mine and message.side is not Side.SYSTEM
    )
    return " ".join(said[:_MOST_SAID])


def _tr(text: str) -> str:
    return QCoreApplication.translate("ThreadView", text)
