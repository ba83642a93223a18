"""Two drafts put together: neither loses its text, its links or its copies."""

from deskhand.domain.threads import CC_TYPED, Draft, joined

LINKED = Draft("reply", "see our help", '<p>see <a href="https://example.com/a">our help</a></p>')


def test_a_link_keeps_its_address_beside_a_plain_text() -> None:
    plain = Draft("reply", "a < b\nbye")
    assert joined(LINKED, plain).html == f"{LINKED.html}<br><br><p>a &lt; b<br>bye</p>"
    assert joined(plain, LINKED).html == f"<p>a &lt; b<br>bye</p><br><br>{LINKED.html}"
    assert joined(plain, plain).html == ""


def test_a_half_typed_copy_stays_beside_a_message_that_comes_back() -> None:
    both = joined(LINKED, Draft("reply", "", extra={CC_TYPED: "half@exam"}))
    assert (both.text, both.html, both.extra) == (LINKED.text, LINKED.html, {CC_TYPED: "half@exam"})
