import pytest

from deskhand.domain.problems import Gone, Invalid, Misunderstood
from deskhand.vendors.http.address import check_base_url, resolve, segment


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
def test_an_unsafe_base_address_is_refused_in_words_at_its_field(given):
    with pytest.raises(Invalid) as caught:
        check_base_url(given)
    assert caught.value.fields["base_url"].endswith(".")
    assert "pass" not in str(caught.value).replace("password", "")


def test_an_id_cannot_climb_out_of_its_path():
    assert segment("a/../b?c#d") == "a%2F..%2Fb%3Fc%23d"
    for impossible in ("", ".", ".."):
        with pytest.raises(Gone):
            segment(impossible)


@pytest.mark.parametrize(
    ("named", "base", "used"),
    [
        ("/up/1?sig=x", "https://api.example.com/v1", "https://api.example.com/up/1?sig=x"),
        ("https://store.example.net/x", "https://api.example.com", "https://store.example.net/x"),
        ("http://127.0.0.1:9/x", "http://127.0.0.1:8", "http://127.0.0.1:9/x"),
    ],
)
def test_an_address_that_the_vendor_names_is_resolved(named, base, used):
    assert resolve(named, base) == used


@pytest.mark.parametrize(
    ("named", "base"),
    [
        ("http://store.example.net/x", "https://api.example.com"),
        ("http://127.0.0.1/x", "https://api.example.com"),
        ("https://localhost/x", "https://api.example.com"),
        ("http://10.0.0.1/x", "http://127.0.0.1:8"),
        ("file:///etc/passwd", "http://127.0.0.1:8"),
        ("https://[::1/x", "https://api.example.com"),
    ],
)
def test_an_address_that_is_not_safe_is_not_used(named, base):
    with pytest.raises(Misunderstood):
        resolve(named, base)
