"""Accounts that are edited while something else is done to them, and what must not go along to another address."""

from tests.helpers.service_harness import ON_REQUEST

from deskhand.domain.accounts import AccountColour, AccountMark, Secret
from deskhand.domain.threads import Delivery, Draft
from deskhand.services.accounts import AccountForm, Added, NotAdded
from deskhand.services.ticket_commands import REPLY
from deskhand.sync.tasks import TaskScope


def form_of(account, **changed):
    values = {"base_url": account.base_url, "label": account.label, **changed}
    return AccountForm(account.vendor, me=account.me, kind=account.kind, settings=account.settings, **values)


async def test_an_account_that_is_removed_while_it_is_edited_does_not_come_back(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    server = harness.server(account)
    scope = TaskScope("test", lambda _name, _error: None)
    server.faults.latency(1.0)
    secret = Secret(server.credentials["client_secret"])
    editing = scope.start(
        harness.services.accounts.edit(account.id, form_of(account, label="Renamed"), secret), name="edit"
    )
    await harness.wait_until(lambda: server.middleware.delayed)
    await harness.services.accounts.remove(account.id)
    server.faults.clear()
    assert isinstance(await editing, NotAdded)
    assert harness.services.accounts.all() == ()
    assert await harness.store.accounts.all() == ()
    assert await harness.vault.get(account.id) is None


async def test_a_pause_during_an_edit_stays(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    server = harness.server(account)
    scope = TaskScope("test", lambda _name, _error: None)
    server.faults.latency(1.0)
    secret = Secret(server.credentials["client_secret"])
    editing = scope.start(
        harness.services.accounts.edit(account.id, form_of(account, label="Renamed"), secret), name="edit"
    )
    await harness.wait_until(lambda: server.middleware.delayed)
    await harness.services.accounts.pause(account.id, paused=True)
    server.faults.clear()
    await editing
    assert [(a.label, a.paused) for a in harness.services.accounts.all()] == [("Renamed", True)]


async def test_what_was_written_for_one_address_is_not_taken_to_another(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    elsewhere = form_of(account, base_url=account.base_url + "/other")
    await harness.services.drafts.save(key, Draft(REPLY, "Dear Ada"))
    refused = await harness.services.accounts.edit(account.id, elsewhere, None)
    assert isinstance(refused, NotAdded)
    assert "0 unsent in the outbox and 1 in drafts" in refused.message
    await harness.services.drafts.save(key, Draft(REPLY, ""))
    await harness.services.accounts.pause(account.id, paused=True)
    command = await harness.reply(key, "Dear Ada")
    assert isinstance(await harness.services.accounts.edit(account.id, elsewhere, None), NotAdded)
    assert harness.services.accounts.get(account.id).base_url == account.base_url
    assert (await harness.outbox_item(command)).delivery is Delivery.QUEUED


async def test_another_colour_or_icon_is_stored_without_asking_the_vendor(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    accounts = harness.services.accounts
    assert accounts.all()[0].mark == AccountMark(AccountColour.INDIGO, "shopping-bag")
    await harness.vault.delete(account.id)  # nothing can be asked without it
    chosen = AccountMark(AccountColour.SAND, "truck")
    assert isinstance(await accounts.edit(account.id, form_of(account, mark=chosen), None), Added)
    assert [one.mark for one in await harness.store.accounts.all()] == [chosen]
    assert accounts.free_mark(accounts.vendor(account)).colour is AccountColour.INDIGO
    renamed = await accounts.edit(account.id, form_of(account, label="Renamed", mark=chosen), None)
    assert isinstance(renamed, NotAdded)
