"""Customers are found by beginnings of words in name or address, with how many tickets they have."""

from datetime import timedelta

import pytest
from tests.helpers.store_fixtures import START, a_page, a_ticket

from deskhand.domain.queries import KnownCustomer
from deskhand.domain.tickets import Person, State
from deskhand.store import DeskStore

PEOPLE = (
    ("1", Person("Solveig Nordström", "Solveig@Example.test"), State.CLOSED),
    ("2", Person("Solveig Nordström", "solveig@example.test"), State.OPEN),
    ("3", Person("Omar Haddad", "o.haddad@example.test"), State.OPEN),
    ("4", Person("Zoë 🧡", ""), State.OPEN),
    ("5", Person("Zoë 🧡", ""), State.CLOSED),
)


@pytest.fixture
async def filled(store: DeskStore) -> DeskStore:
    tickets = [
        a_ticket(
            remote,
            requester=person,
            state=state,
            assignee=Person("Grace Agent", "grace@desk.test"),
            updated_at=START + timedelta(minutes=int(remote)),
        )
        for remote, person, state in PEOPLE
    ]
    await store.tickets.apply(tickets[0].key.account, a_page(*tickets))
    return store


async def names(store: DeskStore, text: str, limit: int = 5) -> list[str]:
    return [one.name for one in await store.lists.customers(text, limit)]


@pytest.mark.parametrize(
    "text",
    ["solv", "SOLVEIG", "nordstrom", "Nordström sol", "solveig@ex", "example solv", "solveig\x00", "solveig\ue000"],
)
async def test_any_beginning_of_a_word_finds_with_and_without_accents(filled: DeskStore, text: str) -> None:
    assert await names(filled, text) == ["Solveig Nordström"]


async def test_one_address_is_one_customer_with_counts_and_the_newest_account(filled: DeskStore) -> None:
    (found,) = await filled.lists.customers("solveig", 5)
    assert found == KnownCustomer("Solveig Nordström", "solveig@example.test", 2, 1, found.account)


async def test_who_has_no_address_is_known_by_name(filled: DeskStore) -> None:
    (found,) = await filled.lists.customers("zoe", 5)
    assert (found.name, found.email, found.tickets, found.open) == ("Zoë 🧡", "", 2, 1)


async def test_the_one_a_ticket_is_assigned_to_is_no_customer(filled: DeskStore) -> None:
    assert await names(filled, "grace") == []


@pytest.mark.parametrize("text", ["", "  ", "!?", '"', "🧡", "olveig", "\ud800"])
async def test_nothing_is_found_and_nothing_fails(filled: DeskStore, text: str) -> None:
    assert await names(filled, text) == []


async def test_no_more_than_asked_for_and_the_newest_first(filled: DeskStore) -> None:
    assert await names(filled, "example") == ["Omar Haddad", "Solveig Nordström"]
    assert await names(filled, "example", 1) == ["Omar Haddad"]
