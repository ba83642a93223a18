"""What a row says beside name and subject: only what is not the usual, and the sentence for a screen reader."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from deskhand.content.characters import strip_direction
from deskhand.content.preview import preview
from deskhand.domain import waits, wording
from deskhand.domain.accounts import Account, AccountMark
from deskhand.domain.capabilities import Capabilities, Feature
from deskhand.domain.excerpts import Excerpt
from deskhand.domain.ids import AccountId
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.tickets import Priority, State, TicketRow, Turn
from deskhand.domain.waits import Due, Level, Targets, Unit, WaitRules
from deskhand.services.reply_targets import targets
from deskhand.ui.kit import times
from deskhand.ui.kit.state_glyph import state_glyph
from deskhand.ui.list import hit_text

_SOON = 4 * 3600
_FINE = 10
"""Of fewer days or hours than these the table says the hours or minutes too."""
_READABLE = 20
"""A longer number (a UUID has 36 characters) tells nobody anything, and takes the place of what does."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("TicketRow", text)


@dataclass(frozen=True, slots=True)
class AccountTag:
    """How an account shows in a row.

    Attributes:
        mark: its colour and icon.
        is_named: there is another account of the same vendor, so that a row says which one it is of.
        lacks: what its vendor has no field for.
        rules: from when a customer's wait is warm and hot.
        targets: within which time its customers are to be answered.
    """

    mark: AccountMark = AccountMark()
    label: str = ""
    is_named: bool = False
    lacks: frozenset[Feature] = frozenset()
    rules: WaitRules = WaitRules()
    targets: Targets = Targets()


def account_tags(accounts: Sequence[Account], rules: WaitRules) -> dict[AccountId, AccountTag]:
    """Return how each account shows."""
    of_vendor = Counter(account.vendor for account in accounts)
    return {
        one.id: AccountTag(
            one.shown_mark, one.label, of_vendor[one.vendor] > 1, _lacks(one.capabilities), rules, targets(one)
        )
        for one in accounts
    }


def _lacks(capabilities: Capabilities | None) -> frozenset[Feature]:
    fields = (Feature.PRIORITY, Feature.TAGS, Feature.ASSIGN, Feature.THREAD)
    return frozenset(one for one in fields if capabilities is not None and one not in capabilities)


@dataclass(frozen=True, slots=True)
class Said:
    """A few words at the end of a row, or an icon that stands for them.

    Attributes:
        ink: the name of the colour among the tokens of a theme.
        icon: painted before the words, or alone.
        priority: in place of an icon: its glyph is painted.
        has_words: the words are painted; else only a screen reader hears them.
    """

    label: str
    ink: str = "quiet"
    icon: str = ""
    has_words: bool = True
    priority: Priority = Priority.NONE


def state_label(row: TicketRow) -> str:
    """Return the vendor's own label for the state, or ours where it has none."""
    if row.vendor_state:
        return wording.vendor_title(row.vendor_state)
    return {
        State.OPEN: _tr("Open"),
        State.PENDING: _tr("Pending"),
        State.ON_HOLD: _tr("On hold"),
        State.SNOOZED: _tr("Snoozed"),
        State.SOLVED: _tr("Solved"),
        State.CLOSED: _tr("Closed"),
        State.OTHER: "",
    }[row.state]


def priority_label(row: TicketRow) -> str:
    """Return the vendor's label for a priority that stands out; empty for a normal one."""
    return "" if row.priority in (Priority.NONE, Priority.NORMAL) else priority_word(row)


def priority_word(row: TicketRow) -> str:
    """Return the vendor's label for the priority, or ours where it has none; empty where none is set."""
    if row.priority is Priority.NONE:
        return ""
    if row.vendor_priority:
        return wording.vendor_title(row.vendor_priority)
    return {
        Priority.URGENT: _tr("Urgent"),
        Priority.HIGH: _tr("High"),
        Priority.NORMAL: _tr("Normal"),
        Priority.LOW: _tr("Low"),
    }.get(row.priority, "")


def age(row: TicketRow, now: datetime) -> Said | None:
    """Return how long ago the ticket changed; None where no time is told."""
    return Said(times.age(row.updated_at, now)) if row.updated_at is not None else None


def wait_or_age(row: TicketRow, account: AccountTag, now: datetime, *, short: bool = False) -> Said | None:
    """Return what stands at the end of the first line: how long the customer has waited for us, else how long ago the ticket changed.

    Args:
        short: without the word "waits", which the colour and the view say.
    """
    level = wait_level(row, now, account.rules)
    if level is None:
        return age(row, now)
    ink = {Level.CALM: "quiet", Level.WARM: "warn", Level.HOT: "wrong"}[level]
    return Said(wait_text(row, now, short=short), ink)


def wait_in_table(row: TicketRow, account: AccountTag, now: datetime) -> Said | None:
    """Return how long the customer has waited ("3 d 2 h", "22 h"); None where nobody waits for us or no time is told.

    A second unit stands only beside a small number, where it still says something.
    """
    level = wait_level(row, now, account.rules)
    if level is None or row.waiting_since is None:
        return None
    minutes = max(0, int(waits.waited(row.waiting_since, now).total_seconds()) // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        label = (_tr("{d} d {h} h") if days < _FINE else _tr("{d} d")).format(d=days, h=hours)
    elif hours:
        label = (_tr("{h} h {n}") if hours < _FINE else _tr("{h} h")).format(h=hours, n=f"{rest:02}")
    else:
        label = _tr("{n} min").format(n=rest)
    return Said(label, {Level.CALM: "quiet", Level.WARM: "warn", Level.HOT: "wrong"}[level])


def state_exception(row: TicketRow) -> Said | None:
    """Return the state with its glyph, unless it is the plain open one."""
    label = state_label(row)
    if not label or (row.state is State.OPEN and label.casefold() == "open"):
        return None
    icon, ink = state_glyph(row.state, label)
    return Said(label, ink, icon)


def priority_exception(row: TicketRow) -> Said | None:
    """Return the priority from High up, as a glyph."""
    if row.priority in (Priority.URGENT, Priority.HIGH):
        return Said(priority_label(row), has_words=False, priority=row.priority)
    return None


def marks(row: TicketRow, account: AccountTag, now: datetime) -> tuple[Said, ...]:
    """Return what stands at the end of the last line: what needs the agent or is under way, when an answer is due, files."""
    found = []
    if row.needs_agent:
        found.append(Said(_tr("needs you"), "wrong", "circle-alert"))
    elif row.pending:
        labels = {"reply": _tr("reply waiting"), "note": _tr("note waiting"), "create": _tr("not sent yet")}
        found.append(Said(labels.get(row.pending[0], _tr("change waiting")), "warn", "history", has_words=False))
    if not row.state.is_done and (due := due_of(row, account.targets)) is not None:
        near = (due.at - now).total_seconds() < _SOON
        found.append(Said(times.due(due.at, now), "wrong" if near else "quiet"))
    if row.is_back or row.is_away or row.later_until is not None:
        found.append(_later(row, now))
    if not row.state.is_done and (name := assignee_of(row)):
        found.append(Said(first_name(name), "quiet", "user-round"))
    if row.is_pinned:
        found.append(Said(_tr("pinned"), "quiet", "pin", has_words=False))
    if row.is_linked:
        found.append(Said(_tr("linked"), "quiet", "link", has_words=False))
    if row.has_note:
        found.append(Said(_tr("note"), "note_edge", "sticky-note", has_words=False))
    if row.has_files:
        found.append(Said(_tr("attachment"), "quiet", "paperclip", has_words=False))
    return tuple(found)


def assignee_of(row: TicketRow, *, all_names: bool = False) -> str:
    """Return whom a ticket belongs to where it is somebody else; empty for the agent and for nobody.

    Args:
        all_names: of the agent say "You" and of nobody "nobody".
    """
    name = row.assignee_name or row.assignee_email
    if row.is_mine and name:
        return _tr("You") if all_names else ""
    return name or (_tr("nobody") if all_names else "")


def first_name(name: str) -> str:
    """Return the name that a row has room for: "Omar" of "Omar Haddad", "omar" of an address."""
    return name.partition("@")[0] if "@" in name and " " not in name else name.split(maxsplit=1)[0]


def draft_mark(row: TicketRow) -> str:
    """Return the mark of something typed and not sent, before words that are not its own; empty where nothing is typed."""
    return _tr("Draft ·") if row.has_draft else ""


def draft_label(row: TicketRow) -> str:
    """Return the mark before `preview_of` where something is typed; empty where nothing is.

    With a colon the draft's own words follow; one that has none, only files, is followed by what was said last.
    """
    if row.draft_text and not row.later_reason:
        return _tr("Draft:")
    return draft_mark(row)


def wait_text(row: TicketRow, now: datetime, *, short: bool = False) -> str:
    """Return "waits 3 h", or short "3 h", while the customer waits for us and a time is told; else nothing."""
    if row.turn is not Turn.US or row.waiting_since is None:
        return ""
    number, unit = waits.in_unit(waits.waited(row.waiting_since, now))
    if short:
        said = {Unit.MINUTES: _tr("{n} min"), Unit.HOURS: _tr("{n} h"), Unit.DAYS: _tr("{n} d")}
    else:
        said = {Unit.MINUTES: _tr("waits {n} min"), Unit.HOURS: _tr("waits {n} h"), Unit.DAYS: _tr("waits {n} d")}
    return said[unit].format(n=number)


def wait_sentence(row: TicketRow, now: datetime) -> str:
    """Return "waits 3 hours" for a screen reader, "" where `wait_text` says nothing."""
    if row.turn is not Turn.US or row.waiting_since is None:
        return ""
    number, unit = waits.in_unit(waits.waited(row.waiting_since, now))
    if number == 1:
        return {Unit.MINUTES: _tr("waits 1 minute"), Unit.HOURS: _tr("waits 1 hour"), Unit.DAYS: _tr("waits 1 day")}[
            unit
        ]
    said = {
        Unit.MINUTES: _tr("waits {n} minutes"),
        Unit.HOURS: _tr("waits {n} hours"),
        Unit.DAYS: _tr("waits {n} days"),
    }
    return said[unit].format(n=number)


def wait_level(row: TicketRow, now: datetime, rules: WaitRules) -> Level | None:
    """Return how urgent the wait is that `wait_text` says; None where it says nothing."""
    if row.turn is not Turn.US or row.waiting_since is None:
        return None
    return waits.level(row.waiting_since, now, rules)


def due_of(row: TicketRow, targets: Targets) -> Due | None:
    """Return the due time that counts for a row, and whose clock it is.

    Args:
        targets: of the row's account (`services.reply_targets.targets`).
    """
    return waits.due(row.turn, row.waiting_since, targets, row.due_at, answered=row.answered)


def _later(row: TicketRow, now: datetime) -> Said:
    """Return when a ticket of Later comes back, or since when it is back, and what came meanwhile."""
    when = times.moment(row.later_until, now) if row.later_until is not None else _tr("until they reply")
    if row.is_back:
        return Said(_tr("back since {when}").format(when=when), "link", "alarm-clock")
    if row.later_replies:
        return Said(f"{when} · {wording.replies(row.later_replies)}", "warn", "alarm-clock")
    return Said(when if row.is_away else _tr("reminder {when}").format(when=when), "quiet", "alarm-clock")


def preview_of(row: TicketRow) -> str:
    """Return what the last line shows: the words that the agent left to a ticket of Later, how a draft begins, or what was said last."""
    if row.later_reason:
        return f"“{row.later_reason}”"
    return row.draft_text or preview(row.snippet, row.subject)


def who(row: TicketRow) -> str:
    """Return the customer; where nobody is known the ticket's number, unless only a machine could read it."""
    if row.who:
        return row.who
    if row.number and len(row.number) <= _READABLE:
        return row.number
    return _tr("No customer")


def sentence(row: TicketRow, account: AccountTag, now: datetime, found: Excerpt | None = None) -> str:
    """Return the whole row as a screen reader says it: "Unread. Chloe Castellano, Refund. Retail EU. 3 h. High. Any news?".

    Args:
        found: where a search found it, which is said in place of what was said last.
    """
    has_words = found is None and bool(row.draft_text) and not row.later_reason
    told = [_tr("Unread") if row.unread else "", f"{who(row)}, {row.subject or _tr('no subject')}", account.label]
    if row.group != account.label:
        told.append(row.group)
    told.append(wait_sentence(row, now) or (said.label if (said := age(row, now)) is not None else ""))
    told += [said.label for said in (state_exception(row), priority_exception(row)) if said is not None]
    told += [
        _tr("draft") if row.has_draft and not has_words else "",
        *(said.label for said in marks(row, account, now)),
        f"{draft_label(row) if has_words else ''} {preview_of(row)}"
        if found is None
        else hit_text.sentence(found, now),
    ]
    parts = (" ".join(part.split()) for part in told)
    return strip_direction(" ".join(part if part[-1] in ".!?…" else f"{part}." for part in parts if part))
