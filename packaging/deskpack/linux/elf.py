"""As much of a Linux program's file as the AppImage needs: where it ends, and where a named section lies.

What stands behind the end is the AppImage's file system; the starter finds it by the same reckoning.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

MACHINES = {0x3E: "x86_64", 0xB7: "aarch64"}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the file."""

    name: str
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Program:
    """A 64-bit program.

    Attributes:
        machine: its processor.
        end: the first byte that is not the program's any more.
        sections: its parts.
    """

    machine: str
    end: int
    sections: tuple[Section, ...]

    def section(self, name: str) -> Section | None:
        """Return the part of that name."""
        return next((section for section in self.sections if section.name == name), None)


def read(path: Path) -> Program | None:
    """Read a program; None where it is none for 64 bits, or bears no list of its parts."""
    with path.open("rb") as file:
        head = file.read(64)
        if len(head) < 64 or head[:6] != b"\x7fELF\x02\x01":
            return None
        (machine,) = struct.unpack_from("<H", head, 18)
        (table,) = struct.unpack_from("<Q", head, 40)
        size, count, names = struct.unpack_from("<3H", head, 58)
        if not count:
            return None
        file.seek(table)
        headers = [struct.unpack_from("<2I4Q", file.read(size)) for _ in range(count)]
        file.seek(headers[names][4])
        text = file.read(headers[names][5])
    sections = tuple(Section(text[h[0] :].split(b"\0", 1)[0].decode(), h[4], h[5]) for h in headers)
    # Kind 8 (NOBITS) takes no place in the file.
    ends = [offset + length for _, kind, _, _, offset, length in headers if kind != 8]
    return Program(MACHINES.get(machine, hex(machine)), max(table + size * count, *ends), sections)
