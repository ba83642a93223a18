"""Actions that the agent has made: macros. Keys, palette, menus and the key overview show them as they show all others."""

from collections.abc import Callable, Sequence

from deskhand.services.macro_runs import MacroRuns
from deskhand.services.macros import Macro
from deskhand.ui.actions.action import Action, Group, Possible, Reason, Takes, possible_unless, translate
from deskhand.ui.actions.selection import Selection


class OwnActions:
    """Those that there are now; who shows or binds them is told of others."""

    def __init__(self) -> None:
        self._actions: tuple[Action[Selection], ...] = ()
        self._listeners: list[Callable[[], None]] = []

    @property
    def actions(self) -> tuple[Action[Selection], ...]:
        """One for each macro, in the agent's order."""
        return self._actions

    def put(self, actions: Sequence[Action[Selection]]) -> None:
        """Let there be others from now on."""
        self._actions = tuple(actions)
        for listener in tuple(self._listeners):
            listener()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Be told of others; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None


OWN = OwnActions()
"""One for all windows of the program, as the keys are."""


def macro_action(macro: Macro, runs: MacroRuns) -> Action[Selection]:
    """Return the action that runs a macro on the open ticket, or on all that is selected."""

    def available(s: Selection) -> Possible | Reason:
        if s.several is not None:
            return possible_unless(s.several.why_not_changed())
        return possible_unless(translate("No ticket is open.") if s.ticket is None else runs.why_not(macro, s.ticket))

    def now(s: Selection) -> str:
        if s.several is not None or s.ticket is None:
            return ", ".join(step.title for step in macro.steps)
        return runs.preview(macro, s.ticket)

    return Action(
        f"macro {macro.id}",
        "Macro: {name}",
        (macro.key,) if macro.key else (),
        lambda s: s.window.macros.run(macro.id, s),
        available,
        Group.TICKET,
        Takes.SEVERAL,
        icon=macro.icon or "list-ordered",
        values={"name": macro.name},
        now=now,
        same_as="macro",
    )
