"""A profile: the folder that holds everything, and the two facts that must be known before its database opens.

Without the id nobody finds the key of the databases again, so these facts lie there twice, and no new id is ever made where
anything was stored under an old one.
"""

import json
import logging
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import ProfileFactsLost
from deskhand.durable import write_whole
from deskhand.store.private_folder import BACKUPS, prepare

log = logging.getLogger(__name__)

FILE, COPY = "profile.json", "profile.copy.json"
VAULTS = ("", "keyring", "passphrase", "session")

_DATA = ("desk.db", "cache.db", "key.check")
_SECRETS = "vault.db"
_LARGEST = 65_536
_LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Profile:
    """What stands in `profile.json`; nothing secret.

    Attributes:
        id: names the profile's items in the keyring.
        vault: `keyring`, `passphrase` or `session`; "" = not chosen yet.
    """

    folder: Path
    id: str
    vault: str = ""

    @classmethod
    def open_or_create(cls, folder: Path) -> "Profile":
        """Read a profile, or begin one in a folder that holds none; the folder is this user's alone afterwards.

        Raises:
            ProfileFactsLost: neither of the two files can be read, and there is data. Nothing was touched.
            PlaceRefused, DiskFull: the folder cannot be used.
        """
        prepare(folder)
        here, copy = _read(folder / FILE), _read(folder / COPY)
        if here is None and copy is None:
            if _holds_anything(folder):
                raise ProfileFactsLost(f"{FILE} and {COPY} in {folder} cannot be read.")
            made = cls(folder, uuid4().hex)
            made.save()
            return made
        known = here or copy
        assert known is not None
        found = cls(folder, *known)
        if here != copy:
            found._repair(copy)
        return found

    def save(self) -> None:
        """Write the facts twice, each whole or not at all, and through to the disk."""
        facts = json.dumps({key: value for key, value in asdict(self).items() if key != "folder"})
        for name in (FILE, COPY):
            write_whole(self.folder / name, facts)

    def choose_vault(self, vault: str) -> "Profile":
        """Return the profile with its vault chosen, and save the choice."""
        made = Profile(self.folder, self.id, vault)
        made.save()
        return made

    @property
    def has_data(self) -> bool:
        """Whether a database was made here before: its key must exist, or be found."""
        return _has_database(self.folder)

    def _repair(self, copy: tuple[str, str] | None) -> None:
        """Make the two files alike again."""
        if copy is not None and copy[0] != self.id:
            # Somebody put another profile.json here. The id in the copy may be the one that finds the key.
            aside = self.folder / f"profile.{copy[0][:8]}.json"
            with suppress(OSError):
                write_whole(aside, json.dumps({"id": copy[0], "vault": copy[1]}))
        log.warning("profile.json and its copy differed, or one was missing; they are written again")
        try:
            self.save()
        except OSError as problem:  # a full disk: one of the two is enough for now
            log.warning("they could not be written: %s", problem.strerror)


def _read(path: Path) -> tuple[str, str] | None:
    """Return id and vault; None where there is no such file, or nothing of ours in it.

    Raises:
        OSError: it is there and the system does not let us read it.
        ProfileFactsLost: it names a vault that this program does not have.
    """
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(_LARGEST).decode("utf-8-sig"))
    except (FileNotFoundError, ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    known, vault = data.get("id"), data.get("vault", "")
    if not (isinstance(known, str) and known.isprintable() and 0 < len(known) <= _LONGEST_ID):
        return None
    if not isinstance(vault, str):
        return None
    if vault not in VAULTS:
        raise ProfileFactsLost(f"{path} names a place for secrets that this Deskhand does not know ({vault[:40]!a}).")
    return known, vault


def _has_database(folder: Path) -> bool:
    if any(next(folder.glob(f"{name}*"), None) for name in _DATA):
        return True
    return next((folder / BACKUPS).glob("desk-*.db"), None) is not None


def _holds_anything(folder: Path) -> bool:
    return _has_database(folder) or next(folder.glob(f"{_SECRETS}*"), None) is not None
