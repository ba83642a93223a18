"""The bytes of an answer, unpacked and bounded."""

import asyncio
import zlib
from contextlib import suppress

import httpx

from .problems import TRANSPORT_ERRORS, ResponseTooLarge

_ERROR_BODY_BYTES = 64 * 1024
_ERROR_BODY_SECONDS = 5.0
"""Seconds that a refusal's body may take: what it says is known without it."""


async def read_body(response: httpx.Response, encoding: str, cap: int) -> bytes:
    """Return the unpacked body, never holding more than `cap` bytes: 306 KB of gzip can mean 315 MB.

    Raises:
        ResponseTooLarge: it is longer.
    """
    unpack = _decompressor(encoding)
    chunks: list[bytes] = []
    size = 0
    async for packed in response.aiter_raw():
        chunk = packed if unpack is None else unpack.decompress(packed, cap - size + 1)
        chunks.append(chunk)
        size += len(chunk)
        if size > cap:
            raise ResponseTooLarge
    if unpack is not None and size and not unpack.eof:
        raise zlib.error("cut")
    return b"".join(chunks)


async def read_error_body(response: httpx.Response, encoding: str) -> bytes:
    """Return the beginning of a refusal's body, as much of it as comes whole and in time: its status and header lines say the rest."""
    unpack = _decompressor(encoding)
    found = b""
    with suppress(*TRANSPORT_ERRORS):
        async with asyncio.timeout(_ERROR_BODY_SECONDS):
            async for packed in response.aiter_raw():
                found += packed if unpack is None else unpack.decompress(packed, _ERROR_BODY_BYTES)
                if len(found) >= _ERROR_BODY_BYTES:
                    break
    return found[:_ERROR_BODY_BYTES]


def _decompressor(encoding: str) -> "zlib._Decompress | None":
    return zlib.decompressobj(wbits=47) if encoding.strip().casefold() in ("gzip", "x-gzip", "deflate") else None
