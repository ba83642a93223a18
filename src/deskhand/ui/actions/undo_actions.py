"""Undo and do again: the newest step by a key, any of the last by its name in the palette."""

from collections.abc import Callable, Sequence
from functools import partial

from deskhand.services.undo_steps import Step
from deskhand.ui.actions.action import Action, Group, Possible, Reason, possible_unless, translate
from deskhand.ui.actions.selection import Selection


def _steps(s: Selection) -> Sequence[Action[Selection]]:
    undo = s.here.ticket.undo
    return [_of_step(one, undo.undo, "Undo: {what}", "undo", undo.why_not(one)) for one in undo.steps]


def _undone(s: Selection) -> Sequence[Action[Selection]]:
    undo = s.here.ticket.undo
    return [_of_step(one, undo.redo, "Do again: {what}", "redo", "") for one in undo.undone]


def _of_step(step: Step, run: Callable[[Step], object], title: str, same_as: str, why_not: str) -> Action[Selection]:
    what = step.what[:1].lower() + step.what[1:]

    def available(_s: Selection) -> Possible | Reason:
        return possible_unless(why_not)

    do = partial(run, step)
    return Action(
        f"{same_as} {step.id}",
        title,
        (),
        lambda _s: do(),
        available,
        group=Group.TICKET,
        values={"what": what},
        same_as=same_as,
    )


def _newest(s: Selection) -> str:
    undo = s.here.ticket.undo
    return next((f"{one.what}. {undo.why_not(one)}" if undo.why_not(one) else one.what for one in undo.steps), "")


def _newest_undone(s: Selection) -> str:
    return next((one.what for one in s.here.ticket.undo.undone), "")


def _why_no_undo(s: Selection) -> Possible | Reason:
    return possible_unless("" if s.here.ticket.undo.can_undo else translate("There is nothing to undo."))


def _why_no_redo(s: Selection) -> Possible | Reason:
    return possible_unless("" if s.here.ticket.undo.undone else translate("There is nothing to do again."))


UNDO = Action[Selection](
    "undo",
    "Undo the last send or change",
    ("Z", "Ctrl+Z"),
    lambda s: s.here.ticket.undo.undo(),
    _why_no_undo,
    group=Group.TICKET,
    icon="undo-2",
    now=_newest,
    palette_title="Undo…",
    choices=_steps,
)
REDO = Action[Selection](
    "redo",
    "Do again what was undone",
    ("Shift+Z", "Ctrl+Shift+Z"),
    lambda s: s.here.ticket.undo.redo(),
    _why_no_redo,
    group=Group.TICKET,
    icon="refresh-cw",
    now=_newest_undone,
    palette_title="Do again…",
    choices=_undone,
)

UNDO_ACTIONS = (UNDO, REDO)
"""What takes the last steps back, and does them again."""
