"""The sentences about the profile, its keyring and the installation: what keeps Deskhand from opening what is stored, and what to do."""

from collections.abc import Mapping, Sequence

from .mending import StoreEvent, StoreNotice
from .problems import (
    DeskProblem,
    InstallationIncomplete,
    PlaceReason,
    PlaceRefused,
    ProfileBusy,
    ProfileDamaged,
    ProfileFactsLost,
    ProfileInUse,
    ProfileKeyWrong,
    ProfileNewer,
    ProfileUnreadable,
    VaultReason,
    VaultUnavailable,
)

_ELSEWHERE = "Choose a folder of your own with --profile DIR, or set DESKHAND_PROFILE."

_PLACES: Mapping[PlaceReason, str] = {
    PlaceReason.NOT_A_FOLDER: f"The profile is kept in a folder, and {{path}} is none or lies below a file. {_ELSEWHERE}",
    PlaceReason.NOT_WRITABLE: "Deskhand may not write to {path}. Give yourself the right to write there, or choose another folder with "
    "--profile DIR.",
    PlaceReason.OTHERS: "{path} belongs to another user of this computer, who could read and change what is kept there. Make it yours "
    "(chown), or choose another folder with --profile DIR.",
    PlaceReason.NOT_PRIVATE: "Other users could read {path}, and the disk it is on cannot keep them out. Choose a folder on another "
    "disk with --profile DIR.",
    PlaceReason.HOLDS_OTHER: "{path} holds other things, and others may read it; a profile's folder is for one user alone. Name an empty "
    "folder, or one that is not there yet, with --profile DIR.",
    PlaceReason.LINK: "{path} is a link to somewhere else, which Deskhand did not make and does not follow. Look where it leads, remove "
    "it, and start again.",
    PlaceReason.WRONG_KIND: "{path} is not of the kind that Deskhand keeps under this name. Move it away, and start again.",
    PlaceReason.TOO_LONG: f"The name of this folder is longer than a database can be opened by: {{path}}. {_ELSEWHERE}",
    PlaceReason.NOT_TEXT: f"The name of this folder is not valid UTF-8, and a database cannot be opened by it: {{path}}. {_ELSEWHERE}",
    PlaceReason.NO_HOME: f"There is no home folder to keep the profile in. {_ELSEWHERE}",
    PlaceReason.NO_LOCKS: "The disk that holds {path} offers no file locks, so two programs could spoil the data. Choose a folder on a "
    "local disk with --profile DIR, or have locks switched on for this network folder.",
}

_VAULT: Mapping[VaultReason, str] = {
    VaultReason.NO_KEYRING: "No keyring answers on this computer. Install or start one (GNOME Keyring, KWallet or KeePassXC), or "
    "choose a passphrase.",
    VaultReason.LOCKED: "Your keyring is locked. Unlock it and try again.",
    VaultReason.DENIED: "Your keyring refused access. Allow Deskhand to use it and try again.",
    VaultReason.HUNG: "Your keyring did not answer in time. It may be waiting for you to unlock it.",
    VaultReason.NOT_STORED: "Your keyring, or the file vault.db where you chose a passphrase, did not keep the secret, so nothing was stored.",
    VaultReason.WRONG_PASSPHRASE: "That passphrase does not open the vault. Nothing was changed.",
    VaultReason.PASSPHRASE_MISSING: "The credentials and the key of this profile lie in an encrypted file, and its passphrase was not given. "
    "Type it, or name a file that holds it with --passphrase-file FILE.",
    VaultReason.PASSPHRASE_UNCHOSEN: "An encrypted file is to keep your credentials, and no passphrase was chosen for it. Type one, or name "
    "a file that holds it with --passphrase-file FILE.",
    VaultReason.DAMAGED: "The file vault.db, which holds your credentials and the key of this profile, is damaged. Nothing was touched. Put it "
    "back from a backup of yours, and try again.",
    VaultReason.FILE_REFUSED: "The system does not let Deskhand use the file vault.db, which holds your credentials and the key of this "
    "profile. Nothing was touched. Give yourself the right to read and write it, look whether its disk is well, and try again.",
    VaultReason.ELSEWHERE: "The credentials and the key of this profile lie in another place than the one you named, and stay there. Nothing "
    "was touched. Start without --vault.",
    VaultReason.KEY_MISSING: "The key of this profile is not where it was kept, so what is stored cannot be opened. Nothing was touched. "
    "Unlock or bring back the keyring that holds it, or the vault.db that belongs to this profile, and try again.",
}

_LONGEST_PATH = 160


def problem(what: DeskProblem) -> str:
    """Return what happened and what to do; empty for what concerns something else."""
    match what:
        case VaultUnavailable():
            return _VAULT[what.reason]
        case ProfileNewer():
            return "A newer Deskhand has written this profile. Nothing was touched; start that one, or update this one."
        case ProfileKeyWrong():
            return (
                "The key in the vault does not open this profile. Nothing was touched. Bring back the keyring or the vault.db that "
                "belongs to these files and start again, or choose another folder with --profile DIR."
            )
        case ProfileDamaged():
            return "A file of this profile cannot be read. Start again: it is set aside and what is whole is kept."
        case ProfileInUse():
            return "Another Deskhand is using this profile."
        case PlaceRefused():
            sentence = _PLACES[what.reason].format(path=short_path(what.path))
            return f"{sentence} ({what.detail})" if what.detail else sentence
        case ProfileFactsLost():
            return (
                f"{what.detail} Without the name in it the key of what is stored there cannot be found. Nothing was touched: put the "
                "file back from a backup of yours and start again, or move the whole folder away to begin anew."
            )
        case ProfileBusy():
            return "Another program holds the files of this profile. Nothing was changed; end it (a backup, a search) and start again."
        case ProfileUnreadable():
            return (
                "The system refuses to read or write the files of this profile. Nothing was set aside; look whether its disk is well "
                f"and connected, and start again. ({what.detail})"
            )
        case InstallationIncomplete():
            return f"This installation is incomplete: {what.detail}. Install Deskhand again."
        case _:
            return ""


def notices(found: Sequence[StoreNotice]) -> tuple[str, ...]:
    """Return what opening the profile had to mend, and what may be missing since."""
    is_whole = not any(notice.event.is_of_desk for notice in found)
    return tuple(_notice(notice, is_whole=is_whole) for notice in found)


def _notice(what: StoreNotice, *, is_whole: bool) -> str:
    kept = f"The damaged file is kept as {what.aside}."
    look = "look through your drafts and the outbox."
    match what.event:
        case StoreEvent.CACHE_REBUILT:
            whole = "Drafts and the outbox are kept in another file, which opened well. " if is_whole else ""
            return f"The local copy of your tickets was damaged and is fetched again. {whole}{kept}"
        case StoreEvent.DESK_RESTORED:
            return (
                f"The file with drafts and the outbox was damaged; the backup {what.backup} came back. What was written after that "
                f"backup may be missing: {look} {kept}"
            )
        case StoreEvent.DESK_STARTED_ANEW:
            return (
                f"The file with drafts and the outbox was damaged, and there was no whole backup; {what.saved} entries could be saved. "
                f"Whatever else was in it is missing: {look} {kept}"
            )
        case StoreEvent.DESK_BEHIND:
            return (
                "The newest changes in the file with drafts and the outbox are gone: it was damaged, or an older one was put in its "
                f"place. What was written last may be missing: {look}"
            )


def short_path(path: str) -> str:
    """Return a path that leaves room for the sentence around it, with what cannot be shown or printed as escapes."""
    shown = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in path)
    half = _LONGEST_PATH // 2
    return shown if len(shown) <= _LONGEST_PATH else f"{shown[:half]}…{shown[-half:]}"
