"""A link on a telephone number asks only where it calls another number than the one that is shown."""

import pytest

from deskhand.content.links import inspect


@pytest.mark.parametrize("link", ["tel:+4930123456", "tel:+49-30-123456", "tel:+49030123456", "tel:030123456"])
@pytest.mark.parametrize("shown", ["+49 (0)30 123456", "+49(0)30-123456", "Tel.: +49 (0) 30 / 12 34 56"])
def test_a_number_with_the_figure_for_calls_within_a_country_is_the_same(shown: str, link: str):
    assert not inspect(link, shown.replace("(0) ", "(0)")).asks


@pytest.mark.parametrize("link", ["tel:+49900123456", "tel:+4930123457", "tel:0900123456"])
def test_another_number_than_the_one_that_is_shown_asks(link: str):
    assert inspect(link, "+49 (0)30 123456").asks
