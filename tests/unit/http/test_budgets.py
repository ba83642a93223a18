import sys
from datetime import timedelta
from pathlib import Path

import pytest
from tests.helpers.raw_servers import FakeClock

from deskhand.domain.accounts import Secret
from deskhand.domain.problems import Throttled
from deskhand.domain.request_priority import RequestPriority
from deskhand.http.budgets import FILE_NAME, Budgets
from deskhand.http.pacing import Pacer, Window

KEY = Secret("5a" * 32)
SECRET = "mkp_live_2d5f0b7c"
MINUTE = (Window(60, 60.0),)


def size_of(path: Path) -> int:
    return path.stat().st_size


async def leave(pacer: Pacer, count: int) -> None:
    for _ in range(count):
        await pacer.acquire(RequestPriority.INTERACTIVE)


async def test_accounts_with_one_key_share_one_budget():
    clock = FakeClock()
    budgets = Budgets(clock)
    one, other = budgets.pacer(MINUTE, "api.example", SECRET), budgets.pacer(MINUTE, "api.example", SECRET)
    await leave(one, 40)
    await leave(other, 20)
    assert clock.monotonic() == 0
    await leave(one, 1)
    assert clock.monotonic() >= 60


async def test_accounts_with_different_keys_do_not_wait_for_each_other():
    clock = FakeClock()
    budgets = Budgets(clock)
    await leave(budgets.pacer(MINUTE, "api.example", SECRET), 60)
    await leave(budgets.pacer(MINUTE, "api.example", "another"), 60)
    await leave(budgets.pacer(MINUTE, "elsewhere.example", SECRET), 60)
    assert clock.monotonic() == 0


async def test_commands_one_after_another_keep_to_one_budget_however_each_ends(tmp_path):
    clock = FakeClock()
    left = []
    for number in range(20):
        budgets = Budgets(clock, tmp_path, KEY)
        pacer = budgets.pacer(MINUTE, "api.example", SECRET)
        for _ in range(10):
            await leave(pacer, 1)
            left.append(clock.monotonic())
        if number % 2:
            budgets.close()  # the others were killed
    for first, at in enumerate(left):
        assert sum(at <= other < at + 60 for other in left[first:]) <= 60


async def test_a_wait_that_one_process_was_told_is_respected_by_the_next(tmp_path):
    clock = FakeClock()
    Budgets(clock, tmp_path, KEY).pacer(MINUTE, "api.example", SECRET).on_throttled(
        timedelta(seconds=90), "GET /v1/tickets"
    )
    clock.advance(30)
    later = Budgets(clock, tmp_path, KEY).pacer(MINUTE, "api.example", SECRET)
    with pytest.raises(Throttled) as told:
        await later.acquire(RequestPriority.INTERACTIVE, "GET /v1/tickets")
    assert told.value.retry_after.total_seconds() == pytest.approx(60, abs=0.01)
    await later.acquire(RequestPriority.INTERACTIVE, "GET /v1/comments")
    assert clock.monotonic() == 30


async def test_the_file_neither_names_the_key_nor_can_be_asked_for_it(tmp_path):
    clock = FakeClock()
    await leave(Budgets(clock, tmp_path, KEY).pacer(MINUTE, "api.example", SECRET), 1)
    mine = (tmp_path / FILE_NAME).read_text()
    assert SECRET not in mine
    assert "example" not in mine
    (tmp_path / "other").mkdir()
    await leave(Budgets(clock, tmp_path / "other", Secret("6b" * 32)).pacer(MINUTE, "api.example", SECRET), 1)
    theirs = (tmp_path / "other" / FILE_NAME).read_text()
    assert mine.split()[0] != theirs.split()[0], "another profile's file gives it another name"
    assert KEY.reveal() not in mine


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
async def test_the_file_is_its_owners_alone_and_no_link_is_followed(tmp_path):
    clock = FakeClock()
    await leave(Budgets(clock, tmp_path, KEY).pacer(MINUTE, "a", SECRET), 1)
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0
    (tmp_path / "linked").mkdir()
    target = tmp_path / "target"
    target.write_text("mine")
    (tmp_path / "linked" / FILE_NAME).symlink_to(target)
    await leave(Budgets(clock, tmp_path / "linked", KEY).pacer(MINUTE, "a", SECRET), 1)
    assert target.read_text() == "mine"


@pytest.mark.parametrize(
    "found",
    [
        b"",
        b"\0" * 5000,
        b"no line of ours\n" * 9,
        b"a nan\nb inf\nc 1e400 1e400 x\nd -1\n",
        "名 1\n".encode(),
        b"x 1.0 2.0",
    ],
)
async def test_whatever_stands_in_the_file_nobody_is_locked_out(tmp_path, found):
    (tmp_path / FILE_NAME).write_bytes(found)
    clock = FakeClock()
    await leave(Budgets(clock, tmp_path, KEY).pacer(MINUTE, "a", SECRET), 60)
    assert clock.monotonic() == 0


async def test_a_folder_that_takes_no_file_costs_only_the_memory(tmp_path):
    clock = FakeClock()
    pacer = Budgets(clock, tmp_path / "not" / "there", KEY).pacer(MINUTE, "a", SECRET)
    await leave(pacer, 60)
    assert clock.monotonic() == 0


async def test_a_clock_that_was_set_back_holds_nobody_longer_than_one_window(tmp_path):
    clock = FakeClock()
    clock.advance(86_400)
    await leave(Budgets(clock, tmp_path, KEY).pacer(MINUTE, "a", SECRET), 60)
    clock.advance(-86_400)
    await leave(Budgets(clock, tmp_path, KEY).pacer(MINUTE, "a", SECRET), 1)
    assert clock.monotonic() < 62


async def test_a_long_session_leaves_a_small_file_that_still_says_what_counts(tmp_path):
    clock = FakeClock()
    pacer = Budgets(clock, tmp_path, KEY).pacer((Window(100, 10.0),), "a", SECRET)
    pacer.on_throttled(timedelta(seconds=10))
    for _ in range(100):
        await leave(pacer, 100)
    pacer.on_throttled(timedelta(seconds=900))
    assert size_of(tmp_path / FILE_NAME) < 300_000
    again = Budgets(clock, tmp_path, KEY).pacer((Window(100, 10.0),), "a", SECRET)
    with pytest.raises(Throttled):
        await leave(again, 1)
    assert size_of(tmp_path / FILE_NAME) < 100_000, "the next process keeps what still counts"
