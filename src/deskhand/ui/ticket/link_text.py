"""How a link of a message is said: its words, its host, and where it leads."""

from PySide6.QtCore import QCoreApplication

from deskhand.content.characters import show_controls
from deskhand.content.links import for_display, inspect, shorten_host

_LONGEST_HOST = 60
_LONGEST_WORDS = 40


def destination(href: str, text: str) -> str:
    """Return where a link leads, as plain text: its address with the real host, cut in the middle where it is long."""
    link = inspect(href, text)
    address = for_display(show_controls(link.url or href))
    if link.refused:
        return QCoreApplication.translate("MessageBody", "not opened: {address}").format(address=address)
    return address


def host(href: str, text: str) -> str:
    """Return the real host of a link, cut where it is long; where it has none, its address."""
    return shorten_host(inspect(href, text).host_ace or destination(href, text), _LONGEST_HOST)


def shortened(text: str) -> str:
    """Return the beginning of a link's words, in one line; what cannot be seen in them is shown as a sign."""
    return show_controls(" ".join(text.replace("\ufffc", " ").split())[:_LONGEST_WORDS])
