"""A proxy whose number is wrong is named as such; what is said is not that the vendor's address is none."""

import pytest

from deskhand.domain.problems import Offline
from deskhand.http.proxies import parse_proxy


@pytest.mark.parametrize("host", ["10.0.0.300", "10.0.0.1.1", "010.0.0.1", "10.0.0", "1234567", "10..0.1"])
@pytest.mark.parametrize("form", ["http://{}:3128", "{}:3128", "http://jane:pass@{}"])
def test_a_proxy_with_a_number_that_is_no_address_is_named(host, form):
    with pytest.raises(Offline) as caught:
        parse_proxy(form.format(host), "HTTPS_PROXY")
    assert caught.value.detail.startswith("HTTPS_PROXY is not the address of a proxy.")
    assert "pass" not in caught.value.detail


@pytest.mark.parametrize("host", ["10.0.0.30", "1e100.example", "3com.example", "10.0.0.1a", "[::ffff:10.0.0.1]"])
def test_a_name_that_begins_with_a_digit_is_a_name(host):
    assert parse_proxy(f"http://{host}:3128", "HTTPS_PROXY").endswith(":3128")
