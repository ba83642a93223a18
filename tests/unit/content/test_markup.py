"""What only looks like markup stays text, and nothing that a reader would see is swallowed."""

import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskhand.content.cleaner import strip
from deskhand.content.markup import scan, write
from deskhand.content.plain import to_text
from deskhand.content.sanitize import sanitize

SWALLOWING = [
    *(
        "title",
        "select",
        "textarea",
        "xmp",
        "plaintext",
        "noscript",
        "template",
        "script",
        "style",
        "iframe",
        "noembed",
        "noframes",
    ),
    *(
        "object",
        "svg",
        "math",
        "video",
        "canvas",
        "applet",
        "button",
        "option",
        "form",
        "input",
        "meta",
        "link",
        "base",
        "frame",
        "img",
    ),
]


@pytest.mark.parametrize("name", SWALLOWING)
@pytest.mark.parametrize(
    "around", ["Hello,<br>my {} tag is wrong", "<p>my {} tag</p><p>is wrong", "<div>my {} tag is wrong</div>"]
)
def test_a_tag_that_is_spoken_of_stays_and_swallows_nothing(name, around):
    html = around.format(f"<{name}>") + "<br>and invoice 4711 is missing</p>"
    text = sanitize(html).text
    assert f"my <{name}> tag" in text
    assert "is wrong" in text
    assert "invoice 4711 is missing" in text
    assert f"<{name}>" in to_text(html)


@pytest.mark.parametrize("name", ["title", "select", "textarea", "script", "style", "iframe", "xmp"])
def test_a_pair_of_tags_that_is_spoken_of_loses_no_word_between_them(name):
    text = sanitize(f"put <{name}> at the top and </{name}> at the end<br>thanks").text
    assert "at the top and" in text
    assert text.endswith("at the end\nthanks")


@pytest.mark.parametrize(
    "words",
    [
        "Jo <jo@example.com> today",
        "Jo <jo@example.com>, Al <al@example.com>",
        "<https://shop.example/a?b=c> and <www.shop.example>",
        "<mailto:jo@example.com> <tel:+49301234>",
        "List<String> names = new ArrayList<>();",
        "Map<String, List<Integer>> and List<A> and vector<int>",
        "a <b and c> d",
        "if x <i && y> z",
        "1 < 2 > 0, a<b, 3>2",
        "<3 you </3",
        "Dear <name>, your <order id> is <status>",
        "<T> and <K,V> and <0>",
        "<soap:Envelope><soap:Body>x</soap:Body></soap:Envelope>",
        '<invoice id="4711"><total>12</total></invoice>',
        "<?php echo 1; ?> and <?xml version='1.0'?>",
        "<![CDATA[kept]]>",
        "press <b> to go on",
        "2024-01-01 [main] <init> ERROR <clinit>:12 at Foo$<lambda>()",
        "<!important> and <! and <- and <-- and ->",
        "x <!-- never closed",
        "<<<<<<< HEAD >>>>>>> main",
        "a </foo> b </3",
        "From: <bounce+x=y@mail.example> by <host[1.2.3.4]>",
        "my <body> tag, my <head> tag and <html> too",
        "my <li> and <td> and <tr> tags",
        'typed <select name="x"> and <input type=text> and <label> in it',
        "use <!DOCTYPE html> at the top",
        "the <stdin> and <module> in <listcomp>",
        "<@U123> said <#C42|general> <!here>",
    ],
)
@pytest.mark.parametrize(
    "around", ["Hello,<br>{}<br>end", "<p>{}</p>", "<div><b>x</b> {}</div>", "<html><body><p>{}</p></body></html>"]
)
def test_what_is_no_tag_is_shown_letter_by_letter(words, around):
    if words.startswith("<?") and "<html>" in around:
        words = "<?php echo 1; ?>"
    sanitized = sanitize(around.format(words))
    assert words in sanitized.text.replace("\n", " ")
    assert sanitize(sanitized.html).html == sanitized.html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<html><head><title>T</title><style>p{}</style><script>x()</script></head><body>x</body></html>", "x"),
        ("<!doctype html><meta charset=utf-8><title>T</title><p>x", "x"),
        ("a<!-- gone -->b<!--[if mso]><p>gone</p><![endif]-->c<![if !mso]>d<![endif]>", "abcd"),
        ("<?xml:namespace prefix = o ns = 'urn:x' /><p>a<o:p>&nbsp;</o:p></p><v:shape id=x></v:shape>b", "a\n\nb"),
        ("a<script>alert(1)</script>b<style>p{color:red}</style>c<iframe src=x></iframe>d", "abcd"),
        ("<noscript>a</noscript><object data=x>b</object><noframes>c</noframes>", "a b c"),
        ("<select name=x><option>One<option>Two</select>", "One\nTwo"),
        ("<textarea rows=2>as <b>typed</b></textarea>", "as <b>typed</b>"),
        (
            "<button>Yes</button><button>No</button><input type=submit value=Go><input type=hidden value=no>",
            "Yes No Go",
        ),
        ("x <svg><title>t</title><text>drawn</text></svg> <math><mi>y</mi><mo>=</mo><mn>2</mn></math>", "x drawn y=2"),
        ("<xmp><b>&amp;</xmp>", "<b>&amp;"),
        (
            '<a href="https://x.example/>text</a> and <a href="https://y.example/">more</a>',
            "text and more (https://y.example/)",
        ),
        ('x<img src="https://a.example/?', 'x<img src="https://a.example/?'),
        ('<td width="10"" nowrap valign=top>a</td><p align>', "a <p align>"),
        ("<FONT COLOR=RED>a</FONT><BR>b<CENTER>c</CENTER>", "a\nb\nc"),
        ('<my-widget class="x">a</my-widget>', '<my-widget class="x">a</my-widget>'),
        ('<html><my-widget class="x">a</my-widget></html>', "a"),
    ],
)
def test_what_is_markup_is_gone_and_what_it_shows_stays(html, text):
    assert sanitize(html).text == text


def test_a_log_full_of_angle_brackets_is_no_attack():
    log = "<p>see</p>" + "<br>".join(f"{n} <init> of List<T> by <jo@x.example>" for n in range(1_500))
    sanitized = sanitize(log)
    assert sanitized.notice is None
    assert "1499 <init> of List<T> by <jo@x.example>" in sanitized.text


def test_cells_without_their_table_and_pictures_words_stay_apart():
    assert sanitize("<td>Invoice 12</td><td>345 EUR</td>").text == "Invoice 12 345 EUR"
    assert sanitize('<img src=x alt="12">345').text == "12 345"


def test_cells_stay_apart_also_where_nothing_is_parsed():
    table = "<table><tr><td>Invoice 12</td><td>345 EUR</td></tr><tr><th>a</th><th>b</th></tr></table>"
    assert strip(table).split() == ["Invoice", "12", "345", "EUR", "a", "b"]
    assert "12345" not in sanitize(table + "<div>" * 3_000).text
    assert to_text(table) == "Invoice 12 345 EUR\na b"


WORDS = st.sampled_from(
    [
        *(
            "word",
            "4711",
            "a<b",
            "<jo@x.example>",
            "<3",
            "List<T>",
            "<!--",
            "-->",
            "&lt;",
            "<",
            ">",
            '"',
            "'",
            "=",
            "\n",
            "\n\n",
            "</",
            "<?x?>",
        ),
        *(f"<{name}>" for name in SWALLOWING),
        *(f"</{name}>" for name in SWALLOWING if name not in ("input", "meta", "link", "base", "frame", "img")),
        *(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<div>",
            "</div>",
            "<br>",
            "<table>",
            "<tr>",
            "<td>",
            "</td>",
            "</table>",
            "<li>",
            "<pre>",
            "</pre>",
        ),
        *(
            '<a href="https://x.example/">',
            "</a>",
            "<p style='color:red'>",
            "<img alt=x src=y>",
            "<b class=x",
            "<![CDATA[",
            "]]>",
        ),
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=25))
def test_no_word_outside_of_tags_is_ever_lost(pieces):
    """Words stand where no script, style sheet, comment or attribute can hold them."""
    marked = [f"w{number}x {piece}" for number, piece in enumerate(pieces)]
    html = " ".join(marked)
    sanitized = sanitize(html)
    seen = re.sub(r"<!--.*?--!?>", "", html, flags=re.DOTALL)
    for name in ("script", "style", "iframe"):
        seen = re.sub(rf"<{name}>.*?</{name}>", "", seen, flags=re.DOTALL)
    seen = re.sub(r"""<[^<>]*=\s*("[^"]*"|'[^']*')[^<>]*>|<b class=x[^<]*""", "", seen)
    for word in re.findall(r"w\d+x", seen):
        assert word in sanitized.text
    assert sanitize(sanitized.html).html == sanitized.html


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=20))
def test_what_was_found_to_be_markup_is_found_again(pieces):
    once = write(scan("".join(pieces).replace("\0", "")))
    assert write(scan(once)).count("&lt;") >= once.count("&lt;")
    assert strip(once).split() == strip(once).split()


@pytest.mark.parametrize(
    "html",
    [
        *("<a " * 100_000, "<a " * 50_000 + ">", "</b " * 100_000 + ">", "<!--" * 100_000, "<![CDATA[" * 50_000 + ">"),
        *('<a href="' * 50_000, '<a b="' * 50_000 + '"x>', "<b x='" * 50_000 + ">", '<a href="<' * 20_000 + ">"),
        *(
            "<svg>" * 50_000 + "</svg>",
            "<svg>" + "<style>" * 30_000 + "</svg>",
            "<script>" * 50_000 + ">",
            "<script>x</script" * 30_000,
        ),
        *("<title>" * 50_000 + "</title>", "<div>" * 100_000, "<x>" * 100_000, "<" * 500_000),
    ],
    ids=lambda html: f"{html[:9]}-{len(html)}",
)
def test_looking_for_markup_takes_time_in_proportion(html):
    started = time.process_time()
    scan(html)
    took = time.process_time() - started
    print(f"{len(html):,} characters in {took * 1000:.0f} ms")
    assert took < 15
