"""What Routera says (docs.routera.io/api-reference): flat objects, custom fields beside the system's own."""

from typing import Any

from deskhand.vendors.http.wire import Id, Text, When, Wire


class Record(Wire):
    """A ticket. Custom fields are the unknown fields of this model.

    Attributes:
        ticket_stage: answered only where it is asked for; whether it was stands in `model_fields_set`.
        archived: false, or the time of archiving; the generated samples print `true`.
    """

    id: Id
    external_id: Text = ""
    ticket_name: Text = ""
    pipeline: Text = ""
    ticket_stage: Text = ""
    ticket_owner: Text = ""
    created_at: When = None
    updated_at: When = None
    archived: Any = False
    archived_by: Text = ""


class Named(Wire):
    """A user or team of a router: one of both is set."""

    email: Text = ""
    name: Text = ""


class Router(Wire):
    """A rule that picks an owner."""

    id: Id
    name: Text = ""
    object_type: Text = ""
    is_published: bool | None = None
    archived: Any = False
    users: tuple[Named, ...] | None = None
    settings: Any = None


class Dispatched(Wire):
    """What running a router came to: `success` is true only where an owner was written."""

    message: Text = ""
    success: bool | None = None
    user: Text = ""
    field_name: Text = ""
    owner_assigned_at: When = None
    hubspot_sync_failed: bool | None = None
    hubspot_error: Text = ""
