"""What a message card says beside the message: who, to whom, when, how far it has got, and what can be done about it."""

from datetime import datetime
from enum import StrEnum
from typing import assert_never

from PySide6.QtCore import QCoreApplication, QLocale

from deskhand.content.characters import strip_direction
from deskhand.content.limits import SanitizeNotice
from deskhand.content.names import OpenReason
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.threads import Delivery, Message, Resolution, Side, Visibility
from deskhand.ui.kit import times
from deskhand.ui.kit.theme import Tone
from deskhand.ui.outbox import wait_reason
from deskhand.ui.ticket.thread_model import ThreadView


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Message", text, None, count).replace("%n", str(count))


class MessageAction(StrEnum):
    """What the agent may do about a message that is not sent; what may be decided about it comes as its `options`."""

    UNDO = "undo"
    SHOW = "show"
    """Go to the newer message that stopped it."""


@dataclass(frozen=True, slots=True)
class MessageButton:
    """A button."""

    action: MessageAction | Resolution
    label: str


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """How far an outgoing message has got.

    Attributes:
        label: short, shown where the time is shown otherwise.
        problem: a sentence, for the line below the message.
        buttons: the first one is filled.
    """

    label: str
    tone: Tone
    problem: str
    buttons: tuple[MessageButton, ...]


def is_note(message: Message) -> bool:
    """Tell whether the customer surely never sees it."""
    return message.visibility in (Visibility.INTERNAL, Visibility.LOCAL)


def tells_more(message: Message) -> bool:
    """Tell whether the words behind the name say what nothing else on the card does, so that they must be seen whole."""
    return message.visibility is not Visibility.PUBLIC or message.unconfirmed


def author(message: Message) -> str:
    """Return who speaks."""
    if message.mine:
        return _tr("You")
    if message.author.shown:
        return strip_direction(message.author.shown)
    match message.side:
        case Side.CUSTOMER:
            return _tr("Customer")
        case Side.AGENT:
            return _tr("Colleague")
        case Side.SYSTEM:
            return _tr("Automatic message")
    assert_never(message.side)


def about(message: Message, view: ThreadView, *, first: bool) -> str:
    """Return the quiet words behind the name."""
    match message.visibility:
        case Visibility.LOCAL:
            return _tr("note on this computer, not sent to {vendor}").format(vendor=view.vendor)
        case Visibility.INTERNAL:
            text = _tr("note, colleagues only")
            return f"{text} · {_said_sent(view)}" if message.unconfirmed else text
        case Visibility.UNSAID:
            return _tr("perhaps a note: who reads it cannot be told from {vendor}'s answer").format(vendor=view.vendor)
        case Visibility.PUBLIC:
            pass
    match message.side:
        case Side.CUSTOMER:
            text = _tr("customer")
            return f"{text} · {strip_direction(view.source)}" if first and view.source else text
        case Side.AGENT:
            who = strip_direction(view.customer)
            text = _tr("to {customer}").format(customer=who) if who else _tr("to the customer")
            return f"{text} · {_said_sent(view)}" if message.unconfirmed else text
        case Side.SYSTEM:
            return _tr("automatic")
    assert_never(message.side)


def _said_sent(view: ThreadView) -> str:
    return _tr("you said it was sent, {vendor} does not show it").format(vendor=view.vendor)


def when(message: Message, now: datetime) -> str:
    """Return "10 min ago" for the last hour, else the moment."""
    if message.created_at is None:
        return ""
    seconds = (now - message.created_at).total_seconds()
    if 0 <= seconds < 60:
        return _tr("just now")
    if 0 <= seconds < 3600:
        return _tr("%n min ago", int(seconds // 60))
    return times.moment(message.created_at, now)


def delivery_status(message: Message, now: datetime) -> DeliveryStatus | None:
    """Return how far it has got; None for what the vendor has."""
    match message.delivery:
        case Delivery.SENT:
            return None
        case Delivery.HELD:
            left = (message.undo_until - now).total_seconds() if message.undo_until is not None else 0
            text = _tr("sending in %n s", max(1, int(left + 0.999))) if left > 0 else _tr("waiting to be sent")
            return DeliveryStatus(text, Tone.PLAIN, message.problem, (_undo_button(),))
        case Delivery.QUEUED:
            return DeliveryStatus(_tr("waiting to be sent"), Tone.WAITING, _why(message, now), (_undo_button(),))
        case Delivery.SENDING:
            return DeliveryStatus(_tr("sending"), Tone.PLAIN, "", ())
        case Delivery.UNKNOWN:
            return DeliveryStatus(_tr("checking whether it arrived"), Tone.WAITING, _why(message, now), ())
        case Delivery.FAILED:
            problem = message.problem or _tr("It was refused. Your text is kept.")
            return DeliveryStatus(_tr("not sent"), Tone.WRONG, problem, _decision_buttons(message))
        case Delivery.NEEDS_DECISION:
            return DeliveryStatus(_tr("needs you"), Tone.WRONG, message.problem, _decision_buttons(message))
    assert_never(message.delivery)


def _why(message: Message, now: datetime) -> str:
    """Return what a message waits for; nothing where it only waits for its turn."""
    wait = message.waiting
    return wait_reason.sentence(wait, now) if wait is not None and (wait.problem or wait.until) else message.problem


def _undo_button() -> MessageButton:
    return MessageButton(MessageAction.UNDO, _tr("Undo"))


def _decision_buttons(message: Message) -> tuple[MessageButton, ...]:
    shows = (MessageButton(MessageAction.SHOW, _tr("Show it")),) if message.stopped_by else ()
    return shows + tuple(MessageButton(option.how, option.label) for option in message.options)


def blocked_pictures(message: Message) -> str:
    """Return the line about remote images, or nothing where there are none."""
    remote = [picture for picture in message.pictures if picture.blocked]
    if not remote:
        return ""
    hosts = sorted({picture.host for picture in remote if picture.host})
    count = len(remote)
    if not hosts:
        return _tr("1 remote image was not loaded.") if count == 1 else _tr("%n remote images were not loaded.", count)
    where = hosts[0] if len(hosts) == 1 else _tr("{host} and others").format(host=hosts[0])
    text = (
        _tr("1 remote image from {host} was not loaded.")
        if count == 1
        else _tr("%n remote images from {host} were not loaded.", count)
    )
    return text.format(host=where)


def omitted_text(message: Message) -> str:
    """Return what of a message is not shown, and why; empty where all of it is."""
    match message.notice:
        case "":
            why = ""
        case SanitizeNotice.TOO_BIG:
            why = _tr("This message is very large, so only its text is shown.")
        case SanitizeNotice.TOO_COSTLY:
            why = _tr("Formatting this message would take too long, so only its text is shown.")
        case (
            SanitizeNotice.TOO_MANY_TAGS
            | SanitizeNotice.TOO_DEEP
            | SanitizeNotice.TOO_MANY_ATTRIBUTES
            | SanitizeNotice.UNSTABLE
        ):
            why = _tr("The formatting of this message is unusual and could do harm, so only its text is shown.")
        case SanitizeNotice.TEXT_LOST:
            why = _tr("Formatted, some words of this message would be missing, so only its text is shown.")
        case other:
            why = other
    rest = _tr("The rest of this message is not shown.") if message.truncated else ""
    return " ".join(part for part in (why, rest) if part)


def save_only_reason(why: OpenReason) -> str:
    """Return why a file does not open, with `{name}` for its name; empty where it opens."""
    match why:
        case OpenReason.ORDINARY:
            return ""
        case OpenReason.HIDDEN_CHARACTERS:
            return _tr("The name of {name} holds characters that do not show, so it can only be saved.")
        case OpenReason.NO_ENDING:
            return _tr("The name of {name} does not say what it is, so it can only be saved.")
        case OpenReason.ENDING:
            return _tr("{name} is of a kind that could do harm when it is opened, so it can only be saved.")
        case OpenReason.TYPE:
            return _tr("{name} was sent as another kind of file than its name says, so it can only be saved.")
        case OpenReason.CONTENT:
            return _tr("The content of {name} is not what its name says, so it can only be saved.")
    assert_never(why)


def size_text(size: int | None) -> str:
    """Return "1.2 kB", or nothing where the size is unknown."""
    return (
        "" if size is None else QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
    )


def spoken(message: Message, view: ThreadView, now: datetime, *, first: bool) -> str:
    """Return the whole message as a screen reader says it."""
    state = delivery_status(message, now)
    head = [author(message), about(message, view, first=first), when(message, now), state.label if state else ""]
    return f"{', '.join(part for part in head if part)}: {strip_direction(message.text)}"
