"""What is to happen on this computer at a time, and where it is stored. The conventions are those of `store`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from deskhand.domain.ids import AccountId
from deskhand.domain.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class TimedEvent:
    """Something that is due at a time: a periodic task, the return of a ticket, a reminder.

    Attributes:
        kind: which handler it is for. There is one event of a kind for each subject.
        due: when, in UTC.
        account: whose it is; it goes with the account. Empty where it belongs to none.
        subject: what it is about within the account: the vendor's id of a ticket, the id of a command.
        payload: a small JSON text for the handler.
        id: which plan this is, given by the store; an event that is planned anew has another one.
    """

    kind: str
    due: datetime
    account: AccountId = AccountId("")
    subject: str = ""
    payload: str = ""
    id: int = 0


class TimedEventStore(Protocol):
    """Timed events (precious). What comes, moves or goes is named by its kind in the change set."""

    async def put(self, event: TimedEvent) -> None:
        """Plan an event, in place of one of the same kind and subject."""

    async def next_due(self, kinds: Collection[str], *, without: Collection[int]) -> Mapping[str, datetime]:
        """Return when the first event of each kind is due; a kind that has none is not in it.

        Args:
            without: ids of events to leave out.
        """

    async def due(self, kind: str, now: datetime, limit: int, *, without: Collection[int]) -> tuple[TimedEvent, ...]:
        """Return the events of a kind that are due, the longest due first."""

    async def finish(self, events: Sequence[TimedEvent], *, again_at: datetime | None = None) -> None:
        """Take out events that were dealt with, or plan them for another time. One that was planned anew meanwhile stays."""
