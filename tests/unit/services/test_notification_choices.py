"""What is chosen, and what is stored of it."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.helpers.store_fixtures import READABLE, WRITE_ONLY, a_store

from deskhand.domain.accounts import setting_of
from deskhand.domain.events import EventKind
from deskhand.domain.ids import AccountId
from deskhand.domain.queries import Scope
from deskhand.services.notification_choices import (
    TOLD,
    AccountChoices,
    Content,
    NotificationChoices,
    NotificationSettings,
    WorkingHours,
    can_happen,
)
from deskhand.services.settings import Settings
from deskhand.services.views import FIRST

EU = AccountId("eu")
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "time", "within"),
    [
        (0, "9:00", True),
        (0, "17:59", True),
        (0, "18:00", False),
        (0, "8:59", False),
        (4, "9:00", True),
        (5, "9:00", False),
    ],
)
def test_working_hours_hold_from_their_beginning_to_before_their_end_on_their_days(day, time, within):
    hour, minute = map(int, time.split(":"))
    at = MONDAY.replace(hour=hour, minute=minute) + timedelta(days=day)
    assert WorkingHours(9 * 60, 18 * 60).holds(at) is within


@pytest.mark.parametrize(
    ("day", "hour", "within"), [(0, 23, True), (1, 5, True), (1, 7, False), (0, 5, False), (5, 5, True), (5, 23, False)]
)
def test_hours_over_midnight_belong_to_the_day_on_which_they_begin(day, hour, within):
    at = MONDAY.replace(hour=hour) + timedelta(days=day)
    assert WorkingHours(22 * 60, 6 * 60).holds(at) is within


def test_an_event_that_a_vendor_cannot_tell_of_cannot_happen_there():
    assert all(can_happen(kind, None) for kind in TOLD)
    assert all(can_happen(kind, READABLE) for kind in TOLD)
    assert not can_happen(EventKind.REPLIED, WRITE_ONLY)
    assert not can_happen(EventKind.NEW, WRITE_ONLY)
    assert can_happen(EventKind.SEND_FAILED, WRITE_ONLY)


async def loaded(store):
    settings = Settings(store.settings)
    await settings.load()
    return NotificationSettings(settings)


async def test_every_choice_is_there_after_a_restart(tmp_path):
    until = MONDAY + timedelta(hours=1)
    own = AccountChoices(
        frozenset({EventKind.NEW}), WorkingHours(480, 1020, frozenset({0, 6})), True, "/sounds/bell.wav"
    )
    async with a_store(tmp_path) as store:
        settings = await loaded(store)
        assert settings.choices((EU,)) == NotificationChoices(accounts={EU: AccountChoices()})
        await settings.turn(on=False)
        await settings.choose_views(frozenset({Scope.MINE_OPEN, Scope.UNASSIGNED}))
        await settings.choose_content(Content.HIDDEN)
        await settings.pause(until)
        await settings.count(Scope.UNASSIGNED)
        await settings.show_tray(on=False)
        await settings.close_to_tray(on=True)
        await settings.choose(EU, own)
        await settings.note_sent(MONDAY)
    async with a_store(tmp_path) as store:
        again = await loaded(store)
        assert again.last_sent == MONDAY
        assert again.choices((EU,)) == NotificationChoices(
            is_on=False,
            views=frozenset({Scope.MINE_OPEN, Scope.UNASSIGNED}),
            content=Content.HIDDEN,
            paused_until=until,
            counted_view=Scope.UNASSIGNED,
            tray=False,
            close_to_tray=True,
            accounts={EU: own},
        )
        await again.pause(None)
        assert not again.choices(()).is_paused(MONDAY)


async def test_what_another_program_wrote_counts_as_not_chosen(tmp_path):
    async with a_store(tmp_path) as store:
        for key, value in (
            ("notify.views", '"all"'),
            ("notify.content", "loud"),
            ("notify.paused_until", "2026-11-30T09:00:00"),
            ("notify.counted_view", "nothing"),
            (
                setting_of(EU, "notify"),
                '{"off": ["new", 7, "never"], "hours": [9, 99999, []], "sound": "yes", "sound_file": 7}',
            ),
        ):
            await store.settings.put(key, value)
        choices = (await loaded(store)).choices((EU,))
    assert choices == NotificationChoices(
        counted_view=FIRST.scope, accounts={EU: AccountChoices(off=frozenset({EventKind.NEW}))}
    )
