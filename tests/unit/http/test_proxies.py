"""A proxy is understood in every usual form, or named in a sentence that says what to do."""

import pytest

from deskhand.domain.problems import Offline
from deskhand.http.proxies import bypasses, parse_proxy, proxy_for
from deskhand.http.transport import build_client

URL = "https://api.example.com/v1"

UNDERSTOOD = {
    "http://proxy.example:3128": "http://proxy.example:3128",
    "http://proxy.example:3128/": "http://proxy.example:3128",
    "HTTP://Proxy.example:3128": "http://Proxy.example:3128",
    "https://proxy.example": "https://proxy.example:443",
    "http://proxy.example": "http://proxy.example:80",
    "proxy.example:3128": "http://proxy.example:3128",
    "proxy": "http://proxy:80",
    "//proxy.example:3128": "http://proxy.example:3128",
    ' "http://proxy.example:3128" ': "http://proxy.example:3128",
    "10.0.0.1:8080": "http://10.0.0.1:8080",
    "http://[2001:db8::1]:3128": "http://[2001:db8::1]:3128",
    "[2001:db8::1]:3128": "http://[2001:db8::1]:3128",
    "http://2001:db8::1": "http://[2001:db8::1]:80",
    "http://jane:pass@proxy.example:3128": "http://jane:pass@proxy.example:3128",
    "jane:pass@proxy.example:3128": "http://jane:pass@proxy.example:3128",
    "http://CORP%5Cjane:p%40ss@proxy.example:3128": "http://CORP%5Cjane:p%40ss@proxy.example:3128",
    "http://jane:p@s/s#w?rd:x@proxy.example:3128": "http://jane:p%40s%2Fs%23w%3Frd%3Ax@proxy.example:3128",
    "http://jane@proxy.example:3128": "http://jane:@proxy.example:3128",
    "http://proxy.example:3128/path?query#part": "http://proxy.example:3128",
}
SOCKS = [f"{scheme}://127.0.0.1:1080" for scheme in ("socks", "socks4", "socks4a", "socks5", "socks5h", "SOCKS5")]
GARBAGE = ["http://", "://", "http://[::1", "http://::1]:80", "ftp://proxy:21", "http://proxy:port", "http://proxy:0",
           "http://proxy:99999", "http://pro xy:80", "http://proxy:80:80", "@", "http://a:b@", "direct://", "-", "http://\x00"]  # fmt: skip


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("http", "https", "all", "no"):
        for name in (f"{kind}_proxy", f"{kind}_PROXY".upper()):
            monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("written", UNDERSTOOD)
async def test_a_usual_form_is_understood_and_a_client_can_be_built_with_it(written, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", written)
    assert proxy_for(URL) == UNDERSTOOD[written]
    await build_client(URL, keep_alive=True).aclose()


@pytest.mark.parametrize("written", SOCKS)
@pytest.mark.parametrize("name", ["ALL_PROXY", "all_proxy", "HTTPS_PROXY"])
def test_a_socks_proxy_is_named_with_what_to_do(written, name, monkeypatch):
    monkeypatch.setenv(name, written)
    with pytest.raises(Offline) as caught:
        proxy_for(URL)
    assert caught.value.detail.startswith(f"{name} names a SOCKS proxy")
    assert "HTTPS_PROXY" in caught.value.detail


def test_a_desktop_that_sets_socks_beside_http_uses_http(monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "socks://10.0.0.1:1080/")
    monkeypatch.setenv("HTTPS_PROXY", "http://10.0.0.1:8080/")
    assert proxy_for(URL) == "http://10.0.0.1:8080"


@pytest.mark.parametrize("written", GARBAGE)
def test_what_is_no_proxy_is_named_without_what_it_holds(written):
    with pytest.raises(Offline) as caught:
        parse_proxy(written, "https_proxy")
    assert caught.value.detail.startswith("https_proxy is not the address of a proxy")


def test_a_password_in_a_setting_that_cannot_be_used_is_not_said():
    for written in ("socks5://jane:S3cretWord@proxy:1080", "ftp://jane:S3cretWord@proxy"):
        with pytest.raises(Offline) as caught:
            parse_proxy(written, "all_proxy")
        assert "S3cretWord" not in caught.value.detail


@pytest.mark.parametrize("setting", ["", "   "])
def test_an_empty_setting_is_none(setting, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", setting)
    assert proxy_for(URL) is None


@pytest.mark.parametrize(
    "written",
    [
        "*", "api.example.com", "example.com", ".example.com", "*.example.com", "API.Example.com", "other, example.com",
        "other example.com", "api.example.com:443", "api.example.com.", " ,, example.com ,",
    ],
)  # fmt: skip
def test_a_name_in_no_proxy_is_reached_directly(written, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:3128")
    monkeypatch.setenv("NO_PROXY", written)
    assert proxy_for(URL) is None


@pytest.mark.parametrize(
    "written", ["", "ample.com", "api.example.com:8443", "example.co", "api", "[", "*.*", ",", "10.0.0.0/8"]
)
def test_another_name_in_no_proxy_changes_nothing(written):
    assert not bypasses("api.example.com", 443, written)


def test_networks_and_addresses_in_no_proxy_are_understood():
    assert bypasses("10.1.2.3", 443, "10.0.0.0/8")
    assert bypasses("10.1.2.3", 443, "10.1.2.3")
    assert not bypasses("11.1.2.3", 443, "10.0.0.0/8")
    assert bypasses("2001:db8::5", 443, "2001:db8::/32")
    assert bypasses("2001:db8::5", 443, "[2001:db8::5]")


def test_this_computer_is_never_asked_for_through_a_proxy(monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "socks://nonsense")
    for host in ("localhost", "127.0.0.1", "[::1]"):
        assert proxy_for(f"http://{host}:8080/") is None
