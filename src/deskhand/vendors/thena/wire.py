"""What Thena says, as far as it is read (docs.thena.ai).

Its documents mark no field of an answer as required or nullable, so every field but an id may be missing or null.
"""

from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from deskhand.http.wire import Flag, Id, Keyword, Stamp, Text, When, Wire


class Said(Wire):
    """Names are camelCase on the wire, and null says the same as a missing name."""

    model_config = ConfigDict(alias_generator=to_camel)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: Any) -> Any:
        return {name: value for name, value in data.items() if value is not None} if isinstance(data, dict) else data


class Comment(Said):
    """One entry of a conversation; the answer to a reply or a note has the same shape."""

    id: Id
    content: Text = ""
    content_html: Text = ""
    content_markdown: Text = ""
    comment_visibility: Keyword = ""
    comment_type: Text = ""
    created_at: When = None
    deleted_at: Stamp = None
    author: Text = ""
    author_id: Text = ""
    author_email: Text = ""
    author_user_type: Text = ""
    customer_contact_id: Text = ""
    customer_contact_email: Text = ""
    customer_contact_first_name: Text = ""
    customer_contact_last_name: Text = ""
    impersonated_user_email: Text = ""
    impersonated_user_name: Text = ""
    attachments: Any = None
    metadata: Any = None

    @property
    def replies(self) -> list[Any]:
        """The replies inside it: whether a list tells them flat or here is documented both ways."""
        inside = self.metadata.get("replies") if isinstance(self.metadata, dict) else None
        return inside if isinstance(inside, list) else []


class Ticket(Said):
    """A ticket of a list, of a PATCH or POST answer, or (under other names) of a search.

    `status` is the name of the status; the envelope's `status` is a boolean.
    """

    id: Id = Field(validation_alias=AliasChoices("uid", "id"))
    """Search documents carry the API's id as `uid`, and an `id` that may be an internal number."""
    ticket_identifier: Text = ""
    ticket_id: Text = ""
    title: Text = ""
    description: Text = ""
    source: Text = ""
    status: Text = Field("", validation_alias=AliasChoices("status", "statusName"))
    status_id: Text = ""
    priority: Text = Field("", validation_alias=AliasChoices("priority", "priorityName"))
    priority_id: Text = ""
    type: Text = ""
    type_id: Text = ""
    sentiment: Text = ""
    sentiment_id: Text = ""
    is_private: Flag = None
    assigned_agent: Text = ""
    assigned_agent_id: Text = ""
    assigned_agent_email: Text = ""
    requestor_email: Text = ""
    submitter_email: Text = ""
    customer_contact_id: Text = ""
    customer_contact_first_name: Text = ""
    customer_contact_last_name: Text = ""
    customer_contact_email: Text = ""
    account: Text = Field("", validation_alias=AliasChoices("account", "accountName"))
    team_id: Text = Field("", validation_alias=AliasChoices("teamId", "teamUid"))
    team_name: Text = ""
    sub_team_name: Text = ""
    ai_generated_summary: Text = ""
    created_at: When = None
    updated_at: When = None
    archived_at: Stamp = None
    deleted_at: Stamp = None
    due_date: When = None
    last_comment: When = None
    last_customer_comment: When = None
    last_vendor_comment: When = None
    custom_field_values: Any = None


class FoundComment(Said):
    """A comment that a search found. How it names its ticket is shown nowhere; it can be filtered by the ticket's uid."""

    ticket: Id = Field(validation_alias=AliasChoices("ticketUid", "ticketId", "entityUid", "entityId"))


class FoundAccount(Said):
    """A customer's company that a search found."""

    id: Id = Field(validation_alias=AliasChoices("uid", "id"))


class Named(Said):
    """A ticket in the answer to a bulk change."""

    id: Id
    reason: Text = ""


def _named(value: Any) -> Any:
    """Keep the entries that name a ticket, also as a bare id: one that cannot be read leaves the others what they are."""
    bare = ({"id": entry} if isinstance(entry, str) else entry for entry in value) if isinstance(value, list) else ()
    return [entry for entry in bare if isinstance(entry, dict) and entry.get("id")]


AllNamed = Annotated[tuple[Named, ...], BeforeValidator(_named)]


class BulkChange(Said):
    """The answer to a bulk change: partial success is normal."""

    updated: AllNamed = ()
    skipped: AllNamed = ()


class Team(Said):
    """A team: our group."""

    id: Id
    name: Text = ""
    archived_at: Stamp = None


class Status(Said):
    """A status of a team. Nothing in it tells that it means closed; its own or its parent's name does."""

    id: Id
    name: Text = ""
    display_name: Text = ""
    parent_status_id: Text = ""
    team_id: Text = ""


class Member(Said):
    """A member of a team. Whether `id` is the user's or the membership's is not said, so the e-mail is what counts."""

    id: Text = ""
    name: Text = ""
    email: Text = ""
    is_active: Flag = None


class CustomField(Said):
    """A custom field of the organisation."""

    id: Id = Field(validation_alias=AliasChoices("uid", "id"))
    name: Text = ""
    source: Text = ""
    field_type: Text = ""
    options: Any = None
    team_id: Text = ""
    hint_text: Text = ""
    is_active: Flag = None
    mandatory_on_creation: Flag = None


class Form(Said):
    """A form that a ticket may be made with."""

    id: Id
    name: Text = ""
    is_active: Flag = None
