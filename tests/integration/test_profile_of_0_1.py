"""A profile that version 0.1 made (tests/corpus/profiles/0.1) in the hands of this version.

Times that count from now do not move: the clock stands where it stood when version 0.1 was asked.
"""

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.profile_0_1 import ANSWERS, PASSPHRASE, STORED, copy_profile, key_of, passphrase
from tests.helpers.store_fixtures import ManualClock

from deskhand import __main__ as program
from deskhand import bootstrap
from deskhand.cli import program as commands
from deskhand.diagnostics.redaction import Redactor
from deskhand.domain import resolutions
from deskhand.domain.changes import ChangeBus, ChangeSet
from deskhand.domain.commands import SendReply
from deskhand.domain.ids import BlobId, CommandId, TicketKey
from deskhand.domain.plain import to_plain
from deskhand.domain.ports import TicketPage
from deskhand.domain.problems import Throttled
from deskhand.domain.queries import Scope, Sort, TicketQuery
from deskhand.domain.threads import Delivery, Resolution, Side, Visibility
from deskhand.domain.tickets import RemoteTicket, TicketRow, Turn
from deskhand.http.budgets import Budgets
from deskhand.profile.profile import Profile
from deskhand.services.ticket_commands import REPLY
from deskhand.store import open_store
from deskhand.store.files import CACHE, DESK, DatabaseFiles, DatabaseKind, connect, migrations
from deskhand.sync.upkeep import Upkeep


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the profile."""
    copy_profile(tmp_path / "profile")
    return tmp_path / "profile"


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[bootstrap.OpenProfile]:
    """Open the profile as a command does, with a clock that stands."""
    lock, clock, redactor = (
        bootstrap.lock_profile(folder),
        ManualClock(datetime.fromisoformat(ANSWERS["at"])),
        Redactor(),
    )
    profile, vault = await bootstrap.open_vault(Profile.open_or_create(folder), None, passphrase)
    key = await bootstrap.database_key(profile, vault)
    store, budgets = open_store(folder, key, clock, ChangeBus()), Budgets(clock, folder, key)
    services = await bootstrap.build_services(store, vault, clock, redactor, bootstrap.Rules(), profile, budgets)
    made = bootstrap.OpenProfile(services, store, vault, profile, lock, redactor, clock, budgets)
    try:
        await services.engine.open_without_running()
        assert not services.notices  # nothing was mended
        yield made
    finally:
        await made.aclose()


def known(now: Any, then: Any) -> Any:
    """Return a value of today without the keys that version 0.1 did not know, which may come."""
    if isinstance(now, Mapping) and isinstance(then, Mapping):
        return {key: known(value, then[key]) for key, value in now.items() if key in then}
    if isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        return [known(*pair) for pair in zip(now, then, strict=True)]
    return now


def plain(value: object, then: Any) -> Any:
    """Return a value of today as it is stored, without keys that version 0.1 did not know."""
    return known(to_plain(value), then)


class Lines:
    """A console that keeps what is printed, and what is said beside it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.remarks: list[str] = []
        self.out = self.block = self.lines.append
        self.err = self.remarks.append

    def read(self) -> str:
        return ""


async def answer(profile: bootstrap.OpenProfile, *typed: str) -> Any:
    console = Lines()
    code = await commands.run(program.parser().parse_args([*typed, "--json"]), profile.services, console)
    assert code == 0, console.remarks
    return json.loads("\n".join(console.lines))


async def test_every_reading_command_prints_what_version_0_1_printed(folder):
    other = {}
    async with opened(folder) as profile:
        for asked in ANSWERS["answers"]:
            now = await answer(profile, *asked["command"])
            if known(now, asked["answer"]) != asked["answer"]:
                other[" ".join(asked["command"])] = now
    assert not other


def test_the_program_itself_opens_it_and_a_second_time(folder, tmp_path):
    (tmp_path / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    expected = next(asked["answer"] for asked in ANSWERS["answers"] if asked["command"] == ["tickets"])
    start = [
        sys.executable,
        "-m",
        "deskhand",
        "--profile",
        str(folder),
        "--passphrase-file",
        str(tmp_path / "passphrase"),
    ]
    for _ in range(2):
        ran = subprocess.run(
            [*start, "tickets", "--json"], capture_output=True, encoding="utf-8", timeout=90, check=True
        )
        assert known(json.loads(ran.stdout), expected) == expected
        assert ran.stderr == ""


async def test_accounts_their_states_and_their_secrets_are_there(folder):
    async with opened(folder) as profile:
        accounts = {account.label: account for account in profile.services.accounts.all()}
        assert [plain(*pair) for pair in zip(accounts.values(), STORED["accounts"], strict=True)] == STORED["accounts"]
        for label, then in STORED["statuses"].items():
            status = (await profile.store.accounts.statuses())[accounts[label].id]
            assert plain(status, then) == then
        for label, digest in STORED["secrets"].items():
            secret = await profile.vault.get(accounts[label].id)
            assert secret is not None
            assert sha256(secret.encode()).hexdigest() == digest


async def test_settings_snippets_and_forms_under_way_are_there(folder):
    async with opened(folder) as profile:
        assert dict(await profile.store.settings.with_prefix("")) == STORED["settings"]
        settings = profile.services.settings
        assert settings.undo_seconds == 45
        assert not settings.letter_keys
        assert [one.title for one in settings.snippets()] == ["Ask for the order number", "Groet (Ürün 出荷)"]
        assert "出荷しました。 🚚" in settings.snippets()[1].text


async def test_drafts_are_there_with_their_files(folder):
    async with opened(folder) as profile:
        labels = labels_of(profile)
        found = sorted(
            ([labels[key.account], key.remote, to_plain(draft)] for key, draft in await profile.services.drafts.all()),
            key=str,
        )
        then = sorted(STORED["drafts"], key=str)
        assert known(found, then) == then
        for blob, data in STORED["files"].items():
            assert await profile.store.blobs.get(BlobId(blob)) == bytes.fromhex(data)


async def test_every_ticket_is_there_with_its_conversation(folder):
    async with opened(folder) as profile:
        by_label = {account.label: account for account in profile.services.accounts.all()}
        for label, remote, then in STORED["tickets"]:
            key, threads = TicketKey(by_label[label].id, remote), profile.store.threads
            now = {
                "ticket": to_plain(await profile.store.tickets.get(key)),
                "messages": to_plain(await threads.messages(key)),
                "history": to_plain(await threads.history(key)),
                "sent_ids": sorted(await profile.store.outbox.sent_ids(key)),
                "read_at": to_plain(await threads.read_at(key)),
                "gap": await threads.gap(key),
            }
            assert known(now, then) == then, (label, remote)
        for label, terms in STORED["observed"].items():
            assert to_plain(await profile.store.tickets.observed_terms(by_label[label].id)) == terms


async def test_a_ticket_that_its_vendor_tells_again_is_not_taken_for_changed(folder):
    files = DatabaseFiles(folder, await key_of(folder))
    remote_ids = {row["id"]: row["remote"] for row in rows(files, "tickets")}
    raw = {remote_ids[row["id"]]: str(row["raw"]) for row in rows(files, "server")}
    async with opened(folder) as profile:
        changed: list[ChangeSet] = []
        profile.store.changes.subscribe(changed.append)
        for account in profile.services.accounts.all():
            keys = await profile.services.lists.select(TicketQuery(Scope.ALL, account.id), 100)
            told = [(key, await profile.store.tickets.get(key)) for key in keys if not key.is_local]
            again = tuple(RemoteTicket(ticket, raw=raw[key.remote]) for key, ticket in told if ticket is not None)
            assert again
            await profile.store.tickets.apply(account.id, TicketPage(again, cursor=""))
        assert not [changes for changes in changed if changes.tickets or changes.bulk]


async def test_the_counts_of_the_accounts_pane_are_the_same(folder):
    async with opened(folder) as profile:
        labels, overview = labels_of(profile), profile.services.lists.overview()
        counts = STORED["counts"]
        kept = {scope: count for scope, count in counts["scopes"].items() if scope != "waiting"}
        assert {scope: overview.scopes[Scope(scope)] for scope in kept} == kept
        assert {labels[account]: count for account, count in overview.accounts.items()} == counts["accounts"]
        assert [overview.outbox_open, overview.outbox_decisions] == counts["outbox"]


async def test_every_item_of_the_outbox_is_there_with_the_decisions_it_allows(folder):
    async with opened(folder) as profile:
        items = await profile.services.outbox.recent(1000)
        assert known(to_plain(items), STORED["outbox"]) == STORED["outbox"]
        offered = {item.command.id: resolutions.options(item) for item in items if item.delivery.needs_agent}
        assert {
            command: [[option.how.value, option.label] for option in options] for command, options in offered.items()
        } == STORED["decisions"]


def command_in(delivery: str, reason: str | None = None) -> CommandId:
    """Return the id of an item that stands there."""
    found = (one for one in STORED["outbox"] if (one["delivery"], one["ask"]) == (delivery, reason))
    return CommandId(next(found)["command"]["id"])


async def test_a_reply_that_a_newer_message_stopped_goes_back_to_a_draft(folder):
    async with opened(folder) as profile:
        stopped = await profile.services.outbox.get(command_in("ask", "thread_changed"))
        assert stopped is not None
        assert stopped.command.ticket is not None
        await profile.services.commands.resolve(stopped.command.id, Resolution.DRAFT)
        draft = await profile.services.drafts.get(stopped.command.ticket, REPLY)
        assert isinstance(stopped.command.action, SendReply)
        assert draft.text == stopped.command.action.text
        assert await profile.services.outbox.get(stopped.command.id) is None


async def test_a_held_reply_can_be_taken_back(folder):
    async with opened(folder) as profile:
        undone = await profile.services.commands.undo(command_in("held"))
        assert undone is not None
        assert undone.draft is not None
        assert (undone.draft.text, undone.draft.cc) == ("Held for the time to undo it.", ("copy@example.org",))


async def test_what_was_being_sent_when_the_program_was_killed_is_looked_for(folder):
    async with opened(folder) as profile:
        assert await profile.store.outbox.recover() == 1
        item = await profile.services.outbox.get(command_in("sending"))
        assert item is not None
        assert item.delivery is Delivery.UNKNOWN


async def test_the_pause_that_a_vendor_asked_for_goes_on(folder):
    async with opened(folder) as profile:
        thena = next(account for account in profile.services.accounts.all() if account.vendor == "thena")
        with pytest.raises(Throttled):
            await profile.services.accounts.check(thena.id)


async def test_both_files_are_brought_to_the_newest_schema(folder):
    files = DatabaseFiles(folder, await key_of(folder))
    assert [schema(files, DESK), schema(files, CACHE)] == [1, 2]
    async with opened(folder):
        pass
    assert [schema(files, kind) for kind in (DESK, CACHE)] == [len(migrations(kind)) for kind in (DESK, CACHE)]


async def test_rows_that_are_projected_again_stay_the_same(folder):
    files = DatabaseFiles(folder, await key_of(folder))
    tables = ("tickets", "tagged", "counts", "shelves", "words")
    before = {table: rows(files, table) for table in tables}
    assert len(before["tickets"]) == len(STORED["tickets"])
    db = connect(files, CACHE)
    db.execute("INSERT OR REPLACE INTO meta(key, value) VALUES('projection.version', '0')")
    db.close()
    async with opened(folder) as profile:
        shown = profile.services.lists.first_page(TicketQuery(Scope.ALL), 100)
        assert await Upkeep(profile.store, profile.clock).project_again() == len(before["tickets"])
        assert await profile.store.tickets.reprojection() is None
        now = profile.services.lists.first_page(TicketQuery(Scope.ALL), 100)
        assert [without_later_facts(row) for row in now] == [without_later_facts(row) for row in shown]
    after = {table: rows(files, table, list(before[table][0])) for table in tables}
    counted = {row["name"] for row in before["counts"]}  # views and marks that came later have counts of their own
    after["counts"] = [row for row in after["counts"] if row["name"] in counted]
    assert after == before


async def test_whose_turn_it_is_is_known_of_every_conversation_that_was_read(folder):
    async with opened(folder) as profile:
        await Upkeep(profile.store, profile.clock).project_again()
        lists = profile.services.lists
        rows = {row.key: row for row in lists.first_page(TicketQuery(Scope.ALL), 100)}
        turns = {key: await turn_of(profile, key) for key in rows}
        assert {key: row.turn for key, row in rows.items()} == turns
        assert set(turns.values()) == set(Turn)
        for scope, turn in ((Scope.WAITING_FOR_US, Turn.US), (Scope.WAITING_FOR_THEM, Turn.THEM)):
            waiting = [key for key, whose in turns.items() if whose is turn]
            assert lists.overview().scopes[scope] == len(waiting)
            listed = lists.first_page(TicketQuery(scope, sort=Sort.WAITING), 100)
            assert sorted(row.key for row in listed) == sorted(waiting)
            since = [row.waiting_since for row in listed]
            assert since == sorted(since, key=lambda at: at.timestamp() if at else 0)


async def turn_of(profile: bootstrap.OpenProfile, key: TicketKey) -> Turn:
    """Read from a stored ticket, its conversation and its outbox items whose turn it is."""
    view = await profile.services.tickets.view(key)
    assert view is not None
    if view.ticket.state.is_done or view.ticket.archived or key.is_local:
        return Turn.NOBODY
    if view.vendor.id == "thalamus":
        return Turn.UNKNOWN
    on_its_way = [item for item in view.pending if isinstance(item.command.action, SendReply)]
    if any(not item.delivery.needs_agent for item in on_its_way):
        return Turn.THEM
    spoken = [
        message
        for message in await profile.store.threads.messages(key)
        if message.visibility is Visibility.PUBLIC and message.side is not Side.SYSTEM
    ]
    if not spoken:
        return Turn.UNKNOWN
    return Turn.US if spoken[-1].side is Side.CUSTOMER else Turn.THEM


def without_later_facts(row: TicketRow) -> TicketRow:
    """Return a row without what version 0.1 did not know."""
    return replace(row, turn=Turn.UNKNOWN, waiting_since=None, answered=False, assignee_name="")


def labels_of(profile: bootstrap.OpenProfile) -> dict[str, str]:
    return {account.id: account.label for account in profile.services.accounts.all()}


def schema(files: DatabaseFiles, kind: DatabaseKind) -> int:
    db = connect(files, kind)
    try:
        return int(db.pragma("user_version"))
    finally:
        db.close()


def rows(files: DatabaseFiles, table: str, columns: list[str] | None = None) -> list[dict[str, object]]:
    """Return the rows of a table of the cache by column; of these columns, where others may have come."""
    db = connect(files, CACHE)
    try:
        cursor = db.execute(f"SELECT {', '.join(columns or ['*'])} FROM {table}")
        names = [name for name, *_ in cursor.get_description()]
        return sorted((dict(zip(names, row, strict=True)) for row in cursor), key=str)
    finally:
        db.close()
