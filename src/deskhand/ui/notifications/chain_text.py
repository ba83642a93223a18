"""The links between an event and its notification in words: under "Why did nothing show?"."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.services.notification_rules import Link, Part
from deskhand.services.notifier import TriedSound
from deskhand.ui.kit import times


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A link as it is shown.

    Attributes:
        holds: True = well, False = nothing shows because of it, None = a remark.
        fix: what the button says that mends it; empty where there is none.
    """

    part: Part
    holds: bool | None
    text: str
    fix: str = ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("ChainText", text)


def chain_line(link: Link, now: datetime) -> ChainLine:
    """Return a link in words."""
    text, fix = _words(link, now)
    return ChainLine(link.part, link.holds, text, fix if link.holds is False else "")


def tried_text(tried: TriedSound) -> str:
    """Return in words what became of a sound that was tried."""
    at = times.exact_clock_time(tried.at)
    if not tried.shown:
        return _tr("{time}: the notification was not taken, so nothing is heard.").format(time=at)
    if not tried.is_heard:
        return _tr(
            "Shown at {time}, without a sound: this desktop plays none with notifications, and no program that does was found."
        ).format(time=at)
    return _tr(
        "Shown at {time}, with this sound. If nothing is heard, look at the volume and the desktop's own choices."
    ).format(time=at)


def _words(link: Link, now: datetime) -> tuple[str, str]:
    at = times.moment(link.at, now) if link.at is not None else ""
    match link.part, link.holds:
        case Part.SWITCH, False:
            return _tr("Notifications are switched off."), _tr("Switch on")
        case Part.SWITCH, _:
            return _tr("Notifications are switched on."), ""
        case Part.EVENT, False:
            return _tr("This event is not chosen for this account."), _tr("Choose it")
        case Part.EVENT, _:
            return _tr("This event is chosen for this account."), ""
        case Part.VIEW, False:
            return _tr("The ticket is in none of the chosen views."), _tr("All views")
        case Part.VIEW, _:
            return _tr("The chosen views let it through."), ""
        case Part.HOURS, False:
            said = _tr("It is {time}, outside of your hours ({hours}).")
            return said.format(time=at, hours=link.detail), _tr("Always")
        case Part.HOURS, _:
            said = _tr("It is {time}, within your hours ({hours}).")
            return said.format(time=at, hours=link.detail) if link.detail else _tr("No hours are set."), ""
        case Part.PAUSE, False:
            return _tr("You paused notifications until {time}; then they come together.").format(time=at), _tr("Resume")
        case Part.PAUSE, _:
            return _tr("Notifications are not paused."), ""
        case Part.WINDOW, False:
            return _tr("You are looking at it in the window."), ""
        case Part.WINDOW, _:
            return _tr("What you look at in the window is not told; this is something else."), ""
        case _:
            return _service_words(link, at)


def _service_words(link: Link, at: str) -> tuple[str, str]:
    match link.part, link.holds:
        case Part.SERVICE, False:
            return _tr("The system's notification service does not answer ({why}).").format(why=link.detail), ""
        case Part.SERVICE, _:
            return _tr("The system's notification service answers ({name}).").format(name=link.detail), ""
        case Part.QUIET, False:
            return _tr("The system's “do not disturb” is on: it keeps notifications in its own list."), ""
        case Part.QUIET, None:
            return _tr("Whether the system's “do not disturb” is on, this desktop does not tell. Look there."), ""
        case Part.QUIET, _:
            return _tr("The system's “do not disturb” is off."), ""
        case Part.ABILITIES, True:
            return _tr("The service shows texts and buttons."), ""
        case Part.ABILITIES, _:
            return _tr("The service shows no buttons, or no text. Pressing may do nothing."), ""
        case Part.SENT, True:
            return _tr("The last notification was handed over at {time}.").format(time=at), ""
        case _:
            return _tr("No notification was handed over yet."), ""
