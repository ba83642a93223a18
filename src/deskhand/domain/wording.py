"""The sentences: one per reason, problem, question and state, used by the window and the command line alike.

The engine stores some of them (an outbox item's problem, an account's status) and the command line prints them all. Plain English in
sentence case. A code may stand in brackets, a vendor's own words behind a colon.
"""

import re
from collections.abc import Mapping, Sequence

from . import profile_wording, vendor_wording
from .accounts import Health
from .capabilities import Feature, Reason
from .commands import (
    Action,
    AddNote,
    Assign,
    ChangePriority,
    ChangeState,
    CreateTicket,
    DecisionReason,
    EditField,
    EditTags,
    LinkTickets,
    MakeSubTicket,
    OutboxItem,
    PushRecord,
    SendReply,
    UploadFile,
    kind_of,
)
from .problems import AppliedDifferently, DeskProblem, DiskFull, NotPossible
from .threads import Delivery
from .tickets import Priority, State

_IDENTIFIER = re.compile(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+")

SHORT = 60
"""Characters of a text that name it in a list."""

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
    Feature.RECALL: "call a message back",
    Feature.LINK: "link tickets",
    Feature.SUB_TICKET: "make sub-tickets",
    Feature.MERGE: "merge tickets",
    Feature.DUPLICATE: "mark duplicates",
}

_NOUNS: Mapping[Feature, str] = {
    Feature.STATE: "state",
    Feature.PRIORITY: "priority",
    Feature.ASSIGN: "assignee",
    Feature.TAGS: "tags",
}

_ASKS: Mapping[DecisionReason, str] = {
    DecisionReason.MAY_HAVE_BEEN_SENT: "This may have been sent: {vendor} gave no clear answer, and nothing shows whether it arrived.",
    DecisionReason.THREAD_CHANGED: "A newer message arrived since you wrote this, so it was not sent. Read that one first.",
    DecisionReason.OTHER_CUSTOMER: "The ticket belongs to another customer than when you wrote this, so it was not sent.",
    DecisionReason.CHANGED_BY_OTHERS: "Somebody else changed this meanwhile.",
    DecisionReason.WINDOW_PASSED: "{vendor} takes files only for a few minutes after the message, and that time has passed.",
    DecisionReason.NO_KEY_LEFT: "This may have been sent: the first try was too long ago for {vendor} to recognise a repetition.",
}

_DELIVERIES: Mapping[Delivery, str] = {
    Delivery.HELD: "held",
    Delivery.QUEUED: "waiting to be sent",
    Delivery.SENDING: "sending",
    Delivery.UNKNOWN: "checking whether it arrived",
    Delivery.SENT: "sent",
    Delivery.FAILED: "not sent",
    Delivery.NEEDS_DECISION: "needs your decision",
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
    "link": "link",
    "sub_ticket": "sub-ticket",
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


def cannot(what: Feature, why: Reason, vendor: str) -> str:
    """Return why something is not possible, in a sentence that names it: "NexusCore's API cannot merge tickets."."""
    if why is Reason.NOT_IN_API:
        return f"{vendor}'s API cannot {feature(what)}."
    if why is Reason.NOT_DOCUMENTED:
        return f"{vendor} documents no way to {feature(what)} through its API."
    return reason(why, vendor)


def lacking(features: Sequence[Feature]) -> str:
    """Return what a ticket does not have at its vendor: "no assignee, priority or tags"; empty for nothing."""
    nouns = [_NOUNS.get(one, one.value) for one in features]
    if len(nouns) < 2:
        return f"no {nouns[0]}" if nouns else ""
    return f"no {', '.join(nouns[:-1])} or {nouns[-1]}"


def feature(what: Feature) -> str:
    """Return a feature as a verb phrase."""
    return _FEATURES[what]


def ask(why: DecisionReason, vendor: str) -> str:
    """Return the question that only the agent can answer."""
    return _ASKS[why].format(vendor=vendor)


def delivery(how: Delivery) -> str:
    """Return how far something has got."""
    return _DELIVERIES[how]


def health(how: Health) -> str:
    """Return an account's state as a short label."""
    return _HEALTH[how]


def kind(name: str) -> str:
    """Return an outbox kind as an agent says it."""
    return _KINDS.get(name, name)


def item(what: OutboxItem) -> str:
    """Return an outbox item as an agent says it."""
    return kind(kind_of(what.command.action))


def content(item: OutboxItem) -> str:
    """Return what an outbox item is about, short; empty where its kind says it all."""
    match item.command.action:
        case SendReply(text=text) | AddNote(text=text) | CreateTicket(subject=text):
            return _short(f"{text}")
        case ChangeState(label=label) | ChangePriority(label=label) | EditField(label=label):
            return vendor_label(label)
        case Assign(to=person):
            return f"{person.shown if person else '-'}"
        case EditTags(add=add, remove=remove):
            return ", ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
        case UploadFile(file=file):
            return f"{file.name}"
        case LinkTickets(subject=subject) | MakeSubTicket(subject=subject):
            return _short(subject)
        case PushRecord(kind=kind, external_id=external):
            return f"{kind} {external}"
        case _:
            return ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rstrip()}…"


def vendor_label(label: str) -> str:
    """Return a vendor's own label as a person writes it: `on_hold` is what its API calls "on hold"."""
    return label.replace("_", " ") if _IDENTIFIER.fullmatch(label) else label


def vendor_title(label: str) -> str:
    """Return a vendor's own label as it stands alone, in a row, a column or before a field: `due_date` as "Due date"."""
    text = vendor_label(label)
    return text[:1].upper() + text[1:]


NO_WAY_BACK = "There is no way back but a reply to the customer."
"""Of a change that its vendor does not undo: closing at Mijn Klantportaal."""


def replies(count: int) -> str:
    """Return "1 reply came"."""
    return "1 reply came" if count == 1 else f"{count:,} replies came"


def tickets(count: int) -> str:
    """Return how many tickets."""
    return "1 ticket" if count == 1 else f"{count:,} tickets"


def done_to(action: Action) -> str:
    """Return what a change does to one ticket or to several, as a participle: "set to “closed”"."""
    match action:
        case ChangeState(label=label):
            return f"set to “{label}”"
        case ChangePriority(label=label):
            return f"set to priority “{label}”"
        case Assign(to=None):
            return "assigned to nobody"
        case Assign(to=person):
            return f"assigned to {person.shown if person else ''}"
        case EditTags(add=add, remove=remove):
            return " ".join(("tags", *(f"+{tag}" for tag in add), *(f"−{tag}" for tag in remove)))
        case SendReply():
            return "answered"
        case AddNote():
            return "given a note"
        case _:
            return kind(kind_of(action))


def state(meaning: State) -> str:
    """Return a unified state."""
    return _STATES[meaning]


def priority(meaning: Priority) -> str:
    """Return a unified priority."""
    return _PRIORITIES[meaning]


def unanswered(vendor: str) -> str:
    """Return why something was not sent yet although it was due."""
    return f"{vendor} had not answered when the time was up. It is tried again by itself."


def part_missing(vendor: str) -> str:
    """Return that a conversation is shorter here than it is there."""
    return f"Part of this conversation could not be read: {vendor}'s answer did not hold all of it."


def unread(count: int) -> str:
    """Return how many conversations a round could not read, or not wholly; empty for none."""
    return "" if not count else f"{count} conversation{'' if count == 1 else 's'} could not be read."


def left_out(count: int) -> str:
    """Return how many entries of a list could not be read; empty for none."""
    return "" if not count else f"{count} item{'' if count == 1 else 's'} could not be read."


def kept(action: Action) -> str:
    """Return what became of the agent's own text where a vendor refused them."""
    match action:
        case SendReply() | AddNote():
            return "Your text is kept."
        case UploadFile():
            return "The file is kept."
        case CreateTicket() | PushRecord() | EditField():
            return "What you typed is kept."
        case _:
            return "Nothing was changed."


def refused(what: DeskProblem, vendor: str, action: Action) -> str:
    """Return why something that was sent, or was about to be, is refused for good, and what became of it."""
    sentence = problem(what, vendor)
    return sentence if isinstance(what, NotPossible | AppliedDifferently) else f"{sentence} {kept(action)}"


def problem(what: BaseException, vendor: str, *, goes_on: bool = True) -> str:
    """Return what happened and what to do next, in one or two sentences.

    A problem with a status came as an answer of the vendor; one without was found on this computer, and then nobody refused
    anything.

    Args:
        goes_on: it is tried again by itself; False where the agent asked once and has to ask again.
    """
    if isinstance(what, DeskProblem):
        return vendor_wording.problem(what, vendor, goes_on=goes_on) or _found_here(what)
    return (
        f"Something unexpected happened ({type(what).__name__}). It was written to the log; nothing you typed is lost."
    )


def _found_here(what: DeskProblem) -> str:
    """Say what concerns this computer."""
    match what:
        case DiskFull():
            return "The disk is full. Nothing was written; what you typed is still where you typed it."
        case _:
            return profile_wording.problem(what) or what.detail or type(what).__name__
