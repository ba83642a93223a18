"""What a list shows: a question that the store can answer from an index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .ids import AccountId
from .tickets import Priority, State, TicketRow


class Sort(StrEnum):
    """Order of a list. Each has an index."""

    NEWEST = "newest"
    OLDEST = "oldest"
    PRIORITY = "priority"
    """Most urgent first, then newest."""


class Scope(StrEnum):
    """The smart views. Which tickets, before any filter."""

    ALL = "all"
    MINE_OPEN = "mine_open"
    """Assigned to me and not done; at vendors without assignees, everything that is not done."""
    OPEN = "open"
    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    """Pending or on hold: waiting on the customer."""
    DRAFTS = "drafts"
    OUTBOX = "outbox"
    """Tickets with anything on its way or waiting for the agent."""
    SNOOZED = "snoozed"
    DONE = "done"

    @property
    def states(self) -> tuple[State, ...]:
        """Which states a filter may ask for here: no ticket of another one is in the view.

        OPEN holds an account's list, which shows what is open as long as no state is asked for.
        """
        match self:
            case Scope.MINE_OPEN | Scope.UNASSIGNED:
                return tuple(state for state in State if not state.is_done)
            case Scope.WAITING:
                return State.PENDING, State.ON_HOLD
            case Scope.SNOOZED:
                return (State.SNOOZED,)
            case Scope.DONE:
                return tuple(state for state in State if state.is_done)
            case _:
                return tuple(State)


@dataclass(frozen=True, slots=True)
class TicketQuery:
    """Which tickets, in which order.

    Attributes:
        account, group, stage: narrow to one account, one of its groups, one stage.
        states, vendor_state, priorities, tag, unread: filters, all of which must hold; empty = no filter.
        text: words to find (FTS), then newest first.
        requester: e-mail of a customer, across accounts.
    """

    scope: Scope = Scope.ALL
    account: AccountId | None = None
    group: str | None = None
    stage: str | None = None
    states: tuple[State, ...] = ()
    vendor_state: str | None = None
    priorities: tuple[Priority, ...] = ()
    tag: str | None = None
    unread: bool = False
    text: str = ""
    requester: str = ""
    sort: Sort = Sort.NEWEST


PageCursor = tuple[int | str, ...]
"""The sort key of the row before a page; () = the beginning. Opaque outside the store."""


@dataclass(frozen=True, slots=True)
class PageIndex:
    """The skeleton of a list: how long it is and where each page begins, without its rows (60 ms for a million).

    Attributes:
        page_cursors: for each page of `page_size` rows the cursor of the row before it; `page_cursors[0]` is ().
    """

    count: int
    page_size: int
    page_cursors: Sequence[PageCursor]


@dataclass(frozen=True, slots=True)
class ListSnapshot:
    """A list's skeleton with some of its rows, read at one moment.

    Attributes:
        rows: pages by the anchor in front of them; the first page always, under ().
        complete: False while a search for its words goes on.
    """

    index: PageIndex
    rows: Mapping[PageCursor, Sequence[TicketRow]]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class GroupCount:
    """A group of an account with how many open tickets stand in it."""

    id: str
    name: str
    count: int
    stages: tuple["GroupCount", ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """The counts of the accounts pane, kept incrementally (never counted at display).

    Attributes:
        scopes: count per smart view.
        accounts: open tickets per account.
        groups: the groups of each account.
        outbox_asks: items that need the agent.
    """

    scopes: dict[Scope, int]
    accounts: dict[AccountId, int]
    groups: dict[AccountId, tuple[GroupCount, ...]]
    outbox_open: int = 0
    outbox_decisions: int = 0


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A ticket found by words.

    Attributes:
        excerpt: plain text around the hit, the words between U+0002 and U+0003.
    """

    row: TicketRow
    snippet: str
    at: datetime | None = None
