"""Dividing whatever comes: nothing raises, no word is lost or doubled, every part may be shown."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.mail_corpus import words_of

from deskhand.content.quotes import divide, divide_plain
from deskhand.content.sanitize import sanitize, sanitize_plain

WROTE = "On Mon, 3 Mar 2025 at 10:00, Bob &lt;b@x.example&gt; wrote:"
HEADER = "<b>From:</b> b@x.example<br><b>Sent:</b> 3 March 2025 10:00<br><b>To:</b> a@x.example<br><b>Subject:</b> x"
PIECES = st.sampled_from(
    [
        *("<div>", "</div>", "<p>", "</p>", "<br>", "<hr>", "<b>", "</b>", "<pre>", "</pre>", "one\ntwo\n", "<li>", "</li>"),
        *("<table><tr><td>", "</td></tr></table>", "<blockquote>", "<blockquote type=cite>", "</blockquote>", "<img src=cid:a>"),
        *("<div class=gmail_quote>", "<div class=yahoo_quoted>", "<div class=gmail_attr>", "<div class=gmail_signature>"),
        *("-- ", "Sent from my iPhone", "&gt; quoted", "own words", "why?", "a:", WROTE, HEADER, f"{WROTE}<br>&gt; quoted<br>"),
        *("-----Original Message-----", "---------- Forwarded message ---------", "see my answers below", "Hi Bob,"),
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=30))
def test_any_html_is_divided_without_losing_a_word(pieces):
    whole = sanitize("".join(pieces)).html
    parts = divide(whole)
    shown = [part for part in (parts.own, parts.quoted, parts.signature) if part is not None]
    assert sorted(" ".join(map(words_of, shown)).split()) == sorted(words_of(whole).split())
    for part in shown:
        assert sanitize(part).html == part
    assert not whole or parts.own


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=20), st.just("\n"), st.just("> ")), max_size=40))
def test_any_plain_text_is_divided_without_losing_a_word(pieces):
    text = "".join(pieces)
    parts = divide_plain(text)
    shown = " ".join(part for part in (parts.own, parts.quoted, parts.signature) if part is not None)
    assert sorted(shown.split()) == sorted(text.split())
    divide(sanitize_plain(text).html)
