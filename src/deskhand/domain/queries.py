"""What a list shows: a question that the store can answer from an index."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from deskhand.domain.lazy_dataclass import dataclass

from .filters.syntax import Filter
from .ids import AccountId
from .tickets import FieldValue, Priority, State, TicketRow


class Sort(StrEnum):
    """Order of a list. The first four have an index, the others are sorted on the scan thread (`SORTED_WHEN_ASKED`)."""

    NEWEST = "newest"
    OLDEST = "oldest"
    PRIORITY = "priority"
    """Most urgent first, then newest."""
    BEST = "best"
    """Of a search: what is named before what holds the terms in its subject, with its people, in a note, in a message; each newest first."""
    WAITING = "waiting"
    """Who waits for us first, the longest wait first; then those whom we wait for likewise; then the others, newest first."""
    STATE = "state"
    ACCOUNT = "account"
    ASSIGNEE = "assignee"
    """By name, those of nobody last."""
    DUE = "due"
    """What is due next first, what has no date last."""


SORTED_WHEN_ASKED = frozenset({Sort.STATE, Sort.ACCOUNT, Sort.ASSIGNEE, Sort.DUE})
"""The orders that no index has: the list is looked through once before its first row is shown (about a second for a million)."""


class GroupBy(StrEnum):
    """By what the tickets of a list are put together. Within a group they stand in the list's order."""

    NONE = ""
    ACCOUNT = "account"
    STATE = "state"
    DAY = "day"
    """The day of the last change, in the order of time: single days of the last week, then months."""
    TURN = "turn"
    """Who has to speak next."""


class Scope(StrEnum):
    """The smart views. Which tickets, before any filter."""

    ALL = "all"
    MINE_OPEN = "mine_open"
    """Assigned to me and not done; at vendors without assignees, everything that is not done."""
    OPEN = "open"
    UNASSIGNED = "unassigned"
    WAITING_FOR_US = "waiting_for_us"
    """Not done, and the customer spoke last."""
    WAITING_FOR_THEM = "waiting_for_them"
    """Not done, and we answered last."""
    DRAFTS = "drafts"
    OUTBOX = "outbox"
    """Tickets with anything on its way or waiting for the agent."""
    SNOOZED = "snoozed"
    """Snoozed at the vendor, where it has such a state; `LATER` is this computer's own."""
    LATER = "later"
    """Put away on this computer, to be reminded of, or back from there."""
    DONE = "done"

    @property
    def states(self) -> tuple[State, ...]:
        """Which states a filter may ask for here: no ticket of another one is in the view.

        OPEN holds an account's list, which shows what is open as long as no state is asked for.
        """
        match self:
            case Scope.MINE_OPEN | Scope.UNASSIGNED | Scope.WAITING_FOR_US | Scope.WAITING_FOR_THEM:
                return tuple(state for state in State if not state.is_done)
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
        text: terms to find (FTS), then newest first.
        requester: e-mail of a customer, across accounts.
        where: further columns of the list and the values that they must have (`("has_files", True)`), as far as the store filters by them.
        filter: what was typed in the filter language, parsed; None = no filter.
        sorted_by: a column of the list that gives the order instead of `sort`, as far as the store sorts by it.
        view: the id of the view of one's own that it began as; the store takes no notice of it.
        group_by: by what the list is grouped; words (`text`) are found in one list without groups.
        then: the order of tickets that are equal by `sort`; None = the newest first. With it, times in `sort` count by the day.
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
    where: tuple[tuple[str, FieldValue], ...] = ()
    sorted_by: str = ""
    filter: Filter | None = None
    view: str = ""
    group_by: GroupBy = GroupBy.NONE
    then: Sort | None = None


PageCursor = tuple[int | str, ...]
"""The sort key of the row before a page; () = the beginning. Opaque outside the store."""


class GroupSpan(NamedTuple):
    """A group of a list: what its tickets have in common, and how many they are.

    The key is an account's id, a `State` or "archived" or "gone", a day (`domain.day_groups`), or a `Turn` or "done".
    """

    key: str
    size: int


class GroupRows(NamedTuple):
    """The first rows of a group, before it is known how many there are."""

    key: str
    rows: Sequence[TicketRow]


@dataclass(frozen=True, slots=True)
class PageIndex:
    """The skeleton of a list: how long it is and where each page begins, without its rows (60 ms for a million).

    Attributes:
        page_cursors: for each page of `page_size` rows the cursor of the row before it; `page_cursors[0]` is ().
        groups: the groups that the rows stand in, one behind the other; empty where the list has none.
    """

    count: int
    page_size: int
    page_cursors: Sequence[PageCursor]
    groups: Sequence[GroupSpan] = ()


@dataclass(frozen=True, slots=True)
class ListSnapshot:
    """A list's skeleton with some of its rows, read at one moment.

    Attributes:
        rows: pages by the page cursor in front of them; the first page always, under ().
        complete: False while a search for its terms goes on.
        meant: other terms that the rows hold, because nothing holds those of the query; empty = these.
    """

    index: PageIndex
    rows: Mapping[PageCursor, Sequence[TicketRow]]
    complete: bool = True
    meant: str = ""


@dataclass(frozen=True, slots=True)
class GroupCount:
    """A group of an account with how many open tickets stand in it."""

    id: str
    name: str
    count: int
    stages: tuple["GroupCount", ...] = ()


class ReprojectionProgress(NamedTuple):
    """How many rows of the list were projected again after an upgrade, of how many."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The counts of the accounts pane, kept incrementally (never counted at display).

    Attributes:
        scopes: count per smart view.
        accounts: open tickets per account.
        groups: the groups of each account.
        outbox_decisions: items that need the agent.
        reprojection: how far projecting the rows again has come; None where there is nothing to do.
    """

    scopes: dict[Scope, int]
    accounts: dict[AccountId, int]
    groups: dict[AccountId, tuple[GroupCount, ...]]
    outbox_open: int = 0
    outbox_decisions: int = 0
    reprojection: ReprojectionProgress | None = None


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """A customer of stored tickets.

    Attributes:
        email: in small letters, as `TicketQuery.requester` asks for it; empty where only the name is known.
        tickets, open: how many, up to a hundred, and how many of those are not done.
        account: of the newest ticket.
        accounts: how many accounts have tickets of this address, among those that are counted.
    """

    name: str
    email: str
    tickets: int
    open: int
    account: AccountId
    accounts: int = 1


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A ticket found by its text.

    Attributes:
        snippet: plain text around the hit, the found terms between U+0002 and U+0003.
        meant: other terms that it holds, because nothing holds those that were asked for; empty = these.
    """

    row: TicketRow
    snippet: str
    at: datetime | None = None
    meant: str = ""
