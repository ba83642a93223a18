"""What is counted of the accounts' health, over changes, sleep, restarts and clocks that are set."""

from datetime import timedelta

import pytest
from tests.helpers.store_fixtures import ACCOUNT, ManualClock, a_store, an_account

from deskhand.domain.accounts import Health
from deskhand.domain.status_quarters import Part, status_day
from deskhand.sync.status import StatusBoard
from deskhand.sync.status_history import NOTE_SECONDS, StatusHistory

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


@pytest.fixture
def clock():
    return ManualClock()


def parts(history, clock):
    return status_day(history.of(ACCOUNT), clock.now()).parts


def pass_time(history, clock, seconds):
    """Let time pass while the program runs, which notes every account every few minutes."""
    while seconds > 0:
        step = min(seconds, NOTE_SECONDS)
        clock.advance(seconds=step)
        history.changed()
        seconds -= step


def test_time_counts_for_what_the_account_was_and_the_rest_as_not_running(clock):
    history = StatusHistory(clock)
    history.note(ACCOUNT, Health.NEW)
    clock.advance(seconds=HOUR)
    history.note(ACCOUNT, Health.FINE)
    pass_time(history, clock, 2 * HOUR)
    history.note(ACCOUNT, Health.OFFLINE)
    history.note(ACCOUNT, Health.SYNCING)
    pass_time(history, clock, 3 * HOUR)
    history.note(ACCOUNT, Health.PAUSED)
    pass_time(history, clock, HOUR)
    assert parts(history, clock) == (
        Part(None, DAY - 6 * HOUR),
        Part(Health.OFFLINE, 3 * HOUR),
        Part(Health.FINE, 2 * HOUR),
        Part(Health.PAUSED, HOUR),
    )


def test_a_status_that_flaps_thousands_of_times_is_one_entry_for_each_quarter_and_the_worst_is_kept(clock):
    history = StatusHistory(clock)
    for n in range(4000):
        history.note(ACCOUNT, Health.SIGN_IN if n % 1000 == 999 else (Health.FINE, Health.WAITING)[n % 2])
        clock.advance(seconds=60)
    found = history.of(ACCOUNT)
    assert len(found) <= 97
    assert len([one for one in history.changed() if one.at >= found[0].at]) == len(found)
    assert {one.health for one in found} == {Health.WAITING, Health.SIGN_IN}
    assert sum(part.seconds for part in parts(history, clock)) == DAY


def test_while_the_computer_sleeps_nothing_counts(clock):
    history = StatusHistory(clock)
    history.note(ACCOUNT, Health.FINE)
    pass_time(history, clock, HOUR)
    clock.time += timedelta(hours=8)  # the wall clock alone: the other one stands still meanwhile
    history.note(ACCOUNT, Health.FINE)
    clock.advance(seconds=8 * HOUR)  # where both go on, no note came
    history.note(ACCOUNT, Health.FINE)
    assert parts(history, clock)[1] == Part(Health.FINE, HOUR + int(2 * NOTE_SECONDS))


def test_a_clock_that_is_set_back_leaves_no_hours_that_are_still_to_come(clock):
    history = StatusHistory(clock)
    history.note(ACCOUNT, Health.OFFLINE)
    clock.time -= timedelta(hours=3)
    history.note(ACCOUNT, Health.FINE)
    assert {one.health for one in history.of(ACCOUNT)} == {Health.FINE}


async def test_it_survives_a_restart_and_the_time_between_is_not_running(tmp_path, clock):
    async with a_store(tmp_path, clock=clock) as store:
        await store.accounts.put(an_account())
        board = StatusBoard(store.accounts, store.changes, clock)
        board.show(ACCOUNT, health=Health.FINE)
        clock.advance(seconds=NOTE_SECONDS)
        board.show(ACCOUNT, health=Health.SIGN_IN, problem="Refused (401).")
        clock.advance(seconds=NOTE_SECONDS)
        await board.save_history()
    clock.advance(seconds=HOUR)
    async with a_store(tmp_path, clock=clock) as store:
        board = StatusBoard(store.accounts, store.changes, clock)
        await board.load()
        await board.save(ACCOUNT, health=Health.FINE, problem="")
        clock.advance(seconds=NOTE_SECONDS)
        day = status_day(board.quarters(ACCOUNT), clock.now())
        assert day.parts[1:] == (Part(Health.SIGN_IN, 2 * int(NOTE_SECONDS)), Part(Health.FINE, int(NOTE_SECONDS)))
        board.remove(ACCOUNT)
        assert not board.quarters(ACCOUNT)


async def test_what_could_not_be_stored_is_stored_the_next_time(tmp_path, clock):
    history = StatusHistory(clock)
    history.note(ACCOUNT, Health.OFFLINE)
    first = history.changed()
    clock.advance(seconds=MINUTE)
    later = history.changed()
    history.stored(first)
    assert history.changed() == later
    history.stored(later)
    assert not history.changed()
