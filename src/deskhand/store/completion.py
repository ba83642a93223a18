"""SENT: what a send made true, stored in one step with the end of its command."""

import json
from collections.abc import Sequence
from dataclasses import replace

from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.commands import BY_AGENT, AddNote, CreateTicket, OutboxItem, PushRecord, SendReply, UploadFile
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.ports import Receipt
from deskhand.domain.problems import OutcomeUnknown
from deskhand.domain.projection import project
from deskhand.domain.threads import (
    Attachment,
    Delivery,
    Message,
    RemoteMessage,
    Side,
    Visibility,
)
from deskhand.domain.tickets import Person

from . import merging, outbox, ticket_rows
from .account_info import AccountInfo
from .database import Work
from .encoding import decode, encode
from .messages import merge_thread, save_messages, save_note, summarize
from .renaming import rename


def complete_item(work: Work, item: OutboxItem, receipt: Receipt | None, messages: Sequence[Message]) -> None:
    """End a command.

    Raises:
        OutcomeUnknown: another send of ours is proven by the same remote id; nothing was written.
    """
    known = outbox.find_item(work.db, item.command.id)
    if known is None or known.delivery is Delivery.SENT:
        return
    remote_id = (receipt.remote_id if receipt is not None else "") or item.remote_id
    item = replace(item, command=known.command, delivery=Delivery.SENT, remote_id=remote_id, confirmed_at=work.now)
    action, key = item.command.action, item.command.ticket
    stored = outbox.write_item(work, item)
    assert stored is not None
    if isinstance(action, CreateTicket) and key is not None and remote_id:
        key = TicketKey(key.account, remote_id)
        _record_sent_id(work, replace(key, remote=""), remote_id, item.command.id)
        if stored.command.ticket is not None and stored.command.ticket != key:
            rename(work, stored.command.ticket, key)
    if key is None:
        return
    if isinstance(action, SendReply | AddNote) and remote_id:
        _record_sent_id(work, key, remote_id, item.command.id)
    _merge_receipt(work, key, item, receipt, messages)
    ticket_rows.reproject(work, key)
    work.threads.add(key)


def _record_sent_id(work: Work, key: TicketKey, remote: str, command: CommandId) -> None:
    """Take a remote id for a command: two equal texts are two messages, so no id proves two sends."""
    work.db.execute(
        "INSERT OR IGNORE INTO claims(account, ticket, remote, command) VALUES(?, ?, ?, ?)",
        (key.account, key.remote, remote, command),
    )
    owner = work.db.execute(
        "SELECT command FROM claims WHERE account = ? AND ticket = ? AND remote = ?", (key.account, key.remote, remote)
    ).get
    if owner != command:
        raise OutcomeUnknown("the vendor's id in this answer belongs to an earlier message of ours")


def _merge_receipt(
    work: Work, key: TicketKey, item: OutboxItem, receipt: Receipt | None, messages: Sequence[Message]
) -> None:
    """Merge what the answer told; where it told nothing, what the command says."""
    action = item.command.action
    if receipt is not None and receipt.ticket is not None:
        merging.merge_ticket(work, receipt.ticket)
    elif not isinstance(action, SendReply | AddNote | CreateTicket | UploadFile | PushRecord):
        _apply_edit(work, key, item)
    if receipt is not None and receipt.thread is not None:
        merge_thread(work, key, messages, receipt.thread)
    elif receipt is not None and receipt.message is not None:
        _add_messages(work, key, messages, (receipt.message,))
    elif isinstance(action, SendReply | AddNote):
        message, remote = _message_of(work, item)
        if item.confirmation == BY_AGENT:
            # Among the notes of this computer: the next read of the conversation takes away whatever its vendor does not know.
            save_note(work, key, replace(message, unconfirmed=True))
        else:
            _add_messages(work, key, (message,), (remote,))


def _apply_edit(work: Work, key: TicketKey, item: OutboxItem) -> None:
    found = ticket_rows.load_one(work.db, key)
    if found is None:
        return
    info, stored = found
    before = decode(key, stored.server)
    after = project(before, (replace(item, delivery=Delivery.QUEUED),))
    if after != before:
        ticket_rows.replace_server_state(work, info, stored, after, encode(after), stored.raw)


def _add_messages(work: Work, key: TicketKey, messages: Sequence[Message], remotes: Sequence[RemoteMessage]) -> None:
    found = ticket_rows.load_one(work.db, key)
    if found is None:
        return
    info, stored = found
    saved = save_messages(work, info, stored, messages, remotes, complete=False)
    summary = summarize(work, stored, saved)
    ticket_rows.reproject(work, key, summary._replace(stale=int(_is_readable(info))))


def _is_readable(info: AccountInfo) -> bool:
    """Tell whether the vendor's own version of a message that we made can be read later."""
    return not info.is_local_only


def _message_of(work: Work, item: OutboxItem) -> tuple[Message, RemoteMessage]:
    """Make the message that was sent from its command."""
    action = item.command.action
    assert isinstance(action, SendReply | AddNote)
    author = Person(email=_agent_email(work, item))
    message_id = item.remote_id or f"sent-{item.command.id}"
    visibility = Visibility.PUBLIC if isinstance(action, SendReply) else Visibility.INTERNAL
    at = item.last_sent or item.first_sent or work.now
    files = tuple(Attachment(file.blob, file.name, file.size, file.mime) for file in action.files)
    message = Message(
        message_id,
        author,
        Side.AGENT,
        visibility,
        action.text,
        action.html,
        created_at=at,
        attachments=files,
        mine=True,
        cc=action.cc if isinstance(action, SendReply) else (),
    )
    remote = RemoteMessage(
        message_id,
        author,
        Side.AGENT,
        visibility,
        action.html or action.text,
        BodyFormat.HTML if action.html else BodyFormat.PLAIN,
        at,
        files,
        key=item.command.id,
        cc=message.cc,
    )
    return message, remote


def _agent_email(work: Work, item: OutboxItem) -> str:
    body = work.db.execute("SELECT body FROM accounts WHERE id = ?", (item.command.account,)).get
    return "" if body is None else str(json.loads(str(body)).get("me", ""))
