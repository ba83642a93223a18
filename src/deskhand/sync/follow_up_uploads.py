"""What follows a message by its nature: its files, where the vendor takes them after it only (Mijn Klantportaal). Pure."""

from uuid import NAMESPACE_OID, uuid5

from deskhand.domain.capabilities import Limits
from deskhand.domain.commands import AddNote, Command, SendReply, UploadFile
from deskhand.domain.ids import CommandId


def uploads(message: Command, limits: Limits) -> tuple[Command, ...]:
    """Return the commands that add a message's files after it.

    They are the same whenever they are asked for, so that they may be submitted with the message and again with its proof: a
    program that dies between the two loses no file and adds none twice.
    """
    action = message.action
    if not limits.files_after_message or not isinstance(action, SendReply | AddNote):
        return ()
    return tuple(
        Command(
            CommandId(str(uuid5(NAMESPACE_OID, f"{message.id}/{number}"))),
            message.account,
            message.ticket,
            UploadFile("", file),
            message.created_at,
            after=message.id,
        )
        for number, file in enumerate(action.files)
    )
