"""Words and figures in the cells of a table that only places things stay apart where they stood apart."""

import pytest
from tests.helpers.mail_corpus import words_of

from deskhand.content.sanitize import sanitize


@pytest.mark.parametrize(
    "cell",
    [
        "<b>Order 12</b> <i>345 EUR</i>",
        "<b>Order 12</b>&nbsp;<b>345 EUR</b>",
        "<div><b>Order 12</b> <b>345 EUR</b></div>",
        "<p> <b>Order 12</b>\n<b>345 EUR</b> </p>",
        "<b>Order</b> <a href='https://x.example'>12</a> 345 <u>EUR</u>",
        "<table><tr><td>Order 12</td><td>345 EUR</td></tr></table>",
        "<table dir=rtl><tr><td><b>Order 12</b></td><td><b>345 EUR</b></td></tr></table>",
        "<table><tr><td><table><tr><td>Order 12</td><td>345 EUR</td></tr></table></td><td></td></tr></table>",
    ],
)
@pytest.mark.parametrize("beside", ["open", "<p>open</p>", "<img src='cid:1' alt='open'>"])
def test_what_stood_apart_in_a_cell_stays_apart(cell: str, beside: str):
    sanitized = sanitize(f"<p>Hello</p><table><tr><td>{cell}</td><td>{beside}</td></tr></table>")
    assert words_of(sanitized.html) in ("Hello Order 12 345 EUR open", "Hello Order 12 345 EUR")
    assert "Order 12 345 EUR" in " ".join(sanitized.text.replace("(https://x.example)", "").split())


def test_white_space_at_the_ends_of_a_cell_is_no_gap():
    html = sanitize("<table><tr><td> <b>Order</b> </td><td>\n<p> open </p>\n</td></tr></table>").html
    assert words_of(html) == "Order open"
    assert "> <" not in html
