from dataclasses import replace
from datetime import timedelta

from tests.helpers.store_fixtures import (
    ACCOUNT,
    CUSTOMER,
    MYSELF,
    START,
    a_command,
    a_message,
    a_page,
    a_thread,
    a_ticket,
    an_account,
    remote_ticket,
    updated,
)

from deskhand.domain.changes import FEW
from deskhand.domain.commands import CreateTicket
from deskhand.domain.ids import TicketKey, local_ticket, new_command_id
from deskhand.domain.ports import Receipt, TicketPage
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Draft
from deskhand.domain.tickets import Person, State

ONE = TicketKey(ACCOUNT, "1")


def listed(store, **query):
    return [row.key.remote for row in store.lists.first_page(TicketQuery(**query), 100)]


async def test_a_page_is_stored_with_its_cursor_and_told_once(store, seen):
    done = await store.tickets.apply(ACCOUNT, a_page(a_ticket("1"), a_ticket("2"), cursor="c1", last=False))
    assert [key.remote for key in done.new] == ["1", "2"]
    assert await store.tickets.cursor(ACCOUNT) == "c1"
    assert len(seen) == 1
    assert {key.remote for key in seen[0].tickets} == {"1", "2"}
    assert await store.tickets.get(ONE) == a_ticket("1")


async def test_the_same_page_again_changes_and_tells_nothing(store, seen):
    page = a_page(a_ticket("1"), a_ticket("2"))
    await store.tickets.apply(ACCOUNT, page)
    seen.clear()
    done = await store.tickets.apply(ACCOUNT, page)
    assert (done.new, done.changed, done.stale) == ((), (), ())
    assert seen == []


async def test_a_large_page_names_the_account_only(store, seen):
    await store.tickets.apply(ACCOUNT, a_page(*(a_ticket(str(n)) for n in range(FEW + 1))))
    assert seen[0].bulk == {ACCOUNT}
    assert seen[0].tickets == frozenset()


async def test_a_list_that_shows_six_fields_does_not_blank_what_the_detail_said(store):
    full = a_ticket("1", tags=("vip",), assignee=MYSELF, fields={"plan": "gold"})
    await store.tickets.put(remote_ticket(full, raw='{"id":1,"plan":"gold"}'))
    bare = updated(a_ticket("1", subject="Changed"), requester=None)
    await store.tickets.apply(
        ACCOUNT,
        TicketPage((remote_ticket(bare, known=frozenset({"key", "subject", "updated_at"}), raw='{"id":1}'),), "c"),
    )
    now = await store.tickets.get(ONE)
    assert now == replace(full, subject="Changed", updated_at=bare.updated_at)


async def test_whose_a_ticket_is_counts_as_unknown_until_an_answer_tells(store):
    listed = remote_ticket(a_ticket("1"), known=frozenset({"key", "subject", "state"}))
    await store.tickets.apply(ACCOUNT, TicketPage((listed,), "c"))
    now = await store.tickets.get(ONE)
    assert (now.assignee, now.assignee_seen) == (None, None)
    await store.tickets.put(remote_ticket(a_ticket("1"), known=frozenset({"key", "assignee"})))
    assert (await store.tickets.get(ONE)).assignee_seen == ""
    await store.tickets.apply(ACCOUNT, TicketPage((listed,), "d"))
    assert (await store.tickets.get(ONE)).assignee_seen == ""
    await store.tickets.put(remote_ticket(a_ticket("1", assignee=MYSELF)))
    assert (await store.tickets.get(ONE)).assignee_seen == MYSELF.email


async def test_a_partial_answer_that_says_nothing_new_is_not_a_change(store, seen):
    await store.tickets.put(remote_ticket(a_ticket("1", tags=("vip",)), raw='{"id":1,"tags":["vip"]}'))
    seen.clear()
    page = TicketPage((remote_ticket(a_ticket("1"), known=frozenset({"subject", "state"}), raw='{"id":1}'),), "c")
    assert (await store.tickets.apply(ACCOUNT, page)).changed == ()
    assert seen == []


async def test_a_ticket_twice_on_one_page_is_one_ticket_as_told_last(store):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1"), a_ticket("1", subject="Later")))
    assert await store.tickets.counted(ACCOUNT) == 1
    assert (await store.tickets.get(ONE)).subject == "Later"


async def test_a_character_that_no_file_can_hold_does_not_lose_the_page(store):
    await store.tickets.apply(
        ACCOUNT, a_page(a_ticket("1", subject="bad \ud83d"), a_ticket("2", fields={"x": "\udc00"}))
    )
    assert await store.tickets.counted(ACCOUNT) == 2


async def test_what_two_full_list_syncs_did_not_see_goes_and_one_list_sync_is_forgiven(store):
    first = await store.tickets.begin_full_sync(ACCOUNT)
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1"), a_ticket("2")), full_sync=first)
    assert await store.tickets.sweep(ACCOUNT, first) == 0
    second = await store.tickets.begin_full_sync(ACCOUNT)
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")), full_sync=second)
    assert await store.tickets.sweep(ACCOUNT, second) == 0
    third = await store.tickets.begin_full_sync(ACCOUNT)
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")), full_sync=third)
    assert await store.tickets.sweep(ACCOUNT, third) == 1
    assert listed(store) == ["1"]
    assert store.lists.overview().scopes[Scope.ALL] == 1


async def test_a_list_sync_that_was_cut_short_again_and_again_makes_nothing_go_that_it_has_seen(store):
    """Each try goes on behind the last one's page: none of them sees everything, all of them together do."""
    sync_number = await store.tickets.begin_full_sync(ACCOUNT)
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1"), a_ticket("2")), full_sync=sync_number)
    for _ in range(5):
        sync_number = await store.tickets.begin_full_sync(ACCOUNT)
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("3")), full_sync=sync_number)
    assert await store.tickets.sweep(ACCOUNT, sync_number) == 0
    assert sorted(listed(store)) == ["1", "2", "3"]


async def test_a_missing_ticket_with_a_draft_stays_and_is_done(store):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
    await store.drafts.put(ONE, Draft("reply", "half a sentence"))
    for _ in range(3):
        assert await store.tickets.sweep(ACCOUNT, await store.tickets.begin_full_sync(ACCOUNT)) == 0
    assert listed(store, scope=Scope.DRAFTS) == ["1"]
    assert listed(store, scope=Scope.OPEN) == []


async def test_a_ticket_that_comes_back_is_not_gone_any_more(store):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
    await store.tickets.mark_gone(ONE)
    assert listed(store, scope=Scope.OPEN) == []
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
    assert listed(store, scope=Scope.OPEN) == ["1"]


async def test_a_ticket_is_found_by_id_and_by_number(store):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("77", number="A-9")))
    assert await store.tickets.find(ACCOUNT, "77") == (TicketKey(ACCOUNT, "77"),)
    assert await store.tickets.find(ACCOUNT, "A-9") == (TicketKey(ACCOUNT, "77"),)
    assert await store.tickets.find(ACCOUNT, "A") == ()


async def test_threads_are_read_open_before_done_and_newest_first(store, clock):
    page = (
        a_ticket("old", updated_at=START - timedelta(days=3)),
        a_ticket("done", state=State.SOLVED, updated_at=START),
        a_ticket("new", updated_at=START - timedelta(days=2)),
    )
    await store.tickets.apply(ACCOUNT, a_page(*page))
    assert [key.remote for key in await store.tickets.stale_threads(ACCOUNT, 10)] == ["new", "old", "done"]
    assert [key.remote for key in await store.tickets.stale_threads(ACCOUNT, 1)] == ["new"]


async def test_a_list_that_tells_of_a_new_comment_makes_the_thread_stale(store):
    ticket = remote_ticket(a_ticket("1"), comments_at=START)
    await store.tickets.apply(ACCOUNT, TicketPage((ticket,), "c"))
    await store.threads.apply(ONE, *a_thread(a_message()))
    assert await store.tickets.stale_threads(ACCOUNT, 10) == ()
    again = await store.tickets.apply(
        ACCOUNT, TicketPage((replace(ticket, comments_at=START + timedelta(minutes=1)),), "c")
    )
    assert again.stale == (ONE,)


async def test_words_seen_in_data_come_most_frequent_first_and_go_with_the_last_ticket(store):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1", tags=("a", "b")), a_ticket("2", tags=("b",))))
    assert (await store.tickets.observed_terms(ACCOUNT))["tag"] == (("b", "b"), ("a", "a"))
    await store.tickets.apply(ACCOUNT, a_page(updated(a_ticket("1"), tags=("b",))))
    assert (await store.tickets.observed_terms(ACCOUNT))["tag"] == (("b", "b"),)


async def test_a_first_import_is_not_all_news_but_what_came_today_is(store):
    fresh = a_ticket("today", created_at=START - timedelta(hours=2), updated_at=START - timedelta(hours=2))
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("old"), fresh, last=False))
    assert listed(store, unread=True) == ["today"]


async def test_after_the_first_list_sync_a_new_ticket_is_news_unless_i_made_it_or_it_is_done(store):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("old")))
    await store.tickets.apply(
        ACCOUNT,
        a_page(
            a_ticket("theirs", requester=CUSTOMER),
            a_ticket("mine", requester=Person("Me", "ME@example.test")),
            a_ticket("done", state=State.CLOSED),
        ),
    )
    assert listed(store, unread=True) == ["theirs"]


async def test_mine_follows_the_account_and_a_vendor_without_assignees_counts_all_that_is_open(store):
    await store.tickets.apply(
        ACCOUNT, a_page(a_ticket("1", assignee=MYSELF), a_ticket("2"), a_ticket("3", state=State.SOLVED))
    )
    assert listed(store, scope=Scope.MINE_OPEN) == ["1"]
    assert listed(store, scope=Scope.UNASSIGNED) == ["2"]
    account = an_account()
    await store.accounts.put(replace(account, me="somebody@else.test"))
    assert listed(store, scope=Scope.MINE_OPEN) == []
    assert account.capabilities is not None
    await store.accounts.put(
        replace(account, capabilities=replace(account.capabilities, can=account.capabilities.can - {"assign"}))
    )
    assert sorted(listed(store, scope=Scope.MINE_OPEN)) == ["1", "2"]
    assert store.lists.overview().scopes[Scope.MINE_OPEN] == 2
    assert store.lists.overview().scopes[Scope.UNASSIGNED] == 0


async def full_sync(store, *pages: TicketPage) -> int:
    sync_number = await store.tickets.begin_full_sync(ACCOUNT)
    for page in pages:
        await store.tickets.apply(ACCOUNT, page, full_sync=sync_number)
    return await store.tickets.sweep(ACCOUNT, sync_number)


async def test_a_ticket_whose_item_cannot_be_read_any_more_stays_and_is_looked_at_by_itself(store):
    await full_sync(store, a_page(a_ticket("1"), a_ticket("2")))
    for remote in ("1", "2"):
        await store.threads.apply(TicketKey(ACCOUNT, remote), *a_thread(a_message(f"m{remote}")))
    spoilt = replace(a_page(a_ticket("2")), left_out=1)
    for _ in range(4):
        assert await full_sync(store, spoilt) == 0
    assert sorted(listed(store)) == ["1", "2"]
    assert await store.tickets.stale_threads(ACCOUNT, 10) == (ONE,)
    await full_sync(store, a_page(a_ticket("2")))
    assert await full_sync(store, a_page(a_ticket("2"))) == 1  # two list syncs that left nothing out
    assert listed(store) == ["2"]


async def test_what_a_list_sync_left_out_before_it_was_cut_short_is_not_taken_for_gone(store):
    await full_sync(store, a_page(a_ticket("1"), a_ticket("2")))
    for _ in range(3):
        sync_number = await store.tickets.begin_full_sync(ACCOUNT)
        await store.tickets.apply(ACCOUNT, replace(a_page(cursor="2", last=False), left_out=1), full_sync=sync_number)
        assert await full_sync(store, a_page(a_ticket("2"))) == 0  # the program was killed in between
    assert sorted(listed(store)) == ["1", "2"]


async def test_a_ticket_that_its_vendor_told_of_since_is_not_gone_because_two_lists_hid_it(store):
    await full_sync(store, a_page(a_ticket("1"), a_ticket("2")))
    assert await full_sync(store, a_page(a_ticket("2"))) == 0
    await store.tickets.put(remote_ticket(a_ticket("1")))
    assert await full_sync(store, a_page(a_ticket("2"))) == 0
    assert await full_sync(store, a_page(a_ticket("2"))) == 1


async def test_a_ticket_that_gets_its_name_during_a_full_list_sync_is_not_forgotten_at_its_end(store):
    create = a_command(CreateTicket("Broken chair"), local_ticket(ACCOUNT, new_command_id()))
    item = await store.outbox.submit(create, hold_until=None)
    for _ in range(4):
        await full_sync(store, a_page(a_ticket("1")))
    sync_number = await store.tickets.begin_full_sync(ACCOUNT)
    await store.tickets.apply(
        ACCOUNT, a_page(a_ticket("1"), last=False), full_sync=sync_number
    )  # newest first: 77 would stand here
    await store.outbox.complete(item, Receipt("77"), ())
    assert await store.tickets.sweep(ACCOUNT, sync_number) == 0
    assert sorted(listed(store)) == ["1", "77"]


async def test_an_answer_that_comes_after_its_account_was_removed_brings_nothing_back(store):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
    await store.accounts.remove(ACCOUNT)
    await store.threads.apply(ONE, *a_thread(a_message("m1"), ticket=remote_ticket(a_ticket("1"))))
    await store.tickets.put(remote_ticket(a_ticket("2")))
    assert listed(store) == []
    assert store.lists.overview().scopes[Scope.ALL] == 0
