"""What Routera says (docs.routera.io/api-reference): flat objects, custom fields beside the system's own."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from deskhand.http.wire import Flag, Id, Text, When, Wire


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


def _named(value: Any) -> Any:
    """Keep the entries that can be read, a bare text as an e-mail address: one that cannot does not lose the router."""
    entries = value if isinstance(value, list) else ()
    return [{"email": entry} if isinstance(entry, str) else entry for entry in entries if isinstance(entry, str | dict)]


class Router(Wire):
    """A rule that picks an owner."""

    id: Id
    name: Text = ""
    object_type: Text = ""
    is_published: Flag = None
    archived: Any = False
    users: Annotated[tuple[Named, ...], BeforeValidator(_named)] = ()
    settings: Any = None


class Dispatched(Wire):
    """What running a router came to: `success` is true only where an owner was written, `error` where the run itself failed."""

    message: Text = ""
    success: Flag = None
    error: Any = None
    user: Annotated[str, BeforeValidator(lambda value: value if isinstance(value, str) and "@" in value else "")] = ""
    field_name: Text = ""
    owner_assigned_at: When = None
    hubspot_sync_failed: Flag = None
    hubspot_error: Text = ""
