"""The bytes of an answer, unpacked and bounded."""

import asyncio
import zlib
from contextlib import suppress

import httpx

from .problems import FOREIGN, TooBig

_WORDS_CAP = 64 * 1024
_WORDS_WITHIN = 5.0
"""Seconds that a refusal's body may take: what it says is known without it."""


async def whole_body(response: httpx.Response, encoding: str, cap: int) -> bytes:
    """Return the unpacked body, never holding more than `cap` bytes: 306 KB of gzip can mean 315 MB.

    Raises:
        TooBig: it is longer.
    """
    unpack = _unpacking(encoding)
    chunks: list[bytes] = []
    size = 0
    async for packed in response.aiter_raw():
        chunk = packed if unpack is None else unpack.decompress(packed, cap - size + 1)
        chunks.append(chunk)
        size += len(chunk)
        if size > cap:
            raise TooBig
    if unpack is not None and size and not unpack.eof:
        raise zlib.error("cut")
    return b"".join(chunks)


async def refusals_words(response: httpx.Response, encoding: str) -> bytes:
    """Return the beginning of a refusal's body, as much of it as comes whole and in time: its status and header lines say the rest."""
    unpack = _unpacking(encoding)
    found = b""
    with suppress(*FOREIGN):
        async with asyncio.timeout(_WORDS_WITHIN):
            async for packed in response.aiter_raw():
                found += packed if unpack is None else unpack.decompress(packed, _WORDS_CAP)
                if len(found) >= _WORDS_CAP:
                    break
    return found[:_WORDS_CAP]


def _unpacking(encoding: str) -> "zlib._Decompress | None":
    return zlib.decompressobj(wbits=47) if encoding.strip().casefold() in ("gzip", "x-gzip", "deflate") else None
