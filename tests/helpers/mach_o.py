"""Small files with the headers of a Mac's libraries, and of packages for Macs: enough to be looked at, nothing to run."""

import struct
from collections.abc import Iterable
from pathlib import Path

PROCESSORS = {"x86_64": 0x01000007, "arm64": 0x0100000C}


def library(*processors: str, oldest: str = "13.0", loads: Iterable[str] = ()) -> bytes:
    """Return a library; for several processors a fat one."""
    parts = [_slice(processor, oldest, tuple(loads)) for processor in processors]
    if len(parts) == 1:
        return parts[0]
    head, place = struct.pack(">4sI", b"\xca\xfe\xba\xbe", len(parts)), 4096
    body = b""
    for processor, part in zip(processors, parts, strict=True):
        head += struct.pack(">5I", PROCESSORS[processor], 0, place + len(body), len(part), 0)
        body += part
    return head.ljust(place, b"\0") + body


def package(site: Path, name: str, tag: str, files: dict[str, bytes]) -> None:
    """Install a package of which only the named files are there."""
    place = site / f"{name.replace('-', '_')}-1.0.dist-info"
    record = {f"{place.name}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode()}
    record[f"{place.name}/WHEEL"] = f"Wheel-Version: 1.0\nTag: {tag}\n".encode()
    record |= files
    record[f"{place.name}/RECORD"] = "".join(f"{file},,\n" for file in record).encode()
    for file, content in record.items():
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        (site / file).write_bytes(content)


def _slice(processor: str, oldest: str, loads: tuple[str, ...]) -> bytes:
    major, minor = map(int, oldest.split("."))
    commands = [struct.pack("<6I", 0x32, 24, 1, major << 16 | minor << 8, 26 << 16, 0)]
    for name in loads:
        text = name.encode() + b"\0"
        size = (24 + len(text) + 7) // 8 * 8
        commands.append(struct.pack("<6I", 0x0C, size, 24, 0, 0, 0) + text.ljust(size - 24, b"\0"))
    body = b"".join(commands)
    return struct.pack("<8I", 0xFEEDFACF, PROCESSORS[processor], 0, 6, len(commands), len(body), 0, 0) + body
