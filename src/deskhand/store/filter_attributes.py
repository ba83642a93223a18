"""What a filter's `has:` and `is:` ask of a row, as SQL."""

from collections.abc import Mapping

from deskhand.domain.filters.syntax import Attribute

from .row_keys import THEM, US

ATTRIBUTES: Mapping[Attribute, str] = {
    Attribute.ATTACHMENT: "t.has_files = 1",
    Attribute.NOTE: "t.has_note = 1",
    Attribute.DRAFT: "t.has_draft = 1",
    Attribute.FAILED: "t.needs_agent = 1",
    Attribute.UNSENT: "t.id IN (SELECT x.id FROM tickets x INDEXED BY outbox_at WHERE x.pending <> '')",
    Attribute.LINK: "t.is_linked = 1",
    Attribute.UNREAD: "t.unread = 1",
    Attribute.WAITING: f"t.turn = {US}",
    Attribute.WAITING_FOR_THEM: f"t.turn = {THEM}",
    Attribute.MINE: "t.mine = 1",
    Attribute.NEW: "(t.unread = 1 AND t.seen_at = 0 AND t.done = 0)",
    Attribute.OPEN: "t.done = 0",
    Attribute.CLOSED: "t.done = 1",
    Attribute.LATER: "t.is_away = 1",
    Attribute.IN_LATER: "t.id IN (SELECT x.id FROM tickets x INDEXED BY later_at WHERE x.in_later = 1)",
    Attribute.BACK: "t.id IN (SELECT x.id FROM tickets x INDEXED BY later_at WHERE x.in_later = 1 AND x.is_back = 1)",
    Attribute.PINNED: "t.is_pinned = 1",
}
OPEN = frozenset({Attribute.OPEN, Attribute.MINE, Attribute.NEW, Attribute.WAITING, Attribute.WAITING_FOR_THEM})
"""What only tickets have that are open."""
