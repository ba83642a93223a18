"""A ticket and a comment as Thena holds them, and as its API shows them.

The key sets are those of the documented answers: no tags, no due date, no metadata, no attachments in a ticket.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

from deskhand_sandbox.seed_data import Person
from deskhand_sandbox.thena.vocabulary import Choice, Status, Team, iso

_TEAM_REST = (
    "Icon",
    "Color",
    "OrganizationId",
    "ParentTeamId",
    "Description",
    "ConfigurationId",
    "TeamOwnerId",
    "IsActive",
    "IsPrivate",
    "CreatedAt",
    "UpdatedAt",
    "DeletedAt",
    "ArchivedAt",
)


@dataclass(frozen=True, slots=True)
class Contact:
    """A customer: the contact's id, the person, and the account of the person's company."""

    id: str
    person: Person
    account_id: str | None = None
    account: str | None = None

    @property
    def names(self) -> tuple[str | None, str | None]:
        """First and last name; either may be missing."""
        first, _, last = self.person.name.rpartition(" ")
        return (first or last) or None, (last if first else None) or None


@dataclass(slots=True)
class Comment:
    """One entry of a ticket's thread. `author` is a user, or None where `contact` wrote it."""

    id: str
    number: int
    ticket: str
    content: str
    html: str | None
    is_public: bool
    created: datetime
    author: Person | None = None
    author_id: str | None = None
    contact: Contact | None = None
    json: str | None = None
    type: str = "comment"
    thread_name: str | None = None
    parent: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    impersonated: tuple[str | None, str | None, str | None] = (None, None, None)
    attachments: tuple[str, ...] = ()
    edited: datetime | None = None
    deleted: datetime | None = None

    def payload(self) -> dict[str, Any]:
        """The comment with all documented fields."""
        contact = self.contact
        first, last = (None, None) if contact is None else contact.names
        email, name, avatar = self.impersonated
        return {
            "id": self.id,
            "content": self.content,
            "contentHtml": self.html,
            "contentJson": self.json,
            "contentMarkdown": self.content,
            "isEdited": self.edited is not None,
            "threadName": self.thread_name,
            "commentVisibility": "public" if self.is_public else "private",
            "commentType": self.type,
            "isPinned": False,
            "sourceEmailId": None,
            "metadata": {"mentions": [], "userReactions": [], **self.metadata},
            "parentCommentId": self.parent,
            "createdAt": iso(self.created),
            "updatedAt": iso(self.deleted or self.edited or self.created),
            "deletedAt": iso(self.deleted),
            "author": self.author_name,
            "authorId": self.author_id,
            "authorUserType": "ORG_ADMIN" if self.author is not None else "CUSTOMER",
            "authorAvatarUrl": None,
            "customerContactId": None if contact is None else contact.id,
            "customerContactEmail": None if contact is None else contact.person.email,
            "customerContactFirstName": first,
            "customerContactLastName": last,
            "customerContactAvatarUrl": None,
            "impersonatedUserEmail": email,
            "impersonatedUserName": name,
            "impersonatedUserAvatar": avatar,
            "attachments": list(self.attachments),
        }

    @property
    def author_name(self) -> str | None:
        """The name of whoever wrote it."""
        if self.author is not None:
            return self.author.name
        return None if self.contact is None else self.contact.person.name


LoadThread = Callable[["Ticket"], tuple[str | None, list[Comment]]]
"""Makes the description and the thread of a seeded ticket."""


@dataclass(slots=True)
class Ticket:
    """A ticket with its thread. A seeded one has description and thread made when somebody first asks for either."""

    id: str
    number: int
    team: Team
    title: str
    source: str
    status: Status
    created: datetime
    updated: datetime
    requestor: str | None
    contact: Contact | None = None
    submitter: str | None = None
    priority: Choice | None = None
    type: Choice | None = None
    sentiment: Choice | None = None
    assignee: Person | None = None
    assignee_id: str | None = None
    is_private: bool = False
    form: str | None = None
    account_id: str | None = None
    account: str | None = None
    ai_title: str | None = None
    ai_summary: str | None = None
    fields: list[dict[str, Any]] = field(default_factory=list)
    closed: datetime | None = None
    closed_by: Person | None = None
    closed_by_id: str | None = None
    comment: Comment | None = None
    load_thread: LoadThread | None = field(default=None, repr=False)
    _description: str | None = None
    _comments: list[Comment] = field(default_factory=list)
    withheld: dict[str, Any] = field(default_factory=dict)
    """What may be written and is never answered: dueDate, metadata, attachmentUrls, isProactive, ..."""

    @property
    def thread(self) -> list[Comment]:
        """The comments, the oldest first; append to it to let somebody speak."""
        self._load()
        return self._comments

    @property
    def description(self) -> str | None:
        """The opening text."""
        self._load()
        return self._description

    @description.setter
    def description(self, text: str | None) -> None:
        self._load()
        self._description = text

    def _load(self) -> None:
        if self.load_thread is not None:
            unfold, self.load_thread = self.load_thread, None
            self._description, self._comments = unfold(self)

    def last(self, *, by_customer: bool | None = None) -> datetime | None:
        """When the newest public comment was written: of anybody (None), of the customer, of the organisation."""
        for comment in reversed(self.thread):
            if comment.is_public and comment.deleted is None and by_customer in (None, comment.author is None):
                return comment.created
        return None

    def payload(self, organization: str, founded: str | None) -> dict[str, Any]:
        """The ticket with all documented fields."""
        first, last = (None, None) if self.contact is None else self.contact.names
        return {
            "id": self.id,
            "ticketIdentifier": f"{self.team.identifier}-{self.number}",
            "title": self.title,
            "ticketId": self.number,
            "description": self.description,
            "source": self.source,
            "accountId": self.account_id,
            "account": self.account,
            "status": self.status.name,
            "statusId": self.status.id,
            "priority": _name(self.priority),
            "priorityId": _id(self.priority),
            "storyPoints": None,
            "isPrivate": self.is_private,
            "typeId": _id(self.type),
            "type": _name(self.type),
            "assignedAgent": None if self.assignee is None else self.assignee.name,
            "assignedAgentId": self.assignee_id,
            "assignedAgentEmail": None if self.assignee is None else self.assignee.email,
            "assignedAgentAvatar": None,
            "requestorEmail": self.requestor,
            "customerContactId": None if self.contact is None else self.contact.id,
            "customerContactFirstName": first,
            "customerContactLastName": last,
            "customerContactEmail": None if self.contact is None else self.contact.person.email,
            "submitterEmail": self.submitter,
            "customFieldValues": self.fields,
            "deletedAt": None,
            "archivedAt": None,
            "createdAt": iso(self.created),
            "updatedAt": iso(self.updated),
            "formId": self.form,
            "aiGeneratedTitle": self.ai_title,
            "aiGeneratedSummary": self.ai_summary,
            "sentiment": _name(self.sentiment),
            "sentimentId": _id(self.sentiment),
            "teamId": self.team.id,
            "teamName": self.team.name,
            "teamIdentifier": self.team.identifier,
            **dict.fromkeys((f"team{rest}" for rest in _TEAM_REST), None),
            "teamColor": self.team.color,
            "teamOrganizationId": organization,
            "teamIsActive": True,
            "teamIsPrivate": False,
            "teamCreatedAt": founded,
            "teamUpdatedAt": founded,
            **dict.fromkeys((f"subTeam{rest}" for rest in ("Id", "Name", "Identifier", *_TEAM_REST)), None),
            "lastCustomerComment": iso(self.last(by_customer=True)),
            "lastVendorComment": iso(self.last(by_customer=False)),
            "lastComment": iso(self.last()),
            "closedAt": iso(self.closed),
            "closedBy": None if self.closed_by is None else self.closed_by.name,
            "closedById": self.closed_by_id,
            "closedByEmail": None if self.closed_by is None else self.closed_by.email,
        }


def text_of(html: str) -> str:
    """The plain text of a comment that came as HTML only."""
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</p>|<br\s*/?>", "\n", html))).strip()


def _id(choice: Choice | None) -> str | None:
    return None if choice is None else choice.id


def _name(choice: Choice | None) -> str | None:
    return None if choice is None else choice.name
