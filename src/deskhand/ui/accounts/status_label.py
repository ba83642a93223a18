"""What an account's row says about its health: a text first, a colour that agrees with it."""

from datetime import datetime, timedelta
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from deskhand.domain.accounts import AccountStatus, Health, Progress
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.ui.kit import times
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.theme import Tone

STALE = timedelta(minutes=10)
"""An account that should be synced every 20 s and was not for so long is not shown as fine (agents want: U20)."""


@dataclass(frozen=True, slots=True)
class StatusLabel:
    """What stands in the row, or in its tooltip while all is well.

    Attributes:
        text: "synced 8 s ago" or what holds it up.
        needs_agent: only the agent can mend it.
        is_ok: nothing holds it up, so that its text need not be read.
        fix: the word of the button that mends it; empty where it goes on by itself.
    """

    text: str
    tone: Tone
    needs_agent: bool = False
    is_ok: bool = False
    fix: str = ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("StatusLabel", text)


def status_label(status: AccountStatus, now: datetime, *, reads: bool = True) -> StatusLabel:
    """Return what the row of an account says at a moment.

    Args:
        reads: its vendor can be read; where not, nothing is ever "synced".
    """
    match status.health:
        case Health.NEW:
            return StatusLabel(_since(status, now) or _tr("not synced yet"), Tone.PLAIN, is_ok=True)
        case Health.SYNCING:
            if status.problem:
                return StatusLabel(_tr("trying again now"), Tone.WAITING)
            return StatusLabel(_progress(status.progress), Tone.ACCENT, is_ok=True)
        case Health.FINE:
            return _fine(status, now) if reads else _ready()
        case Health.PAUSED:
            # Only the agent pauses an account; a sync that was stopped says so in its problem, and sending goes on.
            text = _tr("sync stopped") if status.problem else _tr("paused")
            return StatusLabel(text, Tone.PLAIN)
        case Health.WAITING:
            return StatusLabel(_waiting(_tr("waiting"), status, now), Tone.WAITING)
        case Health.OFFLINE:
            return StatusLabel(_waiting(_tr("offline"), status, now), Tone.WAITING)
        case Health.SIGN_IN:
            return _needs_agent(_tr("sign-in needed"), _tr("Sign in"))
        case Health.BLOCKED:
            return _needs_agent(_tr("cannot sync"), _tr("See why"))
    assert_never(status.health)


def _ready() -> StatusLabel:
    return StatusLabel(_tr("write only, ready"), Tone.GOOD, is_ok=True)


def _needs_agent(text: str, fix: str) -> StatusLabel:
    return StatusLabel(text, Tone.WRONG, needs_agent=True, fix=fix)


def ago(when: datetime, now: datetime) -> str:
    """Return "just now", "8 s ago", "5 min ago", "3 h ago" or the day and time."""
    seconds = max(0, int((now - when).total_seconds()))
    if seconds < 2:
        return _tr("just now")
    if seconds < 60:
        return _tr("{count} s ago").format(count=seconds)
    if seconds < 3600:
        return _tr("{count} min ago").format(count=seconds // 60)
    if seconds < 6 * 3600:
        return _tr("{count} h ago").format(count=seconds // 3600)
    return times.moment(when, now)


def _fine(status: AccountStatus, now: datetime) -> StatusLabel:
    if status.synced_at is None:
        return StatusLabel(_tr("up to date"), Tone.GOOD, is_ok=True)
    text = _tr("synced {when}").format(when=ago(status.synced_at, now))
    if status.left_out or status.unread_threads:
        missing = _missing(status)
        return StatusLabel(f"{text}, {missing}", Tone.WAITING)
    if now - status.synced_at > STALE:
        return StatusLabel(text, Tone.WAITING)
    return StatusLabel(text, Tone.GOOD, is_ok=True)


def _missing(status: AccountStatus) -> str:
    parts = []
    if status.left_out:
        parts.append(_tr("{count} could not be read").format(count=figure(status.left_out)))
    if status.unread_threads == 1:
        parts.append(_tr("1 conversation could not be read"))
    elif status.unread_threads:
        parts.append(_tr("{count} conversations could not be read").format(count=figure(status.unread_threads)))
    return ", ".join(parts)


def _progress(progress: Progress | None) -> str:
    if progress is None:
        return _tr("syncing")
    what = _tr("syncing") if progress.what == "tickets" else _tr("reading conversations,")
    if progress.total is None:
        return f"{what} {figure(progress.done)}"
    return _tr("{what} {done} of {total}").format(what=what, done=figure(progress.done), total=figure(progress.total))


def _waiting(label: str, status: AccountStatus, now: datetime) -> str:
    if status.retry_at is not None:
        if status.retry_at <= now:
            return _tr("{label}, trying again now").format(label=label)
        return _tr("{label}, trying again at {time}").format(label=label, time=times.moment(status.retry_at, now))
    since = _since(status, now)
    return f"{label}, {since}" if since else label


def _since(status: AccountStatus, now: datetime) -> str:
    if status.synced_at is None:
        return ""
    return _tr("last synced {when}").format(when=ago(status.synced_at, now))
