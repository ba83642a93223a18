"""What styles hide stays hidden, what they mean stays, and nothing else of them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.content.colours import HUES, colour
from deskhand.content.plain import snippet
from deskhand.content.sanitize import sanitize
from deskhand.content.styles import declarations


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">{}</div>',
        '<span style="DISPLAY : none !important;font-size:12px">{}</span>',
        "<p style='color:red;/* x */display:none'>{}</p>",
        "<div hidden>{}</div>",
        "<div style='visibility:hidden'>{}</div>",
        "<div style='opacity:0'>{}</div>",
        "<div style='max-height:0px;overflow:hidden'>{}</div>",
        "<div style='height:0;overflow:hidden'>{}</div>",
        "<div style='font-size:0'>{}</div>",
        "<span style='font-size:1px;line-height:1px'>{}</span>",
        "<span style='font:0/0 a'>{}</span>",
        "<span style='color:#fff;background:#ffffff'>{}</span>",
        "<font color=white style='background-color:rgb(255, 255, 255)'>{}</font>",
        "<table><tr><td bgcolor=#eeeeee style='color:#eee'>{}</td></tr></table>",
        "<div style='display:none;max-height:0;mso-hide:all'><div><b>{}</b><img src=x alt=alt></div></div>",
        "<table style='display:none'><tr><td>{}</td></tr></table>",
    ],
)
def test_hidden_text_is_in_nothing_that_is_shown(hidden):
    sanitized = sanitize(f"{hidden.format('preheader')}<p>Hello</p>")
    assert "preheader" not in sanitized.html
    assert sanitized.text == "Hello"
    assert snippet(sanitized.text) == "Hello"
    assert sanitized.images == ()


@pytest.mark.parametrize(
    "shown",
    [
        "<table><tr><td style='font-size:0'><p style='font-size:14px'>{}</p></td></tr></table>",
        "<div style='font-size:0'><table><tr><td>{}</td></tr></table></div>",
        "<div style='font-size:0'><span class=body>{}</span></div>",
        "<div style='font-size:0'><font size=3>{}</font></div>",
        "<div style='font-size:0'><span style='font:14px Arial'>{}</span></div>",
        "<div style='visibility:hidden'><p style='visibility:visible'>{}</p></div>",
        "<div hidden style='display:block'>{}</div>",
        "<div style='max-height:0'>{}</div>",
        "<table><tr><td style='height:0;overflow:hidden'>{}</td></tr></table>",
        "<a href='https://x.example/' style='background:#06c;color:#fff;mso-hide:all'>{}</a>",
        "<table><tr><td bgcolor=white><a style='color:white' class=button href='https://x.example/'>{}</a></td></tr></table>",
        "<table><tr><td style='background:#fff url(x.png);color:#fff'>{}</td></tr></table>",
        "<div style='background:#fff;color:#fff'><b style='color:red'>{}</b></div>",
        "<div style='color:#fff'>{}</div>",
        "<div style='opacity:0.5;font-size:0.9em'>{}</div>",
        "<div style='line-height:0;text-indent:0;margin:0;display:block'>{}</div>",
        "<div aria-hidden=true>{}</div>",
        "<div style='content:\"display:none\"'>{}</div>",
        "<div style='x:url(display:none)'>{}</div>",
    ],
)
def test_what_can_be_seen_or_may_be_is_shown(shown):
    assert "words" in sanitize(f"<p>x</p>{shown.format('words')}").text


def test_a_message_of_which_all_is_hidden_is_shown_as_it_came():
    assert sanitize("<div style='display:none'>all of it</div>").text == "all of it"


@pytest.mark.parametrize(
    ("html", "sanitized"),
    [
        ("<p style='text-decoration:line-through'>old</p>", "<p><s>old</s></p>"),
        ("<span style='text-decoration-line: underline line-through'>x</span>", "<u><s>x</s></u>"),
        (
            "<strike>a</strike><del>b</del><ins>c</ins><mark>d</mark><q>e</q>",
            "<s>a</s><s>b</s><u>c</u><mark>d</mark>“e”",
        ),
        ("<span style='font-weight:bold;font-style:italic'>x</span>", "<b><i>x</i></b>"),
        ("<span style='font:italic bold 12px Arial'>x</span>", "<b><i>x</i></b>"),
        (
            "<p style='font-weight:600'>x <a href='https://x.example/'>l</a></p>",
            '<p><b>x </b><a href="https://x.example/"><b>l</b></a></p>',
        ),
        ("<b style='font-weight:normal'><span style='font-weight:700'>a</span> b</b>", "<b>a</b> b"),
        ("<b style='font-weight:bold'>x</b>", "<b>x</b>"),
        ("H<span style='vertical-align:sub'>2</span>O", "H<sub>2</sub>O"),
        ("<p>Q?<br><span style='color:#c00000'>answer</span></p>", '<p>Q?<br><span class="red">answer</span></p>'),
        (
            "<font color=blue>a</font><font color=#008000>b</font>",
            '<span class="blue">a</span><span class="green">b</span>',
        ),
        (
            "<span style='color:rgb(255, 140, 0)'>a</span><span style='color:purple'>b</span>",
            '<span class="orange">a</span><span class="purple">b</span>',
        ),
        ("<div style='color:red'>a<span style='color:#333'>b</span></div>", '<div><span class="red">a</span>b</div>'),
        ("<span style='background-color:rgb(255,255,0)'>a</span>", "<mark>a</mark>"),
        ("<span style='background:yellow'>a<span style='background:white'>b</span></span>", "<mark>a</mark>b"),
        ("<p style='color:#333;background:#eee'>a</p><div style='background:#06c'>b</div>", "<p>a</p><div>b</div>"),
        (
            "<a href='https://x.example/' style='color:red;text-decoration:none'>l</a>",
            '<a href="https://x.example/">l</a>',
        ),
        ("<p style='direction:rtl'>a</p>", '<p dir="rtl">a</p>'),
    ],
)
def test_styles_that_mean_something_become_elements(html, sanitized):
    assert sanitize(html).html == sanitized
    assert sanitize(sanitized).html == sanitized


@pytest.mark.parametrize(
    ("html", "sanitized"),
    [
        ("<div>a</div><div><br></div><div>b</div>", "<div>a</div><div>&nbsp;</div><div>b</div>"),
        ("<div>a<br></div>b<br><div>c</div>", "<div>a</div><div>b</div><div>c</div>"),
        ("<div>a</div><br><div>b</div>", "<div>a</div><div>&nbsp;</div><div>b</div>"),
        ("a<br><br>b", "a<br><br>b"),
        ("<div>a<br><br></div>b", "<div>a<br>&nbsp;</div><div>b</div>"),
        ("<p><span><br></span></p>x", "<p>&nbsp;</p><div>x</div>"),
        ("<div><br>a</div>", "<div><br>a</div>"),
        ("a<br><br>", "a"),
        ("<ul><li>a<br></li><li><br></li></ul>", "<ul><li>a</li><li>&nbsp;</li></ul>"),
        ("<pre>a<br></pre>b", "<pre>a<br></pre><div>b</div>"),
    ],
)
def test_a_blank_line_is_one_line(html, sanitized):
    assert sanitize(html).html == sanitized
    assert sanitize(sanitized).html == sanitized


@pytest.mark.parametrize(
    ("html", "sanitized"),
    [
        ("<div>a</div>b", "<div>a</div><div>b</div>"),
        ("<div>a</div> <i>b</i> c<p>d</p>", "<div>a</div><div> <i>b</i> c</div><p>d</p>"),
        ("<b><div>a</div>b</b> c", "<b><div>a</div><div>b</div></b><div> c</div>"),
        ("<ul><li>a<div>b</div>c</li></ul>", "<ul><li>a<div>b</div><div>c</div></li></ul>"),
    ],
)
def test_text_behind_a_block_is_no_part_of_its_last_word(html, sanitized):
    assert sanitize(html).html == sanitized
    assert sanitize(sanitized).html == sanitized


def test_blank_lines_are_in_the_text_too():
    assert sanitize("<div>a</div><div><br></div><div>b<br></div><div>&nbsp;</div>c").text == "a\n\nb\n\nc"


@pytest.mark.parametrize("depth", [100, 213, 400])
def test_a_thread_answered_a_hundred_times_keeps_its_formatting(depth):
    html = (
        "".join(f"<blockquote><div>level {n}</div>" for n in range(depth))
        + "<p><b>end</b></p>"
        + "</blockquote>" * depth
    )
    sanitized = sanitize(html)
    assert sanitized.notice is None
    assert "<b>end</b>" in sanitized.html
    lines = [line.lstrip("> ") for line in sanitized.text.split("\n") if line.strip("> ")]
    assert lines == [*(f"level {n}" for n in range(depth)), "end"]
    assert sanitize(sanitized.html).html == sanitized.html


def test_deep_tables_keep_their_cells_apart():
    html = (
        "<div>" * 95 + "<table><tr><td>Invoice 12</td><td>345 EUR</td></tr><tr><td>x</td></tr></table>" + "</div>" * 95
    )
    assert sanitize(html).text == "Invoice 12 345 EUR\nx"


def test_lines_of_preformatted_text_are_not_broken():
    lines = [
        f"{n:04d} a line of a log that is about as long as lines of logs are, and a bit longer" for n in range(400)
    ]
    html = sanitize(f"<pre>{chr(10).join(lines)}</pre>").html
    assert re.findall(r"\d{4} [^<\n]+", html) == lines
    assert sanitize(html).html == html


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("abcdisplay:none;color#f0()'\"/*\\!url{}@-% \n"), max_size=60))
def test_any_style_yields_plain_facts_only(style):
    for name, value in declarations(style).items():
        assert re.fullmatch(r"[a-z-]{2,30}", name)
        assert isinstance(value, str)
    html = '<p>x<span style="{}">y</span></p>'.format(style.replace('"', "&quot;"))
    sanitized = sanitize(html)
    assert set(re.findall(r"<(\w+)", sanitized.html)) <= {"p", "span", "mark", "b", "i", "u", "s", "sub", "sup", "br"}
    assert set(re.findall(r'class="(\w+)"', sanitized.html)) <= set(HUES)
    assert "style" not in sanitized.html
    assert sanitize(sanitized.html).html == sanitized.html


def test_colours_are_read_in_every_notation():
    assert colour("#f00") == colour("red") == colour("rgb(255,0,0)") == colour("RGB(255 0 0)") == (255, 0, 0)
    assert colour("rgba(255,0,0,0.2)") is None
    assert colour("windowtext") is None
    assert colour("#ff000080") is None


def test_a_body_of_nothing_but_styles_stays_small():
    html = "".join(f"<span style='font-weight:bold;font-style:italic;color:red'>{n} </span>" for n in range(5_000))
    sanitized = sanitize(html)
    assert sanitized.html.count("<b>") <= 1_000
    assert "4999" in sanitized.text
