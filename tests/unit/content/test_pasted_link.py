"""Web addresses that are pasted to find a ticket."""

import pytest

from deskhand.content.pasted_link import read


@pytest.mark.parametrize(
    ("text", "host", "names"),
    [
        ("https://app.x.test/tickets/12", "app.x.test", ("12", "tickets")),
        (" https://me@App.X.test:8443/a/12?tab=2#m4 ", "app.x.test:8443", ("2", "m4", "12", "a")),
        ("http://x.test/#/inbox/T%20-1?focus=9", "x.test", ("9", "T -1", "inbox")),
    ],
)
def test_parts_are_names_the_last_first(text: str, host: str, names: tuple[str, ...]) -> None:
    link = read(text)
    assert link is not None
    assert (link.host, link.names) == (host, names)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "see https://x.test/1",
        "https://",
        "https://[",
        "ftp://x.test/1",
        "https://x.test/",
        "https://x.test/" + "a" * 3000,
    ],
)
def test_what_is_no_link_to_something_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("https://app.x.test/y", True),
        ("https://api.x.test", True),
        ("https://x.test", True),
        ("https://app.y.test", False),
        ("", False),
        ("https://[", False),
    ],
)
def test_a_site_is_a_host_or_its_domain(address: str, *, is_one: bool) -> None:
    link = read("https://app.x.test/tickets/12")
    assert link is not None
    assert link.is_of(address) is is_one


def test_numbers_and_ports_have_no_domain() -> None:
    link = read("http://127.0.0.1:9/tickets/12")
    assert link is not None
    assert link.is_of("http://127.0.0.1:9/api")
    assert not link.is_of("http://127.0.0.1:10/api")
    assert not link.is_of("http://10.0.0.1:9/api")
