"""A profile: the folder that holds everything, and the two facts that must be known before its database opens."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

FILE = "profile.json"


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
    def of(cls, folder: Path) -> "Profile":
        """Read a profile, or begin one; the folder is this user's alone."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            data = json.loads((folder / FILE).read_text(encoding="utf-8"))
            return cls(folder, str(data["id"]), str(data.get("vault", "")))
        except (OSError, ValueError, KeyError):
            made = cls(folder, uuid4().hex)
            made.keep()
            return made

    def keep(self) -> None:
        """Write the facts, whole or not at all."""
        facts = {key: value for key, value in asdict(self).items() if key != "folder"}
        part = self.folder / f"{FILE}.part"
        part.write_text(json.dumps(facts), encoding="utf-8")
        part.chmod(0o600)
        os.replace(part, self.folder / FILE)  # noqa: PTH105 - atomic on every platform

    def choose_vault(self, vault: str) -> "Profile":
        """Return the profile with its vault chosen, and keep the choice."""
        made = Profile(self.folder, self.id, vault)
        made.keep()
        return made

    @property
    def has_data(self) -> bool:
        """Whether a database was made here before: its key must exist, or be found."""
        return (self.folder / "desk.db").exists()
