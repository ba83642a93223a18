"""Whether a body is HTML, and where its lines end."""

import pytest

from deskhand.content.line_breaks import is_html
from deskhand.content.plain import to_text
from deskhand.content.sanitize import sanitize


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "",
        "a < b",
        "Jo <jo@example.com> today",
        "my <title> tag is wrong",
        "List<String> and <T>",
        "Fish &amp; chips",
        "Hi\n\nmy code:\n<div class='x'>x</div>\nthanks\nJo",
        "Hello,\n\nI see <br> in my text\n\nThanks\nJo",
        "<Invoice id='4711'>\n  <Total>12</Total>\n</Invoice>",
        "press <b> to go on",
    ],
)
def test_a_text_that_only_mentions_tags_is_plain(text):
    assert not is_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "<p>x</p>",
        "Hello<br>you",
        "Hello <b>you</b>",
        "<!doctype html>x",
        "<html><body>x\ny\nz</body></html>",
        "a<br>\nb<br>\nc",
        "Hello,<br>my <title> tag",
        "Hello\nmy <b>order</b>\nis late",
        "Hello,<div><br></div><div>second</div>",
    ],
)
def test_what_an_editor_or_a_mail_program_wrote_is_html(text):
    assert is_html(text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Hello\nmy <b>order</b>\nis late\n\nJo", "Hello\nmy order\nis late\n\nJo"),
        ("Hello,\n\nI see <br> in my text\n\nThanks\nJo", "Hello,\n\nI see\nin my text\n\nThanks\nJo"),
        ("Dear team,\nplease help:\n<p>my words</p>\nThanks\nJo", "Dear team,\nplease help:\n\nmy words\n\nThanks\nJo"),
        ("<p>Hello\n\nmy order\nis late</p>", "Hello\n\nmy order\nis late"),
        ("see <a href='https://x.example'>this</a>\nand <i>that</i>", "see this (https://x.example)\nand that"),
        ("<div style='white-space:pre-wrap'>a\n  b\nc</div>", "a\nb\nc"),
        ("<html><body>one\ntwo\n\nthree</body></html>", "one\ntwo\n\nthree"),
    ],
)
def test_lines_that_the_text_ends_itself_stay_lines(html, text):
    assert sanitize(html).text == text
    assert to_text(html) == text
    assert sanitize(sanitize(html).html).html == sanitize(html).html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one\ntwo</p>", "one two"),
        ("<p>\n  Thanks,\n  The Team\n</p>\n<p>\n  more\n</p>", "Thanks, The Team\n\nmore"),
        ("Hello Bob,<br>\nthis is wrapped\nat a width<br>\nend", "Hello Bob,\nthis is wrapped at a width\nend"),
        ("<div>a</div>\n\n<div>b</div>\n", "a\nb"),
        ("<table>\n<tr>\n<td>\n  Order\n\n\n  shipped\n</td>\n</tr>\n</table>", "Order shipped"),
        (
            "This line of the source is long enough to have been wrapped by a program\nand goes on here<br>end",
            "This line of the source is long enough to have been wrapped by a program and goes on here\nend",
        ),
    ],
)
def test_line_ends_of_the_source_are_spaces(html, text):
    assert sanitize(html).text == text
