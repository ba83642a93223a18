"""What an item of the outbox waits for, as an agent reads it."""

from datetime import UTC, datetime, timedelta

from deskhand.domain.threads import Waiting
from deskhand.ui.kit import times
from deskhand.ui.outbox.wait_reason import sentence

NOW = datetime(2026, 5, 28, 12, 0, tzinfo=UTC)
SINCE, LATER = NOW - timedelta(minutes=5), NOW + timedelta(minutes=5)


def test_it_says_what_is_waited_for_and_since_when():
    assert sentence(Waiting("the reply before it", "", SINCE), NOW) == (
        f"Waits for the reply before it. Since {times.moment(SINCE, NOW)}."
    )


def test_the_reason_of_a_pause_stands_with_its_end():
    wait = Waiting("its vendor", "Thena asks for a pause.", SINCE, LATER)
    assert sentence(wait, NOW) == (
        f"Thena asks for a pause. Since {times.moment(SINCE, NOW)}, until {times.moment(LATER, NOW)}."
    )


def test_an_end_that_has_passed_is_not_said():
    assert "until" not in sentence(Waiting("its vendor", "Thena asks for a pause.", SINCE, SINCE), NOW)


def test_where_nothing_is_waited_for_nothing_is_said():
    assert sentence(None, NOW) == ""
