"""The rules of Later: what is offered, what is remembered, when it comes back."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from tests.helpers.narrowing import not_none

from deskhand.domain.later import LaterMark
from deskhand.services.later import Later, LaterPlan
from deskhand.services.macro_steps import MacroStep, StepKind

CET = timezone(timedelta(hours=1))


@pytest.fixture
async def desk(start_services):
    """A NexusCore account in step, and Later in a zone of its own on a Monday afternoon."""
    harness, account = await start_services("nexuscore")
    harness.clock.shift = (datetime(2026, 11, 30, 13, 32, tzinfo=UTC) - datetime.now(UTC)).total_seconds()
    services = harness.services
    later = Later(harness.store, services.accounts, services.settings, harness.clock, CET)
    keys = await harness.ticket_keys(account)
    return harness, later, keys


async def test_the_times_that_are_offered_lie_ahead_and_are_written_out(desk):
    _, later, keys = desk
    assert [(one.title, one.detail) for one in later.choices(keys[:1])] == [
        ("This evening", "Monday 30 November 2026, 18:00"),
        ("Tomorrow", "Tuesday 1 December 2026, 09:00"),
        ("Next week", "Monday 7 December 2026, 09:00"),
        ("When they reply", "no date"),
    ]


async def test_this_evening_is_not_offered_once_it_has_begun(desk):
    harness, later, keys = desk
    harness.clock.advance(5 * 3600)
    assert next(one.title for one in later.choices(keys[:1])) == "Tomorrow"


async def test_on_a_sunday_next_week_is_tomorrow_and_offered_once(desk):
    harness, later, keys = desk
    harness.clock.advance(6 * 86_400)
    assert [(one.title, one.detail) for one in later.choices(keys[:1]) if one.until is not None] == [
        ("This evening", "Sunday 6 December 2026, 18:00"),
        ("Tomorrow", "Monday 7 December 2026, 09:00"),
    ]


async def test_a_day_begins_when_the_agent_says_so(desk):
    harness, later, keys = desk
    await harness.services.settings.set_day_start(7 * 60 + 30)
    assert later.choices(keys[:1])[1].detail == "Tuesday 1 December 2026, 07:30"
    assert not_none(later.read("thu").only).text.startswith("Thursday 3 December 2026, 07:30")
    assert later.in_full(later.at_day(date(2026, 12, 24))) == "Thursday 24 December 2026, 07:30"


async def test_as_last_time_is_the_same_moment_until_it_has_passed(desk):
    harness, later, keys = desk
    assert later.why_not_as_last_time(keys[:1]) == "Nothing was put away yet."
    until = not_none(later.read("thu 10:30").only).when
    await later.put_away(keys[:1], LaterPlan(until, "Once", keep=True))
    assert later.last == LaterPlan(until, keep=True)
    assert later.keep
    assert later.choices(keys[:1])[-1].detail == "Thursday 3 December 2026, 10:30"
    assert later.why_not_as_last_time(keys[:1]) == ""
    harness.clock.advance(4 * 86_400)
    assert later.why_not_as_last_time(keys[:1]) == "Thursday 3 December 2026, 10:30 has passed."


async def test_a_reminder_does_not_change_what_last_time_means(desk):
    _, later, keys = desk
    await later.put_away(keys[:1], LaterPlan(None))
    await later.put_away(keys[1:2], LaterPlan(not_none(later.read("in 3h").only).when, stays=True))
    assert later.last == LaterPlan(None)


async def test_what_stood_there_is_put_back_by_undo(desk):
    _, later, keys = desk
    until = not_none(later.read("tomorrow").only).when
    await later.put_away(keys[:1], LaterPlan(until, "First"))
    before = await later.put_away(keys[:2], LaterPlan(None, "Second"))
    await later.restore(before)
    assert [(entry.key, entry.mark.until, entry.mark.reason) for entry in await later.entries()] == [
        (keys[0], until, "First")
    ]


async def test_a_plan_is_said_in_full(desk):
    _, later, _ = desk
    until = not_none(later.read("tomorrow").only).when
    assert [later.effect(plan) for plan in (LaterPlan(until), LaterPlan(until, keep=True), LaterPlan(until, stays=True))] == [
        "Away until Tuesday 1 December 2026, 09:00, or until they reply.",
        "Away until Tuesday 1 December 2026, 09:00, even if they reply.",
        "Reminder on Tuesday 1 December 2026, 09:00. It stays in its lists.",
    ]  # fmt: skip
    assert later.effect(LaterPlan(None)) == "Away until they reply."


async def test_a_vendor_without_conversations_offers_no_return_by_reply(start_services):
    harness, account = await start_services("routera")
    keys = await harness.ticket_keys(account)
    choice = next(one for one in harness.services.later.choices(keys[:1]) if one.title == "When they reply")
    assert choice.problem.startswith("Routera keeps records, not conversations")


async def test_a_clock_that_is_set_forward_and_back_brings_it_back_once_at_its_time(desk):
    harness, later, keys = desk
    returned = []
    harness.services.changes.subscribe(lambda changes: returned.extend(changes.returned))
    until = harness.clock.now() + timedelta(hours=2)
    await later.put_away(keys[:1], LaterPlan(until))
    harness.clock.set_wall_clock_back(3600)
    harness.clock.advance(2 * 3600)
    assert not returned
    harness.clock.advance(2 * 3600)
    await harness.wait_until(lambda: returned)
    harness.clock.set_wall_clock_back(6 * 3600)
    harness.clock.advance(7 * 3600)
    assert returned == [keys[0]]


async def test_after_the_sleep_of_a_computer_what_is_overdue_comes_back(desk):
    harness, _, keys = desk
    await harness.store.later.put({keys[0]: LaterMark(harness.clock.now() + timedelta(minutes=10))})
    harness.clock.advance(9 * 3600)
    await harness.wait_until(lambda: harness.services.lists.rows([keys[0]])[0].is_back)


async def test_another_time_keeps_the_reason_that_was_typed_unless_another_one_is(desk):
    harness, later, keys = desk
    first, second = (not_none(later.read(text).only).when for text in ("tomorrow", "in 5 days"))
    await later.put_away(keys[:1], LaterPlan(first, "Ask the carrier"))
    await later.put_away(keys[:2], LaterPlan(second))
    assert {entry.key: entry.mark.reason for entry in await later.entries()} == {
        keys[0]: "Ask the carrier",
        keys[1]: "",
    }
    macro = await harness.services.macros.create("Wait", (MacroStep(StepKind.LATER, "in 3h"),))
    await harness.services.macro_runs.run(macro, await harness.services.macro_runs.plan(macro, keys[:1]))
    await later.put_away(keys[1:2], LaterPlan(second, "Ring her"))
    assert {entry.mark.reason for entry in await later.entries()} == {"Ask the carrier", "Ring her"}
    await later.put_away(keys[1:2], LaterPlan(second, ""))
    assert {entry.mark.reason for entry in await later.entries()} == {"Ask the carrier", ""}
