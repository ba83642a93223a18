"""From a vendor's answer to a notification, over HTTP, with a clock that the tests move."""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from tests.helpers.notification_recorder import NotificationRecorder
from tests.helpers.service_harness import ON_REQUEST, service_harness

from deskhand.domain.accounts import Health
from deskhand.domain.events import Event, EventKind
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.services.notification_choices import AccountChoices, Content
from deskhand.services.notification_rules import BETWEEN, GATHER, Link, Part, Presence
from deskhand.services.notifier import Notifier
from deskhand_sandbox.sandbox import serving


class Told:
    """A notifier at work, with an agent whose eyes a test directs."""

    def __init__(self, harness):
        self.harness = harness
        self.center = NotificationRecorder()
        self.presence = Presence()
        self.problems: list[BaseException] = []
        self.notifier = Notifier(
            harness.services,
            self.center,
            lambda: self.presence,
            lambda _name, problem: self.problems.append(problem),
            local=lambda moment: moment,
        )

    async def pass_time(self, amount: timedelta = GATHER) -> None:
        self.harness.clock.advance(amount.total_seconds() + 0.01)

    async def until_told(self, count: int = 1) -> None:
        await self.harness.wait_until(lambda: len(self.center.shown) >= count)


@asynccontextmanager
async def telling(tmp_path, box):
    async with service_harness(tmp_path, box, pace=ON_REQUEST) as harness:
        await harness.services.engine.start()
        told = Told(harness)
        told.notifier.start()
        try:
            yield told
        finally:
            await told.notifier.aclose()
            assert told.problems == []


@pytest.fixture
def box():
    with serving(tickets=30, only=("nexuscore",)) as box:
        yield box


async def written(told, account, key, text="Any news?"):
    """Let the customer write, and wait until it is stored."""
    told.harness.server(account).add_customer_message(key.remote, text)
    before = (await told.harness.view(key)).newest
    told.harness.services.engine.nudge(account.id)

    async def is_there():
        await told.harness.services.engine.read(key)
        return (await told.harness.view(key)).newest != before

    await told.harness.wait_until(is_there)


async def test_nothing_of_the_first_import_is_told_and_a_reply_after_it_is(tmp_path, box):
    async with telling(tmp_path, box) as told:
        account = await told.harness.add("nexuscore", "Retail EU")
        await told.harness.wait_health(account, Health.FINE)
        key = await told.harness.find_ticket(account)
        await told.pass_time(BETWEEN)
        assert told.center.shown == []
        await written(told, account, key, "Where is it?")
        await told.pass_time()
        await told.until_told()
        (shown,) = told.center.shown
        assert shown.title.endswith("wrote again")
        assert "Where is it?" in shown.body
        assert (shown.source, shown.tag) == ("Retail EU", f"{account.id}/{key.remote}")
        assert told.notifier.settings.last_sent is not None


async def test_what_is_read_before_its_time_is_not_told_and_neither_is_the_open_ticket(tmp_path, box):
    async with telling(tmp_path, box) as told:
        account = await told.harness.add("nexuscore")
        await told.harness.wait_health(account, Health.FINE)
        first, second = await told.harness.find_ticket(account), await told.harness.find_ticket(account, skip=1)
        third = await told.harness.find_ticket(account, skip=2)
        await written(told, account, first)
        await told.harness.services.tickets.set_read([first], unread=False)
        told.presence = Presence(is_front=True, ticket=second)
        await written(told, account, second)
        await written(told, account, third)
        await told.pass_time()
        await told.until_told()
        assert [one.tag for one in told.center.shown] == [f"{account.id}/{third.remote}"]


async def test_a_pause_keeps_what_comes_and_tells_it_together_at_its_end(tmp_path, box):
    async with telling(tmp_path, box) as told:
        account = await told.harness.add("nexuscore", "Retail EU")
        await told.harness.wait_health(account, Health.FINE)
        keys = [await told.harness.find_ticket(account, skip=n) for n in range(3)]
        await told.notifier.pause(told.notifier.now + timedelta(hours=1))
        for key in keys:
            await written(told, account, key)
        await told.pass_time(timedelta(minutes=30))
        assert told.center.shown == []
        await told.pass_time(timedelta(minutes=31))
        await told.until_told()
        assert [(one.title, one.body) for one in told.center.shown] == [("3 new messages", "Retail EU 3")]


async def test_only_tickets_in_the_chosen_views_are_told(tmp_path, box):
    async with telling(tmp_path, box) as told:
        account = await told.harness.add("nexuscore")
        await told.harness.wait_health(account, Health.FINE)
        lists = told.harness.services.lists
        mine = await lists.select(TicketQuery(Scope.MINE_OPEN), 100)
        others = [key for key in await lists.select(TicketQuery(Scope.OPEN), 100) if key not in mine]
        assert await lists.among(TicketQuery(Scope.MINE_OPEN), [*mine, *others]) == frozenset(mine)
        await told.notifier.settings.choose_views(frozenset({Scope.MINE_OPEN}))
        for key in (others[0], mine[0]):
            await told.harness.services.engine.read(key)
            await written(told, account, key)
        await told.pass_time()
        await told.until_told()
        assert [one.tag for one in told.center.shown] == [f"{account.id}/{mine[0].remote}"]


async def test_on_a_locked_screen_only_the_account_is_named(tmp_path, box):
    async with telling(tmp_path, box) as told:
        account = await told.harness.add("nexuscore", "Retail EU")
        await told.harness.wait_health(account, Health.FINE)
        told.center.locked = True
        await written(told, account, await told.harness.find_ticket(account), "My password is swordfish")
        await told.pass_time()
        await told.until_told()
        assert [(one.title, one.body) for one in told.center.shown] == [
            ("A customer wrote", "1 new message at Retail EU.")
        ]


async def test_an_account_that_stops_is_told_once_however_often_it_is_tried(tmp_path, box):
    async with telling(tmp_path, box) as told:
        account = await told.harness.add("nexuscore", "Retail EU")
        await told.harness.wait_health(account, Health.FINE)
        server = told.harness.server(account)
        from deskhand_sandbox.faults import FaultKind, FaultRule

        server.faults.add(FaultRule(FaultKind.STATUS, status=401))
        told.harness.services.engine.nudge(account.id)
        await told.harness.wait_health(account, Health.SIGN_IN)
        await told.pass_time()
        await told.until_told()
        told.harness.services.engine.nudge(account.id)
        await told.pass_time(2 * BETWEEN)
        assert [one.title for one in told.center.shown] == ["Retail EU needs you"]
        assert told.center.shown[0].urgent


async def test_a_test_says_every_link_and_whether_the_service_took_it(tmp_path, box):
    async with telling(tmp_path, box) as told:
        account = await told.harness.add("nexuscore", "Retail EU")
        event = Event(EventKind.REPLIED, account.id)
        tested = await told.notifier.test(event)
        assert tested.shown
        assert [link.part for link in tested.links] == list(Part)
        assert tested.links[-1] == Link(Part.SENT, True, tested.at)
        assert [one.title for one in told.center.shown] == ["This is a test"]
        told.center.takes = False
        await told.notifier.settings.turn(on=False)
        tested = await told.notifier.test(event)
        assert not tested.shown
        assert {link.part for link in tested.links if link.holds is False} == {Part.SWITCH, Part.SERVICE}
        again = await told.notifier.explain(event)
        assert [(one.part, one.holds) for one in again] == [(one.part, one.holds) for one in tested.links]


async def test_what_is_looked_at_is_taken_away(tmp_path, box):
    async with telling(tmp_path, box) as told:
        account = await told.harness.add("nexuscore")
        await told.harness.wait_health(account, Health.FINE)
        key = await told.harness.find_ticket(account)
        await told.notifier.seen(key)
        assert told.center.withdrawn == [f"{account.id}/{key.remote}"]


async def test_content_that_is_hidden_stays_so(tmp_path, box):
    async with telling(tmp_path, box) as told:
        account = await told.harness.add("nexuscore", "Retail EU")
        await told.harness.wait_health(account, Health.FINE)
        await told.notifier.settings.choose_content(Content.HIDDEN)
        await written(told, account, await told.harness.find_ticket(account))
        await told.pass_time()
        await told.until_told()
        assert told.center.shown[0].title == "A customer wrote"


async def test_tomorrow_is_nine_in_the_morning_of_the_agents_own_day(tmp_path, box):
    async with telling(tmp_path, box) as told:
        morning = told.notifier.next_morning()
        assert (morning.hour, morning.minute) == (9, 0)
        assert morning.date() == (told.notifier.now + timedelta(days=1)).date()


async def test_an_account_has_a_sound_of_its_own_and_the_systems_where_its_file_is_gone(tmp_path, box):
    bell = tmp_path / "bell.wav"
    bell.write_bytes(b"RIFF\x24\0\0\0WAVEfmt ")
    async with telling(tmp_path / "profile", box) as told:
        account = await told.harness.add("nexuscore", "Retail EU")
        await told.notifier.settings.choose(account.id, AccountChoices(sound=True, sound_file=str(bell)))
        event = Event(EventKind.REPLIED, account.id)
        await told.notifier.test(event)
        assert await told.notifier.sound_problems() == ()
        bell.unlink()
        await told.notifier.test(event)
        tried = await told.notifier.try_sound(event, "")
        assert [(one.sound, one.sound_file) for one in told.center.shown] == [(True, str(bell)), (True, ""), (True, "")]
        assert tried.shown
        assert tried.is_heard
        ((label, why),) = await told.notifier.sound_problems()
        assert (label, why) == ("Retail EU", "bell.wav is not there any more.")
