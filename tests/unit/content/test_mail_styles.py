"""What programs hide by other styles than `display:none`, and words that only a style keeps apart."""

import pytest
from tests.helpers.mail_corpus import words_of

from deskhand.content.sanitize import sanitize


def shown(html: str) -> str:
    """Return the words of a body that a person sees."""
    return words_of(sanitize(html).html)


@pytest.mark.parametrize(
    "style",
    [
        "position:absolute;left:-9999px",
        "position:absolute;margin-left:-10000px",
        "text-indent:-9999px",
        "position:absolute;clip:rect(0,0,0,0)",
        "clip:rect(1px, 1px, 1px, 1px);position:absolute !important",
        "position:absolute;width:1px;height:1px;overflow:hidden",
        "clip-path:inset(50%);position:absolute",
        "max-width:0;overflow:hidden",
        "transform:scale(0)",
        "color:transparent",
        "color:rgba(0, 0, 0, 0)",
        "color:#ffffff00",
        "display:none ! important",
        "display:none !important;display:block",
    ],
)
def test_text_that_a_style_takes_out_of_sight_is_not_shown(style: str):
    assert shown(f'<div style="{style}">preheader</div><p>Hello</p>') == "Hello"


@pytest.mark.parametrize(
    "style",
    [
        "margin-left:-100%",
        "text-indent:-36pt",
        "position:absolute;left:-20px",
        "width:1px",
        "overflow:hidden;width:1%",
        "transform:scale(0.5)",
        "position:absolute;clip:rect(0,100px,100px,0)",
        "color:rgb(255, 255, 0)",
        "color:rgba(255, 0, 0, 0.5)",
        "color:#ff0000",
        "color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text",
        "display:block;color:#000 !important",
    ],
)
def test_text_that_a_style_only_moves_or_colours_is_shown(style: str):
    assert shown(f'<div style="{style}">invoice</div><p>Hello</p>') == "invoice Hello"


@pytest.mark.parametrize(
    "sheet",
    [
        ".pre{display:none}",
        "a{color:red} #top, .pre { display : none !important; font-size:1px }",
        "<!-- .pre{display:none} -->",
        ".pre{display:none} @media only screen and (max-width:600px){ .pre{display:block!important} }",
    ],
)
def test_text_that_a_style_sheet_hides_is_not_shown(sheet: str):
    page = (
        f"<html><head><style>{sheet}</style></head><body><div class='pre x'>preheader</div><p>Hello</p></body></html>"
    )
    assert shown(page) == "Hello"


@pytest.mark.parametrize(
    "sheet",
    [
        ".pre{display:none} .pre{display:block}",
        ".pre{display:none} .x{display:block}",
        ".pre{display:none} body .pre{display:block}",
        ".pre{display:none} @media screen{.pre{display:block}}",
        "@media (max-width:600px){.pre{display:none}}",
        ".box .pre{display:none}",
        ".pre:hover{display:none}",
        ".prefix{display:none}",
    ],
)
def test_text_that_a_style_sheet_does_not_surely_hide_is_shown(sheet: str):
    page = f"<html><head><style>{sheet}</style></head><body><div class='pre x'>invoice</div><p>Hello</p></body></html>"
    assert shown(page) == "invoice Hello"


def test_what_an_element_says_itself_counts_more_than_the_sheet():
    assert shown('<style>.pre{display:none}</style><div class="pre" style="display:block">invoice</div>') == "invoice"


@pytest.mark.parametrize(
    "html",
    [
        '<span style="display:block">Invoice 12</span><span style="display:block">345 EUR</span>',
        '<a href="https://x.example/a" style="display:block">Invoice 12</a><a href="https://x.example/b">345 EUR</a>',
        '<span style="display:table-cell">Invoice 12</span><span style="display:table-cell">345 EUR</span>',
        '<span style="float:left">Invoice 12</span><span style="float:right">345 EUR</span>',
        '<span style="display:inline-block;width:100px">Invoice 12</span><span>345 EUR</span>',
        '<div style="display:flex"><span>Invoice 12</span><span>345 EUR</span></div>',
        '<span style="padding-right:20px">Invoice 12</span><b>345 EUR</b>',
        '<span>Invoice 12</span><b style="margin:0 0 0 1em">345 EUR</b>',
    ],
)
def test_words_that_only_a_style_keeps_apart_are_not_run_together(html: str):
    sanitized = sanitize(html)
    assert words_of(sanitized.html) == "Invoice 12 345 EUR"
    assert sanitized.text.replace(" (https://x.example/a)", "").replace(" (https://x.example/b)", "").split() == [
        "Invoice",
        "12",
        "345",
        "EUR",
    ]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<span style="display:inline-block">hel</span>lo', "hello"),
        ('<b style="padding:1px">hel</b>lo', "hello"),
        ('use <code style="padding:2px 6px">go</code>.', "use go."),
    ],
)
def test_a_word_with_a_style_in_it_stays_one(html: str, words: str):
    assert shown(html) == words


def test_lines_that_a_style_makes_keep_their_blank_lines():
    line = '<span style="display:block">{}</span>'
    sanitized = sanitize(line.format("one") + line.format("<br>") + line.format("two"))
    assert sanitized.text == "one\n\ntwo"


def test_a_colour_written_by_hue_is_one():
    assert 'class="red"' in sanitize('<span style="color:hsl(0, 100%, 50%)">my answer</span> yours').html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<table><tr><td>Invoice 12</td><td>345 EUR</td></tr></table>", "Invoice 12 345 EUR"),
        ("Invoice 12<section>345 EUR</section>", "Invoice 12\n345 EUR"),
        ("<dl><dt>Invoice 12</dt><dd>345 EUR</dd></dl>", "Invoice 12\n345 EUR"),
        ("Invoice 12<img src='x' alt='paid'>345 EUR", "Invoice 12 paid 345 EUR"),
        ("in<b>voi</b>ce<wbr>s", "invoices"),
    ],
)
def test_a_body_that_cannot_be_formatted_keeps_its_words_apart(html: str, text: str):
    sanitized = sanitize(f"{html}{'<i>' * 1_100}")
    assert sanitized.notice is not None
    assert sanitized.text == text
