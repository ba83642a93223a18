"""The shown columns of a ticket: which they are, and how they follow from server state, outbox and conversation."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Annotated, NamedTuple, get_type_hints

from deskhand.domain.commands import OutboxItem, kind_of
from deskhand.domain.projection import project
from deskhand.domain.queries import Scope, Sort
from deskhand.domain.tickets import State, Ticket

from .account_info import AccountInfo, is_me
from .columns import PRIORITY, RETURN_TIME, TIME, WAIT, Column, RowSet
from .encoding import millis, moment
from .local_facts import NO_DATE, NO_MARKS, LocalMarks
from .row_keys import (
    ARCHIVED,
    AWAY_STATES,
    DONE,
    GONE,
    PRIORITIES,
    PRIORITY_CODES,
    PRIORITY_SHIFT_BITS,
    PUT_AWAY,
    STATE_CODES,
    STATES,
    THEM,
    TURN_CODES,
    TURNS,
    US,
    make_sort_key,
    make_wait_sort_key,
    moment_of_sort_key,
    since_of_sort_key,
    waits_of,
)
from .row_turns import replied_at_of, turn_of
from .terms import bigrams

_SNOOZED = (STATE_CODES[State.SNOOZED],)
_BY_TIME = {Sort.NEWEST: True, Sort.OLDEST: False, Sort.BEST: True}

PROJECTION_VERSION = 4
"""Goes up with every change to what `project_row` makes of a ticket; the rows of older files are then made again in the background."""


@lru_cache(4096)
def _tags(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored)) if stored else ()


@lru_cache(256)
def _kinds(stored: str) -> tuple[str, ...]:
    return tuple(stored.split())


def _return_time(stored: int) -> datetime | None:
    return moment(stored) if stored < NO_DATE else None


def _flag(name: str, index: str) -> Column:
    """Return a yes or no that is shown, filtered by and listed along an index of its own."""
    return Column(shown_as=name, read=bool, sets=(RowSet(name, index=index),), filtered_by=name, code=int, is_fact=True)


class Row(NamedTuple):
    """A row of `tickets`: its columns in their order, each with the `Column` that tells how it is stored and shown.

    `project_row` computes them. What is stored, indexed, read, shown, counted, filtered and sorted follows from this table. A column
    that a file of an older version lacks is added to it with its indexes and counts, so its SQL type follows from the field's type.
    """

    id: int
    account: Annotated[int, Column(is_fact=True)]
    remote: str
    number: Annotated[str, Column(shown_as="number", searched=True)]
    subject: Annotated[str, Column(shown_as="subject", searched=True)]
    people: Annotated[str, Column(searched=True)]
    bigrams: Annotated[str, Column("grams", searched=True)]
    requester_name: Annotated[str, Column("who", shown_as="who")]
    requester_email: Annotated[str, Column("requester", filtered_by="requester", code=str.casefold)]
    assignee_email: Annotated[str, Column("assignee", shown_as="assignee_email", is_fact=True)]
    assignee_id: str
    assignee_name: Annotated[str, Column(shown_as="assignee_name")]
    assigned: Annotated[int, Column(is_fact=True)]
    state: Annotated[int, Column(shown_as="state", read=STATES.__getitem__)]
    effective_state: Annotated[
        int,
        Column(
            "standing",
            sets=(RowSet(Scope.SNOOZED, _SNOOZED, states=_SNOOZED, is_open=True),),
            counted_each="state",
            filtered_by="states",
            code=STATE_CODES.__getitem__,
            is_fact=True,
        ),
    ]
    done: Annotated[  # 0 = open, 1 = done, `PUT_AWAY`
        int,
        Column(
            sets=(
                RowSet(Scope.OPEN, (0,), index="open", is_open=True),
                # Merging the four states takes four times as long as an index, so there is one for the order that is seen most.
                RowSet(Scope.DONE, index="done", sorts=(TIME,), states=DONE),
            )
        ),
    ]
    vendor_state: Annotated[str, Column(shown_as="vendor_state", filtered_by="vendor_state", is_fact=True)]
    priority: Annotated[
        int,
        Column(
            shown_as="priority",
            read=PRIORITIES.__getitem__,
            counted_each="priority",
            filtered_by="priorities",
            code=PRIORITY_CODES.__getitem__,
            is_fact=True,
        ),
    ]
    vendor_priority: Annotated[str, Column(shown_as="vendor_priority", is_fact=True)]
    group: Annotated[str, Column("shelf", filtered_by="group", is_fact=True)]
    group_name: Annotated[str, Column("shelf_name", shown_as="group")]
    stage: Annotated[str, Column(filtered_by="stage")]
    sentiment: Annotated[str, Column(shown_as="sentiment")]
    tags: Annotated[str, Column(shown_as="tags", read=_tags)]
    due: Annotated[int | None, Column(shown_as="due_at", read=moment, is_fact=True)]
    created: Annotated[int, Column(is_fact=True)]
    sort_key: Annotated[
        int,
        Column(TIME, shown_as="updated_at", read=moment_of_sort_key, sorts=_BY_TIME),
    ]
    priority_sort_key: Annotated[int, Column(PRIORITY, sorts={Sort.PRIORITY: True}, is_fact=True)]
    turn: Annotated[
        int,
        Column(
            shown_as="turn",
            read=TURNS.__getitem__,
            sets=(
                RowSet(Scope.WAITING_FOR_US, (US,), index="us", is_open=True, waits=waits_of(US)),
                RowSet(Scope.WAITING_FOR_THEM, (THEM,), index="them", is_open=True, waits=waits_of(THEM)),
            ),
            filtered_by="turn",
            code=TURN_CODES.__getitem__,
            is_fact=True,
        ),
    ]
    wait_sort_key: Annotated[
        int, Column(WAIT, shown_as="waiting_since", read=since_of_sort_key, sorts={Sort.WAITING: False}, is_fact=True)
    ]
    answered: Annotated[int, Column(shown_as="answered", read=bool)]
    mine: Annotated[
        int,
        Column(
            shown_as="is_mine", read=bool, sets=(RowSet(Scope.MINE_OPEN, index="mine", is_open=True),), is_fact=True
        ),
    ]
    unassigned: Annotated[int, Column(sets=(RowSet(Scope.UNASSIGNED, index="unassigned", is_open=True),), is_fact=True)]
    pending: Annotated[
        str,
        Column(
            shown_as="pending", read=_kinds, sets=(RowSet(Scope.OUTBOX, None, index="outbox", has_account_index=False),)
        ),
    ]
    needs_agent: Annotated[int, Column(shown_as="needs_agent", read=bool, is_fact=True)]
    has_draft: Annotated[
        int,
        Column(
            shown_as="has_draft",
            read=bool,
            sets=(RowSet(Scope.DRAFTS, index="drafts", has_account_index=False),),
            is_fact=True,
        ),
    ]
    draft_text: Annotated[str, Column(shown_as="draft_text")]
    in_later: Annotated[int, Column(sets=(RowSet(Scope.LATER, index="later", sorts=(RETURN_TIME, TIME, PRIORITY)),))]
    is_away: Annotated[int, Column(shown_as="is_away", read=bool, filtered_by="is_away", code=int, is_fact=True)]
    return_at: Annotated[
        int, Column(shown_as="later_until", read=_return_time, sorts={"return": False}, sorts_sets_only=True)
    ]
    later_reason: Annotated[str, Column(shown_as="later_reason")]
    is_back: Annotated[int, Column(shown_as="is_back", read=bool, filtered_by="is_back", code=int)]
    later_replies: Annotated[int, Column(shown_as="later_replies")]
    is_pinned: Annotated[int, _flag("is_pinned", "pinned")]
    is_linked: Annotated[int, _flag("is_linked", "linked")]
    unread: Annotated[
        int,
        Column(
            shown_as="unread",
            read=bool,
            sets=(RowSet("unread", index="unread"),),
            filtered_by="unread",
            code=int,
            is_fact=True,
        ),
    ]
    waiting: int
    has_files: Annotated[int, Column(shown_as="has_files", read=bool, filtered_by="has_files", code=int, is_fact=True)]
    snippet: Annotated[str, Column(shown_as="snippet")]
    talked_at: int
    said_at: Annotated[int, Column(is_fact=True)]
    seen_at: Annotated[int, Column(is_fact=True)]
    read_at: int
    comments_at: int
    stale: int
    gone: int
    has_note: Annotated[int, _flag("has_note", "with_note")]
    told_turn: int
    told_since: int
    told_answered: int
    recipients: str


HINTS = get_type_hints(Row, include_extras=True)
"""The type of every field, with its `Column`."""

TABLE = {
    name: next((each for each in getattr(HINTS[name], "__metadata__", ()) if isinstance(each, Column)), Column())
    for name in Row._fields
}
"""The column of every field."""

COLUMNS = tuple(column.sql or name for name, column in TABLE.items())
"""The SQL names, in the order of `Row`."""

SEARCHED = tuple(name for name, column in TABLE.items() if column.searched)
"""The fields whose text is in `ticket_words`."""

COUNTED = tuple((n, column) for n, column in enumerate(TABLE.values()) if column.sets or column.counted_each)
"""The columns that are counted, each with its place in `Row`."""

FACTS = tuple(column.sql or name for name, column in TABLE.items() if column.is_fact)
"""The SQL names of the columns that filters are checked by, in their order."""

ROW_SETS = {rows.name: (column.sql or name, rows) for name, column in TABLE.items() for rows in column.sets}
"""The views, and the filters that have indexes of their own: the SQL name of the column, and its rows."""

FILTERS = {
    column.filtered_by: (column.sql or name, column.code) for name, column in TABLE.items() if column.filtered_by
}
"""The filters: the SQL name of the column, and what makes the stored value."""

SORTS = {
    order: (column.sql or name, descending)
    for name, column in TABLE.items()
    for order, descending in column.sorts.items()
}
"""The orders of a list: the SQL name of the column, and whether it is descending."""

SORTS_OF_SETS = frozenset(column.sql or name for name, column in TABLE.items() if column.sorts_sets_only)
"""The columns that give an order only where a row set has an index for them."""

_FIRST_SUMMARY_COLUMN = COLUMNS.index("unread")


class ConversationSummary(NamedTuple):
    """What is known of a ticket beside the vendor's record of it: the last columns of `Row`.

    Times are milliseconds, 0 for never. `talked_at` is the newest public message, `said_at` the newest one of the customer,
    `seen_at` how far the agent has seen, `read_at` when the conversation was read, `comments_at` what the list last told of it.
    `waiting` is 1 where the newest public message is the customer's: version 0.1 shows it. `told_turn`, `told_since` and `told_answered` are what the conversation says of `turn`, `waiting_since` and `answered` of a row.
    `recipients` are the addresses that got a copy of a message, each with a space before and behind it.
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
    has_note: int = 0
    told_turn: int = 0
    told_since: int = 0
    told_answered: int = 0
    recipients: str = ""


def summary_of(row: Row) -> ConversationSummary:
    """Return the facts that a stored row holds."""
    return ConversationSummary._make(row[_FIRST_SUMMARY_COLUMN:])


def project_row(
    info: AccountInfo,
    row_id: int,
    ticket: Ticket,
    items: Iterable[OutboxItem],
    summary: ConversationSummary,
    *,
    draft: str | None,
    marks: LocalMarks = NO_MARKS,
) -> Row:
    """Return the row that the list shows.

    Args:
        ticket: the server state.
        items: open outbox items, first made first.
        draft: how what is typed and not sent begins; empty where it has no words, None where nothing is typed.
        marks: what this computer alone knows. A ticket that came back is so until it is done, which counts before the vendor confirms it.
    """
    was_done = ticket.state.is_done
    pending, needs_agent, replied_at = "", 0, 0
    if items:
        replied_at = replied_at_of(items)
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
    is_back = int(marks.is_back and (was_done or not done))
    if marks.is_away and not done:
        done, effective_state = PUT_AWAY, effective_state + AWAY_STATES
    priority = PRIORITY_CODES[ticket.priority]
    time = millis(ticket.updated_at)
    if not time:
        time = max(millis(ticket.created_at), summary.talked_at, summary.comments_at)
    sort_key = make_sort_key(time, row_id)
    assigned = assignee is not None and bool(assignee.shown)
    turn, since = turn_of(info, ticket, summary, replied_at, done=done)
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
        assignee_name=assignee.name if assignee is not None else "",
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
        created=millis(ticket.created_at),
        sort_key=sort_key,
        priority_sort_key=priority << PRIORITY_SHIFT_BITS | sort_key,
        turn=turn,
        wait_sort_key=make_wait_sort_key(turn, since, time, row_id, done=done),
        answered=int(bool(replied_at or summary.told_answered)),
        mine=int(not done and (not info.assigns or is_me(info, assignee))),
        unassigned=int(not done and info.assigns and not assigned),
        pending=pending,
        needs_agent=needs_agent,
        has_draft=int(draft is not None),
        draft_text=draft or "",
        in_later=int(marks.is_away or marks.is_reminder or is_back),
        is_away=marks.is_away,
        return_at=marks.return_at,
        later_reason=marks.reason,
        is_back=is_back,
        later_replies=marks.replies,
        is_pinned=marks.is_pinned,
        is_linked=marks.is_linked,
        **summary._asdict(),
    )


def _pending(items: Iterable[OutboxItem]) -> tuple[str, int]:
    """Return the kinds of what is open, first what needs the agent."""
    first: dict[str, None] = {}
    later: dict[str, None] = {}
    for item in items:
        (first if item.delivery.needs_agent else later)[kind_of(item.command.action)] = None
    return " ".join({**first, **later}), int(bool(first))
