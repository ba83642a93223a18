"""Shows what was done with the way back, undoes it and does it again; the rules are the history's (`services.undo`)."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain.changes import ChangeSet
from deskhand.domain.ids import TicketKey
from deskhand.services.services import Services
from deskhand.services.undo import Turned, is_about
from deskhand.services.undo_steps import DraftPart, LaterPart, MessagePart, NewTicketPart, PinPart, Step, read_step
from deskhand.services.undo_turns import Texts
from deskhand.sync.tasks import TaskScope
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.notifications.message_strip import MessageStrip
from deskhand.ui.notifications.status_line import StatusLine

_LISTED = 8
"""Tickets that were changed meanwhile and are named in the question."""

SHOWN = 5
"""Steps that the palette lists."""


class UndoPresenter(QObject):
    """Undoes and does again, one press after the other.

    Signals:
        turned: a step was undone or done again (Turned).

    Attributes:
        keys: returns the key that undoes and the one that does again, as people read them; empty = none.
        about: returns the ticket whose steps are meant; None = those of all.
    """

    turned = Signal(object)

    def __init__(self, texts: Texts, status: StatusLine, services: Services, scope: TaskScope, window: QWidget) -> None:
        super().__init__(window)
        self._texts = texts
        self._status = status
        self._services = services
        self._scope = scope
        self._window = window
        self.line = MessageStrip(window, self.tr("What you did"))
        status.strip.lie_above(self.line)
        self._shown: Step | None = None
        self._final: dict[str, str] = {}
        self._under_way = 0
        self._is_said = False
        self._settled = asyncio.Event()
        self._settled.set()
        self.keys: Callable[[], tuple[str, str]] = _no_keys
        self.about: Callable[[], TicketKey | None] = _all_tickets

    @property
    def window(self) -> QWidget:
        """The window in which it is said."""
        return self._window

    # --- what was done ---

    def start(self, work: Coroutine[Any, Any, object], *, name: str) -> None:
        """Run what ends with `did`: a key that undoes, pressed meanwhile, waits for it and means it."""
        self._under_way += 1
        self._settled.clear()
        self._scope.start(work, name=name).add_done_callback(self._ended)

    def mark(self, keys: Sequence[TicketKey], *, unread: bool) -> None:
        """Mark tickets as read, or as new for the agent."""
        self.start(self._mark(tuple(keys), unread=unread), name="unread" if unread else "read")

    async def _mark(self, keys: Sequence[TicketKey], *, unread: bool) -> None:
        was = {row.key: row.unread for row in self._services.lists.rows(keys)}
        await self._services.tickets.set_read(keys, unread=unread)
        self.did(read_step(was, unread=unread))

    def _ended(self, _task: object) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._settled.set()

    def did(self, step: Step, more: str = "") -> None:
        """Keep what was done, and say it with the way back, where there is one.

        Args:
            more: what else there is to say, as sentences.
        """
        self._services.undo.record(step)
        self._say(step, more)

    def sent(self, step: Step, seconds: int) -> None:
        """Keep that a message was sent, and count the seconds for which it is held."""
        self._services.undo.record(step)
        if seconds:
            said = self.tr("{what} leaves in {seconds} s").replace("{what}", step.what)
            self._shown = step
            self.line.show_step(
                said,
                self.tr("Undo"),
                self.keys()[0],
                run=lambda: self.undo(step),
                icon="send",
                seconds=seconds,
                counts=True,
            )

    def _say(self, step: Step, more: str = "") -> None:
        """Say what was done. What has no way back offers none, also for the moment in which it has not left yet."""
        self._shown = step
        if step.parts and not step.final:
            said = f"{step.what}. {more}" if more else step.what
            self.line.show_step(said, self.tr("Undo"), self.keys()[0], run=lambda: self.undo(step), icon=_icon_of(step))
        else:
            self.line.show_step(". ".join(filter(None, (step.what, f"{step.final} {more}".strip()))), icon="info")

    def changed(self, changes: ChangeSet) -> None:
        """Offer nothing that does not hold any more: what was waiting may have left."""
        if changes.outbox and any(step.final for step in self._services.undo.done):
            self._scope.replace(self._look(), name="undo offers")

    async def _look(self) -> None:
        for step in self._services.undo.done:
            if step.final:
                self._final[step.id] = why = await self._services.undo.why_not(step)
                if why and step is self._shown and self.line.message and not self.line.action_button.isHidden():
                    self.line.withdraw_offer(f"{step.what}. {why}")

    # --- undo and do again ---

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo, also what is being done right now."""
        return bool(self._under_way or self.steps)

    @property
    def steps(self) -> tuple[Step, ...]:
        """What can be undone, the newest first, as the palette lists it."""
        return self._meant(self._services.undo.done)

    @property
    def undone(self) -> tuple[Step, ...]:
        """What can be done again, what was undone last first."""
        return self._meant(self._services.undo.undone)

    def _meant(self, steps: Sequence[Step]) -> tuple[Step, ...]:
        return tuple(one for one in steps if is_about(one, self.about()))[:SHOWN]

    def why_not(self, step: Step) -> str:
        """Return why a step cannot be undone, as it was known last; empty where it can."""
        return self._final.get(step.id, "") if step.final else ""

    def undo(self, step: Step | None = None) -> None:
        """Undo the newest step, or the named one where it was not undone meanwhile."""
        if step is None or self._services.undo.knows(step):
            turn = partial(self._services.undo.undo, step, self._texts, about=self.about())
            self._scope.start(self._turn(turn), name="undo step")

    def undo_setting(self, say: Callable[[str], None]) -> None:
        """Undo the newest change of a setting, also one that is being made right now; what was done to tickets stays.

        Args:
            say: told where there is none.
        """
        self._scope.start(self._turn_setting(say), name="undo step")

    async def _turn_setting(self, say: Callable[[str], None]) -> None:
        await self._settled.wait()
        step = self._services.undo.newest_setting()
        if step is None:
            say(self.tr("There is nothing to undo."))
        else:
            self._show(await self._services.undo.undo(step, self._texts))

    def redo(self, step: Step | None = None) -> None:
        """Do again what was undone last, or the named step."""
        self._scope.start(self._turn(partial(self._services.undo.redo, step, about=self.about())), name="undo step")

    async def _turn(self, turn: Callable[[], Awaitable[Turned]]) -> None:
        await self._settled.wait()
        self._is_said = False
        self._show(await turn())

    def leave_said(self) -> None:
        """Do not say of a text that is on its way back that it was undone: where it went to is said by another."""
        self._is_said = True

    def _show(self, turned: Turned) -> None:
        if turned.step is None:
            self._status.show_message(turned.said)
            return
        if turned.said:
            self._show_turned(turned, turned.step)
        if turned.is_done:
            self.turned.emit(turned)
        if turned.conflicts:
            self._ask(turned, turned.step)

    def _show_turned(self, turned: Turned, step: Step) -> None:
        self._shown = None
        history = self._services.undo
        other = history.undone if turned.is_undone else history.done
        offered = turned.is_done and any(one.id == step.id for one in other)
        keys = self.keys()
        if self._is_said and turned.is_done and all(isinstance(one, MessagePart | DraftPart) for one in step.parts):
            self.line.clear()
        elif not offered:
            self.line.show_step(turned.said, icon="undo-2" if turned.is_done else "info")
        elif turned.is_undone:
            run = lambda: self.redo(step)  # noqa: E731 -- one of two
            self.line.show_step(turned.said, self.tr("Do again"), keys[1], run=run, icon="undo-2")
        else:
            self.line.show_step(turned.said, self.tr("Undo"), keys[0], run=lambda: self.undo(step), icon="check")

    def _ask(self, turned: Turned, step: Step) -> None:
        """Ask before something is written over that was changed meanwhile; Enter leaves it."""
        lines = [conflict.said for conflict in turned.conflicts[:_LISTED]]
        if len(turned.conflicts) > _LISTED:
            lines.append(self.tr("And {count} more.").format(count=len(turned.conflicts) - _LISTED))
        detail = "\n".join(
            (
                self.tr("Since then a colleague, the vendor or you changed the same. Nothing was written over it."),
                *lines,
            )
        )
        verb = self.tr("Undo all the same") if turned.is_undone else self.tr("Do again all the same")
        title = self.tr("Changed meanwhile: {what}").replace("{what}", step.what)
        dialog = ConfirmDialog(title, detail, verb, self._window, danger=True)
        dialog.confirmed.connect(
            lambda: self._scope.start(self._turn(lambda: self._services.undo.go_on(turned)), name="undo step")
        )
        dialog.open()


def _no_keys() -> tuple[str, str]:
    return "", ""


def _all_tickets() -> None:
    return None


def _icon_of(step: Step) -> str:
    match step.parts[0]:
        case LaterPart():
            return "alarm-clock"
        case PinPart():
            return "star"
        case MessagePart() | NewTicketPart():
            return "send"
        case _:
            return "check"
