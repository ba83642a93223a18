"""What a reader sees as the address of a link is more than its own words, and is written in more ways than one."""

import pytest

from deskhand.content.inspection import links_of
from deskhand.content.links import LinkWarning, for_display, inspect, shorten_host
from deskhand.content.sanitize import sanitize

EVIL = "https://evil.example/x"


def verdicts(html: str) -> list[str]:
    return [link.verdict for link in links_of(sanitize(html).html)]


@pytest.mark.parametrize(
    "html",
    [
        f'https://<a href="{EVIL}">bank</a>.example',
        f'https://bank.<a href="{EVIL}">example</a>/login',
        f'https://bank.example/<a href="{EVIL}">login</a>',
        f'www.<a href="{EVIL}">bank</a>.<b>example</b>',
        f'<a href="{EVIL}/1">bank</a><a href="{EVIL}/2">.</a><a href="{EVIL}/3">com</a>',
        f'<b>bank</b><a href="{EVIL}"><i>.com</i></a>',
        f'<a href="{EVIL}">evil.example</a>.bank.com',
        f'bank\u200b.c<a href="{EVIL}">\u200bom</a>',
        'write to jane@<a href="mailto:jo@evil.example">bank</a>.example',
        f'<table><tr><td><p>x</p>bank<a href="{EVIL}">.com</a></td><td>y</td></tr></table>',
    ],
)
def test_a_link_on_a_part_of_an_address_is_compared_with_all_of_it(html: str) -> None:
    assert set(verdicts(html)) == {"ask"}


@pytest.mark.parametrize(
    "html",
    [
        f'see <a href="{EVIL}">here</a>. Next',
        f'<a href="{EVIL}">Terms</a>.Next sentence',
        '(<a href="https://shop.example">shop.example</a>)',
        'www.other.example | <a href="https://shop.example">shop.example</a>',
        'www.other.example<br><a href="https://shop.example">shop</a>',
        '<div>other.</div><div><a href="https://shop.example">com</a></div>',
        'Web:<a href="https://shop.example">shop.example</a>, Mail:<a href="mailto:jo@shop.example">jo@shop.example</a>',
        'E-mail/<a href="mailto:jo@shop.example">jo@shop.example</a>',
        'jo@<a href="https://shop.example">shop.example</a>',
        'https://<a href="https://shop.example">shop.example</a>/',
    ],
)
def test_a_link_beside_other_words_opens_without_a_question(html: str) -> None:
    assert set(verdicts(html)) == {"open"}


@pytest.mark.parametrize(
    "shown",
    [
        "::1",
        "[2001:db8::1]",
        "2001:db8:0:0:0:0:0:1",
        "router fe80::1 here",
        "_bank.example_",
        "bank . example",
        "www . bank . com",
        "our bank. com",
        "bank dot com",
        "b a n k . c o m",
        "bank\u0338.com",
        "bank.भारत",
        "बैंक.भारत",
        "bank\u06d4com",
        "bank\u0660com",
        "bank\ua4f8com",
    ],
)
def test_an_address_is_seen_however_it_is_written(shown: str) -> None:
    assert LinkWarning.OTHER_HOST in inspect(EVIL, shown).warnings


@pytest.mark.parametrize(
    "shown",
    [
        "at 12:30:45",
        "std::vector",
        "aa:bb:cc:dd:ee:ff",
        "Thank you. Information follows",
        "Read more. Info",
        "see part 2 . now",
        "Col·legi",
        "٢٠٢٥",
        "snake_case",
        "order no. 12",
        "polka dot dress",
    ],
)
def test_words_and_figures_are_no_address(shown: str) -> None:
    assert not inspect(EVIL, shown).asks


@pytest.mark.parametrize(
    ("url", "shown", "asks"),
    [
        ("https://search.example/url?q=https://evil.example/", "search.example", True),
        ("https://search.example/url?q=https%3A%2F%2Fevil.example%2F", "https://search.example", True),
        ("https://search.example/url?q=https%253A%252F%252Fevil.example", "www.search.example", True),
        ("https://search.example/https://evil.example", "search.example", True),
        ("https://search.example/url?q=https://evil.example/", "https://search.example/url?q=https://evil.example/", False),
        ("https://search.example/in?to=https://mail.search.example/", "search.example", False),
        ("https://search.example/in?to=https://evil.example/", "Our news", False),
        ("https://search.example/a//b", "search.example", False),
    ],
)  # fmt: skip
def test_a_site_that_is_shown_and_only_leads_on_to_another_is_questioned(url: str, shown: str, asks: bool) -> None:  # noqa: FBT001 - a table
    assert inspect(url, shown).asks is asks


def test_of_a_long_host_the_end_is_shown_because_its_owner_stands_there() -> None:
    host = f"www.bank.test.{'a' * 60}.{'b' * 60}.evil.example"
    shown = for_display(f"https://{host}/{'p' * 300}")
    assert shown.startswith("https://…")
    assert ".evil.example/ppp" in shown
    assert "bank.test" not in shown
    assert len(shown) <= 125
    assert for_display(f"https://{host}/").endswith(".evil.example/")
    assert shorten_host(host, 60).endswith(".evil.example")
    assert len(shorten_host(host, 60)) == 60
    assert shorten_host("www.bank.test", 60) == "www.bank.test"
