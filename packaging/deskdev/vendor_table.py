"""The README's table of what each vendor can do, from what the vendors' packages say of themselves."""

import sys
from typing import TYPE_CHECKING

from deskdev.environment import CHECKOUT

if TYPE_CHECKING:
    from deskhand.domain.accounts import VendorInfo
    from deskhand.domain.capabilities import Feature

README = CHECKOUT / "README.md"
BEGIN = "<!-- vendors -->"
END = "<!-- /vendors -->"

_ROWS = {
    "list": "Tickets listed",
    "thread": "Conversation",
    "reply": "Reply",
    "recall": "A sent message called back",
    "cc": "Copies to others (cc)",
    "note": "Note for colleagues",
    "attach": "Files to send",
    "download": "Files to fetch",
    "state": "State",
    "priority": "Priority",
    "assign": "Assignee",
    "subject": "Subject",
    "tags": "Tags",
    "fields": "Further fields",
    "create": "New ticket",
    "import": "Tickets from a file",
    "archive": "Archive",
    "dispatch": "Dispatch to a router",
    "link": "Tickets linked",
    "sub_ticket": "Sub-tickets",
    "merge": "Tickets merged",
    "duplicate": "Marked as duplicate",
    "records": "Contacts, organizations, reference data",
    "search": "Search at the vendor",
}
"""Titles by the feature's value, in the table's order."""

_REASONS = {"not_documented": "not documented", "write_only": "no, write only", "no_conversations": "no, records only"}

_GUARANTEES = {"keyed": "its key", "reconciled": "reading the thread", "blind": "nothing: you are asked"}


class MarkersMissing(Exception):
    """The README has no place for the table."""


def table() -> str:
    """Return the table in Markdown: the same text for the same vendors, whatever the machine."""
    sys.path.insert(0, str(CHECKOUT / "src"))
    try:
        from deskhand.domain.capabilities import Feature
        from deskhand.vendors.registry import REGISTRY
    finally:
        sys.path.remove(str(CHECKOUT / "src"))
    infos = [spec.info for spec in REGISTRY.values()]
    lines = [_line("", [info.name for info in infos]), "|---" * (len(infos) + 1) + "|"]
    lines += [_line(title, [_cell(info, Feature(value)) for info in infos]) for value, title in _ROWS.items()]
    lines.append(_line("A repeated send is recognised by", [_GUARANTEES[info.guarantee] for info in infos]))
    return "\n".join(lines)


def in_readme(readme: str) -> str:
    """Return the table that a README has between its markers.

    Raises:
        MarkersMissing: one of them is not there.
    """
    _, begin, rest = readme.partition(f"{BEGIN}\n")
    found, end, _ = rest.partition(f"\n{END}")
    if not (begin and end):
        raise MarkersMissing
    return found.strip("\n")


def write() -> None:
    """Replace the README's table by today's."""
    readme = README.read_text(encoding="utf-8")
    old = in_readme(readme)
    README.write_text(readme.replace(old, table(), 1), encoding="utf-8", newline="\n")


def _line(title: str, cells: "list[str]") -> str:
    return f"| {' | '.join((title, *cells))} |".replace("|  |", "| |")


def _cell(info: "VendorInfo", feature: "Feature") -> str:
    remark = info.remarks.get(feature, "")
    if feature in info.can:
        return f"yes: {remark}" if remark else "yes"
    if feature == "note":
        return "on this computer"
    return "; ".join(filter(None, (_REASONS.get(info.cannot[feature], "no"), remark)))
