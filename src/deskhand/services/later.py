"""Put a ticket away until a time, be reminded of it, pin it: on this computer, at every vendor, told to no server."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from deskhand.content.characters import one_line
from deskhand.content.local_zone import LocalZone
from deskhand.domain import wording
from deskhand.domain.accounts import Account
from deskhand.domain.capabilities import Capabilities, Feature
from deskhand.domain.ids import TicketKey
from deskhand.domain.later import LaterMark
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock, Store
from deskhand.domain.tickets import State

from .accounts import Accounts
from .settings import Settings
from .ticket_actions import choice_for_state
from .tickets import TicketView

if TYPE_CHECKING:
    from deskhand.content.typed_time import Answer

_EVENING = time(18)
_KEEP, _LAST = "later.even_if_reply", "later.last"
LONGEST_REASON = 500

Before = Mapping[TicketKey, LaterMark | None]
"""What stood in Later about tickets before something was done, for undo."""


@dataclass(frozen=True, slots=True)
class LaterPlan:
    """What is wished for.

    Attributes:
        until: when they return; None = when the customer replies.
        reason: the agent's own words; may be empty. None = what stood there stays.
        keep: a reply does not bring them back before their time.
        stays: a reminder: they stay in their lists.
    """

    until: datetime | None
    reason: str | None = None
    keep: bool = False
    stays: bool = False


def with_reason(mark: LaterMark, before: LaterMark | None) -> LaterMark:
    """Return a mark that has no reason with that of the mark before it: another time does not take away what was typed."""
    return mark if mark.reason or before is None else replace(mark, reason=before.reason)


def is_same(one: LaterMark | None, other: LaterMark | None) -> bool:
    """Tell whether two marks say the same, whatever happened to the ticket since: that it came back, or got replies."""
    if one is None or other is None:
        return one is other
    said = [
        (mark.until and int(mark.until.timestamp() * 1000), mark.reason, mark.keep, mark.stays) for mark in (one, other)
    ]
    return said[0] == said[1]


@dataclass(frozen=True, slots=True)
class LaterChoice:
    """A time that is offered.

    Attributes:
        until: None = when the customer replies.
        detail: the time written out, or what takes its place.
        problem: why it cannot be chosen; empty = it can.
    """

    title: str
    until: datetime | None
    detail: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LaterEntry:
    """A ticket that stands in Later."""

    key: TicketKey
    mark: LaterMark


class Later:
    """The rules of Later, reminders and pins. Times are aware; what a person reads is in the zone of this computer."""

    def __init__(
        self, store: Store, accounts: Accounts, settings: Settings, clock: Clock, zone: tzinfo | None = None
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._settings = settings
        self._clock = clock
        self._zone = zone or LocalZone()

    # --- times ---

    def read(self, text: str) -> "Answer":
        """Return what a typed time means now."""
        from deskhand.content import typed_time  # here as below: not before the first paint

        return typed_time.read(text, self._clock.now(), self._zone, self._settings.day_start)

    def in_full(self, when: datetime) -> str:
        """Write a time out: "Tuesday 1 December 2026, 09:00"."""
        from deskhand.content import typed_time

        return typed_time.in_full(when, self._zone)

    def today(self) -> date:
        """Return the day that it is where this computer is."""
        return self._clock.now().astimezone(self._zone).date()

    def at_day(self, day: date) -> datetime:
        """Return when the working day begins on a day."""
        from deskhand.content import typed_time

        return typed_time.at(day, self._settings.day_start, self._zone)

    def choices(self, keys: Sequence[TicketKey]) -> tuple[LaterChoice, ...]:
        """Return the times that are offered for these tickets."""
        from deskhand.content import typed_time

        now = self._clock.now()
        today = self.today()
        begins = self._settings.day_start
        monday = today + timedelta(days=7 - today.weekday())
        offered = [
            ("This evening", typed_time.at(today, _EVENING, self._zone)),
            ("Tomorrow", typed_time.at(today + timedelta(days=1), begins, self._zone)),
            ("Next week", typed_time.at(monday, begins, self._zone)),
        ]
        ahead = {when: title for title, when in reversed(offered) if when > now}  # on a Sunday next week is tomorrow
        found = [LaterChoice(ahead[when], when, self.in_full(when)) for when in sorted(ahead)]
        found.append(LaterChoice("When they reply", None, "no date", self.why_not_on_reply(keys)))
        if (last := self.last) is not None:
            detail = self.in_full(last.until) if last.until is not None else "when they reply"
            found.append(LaterChoice("As last time", last.until, detail, self.why_not_as_last_time(keys)))
        return tuple(found)

    def why_not_on_reply(self, keys: Sequence[TicketKey]) -> str:
        """Return why no reply can bring these tickets back; empty where one can."""
        for account in (self._accounts.get(one) for one in dict.fromkeys(key.account for key in keys)):
            reason = self._capabilities(account).reason(Feature.THREAD)
            if account is not None and reason is not None:
                return wording.reason(reason, self._accounts.vendor(account).name)
        return ""

    @property
    def keep(self) -> bool:
        """Whether the last ticket was put away even if a reply comes: what is offered first."""
        return self._settings.text(_KEEP) == "on"

    @property
    def last(self) -> LaterPlan | None:
        """What was chosen last, without its reason; None = nothing yet."""
        match self._settings.json_value(_LAST):
            case {"until": str(until), "keep": bool(keep)}:
                when = _time(until)
                return None if when is None else LaterPlan(when, keep=keep)
            case {"until": None}:
                return LaterPlan(None)
            case _:
                return None

    def why_not_as_last_time(self, keys: Sequence[TicketKey]) -> str:
        """Return why these tickets cannot be put away as the last one was; empty where they can."""
        last = self.last
        if last is None:
            return "Nothing was put away yet."
        if last.until is None:
            return self.why_not_on_reply(keys)
        return "" if last.until > self._clock.now() else f"{self.in_full(last.until)} has passed."

    def for_an_hour(self) -> LaterPlan:
        """Return the plan behind a notification's button: back in an hour, or with the customer's next message."""
        return LaterPlan(self._clock.now() + timedelta(hours=1))

    def effect(self, plan: LaterPlan) -> str:
        """Return what a plan does, as a sentence."""
        if plan.until is None:
            return "Away until they reply."
        when = self.in_full(plan.until)
        if plan.stays:
            return f"Reminder on {when}. It stays in its lists."
        return f"Away until {when}, {'even if they reply' if plan.keep else 'or until they reply'}."

    def where(self, view: TicketView | None) -> str:
        """Return who knows of it, as a sentence; of NexusCore too, which has a snoozed state of its own."""
        said = "Kept on this computer; no vendor is told."
        if view is None or choice_for_state(view.ticket, view.capabilities, State.SNOOZED) is None:
            return said
        return f"{said} {view.vendor.name}'s own state “Snoozed” has no time, and colleagues see it."

    # --- what is done ---

    async def put_away(self, keys: Sequence[TicketKey], plan: LaterPlan) -> Before:
        """Put tickets away, or plan reminders, in place of what stood there; returns what `restore` takes."""
        before = await self.before(keys)
        reason = one_line(plan.reason or "")[:LONGEST_REASON]
        mark = LaterMark(plan.until, reason, keep=plan.keep, stays=plan.stays)
        if not plan.stays:
            if plan.until is not None:
                await self._settings.put(_KEEP, "on" if plan.keep else None)
            until = None if plan.until is None else plan.until.isoformat()
            await self._settings.put(_LAST, json.dumps({"until": until, "keep": plan.keep}))
        stays = plan.reason is None
        await self._store.later.put({key: with_reason(mark, before[key]) if stays else mark for key in keys})
        return before

    async def take_back(self, keys: Sequence[TicketKey]) -> Before:
        """Let tickets be in their lists again, without a mark; returns what `restore` takes."""
        before = await self.before(keys)
        await self._store.later.put(dict.fromkeys(keys))
        return before

    async def restore(self, before: Before) -> None:
        """Let Later say about tickets what it said before; a time that has passed since brings them back at once."""
        await self._store.later.put(before)

    async def set_pinned(self, keys: Sequence[TicketKey], *, pinned: bool) -> None:
        """Pin tickets, or take their pins away."""
        await self._store.later.set_pinned(keys, pinned=pinned)

    async def entries(self) -> tuple[LaterEntry, ...]:
        """Return what stands in Later, what comes back first first."""
        return tuple(LaterEntry(key, mark) for key, mark in await self._store.later.all())

    async def before(self, keys: Sequence[TicketKey]) -> Before:
        """Return what stands in Later about tickets, as `restore` takes it."""
        known = await self._store.later.get(keys)
        return {key: known.get(key) for key in keys}

    @staticmethod
    def _capabilities(account: Account | None) -> Capabilities:
        return (account.capabilities if account is not None else None) or Capabilities()


def _time(text: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when.astimezone(UTC) if when.tzinfo is not None else None
