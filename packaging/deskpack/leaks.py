"""What must not be in a package: the folders of the machine that built it, and the places that it installs from."""

import os
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from deskdev.environment import CHECKOUT

from deskpack import product

_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")


def build_places() -> tuple[bytes, ...]:
    """Return this machine's folders that must not stay in a package, the longest first."""
    places = {CHECKOUT, Path(sys.base_prefix), Path.home()}
    return tuple(sorted((os.fsencode(place) for place in places if len(place.parts) > 2), key=len, reverse=True))


def leaks_in(folder: Path) -> Iterator[str]:
    """Yield each file that names a folder or a package index of this machine, also where it is compressed."""
    secrets = [*build_places(), *(host.encode() for host in _indexes())]
    pattern = re.compile(b"|".join(map(re.escape, secrets)))
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        content = path.read_bytes()
        if any(pattern.search(part) for part in _parts(path, content)):
            yield str(path.relative_to(folder))


def _parts(path: Path, content: bytes) -> Iterator[bytes]:
    """Yield a file's bytes, and what is compressed in the program itself and in Python's own archive."""
    yield content
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            yield from map(archive.read, archive.namelist())
    elif path.stem in {product.COMMAND, f"{product.COMMAND}-cli"}:
        view = memoryview(content)
        for found in _ZLIB.finditer(content):
            try:
                yield zlib.decompressobj().decompress(view[found.start() :], 4_000_000)
            except zlib.error:
                continue


def _indexes() -> set[str]:
    """Return the hosts that the settings of this machine's pip name."""
    said = " ".join(value for name, value in os.environ.items() if name.startswith("PIP_"))
    for file in (Path("/etc/pip.conf"), Path.home() / ".config/pip/pip.conf", Path.home() / ".pip/pip.conf"):
        if file.is_file():
            said += file.read_text(encoding="utf-8")
    hosts = set(re.findall(r"https?://(?:[^@/\s]+@)?([A-Za-z0-9.-]+)", said))
    return hosts - {"localhost", "127.0.0.1"}
