"""What the agent has done, so that it can be undone and done again: the newest first, or one of the last by its name.

A step is what was done at once, also to hundreds of tickets. What has not left is taken out of the outbox; what has arrived is answered
with the change the other way round, where the vendor takes one. It is compared with how the tickets are now: where a vendor, a colleague
or the agent changed the same value since, nothing is written over it before the agent has said so. Nothing of this is stored: after a
restart there is nothing to undo, because what was on screen when a change was chosen is not known any more.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import replace

from deskhand.domain import undo_wording
from deskhand.domain.ids import TicketKey
from deskhand.domain.lazy_dataclass import dataclass

from .settings import recorded
from .undo_steps import SettingPart, Step, joined_settings, setting_step
from .undo_turns import Conflict, Texts, Turn, TurnMaker

MOST = 20
"""Steps that are known: five are promised."""


@dataclass(frozen=True, slots=True)
class Turned:
    """What undoing a step, or doing it again, came to.

    Attributes:
        step: with the parts that were turned; None where there was no step.
        said: a sentence for the agent.
        reasons: why parts of it could not be turned, each once. `left`: how many those were.
        conflicts: what was left as it is, because it was changed meanwhile: `UndoHistory.go_on` writes over it.
        is_undone: it was undone and not done again.
    """

    step: Step | None
    said: str
    reasons: tuple[str, ...] = ()
    left: int = 0
    conflicts: tuple[Conflict, ...] = ()
    is_undone: bool = True

    @property
    def is_done(self) -> bool:
        """Whether any of it was turned."""
        return self.step is not None and bool(self.step.parts)


class UndoHistory:
    """Keeps the steps and turns them, one at a time, in the order in which it was asked for."""

    def __init__(self, turns: TurnMaker) -> None:
        self._turns = turns
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._lock = asyncio.Lock()

    # --- what there is ---

    @property
    def done(self) -> tuple[Step, ...]:
        """What can be undone, the newest first."""
        return tuple(reversed(self._done))

    @property
    def undone(self) -> tuple[Step, ...]:
        """What can be done again, what was undone last first."""
        return tuple(reversed(self._undone))

    def record(self, step: Step) -> Step:
        """Keep what was done just now; what was undone before cannot be done again from here on. Returns the step."""
        if step.parts:
            self._done.append(step)
            del self._done[:-MOST]
            self._undone.clear()
        return step

    async def keep(self, what: str, work: Awaitable[object], *, joins: bool = False) -> Step:
        """Do what changes settings, and keep it as a step; return that.

        Args:
            what: what is done, in words: "Changed the setting “Theme”".
            joins: right behind the same change of the same settings it is one step with that.
        """
        with recorded() as changes:
            await work
        made = setting_step(what, changes)
        if joins and made.parts and self._done and (joined := joined_settings(self._done[-1], made)) is not None:
            self._done.pop()
            made = joined
        return self.record(made)

    def newest_setting(self) -> Step | None:
        """Return the newest step that changed settings and nothing else; None where there is none."""
        return next((one for one in self.done if all(isinstance(part, SettingPart) for part in one.parts)), None)

    def knows(self, step: Step) -> bool:
        """Tell whether a step can still be undone."""
        return any(one.id == step.id for one in self._done)

    async def why_not(self, step: Step) -> str:
        """Return why a step cannot be undone, so that it is not offered; empty where it can, or some of it."""
        return step.final if step.final and not await self._turns.can_withdraw(step.parts) else ""

    # --- undo and do again ---

    async def undo(
        self, step: Step | None = None, texts: Texts | None = None, *, about: TicketKey | None = None
    ) -> Turned:
        """Undo the newest step, or the named one.

        Args:
            texts: puts a text back where it was typed; without it the text is a draft again.
            about: of all steps only those that are about this ticket; None = all.
        """
        async with self._lock:
            found = self._find(self._done, step, about)
            if found is None:
                return Turned(None, "There is nothing to undo.")
            self._done.remove(found)
            turn = await self._turns.turn(found.parts, undo=True, texts=texts)
            if turn.again:
                self._undone.append(replace(found, parts=turn.again))
            return _turned(found, turn, is_undone=True)

    async def redo(self, step: Step | None = None, *, about: TicketKey | None = None) -> Turned:
        """Do the step again that was undone last, or the named one; with `about`, of those that are about this ticket."""
        async with self._lock:
            found = self._find(self._undone, step, about)
            if found is None:
                return Turned(None, "There is nothing to do again.", is_undone=False)
            self._undone.remove(found)
            turn = await self._turns.turn(found.parts, undo=False)
            if turn.again:
                self._done.append(replace(found, parts=turn.again))
            return _turned(found, turn, is_undone=False)

    async def go_on(self, turned: Turned) -> Turned:
        """Turn what `turned` left because of a conflict, over what the agent was told of; what changed once more is a conflict again."""
        async with self._lock:
            if turned.step is None:
                return turned
            parts = tuple(conflict.part for conflict in turned.conflicts)
            agreed = tuple(conflict.said for conflict in turned.conflicts)
            turn = await self._turns.turn(parts, undo=turned.is_undone, agreed=agreed)
            steps = self._undone if turned.is_undone else self._done
            known = self._find(steps, turned.step)
            if known is not None:
                steps[steps.index(known)] = replace(known, parts=(*known.parts, *turn.again))
            elif turn.again:
                steps.append(replace(turned.step, parts=turn.again))
            return _turned(turned.step, turn, is_undone=turned.is_undone)

    @staticmethod
    def _find(steps: Sequence[Step], wanted: Step | None, about: TicketKey | None = None) -> Step | None:
        if wanted is None:
            return next((one for one in reversed(steps) if is_about(one, about)), None)
        return next((one for one in steps if one.id == wanted.id), None)


def is_about(step: Step, ticket: TicketKey | None) -> bool:
    """Tell whether a step is about a ticket, perhaps among others; None = any ticket."""
    return ticket is None or ticket in step.tickets


def _turned(step: Step, turn: Turn, *, is_undone: bool) -> Turned:
    """Return what is said of a step that was turned: all of it, some of it, or nothing."""
    reasons = tuple(dict.fromkeys(turn.reasons))
    turned = replace(step, parts=turn.turned)
    said = ""
    if turn.turned:
        said = undo_wording.undone(step.what) if is_undone else undo_wording.done_again(step.what)
        if turn.reasons:
            said = f"{said}, except {len(turn.reasons)} of {len(step.parts)}. {' '.join(reasons)}"
    elif turn.reasons:
        said = undo_wording.cannot_undo(step.what, " ".join(reasons))
    return Turned(turned, said, reasons, len(turn.reasons), turn.conflicts, is_undone)
