import pytest

from deskhand.domain.problems import Invalid, NotFound, UnexpectedResponse
from deskhand.http.address import absolute_url, check_base_url, is_below, quote_segment


@pytest.mark.parametrize(
    ("given", "used"),
    [
        (" https://api.example.com/ ", "https://api.example.com"),
        ("https://api.example.com/v1/", "https://api.example.com/v1"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.8.9.10:80/x", "http://127.8.9.10:80/x"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_a_safe_base_address_is_taken_without_its_slash(given, used):
    assert check_base_url(given) == used


@pytest.mark.parametrize(
    "given",
    [
        "",
        "api.example.com",
        "http://api.example.com",
        "http://10.0.0.1",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "ftp://api.example.com",
        "https://",
        "https://user:pass@api.example.com",
        "https://api.example.com/?x=1",
        "https://api.example.com/#x",
        "https://api.example.com:99999",
        "https://[::1",
    ],
)
def test_an_unsafe_base_address_is_refused_with_a_sentence_at_its_field(given):
    with pytest.raises(Invalid) as caught:
        check_base_url(given)
    assert caught.value.fields["base_url"].endswith(".")
    assert "pass" not in str(caught.value).replace("password", "")


def test_an_id_cannot_climb_out_of_its_path():
    assert quote_segment("a/../b?c#d") == "a%2F..%2Fb%3Fc%23d"
    for impossible in ("", ".", ".."):
        with pytest.raises(NotFound):
            quote_segment(impossible)


INSIDE = [
    "0.0.0.0",  # noqa: S104 - nothing listens there
    "127.1",
    "127.0.0.1.",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "2130706433",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fd00::1]",
    "localhost.",
    "LOCALHOST.",
    "x.localhost",
    "localhost.localdomain",
    "router",
    "router.local",
    "metadata.google.internal",
    "nas.home.arpa",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
]


@pytest.mark.parametrize(
    ("named", "base", "used"),
    [
        ("/up/1?sig=x", "https://api.example.com/v1", "https://api.example.com/up/1?sig=x"),
        ("https://store.example.net/x", "https://api.example.com", "https://store.example.net/x"),
        ("http://127.0.0.1:9/x", "http://127.0.0.1:8", "http://127.0.0.1:9/x"),
        ("https://store.example.net/x", "http://127.0.0.1:8", "https://store.example.net/x"),
        ("https://93.184.216.34/x", "https://api.example.com", "https://93.184.216.34/x"),
        ("https://[2606:2800:220:1::1]/x", "https://api.example.com", "https://[2606:2800:220:1::1]/x"),
        ("https://files.corp/x", "https://helpdesk.corp", "https://files.corp/x"),
        ("https://10.0.0.9/x", "https://10.0.0.8", "https://10.0.0.9/x"),
        ("https://10.0.0.8/y", "https://10.0.0.8", "https://10.0.0.8/y"),
    ],
)
def test_an_address_that_the_vendor_names_is_resolved(named, base, used):
    assert absolute_url(named, base) == used


@pytest.mark.parametrize(
    ("named", "base"),
    [
        ("http://store.example.net/x", "https://api.example.com"),
        ("http://127.0.0.1/x", "https://api.example.com"),
        ("https://localhost/x", "https://api.example.com"),
        ("http://10.0.0.1/x", "http://127.0.0.1:8"),
        ("file:///etc/passwd", "http://127.0.0.1:8"),
        ("https://[::1/x", "https://api.example.com"),
        ("https://127.0.0.1/x", "https://10.0.0.8"),
        ("https://169.254.169.254/x", "https://helpdesk.corp"),
        ("https://2130706433/x", "https://helpdesk.corp"),
        *((f"https://{host}/x", "https://api.example.com") for host in INSIDE),
        *((f"https://{host}/x", "http://127.0.0.1:8") for host in INSIDE if "127.0.0.1" not in host),
    ],
)
def test_an_address_that_is_not_safe_is_not_used(named, base):
    with pytest.raises(UnexpectedResponse):
        absolute_url(named, base)


@pytest.mark.parametrize(
    ("named", "own"),
    [
        ("https://api.example.com/files/1", True),
        ("https://API.example.com:443/files/1", True),
        ("/files/1", True),
        ("files/1?signature=read", True),
        ("https://files.example.com/1", False),
        ("https://api.example.com:8443/1", False),
        ("https://api.example.com.evil.example/1", False),
        ("https://api.example.com@evil.example/1", False),
        ("//evil.example/1", False),
        ("http://api.example.com/1", False),
        (r"https://evil.example\@api.example.com/1", False),
        ("https://127.0.0.1/1", False),
        ("https://[::1/1", False),
        ("", False),
        (" ", False),
    ],
)
def test_a_file_lies_on_the_accounts_own_server_or_elsewhere(named, own):
    assert is_below(named, "https://api.example.com/v1") is own
    assert not is_below(named, ""), "not known is elsewhere"
