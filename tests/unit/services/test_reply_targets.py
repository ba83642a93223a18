"""An account's own targets for replies."""

from datetime import timedelta

import pytest
from tests.helpers.store_fixtures import an_account

from deskhand.domain.waits import Targets
from deskhand.services.reply_targets import targets, wrong

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("first", "following", "expected"),
    [
        ("4", "8", Targets(4 * HOUR, 8 * HOUR)),
        ("0,5", " 1.5 ", Targets(HOUR / 2, 1.5 * HOUR)),
        ("", "24", Targets(None, 24 * HOUR)),
    ],
)
def test_targets_are_hours(first, following, expected):
    settings = {"first_reply_hours": first, "next_reply_hours": following}
    assert targets(an_account(settings=settings)) == expected
    assert wrong(settings) is None


def test_an_account_without_targets_has_no_clock():
    assert targets(an_account()) == Targets()


@pytest.mark.parametrize("text", ["soon", "-1", "0", "nan", "inf", "99999"])
def test_what_is_no_time_is_refused_and_counts_for_nothing(text):
    settings = {"next_reply_hours": text}
    found = wrong(settings)
    assert found is not None
    assert found.name == "next_reply_hours"
    assert targets(an_account(settings=settings)) == Targets()
