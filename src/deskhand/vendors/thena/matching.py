"""What proves that a comment or ticket at Thena is the one that we sent. Pure."""

from datetime import datetime

from deskhand.content.plain import matches, normalise_for_matching
from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.ports import NewTicket, OutgoingMessage
from deskhand.domain.threads import Side, Visibility
from deskhand.http.wire import Item

from . import mapping, wire


def is_sent_comment(said: wire.Comment, sent: OutgoingMessage, who: Visibility) -> bool:
    """Tell whether a comment is the one that we sent: an agent's, with our text, our visibility, and not older."""
    return mapping.visibility(said) in (who, None) and has_sent_text(said, sent)


def has_sent_text(said: wire.Comment, sent: OutgoingMessage) -> bool:
    """Tell whether a comment is the one that we sent, whoever reads it: an agent's, with our text, and not older."""
    if said.deleted_at or mapping.side_of(said) is Side.CUSTOMER:
        return False
    since = sent.since or sent.written_at
    if said.created_at and since and said.created_at < since - mapping.SKEW:
        return False
    ours = normalise_for_matching(sent.html or sent.text, bool(sent.html))
    theirs = mapping.message(Item(said, ""))
    return matches(ours, normalise_for_matching(theirs.body, theirs.format is BodyFormat.HTML))


def is_created_ticket(said: wire.Ticket, new: NewTicket, since: datetime) -> bool:
    """Tell whether a ticket may be the one that an unanswered create made."""
    return said.created_at is not None and said.created_at >= since - mapping.SKEW and has_created_values(said, new)


def has_created_values(said: wire.Ticket, new: NewTicket) -> bool:
    """Tell whether a ticket has the title, team and customer of the one that was to be made."""
    emails = {said.requestor_email.casefold(), said.customer_contact_email.casefold()}
    return (
        said.title == str(new.fields.get("title", ""))
        and said.team_id == str(new.fields.get("teamId", ""))
        and str(new.fields.get("requestorEmail", "")).casefold() in emails
    )
