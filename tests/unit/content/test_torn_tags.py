"""No word is lost where a tag's quotation mark is missing, or where keys are named in angle brackets."""

from itertools import product

import pytest
from tests.helpers.mail_corpus import words_of

from deskhand.content.sanitize import sanitize

TAGS = [
    "<a href={}https://x.example/p>",
    "<font face={}Arial size=2>",
    "<p class={}MsoNormal>",
    "<span style={}font-size:10pt; color:red>",
    "<div dir=ltr class={}one two>",
    "<img src=x alt={}a lid>",
    "<table border={}0><tr><td>",
]
BEHIND = [
    "order 4711 isn{}t here.</p><p>Please help</p>",
    "order 4711</a> said {}yes{} to it</p><p>Please help</p>",
    "order 4711 of my customers{} lid</a><p>Please help</p>",
    "order 4711</font> <a href={}https://y.example{}>here</a><p>Please help</p>",
    "order 4711</font><p style={}color:red{}>isn{}t</p><p>Please help</p>",
    "order 4711 of 5{} size</p><p class={}y{}>Please help</p>",
    "order 4711<br>{}lid{}<br>Please help",
    "order 4711 without another one. Please help",
]


@pytest.mark.parametrize("mark", ["'", '"'])
@pytest.mark.parametrize(("tag", "behind"), list(product(TAGS, BEHIND)))
def test_words_behind_a_tag_without_its_last_quotation_mark_are_shown(tag: str, behind: str, mark: str):
    shown = words_of(sanitize(f"<div>Hello {tag}{behind}".replace("{}", mark)).html)
    assert "order 4711" in shown
    assert "Please help" in shown


@pytest.mark.parametrize(
    "html",
    [
        '<p><img alt="a > b" src="x">4711</p>',
        "<p><img alt='a > b' src='x'/>4711</p>",
        '<p><a title="<b>5</b>" href="https://x.example">4711</a></p>',
        """<div data-x='{"html": "<p>it</p>"}'>4711</div>""",
        "<p style=\"font-family:'a>b', serif\">4711</p>",
    ],
)
def test_a_value_with_angle_brackets_is_not_shown(html: str):
    assert words_of(sanitize(html).html).removeprefix("a > b").strip() == "4711"


@pytest.mark.parametrize(
    "text",
    [
        "press <Ctrl>+<Alt>+<Del> now",
        "press <Strg>-<Alt>-<Del> now",
        "press <Ctrl><Alt><Del> now",
        "press <ctrl>+<s> or <ctrl>+<b> now",
        "Ctrl+<Del>+x",
        "my element is <span>",
    ],
)
@pytest.mark.parametrize("around", ["<p>{}</p>", "<div>Hello<br>{}</div>"])
def test_keys_and_names_in_angle_brackets_are_shown(text: str, around: str):
    assert text in words_of(sanitize(around.format(text)).html)


def test_formats_beside_a_sign_stay_formats():
    assert words_of(sanitize("<p>1+<b>2</b>+<i>3</i>-<s>4</s></p>").html) == "1+2+3-4"


@pytest.mark.parametrize(
    "html",
    [
        '<p>Hello</p><a href="https://x.example" order 4711</a> Please help',
        "<p class=MsoNormal order 4711</p><p>Please help</p>",
        '<span style="color:red" order 4711 isn\'t here <b>Please help</b>',
        '<div class="one" order 4711<br>Please help</div>',
        "<p>Hello</td order 4711 ?> Please help</p>",
    ],
)
def test_words_behind_a_tag_without_its_end_are_shown(html: str):
    shown = words_of(sanitize(html).html)
    assert "order 4711" in shown
    assert "Please help" in shown


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td width=5 nowrap <b>4711</b></td></tr></table>",
        '<div class="one" id="two" <p>4711</p>',
        "<p align=center nowrap noshade <b>4711</b>",
        '<p>4711</p class="one">',
        "<p>4711</p\n>",
    ],
)
def test_attributes_of_a_tag_without_its_end_are_not_shown(html: str):
    assert sanitize(html).text == "4711"


@pytest.mark.parametrize("text", ["w0x a<b w1x = w2x <jo@x.example> w3x", "if a<i w1x=w2x <td>w3x</td>"])
def test_a_comparison_in_front_of_a_tag_keeps_its_words(text: str):
    shown = sanitize(text).text
    assert [word for word in ("w1x", "w2x", "w3x") if word not in shown] == []
