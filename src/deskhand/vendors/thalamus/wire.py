"""What Thalamus answers: `{"success": true, "data": {...}, "message": "..."}` to every call, and nothing about anything else."""

from uuid import UUID

from deskhand.http.wire import Text, When, Wire


class Confirmed(Wire):
    """What every `data` has: Thalamus' own id, the only proof that something was taken."""

    uuid: UUID


class Ticket(Confirmed):
    """The answer to a ticket: the whole ticket as it now stands."""

    external_id: Text = ""
    title: Text = ""
    status: Text = ""
    priority: Text = ""
    type: Text = ""
    category: Text = ""
    subcategory: Text = ""
    organization_external_id: Text = ""
    contact_external_id: Text = ""
    external_group_id: Text = ""
    external_agent_id: Text = ""
    created_at: When = None
    updated_at: When = None


class Comment(Confirmed):
    """The answer to a comment. Its author is not told."""

    external_id: Text = ""
    external_ticket_id: Text = ""
    body: Text = ""
    visibility: Text = ""
    created_at: When = None
