"""What stands in place of messages where a conversation has none."""

from PySide6.QtCore import QCoreApplication

from deskhand.domain.capabilities import Feature
from deskhand.services.tickets import TicketView


def empty_texts(view: TicketView) -> tuple[str, str]:
    """Return a title and a sentence."""
    if view.read_at is None and view.obstacle(Feature.THREAD) is None:
        return _tr("Reading the conversation"), _tr("It appears here as soon as the vendor answers.")
    if (why := view.why_not(Feature.THREAD)) != "":
        return _tr("Nothing to read here"), why + " " + _tr("What you send appears here.")
    return _tr("No messages"), _tr("This ticket has none yet.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("TicketPresenter", text)
