"""Secrets taken out of every text that leaves the program's memory.

Two nets: the live values, in every encoding that logs and errors use, and patterns for values nobody registered.
"""

import logging
import re
import threading
import traceback
from collections import deque
from typing import Final

from deskhand.domain.scrubbing import Scrubber
from deskhand.domain.secret_encodings import MIN_LENGTH

MASK: Final = "[redacted]"
TOKENS: Final = 64
"""Access tokens that are remembered: several for each of as many accounts as anybody has."""
TOKEN_LETTERS: Final = 16_384
"""Characters of them, of which there are a thousand in many a token: what is remembered takes 100 bytes for each."""
_NAMES = (
    r"(?:proxy-)?authorization|(?:set-)?cookie|x-api-key|api[-_]?key|client[-_]?secret|access[-_]?token|refresh[-_]?token|id[-_]?token|"
    r"password|passphrase|secret"
)
_PATTERNS: Final = (
    # Headers, JSON, Python reprs and pairs: name, a separator, perhaps a scheme, the value.
    re.compile(
        rf"""(?P<before>\b(?:{_NAMES})\b\\?["']?\s*(?:[:=]|,\s*(?=b?["']))\s*(?:b?\\?["'])?(?:(?:Bearer|Basic|Token|ApiKey)\s+)?)"""
        r"""(?P<value>[^\s"'\\,;&}\])]+)""",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<before>\b(?:Bearer|Basic)\s+)(?P<value>[A-Za-z0-9._~+/=-]{8,})", re.IGNORECASE),
    # User information in an address.
    re.compile(r"(?P<before>\b[a-z][a-z0-9+.-]{1,20}://)(?P<value>[^\s/@]{1,500})(?=@)", re.IGNORECASE),
)


class Redactor:
    """Knows the secrets that are in use. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._secrets: dict[str, int] = {}
        self._scrubbers: dict[str, Scrubber] = {}
        self._tokens: deque[str] = deque()
        self._live: Scrubber | None = None

    def add_secret(self, secret: str) -> None:
        """Add a value; once for every use that `remove_secret` will end."""
        self._add(secret, few=False)

    def remove_secret(self, secret: str) -> None:
        """Take a value out again, for example when its account is removed."""
        with self._lock:
            if self._drop(secret):
                self._compile()

    def add_token(self, token: str) -> None:
        """Add a value that a vendor gives for an hour or so; the newest `TOKENS` of `TOKEN_LETTERS` are known."""
        with self._lock:
            self._tokens.append(token)
            while len(self._tokens) > 1 and (len(self._tokens) > TOKENS or sum(map(len, self._tokens)) > TOKEN_LETTERS):
                self._drop(self._tokens.popleft())
        self._add(token, few=True)

    def _add(self, secret: str, *, few: bool) -> None:
        if len(secret) < MIN_LENGTH:
            return
        with self._lock:
            self._secrets[secret] = self._secrets.get(secret, 0) + 1
            if secret not in self._scrubbers or (not few and secret in self._tokens):
                self._scrubbers[secret] = Scrubber.of((secret,), few=few)
                self._compile()

    def _drop(self, secret: str) -> bool:
        """Count one use less; tell whether it was the last."""
        if self._secrets.get(secret, 0) > 1:
            self._secrets[secret] -= 1
            return False
        self._scrubbers.pop(secret, None)
        return self._secrets.pop(secret, None) is not None

    def redact(self, text: str) -> str:
        """Return the text with every known and every likely secret masked."""
        live = self._live
        if live is not None:
            text = live.scrub(text, MASK)
        for pattern in _PATTERNS:
            text = pattern.sub(lambda found: found["before"] + MASK, text)
        return text

    def _compile(self) -> None:
        self._live = Scrubber.joined(self._scrubbers.values()) if self._secrets else None


class RedactingFilter(logging.Filter):
    """Cleans a record for good: its message, arguments, traceback and stack."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; never drops one."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            # Arguments that do not fit: say which message, not what it held.
            message = f"{record.msg} (arguments do not fit)"
        record.msg, record.args = self._redactor.redact(message), None
        if record.exc_info:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip()
            record.exc_info = None
        if record.exc_text:
            record.exc_text = self._redactor.redact(record.exc_text)
        if record.stack_info:
            record.stack_info = self._redactor.redact(record.stack_info)
        return True
