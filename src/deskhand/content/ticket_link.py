"""A link to a ticket, for colleagues: `deskhand:NAME/ID`, each part percent-encoded.

NAME is a vendor's id, which is the same on every computer, or an account's label; ID is what the vendor calls the ticket. Browsers
also write `deskhand://NAME/ID/`. Any web page can make one, so that a link names a ticket and nothing else: there is no query, and
what cannot be read to its end is no link.
"""

import re
from typing import Final
from urllib.parse import quote, unquote

from deskhand.content.characters import show_controls
from deskhand.domain.lazy_dataclass import dataclass

SCHEME: Final = "deskhand:"
LONGEST: Final = 2_000
SHOWN: Final = 48
"""Characters of a link that are said back: enough to recognise it, too few to tell a story."""

_NOT_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ELSEWHERE: Final = frozenset("?#\\")


@dataclass(frozen=True, slots=True)
class TicketLink:
    """What a link names; whether there is such a ticket is another matter.

    Attributes:
        name: an account's label or a vendor's id.
        ticket: the ticket's id at the vendor.
    """

    name: str
    ticket: str

    @property
    def shown(self) -> str:
        """The link's own text, cut, to be said back as plain text."""
        return _cut(f"{self.name}/{self.ticket}")

    @property
    def shown_name(self) -> str:
        """Its name alone, cut in the same way."""
        return _cut(self.name)


def is_one(text: str) -> bool:
    """Tell whether a text says that it is such a link, well-formed or not."""
    return text[: len(SCHEME)].lower() == SCHEME


def read(text: str) -> TicketLink | None:
    """Return what a link names; None for one that is too long, says more than a ticket's name, or is not of the form."""
    if len(text) > LONGEST or not is_one(text):
        return None
    rest = text[len(SCHEME) :].removeprefix("//").removesuffix("/")
    parts = rest.split("/")
    if len(parts) != 2 or _ELSEWHERE & set(rest):
        return None
    name, ticket = (_decoded(part) for part in parts)
    return TicketLink(name, ticket) if name and ticket else None


def write(name: str, ticket: str) -> str:
    """Return the link to a ticket."""
    return f"{SCHEME}{quote(name, safe='')}/{quote(ticket, safe='')}"


def _decoded(part: str) -> str:
    """Return what a part says; nothing where it is encoded wrongly or holds characters that do not show."""
    if _NOT_ENCODED.search(part):
        return ""
    try:
        said = unquote(part, errors="strict")
    except UnicodeDecodeError:
        return ""
    return said.strip() if show_controls(said) == said else ""


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
