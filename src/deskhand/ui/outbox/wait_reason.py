"""What an outbox item waits for, in a sentence."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from deskhand.domain.threads import Waiting
from deskhand.ui.kit import times


def _tr(text: str) -> str:
    return QCoreApplication.translate("Waiting", text)


def sentence(wait: Waiting | None, now: datetime) -> str:
    """Return what for, since when and until when; empty where nothing is waited for."""
    if wait is None:
        return ""
    why = wait.problem or _tr("Waits for {what}.").format(what=wait.what)
    since = _tr("Since {time}").format(time=times.moment(wait.since, now))
    if wait.until is None or wait.until <= now:
        return f"{why} {since}."
    return f"{why} {since}, " + _tr("until {time}.").format(time=times.moment(wait.until, now))
