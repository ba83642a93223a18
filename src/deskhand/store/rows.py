"""The shown columns of a ticket: which they are, and how they follow from server state, outbox and conversation."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from deskhand.domain.commands import OutboxItem, kind_of
from deskhand.domain.ids import AccountId
from deskhand.domain.projection import project
from deskhand.domain.tickets import Person, Priority, State, Ticket

from .encoding import millis
from .terms import bigrams

STATES = (State.OPEN, State.PENDING, State.ON_HOLD, State.SNOOZED, State.SOLVED, State.CLOSED, State.OTHER)
STATE_CODES = {state: code for code, state in enumerate(STATES)}
ARCHIVED, GONE = 7, 8
"""Effective states beyond the vendor's: archived at the vendor, not there any more. Both are done."""
DONE = (STATE_CODES[State.SOLVED], STATE_CODES[State.CLOSED], ARCHIVED, GONE)

PRIORITIES = (Priority.NONE, Priority.LOW, Priority.OTHER, Priority.NORMAL, Priority.HIGH, Priority.URGENT)
PRIORITY_CODES = {priority: code for code, priority in enumerate(PRIORITIES)}
"""The higher, the more urgent; a word that says nothing to us stands below normal."""

_SORT_KEY_ID_BITS = 18
_TIME_LIMIT = (1 << 42) - 1
PRIORITY_SHIFT_BITS = 60
"""How far the urgency stands to the left of the time in `urgent`."""


class Row(NamedTuple):
    """A row of `tickets`, in the order of its columns."""

    id: int
    account: int
    remote: str
    number: str
    subject: str
    people: str
    grams: str
    who: str
    requester: str
    assignee: str
    assignee_id: str
    assigned: int
    state: int
    standing: int
    done: int
    vendor_state: str
    priority: int
    vendor_priority: str
    shelf: str
    shelf_name: str
    stage: str
    sentiment: str
    tags: str
    due: int | None
    at: int
    urgent: int
    mine: int
    unassigned: int
    pending: str
    needs_agent: int
    has_draft: int
    unread: int
    waiting: int
    has_files: int
    snippet: str
    talked_at: int
    said_at: int
    seen_at: int
    read_at: int
    comments_at: int
    stale: int
    gone: int


COLUMNS = Row._fields
_FIRST_SUMMARY_COLUMN = COLUMNS.index("unread")


class ConversationSummary(NamedTuple):
    """What is known of a ticket beside the vendor's record of it: the last columns of `Row`.

    Times are milliseconds, 0 for never. `talked_at` is the newest public message, `said_at` the newest one of the customer,
    `seen_at` how far the agent has seen, `read_at` when the conversation was read, `comments_at` what the list last told of it.
    """

    unread: int = 0
    waiting: int = 0
    has_files: int = 0
    snippet: str = ""
    talked_at: int = 0
    said_at: int = 0
    seen_at: int = 0
    read_at: int = 0
    comments_at: int = 0
    stale: int = 1
    gone: int = 0


def summary_of(row: Row) -> ConversationSummary:
    """Return the facts that a stored row holds."""
    return ConversationSummary._make(row[_FIRST_SUMMARY_COLUMN:])


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """An account as the rows need it.

    Attributes:
        me: the agent's e-mail, case folded. `my_ids`: ids of the same person in the vendor's list of agents.
        assigns: the vendor has assignees; where not, everything that is not done is mine.
        kept: nothing can be read from the vendor, so that what is stored is the only record.
        imported: a first walk has ended.
    """

    n: int
    id: AccountId
    me: str
    my_ids: frozenset[str]
    assigns: bool
    is_local_only: bool
    imported: bool
    full_sync: int


def make_sort_key(ms: int, row_id: int) -> int:
    """Return `at`: time, then a part of the row's id against ties."""
    return min(ms, _TIME_LIMIT) << _SORT_KEY_ID_BITS | row_id & (1 << _SORT_KEY_ID_BITS) - 1


def sort_key_millis(sort_key: int) -> int:
    """Return the time of a sort key."""
    return sort_key >> _SORT_KEY_ID_BITS


def is_me(info: AccountInfo, person: Person | None) -> bool:
    """Tell whether a person is the agent of this account."""
    if person is None:
        return False
    return bool(
        (person.email and info.me and person.email.casefold() == info.me) or (person.id and person.id in info.my_ids)
    )


def tags_of(row: Row) -> Sequence[str]:
    """Return the tags of a stored row."""
    return json.loads(row.tags) if row.tags else ()


def project_row(
    info: AccountInfo,
    row_id: int,
    ticket: Ticket,
    items: Iterable[OutboxItem],
    summary: ConversationSummary,
    *,
    has_draft: bool,
) -> Row:
    """Return the row that the list shows.

    Args:
        ticket: the server state.
        items: open outbox items, first made first.
    """
    pending, needs_agent = "", 0
    if items:
        pending, needs_agent = _pending(items)
        ticket = project(ticket, items)
    requester, assignee, group = ticket.requester, ticket.assignee, ticket.group
    state = STATE_CODES[ticket.state]
    standing = state
    if summary.gone:
        standing = GONE
    elif ticket.archived and not ticket.state.is_done:
        standing = ARCHIVED
    done = int(standing in DONE)
    priority = PRIORITY_CODES[ticket.priority]
    time = millis(ticket.updated_at)
    if not time:
        time = max(millis(ticket.created_at), summary.talked_at, summary.comments_at)
    at = make_sort_key(time, row_id)
    assigned = assignee is not None and bool(assignee.shown)
    people = ""
    if requester is not None:
        people = f"{requester.name} {requester.email}"
    if assignee is not None:
        people = f"{people} {assignee.name} {assignee.email}"
    return Row(
        row_id,
        info.n,
        ticket.key.remote,
        ticket.number,
        ticket.subject,
        people,
        "" if ticket.subject.isascii() and people.isascii() else bigrams(ticket.subject, people),
        requester.shown if requester is not None else "",
        requester.email.casefold() if requester is not None else "",
        assignee.email.casefold() if assignee is not None else "",
        assignee.id if assignee is not None else "",
        int(assigned),
        state,
        standing,
        done,
        ticket.vendor_state,
        priority,
        ticket.vendor_priority,
        group.id if group is not None else "",
        group.name if group is not None else "",
        ticket.stage,
        ticket.sentiment,
        json.dumps(ticket.tags, ensure_ascii=False) if ticket.tags else "",
        millis(ticket.due_at) or None,
        at,
        priority << PRIORITY_SHIFT_BITS | at,
        int(not done and (not info.assigns or is_me(info, assignee))),
        int(not done and info.assigns and not assigned),
        pending,
        needs_agent,
        int(has_draft),
        *summary,
    )


def _pending(items: Iterable[OutboxItem]) -> tuple[str, int]:
    """Return the kinds of what is open, first what needs the agent."""
    first: dict[str, None] = {}
    later: dict[str, None] = {}
    for item in items:
        (first if item.delivery.needs_agent else later)[kind_of(item.command.action)] = None
    return " ".join({**first, **later}), int(bool(first))
