"""Ask the operating system to keep our memory and files to ourselves."""

import ctypes
import os
import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def harden() -> tuple[str, ...]:
    """Switch off core dumps and reading by other processes, and make new files private.

    Call it first thing in the process. A process that is not readable has one price: a desktop portal cannot tell who asks, so
    file dialogs that go through a portal may be refused. Each step is independent, and one that the system refuses is left out.

    Returns:
        What was done, for diagnostics.
    """
    done: list[str] = ["SSLKEYLOGFILE is ignored"] if forget_key_log() else []
    if sys.platform != "win32":  # there, files inherit the profile folder's access list, and no core dump is written
        import resource

        os.umask(0o077)
        done.append("new files are private")
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        done.append("no core dumps")
    if sys.platform == "linux" and ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0:
        done.append("memory is not readable by other processes of this user")
    return tuple(done)


def forget_key_log() -> bool:
    """Keep Python from writing the keys of connections into a file, and tell whether it was told to.

    Whoever can set SSLKEYLOGFILE and record the network would read the credentials that vendors are shown. Where the file cannot be
    written, aiohttp cannot even be imported.
    """
    return os.environ.pop("SSLKEYLOGFILE", None) is not None
