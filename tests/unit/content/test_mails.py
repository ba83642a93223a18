"""Every mail of the corpus, as a person would read it."""

import pytest
from tests.helpers.mail_corpus import CorpusMail, collapse, links_of, load_mails, words_of

from deskhand.content.quotes import divide, divide_plain
from deskhand.content.sanitize import sanitize, sanitize_plain

MAILS = load_mails()
PLAIN = [mail for mail in MAILS if not mail.is_html]
by_name = pytest.mark.parametrize("mail", MAILS, ids=[mail.name for mail in MAILS])


@by_name
def test_a_mail_is_divided_into_own_words_history_and_signature(mail: CorpusMail):
    sanitized = sanitize(mail.body) if mail.is_html else sanitize_plain(mail.body)
    parts = divide(sanitized.html)
    if mail.own is not None:
        assert words_of(parts.own) == mail.own
    assert words_of(parts.quoted) == mail.quoted
    assert words_of(parts.signature) == mail.signature


@pytest.mark.parametrize("mail", PLAIN, ids=[mail.name for mail in PLAIN])
def test_a_plain_mail_is_divided_the_same_as_text(mail: CorpusMail):
    parts = divide_plain(mail.body)
    if mail.own is not None:
        assert collapse(parts.own) == mail.own
    assert collapse(parts.quoted or "") == mail.quoted
    assert collapse(parts.signature or "") == mail.signature


@by_name
def test_dividing_loses_and_doubles_no_word_and_every_part_may_be_shown(mail: CorpusMail):
    sanitized = sanitize(mail.body) if mail.is_html else sanitize_plain(mail.body)
    parts = divide(sanitized.html)
    pieces = [part for part in (parts.own, parts.quoted, parts.signature) if part is not None]
    assert sorted(" ".join(map(words_of, pieces)).split()) == sorted(words_of(sanitized.html).split())
    for piece in pieces:
        assert sanitize(piece).html == piece


@by_name
def test_a_mail_shows_what_it_must_and_nothing_else(mail: CorpusMail):
    sanitized = sanitize(mail.body) if mail.is_html else sanitize_plain(mail.body)
    shown = words_of(sanitized.html)
    for text in mail.must_show:
        assert collapse(text) in shown
    for text in mail.must_not_show:
        assert collapse(text) not in shown
    for link in mail.links:
        assert any(href.rstrip("/") == link.rstrip("/") for href in links_of(sanitized.html))
