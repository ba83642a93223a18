"""Canned replies: what is filled in when one is put into a reply."""

import re

from deskhand.content.characters import one_line
from deskhand.content.given_names import given_name
from deskhand.domain.tickets import Ticket

_PLACE = re.compile(r"\{(name|full name|number|subject)\}")


def filled(text: str, ticket: Ticket) -> str:
    """Return the text with `{name}`, `{full name}`, `{number}` and `{subject}` filled in.

    A place stays where nothing is known for it, and `{name}` also where it is not sure which part of a name to open a letter with
    (`content.given_names`): what is left to fill in stops the send. What is filled in is never looked through for places.
    """
    name = one_line(ticket.requester.name) if ticket.requester else ""
    known = {
        "name": given_name(name),
        "full name": name,
        "number": one_line(ticket.number or ("" if ticket.key.is_local else ticket.key.remote)),
        "subject": one_line(ticket.subject),
    }
    return _PLACE.sub(lambda place: known[place[1]] or place[0], text)
