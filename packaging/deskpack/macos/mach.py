"""What a Mac's program or library says of itself, read from its headers: processors, oldest system, what it loads.

macOS' own tools for this run on macOS only. The form is described in Apple's `mach-o/loader.h` and `mach-o/fat.h`.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROCESSORS = {0x01000007: "x86_64", 0x0100000C: "arm64"}

_FAT, _THIN = b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"
_BUILD_VERSION, _OLDEST_VERSION, _SIGNATURE = 0x32, 0x24, 0x1D
_LOADS = frozenset({0x0C, 0x80000018, 0x8000001F, 0x20})  # required, weak, re-exported, lazy
_NEVER_FAT = 20
"""Java's classes begin with the same four bytes; what stands there for the number of processors is their version, 45 and up."""

Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a file that is for one processor.

    Attributes:
        oldest: the oldest macOS that it was built for; (0, 0) where it does not say.
        loads: what it wants loaded with it, as written.
        signed: whether there is a signature in it, of whatever worth.
    """

    processor: str
    oldest: Version
    loads: tuple[str, ...]
    signed: bool


def slices(path: Path) -> tuple[Slice, ...]:
    """Return what a file holds for each processor; nothing where it is no program or library of a Mac."""
    with path.open("rb") as file:
        start = file.read(8)
        if start[:4] not in {_FAT, _THIN}:
            return ()
        if start[:4] == _FAT and int.from_bytes(start[4:8], "big") > _NEVER_FAT:
            return ()
        content = start + file.read()
    return tuple(_slice(content, offset) for offset in _offsets(content))


def thin(path: Path, processor: str) -> bytes:
    """Return what a file holds for one processor; the whole file where it is for that one only, or says nothing of it."""
    content = path.read_bytes()
    if slices(path) and content[:4] == _FAT:
        for index in range(int.from_bytes(content[4:8], "big")):
            kind, _, offset, size, _ = struct.unpack_from(">5I", content, 8 + 20 * index)
            if PROCESSORS.get(kind) == processor:
                return content[offset : offset + size]
    return content


def version(text: str) -> Version:
    """Read `13.0` or `13_0`."""
    major, minor = text.replace("_", ".").split(".")[:2]
    return int(major), int(minor)


def _offsets(content: bytes) -> Iterator[int]:
    if content[:4] == _THIN:
        yield 0
        return
    for index in range(int.from_bytes(content[4:8], "big")):
        yield struct.unpack_from(">5I", content, 8 + 20 * index)[2]


def _slice(content: bytes, offset: int) -> Slice:
    _, processor, _, _, commands, _, _, _ = struct.unpack_from("<8I", content, offset)
    oldest, loads, signed = (0, 0), [], False
    place = offset + 32
    for _ in range(commands):
        kind, size = struct.unpack_from("<2I", content, place)
        if kind == _BUILD_VERSION:
            oldest = _packed(struct.unpack_from("<I", content, place + 12)[0])
        elif kind == _OLDEST_VERSION:
            oldest = _packed(struct.unpack_from("<I", content, place + 8)[0])
        elif kind == _SIGNATURE:
            signed = True
        elif kind in _LOADS:
            begin = place + struct.unpack_from("<I", content, place + 8)[0]
            loads.append(content[begin : place + size].split(b"\0", 1)[0].decode())
        place += size
    return Slice(PROCESSORS.get(processor, hex(processor)), oldest, tuple(loads), signed)


def _packed(number: int) -> Version:
    return number >> 16, number >> 8 & 255
