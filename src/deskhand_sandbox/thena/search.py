"""A small search engine that speaks Thena's (Typesense's) query language: q, query_by, filter_by, sort_by, per_page.

Every word of `q` has to begin some word of one of the `query_by` fields, or of the whole taken together; `*` is everything.
`filter_by` knows `field:=value`, `field:!=value`, `field:=[a,b]` and `field:value` (contains), joined by `&&`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from starlette.exceptions import HTTPException

from deskhand_sandbox.thena.tickets import Comment, Ticket
from deskhand_sandbox.thena.vocabulary import iso

Item = TypeVar("Item")
Fields = Mapping[str, Callable[[Item], Any]]

MOST_PER_PAGE = 250
_CONDITION = re.compile(r"\s*([A-Za-z_.]+)\s*:(!=|=)?\s*(.*?)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search as the query string gives it."""

    q: str
    query_by: tuple[str, ...]
    filter_by: str
    sort_by: str
    page: int
    per_page: int
    include: frozenset[str]

    @classmethod
    def read(cls, params: Mapping[str, str]) -> "SearchQuery":
        """Read the query string; 400 where q or query_by is missing or a number is none."""
        for name in ("q", "query_by"):
            if not params.get(name):
                raise HTTPException(400, f"{name} should not be empty")
        return cls(
            q=params["q"],
            query_by=_names(params["query_by"]),
            filter_by=params.get("filter_by", "").strip(),
            sort_by=params.get("sort_by", "").strip(),
            page=_number(params, "page", 1),
            per_page=min(MOST_PER_PAGE, _number(params, "per_page", 20)),
            include=frozenset(_names(params.get("include_fields", ""))),
        )

    @property
    def selection(self) -> tuple[str, tuple[str, ...], str, str]:
        """What decides which items are found, and in which order."""
        return self.q, self.query_by, self.filter_by, self.sort_by


@dataclass(frozen=True, slots=True)
class Index(Generic[Item]):
    """One collection: the fields that may be asked about and how to read each."""

    fields: Fields[Item]

    def find(self, items: Iterable[Item], ask: SearchQuery) -> list[Item]:
        """Everything that fits, in the order asked for (else as it came)."""
        fits = [self._condition(part) for part in ask.filter_by.split("&&")] if ask.filter_by else []
        readers = [self._reader(name) for name in ask.query_by]
        words = [] if ask.q.strip() == "*" else _words(ask.q)
        if ask.q.strip() != "*" and not words:
            return []
        found = [item for item in items if all(fit(item) for fit in fits) and _says(item, readers, words)]
        for part in reversed(_names(ask.sort_by)):
            name, _, direction = part.partition(":")
            if direction not in {"asc", "desc"}:
                raise HTTPException(400, f"Parameter `sort_by` is malformed: {part}")
            reader = self._reader(name)
            found.sort(key=lambda item: _sortable(reader(item)), reverse=direction == "desc")
        return found

    def _reader(self, name: str) -> Callable[[Item], Any]:
        if name not in self.fields:
            raise HTTPException(400, f"Could not find a field named `{name}` in the schema.")
        return self.fields[name]

    def _condition(self, text: str) -> Callable[[Item], bool]:
        match = _CONDITION.fullmatch(text)
        if match is None or match[3][:1] in {"", "<", ">"}:
            raise HTTPException(400, f"Could not parse the filter query: {text.strip()}")
        reader, sign = self._reader(match[1]), match[2]
        given = match[3]
        listed = given[1:-1].split(",") if given.startswith("[") and given.endswith("]") else [given]
        wanted = {value.strip().strip("`").casefold() for value in listed}

        def fits(item: Item) -> bool:
            value = _text(reader(item)).casefold()
            if sign is None:
                return any(one in value for one in wanted)
            return (value in wanted) is (sign == "=")

        return fits


def answer(hits: Sequence[Mapping[str, Any]], found: int, ask: SearchQuery, collection: str) -> dict[str, Any]:
    """The body of a search answer; the documents show no outer envelope."""
    chosen = [{name: hit[name] for name in hit if name in ask.include} for hit in hits] if ask.include else hits
    return {
        "result": {
            "facet_counts": [],
            "found": found,
            "hits": [{"document": hit} for hit in chosen],
            "page": ask.page,
            "request_params": {"collection_name": collection, "per_page": ask.per_page, "q": ask.q},
            "search_cutoff": False,
        }
    }


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _number(params: Mapping[str, str], name: str, default: int) -> int:
    given = params.get(name, str(default))
    if not given.isdecimal() or int(given) < 1:
        raise HTTPException(400, f"{name} must not be less than 1")
    return int(given)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _says(item: Item, readers: Sequence[Callable[[Item], Any]], words: Sequence[str]) -> bool:
    if not words:
        return True
    said = _words(" ".join(_text(reader(item)) for reader in readers))
    return all(any(one.startswith(word) for one in said) for word in words)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _sortable(value: object) -> tuple[int, float, str]:
    if isinstance(value, int | float):
        return 1, float(value), ""
    return 1 if value is not None else 0, 0.0, _text(value)


TICKETS: Index[Ticket] = Index(
    {
        "id": lambda ticket: ticket.number,
        "uid": lambda ticket: ticket.id,
        "ticketId": lambda ticket: ticket.number,
        "ticketIdentifier": lambda ticket: f"{ticket.team.identifier}-{ticket.number}",
        "title": lambda ticket: ticket.title,
        "description": lambda ticket: ticket.description,
        "source": lambda ticket: ticket.source,
        "status": lambda ticket: ticket.status.name,
        "statusName": lambda ticket: ticket.status.name,
        "statusId": lambda ticket: ticket.status.id,
        "priority": lambda ticket: None if ticket.priority is None else ticket.priority.name,
        "priorityName": lambda ticket: None if ticket.priority is None else ticket.priority.name,
        "priorityId": lambda ticket: None if ticket.priority is None else ticket.priority.id,
        "isPrivate": lambda ticket: ticket.is_private,
        "assignedAgent": lambda ticket: None if ticket.assignee is None else ticket.assignee.name,
        "assignedAgentId": lambda ticket: ticket.assignee_id,
        "assignedAgentEmail": lambda ticket: None if ticket.assignee is None else ticket.assignee.email,
        "requestorEmail": lambda ticket: ticket.requestor,
        "customerContactId": lambda ticket: None if ticket.contact is None else ticket.contact.id,
        "customerContactEmail": lambda ticket: None if ticket.contact is None else ticket.contact.person.email,
        "customerContactFirstName": lambda ticket: None if ticket.contact is None else ticket.contact.names[0],
        "customerContactLastName": lambda ticket: None if ticket.contact is None else ticket.contact.names[1],
        "accountId": lambda ticket: ticket.account_id,
        "accountName": lambda ticket: ticket.account,
        "teamId": lambda ticket: ticket.team.id,
        "teamUid": lambda ticket: ticket.team.id,
        "teamName": lambda ticket: ticket.team.name,
        "createdAt": lambda ticket: iso(ticket.created),
        "updatedAt": lambda ticket: iso(ticket.updated),
        "closedAt": lambda ticket: iso(ticket.closed),
    }
)
COMMENTS: Index[Comment] = Index(
    {
        "id": lambda comment: comment.number,
        "uid": lambda comment: comment.id,
        "ticketUid": lambda comment: comment.ticket,
        "content": lambda comment: comment.content,
        "author": lambda comment: comment.author_name,
        "authorId": lambda comment: comment.author_id,
        "commentType": lambda comment: comment.type,
        "commentVisibility": lambda comment: "public" if comment.is_public else "private",
        "threadName": lambda comment: comment.thread_name,
        "customerContactEmail": lambda comment: None if comment.contact is None else comment.contact.person.email,
        "createdAt": lambda comment: iso(comment.created),
        "updatedAt": lambda comment: iso(comment.deleted or comment.edited or comment.created),
    }
)
ACCOUNTS: Index[tuple[str, str]] = Index(
    {"id": lambda account: account[0], "uid": lambda account: account[0], "name": lambda account: account[1]}
)
