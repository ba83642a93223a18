"""Start and end: orderly, quick, and no reference lost on the way."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QLabel
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import with_accounts

from deskhand_sandbox.sandbox import serving

CALLS = 20_000


def test_calls_that_return_nothing_leave_the_count_of_none_alone(qapp) -> None:
    """PySide6 6.12.0 lost a reference to None at every such call, and aborted Python 3.11 after about 5,000."""
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setMargin(number % 3)
    assert abs(sys.getrefcount(None) - before) < CALLS // 100


async def test_closing_the_window_in_the_midst_of_a_sync_ends_everything_at_once(tmp_path: Path) -> None:
    profile_setup = ProfileSetup(tmp_path / "profile")
    with serving(tickets=1500, only=("nexuscore", "thena")) as box:
        both = with_accounts((box["nexuscore"], "Retail EU"), (box["thena"], "Platform"))
        async with run_on_profile(profile_setup, before=both) as driver:
            for server in box:
                server.faults.latency(0.3)
            await driver.wait_until(
                lambda: "Syncing" in driver.visible_text() or "Reading" in driver.visible_text(), "a sync is under way"
            )
        assert driver.exit_report.threads == ()
        async with run_on_profile(profile_setup) as driver:
            for server in box:
                server.faults.clear()
            await driver.wait_until(
                lambda: driver.wait_synced("Retail EU") and driver.wait_synced("Platform"), "it goes on", seconds=60
            )
