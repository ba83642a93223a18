"""Addresses in running text: where they begin and end, whatever the script around them."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.content.links import inspect
from deskhand.content.plain import plain_to_html
from deskhand.content.sanitize import sanitize_plain
from deskhand.content.web_addresses import find


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find(text)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        # A host of ASCII letters ends at the first other letter ...
        ("访问https://example.com查看", "https://example.com"),
        ("詳細はhttps://example.comをご覧ください", "https://example.com"),
        ("주소는 https://example.com에서", "https://example.com"),
        ("ดูที่https://example.comนะ", "https://example.com"),
        ("см.https://example.comздесь", "https://example.com"),
        ("انظرhttps://example.comهنا", "https://example.com"),
        ("ראוhttps://example.comכאן", "https://example.com"),
        ("देखेंhttps://example.comपर", "https://example.com"),
        ("https://example.comäh", "https://example.com"),
        ("http://localhost查看", "http://localhost"),
        ("https://example.com查看www.other.example", "https://example.com"),
        # ... a path at a letter of a script without spaces ...
        ("https://example.com/path查看更多", "https://example.com/path"),
        ("https://example.com/をご覧ください", "https://example.com/"),
        # ... and everything at punctuation that is not ASCII.
        ("https://example.com/a。", "https://example.com/a"),
        ("https://example.com/a、https", "https://example.com/a"),
        ("（https://example.com/a）", "https://example.com/a"),
        ("「https://example.com/a」", "https://example.com/a"),
        ("https://example.com/a،", "https://example.com/a"),
        ("https://example.com/a؟", "https://example.com/a"),
        ("https://example.com/a؛ ثم", "https://example.com/a"),
        ("https://example.com/a।", "https://example.com/a"),
        ("https://example.com։", "https://example.com"),
        ("https://example.com/a…", "https://example.com/a"),
        ("„https://example.com/a“", "https://example.com/a"),
        ("«https://example.com/a»", "https://example.com/a"),
        ("https://example.com’s", "https://example.com"),
        ("https://example.com😀", "https://example.com"),
        ("https://example.com\u200c‌ها", "https://example.com"),
        ("https://example.com\u200b next", "https://example.com"),
        ("https://example.com\u200f.", "https://example.com"),
        # Brackets belong to it in pairs.
        ("[a](https://x.example/a_(b))", "https://x.example/a_(b)"),
        ("(see https://x.example/a).", "https://x.example/a"),
        ("(https://x.example/a), and", "https://x.example/a"),
        ("[https://x.example/a]", "https://x.example/a"),
        ("https://x.example/?q[]=1&r={2}", "https://x.example/?q[]=1&r={2}"),
        ("https://x.example/a[see", "https://x.example/a[see"),
        ("<https://x.example/a>", "https://x.example/a"),
        ("[text|https://x.example/a|smart]", "https://x.example/a"),
        # Punctuation at the end belongs to the sentence.
        ("https://x.example/a?b=c.d.", "https://x.example/a?b=c.d"),
        ("https://x.example!", "https://x.example"),
        ("**https://x.example/**", "https://x.example/"),
        ("_https://x.example_", "https://x.example"),
        ("https://x.example:", "https://x.example"),
        ("https://x.example:8080/a;", "https://x.example:8080/a"),
        ('"https://x.example/a"', "https://x.example/a"),
        ("https://x.example, and", "https://x.example"),
        # International names are whole.
        ("https://bücher.example/ä.", "https://bücher.example/ä"),
        ("https://www.grün.de und", "https://www.grün.de"),
        ("https://例え.jpです", "https://例え.jp"),
        ("https://例え.テスト/x", "https://例え.テスト/x"),
        ("https://公司.中国很好", "https://公司.中国"),
        ("https://банк.рф, да", "https://банк.рф"),
        ("https://उदाहरण.परीक्षा।", "https://उदाहरण.परीक्षा"),
        ("https://موقع.مصر، ثم", "https://موقع.مصر"),
        ("https://ja.wikipedia.org/wiki/日本", "https://ja.wikipedia.org/wiki/日本"),
        ("https://hi.wikipedia.org/wiki/हिन्दी।", "https://hi.wikipedia.org/wiki/हिन्दी"),
        ("http://[2001:db8::1]:80/x", "http://[2001:db8::1]:80/x"),
        ("HTTPS://X.EXAMPLE/A", "HTTPS://X.EXAMPLE/A"),
        ("https://web.archive.org/web/2020/https://x.example/", "https://web.archive.org/web/2020/https://x.example/"),
        # Without a scheme.
        ("www.example.com/x.", "www.example.com/x"),
        ("访问www.example.com。", "www.example.com"),
        # Mail addresses likewise.
        ("Jo <jo@example.com> today", "jo@example.com"),
        ("查看jo.b+c@example.com谢谢", "jo.b+c@example.com"),
        ("jo@example.com。", "jo@example.com"),
        ("jo@example.com،", "jo@example.com"),
        ("(jo@example.com).", "jo@example.com"),
        ("mailto:jo@example.com?", "mailto:jo@example.com"),
        ("jo@bücher.example, ok", "jo@bücher.example"),
        ("'jo@example.com'", "jo@example.com"),
    ],
)
def test_an_address_ends_where_a_reader_sees_it_end(text, address):
    assert found(text)[0] == address


@pytest.mark.parametrize(
    "text",
    [
        "https://good.example@evil.example",
        "https://good.example:pw@evil.example/x",
        "https://evil.example\\@good.example",
        "https://good.example%2eevil.example",
        "http://a\u202eb.example",
        "https://bank.exam\u200bple/x",
        "https://bank.example\u2060/x",
        "https://x.example/\u202egpj.exe",
        "josé@x.example",
        "имяa@x.example",
        "a@b@c.example",
        "o'neill@example.com",
        "@jo",
        "jo@home",
        "ssh://git@x.example",
        "https://",
        "www.",
        "https:///x",
        "https://x.example/" + "x" * 9_000,
    ],
)
def test_what_may_be_read_as_another_address_is_no_link(text):
    assert found(text) == []


def test_addresses_joined_by_a_comma_are_several():
    text = "https://a.example/x,https://b.example/y;www.c.example,d@e.example"
    assert found(text) == ["https://a.example/x", "https://b.example/y", "www.c.example", "d@e.example"]


letters = st.characters(categories=["Lo", "Ll", "Lu", "Lm"]).filter(lambda c: not c.isascii())
punctuation = st.characters(categories=["Po", "Pf", "Pi", "Pe", "Ps", "Pd", "So", "Sm", "Zs"]).filter(
    lambda c: not c.isascii()
)


@given(letters, st.text(alphabet=letters, max_size=5))
def test_no_letter_of_any_script_gets_into_an_ascii_host(first, more):
    one = next(find(f"https://shop.example{first}{more} next"))
    assert inspect(one.target).host_ace == "shop.example"


@given(punctuation, st.text(max_size=5))
def test_no_punctuation_of_any_script_gets_into_a_path(sign, more):
    one = next(find(f"https://shop.example/order{sign}{more}"), None)
    assert one is None or one.target == "https://shop.example/order"


@given(
    st.sampled_from(["https://shop.example", "https://shop.example/a(b)?c=d", "www.shop.example/x", "jo@shop.example"]),
    letters,
)
def test_letters_before_an_address_change_nothing_in_scripts_without_spaces(address, before):
    for text in (f"{before} {address}", f"{before}{address}"):
        for one in find(text):
            assert text[one.start : one.end] == address


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("ahtps:/.@w-()[]?#&%\\,;"), letters, punctuation, st.characters()),
        max_size=80,
    )
)
def test_what_is_found_is_what_stands_there(text):
    end = 0
    for one in find(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end
        assert not re.search(r"\s", text[one.start : one.end])
        judged = inspect(one.target, text[one.start : one.end])
        assert not judged.refused
        assert "other_host" not in judged.warnings
        assert not any(unicodedata.category(c) in ("Cf", "Cc") for c in text[one.start : one.end])


@pytest.mark.parametrize(
    "text",
    ["https://" * 30_000, "@" * 200_000, "a@" * 100_000, "https://a.example/" + "(" * 200_000, "https://a@" * 20_000],
    ids=lambda text: text[:10],
)
def test_looking_for_addresses_takes_time_in_proportion(text):
    started = time.process_time()
    assert sum(1 for _ in find(text)) <= 30_000
    took = time.process_time() - started
    print(f"{len(text):,} characters in {took * 1000:.0f} ms")
    assert took < 10


def test_links_in_and_out_are_cut_alike():
    text = "访问https://example.com查看 or jo@example.com。"
    for html in (plain_to_html(text), sanitize_plain(text).html):
        assert '<a href="https://example.com">https://example.com</a>查看' in html
        assert '<a href="mailto:jo@example.com">jo@example.com</a>。' in html
