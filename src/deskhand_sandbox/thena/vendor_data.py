"""What the sandbox's Thena holds and what its calls do to it: create, change, comment, link."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from starlette.exceptions import HTTPException

from deskhand_sandbox.seed_data import Person, SeedData
from deskhand_sandbox.thena import request_schema
from deskhand_sandbox.thena.seeding import Seeding
from deskhand_sandbox.thena.tickets import Comment, Contact, Ticket, text_of
from deskhand_sandbox.thena.vocabulary import Choice, Team, Vocabulary

_WITHHELD = (
    "dueDate",
    "metadata",
    "attachmentUrls",
    "isProactive",
    "proactiveChannels",
    "performRouting",
    "closedAt",
    "closedById",
)


class VendorData:
    """The tickets of the organisation.

    Args:
        seed_data: where the seeded ones come from.
        now: the clock.

    Attributes:
        version: goes up with every write, so that a cached answer knows when it is old.
        close_needs_field: whether closing asks for the custom fields that the form marks as mandatory on close.
    """

    def __init__(self, seed_data: SeedData, now: Callable[[], datetime]) -> None:
        self.seed_data = seed_data
        self.now = now
        self.vocabulary = Vocabulary(seed_data)
        self.seeding = Seeding(seed_data, self.vocabulary)
        self.version = 0
        self.close_needs_field = False
        self.founded = seed_data.now - timedelta(days=600)
        self.links: list[tuple[str, str]] = []
        self.parents: dict[str, str] = {}
        self._seeded = len(seed_data.tickets)
        self._made: dict[int, Ticket] = {}
        self._count = self._seeded
        self._contacts: dict[str, Contact] = {}

    def __len__(self) -> int:
        return self._count

    def numbered(self, number: int) -> Ticket | None:
        """The ticket with this number."""
        ticket = self._made.get(number)
        if ticket is None and 1 <= number <= self._seeded:
            ticket = self._made[number] = self.seeding.ticket(self.seed_data.tickets[number - 1])
        return ticket

    def known(self, ticket_id: str) -> Ticket | None:
        """The ticket with this id."""
        number = self.seeding.number_of(ticket_id)
        return None if number is None else self.numbered(number)

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket with this id; 404 where there is none."""
        ticket = self.known(ticket_id)
        if ticket is None:
            raise HTTPException(404, "Ticket not found!")
        return ticket

    def newest_first(self, team: str | None = None) -> Iterator[Ticket]:
        """Every ticket (of a team), the highest number first; none is made before it is reached."""
        for number in range(self._count, 0, -1):
            known = self._made.get(number)
            of = known.team if known is not None else self.seeding.team_of(number)
            if team is None or of.id == team:
                ticket = self.numbered(number)
                if ticket is not None:
                    yield ticket

    def window(self, start: int, count: int) -> list[Ticket]:
        """A page of all tickets, the highest number first, without passing over the others."""
        numbers = range(self._count - start, max(0, self._count - start - count), -1)
        return [ticket for number in numbers if (ticket := self.numbered(number)) is not None]

    def contact(self, email: str) -> Contact:
        """The contact with this address; an unknown address becomes a contact."""
        known = self.seed_data.customer(email)
        if known is not None:
            return self.seeding.contact(known)
        key = email.casefold()
        if key not in self._contacts:
            person = Person(f"new-{key}", email.partition("@")[0], email)
            self._contacts[key] = Contact(self.vocabulary.id("contact", person.id), person)
        return self._contacts[key]

    def contacts(self) -> list[Contact]:
        """Every contact, the seeded ones first."""
        return [*self.seeding.contacts(), *self._contacts.values()]

    def create(self, body: Mapping[str, Any]) -> Ticket:
        """A new ticket out of a create body, its first comment included."""
        request_schema.check(body, request_schema.CREATE, request_schema.NEEDED_TO_CREATE)
        team = self.vocabulary.team(body["teamId"])
        if team is None:
            raise HTTPException(404, "Team not found!")
        form = body.get("formId", team.form)
        if form != team.form:
            raise HTTPException(400, "Form not found!")
        if body.get("commentAttachmentIds"):
            raise HTTPException(400, "Attachment not found!")
        values = self._custom_values(team, body.get("customFieldValues", []))
        now = self.now()
        contact = self.contact(body["requestorEmail"])
        number = self._count + 1
        ticket = Ticket(
            id=self.seeding.ticket_id(number),
            number=number,
            team=team,
            title=body["title"],
            source="api",
            status=team.statuses[0],
            created=now,
            updated=now,
            requestor=body["requestorEmail"],
            contact=contact,
            submitter=body.get("submitterEmail", body["requestorEmail"]),
            priority=team.priority(None, "Medium"),
            form=form,
            account_id=contact.account_id,
            account=contact.account,
            fields=values,
        )
        self._apply(ticket, body)
        self._count = number
        self._made[number] = ticket
        if any(body.get(name) for name in ("commentContent", "commentContentHtml", "commentContentJson")):
            ticket.comment = self._first_comment(ticket, contact, body)
        self.version += 1
        return ticket

    def change(self, ticket: Ticket, body: Mapping[str, Any]) -> None:
        """Change what a body names; nothing at all if any of it is refused."""
        request_schema.check(body, request_schema.CHANGE, clearable=request_schema.CLEARABLE)
        if "title" in body and not body["title"]:
            raise request_schema.invalid("title should not be empty")
        self._apply(ticket, body)
        ticket.updated = self.now()
        self.version += 1

    def comment(self, ticket: Ticket, body: Mapping[str, Any], me: Person) -> Comment:
        """Add a comment of the key's user, or of the customer that `customerEmail` names."""
        request_schema.check(body, request_schema.COMMENT)
        content = body.get("content") or text_of(body.get("contentHtml") or "")
        if not content and not body.get("contentJson") and not body.get("contentHtml"):
            raise request_schema.invalid("content should not be empty")
        parent = body.get("parentCommentId")
        if parent is not None and all(comment.id != parent for comment in ticket.thread):
            raise HTTPException(404, "Parent comment not found!")
        if body.get("attachmentIds"):
            raise HTTPException(400, "Attachment not found!")
        customer = None if body.get("customerEmail") is None else self.contact(body["customerEmail"])
        comment = self._add_comment(
            ticket, content, body.get("contentHtml"), public=body.get("commentVisibility") != "private"
        )
        if customer is None:
            comment.author, comment.author_id = me, self.vocabulary.user_id(me)
        comment.contact = customer
        comment.json = body.get("contentJson")
        comment.type = body.get("commentType", "comment")
        comment.thread_name = body.get("threadName")
        comment.parent = parent
        comment.metadata = body.get("metadata", {})
        names = ("impersonatedUserEmail", "impersonatedUserName", "impersonatedUserAvatar")
        comment.impersonated = (body.get(names[0]), body.get(names[1]), body.get(names[2]))
        return comment

    def add_customer_comment(self, ticket: Ticket, text: str) -> Comment:
        """A public comment of the ticket's customer."""
        comment = self._add_comment(ticket, text, None, public=True)
        comment.contact = ticket.contact
        return comment

    def link(self, body: Mapping[str, Any]) -> Ticket:
        """Note that two tickets belong together; gives back the source."""
        request_schema.check(body, request_schema.LINK, ("sourceTicketId", "linkedTicketId"))
        source, linked = self.ticket(body["sourceTicketId"]), self.ticket(body["linkedTicketId"])
        if source is linked:
            raise HTTPException(400, "A ticket can not be linked to itself!")
        self.links.append((source.id, linked.id))
        return source

    def make_sub_ticket(self, body: Mapping[str, Any]) -> Ticket:
        """Make a ticket that is there another one's sub-ticket; gives back the parent."""
        request_schema.check(body, request_schema.SUB_TICKET, ("parentTicketId", "subTicketId"))
        parent, sub = self.ticket(body["parentTicketId"]), self.ticket(body["subTicketId"])
        if parent is sub:
            raise HTTPException(400, "A ticket can not be its own sub-ticket!")
        if self.parents.get(sub.id, parent.id) != parent.id:
            raise HTTPException(400, "This ticket is already a sub-ticket of another ticket!")
        self.parents[sub.id] = parent.id
        return parent

    def _add_comment(self, ticket: Ticket, text: str, html: str | None, *, public: bool) -> Comment:
        now = self.now()
        position = len(ticket.thread)
        uid = self.seeding.comment_id(ticket.number, position)
        comment = Comment(uid, position, ticket.id, text, html, public, now)
        ticket.thread.append(comment)
        ticket.updated = now
        self.version += 1
        return comment

    def _first_comment(self, ticket: Ticket, contact: Contact, body: Mapping[str, Any]) -> Comment:
        html = body.get("commentContentHtml")
        comment = self._add_comment(ticket, body.get("commentContent") or text_of(html or ""), html, public=True)
        comment.contact = contact
        comment.json = body.get("commentContentJson")
        comment.metadata = body.get("commentMetadata", {})
        names = ("Email", "Name", "Avatar")
        email, name, avatar = (body.get(f"commentImpersonatedUser{part}") for part in names)
        comment.impersonated = (email, name, avatar)
        return comment

    def _apply(self, ticket: Ticket, body: Mapping[str, Any]) -> None:
        """Look everything up first, so that a refused change leaves the ticket as it was."""
        team = ticket.team
        status, priority, assignee = ticket.status, ticket.priority, ticket.assignee
        if "statusId" in body or "statusName" in body:
            found = team.status(body.get("statusId"), body.get("statusName"))
            if found is None:
                raise HTTPException(400, "Status not found!")
            status = found
        if "priorityId" in body or "priorityName" in body:
            priority = team.priority(body.get("priorityId"), body.get("priorityName"))
            if priority is None and (body.get("priorityId") or body.get("priorityName")):
                raise HTTPException(400, "Priority not found!")
        if "assignedAgentId" in body or "assignedAgentEmail" in body:
            assignee = self._member(team, body.get("assignedAgentId"), body.get("assignedAgentEmail"))
        kind = _choice(self.vocabulary.types, ticket.type, body, "typeId")
        sentiment = _choice(self.vocabulary.sentiments, ticket.sentiment, body, "sentimentId")
        account = (ticket.account_id, ticket.account)
        if "accountId" in body:
            account = self._account(body["accountId"])
        self._close_or_reopen(ticket, status.family == "closed")
        ticket.status, ticket.priority, ticket.type, ticket.sentiment = status, priority, kind, sentiment
        ticket.assignee = assignee
        ticket.assignee_id = None if assignee is None else self.vocabulary.user_id(assignee)
        ticket.account_id, ticket.account = account
        ticket.title = body.get("title", ticket.title)
        ticket.description = body.get("description", ticket.description)
        ticket.submitter = body.get("submitterEmail", ticket.submitter)
        ticket.source = body.get("source", ticket.source)
        ticket.is_private = body.get("isPrivate", ticket.is_private)
        ticket.ai_title = body.get("aiGeneratedTitle", ticket.ai_title)
        ticket.ai_summary = body.get("aiGeneratedSummary", ticket.ai_summary)
        ticket.withheld |= {name: body[name] for name in _WITHHELD if name in body}

    def _close_or_reopen(self, ticket: Ticket, closing: bool) -> None:  # noqa: FBT001 - it names the wish itself
        if not closing:
            ticket.closed = ticket.closed_by = ticket.closed_by_id = None
        elif ticket.closed is None:
            filled = {value["fieldId"] for value in ticket.fields if value.get("value") not in (None, "")}
            lacking = [one.name for one in ticket.team.fields if one.needed_to_close and one.id not in filled]
            if self.close_needs_field and lacking:
                raise HTTPException(400, f"Mandatory fields are missing: {', '.join(lacking)}")
            me = self.seed_data.me
            ticket.closed, ticket.closed_by, ticket.closed_by_id = self.now(), me, self.vocabulary.user_id(me)

    def _member(self, team: Team, uid: str | None, email: str | None) -> Person | None:
        if uid is None and email is None:
            return None
        user = self.vocabulary.user(uid, email)
        if user is None or user not in team.members:
            raise HTTPException(400, "Assigned agent not found!")
        return user

    def _account(self, uid: str | None) -> tuple[str | None, str | None]:
        if uid is None:
            return None, None
        name = dict(self.seeding.accounts()).get(uid)
        if name is None:
            raise HTTPException(404, "Account not found!")
        return uid, name

    def _custom_values(self, team: Team, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
        known = {field.id: field for field in team.fields}
        for item in given:
            field = known.get(str(item.get("fieldId")))
            if field is None or set(item) != {"fieldId", "value"}:
                raise request_schema.invalid("each item of customFieldValues must have a known fieldId and a value")
            if field.options and item["value"] not in (None, *field.options):
                raise HTTPException(400, f"Invalid value for {field.name}")
        return given


def _choice(choices: tuple[Choice, ...], now: Choice | None, body: Mapping[str, Any], name: str) -> Choice | None:
    if name not in body:
        return now
    found = next((choice for choice in choices if choice.id == body[name]), None)
    if found is None and body[name] is not None:
        raise HTTPException(400, f"{name} not found!")
    return found
