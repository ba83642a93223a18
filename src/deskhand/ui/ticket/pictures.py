"""Images in messages: the message's own at once, those of other hosts when the agent asks."""

import asyncio
import base64
import binascii

from PySide6.QtCore import QObject

from deskhand.domain.ids import TicketKey
from deskhand.domain.problems import DeskProblem
from deskhand.domain.threads import Message
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope
from deskhand.ui.ticket.conversation import Conversation
from deskhand.ui.ticket.message_pictures import decode_all

MOST = 20
"""Images of one message that are fetched (reference: reliability 1.4, step 4)."""


class Pictures(QObject):
    """Fetches, decodes off the GUI thread, and hands over."""

    def __init__(self, conversation: Conversation, services: Services, scope: TaskScope) -> None:
        super().__init__(conversation)
        self._conversation = conversation
        self._services = services
        self._scope = scope
        conversation.inline_requested.connect(lambda message: self._want(message, blocked=False))
        conversation.pictures_requested.connect(lambda message: self._want(message, blocked=True))

    def _want(self, message: str, *, blocked: bool) -> None:
        view = self._conversation.shown
        found = next((m for m in view.messages if m.id == message), None) if view is not None else None
        if view is not None and found is not None:
            self._scope.start(self._show(view.key, found, blocked=blocked), name="pictures")

    async def _show(self, key: TicketKey, message: Message, *, blocked: bool) -> None:
        sources = {}
        for picture in [picture for picture in message.pictures if picture.blocked is blocked][:MOST]:
            try:
                match picture.kind:
                    case "remote":
                        sources[picture.index] = await self._services.pictures.fetch(picture.source)
                    case "cid" | "elsewhere":
                        part = message.part(picture)
                        if part is not None and part.own_server is not blocked:
                            sources[picture.index] = await self._services.tickets.download(key, part)
                    case "data":
                        sources[picture.index] = base64.b64decode(picture.source, validate=True)
                    case _:
                        pass  # refused: it leads nowhere
            except (DeskProblem, binascii.Error):
                continue  # the placeholder stays, which says that it was not loaded
        if sources:
            images = await asyncio.to_thread(decode_all, sources)
            view = self._conversation.shown
            if view is not None and view.key == key:
                self._conversation.set_pictures(message.id, images)
