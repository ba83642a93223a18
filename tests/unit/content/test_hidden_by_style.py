"""What only seems to be hidden or introduced by a style is shown."""

import pytest
from tests.helpers.mail_corpus import words_of

from deskhand.content.quotes import divide
from deskhand.content.sanitize import sanitize

_HISTORY = """<div class="gmail_quote"><div class="gmail_attr">On Mon, Mar 3, 2025 at 10:00 AM Bob &lt;b@shop.example&gt; wrote:</div>\
<blockquote class="gmail_quote">Which size?</blockquote></div>"""


def _own(body: str) -> str:
    return words_of(divide(sanitize(body).html).own)


@pytest.mark.parametrize(
    "style",
    [
        "font-size:0;font:14px Arial",
        "background-color:#fff;color:#fff;background:#000",
        "background-color:#fff;color:#fff;background:none",
        "margin-left:-9999px;margin:0",
        "margin-top:-9999px;margin:0 auto",
    ],
)
def test_a_later_shorthand_takes_back_what_was_said_of_its_parts(style: str):
    assert _own(f'<p style="{style}">30 cm</p><p>Ann</p>') == "30 cm Ann"


@pytest.mark.parametrize(
    "style", ["font:14px Arial;font-size:0", "background:#fff;color:#fff", "margin:0;margin-left:-9999px"]
)
def test_what_is_said_last_of_a_part_holds(style: str):
    assert _own(f'<p style="{style}">x</p><p>Ann</p>') == "Ann"


def test_an_answer_that_nobody_could_see_is_shown_when_nothing_else_is_said():
    sanitized = sanitize(f'<div style="color:#fff;background-color:#fff">30 cm</div>{_HISTORY}')
    assert words_of(divide(sanitized.html).own) == "30 cm"


@pytest.mark.parametrize("body", ["<div>30 cm</div>{}", "{}<div>30 cm</div>"])
def test_a_preheader_stays_hidden_beside_an_answer(body: str):
    assert "preview" not in sanitize(f'<div style="display:none">preview</div>{body.format(_HISTORY)}').text


def test_a_part_with_a_line_above_like_outlooks_header_is_no_history():
    body = """<div class="WordSection1"><p>Yes.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">\
<p>My second question is about order 4711.</p></div><p>Please call.</p></div>"""
    assert _own(body) == "Yes. My second question is about order 4711. Please call."
