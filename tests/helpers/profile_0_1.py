"""The profile that version 0.1 made, see tests/corpus/profiles/0.1/README.md."""

import json
import shutil
from pathlib import Path
from typing import Any

from deskhand import bootstrap
from deskhand.domain.accounts import Secret
from deskhand.profile.profile import Profile

CORPUS = Path(__file__).parents[1] / "corpus" / "profiles" / "0.1"
PASSPHRASE = "a passphrase for a profile of version 0.1"

STORED: dict[str, Any] = json.loads((CORPUS / "stored.json").read_text(encoding="utf-8"))
"""What the stores of version 0.1 gave back."""

ANSWERS: dict[str, Any] = json.loads((CORPUS / "answers.json").read_text(encoding="utf-8"))
"""What its reading commands printed, and when."""

_BESIDE = ("README.md", "stored.json", "answers.json")


def copy_profile(folder: Path) -> None:
    """Make a copy of the profile in a new folder."""
    folder.mkdir(0o700)
    for path in CORPUS.iterdir():
        if path.name not in _BESIDE:
            shutil.copyfile(path, folder / path.name)


async def passphrase(_new: bool) -> str:  # noqa: FBT001 - as `bootstrap` calls it
    return PASSPHRASE


async def key_of(folder: Path) -> Secret:
    """Return the key of a copy's databases, without opening them."""
    profile, vault = await bootstrap.open_vault(Profile.open_or_create(folder), None, passphrase)
    try:
        return await bootstrap.database_key(profile, vault)
    finally:
        bootstrap.close_vault(vault)
