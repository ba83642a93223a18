"""Mail and web addresses in a text lead to nobody else than the one who is written there."""

import pytest

from deskhand.content.inspection import inspect_body
from deskhand.content.links import LinkWarning, inspect
from deskhand.content.plain import plain_to_html
from deskhand.content.sanitize import sanitize_plain
from deskhand.content.web_addresses import find


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "o\u2019neill@shop.example",
        "Mail o\u2018neill@shop.example now",
        "o\u00b4neill@shop.example",
        "d\uff07angelo@shop.example",
        "anna\u2011maria@shop.example",
        "anna\u2010maria@shop.example",
        "an\u00adna@shop.example",
        "jo\u200bhn@shop.example",
        "jo\u202chn@shop.example",
        "r&d@shop.example",
        "rené.dupont@shop.example",
        "josé-marie@shop.example",
        "ju\u0308rgen@shop.example",
        "ｊane@shop.example",
        "иван_ivanov@shop.example",
    ],
)
def test_the_end_of_a_longer_mail_address_is_no_address(text):
    assert found(text) == []
    for html in (plain_to_html(text), sanitize_plain(text).html):
        assert "mailto:" not in html


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("\u2018jo@shop.example\u2019", "jo@shop.example"),
        ("Kontakt:\u200ejo@shop.example", "jo@shop.example"),
        ("بريد: \u200fjo@shop.example", "jo@shop.example"),
        ("\ufeffjo@shop.example", "jo@shop.example"),
        ("ติดต่อที่jo@shop.example", "jo@shop.example"),
        ("邮箱jo@shop.example", "jo@shop.example"),
        ("邮箱－jo@shop.example", "jo@shop.example"),
        ("Tom & jo@shop.example", "jo@shop.example"),
        ("&jo@shop.example", "jo@shop.example"),
        ("email=jo@shop.example", "jo@shop.example"),
        ("①jo@shop.example", "jo@shop.example"),
        ("Mail—jo@shop.example", "jo@shop.example"),
        ("- jo@shop.example", "jo@shop.example"),
    ],
)
def test_what_only_stands_before_an_address_is_no_part_of_it(text, address):
    assert found(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "https://my.shop\u2011online.example/x",
        "https://my.shop\u2010online.example",
        "https://shop.example/order\u2011form",
        "www.my\u2011shop.example",
        "jo@mail.my\u2011shop.example",
        "https://shop\u2212online.example",
        "https://shop.examplehttps://other.example/x",
    ],
)
def test_an_address_whose_rest_is_written_in_another_way_leads_nowhere(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://shop.example\u2011查看", "https://shop.example"),
        ("https://shop.example\u2010 and", "https://shop.example"),
        ("https://shop.example–see", "https://shop.example"),
    ],
)
def test_a_hyphen_behind_an_address_ends_it_where_no_letter_follows(text, address):
    assert found(text) == [address]


@pytest.mark.parametrize(
    ("url", "shown", "asks"),
    [
        ("mailto:jo@shop.example,al@evil.example", "jo@shop.example", True),
        ("mailto:jo@shop.example,al@shop.example", "jo@shop.example", True),
        ("mailto:jo@shop.example,al@evil.example", "www.shop.example", True),
        ("mailto:jo@shop.example,al@shop.example", "jo@shop.example and al@shop.example", False),
        ("mailto:jo@shop.example,al@shop.example", "Write to us", False),
        ("mailto:jo@shop.example,JO@shop.example", "Jo <jo@shop.example>", False),
        ("mailto:jo@shop.example", "jo@shop.example", False),
    ],
)
def test_a_mail_link_with_more_recipients_than_it_shows_asks(url, shown, asks):
    assert inspect(url, shown).asks is asks


def test_a_mail_link_to_several_is_refused_where_one_of_them_is_no_address():
    assert inspect("mailto:jo@shop.example,al@a。example").refused


@pytest.mark.parametrize("url", ["https://bit.ly./x", "https://www.t.co./x", "https://tinyurl.com/x"])
def test_a_shortened_address_is_known_however_its_host_is_written(url):
    assert LinkWarning.SHORTENED in inspect(url).warnings


@pytest.mark.parametrize(
    ("alt", "verdict"),
    [("https://bank.example", "ask"), ("bank.example", "ask"), ("Our logo", "open"), ("", "open")],
)
@pytest.mark.parametrize("source", ["https://cdn.example/x.png", "cid:logo@x"])
def test_a_picture_whose_words_show_another_address_asks_as_text_does(alt, verdict, source):
    body = f'<p><a href="https://evil.example/x"><img src="{source}" alt="{alt}"></a></p>'
    (link,) = inspect_body(body, is_html=True).links
    assert link.verdict == verdict
    assert link.shown == f"[{alt or 'evil.example'}]"


def test_a_mail_link_hands_no_control_character_on():
    link = inspect("mailto:jo@shop.example?subject=a%0D%0ABcc%3Ax%00%0B%C2%85b&body=a%0D%0Ab%00%1B%0Cc%09d")
    assert link.url == "mailto:jo@shop.example?subject=a%20Bcc%3Ax%20b&body=a%0Ab%0Ac%09d"
