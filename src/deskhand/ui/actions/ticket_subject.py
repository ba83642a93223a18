"""What an action of tickets is done to: the open one, or all that are selected."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from deskhand.domain.capabilities import Feature
from deskhand.services.decisions import TicketChange
from deskhand.services.tickets import TicketView
from deskhand.ui.actions.action import Possible, Reason, possible_unless, translate
from deskhand.ui.actions.selection import Selection

if TYPE_CHECKING:
    from deskhand.ui.list.selection import SelectionPresenter

Run = Callable[[Selection], object]
WhyNot = Callable[[TicketView], str]


def one_or_several(one: Run, several: Callable[["SelectionPresenter"], object]) -> Run:
    """Return what is done to the open ticket, or to all that are selected."""
    return lambda s: one(s) if s.several is None else several(s.several)


def nothing(_view: TicketView) -> str:
    """Return that nothing speaks against it."""
    return ""


def why_not_one(view: TicketView | None, why: WhyNot) -> str:
    """Return why it cannot be done to the open ticket; empty where it can."""
    return translate("No ticket is open.") if view is None else why(view)


def all_can(feature: Feature | None, why: WhyNot = nothing) -> Callable[[Selection], Possible | Reason]:
    """Return what tells whether it can be done to all that is meant.

    Args:
        feature: what the vendors have to offer; None = it can be done to any selection.
        why: why it cannot be done to the open ticket.
    """

    def available(s: Selection) -> Possible | Reason:
        if s.several is not None:
            return possible_unless(s.several.why_not(feature) if feature is not None else s.several.why_too_many())
        return possible_unless(why_not_one(s.ticket, why_open))

    def why_open(view: TicketView) -> str:
        return (view.why_not(feature) if feature is not None else "") or why(view)

    return available


def to_open(change: TicketChange) -> Run:
    """Return what makes a change of the open ticket, after a question where no way leads back."""
    return lambda s: s.here.ticket.changes.apply(change.decide)


def to_all(change: TicketChange) -> Callable[["SelectionPresenter"], object]:
    """Return what makes a change of all that are selected."""
    return lambda many: many.apply(change)
