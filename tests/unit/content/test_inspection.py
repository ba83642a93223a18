"""The pure part of `deskhand inspect`: encodings, links, what is a whole mail."""

import pytest

from deskhand.content.inspection import decode, inspect_body, is_whole_mail, links_of
from deskhand.content.sanitize import sanitize, sanitize_plain

WORDS = "Grüße, 小林 😀\nzwei"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + WORDS.encode(), "utf-8"),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\0\0" + WORDS.encode("utf-32-le"), "utf-32-le"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_body_is_read_by_its_mark_or_as_utf_8(data: bytes, encoding: str) -> None:
    assert decode(data) == (WORDS, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_zero_bytes(encoding: str) -> None:
    assert decode("<p>Hello there</p>".encode(encoding)) == ("<p>Hello there</p>", encoding)


def test_bytes_that_are_no_utf_8_are_read_as_windows_1252() -> None:
    assert decode(b"Caf\xe9 \x80 5 \x93x\x94") == ("Café € 5 “x”", "windows-1252")


def test_no_bytes_make_it_raise() -> None:
    for data in (b"", b"\0", b"\xff\xfe\xd8", b"\xff\xfe\0", bytes(range(256)), b"\x81\x8d"):
        decode(data)


def test_the_parts_are_those_of_the_program() -> None:
    html = "<p>Hello</p><p>-- <br>Jane</p><blockquote type=cite><p>Before</p></blockquote>"
    found = inspect_body(html, is_html=True)
    assert found.sanitized == sanitize(html)
    assert "Hello" in found.parts.own
    assert "Before" in (found.parts.quoted or "")
    assert "Jane" in (found.parts.signature or "")
    assert inspect_body("a < b", is_html=False).sanitized == sanitize_plain("a < b")


def test_links_say_what_they_show_where_they_lead_and_why_the_agent_is_asked() -> None:
    html = '<a href="https://evil.example/">https://bank.example</a> <a href="https://a.example"><b>two</b>\n words</a> <a href="javascript:x">no</a>'
    first, second = links_of(sanitize(html).html)
    assert (first.shown, first.target, first.verdict) == ("https://bank.example", "https://evil.example/", "ask")
    assert "other_host" in first.reasons
    assert (second.shown, second.verdict, second.reasons) == ("two words", "open", ())


def test_addresses_in_plain_text_are_links_too() -> None:
    (link,) = inspect_body("see https://a.example/x today", is_html=False).links
    assert (link.shown, link.target, link.verdict) == ("https://a.example/x", "https://a.example/x", "open")


@pytest.mark.parametrize(
    "text",
    [
        "From: a@b.example\nTo: c@d.example\nSubject: Hello\n\nbody",
        "Received: from x\r\n\tby y\r\nMIME-Version: 1.0\r\nDate: today\r\n\r\nbody",
        "From jane Thu Jan  1 00:00:00 1970\nReturn-Path: <a@b.example>\nDate: today\nSubject: x\n\n",
    ],
)
def test_a_whole_mail_is_told_from_a_body(text: str) -> None:
    assert is_whole_mail(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello,\n\nFrom: Amsterdam\nTo: Berlin\nDate: tomorrow",
        "From: Amsterdam\nTo: Berlin\nplease book it",
        "Subject: only one\n\nbody",
        "<html><body>From: x</body></html>",
    ],
)
def test_a_body_that_speaks_of_headers_is_no_whole_mail(text: str) -> None:
    assert not is_whole_mail(text)
