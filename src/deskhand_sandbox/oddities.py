"""Odd but legal data: what real helpdesks hold and nobody expects."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from deskhand_sandbox.seed_data import File, SeedMessage, SeedTicket

EVERY = 25
"""One ticket in that many is odd; the kinds take turns."""


def make_odd(seed_ticket: SeedTicket, index: int, now: datetime) -> None:
    """Make a ticket odd, if it is its turn."""
    turn, rest = divmod(index, EVERY)
    if rest != EVERY - 3:
        return
    match turn % 12:
        case 0:
            seed_ticket.subject = ""
        case 1:
            seed_ticket.subject = ("Re: Re: Fwd: AW: " + seed_ticket.subject + " – ") * 12
            seed_ticket.subject = seed_ticket.subject[:300].ljust(300, "…")
        case 2:
            seed_ticket.subject = f"<img src=x onerror=alert(1)> {seed_ticket.subject} & \"co\" 'quoted'"
        case 3:
            seed_ticket.state = "waiting_for_parts"
        case 4:
            seed_ticket.priority = "P0 – everything burns"
        case 5:
            seed_ticket.requester = None
        case 6:
            seed_ticket.tags = ["🧯", "überfällig", "a" * 120, "with, comma", 'with "quotes"']
        case 7:
            seed_ticket.created_at = datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC)
        case 8:
            seed_ticket.updated_at = now + timedelta(days=2)
        case 9:
            seed_ticket.subject = "\u202eDesrever\u202c and \u200bzero width, tab\tand e\u0301 combining 🏳️‍🌈 ﷽"
        case 10:
            seed_ticket.assignee = None
            seed_ticket.tags = []
        case _:
            seed_ticket.subject = "عاجل: الطلب #10021 لم يصل – please call +31 20 555 0100"


def make_thread_odd(thread: list[SeedMessage], seed_ticket: SeedTicket, index: int) -> list[SeedMessage]:
    """Make a thread odd, if it is its turn: empty texts, file names that lie, two equal messages."""
    turn, rest = divmod(index, EVERY)
    if rest != EVERY - 9 or not thread:
        return thread
    first = thread[0]
    match turn % 4:
        case 0:
            name = "invoice_\u202efdp.exe"
            lying = File(f"file-{seed_ticket.number}-odd", name, "application/octet-stream", b"MZ not really a program")
            thread[0] = replace(first, files=(*first.files, lying))
        case 1:
            thread[0] = replace(first, text="", html="")
        case 2:
            thread.insert(1, replace(first, at=first.at + timedelta(seconds=1)))
        case _:
            long_name = File(f"file-{seed_ticket.number}-long", "Ü" * 200 + ".txt", "text/plain", b"")
            path_name = File(f"file-{seed_ticket.number}-path", "../../etc/passwd", "text/plain", b"no")
            thread[0] = replace(first, files=(*first.files, long_name, path_name))
    return thread
