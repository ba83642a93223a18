"""What the head of a group says."""

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from deskhand.domain import wording
from deskhand.domain.day_groups import NO_TIME
from deskhand.domain.ids import AccountId
from deskhand.domain.queries import GroupBy
from deskhand.domain.tickets import State
from deskhand.ui.kit.figures import counted
from deskhand.ui.list.groups import GroupHead, Grouping
from deskhand.ui.list.row_text import AccountTag, wait_text


def _tr(text: str) -> str:
    return QCoreApplication.translate("GroupHead", text)


def head_title(head: GroupHead, grouping: Grouping, accounts: Mapping[AccountId, AccountTag], now: datetime) -> str:
    """Return the name of a group."""
    match grouping.group_by:
        case GroupBy.ACCOUNT:
            tag = accounts.get(AccountId(head.group))
            return tag.label if tag is not None else head.group
        case GroupBy.TURN:
            return {
                "us": _tr("Customer waits for us"),
                "them": _tr("We wait for the customer"),
                "nobody": _tr("Nobody waits"),
                "unknown": _tr("Cannot be known"),
                "done": _tr("Done"),
            }.get(head.group, head.group)
        case GroupBy.DAY:
            return _day(head.group, now)
        case _:
            own = {"archived": _tr("Archived"), "gone": _tr("Not at the vendor any more")}.get(head.group)
            return own or wording.state(State(head.group))


def head_detail(head: GroupHead, grouping: Grouping, now: datetime) -> str:
    """Return what stands beside the name: how many, and what is to be known of all of them."""
    said = [f"{head.size:,}"] if head.size is not None else []
    if grouping.group_by is GroupBy.TURN and head.group == "unknown":
        said.append(_tr("these vendors show no conversation, or it was not read yet"))
    if grouping.by_wait and head.group == "us" and head.first is not None:
        since = wait_text(head.first, now, short=True)
        if since:
            said.append(_tr("oldest {time}").format(time=since))
    return " · ".join(said)


def head_sentence(head: GroupHead, grouping: Grouping, accounts: Mapping[AccountId, AccountTag], now: datetime) -> str:
    """Return the head as a screen reader says it: "Group Customer waits for us, 14 tickets, oldest 3 d. Folded."."""
    title = _tr("Group {name}").format(name=head_title(head, grouping, accounts, now))
    count = "" if head.size is None else counted(head.size, _tr("1 ticket"), _tr("{count} tickets"))
    rest = head_detail(head, grouping, now).partition(" · ")[2] if head.size is not None else ""
    state = _tr("Folded") if head.is_folded else _tr("Open")
    return f"{', '.join(part for part in (title, count, rest) if part)}. {state}."


def _day(key: str, now: datetime) -> str:
    if key == NO_TIME:
        return _tr("No date")
    locale = QLocale()
    if len(key) == len("2026-11"):
        year, month = (int(part) for part in key.split("-"))
        return locale.toString(QDate(year, month, 1), "MMMM yyyy")
    day = date.fromisoformat(key)
    back = (now.astimezone().date() - day).days
    if back in (0, 1):
        return _tr("Yesterday") if back else _tr("Today")
    return locale.toString(QDate(day.year, day.month, day.day), "dddd, d MMMM")
