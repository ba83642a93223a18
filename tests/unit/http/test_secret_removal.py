"""Data never holds the credential that asked for it, however the server writes it, and is otherwise left alone."""

import base64
import html
import json
import re
from urllib.parse import quote

import pytest

from deskhand.http.jsontext import decode
from deskhand.http.secret_removal import remove_secrets

SECRET = 'nx_live/7Qk2+Vd9"RtYp=4Lm8'
RAW = SECRET.encode()


def dumped(text: str) -> bytes:
    return json.dumps({"subject": text, text: 1}).encode()


ECHOES = {
    "as it is": dumped(SECRET),
    "in the older wide encoding": json.dumps({"subject": SECRET}).encode("utf-16"),
    "behind a byte order mark": b"\xef\xbb\xbf" + dumped(SECRET),
    "as escapes": b'{"subject": "' + "".join(f"\\u{ord(sign):04x}" for sign in SECRET).encode() + b'"}',
    "with escaped slashes": dumped(SECRET).replace(b"/", b"\\/"),
    "as JSON in JSON": dumped(json.dumps({"authorization": SECRET})),
    "in base64": dumped(base64.b64encode(RAW).decode()),
    "in base64 behind an id": dumped("Basic " + base64.b64encode(b"client-1:" + RAW).decode()),
    "in base64 of addresses": dumped(base64.urlsafe_b64encode(RAW).decode()),
    "in hexadecimal": dumped(RAW.hex()),
    "in an address": dumped(quote(SECRET)),
    "backwards": dumped(SECRET[::-1]),
    "in capitals": dumped(SECRET.upper()),
    "with mixed case": dumped(SECRET.swapcase()),
    "spaced": dumped(" ".join(SECRET)),
    "with line ends": dumped("\n".join(SECRET)),
    "with invisible characters": dumped("\u200b".join(SECRET)),
    "with each letter in markup": dumped("".join(f"<i>{sign}</i>" for sign in SECRET)),
    "as entities": dumped("".join(f"&#{ord(sign)};" for sign in SECRET)),
    "as entities twice": dumped("".join(f"&amp;#x{ord(sign):x};" for sign in SECRET)),
    "in percent signs twice": dumped("".join(f"%25{ord(sign):02x}" for sign in SECRET)),
    "in base64 in small letters": dumped(base64.b64encode(RAW).decode().lower()),
}


@pytest.mark.parametrize("body", ECHOES.values(), ids=ECHOES.keys())
def test_the_credential_is_taken_out_and_the_data_can_still_be_read(body):
    told = json.dumps(decode(remove_secrets(body, (SECRET,))), ensure_ascii=False)
    assert "…" in told
    letters = re.sub(r"[\W_]+", "", html.unescape(html.unescape(re.sub("<.*?>", "", told)))).casefold()
    assert "7qk2vd9" not in letters
    assert "9dv2kq7" not in letters
    assert "%2537%2551" not in told
    assert RAW.hex()[10:20] not in told
    assert base64.b64encode(RAW).decode()[8:20] not in told


@pytest.mark.parametrize(
    "body",
    [
        dumped("An address of our own: https://shop.example/7Qk2 and nx_live"),
        b'{"a": "\\\\u0041 \\/ \\u0022 \\u00e9 \\n", "b": 1.50, "c": "\xff"}',
        b"",
    ],
)
def test_data_without_it_keeps_every_byte(body):
    assert remove_secrets(body, (SECRET, "short")) == body


def test_a_backslash_and_a_quotation_mark_stay_escaped():
    body = dumped(SECRET)[:-1] + b', "b": "\\\\u0041 \\u0022 \\u005c \\u0041 \\\\/ \\/"}'
    assert decode(remove_secrets(body, (SECRET,)))["b"] == '\\u0041 " \\ A \\/ /'
