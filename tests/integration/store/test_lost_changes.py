"""What was typed and is gone from `desk.db` is missed by nobody but the cache: then it is said, and nothing goes out twice."""

import random
import shutil
from pathlib import Path

import pytest
from tests.helpers.store_fixtures import ACCOUNT, ManualClock, a_command, a_store, an_account

from deskhand.domain import profile_wording
from deskhand.domain.commands import SendReply
from deskhand.domain.ids import TicketKey
from deskhand.domain.mending import StoreEvent
from deskhand.domain.threads import Delivery, Draft

DRAFTS = 20
CLOSED, CRASHED = "closed", "crashed"


async def fill(folder: Path) -> None:
    """Leave what a closed program leaves in `closed`, and in `crashed` what a killed one leaves after more was typed."""
    async with a_store(folder / CLOSED) as store:
        await store.accounts.put(an_account())
        await store.outbox.submit(a_command(SendReply("on its way")), hold_until=None)
    shutil.copytree(folder / CLOSED, folder / "running")
    async with a_store(folder / "running") as store:
        for n in range(DRAFTS):
            await store.drafts.put(TicketKey(ACCOUNT, str(n)), Draft("reply", f"typed {n}"))
        shutil.copytree(folder / "running", folder / CRASHED)


def cut_short(log: Path, _seed: int) -> None:
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])


def gone(log: Path, _seed: int) -> None:
    log.unlink()


def one_bit(log: Path, seed: int) -> None:
    data = bytearray(log.read_bytes())
    data[random.Random(seed).randrange(len(data) // 2)] ^= 1  # noqa: S311 - repeatable, not secret
    log.write_bytes(data)


async def texts(folder: Path) -> tuple[set[str], set[Delivery], list[StoreEvent], str]:
    async with a_store(folder, clock=ManualClock()) as store:
        return (
            {draft.text for _, draft in await store.drafts.all()},
            {item.delivery for item in await store.outbox.open_items()},
            [notice.event for notice in store.notices],
            " ".join(profile_wording.notices(store.notices)),
        )


async def test_a_crash_alone_loses_nothing_and_says_nothing(tmp_path: Path) -> None:
    await fill(tmp_path)
    found, deliveries, events, _ = await texts(tmp_path / CRASHED)
    assert (len(found), deliveries, events) == (DRAFTS, {Delivery.QUEUED}, [])


@pytest.mark.parametrize("damage", [cut_short, gone, one_bit])
@pytest.mark.parametrize("seed", range(3))
async def test_a_log_that_is_damaged_or_gone_is_said_and_what_waits_is_looked_for_first(tmp_path, damage, seed):
    await fill(tmp_path)
    damage(tmp_path / CRASHED / "desk.db-wal", seed)
    found, deliveries, events, words = await texts(tmp_path / CRASHED)
    assert len(found) < DRAFTS
    assert (deliveries, events) == ({Delivery.UNKNOWN}, [StoreEvent.DESK_BEHIND])
    assert "What was written last may be missing" in words
    assert (await texts(tmp_path / CRASHED))[2:] == ([], ""), "it is said once"


async def test_an_older_file_that_was_put_in_its_place_is_noticed(tmp_path: Path) -> None:
    await fill(tmp_path)
    await texts(tmp_path / CRASHED)
    shutil.copyfile(tmp_path / CLOSED / "desk.db", tmp_path / CRASHED / "desk.db")
    found, deliveries, events, _ = await texts(tmp_path / CRASHED)
    assert (found, deliveries, events) == (set(), {Delivery.UNKNOWN}, [StoreEvent.DESK_BEHIND])


@pytest.mark.parametrize("with_cache", [False, True])
async def test_a_backup_that_comes_back_says_that_what_is_younger_may_be_missing(tmp_path, with_cache):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await store.accounts.put(an_account())
        await store.tidy()
        await store.drafts.put(TicketKey(ACCOUNT, "1"), Draft("reply", "younger"))
    for name in ("desk.db", "cache.db") if with_cache else ("desk.db",):
        (tmp_path / name).write_bytes(b"not a database at all" * 400)
    found, _, events, words = await texts(tmp_path)
    assert found == set()
    assert events[0] is StoreEvent.DESK_RESTORED
    assert "What was written after that backup may be missing" in words
    assert "opened well" not in words, "nothing that contradicts it"


async def test_what_could_be_saved_is_counted_once(tmp_path: Path) -> None:
    async with a_store(tmp_path) as store:
        for n in range(DRAFTS):
            await store.drafts.put(TicketKey(ACCOUNT, str(n)), Draft("reply", f"typed {n} " + "x" * 3000))
    data = bytearray((tmp_path / "desk.db").read_bytes())
    data[-100:] = bytes(100)
    (tmp_path / "desk.db").write_bytes(data)
    async with a_store(tmp_path) as store:
        (notice,) = store.notices
        assert notice.event is StoreEvent.DESK_STARTED_ANEW
        drafts = await store.drafts.all()
        assert 0 < len(drafts) <= DRAFTS
        assert len(drafts) <= notice.saved <= DRAFTS + 1  # and what counts the changes
