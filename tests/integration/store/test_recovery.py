import random
import shutil
import subprocess
import sys
import textwrap
from datetime import timedelta
from functools import partial
from pathlib import Path

import apsw
import pytest
from tests.helpers.narrowing import not_none
from tests.helpers.store_fixtures import (
    ACCOUNT,
    KEY,
    WRITE_ONLY,
    ManualClock,
    a_command,
    a_message,
    a_page,
    a_store,
    a_thread,
    a_ticket,
    an_account,
    remote_message,
    remote_ticket,
)

from deskhand.domain.accounts import Secret, setting_of
from deskhand.domain.changes import ChangeBus
from deskhand.domain.commands import CreateTicket, SendReply
from deskhand.domain.ids import AccountId, CommandId, TicketKey, local_ticket, new_command_id
from deskhand.domain.mending import StoreEvent
from deskhand.domain.ports import Receipt
from deskhand.domain.problems import DiskFull, ProfileDamaged, ProfileKeyWrong, ProfileNewer
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Delivery, Draft
from deskhand.store import open_store
from deskhand.store.files import DESK, DatabaseFiles, connect

ONE = TicketKey(ACCOUNT, "1")


async def fill(folder, count=1):
    async with a_store(folder) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(*(a_ticket(str(n)) for n in range(1, count + 1))))
        await store.threads.apply(ONE, *a_thread(a_message()))
        await store.drafts.put(ONE, Draft("note", "precious words"))
        await store.outbox.submit(a_command(SendReply("on its way")), hold_until=None)


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and not path.name.endswith("-shm")
    }


@pytest.mark.skipif(
    sys.platform == "win32", reason="modes are of POSIX: there, files inherit the profile's access list"
)
async def test_folder_and_files_are_for_their_owner_only(tmp_path):
    async with a_store(tmp_path / "profile") as store:
        await store.accounts.put(an_account())
        await store.tidy()
        assert (tmp_path / "profile").stat().st_mode & 0o777 == 0o700
        for path in (tmp_path / "profile").rglob("*"):
            assert path.stat().st_mode & 0o077 == 0, path


async def test_a_wrong_key_is_named_and_touches_nothing(tmp_path):
    await fill(tmp_path)
    before = content(tmp_path)
    with pytest.raises(ProfileKeyWrong):
        open_store(tmp_path, Secret("00" * 32), ManualClock(), ChangeBus())
    assert content(tmp_path) == before


async def test_a_wrong_key_is_not_taken_for_damage_where_the_fingerprint_is_lost(tmp_path):
    await fill(tmp_path)
    (tmp_path / "key.check").unlink()
    before = content(tmp_path)
    with pytest.raises(ProfileKeyWrong):
        open_store(tmp_path, Secret("00" * 32), ManualClock(), ChangeBus())
    assert content(tmp_path) == before


@pytest.mark.parametrize("name", ["desk", "cache"])
async def test_a_file_of_a_newer_program_is_named_and_left_alone(tmp_path, name):
    await fill(tmp_path)
    db = apsw.Connection(str(tmp_path / f"{name}.db"))
    db.pragma("cipher", "aegis")
    db.pragma("key", f"raw:{KEY.reveal()}")
    db.pragma("user_version", 99)
    db.close()
    before = content(tmp_path)
    with pytest.raises(ProfileNewer):
        open_store(tmp_path, KEY, ManualClock(), ChangeBus())
    after = content(tmp_path)
    assert {name: after.get(name) for name in before} == before


def flip(path: Path, seed: int, *, first: int = 0) -> None:
    data = bytearray(path.read_bytes())
    place = random.Random(seed).randrange(first, len(data))  # noqa: S311 - repeatable, not secret
    data[place] ^= 1 << (seed % 8)
    path.write_bytes(data)


def truncate(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


async def crash(folder):
    """Leave the mark of a program that did not end well."""
    db = apsw.Connection(str(folder / "cache.db"))
    db.pragma("cipher", "aegis")
    db.pragma("key", f"raw:{KEY.reveal()}")
    db.execute("INSERT OR REPLACE INTO meta VALUES('open', '1')")
    db.close()


@pytest.mark.parametrize("seed", range(6))
async def test_a_damaged_cache_after_a_crash_is_set_aside_and_what_is_precious_stays(tmp_path, seed):
    await fill(tmp_path, 200)
    await crash(tmp_path)
    truncate(tmp_path / "cache.db") if seed == 0 else flip(tmp_path / "cache.db", seed)
    async with a_store(tmp_path) as store:
        assert [(each.event, each.aside[:13]) for each in store.notices] == [
            (StoreEvent.CACHE_REBUILT, "cache.db.bad-")
        ]
        assert (tmp_path / store.notices[0].aside).exists()
        assert [draft.text for _, draft in await store.drafts.all()] == ["precious words"]
        assert len(await store.outbox.open_items()) == 1
        assert await store.tickets.cursor(ACCOUNT) == ""
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
        row = store.lists.rows([ONE])[0]
        assert (row.pending, row.has_draft) == (("reply",), True)
    async with a_store(tmp_path) as store:
        assert store.notices == ()


async def test_damage_met_while_running_is_named_and_the_next_start_mends_it(tmp_path):
    await fill(tmp_path, 2000)
    data = bytearray((tmp_path / "cache.db").read_bytes())
    for page in range(len(data) // 4096 - 100, len(data) // 4096):
        data[page * 4096 + 100] ^= 0xFF
    (tmp_path / "cache.db").write_bytes(data)
    async with a_store(tmp_path) as store:
        assert store.notices == ()
        with pytest.raises(ProfileDamaged):
            await read_everything(store)
    async with a_store(tmp_path) as store:
        assert [each.event for each in store.notices] == [StoreEvent.CACHE_REBUILT]
        await read_everything(store)
    async with a_store(tmp_path) as store:
        assert store.notices == ()


async def read_everything(store):
    for n in range(1, 2001):
        await store.tickets.get(TicketKey(ACCOUNT, str(n)))
    await store.lists.search("ticket", 50)


async def test_damage_met_while_opening_is_mended_at_once(tmp_path):
    await fill(tmp_path, 2000)
    data = bytearray((tmp_path / "cache.db").read_bytes())
    for page in range(8, len(data) // 4096):
        data[page * 4096 + 100] ^= 0xFF
    (tmp_path / "cache.db").write_bytes(data)
    async with a_store(tmp_path) as store:
        assert [each.event for each in store.notices] == [StoreEvent.CACHE_REBUILT]
        assert len(await store.outbox.open_items()) == 1


async def test_a_large_cache_is_looked_through_while_it_is_used(tmp_path, monkeypatch):
    await fill(tmp_path, 2000)
    await crash(tmp_path)
    monkeypatch.setattr("deskhand.store.recovery.SMALL_CACHE_BYTES", 0)
    monkeypatch.setattr("deskhand.store.SMALL_CACHE_BYTES", 0)
    flip(tmp_path / "cache.db", 5, first=(tmp_path / "cache.db").stat().st_size - 100 * 4096)
    async with a_store(tmp_path) as store:
        assert store.notices == ()
        not_none(store._checker)._thread.join(20)
    async with a_store(tmp_path) as store:
        assert [each.event for each in store.notices] == [StoreEvent.CACHE_REBUILT]


async def test_a_damaged_desk_comes_back_from_its_backup_and_doubts_what_was_queued(tmp_path):
    await fill(tmp_path)
    async with a_store(tmp_path) as store:
        await store.tidy()
    damage = bytearray((tmp_path / "desk.db").read_bytes())
    damage[100:4000] = bytes(3900)
    (tmp_path / "desk.db").write_bytes(damage)
    async with a_store(tmp_path) as store:
        notice = store.notices[0]
        assert (notice.event, notice.backup[:5]) == (StoreEvent.DESK_RESTORED, "desk-")
        assert (tmp_path / notice.aside).read_bytes() == damage
        assert [draft.text for _, draft in await store.drafts.all()] == ["precious words"]
        assert [item.delivery for item in await store.outbox.open_items()] == [Delivery.UNKNOWN]
        assert len(await store.accounts.all()) == 1


async def test_what_a_damaged_desk_still_gives_is_taken_over_the_backup(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        for n in range(300):
            await store.settings.put(f"filler.{n:03}", "x" * 200)
        await store.tidy()
        for n in range(300):
            await store.drafts.put(TicketKey(ACCOUNT, f"{n:03}"), Draft("reply", f"typed after the backup {n} " * 5))
    path = tmp_path / "desk.db"
    data = bytearray(path.read_bytes())
    last = len(data) // 4096 - 3
    data[last * 4096 : last * 4096 + 512] = bytes(512)
    path.write_bytes(data)
    async with a_store(tmp_path) as store:
        assert store.notices[0].event is StoreEvent.DESK_RESTORED
        drafts = await store.drafts.all()
        assert 200 < len(drafts) < 300
        assert store.notices[0].saved >= len(drafts)


async def test_a_damaged_desk_without_a_backup_starts_anew_and_says_so(tmp_path):
    await fill(tmp_path)
    (tmp_path / "desk.db").write_bytes(b"not a database at all" * 400)
    async with a_store(tmp_path) as store:
        assert [each.event for each in store.notices] == [StoreEvent.DESK_STARTED_ANEW]
        assert (tmp_path / store.notices[0].aside).read_bytes().startswith(b"not a database")


@pytest.mark.parametrize("how", ["gone", "empty"])
async def test_a_desk_that_is_gone_comes_back_from_its_backup_and_says_so(tmp_path, how):
    await fill(tmp_path)
    async with a_store(tmp_path) as store:
        await store.tidy()
    (tmp_path / "desk.db").unlink()
    if how == "empty":
        (tmp_path / "desk.db").touch()
    async with a_store(tmp_path) as store:
        assert [each.event for each in store.notices] == [StoreEvent.DESK_RESTORED]
        assert [draft.text for _, draft in await store.drafts.all()] == ["precious words"]
        assert [item.delivery for item in await store.outbox.open_items()] == [Delivery.UNKNOWN]


async def test_a_desk_that_is_gone_without_a_backup_starts_anew_and_says_so(tmp_path):
    await fill(tmp_path)
    (tmp_path / "desk.db").unlink()
    async with a_store(tmp_path) as store:
        assert [each.event for each in store.notices] == [StoreEvent.DESK_STARTED_ANEW]
    async with a_store(tmp_path) as store:
        assert store.notices == ()


async def test_three_backups_are_kept_and_one_a_day_is_made(tmp_path):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await store.accounts.put(an_account())
        for _ in range(10):
            await store.tidy()
            clock.advance(hours=12)
    backups = sorted((tmp_path / "backups").iterdir())
    assert len(backups) == 3
    copy = connect(DatabaseFiles(tmp_path, KEY), DESK, backups[-1], readonly=True)
    assert copy.execute("SELECT count(*) FROM accounts").get == 1
    copy.close()


async def test_tickets_that_no_vendor_gives_back_survive_the_loss_of_the_cache(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account(capabilities=WRITE_ONLY))
        await store.tickets.put(remote_ticket(a_ticket("imported", tags=("csv",)), raw='{"from":"csv"}'))
        local = local_ticket(ACCOUNT, new_command_id())
        made = await store.outbox.submit(a_command(CreateTicket("Made here"), local), hold_until=None)
        await store.outbox.complete(made, Receipt("ext-1"), ())
        message = a_message("c1", "kept words")
        key = TicketKey(ACCOUNT, "ext-1")
        await store.threads.apply(key, *a_thread(message))
        await store.outbox.submit(
            a_command(CreateTicket("On its way"), local_ticket(ACCOUNT, new_command_id())), hold_until=None
        )
        names = {row.subject for row in store.lists.first_page(TicketQuery(), 9)}
    (tmp_path / "cache.db").write_bytes(b"gone" * 2000)
    async with a_store(tmp_path) as store:
        assert [each.event for each in store.notices] == [StoreEvent.CACHE_REBUILT]
        assert {row.subject for row in store.lists.first_page(TicketQuery(), 9)} == names
        assert names == {"Ticket imported", "Made here", "On its way"}
        assert await store.threads.messages(key) == (message,)
        assert await store.threads.remote_messages(key) == (remote_message(message),)
        assert not_none(await store.tickets.get(TicketKey(ACCOUNT, "imported"))).tags == ("csv",)
        assert await store.lists.search("kept words", 5)


async def test_a_lost_cache_file_is_made_anew_and_kept_tickets_return(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account(capabilities=WRITE_ONLY))
        await store.tickets.put(remote_ticket(a_ticket("imported")))
    for path in tmp_path.glob("cache.db*"):
        path.unlink()
    async with a_store(tmp_path) as store:
        assert len(store.lists.first_page(TicketQuery(), 9)) == 1


async def test_a_full_disk_is_named_and_leaves_nothing_half_written(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
        await store.drafts.put(ONE, Draft("reply", "typed"))
        pages = await store._database.maintain(lambda db: db.pragma("page_count"))
        await store._database.maintain(lambda db: db.pragma("max_page_count", pages))
        with pytest.raises(DiskFull):
            await store.outbox.submit(a_command(SendReply("typed " * 20_000)), hold_until=None, clear_draft="reply")
        assert not_none(await store.drafts.get(ONE, "reply")).text == "typed"
        assert await store.outbox.open_items() == ()
        await store._database.maintain(lambda db: db.pragma("max_page_count", 1_000_000))
        await store.outbox.submit(a_command(SendReply("typed " * 20_000)), hold_until=None, clear_draft="reply")
        assert len(await store.outbox.open_items()) == 1


CHILD = textwrap.dedent("""
    import asyncio, sys
    from pathlib import Path
    from deskhand.domain.commands import SendReply, ChangeState
    from deskhand.domain.ids import TicketKey
    from deskhand.domain.ports import Receipt
    from deskhand.domain.tickets import State
    from tests.helpers.store_fixtures import *

    async def main():
        async with a_store(Path(sys.argv[1])) as store:
            await store.accounts.put(an_account())
            await store.tickets.apply(ACCOUNT, a_page(*(a_ticket(str(n)) for n in range(50))))
            n = 0
            while True:
                key = TicketKey(ACCOUNT, str(n % 50))
                action = SendReply(f"reply {n}") if n % 2 else ChangeState("open", "solved", "Solved", State.SOLVED)
                item = await store.outbox.submit(a_command(action, key), hold_until=None)
                print("submitted", item.command.id, flush=True)
                if n % 3 == 0:
                    await store.outbox.complete(item, Receipt(f"r{item.command.id}"), ())
                    print("settled", item.command.id, flush=True)
                n += 1

    asyncio.run(main())
""")


@pytest.mark.parametrize("lines", [1, 7, 20, 33, 60])
async def test_kill_9_loses_no_submit_and_the_screen_is_right_afterwards(tmp_path, lines):
    child = subprocess.Popen(  # noqa: ASYNC220 - starting it is all that happens here
        [sys.executable, "-c", CHILD, str(tmp_path)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=Path(__file__).parents[3],
    )
    assert child.stdout is not None
    said = [child.stdout.readline().split() for _ in range(lines)]
    child.kill()
    said += [line.split() for line in child.stdout]
    child.stdout.close()
    child.wait()
    said = [line for line in said if len(line) == 2 and len(line[1]) == 36]
    async with a_store(tmp_path) as store:
        assert store.notices == ()
        for what, command in said:
            item = await store.outbox.get(CommandId(command))
            assert item is not None
            if what == "settled":
                assert item.delivery is Delivery.SENT
        busy = {item.command.ticket for item in await store.outbox.open_items()}
        assert {row.key for row in store.lists.first_page(TicketQuery(scope=Scope.OUTBOX), 99)} == busy
        assert store.lists.overview().scopes[Scope.OUTBOX] == len(busy)


async def test_removing_an_account_leaves_none_of_its_words_in_any_file(tmp_path):
    canary = "zanzibar"
    other = an_account(AccountId("other"), label="Other")
    async with a_store(tmp_path) as store:
        for account in (an_account(), other):
            await store.accounts.put(account)
        await store.tickets.apply(ACCOUNT, a_page(*(a_ticket(str(n), subject=f"{canary} {n}") for n in range(1, 40))))
        await store.threads.apply(ONE, *a_thread(a_message(text=f"{canary} in the text")))
        await store.drafts.put(ONE, Draft("reply", canary))
        await store.threads.add_note(ONE, a_message("n", canary))
        await store.outbox.submit(a_command(SendReply(canary)), hold_until=None)
        await store.settings.put(setting_of(ACCOUNT, "form"), f'{{"title": "{canary}"}}')
        await store.settings.put(setting_of(other.id, "form"), '{"title": "stays too"}')
        await store.tickets.apply(other.id, a_page(a_ticket("9", account=other.id, subject="stays")))
        await store.tidy()
        await store.accounts.remove(ACCOUNT)
        assert [row.subject for row in store.lists.first_page(TicketQuery(), 9)] == ["stays"]
        assert await store.lists.search(canary, 9) == ()
        assert dict(await store.settings.with_prefix("account")) == {
            setting_of(other.id, "form"): '{"title": "stays too"}'
        }
        assert list((tmp_path / "backups").iterdir()) == []
        for name in ("main", "cache"):
            plain = tmp_path / f"{name}.plain"
            await store._database.maintain(partial(decrypted, name=name, plain=plain))
            assert canary.encode() not in plain.read_bytes()
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or canary.encode() not in path.read_bytes()


def decrypted(db, name, plain):
    """Copy a file as it is, free pages included, and take the cipher off, so that a scan means something."""
    source = Path(db.db_filename(name))
    shutil.copyfile(source, plain)
    copy = apsw.Connection(str(plain))
    copy.pragma("cipher", "aegis")
    copy.pragma("key", f"raw:{KEY.reveal()}")
    copy.execute("PRAGMA journal_mode = delete").fetchall()
    copy.pragma("rekey", "")
    copy.close()
    assert plain.read_bytes().startswith(b"SQLite format 3")


async def test_a_clock_that_was_set_back_does_not_stop_the_backups(tmp_path):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await store.tidy()
        clock.time -= timedelta(days=400)
        await store.tidy()
    assert len(list((tmp_path / "backups").iterdir())) == 2


async def test_a_backup_from_a_wrong_future_is_neither_the_newest_nor_kept_for_ever(tmp_path):
    clock = ManualClock()
    clock.time += timedelta(days=400)
    async with a_store(tmp_path, clock=clock) as store:
        await store.tidy()
        clock.time -= timedelta(days=400)
        for day in range(4):
            await store.settings.put("day", str(day))
            await store.tidy()
            await store.tidy()
            clock.time += timedelta(days=1)
    assert len(list((tmp_path / "backups").iterdir())) == 3
    (tmp_path / "desk.db").write_bytes(b"not a database" * 500)
    async with a_store(tmp_path, clock=clock) as store:
        assert await store.settings.get("day") == "3"
