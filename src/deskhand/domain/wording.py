"""The sentences: one per reason, problem, question and state, used by the window and the command line alike.

DESIGN.md keeps them in `ui.wording`; they moved here because the engine stores some of them (an outbox item's problem, an
account's status) and the command line prints them all. Plain English in sentence case; the window passes them through its
translation context `wording`. A code may stand in brackets, a vendor's own words behind a colon.
"""

from collections.abc import Mapping

from .accounts import Health
from .capabilities import Feature, Reason
from .commands import AskReason, OutboxItem, kind_of
from .ports import StoreEvent, StoreNotice
from .problems import (
    DeskProblem,
    DiskFull,
    Gone,
    InstallationIncomplete,
    Invalid,
    Misunderstood,
    NotAllowed,
    NotInPlan,
    Offline,
    OutcomeUnknown,
    PlaceReason,
    PlaceRefused,
    ProfileBusy,
    ProfileDamaged,
    ProfileFactsLost,
    ProfileInUse,
    ProfileKeyWrong,
    ProfileNewer,
    ProfileUnreadable,
    SignInNeeded,
    Stale,
    Throttled,
    VaultReason,
    VaultUnavailable,
    VendorDown,
)
from .threads import Delivery
from .tickets import Priority, State

_REASONS: Mapping[Reason, str] = {
    Reason.NO_CONVERSATIONS: "{vendor} keeps records, not conversations: its API has no messages, notes or files.",
    Reason.WRITE_ONLY: "{vendor}'s API can only be written to; nothing can be read back.",
    Reason.NOT_IN_API: "{vendor}'s API offers no way to do this.",
    Reason.NOT_DOCUMENTED: "{vendor} documents no way to do this through its API.",
    Reason.CHAT_TICKET: "This ticket came from a live chat, and {vendor} takes no messages or files for those through its API.",
    Reason.ARCHIVED: "This record is archived; {vendor} offers no way back.",
    Reason.NOT_IN_PLAN: "The plan of this {vendor} account does not include it.",
    Reason.SCOPE_MISSING: "These credentials lack the scope for it; ask an administrator of {vendor}.",
    Reason.NOT_NAMED_YET: "{vendor} has not confirmed this ticket yet.",
    Reason.NOTHING_KNOWN: "{vendor} lists no choices, and none were seen in its tickets yet.",
    Reason.ALREADY_CLOSED: "This ticket is closed already.",
    Reason.REOPENS_BY_REPLY_ONLY: "{vendor} reopens a closed ticket only when you reply to it.",
}

_FEATURES: Mapping[Feature, str] = {
    Feature.LIST: "list tickets",
    Feature.THREAD: "read conversations",
    Feature.REPLY: "reply",
    Feature.NOTE: "write a note for colleagues",
    Feature.CC: "copy others in",
    Feature.ATTACH: "attach files",
    Feature.DOWNLOAD: "download files",
    Feature.STATE: "change the state",
    Feature.PRIORITY: "change the priority",
    Feature.ASSIGN: "assign",
    Feature.TAGS: "edit tags",
    Feature.SUBJECT: "edit the subject",
    Feature.FIELDS: "edit fields",
    Feature.CREATE: "create tickets",
    Feature.SEARCH: "search at the vendor",
    Feature.ARCHIVE: "archive",
    Feature.DISPATCH: "dispatch to a router",
    Feature.RECORDS: "push records",
    Feature.IMPORT: "import tickets from a file",
}

_VAULT: Mapping[VaultReason, str] = {
    VaultReason.NO_KEYRING: "No keyring answers on this computer. Install or start one (GNOME Keyring, KWallet or KeePassXC), or "
    "choose a passphrase.",
    VaultReason.LOCKED: "Your keyring is locked. Unlock it and try again.",
    VaultReason.DENIED: "Your keyring refused access. Allow Deskhand to use it and try again.",
    VaultReason.HUNG: "Your keyring did not answer in time. It may be waiting for you to unlock it.",
    VaultReason.NOT_KEPT: "Your keyring did not keep the secret, so nothing was stored.",
    VaultReason.WRONG_PASSPHRASE: "That passphrase does not open the vault. Nothing was changed.",
    VaultReason.KEY_MISSING: "The key of this profile is not where it was kept, so what is stored cannot be opened. Nothing was touched. "
    "Unlock or bring back the keyring that holds it, or the vault.db that belongs to this profile, and try again.",
}

_ELSEWHERE = "Choose a folder of your own with --profile DIR, or set DESKHAND_PROFILE."

_PLACES: Mapping[PlaceReason, str] = {
    PlaceReason.NOT_A_FOLDER: f"The profile is kept in a folder, and {{path}} is none or lies below a file. {_ELSEWHERE}",
    PlaceReason.NOT_WRITABLE: "Deskhand may not write to {path}. Give yourself the right to write there, or choose another folder with "
    "--profile DIR.",
    PlaceReason.OTHERS: "{path} belongs to another user of this computer, who could read and change what is kept there. Make it yours "
    "(chown), or choose another folder with --profile DIR.",
    PlaceReason.NOT_PRIVATE: "Other users could read {path}, and the disk it is on cannot keep them out. Choose a folder on another "
    "disk with --profile DIR.",
    PlaceReason.LINK: "{path} is a link to somewhere else, which Deskhand did not make and does not follow. Look where it leads, remove "
    "it, and start again.",
    PlaceReason.WRONG_KIND: "{path} is not of the kind that Deskhand keeps under this name. Move it away, and start again.",
    PlaceReason.TOO_LONG: f"The name of this folder is longer than a database can be opened by: {{path}}. {_ELSEWHERE}",
    PlaceReason.NOT_TEXT: f"The name of this folder is not valid UTF-8, and a database cannot be opened by it: {{path}}. {_ELSEWHERE}",
    PlaceReason.NO_HOME: f"There is no home folder to keep the profile in. {_ELSEWHERE}",
    PlaceReason.NO_LOCKS: "The disk that holds {path} offers no file locks, so two programs could spoil the data. Choose a folder on a "
    "local disk with --profile DIR, or have locks switched on for this network folder.",
}

_ASKS: Mapping[AskReason, str] = {
    AskReason.MAY_HAVE_BEEN_SENT: "This may have been sent: {vendor} gave no answer, and it could not be found there.",
    AskReason.THREAD_CHANGED: "A newer message arrived since you wrote this. Read it before you send.",
    AskReason.CHANGED_BY_OTHERS: "Somebody else changed this meanwhile.",
    AskReason.WINDOW_PASSED: "{vendor} takes files only for a few minutes after the message, and that time has passed.",
    AskReason.NO_KEY_LEFT: "This may have been sent: the first try was too long ago for {vendor} to recognise a repetition.",
}

_DELIVERIES: Mapping[Delivery, str] = {
    Delivery.HELD: "held",
    Delivery.QUEUED: "waiting to be sent",
    Delivery.SENDING: "sending",
    Delivery.UNKNOWN: "checking whether it arrived",
    Delivery.SENT: "sent",
    Delivery.FAILED: "not sent",
    Delivery.ASK: "needs your decision",
}

_HEALTH: Mapping[Health, str] = {
    Health.NEW: "not synced yet",
    Health.SYNCING: "syncing",
    Health.FINE: "up to date",
    Health.PAUSED: "paused",
    Health.WAITING: "waiting",
    Health.OFFLINE: "offline",
    Health.SIGN_IN: "sign-in needed",
    Health.BLOCKED: "needs attention",
}

_KINDS: Mapping[str, str] = {
    "reply": "reply",
    "note": "note",
    "state": "state change",
    "priority": "priority change",
    "assign": "assignment",
    "tags": "tag change",
    "field": "field change",
    "create": "new ticket",
    "archive": "archiving",
    "dispatch": "dispatch",
    "file": "file",
    "record": "record",
}

_STATES: Mapping[State, str] = {
    State.OPEN: "Open",
    State.PENDING: "Pending",
    State.ON_HOLD: "On hold",
    State.SNOOZED: "Snoozed",
    State.SOLVED: "Solved",
    State.CLOSED: "Closed",
    State.OTHER: "Other",
}

_PRIORITIES: Mapping[Priority, str] = {
    Priority.URGENT: "Urgent",
    Priority.HIGH: "High",
    Priority.NORMAL: "Normal",
    Priority.LOW: "Low",
    Priority.NONE: "None",
    Priority.OTHER: "Other",
}


def reason(why: Reason, vendor: str) -> str:
    """Return why something is not possible."""
    return _REASONS[why].format(vendor=vendor)


def feature(what: Feature) -> str:
    """Return a feature as a verb phrase."""
    return _FEATURES[what]


def ask(why: AskReason, vendor: str) -> str:
    """Return the question that only the agent can answer."""
    return _ASKS[why].format(vendor=vendor)


def delivery(how: Delivery) -> str:
    """Return how far something has got."""
    return _DELIVERIES[how]


def health(how: Health) -> str:
    """Return an account's state in two words."""
    return _HEALTH[how]


def kind(name: str) -> str:
    """Return an outbox kind as an agent says it."""
    return _KINDS.get(name, name)


def item(what: OutboxItem) -> str:
    """Return an outbox item as an agent says it."""
    return kind(kind_of(what.command.action))


def state(meaning: State) -> str:
    """Return a unified state."""
    return _STATES[meaning]


def priority(meaning: Priority) -> str:
    """Return a unified priority."""
    return _PRIORITIES[meaning]


def notice(what: StoreNotice) -> str:
    """Return what opening the profile had to mend."""
    kept = f"The damaged file is kept as {what.aside}."
    match what.event:
        case StoreEvent.CACHE_REBUILT:
            return f"The local copy of your tickets was damaged and is fetched again. Drafts and the outbox are whole. {kept}"
        case StoreEvent.DESK_RESTORED:
            return f"The file with drafts and the outbox was damaged; the backup {what.backup} came back. {kept}"
        case StoreEvent.DESK_STARTED_ANEW:
            return f"The file with drafts and the outbox was damaged; {what.saved} entries could be saved. {kept}"


_LONGEST_PATH = 160


def _cut(path: str) -> str:
    """Return a path that leaves room for the sentence around it, with what cannot be shown or printed as escapes."""
    shown = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in path)
    half = _LONGEST_PATH // 2
    return shown if len(shown) <= _LONGEST_PATH else f"{shown[:half]}…{shown[-half:]}"


def _ended(words: str) -> str:
    """Return a vendor's words so that a sentence of ours can follow."""
    words = words.strip()
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def problem(what: BaseException, vendor: str, *, goes_on: bool = True) -> str:
    """Return what happened and what to do next, in one or two sentences.

    Args:
        goes_on: it is tried again by itself; False where the agent asked once and has to ask again.
    """
    again = "It is tried again by itself." if goes_on else "Nothing was changed; try again."
    code = f" ({what.status})" if isinstance(what, DeskProblem) and what.status else ""
    said = f" It said: {_ended(what.detail)}" if isinstance(what, DeskProblem) and what.detail else ""
    match what:
        case Offline():
            return f"{vendor} cannot be reached: {what.detail or 'there is no connection'}. {again}"
        case Throttled():
            return f"{vendor} asked for a pause{code}. {again}"
        case VendorDown():
            return f"{vendor} has a problem of its own{code}. {again}"
        case OutcomeUnknown():
            return f"{vendor} gave no clear answer{code}. Deskhand checks whether it arrived."
        case SignInNeeded():
            return f"{vendor} refused these credentials{code}. Check them and sign in again.{said}"
        case NotInPlan():
            return f"The plan of this {vendor} account does not include this{code}.{said}"
        case NotAllowed():
            return f"These credentials may not do this{code}. Ask an administrator of {vendor}.{said}"
        case Gone():
            return f"{vendor} does not have this any more{code}.{said}"
        case Stale():
            return f"Somebody else changed this at {vendor} meanwhile{code}.{said}"
        case Invalid():
            named = "".join(f" {name}: {words}" for name, words in what.fields.items())
            return f"{vendor} refused this{code}.{said}{named} Your text is kept."
        case Misunderstood():
            return f"The answer was not {vendor}'s. A network sign-in page or a wrong address may be in between.{said}"
        case VaultUnavailable():
            return _VAULT[what.reason]
        case DiskFull():
            return "The disk is full. Nothing was written; what you typed is still where you typed it."
        case ProfileNewer():
            return "A newer Deskhand has written this profile. Nothing was touched; start that one, or update this one."
        case ProfileKeyWrong():
            return "The key in the vault does not open this profile. Nothing was touched."
        case ProfileDamaged():
            return "A file of this profile cannot be read. Start again: it is set aside and what is whole is kept."
        case ProfileInUse():
            return "Another Deskhand is using this profile."
        case PlaceRefused():
            words = _PLACES[what.reason].format(path=_cut(what.path))
            return f"{words} ({what.detail})" if what.detail else words
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
        case DeskProblem():
            return what.detail or type(what).__name__
        case _:
            return f"Something unexpected happened ({type(what).__name__}). It was written to the log; nothing you typed is lost."
