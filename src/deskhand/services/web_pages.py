"""A ticket's page at its vendor, in the browser: the vendor's own link, else a pattern that the agent set for the account.

No documented API of the five vendors tells a page's address today (`Ticket.web_url` is empty), and none is guessed. A pattern is an https
address in which `{id}` stands for the ticket's id at the vendor and `{number}` for its number.
"""

import json
from urllib.parse import quote, urlsplit

from deskhand.content.links import MAX_URL, inspect
from deskhand.domain.accounts import setting_of
from deskhand.domain.ids import AccountId
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.tickets import Ticket

from .settings import Settings

_PATTERN, _HOSTS = "web/pattern", "web/hosts"
"""Settings of an account, which go with it."""

PLACEHOLDERS = ("{id}", "{number}")


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page that can be opened.

    Attributes:
        url: its address, https.
        host: whose it is, as ASCII, to be shown.
        known: the agent has opened a page of this host for this account before.
    """

    url: str
    host: str
    known: bool


@dataclass(frozen=True, slots=True)
class NoPage:
    """There is no page to open.

    Attributes:
        reason: why, for the agent; empty = no pattern is set yet.
    """

    reason: str = ""


def why_no_pattern(pattern: str) -> str:
    """Return what is wrong with a pattern, in a sentence; empty where it is one."""
    try:
        host = urlsplit(pattern).netloc
    except ValueError:
        host = ""
    if not pattern.startswith("https://") or not host:
        return "It begins with https:// and names a host."
    if "{" in host or "}" in host:
        return "The host is written out: {id} and {number} stand behind it."
    if not any(one in pattern for one in PLACEHOLDERS):
        return "It holds {id} or {number} where the ticket's id or number stands."
    filled = _filled(pattern, "1", "1")
    if "{" in filled or "}" in filled:
        return "Only {id} and {number} are filled in."
    link = inspect(filled)
    return "This is no address of a web page." if link.refused or len(pattern) > MAX_URL // 2 else ""


def _filled(pattern: str, identifier: str, number: str) -> str:
    return pattern.replace("{id}", quote(identifier, safe="")).replace("{number}", quote(number, safe=""))


def pattern_of(settings: Settings, account: AccountId) -> str:
    """Return the pattern of an account; empty = none is set."""
    pattern = settings.text(setting_of(account, _PATTERN))
    return "" if why_no_pattern(pattern) else pattern


async def set_pattern(settings: Settings, account: AccountId, pattern: str) -> None:
    """Set the pattern of an account, or with an empty one none.

    Raises:
        ValueError: it is no pattern (`why_no_pattern`).
    """
    if pattern and (why := why_no_pattern(pattern)):
        raise ValueError(why)
    await settings.put(setting_of(account, _PATTERN), pattern or None)


def page_from(settings: Settings, ticket: Ticket, pattern: str) -> WebPage | NoPage:
    """Return the page of a ticket by a pattern that may not be set yet."""
    number = ticket.number.lstrip("#")
    if "{number}" in pattern and not number:
        return NoPage("This ticket has no number yet.")
    return _page(settings, ticket.key.account, _filled(pattern, ticket.key.remote, number))


def page_of(settings: Settings, ticket: Ticket) -> WebPage | NoPage:
    """Return the page of a ticket: by the vendor's own link, else by the account's pattern."""
    if ticket.key.is_local:
        return NoPage("It has no page yet: its vendor does not know it.")
    if ticket.web_url:
        return _page(settings, ticket.key.account, ticket.web_url)
    pattern = pattern_of(settings, ticket.key.account)
    return page_from(settings, ticket, pattern) if pattern else NoPage()


def _page(settings: Settings, account: AccountId, url: str) -> WebPage | NoPage:
    link = inspect(url)
    if link.refused or not link.url.startswith("https://"):
        return NoPage("Its address is no safe web address (https), so it is not opened.")
    return WebPage(link.url, link.host_ace, link.host_ace in _known_hosts(settings, account))


def _known_hosts(settings: Settings, account: AccountId) -> list[str]:
    stored = settings.json_value(setting_of(account, _HOSTS))
    return [one for one in stored if isinstance(one, str)] if isinstance(stored, list) else []


async def remember_host(settings: Settings, account: AccountId, host: str) -> None:
    """Remember that the agent saw and opened a page of this host for an account: it is not asked again."""
    known = _known_hosts(settings, account)
    if host not in known:
        await settings.put(setting_of(account, _HOSTS), json.dumps([*known, host]))
