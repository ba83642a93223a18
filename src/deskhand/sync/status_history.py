"""Counts how the accounts are, for their last 24 hours: the worst health of each quarter of an hour, and how much of it the program ran.

However often a health changes, an account has a quarter's one entry, so that what is kept is bounded. Time counts from one note to the
next: while the computer sleeps there is none, and what nobody noted is time in which the program was not running.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from deskhand.domain.accounts import Health
from deskhand.domain.ids import AccountId
from deskhand.domain.ports import Clock
from deskhand.domain.status_quarters import (
    QUARTER_MS,
    WORST_FIRST,
    StatusQuarter,
    oldest_kept,
    quarter_of,
    worse,
)

NOTE_SECONDS = 300.0
"""Seconds after which every account is noted again, though nothing changed: so much is missing after a kill."""

_LONGEST_MS = int(2 * NOTE_SECONDS * 1000)
"""Where no note came for longer, the computer slept: the rest of that time counts as not running."""

_SLACK_MS = 2000
"""So much the two clocks may differ between two notes: the wall clock counts then, of which nothing gets lost by rounding."""


class StatusHistory:
    """The quarters of every account, in memory; whoever stores them asks for those that changed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._quarters: dict[AccountId, dict[int, StatusQuarter]] = {}
        self._health: dict[AccountId, Health] = {}
        self._noted: dict[AccountId, tuple[int, float]] = {}
        self._changed: dict[tuple[AccountId, int], StatusQuarter] = {}

    def load(self, quarters: Iterable[StatusQuarter]) -> None:
        """Take over what was stored; what was noted since the start stays."""
        for one in quarters:
            self._quarters.setdefault(one.account, {}).setdefault(one.at, one)

    def note(self, account: AccountId, health: Health) -> None:
        """Count the time until now for what the account was, and let it be this from now on.

        An account that is being looked at stays what the last look found, well where there was none. Of one that was not looked at
        yet nothing is known, and nothing counts.
        """
        self._count(account)
        if health is Health.SYNCING:
            health = self._health.get(account, Health.FINE)
        if health not in WORST_FIRST:
            self._health.pop(account, None)
            return
        self._health[account] = health
        self._add(account, quarter_of(self._now()), health, 0)

    def of(self, account: AccountId) -> tuple[StatusQuarter, ...]:
        """Return the quarters of an account until now, the oldest first."""
        self._count(account)
        first = oldest_kept(self._now())
        return tuple(one for at, one in sorted(self._quarters.get(account, {}).items()) if at >= first)

    def changed(self) -> Sequence[StatusQuarter]:
        """Return what is not stored yet, counted until now; `stored` says which of it is."""
        for account in self._health:
            self._count(account)
        return tuple(self._changed.values())

    def stored(self, quarters: Iterable[StatusQuarter]) -> None:
        """These are stored; what of them has changed meanwhile is not."""
        for one in quarters:
            if self._changed.get((one.account, one.at)) == one:
                del self._changed[one.account, one.at]

    def remove(self, account: AccountId) -> None:
        """The account is gone."""
        for held in (self._quarters, self._health, self._noted):
            held.pop(account, None)
        for key in [key for key in self._changed if key[0] == account]:
            del self._changed[key]

    def _now(self) -> int:
        return int(self._clock.now().timestamp() * 1000)

    def _count(self, account: AccountId) -> None:
        now, ticks = self._now(), self._clock.monotonic()
        since, ticks_then = self._noted.get(account, (now, ticks))
        self._noted[account] = now, ticks
        health = self._health.get(account)
        if health is None:
            return
        ran, awake = now - since, int((ticks - ticks_then) * 1000)
        until = since + max(0, min(ran if ran - awake < _SLACK_MS else awake, _LONGEST_MS))
        while since < until:
            ends = min(quarter_of(since) + QUARTER_MS, until)
            self._add(account, quarter_of(since), health, ends - since)
            since = ends

    def _add(self, account: AccountId, at: int, health: Health, ran: int) -> None:
        mine = self._quarters.setdefault(account, {})
        before = mine.get(at)
        if before is None:
            first, last = oldest_kept(self._now()), quarter_of(self._now())
            for gone in [one for one in mine if not first <= one <= last]:
                del mine[gone]
            before = StatusQuarter(account, at, health, 0)
        after = replace(before, health=worse(before.health, health), ran=min(before.ran + ran, QUARTER_MS))
        if after != mine.get(at):
            mine[at] = self._changed[account, at] = after
