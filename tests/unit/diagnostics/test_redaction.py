import base64
import binascii
import hashlib
import json
import logging
import urllib.parse

import pytest

from deskhand.diagnostics.redaction import MASK, TOKENS, RedactingFilter, Redactor

CANARIES = ["canary-S3cr3t/with+odd=chars&ü", 'quo"te\\d\n secret', "plainkey0123456789", "短い秘密キー"]


def shapes(secret: str) -> list[str]:
    raw = secret.encode()
    return [
        secret,
        base64.b64encode(raw).decode(),
        base64.urlsafe_b64encode(raw).decode(),
        base64.b64encode(b"client-id:" + raw).decode(),
        base64.b64encode(b"an-id:" + raw + b":more").decode(),
        urllib.parse.quote(secret),
        urllib.parse.quote(secret, safe=""),
        urllib.parse.quote_plus(secret),
        urllib.parse.urlencode({"k": secret}).lower()
        if secret.isascii() and secret.islower()
        else urllib.parse.urlencode({"k": secret}),
        binascii.hexlify(raw).decode(),
        binascii.hexlify(raw).decode().upper(),
        json.dumps(secret),
        json.dumps({"a": json.dumps({"b": secret})}),
        json.dumps(secret, ensure_ascii=False),
        repr(secret),
        repr(raw),
        secret[::-1],
    ]


@pytest.mark.parametrize("secret", CANARIES)
def test_a_registered_secret_is_masked_in_every_shape(secret):
    """S01: no readable trace of the value is left, whatever wrote it."""
    redactor = Redactor()
    redactor.add_secret(secret)
    for shape in shapes(secret):
        clean = redactor.redact(f"before {shape} after")
        assert MASK in clean, shape
        assert clean.startswith("before ")
        assert clean.endswith(" after")
        for other in shapes(secret)[:3]:
            assert other not in clean
        # Of the encoded shapes only the few characters that also hold bits of their neighbours may stay.
        assert len(clean) <= len("before  after") + len(MASK) + 28


def test_a_forgotten_secret_is_masked_until_its_last_user_is_gone():
    redactor = Redactor()
    redactor.add_secret("shared-secret")
    redactor.add_secret("shared-secret")
    redactor.remove_secret("shared-secret")
    assert redactor.redact("a shared-secret") == f"a {MASK}"
    redactor.remove_secret("shared-secret")
    assert redactor.redact("a shared-secret") == "a shared-secret"


def test_a_secret_that_contains_another_leaves_nothing():
    redactor = Redactor()
    redactor.add_secret("abcd")
    redactor.add_secret("abcdefgh")
    assert redactor.redact("x abcdefgh y") == f"x {MASK} y"


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer CANARY12345",
        "authorization: Basic CANARY12345==",
        "{'Authorization': 'Bearer CANARY12345'}",
        '{"access_token": "CANARY12345", "expires_in": 3600}',
        '{\\"access_token\\":\\"CANARY12345\\"}',
        "[(b'x-api-key', b'CANARY12345')]",
        "X-API-Key: CANARY12345",
        "client_id=a&client_secret=CANARY12345&grant_type=client_credentials",
        "https://user:CANARY12345@host.example/x",
        "refresh_token=CANARY12345",
        "Set-Cookie: CANARY12345",
        "password='CANARY12345'",
        "sent Bearer CANARY12345 to the vendor",
    ],
)
def test_a_value_nobody_registered_is_masked_by_its_name(text):
    clean = Redactor().redact(text)
    assert "CANARY" not in clean
    assert MASK in clean


@pytest.mark.parametrize(
    "text",
    ["The ticket is open", "authorization failed", "a token expired", "https://host.example/x?y=1", "secretary: none"],
)
def test_ordinary_words_stay(text):
    assert Redactor().redact(text) == text


def test_a_record_is_cleaned_with_its_arguments_and_traceback():
    redactor = Redactor()
    redactor.add_secret("canary-secret")
    try:
        raise ValueError("no canary-secret here")  # noqa: TRY301
    except ValueError:
        import sys

        info = sys.exc_info()
    record = logging.LogRecord(
        "x", logging.ERROR, "f", 1, "sent %s", ("canary-secret",), info, sinfo="in canary-secret"
    )
    assert RedactingFilter(redactor).filter(record)
    assert "canary" not in logging.Formatter().format(record)
    assert "ValueError" in (record.exc_text or "")


def test_a_record_whose_arguments_do_not_fit_does_not_print_them():
    redactor = Redactor()
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "%d items", ("canary-secret",), None)
    RedactingFilter(redactor).filter(record)
    assert record.getMessage() == "%d items (arguments do not fit)"


def test_the_newest_access_tokens_are_masked_and_old_ones_do_not_pile_up():
    redactor = Redactor()
    tokens = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(TOKENS + 1)]
    for token in tokens:
        redactor.add_token(token)
    assert redactor.redact(tokens[-1]) == MASK
    assert redactor.redact(tokens[1]) == MASK
    assert redactor.redact(f"<{tokens[0]}>") == f"<{tokens[0]}>"
