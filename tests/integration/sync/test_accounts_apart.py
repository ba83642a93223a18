"""Accounts are independent, and what the pane says about each is true."""

import asyncio

import pytest
from tests.helpers.houses import LAZY
from tests.helpers.patience import PATIENCE

from deskhand.domain.accounts import Health, Secret
from deskhand.domain.threads import Delivery
from deskhand.services.accounts import AccountForm, Added


@pytest.mark.parametrize(
    ("break_it", "health", "words"),
    [
        (lambda faults: faults.status(401, times=None), Health.SIGN_IN, "sign in again"),
        (lambda faults: faults.status(429, retry_after=40, times=None), Health.WAITING, "asked for a pause"),
        (lambda faults: faults.status(500, times=None), Health.WAITING, "a problem of its own"),
        (lambda faults: faults.html_instead(times=None), Health.BLOCKED, "network sign-in page"),
    ],
    ids=["401", "429", "500", "html"],
)
async def test_one_accounts_failure_never_touches_another(begin, break_it, health, words):
    desk, sick, well = await begin("mijnklantportaal", "nexuscore", run=False)
    break_it(desk.server(sick).faults)
    await desk.house.engine.start()
    await desk.health(well, Health.FINE)
    assert len(await desk.keys(well)) > 3
    await desk.health(sick, health)
    status = desk.house.accounts.status(sick.id)
    assert words in status.problem
    assert status.retry_at is not None
    command = await desk.reply(await desk.ticket(well), "All well here.")
    await desk.delivered(command)
    desk.server(sick).faults.clear()
    if health is not Health.WAITING or "pause" not in words:  # an ordered pause is obeyed, whoever presses a button
        desk.house.engine.nudge(sick.id)
        await desk.health(sick, Health.FINE)
        assert desk.house.accounts.status(sick.id).problem == ""
    else:
        before = desk.server(sick).counts()
        desk.house.engine.nudge(sick.id)
        await desk.until(lambda: desk.house.accounts.status(sick.id).retry_at != status.retry_at)
        assert desk.server(sick).counts() == before


async def test_a_slow_vendor_keeps_nobody_waiting(begin):
    desk, slow, quick = await begin("mijnklantportaal", "nexuscore", run=False)
    desk.server(slow).faults.latency(PATIENCE)
    await desk.house.engine.start()
    await desk.health(quick, Health.FINE)
    assert desk.house.accounts.status(slow.id).health is Health.SYNCING


async def test_a_paused_account_says_so_reads_nothing_and_sends_nothing_until_it_goes_on(begin):
    desk, account = await begin("nexuscore")
    key = await desk.ticket(account)
    await desk.house.accounts.pause(account.id, paused=True)
    assert desk.house.accounts.status(account.id).health is Health.PAUSED
    before = desk.server(account).counts()
    command = await desk.reply(key, "Later.")
    left = await desk.house.engine.drain(5)
    assert [item.command.id for item in left] == [command]
    assert desk.server(account).counts() == before
    await desk.house.accounts.pause(account.id, paused=False)
    await desk.delivered(command)
    await desk.health(account, Health.FINE)


async def test_pausing_while_a_reply_is_on_its_way_leaves_no_reply_that_says_sending(begin):
    desk, account = await begin("nexuscore", pace=LAZY)
    key = await desk.ticket(account)
    desk.server(account).faults.latency(30, path="/messages")
    command = await desk.reply(key, "On its way.")
    await desk.delivered(command, Delivery.SENDING)
    await desk.house.accounts.pause(account.id, paused=True)
    assert (await desk.item(command)).delivery is Delivery.UNKNOWN
    desk.server(account).faults.clear()


async def test_an_impatient_agent_gets_one_runner_and_every_reply_once(begin):
    desk, account = await begin("nexuscore")
    key = await desk.ticket(account)
    accounts, engine = desk.house.accounts, desk.house.engine
    await asyncio.gather(
        *(accounts.pause(account.id, paused=paused) for paused in (True, False, True, False)),
        engine.start(),
        engine.start(),
    )
    command = await desk.reply(key, "Once.")
    await desk.delivered(command)
    assert [entry["text"] for entry in desk.received(account)] == ["Once."]


async def test_a_long_walk_can_be_stopped_and_goes_on_where_it_was(begin):
    desk, account = await begin("mijnklantportaal", tickets=900, run=False, pace=LAZY)
    everything = len(desk.server(account).tickets())
    desk.server(account).faults.latency(0.1)
    await desk.house.engine.start()
    await desk.until(lambda: desk.house.accounts.status(account.id).progress)
    desk.house.engine.stop_walk(account.id)
    await desk.health(account, Health.PAUSED)
    status = desk.house.accounts.status(account.id)
    assert "Stopped by you" in status.problem
    assert status.progress is None
    read = len(await desk.keys(account))
    assert 0 < read < everything
    desk.server(account).faults.clear()
    desk.house.engine.nudge(account.id)
    await desk.health(account, Health.FINE)
    assert len(await desk.keys(account)) == everything


async def test_one_conversation_that_cannot_be_read_does_not_hide_the_others(begin):
    desk, account = await begin("nexuscore", run=False)
    tickets = desk.server(account).tickets()
    bad = tickets[len(tickets) // 2]["id"]
    desk.server(account).faults.status(403, path=bad, times=None, body='{"error": "no"}')
    await desk.house.engine.start()

    async def all_others_read() -> bool:
        keys = [key for key in await desk.keys(account) if key.remote != bad]
        return all([await desk.store.threads.read_at(key) is not None for key in keys[:12]])

    await desk.until(all_others_read)
    await desk.health(account, Health.FINE)


async def test_credentials_that_are_revoked_mid_queue_lose_nothing_and_edited_ones_go_on(begin):
    desk, account = await begin("nexuscore", pace=LAZY)
    keys = [await desk.ticket(account, skip=n) for n in range(3)]
    desk.server(account).faults.status(401, times=None, body='{"error": "revoked"}')
    commands = [await desk.reply(key, f"Number {n}.") for n, key in enumerate(keys)]
    await desk.health(account, Health.SIGN_IN)
    left = await desk.house.engine.drain(30)
    assert {item.command.id for item in left} == set(commands)
    assert {item.delivery for item in left} == {Delivery.QUEUED}
    knocks = sum(sum(n.values()) for n in desk.server(account).counts().values())
    desk.house.engine.wake_outbox()
    desk.server(account).faults.clear()
    now = desk.house.accounts.get(account.id)
    form = AccountForm(now.vendor, "Renamed", now.base_url, now.me, now.kind, now.settings)
    edited = await desk.house.accounts.edit(account.id, form, Secret(desk.server(account).credentials["client_secret"]))
    assert isinstance(edited, Added)
    for command in commands:
        await desk.delivered(command)
    assert sorted(entry["text"] for entry in desk.received(account)) == ["Number 0.", "Number 1.", "Number 2."]
    assert knocks < 60
    assert (await desk.store.accounts.all())[0].label == "Renamed"


async def test_tokens_that_expire_mid_queue_are_renewed_and_every_reply_leaves_once(begin):
    desk, account = await begin("nexuscore")
    keys = [await desk.ticket(account, skip=n) for n in range(4)]
    commands = []
    for number, key in enumerate(keys):
        desk.server(account).faults.expire_tokens()
        commands.append(await desk.reply(key, f"Number {number}."))
    for command in commands:
        await desk.delivered(command)
    assert sorted(entry["text"] for entry in desk.received(account)) == [f"Number {n}." for n in range(4)]


async def test_draining_ends_when_an_account_cannot_be_signed_in(begin):
    desk, account = await begin("nexuscore", pace=LAZY)
    command = await desk.reply(await desk.ticket(account), "Later.", hold=True)
    engine = desk.house.engine
    await engine.pause(account.id, paused=True)
    await desk.vault.delete(account.id)
    await engine.pause(account.id, paused=False)
    async with asyncio.timeout(PATIENCE):
        left = await engine.drain(600)
    assert [item.command.id for item in left] == [command]
    assert engine.status(account.id).health is Health.SIGN_IN


@pytest.mark.parametrize("vendor", ["thalamus", "thena"])
async def test_a_withdrawn_key_is_shown_once_and_then_waits_for_the_agent(begin, vendor):
    desk, account = await begin(vendor)
    server = desk.server(account)
    if vendor == "thalamus":
        server.faults.status(401, times=None)
        commands = [
            await desk.house.records.push(account.id, "contact", f"C-{number}", {"name": "Casey"})
            for number in range(3)
        ]
    else:
        keys = [await desk.ticket(account, skip=number) for number in range(3)]
        server.faults.status(401, times=None)
        commands = [await desk.reply(key, "Hello.") for key in keys]
    await desk.health(account, Health.SIGN_IN)

    def refused() -> int:
        return sum(counts.get("401", 0) for counts in server.counts().values())

    for _ in range(5):
        before = desk.house.accounts.status(account.id).retry_at
        desk.clock.pass_time(1000)
        await desk.until(lambda seen=before: desk.house.accounts.status(account.id).retry_at not in (seen, None))
        assert desk.house.accounts.status(account.id).health is Health.SIGN_IN
    assert refused() <= 4, "those that were on their way together, and none in the hours after"
    server.faults.clear()
    await desk.house.accounts.check(account.id)

    async def sent(command):
        desk.clock.pass_time(61)  # each item has a wait of its own, a minute at most
        return (await desk.item(command)).delivery is Delivery.SENT

    for command in commands:
        await desk.until(lambda command=command: sent(command))
