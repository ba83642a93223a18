"""Data is searched for the credential as it is read: in the encoding that its header line names."""

import json

import pytest
from tests.helpers.raw_servers import FakeClock, canned_answers, raw_server, reply

from deskhand.domain.accounts import Secret
from deskhand.http.client import VendorClient
from deskhand.http.jsontext import decode
from deskhand.http.pacing import Window
from deskhand.http.secret_removal import remove_secrets
from deskhand.http.tokens import ApiKeyAuth

SECRET = "sk_live_9aBcD3fGh1jKlMn0pQ"
ESCAPED = "".join(f"\\x{ord(sign):02x}" for sign in SECRET)


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("cp037", json.dumps({"subject": f"key {SECRET}"}).encode("cp037")),
        ("cp500", json.dumps({"subject": f"key {SECRET}"}).encode("cp500")),
        ("unicode_escape", b'{"subject": "key ' + ESCAPED.encode() + b'\xff"}'),
        ("latin-1", b'{"subject": "\xe9 key ' + SECRET.encode() + b'"}'),
        ("shift_jis", json.dumps({"subject": f"鍵 {SECRET}"}, ensure_ascii=False).encode("shift_jis")),
    ],
)
def test_a_credential_is_taken_out_of_data_in_any_encoding(charset, body):
    assert SECRET in str(decode(body, charset=charset))
    told = str(decode(remove_secrets(body, (SECRET,), charset), charset=charset))
    assert "…" in told
    assert SECRET not in told


def test_data_in_another_encoding_without_a_credential_is_left_as_it_came():
    body = '{"subject": "Grüße"}'.encode("latin-1")
    assert remove_secrets(body, (SECRET,), "latin-1") == body


async def test_an_answer_in_another_encoding_does_not_give_the_credential_back():
    data = json.dumps({"subject": f"key {SECRET}"}).encode("cp037")
    handler, _ = canned_answers(reply("200 OK", data, "application/json; charset=cp037"))
    async with raw_server(handler) as base:
        client = VendorClient(base, ApiKeyAuth(Secret(SECRET)), windows=(Window(1000, 1),), clock=FakeClock())
        answer = await client.read("GET", "/x")
        assert await answer.json() == {"subject": "key …"}
        await client.aclose()


@pytest.mark.parametrize("hidden", [" ".join(SECRET), "".join(f"<span class='x'>{sign}</span>" for sign in SECRET)])
@pytest.mark.parametrize("place", [130_000, 131_060, 131_072, 262_100, 393_000])
def test_a_credential_that_is_hidden_anywhere_in_a_long_page_is_found(hidden, place):
    told = decode(remove_secrets(json.dumps({"a": "." * place + hidden + "." * 200_000}).encode(), (SECRET,)))["a"]
    assert "…" in told
    assert "".join(sign for sign in told if sign.isalnum()) in ("", "spanclassxspan")
