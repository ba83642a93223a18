"""Own words that stand right beside quoted history and look a little like it."""

import pytest
from tests.helpers.mail_corpus import words_of

from deskhand.content.quotes import divide, divide_plain
from deskhand.content.sanitize import sanitize

_ATTRIBUTION = "On Mon, Mar 3, 2025 at 10:00 AM Bob Vance &lt;bob@shop.example&gt; wrote:"
_HEADER = """<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">\
<b>From:</b> Bob Vance &lt;bob@shop.example&gt;<br><b>Sent:</b> Monday, March 3, 2025 10:00 AM<br>\
<b>To:</b> Ann Lee &lt;ann@home.example&gt;<br><b>Subject:</b> Re: Lid</p></div>"""


def _own(body: str) -> str:
    return words_of(divide(sanitize(body).html).own)


@pytest.mark.parametrize(
    ("begin", "quotation", "end"),
    [
        ('<div class="gmail_quote"><div class="gmail_attr">{}<br></div>', '<blockquote class="gmail_quote">{}</blockquote>', "</div>"),
        ('<div class="protonmail_quote">{}<br>', '<blockquote class="protonmail_quote" type="cite">{}</blockquote>', "</div>"),
        ('<div class="moz-cite-prefix">{}<br></div>', '<blockquote type="cite">{}</blockquote>', ""),
    ],
    ids=["gmail", "proton", "thunderbird"],
)  # fmt: skip
def test_an_answer_that_begins_with_a_greater_than_sign_stays_in_sight(begin: str, quotation: str, end: str):
    body = f"<div>Hi Bob,</div>{begin.format(_ATTRIBUTION)}{quotation.format('How many?')}<div>&gt; 500 pieces</div>"
    assert "> 500 pieces" in _own(f"{body}{end}")
    assert "> 500 pieces" in _own(f"{body}{quotation.format('Which colour?')}{end}")


def test_a_line_with_a_greater_than_sign_above_the_history_stays_in_sight():
    body = f"""<html><body><div>We need</div><div>&gt; 500 pieces</div><div><br><blockquote type="cite">{_ATTRIBUTION}<br></blockquote></div>\
<blockquote type="cite"><div>How many?</div></blockquote></body></html>"""
    assert _own(body) == "We need > 500 pieces"


@pytest.mark.parametrize("last", ["Date: 4 March", "Subject: invoice 4711", "Sent: yesterday", "From: Amsterdam"])
def test_a_last_line_with_a_label_is_no_part_of_the_header_below(last: str):
    body = f'<div class="WordSection1"><p class="MsoNormal">As before.</p><p class="MsoNormal">{last}</p>{_HEADER}<p>Which?</p></div>'
    assert _own(body) == f"As before. {last}"


def test_a_last_line_about_a_date_is_no_part_of_the_header_below():
    body = f'<div class="WordSection1"><p>Yes.</p><p>Order 4711 of 03.03.2025 10:00</p><p>as Ann wrote:</p>{_HEADER}<p>Which?</p></div>'
    assert _own(body).startswith("Yes. Order 4711 of 03.03.2025 10:00 as Ann wrote:")


def test_a_line_that_says_somebody_wrote_is_no_part_of_a_quotation_that_says_so_itself():
    body = f"""<html><body><div>Hello</div><div>Your colleague wrote:</div><div><blockquote type="cite"><div>{_ATTRIBUTION}</div>\
<div>Hello Ann,</div><div>which size?</div></blockquote></div></body></html>"""
    assert "Your colleague wrote:" in _own(body)


@pytest.mark.parametrize(
    "line", ["Továbbított levél kezdete:", "เริ่มข้อความที่ส่งต่อ:", "İletilen ileti başlangıcı:", "以下は転送です：", "Kutsegula uthenga:"]
)  # fmt: skip
def test_a_mail_that_apple_mail_passes_on_stays_in_sight_in_any_language(line: str):
    body = f"""<html><body>What is this?<br><div><br><blockquote type="cite"><div>{line}</div><br class="Apple-interchange-newline">\
<div><b>From: </b>Bob Vance &lt;bob@shop.example&gt;</div><div><b>Subject: </b>Lid</div><div><b>Date: </b>3 March 2025 at 10:00:12 CET</div>\
<div><b>To: </b>Ann Lee &lt;ann@home.example&gt;</div><br><div>Hello Ann,</div><div>your lid is here.</div></blockquote></div></body></html>"""
    assert _own(body).endswith("your lid is here.")


@pytest.mark.parametrize(
    "lines", ["Order 4711 of 03.03.2025 10:00\nBen wrote:", "Anruf am 03.03.2025 um 10:00 Uhr\nHerr Maier schrieb:"]
)
@pytest.mark.parametrize("above", ["", "Hello,\n"])
def test_two_lines_of_ones_own_are_no_attribution_that_a_program_wrapped(lines: str, above: str):
    text = f"{above}{lines}\n> which size?\n> Ben\n"
    assert divide_plain(text).own.startswith(f"{above}{lines}")
