"""A request to a vendor, before it has credentials."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from deskhand.domain.lazy_dataclass import dataclass

Params = Mapping[str, str | int | Sequence[str]]

JSON_CAP = 20 * 1024 * 1024
"""Bytes that are read of an answer in JSON."""

_LABEL_LENGTH = 200
"""Characters of an address that the log shows."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a multipart form."""

    name: str
    filename: str
    mime: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A request before it has credentials."""

    method: str
    url: str
    params: Params | None = None
    json: Any = None
    form: Mapping[str, str] | None = None
    part: Part | None = None
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    is_write: bool = False
    repeatable: bool = True
    max_bytes: int = JSON_CAP

    @property
    def label(self) -> str:
        """What the log calls it, on one line: no query, no body. Taken apart here, because an address may be no readable one."""
        path = re.split(r"[?#]", self.url.partition("://")[2].partition("/")[2], maxsplit=1)[0]
        shown = "".join(sign if sign.isprintable() else "?" for sign in path[:_LABEL_LENGTH])
        return f"{self.method} /{shown}"
