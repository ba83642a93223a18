"""How an account is, in words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.helpers.store_fixtures import ACCOUNT, an_account

from deskhand.domain.accounts import AccountStatus, Health, Progress
from deskhand.domain.ids import VendorId
from deskhand.services.health import Cause, Kind, Remedy, account_health
from deskhand.vendors.registry import REGISTRY

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
VENDOR = REGISTRY[VendorId("nexuscore")].info


def health(status: Health, *, paused: bool = False, unsent: int = 0, **values):
    told = AccountStatus(ACCOUNT, status, **{"since": NOON, **values})
    return account_health(replace(an_account(), paused=paused), VENDOR, told, unsent=unsent)


@pytest.mark.parametrize(
    ("status", "kind", "cause", "remedy"),
    [
        (Health.SIGN_IN, Kind.NEEDS_YOU, Cause.SIGN_IN, Remedy.SIGN_IN),
        (Health.BLOCKED, Kind.NEEDS_YOU, Cause.BLOCKED, Remedy.RETRY),
        (Health.OFFLINE, Kind.GOES_ON, Cause.OFFLINE, Remedy.RETRY),
        (Health.WAITING, Kind.GOES_ON, Cause.BACK_OFF, Remedy.RETRY),
        (Health.FINE, Kind.WELL, Cause.WELL, Remedy.NONE),
        (Health.NEW, Kind.WELL, Cause.SYNCING, Remedy.NONE),
    ],
)
def test_every_health_has_its_kind_its_cause_and_its_button(status, kind, cause, remedy):
    found = health(status, problem="It said so.")
    assert (found.kind, found.cause, found.remedy) == (kind, cause, remedy)


def test_a_persons_pause_a_back_off_offline_and_a_sign_in_are_four_different_sentences():
    four = [health(Health.PAUSED, paused=True), *map(health, (Health.WAITING, Health.OFFLINE, Health.SIGN_IN))]
    assert len({one.what for one in four}) == len({one.cause for one in four}) == 4


def test_a_pause_and_a_sync_that_was_ended_are_told_apart():
    assert health(Health.PAUSED, paused=True).cause is Cause.PAUSED
    assert health(Health.PAUSED, problem="Stopped by you.").cause is Cause.STOPPED


def test_it_says_since_when_why_what_still_works_and_what_to_do():
    found = health(Health.SIGN_IN, problem="Refused (401).", unsent=2)
    assert found.since == NOON
    assert found.why == "Refused (401)."
    assert "2 changes wait in the outbox" in found.works
    assert VENDOR.name in found.to_do


def test_a_try_that_is_under_way_after_a_failure_does_not_pass_for_well():
    found = health(Health.SYNCING, problem="The vendor has a problem (503).", progress=Progress(1, None))
    assert (found.kind, found.why) == (Kind.GOES_ON, "The vendor has a problem (503).")
    assert health(Health.SYNCING).kind is Kind.WELL


def test_a_gap_is_said_although_the_account_is_well():
    assert health(Health.FINE, left_out=3).cause is Cause.INCOMPLETE
    assert "3" in health(Health.FINE, left_out=3).why


def test_what_an_account_may_and_may_not_is_said_in_words():
    found = health(Health.FINE)
    assert "reply" in found.can
    assert "edit tags" in found.cannot
