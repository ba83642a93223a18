"""An account is online when its vendor has answered, not while it is asked."""

from dataclasses import replace

import pytest

from deskhand.domain.accounts import AccountStatus, Health, Progress
from deskhand.domain.ids import AccountId
from deskhand.services.reach import Reach, Reached

ONE = AccountStatus(AccountId("one"), Health.NEW)
FAILED = "The server closed the connection without an answer."


def test_the_first_try_is_connecting_until_something_is_answered() -> None:
    reach = Reach()
    assert reach.count([ONE]) == Reached(0, 1, 0)
    assert reach.count([replace(ONE, health=Health.SYNCING)]) == Reached(0, 1, 0)
    assert reach.count([replace(ONE, health=Health.SYNCING, progress=Progress(50, None))]) == Reached(1, 0, 0)
    assert reach.count([replace(ONE, health=Health.FINE)]) == Reached(1, 0, 0)


def test_another_look_at_an_account_that_answered_leaves_it_online() -> None:
    reach = Reach()
    reach.count([replace(ONE, health=Health.FINE)])
    assert reach.count([replace(ONE, health=Health.SYNCING)]) == Reached(1, 0, 0)


@pytest.mark.parametrize("health", [Health.WAITING, Health.OFFLINE, Health.BLOCKED])
def test_trying_again_after_a_failure_is_not_online(health) -> None:
    reach = Reach()
    reach.count([replace(ONE, health=Health.FINE)])
    assert reach.count([replace(ONE, health=health, problem=FAILED)]).online == 0
    assert reach.count([replace(ONE, health=Health.SYNCING, problem=FAILED)]) == Reached(0, 0, 0)


def test_what_only_the_agent_can_mend_is_counted_apart() -> None:
    statuses = [replace(ONE, health=health, account=AccountId(health)) for health in Health]
    assert Reach().count(statuses) == Reached(1, 2, 2)
