"""What is done to tickets on this computer alone: put away until a time, be reminded, pin."""

from collections.abc import Callable

from deskhand.services.tickets import TicketView
from deskhand.ui.actions.action import Action, Group, Possible, Reason, Takes, possible_unless, translate
from deskhand.ui.actions.selection import Selection

Run = Callable[[Selection], object]
WhyNot = Callable[[TicketView], str]


def _nothing(_view: TicketView) -> str:
    return ""


def _several_or_open(why: WhyNot = _nothing) -> Callable[[Selection], Possible | Reason]:
    """Return what tells whether something of this computer can be done to all that is meant; `why` not to the open ticket."""

    def available(s: Selection) -> Possible | Reason:
        if s.several is not None:
            return possible_unless(s.several.why_not_changed())
        return possible_unless(translate("No ticket is open.") if s.ticket is None else why(s.ticket))

    return available


def _why_not_in_later(view: TicketView) -> str:
    return "" if view.later is not None else translate("It does not stand in Later.")


def _later(
    id: str,  # noqa: A002 -- the field's name
    title: str,
    keys: tuple[str, ...],
    run: Run,
    why: WhyNot = _nothing,
    *,
    icon: str = "alarm-clock",
    enters_text: bool = False,
) -> Action[Selection]:
    available = _several_or_open(why)
    several = "Later" if id == "later" else ""
    return Action(
        id,
        title,
        keys,
        run,
        available,
        Group.TICKET,
        Takes.SEVERAL,
        icon=icon,
        enters_text=enters_text,
        menu_title_several=several,
    )


LATER = _later("later", "Later …", ("H", "Ctrl+Shift+H"), lambda s: s.here.later.open(s), enters_text=True)
LATER_AGAIN = _later("later again", "Later as last time", ("Shift+H",), lambda s: s.here.later.as_last_time(s))
LATER_BACK = _later("later back", "Take out of Later", (), lambda s: s.here.later.take_back(s), _why_not_in_later)
REMIND = _later("remind", "Remind me …", (), lambda s: s.here.later.open(s, stays=True), icon="bell", enters_text=True)
PIN = _later("pin", "Pin the ticket, or not", ("W",), lambda s: s.here.later.toggle_pin(s), icon="star")

LATER_ACTIONS = (LATER, LATER_AGAIN, LATER_BACK, REMIND, PIN)
"""What is of this computer alone."""
