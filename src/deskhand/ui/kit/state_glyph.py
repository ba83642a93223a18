"""Which shape and colour stand for a state: one for each meaning, whatever the vendor calls it."""

from typing import assert_never

from deskhand.domain.tickets import State


def state_glyph(state: State, label: str) -> tuple[str, str]:
    """Return the icon of a state and the name of its colour in the theme.

    Args:
        label: the vendor's word; of the open ones, "open" and "new" have a shape of their own.
    """
    match state:
        case State.OPEN:
            word = label.casefold()
            if word == "open":
                return "circle", "state_open"
            return ("circle-dashed", "state_new") if word == "new" else ("contrast", "state_open")
        case State.PENDING:
            return "clock", "state_wait"
        case State.ON_HOLD:
            return "circle-pause", "state_hold"
        case State.SNOOZED:
            return "alarm-clock", "state_hold"
        case State.SOLVED | State.CLOSED:
            return "circle-check", "state_done"
        case State.OTHER:
            return "circle-dashed", "state_new"
    assert_never(state)
