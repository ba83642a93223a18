"""Whether an event becomes a notification, and when: every link of the chain as one list, which decides and which explains.

Pure: facts in, links out. The window shows the same list under "Why did nothing show?".
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from deskhand.domain.events import Event, EventKind
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import CenterFacts

from .notification_choices import NotificationChoices

GATHER = timedelta(seconds=2)
"""How long the first event of an account waits: the conversation of a new ticket is read a moment after the ticket."""

BETWEEN = timedelta(minutes=1)
"""An account has one notification in this time; what comes meanwhile is told together at its end."""

MOST_WAITING = 10_000
"""Events that wait at a time; what comes above is not told."""


class Part(StrEnum):
    """A link of the chain."""

    SWITCH = "switch"
    EVENT = "event"
    VIEW = "view"
    HOURS = "hours"
    PAUSE = "pause"
    WINDOW = "window"
    SERVICE = "service"
    QUIET = "quiet"
    ABILITIES = "abilities"
    SENT = "sent"


OWN = frozenset({Part.SWITCH, Part.EVENT, Part.VIEW, Part.HOURS, Part.PAUSE, Part.WINDOW})
"""The links that are decided here; behind them it is the system's turn."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link.

    Attributes:
        holds: False = nothing shows because of it; None = that is not told, or says nothing about the last one.
        at: the time that it is about; None where it is about none.
        detail: a name that belongs to its sentence: the service's, the problem, the hours.
    """

    part: Part
    holds: bool | None
    at: datetime | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """What the agent looks at.

    Attributes:
        is_front: the window has the keyboard.
        ticket: the ticket that is open in it.
    """

    is_front: bool = False
    ticket: TicketKey | None = None

    def sees(self, event: Event) -> bool:
        """Tell whether the agent sees it already: the open ticket, or what the window says of accounts and the outbox."""
        return self.is_front and (event.ticket is None or event.ticket == self.ticket)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that decides about one event.

    Attributes:
        now: the agent's own time, aware.
        in_view: the ticket is in one of the chosen views; None where the event is about no ticket, or all views are chosen.
        center: what the service says; None where it was not asked.
    """

    event: Event
    choices: NotificationChoices
    now: datetime
    presence: Presence
    in_view: bool | None = None
    center: CenterFacts | None = None
    last_sent: datetime | None = None


def links(facts: Facts) -> tuple[Link, ...]:
    """Return every link of the chain in its order."""
    choices, event = facts.choices, facts.event
    of_account = choices.of(event.account)
    hours, pause = of_account.hours, choices.paused_until
    found = [
        Link(Part.SWITCH, choices.is_on),
        Link(Part.EVENT, event.kind not in of_account.off),
        Link(Part.VIEW, facts.in_view is not False),
        Link(Part.HOURS, hours is None or hours.holds(facts.now), facts.now, "" if hours is None else _hours(facts)),
        Link(Part.PAUSE, not choices.is_paused(facts.now), pause if choices.is_paused(facts.now) else None),
        Link(Part.WINDOW, not facts.presence.sees(event)),
    ]
    if (center := facts.center) is not None:
        found += [
            Link(Part.SERVICE, not center.problem, detail=center.problem or center.name),
            Link(Part.QUIET, None if center.is_quiet is None else not center.is_quiet),
            Link(Part.ABILITIES, (center.has_actions and center.has_body) or None),
            Link(Part.SENT, None if facts.last_sent is None else True, facts.last_sent),
        ]
    return tuple(found)


def withheld_by(facts: Facts) -> Part | None:
    """Return the first link that keeps an event from being told; None where it is told."""
    return next((link.part for link in links(facts) if link.part in OWN and link.holds is False), None)


def _hours(facts: Facts) -> str:
    hours = facts.choices.of(facts.event.account).hours
    assert hours is not None
    return f"{hours.begin // 60}:{hours.begin % 60:02}-{hours.end // 60}:{hours.end % 60:02}"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is told together, in the order in which it came."""

    events: tuple[Event, ...]


_RANK = (
    EventKind.SEND_FAILED,
    EventKind.ACCOUNT,
    EventKind.RETURNED,
    EventKind.REPLIED,
    EventKind.ASSIGNED,
    EventKind.NEW,
    EventKind.STATE,
)
"""Of several events of one ticket the first of these is told."""


class Bundles:
    """Gathers events: one notification per account and minute, then one for all that came meanwhile. Time is given by the caller.

    What needs the agent is gathered apart from the rest, so that it does not wait for a minute that a customer's message began.
    """

    def __init__(self) -> None:
        self._waiting: dict[tuple[AccountId, bool], list[Event]] = {}
        self._due: dict[tuple[AccountId, bool], datetime] = {}
        self._shown: dict[tuple[AccountId, bool], datetime] = {}

    def add(self, event: Event, now: datetime) -> None:
        """Let an event wait for its turn."""
        if sum(map(len, self._waiting.values())) >= MOST_WAITING and not needs_agent(event):
            return
        place = (event.account, needs_agent(event))
        if place not in self._waiting:
            self._waiting[place] = []
            shown = self._shown.get(place)
            # A clock that was set back must not keep anything waiting for longer than a minute.
            free = now if shown is None or shown > now else shown + BETWEEN
            self._due[place] = max(now + GATHER, free)
        self._waiting[place].append(event)

    def next_due(self) -> datetime | None:
        """Return when something is to be told; None where nothing waits."""
        return min(self._due.values(), default=None)

    def take(self, now: datetime) -> tuple[Bundle, ...]:
        """Return what is to be told now: for each account its own, and where several are due after a first one, all in one."""
        due = [place for place, at in self._due.items() if at <= now]
        single: list[Bundle] = []
        later: list[Bundle] = []
        for place in due:
            del self._due[place]
            events = most_telling(self._waiting.pop(place))
            (later if _is_recent(self._shown.get(place), now) else single).append(Bundle(events))
            self._shown[place] = now
        if len(later) > 1:
            later = [Bundle(tuple(event for bundle in later for event in bundle.events))]
        return (*single, *later)


def _is_recent(shown: datetime | None, now: datetime) -> bool:
    return shown is not None and now - shown < 2 * BETWEEN


def needs_agent(event: Event) -> bool:
    """Tell whether an event is about something that only the agent can mend."""
    return event.kind in (EventKind.SEND_FAILED, EventKind.ACCOUNT)


def most_telling(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return one event for each ticket and each account, in the order in which they came first."""
    found: dict[tuple[AccountId, str, str], Event] = {}
    for event in events:
        about = (event.account, event.remote, "" if event.remote else event.detail)
        known = found.get(about)
        if known is None or _RANK.index(event.kind) < _RANK.index(known.kind):
            found[about] = event
    return tuple(found.values())
