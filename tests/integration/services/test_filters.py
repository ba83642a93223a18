"""What is offered for a filter follows from the tickets that are there."""

from tests.helpers.store_fixtures import ACCOUNT, a_page, a_store, a_ticket, an_account

from deskhand.domain.tickets import Person
from deskhand.services.filters import Filters


async def test_a_tag_is_offered_once_a_ticket_has_it(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        filters = Filters(store.lists, store.changes)
        assert await filters.suggestions("tag:", 4) == ()
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1", tags=("refund",))))
        assert [one.replacement for one in await filters.suggestions("tag:", 4)] == ["refund"]
        (unread,) = await filters.suggestions("is:ope", 6)
        assert (unread.label, unread.count) == ("open", 1)


async def test_a_customer_is_offered_by_a_part_of_the_name_or_address_and_is_meant_by_the_address(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        people = (
            Person("Chloe Castellano", "chloe@halcyon.test"),
            Person("Chloe Adams", "c.adams@other.test"),
            Person("山田"),
        )
        made = (a_ticket(str(n), requester=person) for n, person in enumerate((*people, people[0])))
        await store.tickets.apply(ACCOUNT, a_page(*made))
        filters = Filters(store.lists, store.changes)

        async def offered(text):
            return {
                (one.label, one.detail, one.replacement, one.count)
                for one in await filters.suggestions(text, len(text))
            }

        chloe = ("Chloe Castellano", "chloe@halcyon.test", "chloe@halcyon.test", 2)
        other = ("Chloe Adams", "c.adams@other.test", "c.adams@other.test", 1)
        assert await offered("from:chlo") == {chloe, other}
        assert await offered("is:open customer:cast") == {chloe}
        assert await offered("-from:c.ad") == {other}
        assert await offered("from:山田") == {("山田", "", '"山田"', 1)}
        assert await offered("from:nobody") == set()
