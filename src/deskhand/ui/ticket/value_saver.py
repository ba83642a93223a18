"""What stands half typed in a ticket's editors (subject, tag, fields): saved as drafts are, so that neither a kill nor a new id loses it."""

import asyncio
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer

from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import VALUES, Draft
from deskhand.ui.composer.composition import finish_composition
from deskhand.ui.composer.draft_saver import SAVE_DELAY_MS, DraftSaver
from deskhand.ui.ticket.ticket_pane import TicketPane


class ValueSaver(QObject):
    """Takes half-typed values out of the editors while they stand there, and when another ticket is about to be shown.

    Args:
        saver: writes them, for all windows; what it cannot write is said by the reply box.
    """

    def __init__(self, pane: TicketPane, saver: DraftSaver) -> None:
        super().__init__(pane)
        self._pane = pane
        self._key: TicketKey | None = None
        self._known: Mapping[str, str] = {}
        self._saver = saver
        self._save_timer = QTimer(self, interval=SAVE_DELAY_MS, singleShot=True)
        self._save_timer.timeout.connect(self._start_saving)
        pane.half_typed_changed.connect(self._typed)
        pane.leaving.connect(self._leave)

    async def get(self, key: TicketKey) -> Mapping[str, str]:
        """Return what is half typed for a ticket, by editor."""
        (draft,) = await self._saver.get(key, VALUES)
        return draft.extra

    def begin(self, key: TicketKey, known: Mapping[str, str]) -> None:
        """A ticket is shown from now on, with these values in its editors; what has no editor now is kept as it is."""
        if key != self._key:
            self._key, self._known = key, dict(known)

    def set_key(self, key: TicketKey) -> None:
        """The ticket that is shown has got its vendor's id."""
        if self._key is not None:
            self._key = key

    async def save(self) -> Sequence[object]:
        """Put everything unsaved on disk now; return what it did not take, which is tried again."""
        await asyncio.shield(self._start_saving())
        return self._saver.unsaved

    def _typed(self) -> None:
        if self._key is not None and not self._save_timer.isActive():
            self._save_timer.start()

    def _start_saving(self) -> "asyncio.Task[None]":
        self._collect()
        return self._saver.save()

    def _leave(self) -> None:
        finish_composition()
        self._start_saving()
        self._key = None

    def _collect(self) -> None:
        self._save_timer.stop()
        if self._key is None:
            return
        half_typed_now = self._pane.half_typed
        without_editor = {name: text for name, text in self._known.items() if name not in half_typed_now}
        typed = {**without_editor, **{name: text for name, text in half_typed_now.items() if text}}
        if typed != self._known:
            self._known = typed
            self._saver.queue(self._key, Draft(VALUES, "", extra=typed))
