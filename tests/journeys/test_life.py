"""Start and end: orderly, quick, and no reference lost on the way."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QLabel
from tests.helpers.errands import signed_in
from tests.helpers.running import Place, running

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
    place = Place(tmp_path / "profile")
    with serving(tickets=1500, only=("nexuscore", "thena")) as box:
        both = signed_in((box["nexuscore"], "Retail EU"), (box["thena"], "Platform"))
        async with running(place, before=both) as desk:
            for server in box:
                server.faults.latency(0.3)
            await desk.until(lambda: "Syncing" in desk.words() or "Reading" in desk.words(), "a sync is under way")
        assert desk.ending.threads == ()
        async with running(place) as desk:
            for server in box:
                server.faults.clear()
            await desk.until(lambda: desk.in_step("Retail EU") and desk.in_step("Platform"), "it goes on", seconds=60)
