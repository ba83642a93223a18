"""Access tokens of a thousand letters come every hour: knowing them takes neither the window's time nor the computer's memory."""

import base64
import binascii
import hashlib
import time
import tracemalloc

import pytest

from deskhand.diagnostics.redaction import MASK, TOKENS, Redactor
from deskhand.domain.scrubbing import Scrubber


def token(number: int, letters: int) -> str:
    """Return what looks like a signed token."""
    return ".".join(hashlib.sha256(f"{number}/{part}".encode()).hexdigest() for part in range(letters // 65 + 1))[:letters]  # fmt: skip


@pytest.mark.parametrize("letters", [43, 900])
def test_many_access_tokens_are_known_without_much_time_or_memory(letters):
    redactor = Redactor()
    tracemalloc.start()
    started = time.process_time()
    for number in range(TOKENS + 6):
        redactor.add_token(token(number, letters))
    took, (held, _) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{took * 1000:.0f} ms, {held / 1e6:.0f} MB")
    assert took < 20  # in all forms: minutes, and gigabytes
    assert held < 60e6


@pytest.mark.parametrize("letters", [43, 900, 4_000])
def test_the_newest_token_is_masked_in_what_logs_and_tracebacks_hold(letters):
    redactor = Redactor()
    for number in range(TOKENS + 6):
        redactor.add_token(token(number, letters))
    newest = token(TOKENS + 5, letters)
    raw = newest.encode()
    for written in (
        newest,
        newest[20:60],
        newest.upper(),
        newest[::-1],
        binascii.hexlify(raw).decode(),
        base64.b64encode(raw).decode(),
        "".join(f"%{byte:02x}" for byte in raw),
        "".join(f"\\u{byte:04x}" for byte in raw),
        "".join(f"&#{byte};" for byte in raw),
    ):
        shown = redactor.redact(f"<{written}>")
        assert MASK in shown
        assert len(shown) < len(MASK) + 16


def test_a_token_that_is_also_a_credential_is_masked_in_every_form():
    redactor, value = Redactor(), token(1, 43)
    redactor.add_token(value)
    redactor.add_secret(value)
    twice = base64.b64encode(base64.b64encode(value.encode())).decode()
    assert twice[10:40] not in redactor.redact(f"<{twice}>")
    redactor.remove_secret(value)
    assert redactor.redact(f"<{value}>") == f"<{MASK}>"


def test_a_long_credential_leaves_no_trace_in_a_servers_message():
    secret = token(3, 1_000)
    scrubber = Scrubber.of((secret,))
    for echo in (secret, secret[500:520], secret[::-1], secret.encode().hex(), base64.b64encode(secret.encode()).decode()):  # fmt: skip
        assert len(scrubber.scrub(f"[{echo}]", "…")) < 8
