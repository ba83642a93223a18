"""What NexusCore says (https://support.nexuscore.cloud/docs/: tickets-api, brands-api, authentication-overview).

The list's items are documented as a snippet, the detail's schema is not printed at all: so a ticket may bring more than the six
documented fields, and everything of a conversation is looked for under several names (see `conversation`).
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field, model_validator

from deskhand.http.times import parse_time
from deskhand.http.wire import Id, Keyword, Text, Texts, When, Wire


def _contact(value: Any) -> Any:
    if isinstance(value, str):
        return ({"email": value} if "@" in value else {"name": value}) if value.strip() else None
    return value if isinstance(value, dict) else None


class Contact(Wire):
    """A customer, agent or participant; `assigned_to` is a bare e-mail in the documents."""

    id: Text = Field("", validation_alias=AliasChoices("id", "user_id", "customer_id", "agent_id"))
    name: Text = Field("", validation_alias=AliasChoices("name", "display_name", "full_name"))
    email: Text = Field("", validation_alias=AliasChoices("email", "email_address", "address", "user_email"))
    role: Text = Field("", validation_alias=AliasChoices("role", "type", "author_type", "kind"))


ContactOrNone = Annotated[Contact | None, BeforeValidator(_contact)]


Score = Annotated[
    float | None,
    BeforeValidator(lambda value: value if isinstance(value, int | float) and not isinstance(value, bool) else None),
]
"""A relevance; None where it is no number."""


class Ticket(Wire):
    """A ticket of the list, or the head of a detail. Documented: the first six.

    A value of a kind that its field cannot have (an object for a status) counts as not said, so that it blanks nothing.
    """

    id: Id
    subject: Text = ""
    status: Text = ""
    brand_id: Text = ""
    priority: Text = ""
    created_at: When = None
    updated_at: When = None
    assigned_to: ContactOrNone = Field(None, validation_alias=AliasChoices("assigned_to", "assignee"))
    customer: ContactOrNone = Field(None, validation_alias=AliasChoices("customer", "requester"))
    tags: Texts = ()
    origin: Text = Field("", validation_alias=AliasChoices("origin", "channel", "source"))
    description: Text = ""
    due_at: When = Field(None, validation_alias=AliasChoices("due_at", "due_date"))
    sentiment: Text = ""

    @model_validator(mode="before")
    @classmethod
    def _readable(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: said for name, said in value.items() if said is None or _KINDS.get(name, _any)(said)}


def _any(_: Any) -> bool:
    return True


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, dict | list)


_KINDS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(
        ("subject", "status", "brand_id", "priority", "origin", "channel", "source", "sentiment"), _is_scalar
    ),
    **dict.fromkeys(("created_at", "updated_at", "due_at", "due_date"), lambda value: parse_time(value) is not None),
    **dict.fromkeys(("assigned_to", "assignee", "customer", "requester"), lambda value: isinstance(value, str | dict)),
    "tags": lambda value: isinstance(value, str | list),
}


SCORE_NAMES = ("score", "relevance", "relevance_score")
"""What a relevance may be called: the documents say that there is one, and not how."""


class FoundTicket(Ticket):
    """A ticket that a search found."""

    score: Score = Field(None, validation_alias=AliasChoices(*SCORE_NAMES))


class Brand(Wire):
    """A brand of the workspace."""

    id: Id
    name: Text = ""
    timezone: Text = ""
    status: Text = ""


class File(Wire):
    """A file at a message, or the answer to a request for an upload address."""

    id: Text = Field("", validation_alias=AliasChoices("id", "attachment_id", "file_id"))
    name: Text = Field("", validation_alias=AliasChoices("name", "file_name", "filename", "title"))
    mime: Text = Field("", validation_alias=AliasChoices("content_type", "mime_type", "mime", "type"))
    size: Annotated[int | None, BeforeValidator(lambda value: value if isinstance(value, int) else None)] = Field(
        None, validation_alias=AliasChoices("size", "size_bytes", "byte_size", "bytes")
    )
    url: Text = Field("", validation_alias=AliasChoices("url", "download_url", "href", "link"))
    content_id: Text = Field("", validation_alias=AliasChoices("content_id", "cid"))


class Upload(Wire):
    """The answer to `POST /v1/attachments`: its keys are not printed."""

    id: Id = Field(validation_alias=AliasChoices("attachment_id", "id", "file_id"))
    url: Id = Field(validation_alias=AliasChoices("upload_url", "put_url", "signed_url", "url", "href"))


_BODIES = ("body", "text", "content", "message", "body_text", "plain_body", "plain")
_HTML = ("body_html", "html", "html_body", "content_html")


class Message(Wire):
    """One entry of a conversation."""

    id: Text = Field("", validation_alias=AliasChoices("id", "message_id", "uuid"))
    author_type: Text = Field(
        "", validation_alias=AliasChoices("author_type", "sender_type", "from_type", "role", "direction")
    )
    author: ContactOrNone = Field(
        None, validation_alias=AliasChoices("author", "sender", "from", "user", "created_by", "posted_by")
    )
    author_name: Text = Field("", validation_alias=AliasChoices("author_name", "sender_name", "from_name"))
    author_email: Text = Field("", validation_alias=AliasChoices("author_email", "sender_email", "from_email"))
    body: Text = Field("", validation_alias=AliasChoices(*_BODIES))
    html: Text = Field("", validation_alias=AliasChoices(*_HTML))
    format: Text = Field("", validation_alias=AliasChoices("body_format", "format", "content_type", "body_type"))
    created_at: When = Field(
        None,
        validation_alias=AliasChoices("created_at", "sent_at", "posted_at", "received_at", "timestamp", "date", "time"),
    )
    visibility: Keyword = Field("", validation_alias=AliasChoices("visibility", "privacy"))
    internal: Keyword = Field(
        "", validation_alias=AliasChoices("internal", "is_internal", "private", "is_private", "is_note")
    )
    attachments: Any = Field(None, validation_alias=AliasChoices("attachments", "files"))
    cc: Any = Field(None, validation_alias=AliasChoices("cc", "ccs", "cc_emails", "cc_addresses", "cc_recipients"))

    @model_validator(mode="before")
    @classmethod
    def _open_bodies(cls, value: Any) -> Any:
        """Accept `body: {"text": …, "html": …}`, and refuse what has nothing to show."""
        if not isinstance(value, dict):
            return value
        given = next((value[name] for name in _BODIES if isinstance(value.get(name), dict)), None)
        if given is not None:
            text = next(
                (given[name] for name in ("text", "plain", "body", "content") if isinstance(given.get(name), str)), ""
            )
            html = given.get("html") if isinstance(given.get("html"), str) else ""
            value = {name: part for name, part in value.items() if name not in _BODIES} | {"body": text, "html": html}
        if not any(isinstance(value.get(name), str) for name in (*_BODIES, *_HTML)) and not value.get("attachments"):
            raise ValueError("a message without a body")
        return value


class Event(Wire):
    """One entry of the audit trail."""

    at: When = Field(
        None, validation_alias=AliasChoices("created_at", "at", "timestamp", "date", "time", "occurred_at")
    )
    what: Text = Field(
        "", validation_alias=AliasChoices("description", "message", "event", "action", "type", "event_type", "name")
    )
    field: Text = ""
    before: Any = Field(None, validation_alias=AliasChoices("from", "old", "old_value", "before", "previous"))
    after: Any = Field(None, validation_alias=AliasChoices("to", "new", "new_value", "after", "value"))
    who: ContactOrNone = Field(None, validation_alias=AliasChoices("actor", "user", "by", "author", "performed_by"))
