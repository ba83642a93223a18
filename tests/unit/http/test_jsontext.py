import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.http.jsontext import InvalidJson, decode, encode


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_any_unicode_encoding_is_read(encoding):
    assert decode('{"a": "Ж é 你"}'.encode(encoding)) == {"a": "Ж é 你"}


def test_odd_values_do_not_lose_the_page():
    read = decode(
        b'{"nan": NaN, "inf": -Infinity, "half": "\\ud83d!", "big": 123456789012345678901234567890, "a": 1, "a": 2}'
    )
    assert read == {"nan": None, "inf": None, "half": "�!", "big": "123456789012345678901234567890", "a": 2}
    encode(read).encode("utf-8")


def test_a_whole_pair_stays_an_emoji():
    assert decode(rb'["\ud83d\ude00"]') == ["😀"]


def test_a_number_beyond_every_limit_stays_text():
    assert decode(b"[" + b"9" * 5000 + b"]") == ["9" * 5000]


def test_broken_bytes_become_a_mark_and_nothing_else():
    assert decode(b'{"a": "x\xffy"}') == {"a": "x�y"}


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"a": ', b"[" * 100_000, b"\xff\xfe\xfd"])
def test_what_is_no_json_says_so(body):
    with pytest.raises(InvalidJson):
        decode(body)


def test_what_is_written_reads_back():
    value = {"a": [1, "Ж", None, {"b": 2.5}]}
    assert json.loads(encode(value)) == value


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, width=32) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.booleans())
def test_both_parsers_read_the_same(value, ascii_only):
    body = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert decode(body) == decode(body, unique=True)


@given(VALUES)
def test_what_is_read_is_written_so_that_it_reads_back_the_same(value):
    read = decode(json.dumps(value).encode())
    assert json.loads(encode(read)) == read
