"""What the reply box shows of a ticket: who it goes to, what the vendor takes, what is to be known before sending."""

from PySide6.QtCore import QCoreApplication

from deskhand.domain.capabilities import Feature, Reason
from deskhand.services.ticket_actions import closing_state
from deskhand.services.tickets import TicketView
from deskhand.ui.composer.composer_state import ComposerState, NoteKind


def box_state(view: TicketView) -> ComposerState:
    """Return what the box shows of a ticket."""
    capabilities, account, ticket = view.capabilities, view.account, view.ticket
    remote_note = view.obstacle(Feature.NOTE) is None
    notice = ""
    if view.reply_reopens:
        notice = _tr("This ticket is closed; a reply opens it again.")
    elif view.obstacle(Feature.REPLY) is None and capabilities.reason(Feature.LIST) is Reason.WRITE_ONLY:
        notice = _tr("{vendor} can only be written to: whether the customer is told is up to it.").format(
            vendor=view.vendor.name
        )
    states = capabilities.states_for(ticket.group.id if ticket.group else None)
    who = ticket.requester
    to = f"{who.name} <{who.email}>" if who and who.name and who.email else who.shown if who else ""
    return ComposerState(
        account_label=account.label,
        vendor=view.vendor.name,
        mark=account.shown_mark,
        can_reply=view.obstacle(Feature.REPLY) is None,
        reply_reason=view.why_not(Feature.REPLY),
        note_kind=NoteKind.REMOTE if remote_note else NoteKind.LOCAL,
        can_cc=view.obstacle(Feature.CC) is None,
        can_attach=view.obstacle(Feature.ATTACH) is None,
        attach_reason=view.why_not(Feature.ATTACH),
        format=capabilities.reply_format,
        note_format=capabilities.note_format,
        states=tuple(s for s in states if s.id != ticket.state_id) if view.obstacle(Feature.STATE) is None else (),
        closing=closing_state(ticket, capabilities) if view.obstacle(Feature.STATE) is None else None,
        to=to,
        cc_before=view.copies,
        notice=notice,
        group=ticket.group.name if ticket.group is not None else "",
        max_chars=capabilities.limits.message_chars,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ComposePresenter", text)
