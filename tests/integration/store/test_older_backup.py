"""A backup that is older than an account."""

from tests.helpers.store_fixtures import ACCOUNT, a_page, a_store, a_ticket, an_account

from deskhand.domain.mending import StoreEvent
from deskhand.domain.queries import Scope, TicketQuery


async def test_tickets_of_an_account_that_the_backup_does_not_know_are_not_listed(tmp_path):
    async with a_store(tmp_path) as store:
        await store.settings.put("theme", "dark")
        await store.tidy()
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1"), a_ticket("2")))
    (tmp_path / "desk.db").write_bytes(b"not a database at all" * 400)
    async with a_store(tmp_path) as store:
        assert [each.event for each in store.notices] == [StoreEvent.DESK_RESTORED]
        assert await store.accounts.all() == ()
        assert not store.lists.first_page(TicketQuery(scope=Scope.ALL), 9)
        assert not store.lists.overview().scopes.get(Scope.ALL)
