"""Reads items of the Secret Service without keyring, which takes 45 ms and 77 modules to import.

The key of the databases is read before the window is painted. What is read here lies where keyring keeps it, under the same attributes,
and comes through the same encrypted session (`secretstorage`, which is what keyring's own backend uses). Everything else (writing,
unlocking, KWallet, saying what is wrong) is keyring's. Runs in the vault's own thread.
"""

import logging
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection  # type: ignore[import-untyped]

log = logging.getLogger(__name__)

_SERVICE = "org.freedesktop.secrets"
_DAEMONS = {"gnome-keyring-d": "GNOME Keyring", "kwalletd5": "KWallet", "kwalletd6": "KWallet", "ksecretd": "KWallet"}
_DAEMONS |= {"keepassxc": "KeePassXC", "oo7-daemon": "oo7"}

_SETTINGS = "KEYRING_PROPERTY_"
"""With a variable that begins so, keyring looks into another collection or for other attributes."""


def read_unlocked(service: str, item: str) -> tuple[str, str] | None:
    """Return an item's secret and the keyring's name for people; None where keyring has to be asked.

    That is where the item is not there or locked, and where the Secret Service does not answer as it should. Nothing is unlocked,
    made or changed, and nobody is asked for anything.
    """
    if any(name.startswith(_SETTINGS) for name in os.environ):
        return None
    import secretstorage
    from jeepney import DBusErrorResponse  # type: ignore[import-untyped]
    from jeepney.io.common import RouterClosed  # type: ignore[import-untyped]

    known = (secretstorage.SecretStorageException, DBusErrorResponse, RouterClosed, OSError, ValueError, RuntimeError)
    try:
        with closing(secretstorage.dbus_init()) as connection:
            collection = secretstorage.Collection(connection)  # the default one; `get_default_collection` would make it
            if collection.is_locked():
                return None
            for found in collection.search_items({"username": item, "service": service}):
                return None if found.is_locked() else (found.get_secret().decode(), daemon_name(connection))
    except known as problem:  # keyring meets the same one, and `KeyringVault` names it
        log.debug("the Secret Service cannot be read: %s", type(problem).__name__)
    return None


def daemon_name(connection: "DBusConnection") -> str:
    """Return who serves the Secret Service, by the name of its process, for people."""
    from jeepney import DBusAddress, new_method_call

    address = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    try:
        asked = new_method_call(address, "GetConnectionUnixProcessID", "s", (_SERVICE,))
        (process,) = connection.send_and_get_reply(asked).body
        command = Path(f"/proc/{int(process)}/comm").read_text(encoding="utf-8").strip()
    except (OSError, ValueError, TypeError):
        # Not running yet, or in another container: the name is only for people.
        command = "Keyring"
    return f"{_DAEMONS.get(command, command)} (Secret Service)"
