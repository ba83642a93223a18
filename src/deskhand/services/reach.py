"""Which accounts are online: those whose vendor has answered, for a try to reach one is not an answer yet."""

from collections.abc import Iterable

from deskhand.domain.accounts import AccountStatus, Health
from deskhand.domain.ids import AccountId
from deskhand.domain.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Reached:
    """How many of the accounts that are not paused have been reached.

    Attributes:
        connecting: are asked for the first time since the program started, or the account was added.
        needing: only the agent can mend.
    """

    online: int
    connecting: int
    needing: int


class Reach:
    """Remembers who has answered, while another look is under way."""

    def __init__(self) -> None:
        self._answered: set[AccountId] = set()

    def count(self, statuses: Iterable[AccountStatus]) -> Reached:
        """Return how many of these are online, given all of them at each change."""
        online = connecting = needing = 0
        for status in statuses:
            self._note(status)
            if status.account in self._answered:
                online += 1
            elif status.health in (Health.NEW, Health.SYNCING) and not status.problem:
                connecting += 1
            elif status.health.needs_agent:
                needing += 1
        return Reached(online, connecting, needing)

    def _note(self, status: AccountStatus) -> None:
        if status.health is Health.FINE or (status.health is Health.SYNCING and status.progress is not None):
            self._answered.add(status.account)
        elif status.health is not Health.SYNCING:
            self._answered.discard(status.account)
