"""The search: words in subjects, customers and messages, best first."""

from itertools import islice

from deskhand_sandbox.nexuscore.desk import Desk
from deskhand_sandbox.nexuscore.writing import Search
from deskhand_sandbox.world import Matter

RESULTS = 25
READ_THREADS_OF = 2000


def found(desk: Desk, wanted: Search) -> list[tuple[float, Matter]]:
    """Score (0 to 1) and ticket of the best results; a word in the subject counts more than one in a message."""
    words = wanted.query.casefold().split()
    scored: list[tuple[float, Matter]] = []
    for rank, matter in enumerate(desk.newest_first()):
        if wanted.created_after is not None and matter.created_at < wanted.created_after:
            continue
        if wanted.brand_id is not None and desk.brand_of(matter).id != wanted.brand_id:
            continue
        head = _head(matter)
        texts = "\n".join(said.text for said in matter.utterances).casefold() if rank < READ_THREADS_OF else ""
        score = sum(1.0 if word in head else 0.6 if word in texts else 0.0 for word in words) / len(words)
        if score > 0:
            scored.append((score, matter))
    scored.sort(key=lambda hit: -hit[0])
    return list(islice(scored, RESULTS))


def _head(matter: Matter) -> str:
    customer = f"{matter.requester.name} {matter.requester.email}" if matter.requester else ""
    return f"{matter.subject} {customer}".casefold()
