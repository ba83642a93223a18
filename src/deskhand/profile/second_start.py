"""A second start of the window: it finds out that another process owns the profile before anything of the window is imported."""

from pathlib import Path

from deskhand.domain.console import Console
from deskhand.domain.problems import ProfileInUse
from deskhand.profile.lock import ProfileLock, acquire_or_find

ACTIVATE = "--raise"
"""What a second start says to the first."""

PATIENCE = 10.0
"""Seconds that a second start waits for the first one to stand, and again for its answer."""


async def acquire_or_activate(folder: Path, opened: str, console: Console) -> ProfileLock | int:
    """Become the owner of a profile, or have the window that is open come to the front and return its exit code.

    Args:
        opened: the ticket that the window is asked to show; may be empty.
        console: where the owner's answer goes.

    Raises:
        PlaceRefused, DiskFull: the folder cannot be used.
        ProfileInUse: the owner does not answer.
    """
    owner = await acquire_or_find(folder, PATIENCE)
    if isinstance(owner, ProfileLock):
        return owner
    if owner is None:
        raise ProfileInUse
    from deskhand.profile import ipc

    arguments = (ACTIVATE, opened) if opened else (ACTIVATE,)
    code = await ipc.send_request(owner.address, owner.token, ipc.Request(arguments), console, patience=PATIENCE)
    if code is None:
        raise ProfileInUse(f" (process {owner.pid})")
    return code
