"""What is sent stays below the limits that the vendors document, however many accounts and commands share them."""

from dataclasses import replace
from importlib import import_module

import pytest
from tests.contract.vendor_cases import CASES
from tests.helpers.raw_servers import FakeClock, sign_in

from deskhand.domain.accounts import Secret
from deskhand.domain.ids import AccountId
from deskhand.http.budgets import Budgets
from deskhand_sandbox.sandbox import serving


@pytest.mark.parametrize(
    "case", [case for case in CASES.values() if case.checks_in_a_row], ids=lambda case: case.vendor
)
async def test_two_accounts_and_one_command_after_another_never_meet_a_documented_limit(case, tmp_path):
    clock = FakeClock()
    with serving(only=[case.vendor], tickets=120, rate_limits=True, clock=clock.now) as box:
        adapter = import_module(f"deskhand.vendors.{case.vendor}.adapter")
        given = sign_in(box[case.vendor])
        for _ in range(4):
            budgets = Budgets(clock, tmp_path, Secret("5a" * 32))
            connections = [adapter.connect(replace(given, account=AccountId(name)), clock, budgets) for name in "ab"]
            for connection in connections:
                for _ in range(case.checks_in_a_row):
                    await connection.check()
            for connection in connections:
                await connection.aclose()
        statuses = {status for counts in box[case.vendor].counts().values() for status in counts}
        assert "429" not in statuses
