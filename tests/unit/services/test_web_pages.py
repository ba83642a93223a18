"""Web pages of tickets: the vendor's own link, a pattern, and what is never opened."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.ids import AccountId, TicketKey, local_ticket, new_command_id
from deskhand.domain.tickets import Ticket
from deskhand.services.settings import Settings
from deskhand.services.web_pages import (
    NoPage,
    WebPage,
    page_from,
    page_of,
    pattern_of,
    remember_host,
    set_pattern,
    why_no_pattern,
)

KEY = TicketKey(AccountId("a"), "T/1 ä")
ASKED = Ticket(KEY, number="#42")


class Kept:
    """Settings in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    async def with_prefix(self, prefix: str) -> dict[str, str]:
        return {key: value for key, value in self.values.items() if key.startswith(prefix)}

    async def get(self, key: str) -> str | None:
        return self.values.get(key)

    async def put(self, key: str, value: str | None) -> None:
        self.values[key] = value or ""


@pytest.fixture
def settings() -> Settings:
    return Settings(Kept())


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "http://desk.example/{id}",
        "https://{id}.example/",
        "https://desk.example/tickets",
        "https://desk.example/{id}/{name}",
        "https://me:pw@desk.example/{id}",
        "https:///{id}",
        "https://desk\\.example/{id}",
        "javascript:alert({id})",
        "https://[::1/{id}",
    ],
)
def test_what_is_no_pattern_says_why_and_is_not_kept(pattern: str) -> None:
    assert why_no_pattern(pattern)


async def test_a_pattern_is_filled_with_the_id_or_the_number_and_each_sign_of_it_stays_in_its_place(
    settings: Settings,
) -> None:
    assert page_of(settings, ASKED) == NoPage()
    await set_pattern(settings, KEY.account, "https://desk.example/t/{id}?n={number}")
    assert pattern_of(settings, KEY.account)
    assert page_of(settings, ASKED) == WebPage(
        "https://desk.example/t/T%2F1%20%C3%A4?n=42", "desk.example", known=False
    )
    await remember_host(settings, KEY.account, "desk.example")
    page = page_of(settings, ASKED)
    assert isinstance(page, WebPage)
    assert page.known
    await set_pattern(settings, KEY.account, "")
    assert page_of(settings, ASKED) == NoPage()
    with pytest.raises(ValueError, match="https"):
        await set_pattern(settings, KEY.account, "ftp://desk.example/{id}")


async def test_the_vendors_own_link_goes_first_and_is_https_or_nothing(settings: Settings) -> None:
    await set_pattern(settings, KEY.account, "https://desk.example/{id}")
    own = page_of(settings, replace(ASKED, web_url="https://vendor.example/x"))
    assert isinstance(own, WebPage)
    assert own.host == "vendor.example"
    for url in ("http://vendor.example/x", "javascript:alert(1)", "https://a@vendor.example/"):
        refused = page_of(settings, replace(ASKED, web_url=url))
        assert isinstance(refused, NoPage)
        assert refused.reason


def test_a_ticket_without_a_number_or_that_its_vendor_does_not_know_has_no_page(settings: Settings) -> None:
    without = page_from(settings, replace(ASKED, number=""), "https://desk.example/{number}")
    assert isinstance(without, NoPage)
    assert without.reason
    local = page_of(settings, replace(ASKED, key=local_ticket(KEY.account, new_command_id())))
    assert isinstance(local, NoPage)
    assert local.reason


@given(st.text(max_size=40), st.text(min_size=1, max_size=20))
def test_whatever_the_id_is_the_page_is_of_the_host_that_the_agent_wrote(number: str, remote: str) -> None:
    ticket = replace(ASKED, key=TicketKey(KEY.account, remote), number=number)
    page = page_from(Settings(Kept()), ticket, "https://desk.example/{id}/{id}")
    assert isinstance(page, NoPage) or page.host == "desk.example"
