"""What the runners of all accounts share."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import field

from deskhand.domain.accounts import Account, SignIn
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock, Store

from .reconciliation import ReconcileConfig
from .schedule import Pace
from .status import StatusBoard
from .tasks import Report


@dataclass(frozen=True, slots=True)
class SyncContext:
    """What every runner shares."""

    store: Store
    clock: Clock
    random: Callable[[], float]
    board: StatusBoard
    report: Report
    pace: Pace
    reconcile: ReconcileConfig
    sign_in: Callable[[Account], Awaitable[SignIn]]
    outbox_lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while an outbox item leaves for the vendor, and while the agent's decision about one is stored."""
