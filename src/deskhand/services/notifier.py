"""Turns events into notifications: looks each one up, asks the rules, gathers, and hands over what is to be shown."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from deskhand.domain.capabilities import Feature
from deskhand.domain.changes import ChangeSet
from deskhand.domain.events import Event, EventKind
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Notification, NotificationCenter
from deskhand.domain.problems import DeskProblem
from deskhand.domain.queries import TicketQuery
from deskhand.domain.sounds import SoundFormat
from deskhand.sync.tasks import Report, TaskScope

from .notification_choices import TOLD, Content, NotificationChoices, NotificationSettings
from .notification_rules import Bundle, Bundles, Facts, Link, Presence, links, withheld_by
from .notification_sounds import sound_file, why_unplayable
from .notification_texts import Known, notification, tag_of, test_notification
from .services import Services

log = logging.getLogger(__name__)

Local = Callable[[datetime], datetime]
"""Returns a moment in the agent's own time."""


def local_time(moment: datetime) -> datetime:
    """Return a moment in the time of this computer."""
    return moment.astimezone()


@dataclass(frozen=True, slots=True)
class Tested:
    """What became of a test.

    Attributes:
        shown: the service took it.
        at: when.
        links: every link of the chain, as it was then.
    """

    shown: bool
    at: datetime
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TriedSound:
    """What became of a sound that was tried.

    Attributes:
        shown: the service took the notification.
        at: when.
        is_heard: something here plays such a sound.
    """

    shown: bool
    at: datetime
    is_heard: bool


class Notifier:
    """Listens to commits and tells the agent of them.

    Args:
        presence: what the agent looks at now.
        local: the agent's own time of a moment.
    """

    def __init__(
        self,
        services: Services,
        center: NotificationCenter,
        presence: Callable[[], Presence],
        report: Report,
        *,
        local: Local = local_time,
    ) -> None:
        self._services = services
        self._center = center
        self._presence = presence
        self._local = local
        self._bundles = Bundles()
        self._bell = asyncio.Event()
        self._scope = TaskScope("notifications", report)
        self._unsubscribe: Callable[[], None] = lambda: None
        self.settings = NotificationSettings(services.settings)

    def start(self) -> None:
        """Begin to listen."""
        self._unsubscribe = self._services.changes.subscribe(self._hear)
        self._scope.replace(self._run(), name="telling")

    async def aclose(self) -> None:
        """Stop; what still waited is not told."""
        self._unsubscribe()
        self._unsubscribe = lambda: None
        await self._scope.aclose()

    @property
    def choices(self) -> NotificationChoices:
        """What the agent chose."""
        return self.settings.choices(tuple(account.id for account in self._services.accounts.all()))

    @property
    def now(self) -> datetime:
        """The agent's own time."""
        return self._local(self._services.clock.now())

    async def pause(self, until: datetime | None) -> None:
        """Keep quiet until a moment, or go on and tell at once what came meanwhile."""
        await self.settings.pause(until)
        self._bell.set()

    def next_morning(self) -> datetime:
        """Return nine o'clock tomorrow, in the agent's own time."""
        naive = (self.now + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0, tzinfo=None)
        return naive.astimezone(self.now.tzinfo)

    async def seen(self, key: TicketKey) -> None:
        """Take away what is shown of a ticket that the agent looks at now."""
        await self._center.withdraw(tag_of(Event(EventKind.REPLIED, key.account, key.remote)))

    async def test(self, event: Event) -> Tested:
        """Show a test whatever the choices are, and tell what they would have made of such an event."""
        found = await self._facts(event, is_test=True)
        account = self._services.accounts.get(event.account)
        made = test_notification(event, account, sound=found.choices.of(event.account).sound)
        shown = await self._hand_over(made, found.choices.of(event.account).sound_file)
        at = self.now
        return Tested(shown, at, links(replace(found, last_sent=at) if shown else found))

    async def try_sound(self, event: Event, path: str) -> TriedSound:
        """Show a test with this sound whatever the choices are; an empty path is the system's own."""
        account = self._services.accounts.get(event.account)
        shown = await self._hand_over(test_notification(event, account, sound=True), path)
        facts = await self._center.facts()
        return TriedSound(shown, self.now, is_heard=facts.plays_files or not path)

    async def sound_problems(self) -> tuple[tuple[str, str], ...]:
        """Return why a sound that was chosen cannot be played, by the account's label."""
        choices, found = self.choices, []
        for account in self._services.accounts.all():
            own = choices.of(account.id)
            if own.sound and own.sound_file:
                why = await asyncio.to_thread(why_unplayable, own.sound_file, self._center.sound_formats)
                found += [(account.label, why)] if why else []
        return tuple(found)

    @property
    def sound_formats(self) -> frozenset[SoundFormat]:
        """What sound files can be played here."""
        return self._center.sound_formats

    async def explain(self, event: Event) -> tuple[Link, ...]:
        """Return every link of the chain for such an event, as things are now."""
        return links(await self._facts(event, is_test=True))

    # --- inside ---

    def _hear(self, changes: ChangeSet) -> None:
        now = self._services.clock.now()
        heard = [event for event in changes.events if event.kind in TOLD]
        for event in sorted(heard, key=lambda one: (one.account, one.remote, one.kind, one.detail)):
            self._bundles.add(event, now)
            self._bell.set()

    async def _run(self) -> None:
        while True:
            self._bell.clear()
            try:
                await self._tell_due()
            except (DeskProblem, OSError) as problem:
                log.warning("a notification could not be made: %s", type(problem).__name__)
            await self._sleep()

    async def _sleep(self) -> None:
        due, now, pause = self._bundles.next_due(), self._services.clock.now(), self.choices.paused_until
        if due is None:
            await self._bell.wait()
            return
        if pause is not None and pause > now:
            due = max(due, pause)
        if due > now:
            await self._scope.sleep_or(self._bell, self._services.clock.sleep((due - now).total_seconds()))

    async def _tell_due(self) -> None:
        now, choices = self._services.clock.now(), self.choices
        if choices.is_paused(now):
            return
        for bundle in self._bundles.take(now):
            wanted = [event for event in bundle.events if await self._is_wanted(event)]
            if wanted:
                await self._show(Bundle(tuple(wanted)), choices)

    async def _is_wanted(self, event: Event) -> bool:
        if self._services.accounts.get(event.account) is None:
            return False
        withheld = withheld_by(await self._facts(event))
        if withheld is not None:
            log.info("an event (%s) is not told: %s", event.kind.value, withheld.value)
            return False
        if event.kind in (EventKind.NEW, EventKind.REPLIED) and event.ticket is not None:
            rows = self._services.lists.rows((event.ticket,))
            return any(row.unread for row in rows)  # else it was read meanwhile
        return True

    async def _facts(self, event: Event, *, is_test: bool = False) -> Facts:
        choices, presence = self.choices, self._presence()
        in_view: bool | None = None
        if (key := event.ticket) is not None and choices.views:
            in_view = False
            for view in choices.views:
                in_view = in_view or key in await self._services.lists.among(TicketQuery(view), (key,))
        return Facts(
            event,
            choices,
            self.now,
            Presence(ticket=presence.ticket) if is_test else presence,
            in_view,
            await self._center.facts() if is_test else None,
            self.settings.last_sent if is_test else None,
        )

    async def _hand_over(self, made: Notification, path: str) -> bool:
        """Show a notification, with this file where it wants a sound and the file can be played; else with the system's own."""
        if made.sound and path:
            found = await asyncio.to_thread(sound_file, path, self._center.sound_formats)
            if not found:
                log.warning("a chosen sound is missing, or no sound: the system's own is played")
            made = replace(made, sound_file=found)
        shown = await self._center.show(made)
        if shown:
            await self.settings.note_sent(self.now)
        return shown

    async def _show(self, bundle: Bundle, choices: NotificationChoices) -> None:
        heard = [own for event in bundle.events if (own := choices.of(event.account)).sound]
        made = notification(
            bundle,
            await self._known(bundle.events),
            Content.HIDDEN if await self._center.is_locked() else choices.content,
            sound=bool(heard),
        )
        await self._hand_over(made, next((own.sound_file for own in heard if own.sound_file), ""))

    async def _known(self, events: Sequence[Event]) -> Known:
        accounts = {account.id: account for account in self._services.accounts.all()}
        keys = [event.ticket for event in events if event.ticket is not None]
        commands = {CommandId(event.detail) for event in events if event.kind is EventKind.SEND_FAILED}
        items = [await self._services.outbox.get(command) for command in commands]

        def can_reply(key: TicketKey) -> bool:
            account = accounts.get(key.account)
            return account is not None and account.capabilities is not None and Feature.REPLY in account.capabilities

        return Known(
            accounts,
            {row.key: row for row in self._services.lists.rows(keys)},
            {item.command.id: item for item in items if item is not None},
            can_reply,
        )
