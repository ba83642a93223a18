"""Files are looked at before they are read, and nobody waits for ever for one."""

import asyncio
import os
import threading
from pathlib import Path

import pytest
from tests.helpers.posix import make_pipe

from deskhand.domain.problems import Invalid
from deskhand.services.file_reading import LARGEST, PIECE, FileReader, OpenFile, open_regular, read_any


async def read(path: Path, limit: int = LARGEST) -> bytes:
    async with FileReader(path, limit) as file:
        return b"".join([piece async for piece in file.pieces()])


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1])
async def test_a_file_is_read_whole(tmp_path: Path, size: int) -> None:
    file = tmp_path / "f.bin"
    file.write_bytes(b"x" * size)
    assert await read(file) == b"x" * size


async def test_one_that_is_too_large_is_not_read_and_says_how_large_it_is(tmp_path: Path) -> None:
    file = tmp_path / "film.mkv"
    with file.open("wb") as made:
        made.truncate(1_200_000_000)
    with pytest.raises(Invalid, match=r"it has 1200\.0 MB, and at most 100\.0 MB are taken"):
        await read(file)
    with pytest.raises(Invalid, match=r"at most 5\.0 MB"):
        await read(file, 5_000_000)


async def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="folder"):
        await read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
async def test_a_pipe_or_a_device_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    make_pipe(pipe)
    link = tmp_path / "invoice.pdf"
    link.symlink_to(pipe)
    for one in (pipe, link, Path("/dev/zero")):
        with pytest.raises(Invalid, match="a pipe or a device"):
            await read(one)


async def test_one_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await read(tmp_path / "none")
    (tmp_path / "nowhere").symlink_to(tmp_path / "none")
    with pytest.raises(FileNotFoundError):
        await read(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "change", [lambda f: f.write(b"more"), lambda f: f.truncate(PIECE + 5)], ids=["grows", "shrinks"]
)
async def test_one_that_changes_while_it_is_read_is_refused(tmp_path: Path, change) -> None:
    file = tmp_path / "log.txt"
    file.write_bytes(b"x" * (3 * PIECE))

    async def change_and_read() -> None:
        with file.open("r+b") as writing:
            writing.seek(0, os.SEEK_END)
            async with FileReader(file, LARGEST) as reader:
                async for _piece in reader.pieces():
                    change(writing)
                    writing.flush()

    with pytest.raises(Invalid, match="changed while it was read"):
        await change_and_read()


@pytest.mark.parametrize("stalls", ["opening", "reading"])
async def test_one_from_which_nothing_comes_is_given_up_and_can_be_cancelled(tmp_path: Path, stalls: str) -> None:
    """As on a share whose server is gone: the call comes back when it does."""
    file = tmp_path / "f"
    file.write_bytes(b"x")
    server = threading.Event()
    closed = threading.Event()

    def stalling(path: Path, limit: int) -> OpenFile:
        if stalls == "opening":
            server.wait(30)
        real = open_regular(path, limit)

        def close() -> None:
            real.close()
            closed.set()

        return OpenFile(real.size, lambda _most: b"x" if server.wait(30) else b"", real.unchanged, close)

    async def take(patience: float) -> None:
        async with FileReader(file, LARGEST, patience=patience, opener=stalling) as reader:
            async for _piece in reader.pieces():
                pass

    with pytest.raises(Invalid, match="nothing came from it"):
        await take(0.05)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(take(30), 0.05)
    assert all(one.daemon for one in threading.enumerate() if one.name == "deskhand-file")
    server.set()
    assert closed.wait(10), "what was opened is closed when its server is back"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
async def test_a_text_is_read_from_a_pipe_and_given_up_where_nobody_writes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    make_pipe(pipe)
    with pytest.raises(Invalid, match="nothing came from it"):
        await read_any(pipe, 100, patience=0.1)
    other = tmp_path / "other"
    make_pipe(other)
    writer = threading.Thread(target=lambda: other.write_bytes(b"from a program"))
    writer.start()
    assert await read_any(other, 100) == b"from a program"
    writer.join()


async def test_a_text_without_an_end_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "text"
    file.write_bytes(b"x" * 5_000_001)
    assert len(await read_any(file, 5_000_001)) == 5_000_001
    with pytest.raises(Invalid, match=r"^it is larger than 5 MB$"):
        await read_any(file, 5_000_000)
    if (endless := Path("/dev/zero")).exists():
        with pytest.raises(Invalid, match="larger"):
            await read_any(endless, 100)
    with pytest.raises(OSError, match="directory"):
        await read_any(tmp_path, 100)
