"""An X server of a test's own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

HAS_X_SERVER = shutil.which("Xvfb") is not None


@contextmanager
def x_server(size: str = "800x600") -> Iterator[str]:
    """Run Xvfb with one screen of that size and yield the name of its display."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading, "rb") as told:
                yield ":" + told.readline().decode().strip()
        finally:
            server.terminate()
