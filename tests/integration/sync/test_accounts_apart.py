"""Accounts are independent, and what the pane says about each is true."""

import asyncio

import pytest
from tests.helpers.service_harness import ON_REQUEST
from tests.helpers.timeouts import WAIT_SECONDS

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
async def test_one_accounts_failure_never_touches_another(start_services, break_it, health, words):
    harness, sick, well = await start_services("mijnklantportaal", "nexuscore", run=False)
    break_it(harness.server(sick).faults)
    await harness.services.engine.start()
    await harness.wait_health(well, Health.FINE)
    assert len(await harness.ticket_keys(well)) > 3
    await harness.wait_health(sick, health)
    status = harness.services.accounts.status(sick.id)
    assert words in status.problem
    assert status.retry_at is not None
    command = await harness.reply(await harness.find_ticket(well), "All well here.")
    await harness.wait_delivery(command)
    harness.server(sick).faults.clear()
    if health is not Health.WAITING or "pause" not in words:  # an ordered pause is obeyed, whoever presses a button
        harness.services.engine.nudge(sick.id)
        await harness.wait_health(sick, Health.FINE)
        assert harness.services.accounts.status(sick.id).problem == ""
    else:
        before = harness.server(sick).counts()
        harness.services.engine.nudge(sick.id)
        await harness.wait_until(lambda: harness.services.accounts.status(sick.id).retry_at != status.retry_at)
        assert harness.server(sick).counts() == before


async def test_a_slow_vendor_keeps_nobody_waiting(start_services):
    harness, slow, quick = await start_services("mijnklantportaal", "nexuscore", run=False)
    harness.server(slow).faults.latency(WAIT_SECONDS)
    await harness.services.engine.start()
    await harness.wait_health(quick, Health.FINE)
    assert harness.services.accounts.status(slow.id).health is Health.SYNCING


async def test_a_paused_account_says_so_reads_nothing_and_sends_nothing_until_it_goes_on(start_services):
    harness, account = await start_services("nexuscore")
    key = await harness.find_ticket(account)
    await harness.services.accounts.pause(account.id, paused=True)
    assert harness.services.accounts.status(account.id).health is Health.PAUSED
    before = harness.server(account).counts()
    command = await harness.reply(key, "Later.")
    left = await harness.services.engine.drain(5)
    assert [item.command.id for item in left] == [command]
    assert harness.server(account).counts() == before
    await harness.services.accounts.pause(account.id, paused=False)
    await harness.wait_delivery(command)
    await harness.wait_health(account, Health.FINE)
    await harness.services.engine.aclose()
    known = await harness.store.accounts.status_quarters()
    assert Health.PAUSED in {one.health for one in known if one.account == account.id}


async def test_pausing_while_a_reply_is_on_its_way_leaves_no_reply_that_says_sending(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    harness.server(account).faults.latency(30, path="/messages")
    command = await harness.reply(key, "On its way.")
    await harness.wait_delivery(command, Delivery.SENDING)
    await harness.services.accounts.pause(account.id, paused=True)
    assert (await harness.outbox_item(command)).delivery is Delivery.UNKNOWN
    harness.server(account).faults.clear()


async def test_an_impatient_agent_gets_one_runner_and_every_reply_once(start_services):
    harness, account = await start_services("nexuscore")
    key = await harness.find_ticket(account)
    accounts, engine = harness.services.accounts, harness.services.engine
    await asyncio.gather(
        *(accounts.pause(account.id, paused=paused) for paused in (True, False, True, False)),
        engine.start(),
        engine.start(),
    )
    command = await harness.reply(key, "Once.")
    await harness.wait_delivery(command)
    assert [entry["text"] for entry in harness.received(account)] == ["Once."]


async def test_a_long_list_sync_can_be_stopped_and_goes_on_where_it_was(start_services):
    harness, account = await start_services("mijnklantportaal", tickets=900, run=False, pace=ON_REQUEST)
    everything = len(harness.server(account).tickets())
    harness.server(account).faults.latency(0.1)
    await harness.services.engine.start()
    await harness.wait_until(lambda: harness.services.accounts.status(account.id).progress)
    harness.services.engine.stop_list_sync(account.id)
    await harness.wait_health(account, Health.PAUSED)
    status = harness.services.accounts.status(account.id)
    assert "Stopped by you" in status.problem
    assert status.progress is None
    read = len(await harness.ticket_keys(account))
    assert 0 < read < everything
    harness.server(account).faults.clear()
    harness.services.engine.nudge(account.id)
    await harness.wait_health(account, Health.FINE)
    assert len(await harness.ticket_keys(account)) == everything


async def test_one_conversation_that_cannot_be_read_does_not_hide_the_others(start_services):
    harness, account = await start_services("nexuscore", run=False)
    tickets = harness.server(account).tickets()
    bad = tickets[len(tickets) // 2]["id"]
    harness.server(account).faults.status(403, path=bad, times=None, body='{"error": "no"}')
    await harness.services.engine.start()

    async def all_others_read() -> bool:
        keys = [key for key in await harness.ticket_keys(account) if key.remote != bad]
        return all([await harness.store.threads.read_at(key) is not None for key in keys[:12]])

    await harness.wait_until(all_others_read)
    await harness.wait_health(account, Health.FINE)


async def test_credentials_that_are_revoked_mid_queue_lose_nothing_and_edited_ones_go_on(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    keys = [await harness.find_ticket(account, skip=n) for n in range(3)]
    harness.server(account).faults.status(401, times=None, body='{"error": "revoked"}')
    commands = [await harness.reply(key, f"Number {n}.") for n, key in enumerate(keys)]
    await harness.wait_health(account, Health.SIGN_IN)
    left = await harness.services.engine.drain(30)
    assert {item.command.id for item in left} == set(commands)
    assert {item.delivery for item in left} == {Delivery.QUEUED}
    knocks = sum(sum(n.values()) for n in harness.server(account).counts().values())
    harness.services.engine.wake_outbox()
    harness.server(account).faults.clear()
    now = harness.services.accounts.get(account.id)
    form = AccountForm(now.vendor, "Renamed", now.base_url, now.me, now.kind, now.settings)
    edited = await harness.services.accounts.edit(
        account.id, form, Secret(harness.server(account).credentials["client_secret"])
    )
    assert isinstance(edited, Added)
    for command in commands:
        await harness.wait_delivery(command)
    assert sorted(entry["text"] for entry in harness.received(account)) == ["Number 0.", "Number 1.", "Number 2."]
    assert knocks < 60
    assert (await harness.store.accounts.all())[0].label == "Renamed"


async def test_tokens_that_expire_mid_queue_are_renewed_and_every_reply_leaves_once(start_services):
    harness, account = await start_services("nexuscore")
    keys = [await harness.find_ticket(account, skip=n) for n in range(4)]
    commands = []
    for number, key in enumerate(keys):
        harness.server(account).faults.expire_tokens()
        commands.append(await harness.reply(key, f"Number {number}."))
    for command in commands:
        await harness.wait_delivery(command)
    assert sorted(entry["text"] for entry in harness.received(account)) == [f"Number {n}." for n in range(4)]


async def test_draining_ends_when_an_account_cannot_be_signed_in(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    command = await harness.reply(await harness.find_ticket(account), "Later.", hold=True)
    engine = harness.services.engine
    await engine.pause(account.id, paused=True)
    await harness.vault.delete(account.id)
    await engine.pause(account.id, paused=False)
    async with asyncio.timeout(WAIT_SECONDS):
        left = await engine.drain(600)
    assert [item.command.id for item in left] == [command]
    assert engine.status(account.id).health is Health.SIGN_IN


@pytest.mark.parametrize("vendor", ["thalamus", "thena"])
async def test_a_withdrawn_key_is_shown_once_and_then_waits_for_the_agent(start_services, vendor):
    harness, account = await start_services(vendor)
    server = harness.server(account)
    if vendor == "thalamus":
        server.faults.status(401, times=None)
        commands = [
            await harness.services.records.push(account.id, "contact", f"C-{number}", {"name": "Casey"})
            for number in range(3)
        ]
    else:
        keys = [await harness.find_ticket(account, skip=number) for number in range(3)]
        server.faults.status(401, times=None)
        commands = [await harness.reply(key, "Hello.") for key in keys]
    await harness.wait_health(account, Health.SIGN_IN)

    def refused() -> int:
        return sum(counts.get("401", 0) for counts in server.counts().values())

    for _ in range(5):
        before = harness.services.accounts.status(account.id).retry_at
        harness.clock.advance(1000)
        await harness.wait_until(
            lambda seen=before: harness.services.accounts.status(account.id).retry_at not in (seen, None)
        )
        assert harness.services.accounts.status(account.id).health is Health.SIGN_IN
    assert refused() <= 4, "those that were on their way together, and none in the hours after"
    server.faults.clear()
    await harness.services.accounts.check(account.id)

    async def sent(command):
        harness.clock.advance(61)  # each item has a wait of its own, a minute at most
        return (await harness.outbox_item(command)).delivery is Delivery.SENT

    for command in commands:
        await harness.wait_until(lambda command=command: sent(command))
