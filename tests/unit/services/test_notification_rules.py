"""Whether an event is told, and when, with a clock that the tests move."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.events import Event, EventKind
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import CenterFacts
from deskhand.services.notification_choices import AccountChoices, NotificationChoices, WorkingHours
from deskhand.services.notification_rules import (
    BETWEEN,
    GATHER,
    MOST_WAITING,
    Bundles,
    Facts,
    Part,
    Presence,
    links,
    most_telling,
    needs_agent,
    withheld_by,
)

MONDAY = datetime(2026, 11, 30, 14, 32, tzinfo=UTC)
EU, UK = AccountId("eu"), AccountId("uk")
REPLY = Event(EventKind.REPLIED, EU, "1")


def facts(event: Event = REPLY, **values):
    given_values = {"choices": NotificationChoices(), "now": MONDAY, "presence": Presence()}
    return Facts(event, **{**given_values, **values})


def of_account(**values):
    return NotificationChoices(accounts={EU: AccountChoices(**values)})


def test_an_event_is_told_where_nothing_stands_against_it():
    assert withheld_by(facts()) is None
    assert all(link.holds for link in links(facts()))


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"choices": NotificationChoices(is_on=False)}, Part.SWITCH),
        ({"choices": of_account(off=frozenset({EventKind.REPLIED}))}, Part.EVENT),
        ({"in_view": False}, Part.VIEW),
        ({"choices": of_account(hours=WorkingHours(9 * 60, 14 * 60))}, Part.HOURS),
        ({"choices": NotificationChoices(paused_until=MONDAY + timedelta(hours=1))}, Part.PAUSE),
        ({"presence": Presence(is_front=True, ticket=TicketKey(EU, "1"))}, Part.WINDOW),
    ],
)
def test_each_link_withholds_by_itself_and_is_the_one_that_is_named(values, part):
    assert withheld_by(facts(**values)) is part
    assert [link.part for link in links(facts(**values)) if link.holds is False] == [part]


def test_what_is_switched_off_for_one_account_is_told_for_another():
    choices = of_account(off=frozenset({EventKind.REPLIED}))
    assert withheld_by(facts(Event(EventKind.REPLIED, UK, "1"), choices=choices)) is None
    assert withheld_by(facts(Event(EventKind.NEW, EU, "1"), choices=choices)) is None


def test_another_ticket_is_told_while_the_window_is_in_front_and_the_open_one_is_once_it_is_not():
    front = Presence(is_front=True, ticket=TicketKey(EU, "2"))
    assert withheld_by(facts(presence=front)) is None
    assert withheld_by(facts(presence=Presence(is_front=False, ticket=TicketKey(EU, "1")))) is None


def test_what_the_window_says_of_an_account_is_not_told_beside_it():
    stopped = Event(EventKind.ACCOUNT, EU, detail="Refused")
    assert withheld_by(facts(stopped, presence=Presence(is_front=True))) is Part.WINDOW
    assert withheld_by(facts(stopped)) is None


def test_a_pause_that_has_ended_withholds_nothing():
    assert withheld_by(facts(choices=NotificationChoices(paused_until=MONDAY))) is None


def test_the_page_says_what_the_system_says_and_only_own_links_decide():
    center = CenterFacts(name="GNOME Shell 43", is_quiet=True, has_actions=False)
    found = {link.part: link for link in links(facts(center=center, last_sent=MONDAY))}
    assert (found[Part.SERVICE].holds, found[Part.SERVICE].detail) == (True, "GNOME Shell 43")
    assert found[Part.QUIET].holds is False
    assert found[Part.ABILITIES].holds is None
    assert found[Part.SENT].at == MONDAY
    assert withheld_by(facts(center=center)) is None
    absent = {link.part: link for link in links(facts(center=CenterFacts(problem="nobody answers")))}
    assert (absent[Part.SERVICE].holds, absent[Part.SERVICE].detail) == (False, "nobody answers")
    assert absent[Part.QUIET].holds is None


# --- gathering ---


def reply(account: AccountId, number: int) -> Event:
    return Event(EventKind.REPLIED, account, str(number))


def test_the_first_event_waits_only_until_its_conversation_is_read():
    bundles = Bundles()
    bundles.add(REPLY, MONDAY)
    assert bundles.next_due() == MONDAY + GATHER
    assert bundles.take(MONDAY) == ()
    (bundle,) = bundles.take(MONDAY + GATHER)
    assert bundle.events == (REPLY,)
    assert bundles.next_due() is None


def test_what_comes_within_the_minute_is_told_together_at_its_end():
    bundles, now = Bundles(), MONDAY
    bundles.add(reply(EU, 1), now)
    now += GATHER
    assert len(bundles.take(now)) == 1
    for number in range(2, 7):
        bundles.add(reply(EU, number), now + timedelta(seconds=number))
    assert bundles.take(now + BETWEEN - timedelta(seconds=1)) == ()
    (summary,) = bundles.take(now + BETWEEN)
    assert [event.remote for event in summary.events] == ["2", "3", "4", "5", "6"]


def test_two_accounts_have_one_each_and_then_one_summary_of_both():
    bundles, now = Bundles(), MONDAY
    for account in (EU, UK):
        bundles.add(reply(account, 1), now)
    assert len(bundles.take(now + GATHER)) == 2
    for account in (EU, UK):
        bundles.add(reply(account, 2), now + timedelta(seconds=10))
    (summary,) = bundles.take(now + GATHER + BETWEEN)
    assert {event.account for event in summary.events} == {EU, UK}


def test_what_needs_the_agent_does_not_wait_for_the_minute_of_a_message():
    bundles, now = Bundles(), MONDAY
    bundles.add(reply(EU, 1), now)
    bundles.take(now + GATHER)
    failed = Event(EventKind.SEND_FAILED, EU, "9", "c1")
    bundles.add(failed, now + timedelta(seconds=5))
    (bundle,) = bundles.take(now + timedelta(seconds=5) + GATHER)
    assert bundle.events == (failed,)


def test_what_needs_the_agent_is_told_however_much_waits():
    bundles = Bundles()
    for number in range(MOST_WAITING + 1):
        bundles.add(reply(EU, number), MONDAY)
    failed = Event(EventKind.SEND_FAILED, EU, "9", "c1")
    bundles.add(failed, MONDAY)
    messages, problem = bundles.take(MONDAY + GATHER)
    assert len(messages.events) == MOST_WAITING
    assert problem.events == (failed,)


def test_several_events_of_a_ticket_are_told_as_the_one_that_says_most():
    events = (Event(EventKind.NEW, EU, "1"), Event(EventKind.ASSIGNED, EU, "1"), reply(EU, 2), reply(EU, 1))
    assert most_telling(events) == (reply(EU, 1), reply(EU, 2))


def test_a_clock_that_was_set_back_keeps_nothing_waiting():
    bundles = Bundles()
    bundles.add(reply(EU, 1), MONDAY)
    bundles.take(MONDAY + GATHER)
    before = MONDAY - timedelta(days=1)
    bundles.add(reply(EU, 2), before)
    assert bundles.next_due() == before + GATHER


@given(
    st.lists(
        st.tuples(st.sampled_from([EU, UK]), st.sampled_from(list(EventKind)), st.integers(1, 4), st.integers(0, 90)),
        max_size=60,
    )
)
def test_however_events_come_an_account_has_one_notification_a_minute_and_no_ticket_is_left_out(steps):
    bundles, now = Bundles(), MONDAY
    told: list[tuple[datetime, tuple[Event, ...]]] = []

    def take_until(end: datetime) -> None:
        while (due := bundles.next_due()) is not None and due <= end:
            told.extend((due, bundle.events) for bundle in bundles.take(due))

    for account, kind, number, seconds in steps:
        now += timedelta(seconds=seconds)
        take_until(now)
        bundles.add(Event(kind, account, str(number)), now)
    take_until(now + 3 * BETWEEN)
    assert bundles.next_due() is None
    assert {(account, str(number)) for account, _, number, _ in steps} == {
        (event.account, event.remote) for _, events in told for event in events
    }
    for account in (EU, UK):
        for urgent in (False, True):
            times = [
                at for at, events in told if any(e.account == account and needs_agent(e) is urgent for e in events)
            ]
            assert all(later - earlier >= BETWEEN for earlier, later in pairwise(times))
