"""Values that people type for fields of a vendor's."""

import json

import pytest

from deskhand.vendors.foreign import as_number


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("5", 5),
        (" 5 ", 5),
        ("2.50", 2.5),
        ("3.0", 3),
        ("1e3", 1000),
        ("-7", -7),
        ("12345678901234567891", 12345678901234567891),
        ("007", 7),
        ("1_000", "1_000"),
        ("nan", "nan"),
        ("Infinity", "Infinity"),
        ("1e999", "1e999"),
        ("five", "five"),
        (4, 4),
        (None, None),
    ],
)
def test_a_number_keeps_every_digit_and_what_is_none_is_left_for_the_vendor_to_refuse(typed, sent):
    number = as_number(typed)
    assert number == sent
    assert type(number) is type(sent)
    json.dumps(number, allow_nan=False)
