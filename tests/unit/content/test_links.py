"""Attack cases A36 to A42."""

import time

import pytest

from deskhand.content.links import LinkWarning, clean_href, for_display, inspect


def test_an_ordinary_link_opens_without_a_question():
    link = inspect("https://www.example.com/a?b=1#c", "our page")
    assert (link.url, link.host_ace, link.warnings, link.refused) == (
        "https://www.example.com/a?b=1#c",
        "www.example.com",
        frozenset(),
        False,
    )


@pytest.mark.parametrize(
    ("shown", "url", "warned"),
    [
        ("https://bank.com", "https://evil.example/x", True),
        ("bank.com", "https://evil.example/x", True),
        (" www.bank.com/login ", "https://bank.com.evil.example", True),
        ("ｂank.com", "https://evil.example", True),
        ("аpple.com", "https://apple.com", True),
        ("me@bank.com", "mailto:you@evil.example", True),
        ("https://bank.com/login", "https://www.bank.com/other", False),
        ("bank.com", "https://login.bank.com", False),
        ("click here", "https://evil.example", False),
        ("version 2.1.0", "https://evil.example", False),
        ("me@bank.com", "mailto:me@bank.com", False),
    ],
)
def test_a_text_that_looks_like_another_address_is_questioned(shown, url, warned):
    """A36."""
    assert (LinkWarning.OTHER_HOST in inspect(url, shown).warnings) is warned


BANK = [
    *(
        "https://bank.example",
        "https://bank.example.",
        "HTTPS://BANK.EXAMPLE",
        "https://bank.example:443/login",
        "ftp://bank.example",
    ),
    *(
        "(https://bank.example)",
        "<https://bank.example>",
        "[bank.example]",
        '"bank.example"',
        "«https://bank.example»",
        "bank.example,",
    ),
    *(
        "https://bank.example\u200b",
        "ban\u00adk.example",
        "bank\u2060.example",
        "https://bank.example/\u202e",
        "\ufeffbank.example",
        "bank\u3164.example",
    ),
    *(
        "Login: https://bank.example",
        "Visit bank.example now",
        "→ bank.example",
        "🔒 bank.example",
        "bank.example | Login",
        "1. bank.example",
    ),
    *("192.168.1.1", "http://192.168.1.1/admin", "http://[::1]/", "http://3232235777", "router 10.0.0.1 here"),
    *(
        "https://банк.рф",
        "банк.рф",
        "слово банк.рф слово",
        "https://bänk.example",
        "bаnk.example",
        "xn--bnk-5cd.example",
        "银行.中国",
    ),
    *(
        "https://user@bank.example",
        "https://bank.example@evil.example",
        "https:\\\\bank.example",
        "https:/bank.example",
        "https:// bank.example",
    ),
    *("bank[.]example", "hxxps://bank[.]example", "bank(dot)example", "https://bank%2Eexample"),
    *(
        "ｂａｎｋ.example",
        "bank。example",
        "bank．example",
        "bank․example",
        "https∶//bank.example",
        "https:∕∕bank.example",
    ),
    *("me@bank.example", "mailto:me@bank.example", "Jo <me@bank.example>"),
    *(
        "bank.example/login?x=1",
        "bank.example:8080",
        "www.bank.example.",
        "bank.co.uk",
        "https://bank",
        "https://bank.example…",
        "  bank.example\n",
    ),
    *(
        "https://evil.example and https://bank.example",
        "evil.example bank.example",
        "h t t p s : / / b a n k . e x a m p l e",
    ),
    "x " * 5_000 + "https://bank.example",
]


@pytest.mark.parametrize("shown", BANK, ids=lambda shown: ascii(shown[:40]))
def test_every_link_that_shows_another_address_asks(shown):
    link = inspect("https://evil.example/x", shown)
    assert link.warnings == {LinkWarning.OTHER_HOST}
    assert link.asks


@pytest.mark.parametrize(
    "shown",
    [
        *(
            "click here",
            "version 2.1.0",
            "1.2.3.4.5",
            "invoice.pdf",
            "report.xlsx",
            "Node.js docs",
            "e.g. this",
            "U.S.A.",
            "10.5",
            "2024.01.02",
        ),
        *("12.50 EUR", "Wait... there", "@handle", "#4711", "Well done.Bob will call", "see notes.txt and a.png", ""),
        *(
            "evil.example",
            "https://evil.example/",
            "www.evil.example.",
            "EVIL.example",
            "See evil.example.",
            "info@evil.example",
            "http://evil.example:80",
        ),
        *(
            "https://evil.example/bank.example",
            "evil.example/bank.example",
            "https://evil.example/?u=https://bank.example",
        ),
    ],
)
def test_a_text_that_shows_no_other_address_does_not_ask(shown):
    assert not inspect("https://evil.example/x", shown).asks


@pytest.mark.parametrize(
    ("url", "shown", "asks"),
    [
        ("https://login.bank.example/", "bank.example", False),
        ("https://bank.example/", "login.bank.example", True),
        ("https://bank.example.evil.example/", "bank.example", True),
        ("https://notbank.example/", "bank.example", True),
        ("mailto:jo@bank.example", "jo@bank.example", False),
        ("mailto:jo@bank.example", "Mail Jo <JO@bank.example>", False),
        ("mailto:jo@bank.example", "www.bank.example", False),
        ("mailto:jo@bank.example", "al@bank.example", True),
        ("mailto:jo@evil.example", "https://bank.example", True),
        ("tel:+493012345678", "030 12345678", False),
        ("tel:+493012345678", "+49 (0)30 1234-5678".replace("(0)", ""), False),
        ("tel:+493012345678", "Call us", False),
        ("tel:+4990099999999", "030 12345678", True),
        ("tel:+493012345678", "https://bank.example", True),
    ],
)
def test_the_part_of_a_site_a_mailbox_and_a_number_are_compared_with_what_is_shown(url, shown, asks):
    assert inspect(url, shown).asks is asks


def test_what_is_shown_is_compared_in_time_whatever_it_is():
    started = time.process_time()
    for shown in (
        "a." * 50_000,
        "@" * 100_000,
        "https://" * 20_000,
        "1.2.3." * 20_000,
        "[.] " * 30_000,
        "+1 " * 50_000,
    ):
        inspect("https://evil.example/", shown)
    took = time.process_time() - started
    print(f"{took * 1000:.0f} ms")
    assert took < 5


@pytest.mark.parametrize(
    "url",
    [
        # A37
        *(
            "http://good.com@evil.example",
            "https://good.com:pw@evil.example/",
            "https://good.com%2eevil.example",
            "https://evil.example\\@good.com",
        ),
        *(
            "https://good.com。evil.example",
            "https://good.com．evil.example",
            "https://evil.example\\.good.com",
            "https:evil.example",
            "https:///evil.example",
        ),
        *(
            "https://good.com:99999/",
            "https://good.com:8x/",
            "https://a..b/",
            "https://-a.example",
            "https://faß.example",
            "https://",
            "https://[::1",
            "https://1.2.3.4.5",
        ),
        *("https://a\u200db.example", "https://good.com /x".replace(" ", "\u3000")),
        # A39
        *(
            "https://a.example/\u202egpj.exe",
            "https://a.exa\u200bmple/",
            "https://a.example/\u00adx",
            "https://a.example/\ufeff",
            "https://a.example/\U000e0041",
        ),
        # A40
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:1",
            "file:///etc/passwd",
            "smb://x/y",
            "ms-msdt:/id",
            "search-ms:query=x",
            "vscode://x",
            "intent:#x",
        ),
        *(
            "ssh://x",
            "magnet:?xt=1",
            "tel:*#06#",
            "tel:%2A%2306%23",
            "data:text/html,x",
            "ftp://x",
            "cid:1",
            "//x.example",
            "x.example",
            "",
            "qrc:/x",
            ":",
        ),
        # A41
        *(
            "mailto:",
            "mailto:?attach=/etc/passwd&bcc=x@y.example",
            "mailto:a@b.example%0d%0aBcc:x@y.example",
            "mailto:a%20b",
        ),
        # A42
        *(
            "https://a.example/\nx",
            "https://a.example/\r\nHost: b",
            "https://a.example/\tx",
            "https://a.example/" + "x" * 10_000,
        ),
    ],
)
def test_what_programs_read_differently_is_never_opened(url):
    link = inspect(url)
    assert link.refused
    assert link.url == ""
    assert clean_href(url) is None


@pytest.mark.parametrize(
    ("url", "host", "warning"),
    [
        ("https://аpple.com/", "xn--pple-43d.com", LinkWarning.MIXED_SCRIPT),  # A38
        ("https://xn--pple-43d.com/", "xn--pple-43d.com", LinkWarning.MIXED_SCRIPT),
        ("https://bücher.example/", "xn--bcher-kva.example", LinkWarning.IDN),
        ("https://ﬁnance.example/", "finance.example", LinkWarning.IDN),
        ("https://ｇoogle.example/", "google.example", LinkWarning.IDN),
        ("http://127.0.0.1/", "127.0.0.1", LinkWarning.IP_LITERAL),
        ("http://2130706433/", "127.0.0.1", LinkWarning.IP_LITERAL),
        ("http://0x7f.1/", "127.0.0.1", LinkWarning.IP_LITERAL),
        ("http://0177.0.0.1/", "127.0.0.1", LinkWarning.IP_LITERAL),
        ("http://[::1]/", "[::1]", LinkWarning.IP_LITERAL),
        ("https://a.example:8443/x", "a.example", LinkWarning.PORT),
        ("https://bit.ly/x", "bit.ly", LinkWarning.SHORTENED),
        ("https://a.example/" + "x" * 2_000, "a.example", LinkWarning.LONG),
    ],
)
def test_the_real_host_is_shown_with_the_reason_to_ask(url, host, warning):
    link = inspect(url)
    assert link.host_ace == host
    assert warning in link.warnings
    assert not link.refused


def test_the_address_that_opens_holds_the_host_that_is_shown():
    assert inspect("https://ﬁnance.example/ä?ö=ü").url == "https://finance.example/%C3%A4?%C3%B6=%C3%BC"
    assert inspect("HTTPS://Example.COM:443/A%20b").url == "https://example.com/A%20b"


def test_mail_links_keep_only_recipient_subject_and_body():
    """A41."""
    url = "mailto:a@b.example,c@d.example?subject=Hi%0aBcc:x&body=a%0D%0Ab&bcc=x@y&attach=/etc/passwd&cc=z@z"
    link = inspect(url)
    assert link.url == "mailto:a@b.example,c@d.example?subject=Hi%20Bcc%3Ax&body=a%0Ab"
    assert link.host_ace == "b.example"


def test_phone_links_keep_digits_only():
    assert inspect("tel:+49 (30) 123-456").url == "tel:+4930123456"


def test_judging_a_cleaned_address_again_changes_nothing():
    for url in (
        "https://a.example/x y?q=a|b",
        "mailto:a@b.example?subject=a%26b",
        "tel:+1 2",
        "https://bücher.example/ä",
        "http://[::1]:80/",
    ):
        cleaned = clean_href(url)
        assert cleaned is not None
        assert clean_href(cleaned) == cleaned


def test_a_long_address_is_cut_in_the_middle_for_display():
    """A42."""
    shown = for_display("https://evil.example/" + "x" * 9_000 + "/good.com")
    assert len(shown) <= 125
    assert shown.startswith("https://evil.example/")
    assert shown.endswith("/good.com")
