"""The shown columns of a ticket: which they are, and how they follow from server state, outbox and conversation."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, get_type_hints

import apsw

from deskhand.domain.commands import OutboxItem, kind_of
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.projection import project
from deskhand.domain.tickets import Person, Priority, State, Ticket, TicketRow

from .encoding import millis, moment
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
"""How far the urgency stands to the left of the time in `priority_sort_key`."""


PROJECTION_VERSION = 1
"""Goes up with every change to what `project_row` makes of a ticket; the rows of older files are then made again in the background."""


@dataclass(frozen=True, slots=True)
class Column:
    """How a field of `Row` is stored and shown.

    Attributes:
        sql: its name in the table, where that is another one than the field's.
        shown_as: the field of `TicketRow` that shows it; empty where the list does not.
        read: makes that field's value of the stored one; None = it is the same.
        searched: its words are in the index.
    """

    sql: str = ""
    shown_as: str = ""
    read: Callable[[Any], object] | None = None
    searched: bool = False


def sort_key_millis(sort_key: int) -> int:
    """Return the time of a sort key."""
    return sort_key >> _SORT_KEY_ID_BITS


@lru_cache(4096)
def _tags(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored)) if stored else ()


@lru_cache(256)
def _kinds(stored: str) -> tuple[str, ...]:
    return tuple(stored.split())


def _moment_of_sort_key(sort_key: int) -> datetime | None:
    return moment(sort_key >> _SORT_KEY_ID_BITS)


class Row(NamedTuple):
    """A row of `tickets`: its columns in their order, each with the `Column` that tells how it is stored and shown.

    `project_row` computes them. What is stored, indexed, read and shown follows from this table; a column that a file of
    an older version lacks is added to it, so its SQL type follows from the field's type.
    """

    id: int
    account: int
    remote: str
    number: Annotated[str, Column(shown_as="number", searched=True)]
    subject: Annotated[str, Column(shown_as="subject", searched=True)]
    people: Annotated[str, Column(searched=True)]
    bigrams: Annotated[str, Column("grams", searched=True)]
    requester_name: Annotated[str, Column("who", shown_as="who")]
    requester_email: Annotated[str, Column("requester")]
    assignee_email: Annotated[str, Column("assignee")]
    assignee_id: str
    assigned: int
    state: Annotated[int, Column(shown_as="state", read=STATES.__getitem__)]
    effective_state: Annotated[int, Column("standing")]
    done: int
    vendor_state: Annotated[str, Column(shown_as="vendor_state")]
    priority: Annotated[int, Column(shown_as="priority", read=PRIORITIES.__getitem__)]
    vendor_priority: Annotated[str, Column(shown_as="vendor_priority")]
    group: Annotated[str, Column("shelf")]
    group_name: Annotated[str, Column("shelf_name", shown_as="group")]
    stage: str
    sentiment: Annotated[str, Column(shown_as="sentiment")]
    tags: Annotated[str, Column(shown_as="tags", read=_tags)]
    due: Annotated[int | None, Column(shown_as="due_at", read=moment)]
    sort_key: Annotated[int, Column("at", shown_as="updated_at", read=_moment_of_sort_key)]
    priority_sort_key: Annotated[int, Column("urgent")]
    mine: int
    unassigned: int
    pending: Annotated[str, Column(shown_as="pending", read=_kinds)]
    needs_agent: Annotated[int, Column(shown_as="needs_agent", read=bool)]
    has_draft: Annotated[int, Column(shown_as="has_draft", read=bool)]
    unread: Annotated[int, Column(shown_as="unread", read=bool)]
    waiting: Annotated[int, Column(shown_as="waiting", read=bool)]
    has_files: Annotated[int, Column(shown_as="has_files", read=bool)]
    snippet: Annotated[str, Column(shown_as="snippet")]
    talked_at: int
    said_at: int
    seen_at: int
    read_at: int
    comments_at: int
    stale: int
    gone: int


_HINTS = get_type_hints(Row, include_extras=True)
TABLE = {
    name: next((each for each in getattr(_HINTS[name], "__metadata__", ()) if isinstance(each, Column)), Column())
    for name in Row._fields
}
"""The column of every field."""

COLUMNS = tuple(column.sql or name for name, column in TABLE.items())
"""The SQL names, in the order of `Row`."""

SEARCHED = tuple(name for name, column in TABLE.items() if column.searched)
"""The fields whose words are in `ticket_words`."""

_SHOWN = {column.shown_as: (column.sql or name, column.read) for name, column in TABLE.items() if column.shown_as}
_LIST_FIELDS = tuple(_SHOWN[field.name] for field in fields(TicketRow) if field.name != "key")
_READERS = tuple(read for _, read in _LIST_FIELDS)

LIST_COLUMNS = ", ".join(f"t.{sql}" for sql in ("account", "remote", *(sql for sql, _ in _LIST_FIELDS)))
"""What `to_rows` needs, as SQL: the ticket's key, then the fields of `TicketRow` in their order."""


def to_rows(rows: Iterable[Sequence[Any]], infos: Mapping[int, "AccountInfo"]) -> list[TicketRow]:
    """Make rows of `LIST_COLUMNS`."""
    columns = tuple(zip(*rows, strict=True))
    if not columns:
        return []
    keys = (TicketKey(infos[n].id, remote) for n, remote in zip(columns[0], columns[1], strict=True))
    values = (column if read is None else map(read, column) for column, read in zip(columns[2:], _READERS, strict=True))
    return list(map(TicketRow, keys, *values))


def add_missing_columns(db: apsw.Connection) -> None:
    """Give the table of a file that an older version has written the columns that came later, empty until projected again."""
    stored = {str(row[1]) for row in db.execute("PRAGMA table_info(tickets)")}
    for name, sql in zip(Row._fields, COLUMNS, strict=True):
        if sql not in stored:
            kind = _HINTS[name]
            kind = getattr(kind, "__origin__", kind)
            sql_type = (
                "TEXT NOT NULL DEFAULT ''"
                if kind is str
                else "INTEGER NOT NULL DEFAULT 0"
                if kind is int
                else "INTEGER"
            )
            db.execute(f"ALTER TABLE tickets ADD COLUMN {sql} {sql_type}")


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
    """Return `sort_key`: time, then a part of the row's id against ties."""
    return min(ms, _TIME_LIMIT) << _SORT_KEY_ID_BITS | row_id & (1 << _SORT_KEY_ID_BITS) - 1


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
    effective_state = state
    if summary.gone:
        effective_state = GONE
    elif ticket.archived and not ticket.state.is_done:
        effective_state = ARCHIVED
    done = int(effective_state in DONE)
    priority = PRIORITY_CODES[ticket.priority]
    time = millis(ticket.updated_at)
    if not time:
        time = max(millis(ticket.created_at), summary.talked_at, summary.comments_at)
    sort_key = make_sort_key(time, row_id)
    assigned = assignee is not None and bool(assignee.shown)
    people = ""
    if requester is not None:
        people = f"{requester.name} {requester.email}"
    if assignee is not None:
        people = f"{people} {assignee.name} {assignee.email}"
    return Row(
        id=row_id,
        account=info.n,
        remote=ticket.key.remote,
        number=ticket.number,
        subject=ticket.subject,
        people=people,
        bigrams="" if ticket.subject.isascii() and people.isascii() else bigrams(ticket.subject, people),
        requester_name=requester.shown if requester is not None else "",
        requester_email=requester.email.casefold() if requester is not None else "",
        assignee_email=assignee.email.casefold() if assignee is not None else "",
        assignee_id=assignee.id if assignee is not None else "",
        assigned=int(assigned),
        state=state,
        effective_state=effective_state,
        done=done,
        vendor_state=ticket.vendor_state,
        priority=priority,
        vendor_priority=ticket.vendor_priority,
        group=group.id if group is not None else "",
        group_name=group.name if group is not None else "",
        stage=ticket.stage,
        sentiment=ticket.sentiment,
        tags=json.dumps(ticket.tags, ensure_ascii=False) if ticket.tags else "",
        due=millis(ticket.due_at) or None,
        sort_key=sort_key,
        priority_sort_key=priority << PRIORITY_SHIFT_BITS | sort_key,
        mine=int(not done and (not info.assigns or is_me(info, assignee))),
        unassigned=int(not done and info.assigns and not assigned),
        pending=pending,
        needs_agent=needs_agent,
        has_draft=int(has_draft),
        **summary._asdict(),
    )


def _pending(items: Iterable[OutboxItem]) -> tuple[str, int]:
    """Return the kinds of what is open, first what needs the agent."""
    first: dict[str, None] = {}
    later: dict[str, None] = {}
    for item in items:
        (first if item.delivery.needs_agent else later)[kind_of(item.command.action)] = None
    return " ".join({**first, **later}), int(bool(first))
