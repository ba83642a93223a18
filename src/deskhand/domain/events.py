"""What happened that an agent may want to be told: found where it is stored, told with the change set of its commit.

An event is told once: it is the step from one stored state to the next, and that step is not made again after a restart. What the
agent did here makes none, for a change of the agent's is shown before the vendor has it. A first import makes none either.
"""

from enum import StrEnum

from deskhand.domain.lazy_dataclass import dataclass

from .ids import AccountId, TicketKey


class EventKind(StrEnum):
    """What happened. The values are printed by `deskhand watch --json` and stored with the agent's choices."""

    NEW = "new"
    """A ticket that was not there before."""
    REPLIED = "reply"
    """The customer wrote in a ticket that was there."""
    ASSIGNED = "assigned"
    """Somebody gave the ticket to the agent."""
    STATE = "state"
    """The vendor tells another state."""
    RETURNED = "back"
    """A ticket that was put away is back."""
    SEND_FAILED = "send_failed"
    """Something in the outbox was refused, or needs a decision."""
    ACCOUNT = "account"
    """An account stopped, and only the agent can mend it."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened.

    Attributes:
        remote: the vendor's id of the ticket; empty where it is about none.
        detail: a state's label, the reason with which a ticket comes back, the id of the command, the account's problem.
    """

    kind: EventKind
    account: AccountId
    remote: str = ""
    detail: str = ""

    @property
    def ticket(self) -> TicketKey | None:
        """The ticket it is about; None where it is about none."""
        return TicketKey(self.account, self.remote) if self.remote else None
