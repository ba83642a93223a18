"""What a notification says. A customer's own text stands in it as plain text only: bounded, on one line, without control characters."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from deskhand.content.characters import repair, strip_direction
from deskhand.content.lines import bounded
from deskhand.domain.accounts import Account
from deskhand.domain.commands import OutboxItem
from deskhand.domain.events import Event, EventKind
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Notification
from deskhand.domain.ports.notifications import LATER, OPEN, REPLY
from deskhand.domain.tickets import TicketRow, Turn
from deskhand.domain.wording import item as item_name

from .notification_choices import Content
from .notification_rules import Bundle, needs_agent

LONGEST_TITLE, LONGEST_LINE = 120, 240
"""Characters of a title and of a customer's line."""

_MESSAGES = (EventKind.NEW, EventKind.REPLIED)


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored about the events of a bundle.

    Attributes:
        rows: of the tickets that still exist.
        items: of the outbox, by their commands.
        can_reply: whether a ticket takes a reply.
    """

    accounts: Mapping[AccountId, Account]
    rows: Mapping[TicketKey, TicketRow]
    items: Mapping[CommandId, OutboxItem]
    can_reply: Callable[[TicketKey], bool] = lambda _key: True


def plain(text: str, most: int = LONGEST_LINE) -> str:
    """Return foreign text as a notification may show it."""
    line = " ".join(strip_direction(repair(text[: 20 * most])).replace("\ufffd", " ").split())
    return bounded(line, most)


def notification(bundle: Bundle, known: Known, content: Content, *, sound: bool) -> Notification:
    """Return what is shown for a bundle; which sound is meant by `sound` is another matter (`notification_sounds`)."""
    if len(bundle.events) > 1:
        return _summary(bundle.events, known, sound=sound)
    event = bundle.events[0]
    account = known.accounts.get(event.account)
    source = plain(account.label, LONGEST_TITLE) if account is not None else ""
    title, body = _hidden(event, source) if content is Content.HIDDEN else _shown(event, known, source, content)
    return Notification(
        tag_of(event),
        title,
        body,
        source,
        actions=_actions(event, known, is_hidden=content is Content.HIDDEN),
        urgent=needs_agent(event),
        sound=sound,
    )


def tag_of(event: Event) -> str:
    """Return under which tag an event is shown: what is told of a ticket later takes the place of what was told before."""
    return f"{event.account}/{event.remote}"


def test_notification(event: Event, account: Account | None, *, sound: bool) -> Notification:
    """Return what a test shows: nothing of a customer."""
    source = plain(account.label, LONGEST_TITLE) if account is not None else ""
    return Notification(
        tag_of(event), "This is a test", "A notification of Deskhand looks like this.", source, sound=sound
    )


SUMMARY = "summary"
"""The tag of a notification about several tickets."""


def _actions(event: Event, known: Known, *, is_hidden: bool) -> tuple[tuple[str, str], ...]:
    if event.kind is EventKind.ACCOUNT:
        return ((OPEN, "Show what to do"),)
    if event.kind is EventKind.SEND_FAILED:
        return ((OPEN, "Mend it"),)
    found = [(OPEN, "Open")]
    if not is_hidden and event.ticket is not None and known.can_reply(event.ticket):
        found.append((REPLY, "Reply"))
    found.append((LATER, "Later 1 h"))
    return tuple(found)


def _hidden(event: Event, source: str) -> tuple[str, str]:
    match event.kind:
        case EventKind.NEW | EventKind.REPLIED:
            return "A customer wrote", f"1 new message at {source}."
        case EventKind.ASSIGNED:
            return "A ticket was assigned to you", f"At {source}."
        case EventKind.RETURNED:
            return "A ticket is back from Later", f"At {source}."
        case EventKind.SEND_FAILED:
            return "Something was not sent", f"It waits in the outbox of {source}."
        case _:
            return f"{source} needs you", "It stopped."


def _shown(event: Event, known: Known, source: str, content: Content) -> tuple[str, str]:
    row = known.rows.get(event.ticket) if event.ticket is not None else None
    who = plain(row.who, LONGEST_TITLE // 2) if row is not None and row.who else "A customer"
    subject = plain(row.subject, LONGEST_TITLE) if row is not None else ""
    match event.kind:
        case EventKind.NEW | EventKind.REPLIED:
            title = f"{who} wrote again" if event.kind is EventKind.REPLIED else f"{who} wrote"
            line = plain(row.snippet) if row is not None and row.turn is Turn.US and content is Content.FULL else ""
            return title, f"{subject}: “{line}”" if line and subject else line or subject or f"At {source}."
        case EventKind.ASSIGNED:
            return "Assigned to you", f"{who}: {subject}" if subject else who
        case EventKind.RETURNED:
            title = bounded(f"{who}: {subject}", LONGEST_TITLE) if subject else who
            return title, f"You wrote: “{plain(event.detail)}”" if event.detail else "Back from Later."
        case EventKind.SEND_FAILED:
            return _not_sent(event, known, who if row is not None else source)
        case _:
            return f"{source} needs you", plain(event.detail) or "It stopped."


def _not_sent(event: Event, known: Known, who: str) -> tuple[str, str]:
    found = known.items.get(CommandId(event.detail))
    what = plain(item_name(found), LONGEST_TITLE) if found is not None else "Something"
    problem = plain(found.problem) if found is not None else ""
    said = problem or "It needs your decision."
    return "Not sent", f"{what[:1].upper()}{what[1:]}, {who}. {said} What you typed is kept."


def _summary(events: Sequence[Event], known: Known, *, sound: bool) -> Notification:
    counts = Counter(event.account for event in events)
    of = [
        f"{plain(known.accounts[account].label, 40)} {count}"
        for account, count in counts.most_common()
        if account in known.accounts
    ]
    what = "new messages" if all(event.kind in _MESSAGES for event in events) else "things to look at"
    urgent = all(map(needs_agent, events))
    tag = SUMMARY if len(counts) > 1 else f"{events[0].account}/"
    title = f"{len(events)} in the outbox or at accounts need you" if urgent else f"{len(events)} {what}"
    return Notification(tag, title, " · ".join(of), actions=((OPEN, "Show them"),), urgent=urgent, sound=sound)
