"""What Mijn Klantportaal says (https://docs.developers.mijnklantportaal.nl: tickets, customers)."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from deskhand.http.wire import Id, Items, Text, When, Wire, read_items

Size = Annotated[
    int | None, BeforeValidator(lambda value: value if isinstance(value, int) and not isinstance(value, bool) else None)
]


def _flag(value: Any) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "1": True, "false": False, "0": False}.get(value.strip().casefold())
    return bool(value) if value in (True, False) else None


class File(Wire):
    """A file at a message: its name and size only, there is no address of it."""

    id: Id
    name: Text = ""
    size: Size = None
    mime: Text = ""


class Message(Wire):
    """A message. `posted_by` is a display name; who it is beyond that is not told.

    Attributes:
        is_posted_by_customer: None where it does not say so readably.
    """

    id: Id
    posted_by: Text = Field("", alias="postedBy")
    is_posted_by_customer: Annotated[bool | None, BeforeValidator(_flag)] = Field(None, alias="isPostedByCustomer")
    message: Text = ""
    posted_at: When = Field(None, alias="postedAt")
    attachments: Any = None

    @property
    def files(self) -> tuple[File, ...]:
        """The files that could be read."""
        return read_items(File, self.attachments).models if isinstance(self.attachments, list) else ()


class Ticket(Wire):
    """A ticket of the list. There is no time of its last change."""

    id: Id
    customer_id: Text = Field("", alias="customerId")
    title: Text = ""
    source: Text = ""
    status: Text = ""
    created_at: When = Field(None, alias="createdAt")


class TicketWithMessages(Ticket):
    """A ticket with its whole conversation."""

    messages: Any = None

    def read_messages(self) -> Items[Message]:
        """Return the messages, unordered as the vendor sends them."""
        return read_items(Message, self.messages if isinstance(self.messages, list) else [])


class Customer(Wire):
    """A customer of the portal."""

    id: Id
    company_name: Text = Field("", alias="companyName")
    primary_email: Text = Field("", alias="primaryEmail")
