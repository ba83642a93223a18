"""What stands half typed in a ticket's editors (subject, tag, fields): kept as drafts are, so that neither a kill nor a new id loses it."""

import asyncio
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer

from deskhand.domain import wording
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import VALUES, Draft
from deskhand.services.drafts import Drafts
from deskhand.sync.tasks import TaskScope
from deskhand.ui.composer.composition import finish_composition
from deskhand.ui.composer.draft_saver import SAVE_MS, KeptDrafts
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.ticket.ticket_pane import TicketPane


class KeptValues(QObject):
    """Takes half-typed values out of the editors while they stand there, and when another ticket is about to be shown."""

    def __init__(self, pane: TicketPane, status: StatusLine, drafts: Drafts, scope: TaskScope) -> None:
        super().__init__(pane)
        self._pane = pane
        self._key: TicketKey | None = None
        self._known: Mapping[str, str] = {}
        self._kept = KeptDrafts(drafts, scope, self)
        self._kept.failed.connect(lambda problem: status.show_message(wording.problem(problem, "Deskhand")))
        self._timer = QTimer(self, interval=SAVE_MS, singleShot=True)
        self._timer.timeout.connect(self._keep_soon)
        pane.half_typed_changed.connect(self._typed)
        pane.leaving.connect(self._leave)

    async def get(self, key: TicketKey) -> Mapping[str, str]:
        """Return what is half typed for a ticket, by editor."""
        (draft,) = await self._kept.get(key, VALUES)
        return draft.extra

    def begin(self, key: TicketKey, known: Mapping[str, str]) -> None:
        """A ticket is shown from now on, with these values in its editors; what has no editor now is kept as it is."""
        if key != self._key:
            self._key, self._known = key, dict(known)

    def follow(self, key: TicketKey) -> None:
        """The ticket that is shown has got its vendor's id."""
        if self._key is not None:
            self._key = key

    async def keep(self) -> Sequence[object]:
        """Put everything unsaved on disk now; return what it did not take, which is tried again."""
        await asyncio.shield(self._keep_soon())
        return self._kept.unwritten

    def _typed(self) -> None:
        if self._key is not None and not self._timer.isActive():
            self._timer.start()

    def _keep_soon(self) -> "asyncio.Task[None]":
        self._take()
        return self._kept.write()

    def _leave(self) -> None:
        finish_composition()
        self._keep_soon()
        self._key = None

    def _take(self) -> None:
        self._timer.stop()
        if self._key is None:
            return
        stand = self._pane.half_typed
        without_editor = {name: text for name, text in self._known.items() if name not in stand}
        typed = {**without_editor, **{name: text for name, text in stand.items() if text}}
        if typed != self._known:
            self._known = typed
            self._kept.take(self._key, Draft(VALUES, "", extra=typed))
