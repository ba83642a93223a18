"""Words that try to be something else: a search that is a query, a label that is a path, an id that is SQL."""

from pathlib import Path

import pytest
from tests.helpers.service_harness import ON_REQUEST, service_harness
from tests.helpers.store_fixtures import ACCOUNT, a_message, a_page, a_store, a_thread, a_ticket, an_account

from deskhand.cli import naming
from deskhand.domain.accounts import Health
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.problems import DeskProblem
from deskhand.domain.queries import Scope, TicketQuery
from deskhand_sandbox.sandbox import serving

WORDS = (
    '"',
    '""',
    '"""',
    "'",
    "' OR 1=1 --",
    "'; DROP TABLE tickets; --",
    "*",
    "**",
    "a*",
    "-",
    "^a",
    "a NEAR b",
    "NEAR(a b, 5)",
    "a AND",
    "OR",
    "NOT a",
    "AND AND AND",
    "(",
    ")",
    "((((",
    "{a b}: c",
    "subject : x",
    "grams : 東",
    "- subject : x",
    "a + b",
    "a:b",
    "%",
    "_",
    "%%%",
    "\\",
    "\0",
    "a\0b",
    "\ud800",
    "\u202e",
    "\u200b",
    "\n\t\r",
    "?",
    "?1",
    ":name",
    "$x",
    "@y",
    "#",
    "##1",
    "x" * 100_000,
    "a " * 50_000,
    '" ' * 10_000,
    "東" * 5_000,
    "😀",
    "ﷺ",
    "a\u0301" * 1_000,
    "\x02\x03",
    "<b>",
    "1e999",
    "-1",
    "0x10",
)

IDS = (
    "a/b",
    "%2f",
    "%",
    "'",
    '"',
    "'; DROP TABLE tickets; --",
    "é",
    "😀",
    "..",
    ".",
    " ",
    "a\nb",
    "\\",
    "?x=1#y",
    "x" * 10_240,
    "\u202e",
)
LABELS = (
    "A/B",
    "A/B/C",
    "50 % & <b>",
    "'; DROP TABLE accounts; --",
    '"x"',
    "é 😀",
    "-v",
    "--json",
    "..",
    "x" * 300,
    "a\tb",
    "%s{0}",
    "\u202eX",
)


@pytest.mark.parametrize("narrowed", [False, True])
async def test_no_word_breaks_a_search(tmp_path: Path, narrowed: bool) -> None:  # noqa: FBT001 - a parameter of a test
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        tickets = [
            a_ticket(str(number), subject=words.replace("\ud800", "")[:200]) for number, words in enumerate(WORDS)
        ]
        await store.tickets.apply(ACCOUNT, a_page(*tickets))
        await store.threads.apply(tickets[0].key, *a_thread(a_message(text='It\'s "quoted" AND (odd) 東京タワー')))
        for words in WORDS:
            assert len(await store.lists.search(words, 50, ACCOUNT if narrowed else None)) <= 50
            query = TicketQuery(Scope.ALL, account=ACCOUNT if narrowed else None, text=words)
            assert len(await store.lists.select(query, 100)) <= 100
        assert len(await store.lists.select(TicketQuery(Scope.ALL), 1_000)) == len(WORDS)
        assert [hit.row.key.remote for hit in await store.lists.search("quoted odd", 5, None)] == ["0"]
        assert [hit.row.key.remote for hit in await store.lists.search("京タ", 5, None)] == ["0"]


async def test_ids_and_labels_of_any_letters_are_kept_as_they_are(tmp_path: Path) -> None:
    async with a_store(tmp_path) as store:
        accounts = [AccountId(f"acc{number}") for number in range(len(LABELS))]
        for account, label in zip(accounts, LABELS, strict=True):
            await store.accounts.put(an_account(account, label=label))
        for account in accounts[:2]:
            tickets = [a_ticket(odd, account=account, number=odd, tags=(odd, "%_'")) for odd in IDS]
            await store.tickets.apply(account, a_page(*tickets))
        assert sorted(one.label for one in await store.accounts.all()) == sorted(LABELS)
        for account in accounts[:2]:
            for odd in IDS:
                key = TicketKey(account, odd)
                found = await store.tickets.get(key)
                assert found is not None, odd
                assert found.key == key
                assert await store.tickets.find(account, odd) == (key,)
            by_tag = await store.lists.select(TicketQuery(Scope.ALL, account=account, tag="%_'"), 100)
            assert {key.remote for key in by_tag} == set(IDS)
            assert [
                key.remote for key in await store.lists.select(TicketQuery(Scope.ALL, account=account, tag="%"), 100)
            ] == ["%"]
        await store.accounts.remove(accounts[0])
        assert await store.tickets.get(TicketKey(accounts[0], "%")) is None
        assert await store.tickets.get(TicketKey(accounts[1], "%")) is not None


async def test_a_label_with_a_slash_names_its_own_tickets(tmp_path: Path) -> None:
    with serving(tickets=20, only=("nexuscore",)) as box:
        async with service_harness(tmp_path, box, pace=ON_REQUEST) as harness:
            await harness.services.engine.start()
            accounts = [await harness.add("nexuscore", label) for label in ("A", "A/B", "50 % & <b>")]
            for account in accounts:
                await harness.wait_health(account, Health.FINE)
            for account in accounts:
                for key in (await harness.ticket_keys(account))[:3]:
                    assert await naming.ticket(harness.services, f"{account.label}/{key.remote}") == key
            for odd in ("../../v1/me", "x" * 70_000, "..", "%2e%2e", "a?b=1"):
                with pytest.raises(DeskProblem):
                    await naming.ticket(harness.services, f"A/B/{odd}")
