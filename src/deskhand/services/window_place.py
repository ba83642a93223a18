"""Where the agent was in the window: what is kept of it, and what of that can still be shown when the window opens again."""

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.unparsing import unparse
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.plain import from_plain, to_plain
from deskhand.domain.queries import TicketQuery
from deskhand.services.views import FIRST

KEY = "window.place"
"""The setting that holds it."""


@dataclass(frozen=True, slots=True)
class OpenTab:
    """A ticket that was open.

    Attributes:
        key: the ticket; None only in the first tab, while the list showed none.
        message: what its conversation was scrolled to, the end if empty.
        offset: how far that was scrolled in, in Qt's pixels.
    """

    key: TicketKey | None
    message: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class OwnWindow:
    """A ticket that was open in a window of its own.

    Attributes:
        key: the ticket.
        message: what its conversation was scrolled to, the end if empty.
        offset: how far that was scrolled in, in Qt's pixels.
        geometry: where the window stood, as the window itself writes it.
    """

    key: TicketKey
    message: str = ""
    offset: int = 0
    geometry: str = ""


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """Where the agent was.

    Attributes:
        query: the list, with its filters, its order and the words that were looked for.
        typed: what was typed for it, where it is a search.
        tabs: the tickets that were open; the first is the list's.
        at: place of the tab in front.
        top: the first row on screen, None where the list was at its top.
        offset: how far that was scrolled in, in Qt's pixels.
        windows: tickets that were open in windows of their own.
    """

    query: TicketQuery = FIRST
    typed: str | None = None
    tabs: tuple[OpenTab, ...] = (OpenTab(None),)
    at: int = 0
    top: TicketKey | None = None
    offset: int = 0
    windows: tuple[OwnWindow, ...] = ()


def written(place: WindowPlace) -> str:
    """Return what is stored of a place."""
    query = to_plain(replace(place.query, filter=None))
    query["filter"] = unparse(place.query.filter) if place.query.filter is not None else ""
    tabs = [[_name(one.key), one.message, one.offset] for one in place.tabs]
    return json.dumps(
        {
            "query": query,
            "tabs": tabs,
            "at": place.at,
            "top": _name(place.top),
            "offset": place.offset,
            "typed": place.typed,
            "windows": [[_name(one.key), one.message, one.offset, one.geometry] for one in place.windows],
        },
        ensure_ascii=False,
    )


def read(text: str) -> WindowPlace:
    """Return the place that was stored; of what another version or another program wrote, as much as can be read."""
    place = WindowPlace()
    with suppress(ValueError, RecursionError):
        stored = json.loads(text) if text else None
        if isinstance(stored, dict):
            with suppress(ValueError, TypeError, KeyError, AttributeError):
                typed = stored.get("typed")
                place = replace(place, query=_query(stored["query"]), typed=typed if isinstance(typed, str) else None)
            with suppress(ValueError, TypeError, KeyError):
                tabs = tuple(map(_tab, stored["tabs"]))
                at = int(stored["at"])
                if tabs:
                    place = replace(place, tabs=tabs, at=at if 0 <= at < len(tabs) else 0)
            with suppress(ValueError, TypeError, KeyError, AttributeError):
                place = replace(place, top=_key(stored["top"]), offset=int(stored["offset"]))
            with suppress(ValueError, TypeError, KeyError):
                place = replace(place, windows=tuple(one for one in map(_window, stored["windows"]) if one is not None))
    return place


def _query(stored: dict[str, Any]) -> TicketQuery:
    text = stored.pop("filter", "")
    query: TicketQuery = from_plain(TicketQuery, {**stored, "filter": None})
    if not isinstance(text, str) or not text:
        return query
    parsed = parse(text)
    return query if isinstance(parsed, FilterError) else replace(query, filter=parsed)


def _tab(stored: Any) -> OpenTab:
    name, message, offset = stored
    return OpenTab(_key(name), str(message), int(offset))


def _window(stored: Any) -> OwnWindow | None:
    name, message, offset, geometry = stored
    key = _key(name)
    return OwnWindow(key, str(message), int(offset), str(geometry)) if key is not None else None


def _name(key: TicketKey | None) -> str:
    return str(key) if key is not None else ""


def _key(name: str) -> TicketKey | None:
    account, slash, remote = str(name).partition("/")
    return TicketKey(AccountId(account), remote) if slash else None
