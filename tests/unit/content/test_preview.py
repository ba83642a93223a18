"""A preview begins with what the sender says."""

import pytest

from deskhand.content.preview import preview


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Any news?\n\nIt is now three weeks.", "Any news? It is now three weeks."),
        ("Your order\u200c \u200c \u200c\u00ad\u034f \u2007\u034f left us", "Your order left us"),
        ("View in browser | Dear Ada, the parcel", "Dear Ada, the parcel"),
        ("[View this email in your browser] Dear Ada", "Dear Ada"),
        ("Bekijk in je browser\nBeste Ada", "Beste Ada"),
        ("Im Browser ansehen: Sehr geehrte Frau", "Sehr geehrte Frau"),
        ("Webversion\nView online\nHello", "Hello"),
        ("View online orders is all I can do", "View online orders is all I can do"),
        ("Webversions differ", "Webversions differ"),
        ("\u200c \u200c \u034f", ""),
        ("", ""),
        ("می‌خواهم بدانم", "می‌خواهم بدانم"),
        ("abc\u202etxt.exe", "abctxt.exe"),
    ],
)
def test_padding_and_links_to_a_web_version_are_left_out(text: str, shown: str) -> None:
    assert preview(text) == shown


def test_the_subject_is_not_said_again() -> None:
    assert preview("Afspraak verzetten\n\nBedankt voor uw bericht.", "Afspraak verzetten") == "Bedankt voor uw bericht."
    assert preview("Refunds are late", "Refund") == "Refunds are late"
    assert preview("Hello", "Hello") == ""
