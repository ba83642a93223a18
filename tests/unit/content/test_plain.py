import random
import re
import time
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.content.plain import matches, normalise_for_matching, plain_to_html, snippet, to_text
from deskhand.content.sanitize import sanitize


def test_html_becomes_paragraphs_lists_links_and_quotations():
    html = (
        "<style>p{}</style><h1>Title</h1><p>One  two<br>three</p><ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>"
        '<p><a href="https://x.example/y">here</a> and <a href="https://x.example/">x.example</a></p><blockquote>q</blockquote>'
        "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>"
    )
    assert to_text(html) == (
        "Title\n\nOne two\nthree\n\n- a\n- b\n  1. c\n\nhere (https://x.example/y) and x.example\n\n> q\n\n1 2\n3"
    )


def test_text_of_html_that_must_not_be_parsed_is_still_readable():
    assert to_text("<b>" * 5_000 + "Hello &amp; <script>x()</script>goodbye<br>end") == "Hello & goodbye\nend"


def test_plain_text_becomes_paragraphs_breaks_and_links():
    html = plain_to_html('a <b> & "c"\nd\n\nsee https://x.example/a_(b)?c=1&d=2. (https://y.example)')
    assert html == (
        '<p>a &lt;b&gt; &amp; "c"<br>d</p><p>see <a href="https://x.example/a_(b)?c=1&amp;d=2">https://x.example/a_(b)?c=1&amp;d=2</a>. '
        '(<a href="https://y.example">https://y.example</a>)</p>'
    )


def test_addresses_that_may_not_be_opened_stay_text():
    assert "<a" not in plain_to_html(
        "https://good.com@evil.example file:///etc/passwd javascript:x http://a\u202eb.example"
    )


def test_indentation_and_columns_are_kept():
    assert to_text(plain_to_html("x\n    code   here\n\ty")).split("\n")[1].replace("\xa0", " ").split() == [
        "code",
        "here",
    ]
    assert "&nbsp;&nbsp;&nbsp; code" in plain_to_html("x\n    code")


def test_a_megabyte_on_one_line_is_split_and_complete():
    """A21: nothing is left out of what we made ourselves."""
    text = "x" * 1_000_000
    started = time.process_time()
    html = plain_to_html(text)
    print(f"1 MB line: {(time.process_time() - started) * 1000:.0f} ms")
    assert re.sub(r"<[^>]*>", "", html) == text
    assert html.count("<p>") == 500


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_plain_text_is_never_markup_and_is_stable_under_sanitizing(text):
    html = plain_to_html(text)
    assert sanitize(html).html == html
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "br", "a", "div"}


def test_a_snippet_is_one_line_cut_between_words():
    assert snippet("Hello\n\n  there\tyou") == "Hello there you"
    cut = snippet("word " * 100, 50)
    assert len(cut) <= 50
    assert cut.endswith("word…")
    assert snippet("x" * 500, 50) == "x" * 49 + "…"
    assert snippet("") == ""


# --- O07: the vendor gives back what we sent, in its own shape

WORDS = [
    "the",
    "order",
    "will",
    "be",
    "refunded",
    "tomorrow",
    "we've",
    "checked",
    "it's",
    '"done"',
    "-",
    "see",
    "https://shop.example/a?b=1&c=2",
    "<0>",
    "if",
    "x",
    "<",
    "3",
    "&&",
    "y",
    ">",
    "4",
    "café",
    "naïve",
    "Ünïcode",
    "100%",
    "€5.00",
    "#1234",
    "it's",
    "(really)",
    "done...",
    "Привет",
    "мир",
    "中文",
    "שלום",
    "😀",
    "👍🏽",
    "❤️",
    "tag",
    "<b>",
    "&amp;",
    "3-4",
    "1.",
    "-",
    "*",
    "[link]",
    "'quoted'",
    "e-mail",
    "a_b",
    "{0}",
    "%s",
]


def generated(seed: int) -> str:
    rng = random.Random(seed)  # noqa: S311 - a repeatable test
    lines = []
    for _ in range(rng.randint(1, 8)):
        words = [rng.choice(WORDS) for _ in range(rng.randint(1, 14))]
        lines.append(rng.choice(["", "", "", "- ", "> ", "    "]) + " ".join(words))
        if rng.random() < 0.3:
            lines.append("")
    return "\n".join(lines) + f" ref{seed}"


def as_vendor_stores(text: str, seed: int) -> tuple[str, bool]:
    """Return the text as some vendor would give it back, and whether that is HTML."""
    rng = random.Random(seed)  # noqa: S311 - a repeatable test
    if rng.random() < 0.4:
        text = re.sub(r'"([^"\n]*)"', r"“\1”", text).replace("'", "’")
    if rng.random() < 0.3:
        text = text.replace("...", "…").replace(" - ", " – ")
    if rng.random() < 0.2:
        text = text.replace("😀", ":grinning:").replace("❤️", "❤")
    if rng.random() < 0.2:
        text = text.replace("👍🏽", "")
    if rng.random() < 0.3:
        text = re.sub(r" +", " ", text).strip()
    if rng.random() < 0.2:
        text = text.replace("\n", "\r\n")
    signature = "\n-- \nThe support team\nExample Ltd" if rng.random() < 0.3 else ""
    if rng.random() < 0.25:
        return text + signature, False
    html = escape(text + signature, quote=rng.random() < 0.5)
    if rng.random() < 0.5:
        html = html.replace("é", "&eacute;").replace("ï", "&#239;").replace("€", "&euro;")
    html = re.sub(r"(https://[^\s<]+)", r'<a href="\1" target="_blank">\1</a>', html)
    way = rng.randrange(4)
    if way == 0:
        return "<p>" + html.replace("\r", "").replace("\n\n", "</p>\n<p>").replace("\n", "<br />\n") + "</p>", True
    if way == 1:
        return "".join(f"<div>{line or '<br>'}</div>" for line in html.splitlines()), True
    if way == 2:
        return "<html><body style='x'><span>" + html.replace("\n", "<br>") + "</span></body></html>", True
    return "".join(f"<p class=x>&nbsp;{line} </p>\n" for line in html.splitlines()), True


def test_a_message_is_found_again_in_a_vendors_shape_and_never_mistaken():
    texts = [generated(seed) for seed in range(1_000)]
    sent = [normalise_for_matching(text, is_html=False) for text in texts]
    found = [normalise_for_matching(*as_vendor_stores(text, seed)) for seed, text in enumerate(texts)]
    missed = [texts[i] for i in range(1_000) if not matches(sent[i], found[i])]
    by_start: dict[str, list[int]] = {}
    for index, text in enumerate(found):
        by_start.setdefault(text[:6], []).append(index)
    wrong = [
        (i, j) for i in range(1_000) for j in by_start.get(sent[i][:6], []) if i != j and matches(sent[i], found[j])
    ]
    print(f"recall {100 - len(missed) / 10:.1f} %, false matches {len(wrong)}")
    assert len(missed) <= 10, missed[:3]
    assert wrong == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Refund of 5 euros", "Refund of 50 euros"),
        ("We can refund it", "We can't refund it"),
        ("Yes", "yes"),
        ("Thanks", "Thanks -- will do"),
        ("Thanks", "Thanks. More follows"),
        ("a < 3", "a > 3"),
        ("use <0>", "use <1>"),
        ("1. first", "2. first"),
        ("👍", "👎"),
        ("x <b>y", "x y"),
        ("", "anything"),
        ("", ""),
    ],
)
def test_a_different_message_is_not_claimed(one, other):
    assert not matches(normalise_for_matching(one, is_html=False), normalise_for_matching(other, is_html=False))


def test_angle_brackets_in_a_plain_text_survive_the_way_there_and_back():
    text = "use template <0> and <script>, not &lt;0&gt;"
    back = f"<p>{escape(text)}</p>"
    assert "<0>" in normalise_for_matching(text, is_html=False)
    assert matches(normalise_for_matching(text, is_html=False), normalise_for_matching(back, is_html=True))


def test_a_formatted_reply_is_found_again():
    sent = normalise_for_matching("<p>Do <b>this</b>:</p><ul><li>one</li><li>two</li></ul>", is_html=True)
    assert matches(sent, normalise_for_matching("Do this:\n\n* one\n* two\n\n-- \nTeam", is_html=False))


@pytest.mark.parametrize("text", ["·", "-", "*", "> -", "•\n•", "👍", "\u200b", "…"])
def test_a_message_of_marks_alone_is_found_again(text):
    sent = normalise_for_matching(text, is_html=False)
    assert matches(sent, sent)
    assert matches(sent, normalise_for_matching(plain_to_html(text), is_html=True))


@pytest.mark.parametrize("text", ["--\u202a", "0-\u202a-", "- \u200bx", "a\u00ad--b"])
def test_characters_that_nobody_sees_change_no_message(text):
    sent = normalise_for_matching(text, is_html=False)
    assert matches(sent, normalise_for_matching(plain_to_html(text), is_html=True))


def test_only_a_signature_after_its_own_line_may_follow():
    sent = normalise_for_matching("Done.", is_html=False)
    assert matches(sent, normalise_for_matching("<p>Done.</p>-- <br>Team", is_html=True))
    assert not matches(sent, normalise_for_matching("<p>Done.</p><p>Team</p>", is_html=True))
