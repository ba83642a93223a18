"""The search: words in subjects, customers and messages, best first."""

from itertools import islice

from deskhand_sandbox.nexuscore.vendor_data import VendorData
from deskhand_sandbox.nexuscore.writing import Search
from deskhand_sandbox.seed_data import SeedTicket

RESULTS = 25
READ_THREADS_OF = 2000


def found(vendor_data: VendorData, wanted: Search) -> list[tuple[float, SeedTicket]]:
    """Score (0 to 1) and ticket of the best results; a word in the subject counts more than one in a message."""
    words = wanted.query.casefold().split()
    scored: list[tuple[float, SeedTicket]] = []
    for rank, seed_ticket in enumerate(vendor_data.newest_first()):
        if wanted.created_after is not None and seed_ticket.created_at < wanted.created_after:
            continue
        if wanted.brand_id is not None and vendor_data.brand_of(seed_ticket).id != wanted.brand_id:
            continue
        head = _head(seed_ticket)
        texts = "\n".join(said.text for said in seed_ticket.messages).casefold() if rank < READ_THREADS_OF else ""
        score = sum(1.0 if word in head else 0.6 if word in texts else 0.0 for word in words) / len(words)
        if score > 0:
            scored.append((score, seed_ticket))
    scored.sort(key=lambda hit: -hit[0])
    return list(islice(scored, RESULTS))


def _head(seed_ticket: SeedTicket) -> str:
    customer = f"{seed_ticket.requester.name} {seed_ticket.requester.email}" if seed_ticket.requester else ""
    return f"{seed_ticket.subject} {customer}".casefold()
