"""When to poll and how long to back off. Pure."""

from collections.abc import Callable
from datetime import timedelta

from deskhand.domain.capabilities import Capabilities
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import (
    DeskProblem,
    NotAllowed,
    NotInPlan,
    Offline,
    OutcomeUnknown,
    SignInNeeded,
    Throttled,
    UnexpectedResponse,
    VaultUnavailable,
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often an account is looked at, in seconds.

    Attributes:
        poll: between two list syncs of what may have changed. New messages reach the screen within this plus a second.
        full: between two list syncs of everything, which notice what is gone.
        rotation: where a list does not tell of new messages, an open conversation is read again after this.
        probe: between two looks at brands, teams, states and agents.
        share: part of the vendor's requests per minute that reading in the background may take.
    """

    poll: float = 20
    full: float = 1800
    rotation: float = 60
    probe: float = 6 * 3600
    share: float = 0.5

    def threads_per_round(self, capabilities: Capabilities) -> int:
        """Return how many conversations one round may read."""
        per_minute = capabilities.limits.requests_per_minute or 120
        return max(3, int(per_minute * self.share * self.poll / 60))


LONGEST_WAIT = 3600.0
"""Seconds: no Retry-After holds an account longer than this without another look."""


def wait_after(problem: DeskProblem, failures: int, random: Callable[[], float]) -> float:
    """Return seconds until the next try.

    Args:
        failures: how many rounds failed in a row, this one included.
        random: a number from 0 to 1; full jitter keeps forty desks from coming back together.
    """
    match problem:
        case Throttled():
            return min(max(problem.retry_after.total_seconds(), 1.0), LONGEST_WAIT)
        case SignInNeeded() | NotInPlan() | NotAllowed():
            return 900
        case VaultUnavailable():
            return 60
        case UnexpectedResponse():
            return 60 + 240 * random()
        case Offline():
            return 2 + random() * min(30.0, 2.0**failures)
        case _:
            return 2 + random() * min(120.0, 2.0**failures)


MANY_TRIES = 20
"""About ten minutes of sending the same again."""


def resend_wait(problem: DeskProblem, attempts: int, random: Callable[[], float]) -> timedelta:
    """Return how long an outbox item waits before it is tried, or looked for, again.

    Up to a minute, so that a message leaves soon after what held it is mended; ten after many tries that each left this computer and
    were never confirmed, so that a vendor that cannot confirm is not sent the same all night.
    """
    if isinstance(problem, Throttled):
        return timedelta(seconds=min(max(problem.retry_after.total_seconds(), 1.0), LONGEST_WAIT))
    longest = 600.0 if attempts > MANY_TRIES and isinstance(problem, OutcomeUnknown) else 60.0
    return timedelta(seconds=1 + random() * min(longest, 2.0**attempts))
