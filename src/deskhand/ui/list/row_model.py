"""The list's model: a few rows at once, a million after the outline, and the difference when something changed.

A list of up to `EXACT` tickets is held whole and changes row by row (insert, move, remove, dataChanged). A longer one is read in
pages; there a change shifts the rows above what is read, and the rest is read again as it comes into view. It is reset by
`show` only. While a hand is on the list (`hold.Hold`), rows change where they stand and what is new waits.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import IntEnum
from typing import assert_never

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.queries import PageIndex
from deskhand.domain.tickets import TicketRow
from deskhand.ui.kit.times import now_utc
from deskhand.ui.list.diff import Insert, Move, Remove, Step, steps
from deskhand.ui.list.group_heads import head_sentence
from deskhand.ui.list.groups import Entry, GroupedPages, GroupHead, Grouping, counted, first_entries
from deskhand.ui.list.hit_text import Hits
from deskhand.ui.list.hold import Hold, held
from deskhand.ui.list.pages import Pages, RowSource
from deskhand.ui.list.row_text import AccountTag, sentence

EXACT = 1024
_MOVES = 64
_NEAR = 256
UNGROUPED = Grouping()
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RowRole(IntEnum):
    """What a row answers beside its accessible sentence."""

    ROW = Qt.ItemDataRole.UserRole + 1
    KEY = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Shift:
    """What a change did to what is read.

    Attributes:
        above: tickets that are new and stand above the first visible row.
        top: which row has to be the first visible one for what is read to stay where it is; None where all of it left the list.
        waiting: tickets that are new and not shown, because the list is held.
    """

    above: int
    top: int | None
    waiting: int = 0


def displacement(
    read: Sequence[tuple[int, Entry]], now: Mapping[TicketKey, tuple[int, Entry]], anchors: Sequence[int]
) -> int | None:
    """Return by how many rows the list has to be scrolled, so that what is read does not move.

    A ticket that is different now may have leapt by itself, as one with a new message does; it pulls nothing along while another is
    still as it was.

    Args:
        read: the visible rows, as they stood.
        now: where each ticket stands now, and what it is.
        anchors: rows that matter more than the first visible one: the one that is pointed at, the one that is read.
    """
    there = {at: (now[row.key][0] - at, now[row.key][1] == row) for at, row in read if row.key in now}
    order = [at for at in (*anchors, *there) if at in there]
    return next((there[at][0] for at in order if there[at][1]), next((there[at][0] for at in order), None))


class RowModel(QAbstractTableModel):
    """One column; `row(i)` for the delegate, which is ten times quicker than a role.

    Attributes:
        hits: what was looked for, and where the rows hold it; false outside a search.
    """

    def __init__(self, parent: QObject | None = None, *, now: Callable[[], datetime] = now_utc) -> None:
        super().__init__(parent)
        self.now = now
        self.hits = Hits()
        self._source: RowSource | None = None
        self._rows: list[Entry] = []
        self._grouping = Grouping()
        self._short: GroupedPages | None = None
        self._pages: Pages | None = None
        self._count = 0
        self._is_whole = False
        self._accounts: Mapping[AccountId, AccountTag] = {}

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._count

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row())
        if row is None:
            head = self.head(index.row())
            spoken = head is not None and role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
            return head_sentence(head, self._grouping, self._accounts, self.now()) if spoken and head else None
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            found = self.hits.excerpt(row.key) if self.hits else None
            return sentence(row, self.account(row.key.account), self.now(), found)
        if role == RowRole.ROW:
            return row
        if role == RowRole.KEY:
            return row.key
        return None

    def row(self, index: int) -> TicketRow | None:
        """Return a row, reading its page where needed."""
        if self._pages is not None:
            return self._pages.row(index)
        entry = self._rows[index] if 0 <= index < len(self._rows) else None
        return entry if isinstance(entry, TicketRow) else None

    def head(self, index: int) -> GroupHead | None:
        """Return the head of a group, where one stands there."""
        if self._pages is not None:
            return self._pages.head(index) if isinstance(self._pages, GroupedPages) else None
        entry = self._rows[index] if 0 <= index < len(self._rows) else None
        return entry if isinstance(entry, GroupHead) else None

    @property
    def heads(self) -> Sequence[int]:
        """The rows that are heads of groups."""
        if self._pages is not None:
            return self._pages.layout.heads if isinstance(self._pages, GroupedPages) else ()
        return (
            [i for i, entry in enumerate(self._rows) if isinstance(entry, GroupHead)] if self._grouping.group_by else ()
        )

    @property
    def grouping(self) -> Grouping:
        """How the list is grouped, and what of it is folded."""
        return self._grouping

    @property
    def accounts(self) -> Mapping[AccountId, AccountTag]:
        """How accounts are shown."""
        return self._accounts

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """A head can be gone to, and not be selected."""
        if self.head(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def fold(self, folded: frozenset[str]) -> None:
        """Show the rows of all groups but these."""
        before, self._grouping = self._grouping.folded, replace(self._grouping, folded=folded)
        if isinstance(self._pages, GroupedPages):
            for number, (key, _) in enumerate(self._pages.layout.groups):
                if (key in before) is not (key in folded):
                    self._fold_pages(self._pages, number, before=before)
                    before ^= {key}
        elif self._short is not None:
            self._short.fold(folded)
            self._become(self._short.entries(), range(0), ())

    def _fold_pages(self, pages: GroupedPages, number: int, *, before: frozenset[str]) -> None:
        key, size = pages.layout.groups[number]
        at = pages.layout.heads[number]
        if key in before:
            self.beginInsertRows(_ROOT, at + 1, at + size)
        else:
            self.beginRemoveRows(_ROOT, at + 1, at + size)
        pages.fold(before ^ {key})
        self._count = pages.count
        if key in before:
            self.endInsertRows()
        else:
            self.endRemoveRows()
        self._touch(range(at, at + 1))

    def cached_row(self, index: int) -> TicketRow | None:
        """Return a row only if it need not be read."""
        return self._pages.cached_row(index) if self._pages is not None else self.row(index)

    def account(self, account: AccountId) -> AccountTag:
        """Return how an account is shown."""
        return self._accounts.get(account) or AccountTag()

    def position(self, key: TicketKey) -> int | None:
        """Return where a ticket stands, if that is known without reading the whole list."""
        if self._pages is not None:
            return self._pages.cached_position(key)
        return next((i for i, row in enumerate(self._rows) if row.key == key), None)

    def row_at(self, place: int) -> int | None:
        """Return the row of the ticket that is so many behind the list's first, heads not counted; None in a folded group."""
        grouped = self._pages if isinstance(self._pages, GroupedPages) else self._short
        return place if grouped is None else grouped.layout.row(place)

    def set_accounts(self, accounts: Mapping[AccountId, AccountTag]) -> None:
        """Show accounts by these names from now on."""
        self._accounts = accounts
        self._touch(range(self._count))

    def show(self, source: RowSource | None, grouping: Grouping = UNGROUPED) -> None:
        """Show another list from its beginning; its first page is there at once."""
        self.beginResetModel()
        self._source, self._pages, self._is_whole = source, None, False
        self._grouping, self._short = grouping, None
        self._rows = first_entries(source.first_groups(grouping.folded), grouping.folded) if source is not None else []
        self._count = len(self._rows)
        self.endResetModel()

    def set_outline(
        self, outline: PageIndex, visible: range, anchors: Sequence[int] = (), hold: Hold = Hold.NOTHING
    ) -> Shift:
        """Take the list's skeleton, the first time or after a change, and read what is visible again.

        Args:
            outline: of the source's query, as it is now.
            visible: rows on screen.
            anchors: rows among them that matter most.
            hold: what stays where it is, from the second time on.
        """
        if self._source is None:
            return Shift(0, None)
        pages = (
            GroupedPages(self._source, outline, self._grouping.folded)
            if outline.groups
            else Pages(self._source, outline)
        )
        first, self._is_whole = not self._is_whole, True
        if hold is not Hold.NOTHING and not first:
            return self._hold(pages, visible, anchors, hold)
        if self._pages is None and outline.count <= EXACT:
            return self._become(self._entries(pages), visible, anchors)
        return self._slide(pages, visible, anchors)

    def _hold(self, pages: Pages, visible: range, anchors: Sequence[int], hold: Hold) -> Shift:
        """Show the rows as they are now where they stand, and count what waits."""
        assert self._source is not None
        if self._pages is None and pages.tickets <= EXACT:
            now = {row.key: row for row in self._entries(pages)}
            shown = counted(self._rows)
            gone = [key for key in shown if key not in now]
            left = {row.key: row for row in self._source.reread(gone)} if gone and hold is Hold.POSITIONS else {}
            rows = held(self._rows, now, hold, left)
            waiting = len(counted(now.values())) - sum(key in now for key in counted(rows))
            return replace(self._become(rows, visible, anchors), waiting=waiting)
        # A list that is read in pages is held whole: where each row of it stands now is not known without reading it.
        keys = [row.key for i in visible if (row := self.cached_row(i)) is not None]
        fresh = {row.key: row for row in self._source.reread(keys)}
        if self._pages is not None:
            self._pages.update(fresh)
        else:
            self._rows = [fresh.get(row.key, row) if isinstance(row, TicketRow) else row for row in self._rows]
        self._touch(range(visible.start, min(visible.stop, self._count)))
        return Shift(0, visible.start, max(0, pages.count - self._count))

    def _entries(self, pages: Pages) -> Sequence[Entry]:
        self._short = pages if isinstance(pages, GroupedPages) else None
        return pages.all() if self._short is None else self._short.entries()

    def _become(self, new: Sequence[Entry], visible: range, anchors: Sequence[int]) -> Shift:
        before = {row.key: row for row in self._rows}
        read = [(i, self._rows[i]) for i in visible if i < len(self._rows)]
        plan = list(steps([row.key for row in self._rows], [row.key for row in new]))
        if sum(isinstance(step, Move) for step in plan) > _MOVES:
            self._reorder(new)
            plan = list(steps([row.key for row in self._rows], [row.key for row in new]))
        for step in plan:
            self._apply(step, new)
        self._rows = list(new)
        changed = [i for i, row in enumerate(new) if before.get(row.key) not in (None, row)]
        for i in changed:
            self._touch(range(i, i + 1))
        by = displacement(read, {row.key: (i, row) for i, row in enumerate(new)}, anchors)
        top = None if by is None else max(0, visible.start + by)
        above = sum(row.key not in before for row in new[: top or 0] if isinstance(row, TicketRow))
        return Shift(above, top)

    def _apply(self, step: Step, new: Sequence[Entry]) -> None:
        match step:
            case Remove(first, last):
                self.beginRemoveRows(_ROOT, first, last)
                del self._rows[first : last + 1]
                self._count = len(self._rows)
                self.endRemoveRows()
            case Insert(first, last):
                self.beginInsertRows(_ROOT, first, last)
                self._rows[first:first] = new[first : last + 1]
                self._count = len(self._rows)
                self.endInsertRows()
            case Move(source, target):
                # Qt counts the target in the order that still holds the source.
                self.beginMoveRows(_ROOT, source, source, _ROOT, target + 1 if target > source else target)
                self._rows.insert(target, self._rows.pop(source))
                self.endMoveRows()
            case _:
                assert_never(step)

    def _reorder(self, new: Sequence[Entry]) -> None:
        """Put the rows that stay into their new order in one go; selections follow."""
        place = {row.key: i for i, row in enumerate(new)}
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        keys = [self._rows[index.row()].key for index in held]
        self._rows.sort(key=lambda row: place.get(row.key, len(place)))
        now = {row.key: i for i, row in enumerate(self._rows)}
        self.changePersistentIndexList(held, [self.index(now[key], 0) for key in keys])
        self.layoutChanged.emit()

    def _slide(self, pages: Pages, visible: range, anchors: Sequence[int]) -> Shift:
        read = [(i, row) for i in visible if (row := self.cached_row(i)) is not None]
        around = range(visible.start - _NEAR, visible.stop + _NEAR)
        growth = pages.count - self._count
        keys = [row.key for _, row in read]
        there = pages.find(keys, range(1)) | pages.find(keys, around)
        if growth and not there:
            there = pages.find(keys, range(around.start + growth, around.stop + growth))
        held = displacement(read, there, anchors)
        by = max(-self._count, min(held or 0, pages.count))
        if by > 0:
            self.beginInsertRows(_ROOT, 0, by - 1)
            self._use_pages(pages, self._count + by)
            self.endInsertRows()
        elif by < 0:
            self.beginRemoveRows(_ROOT, 0, -by - 1)
            self._use_pages(pages, self._count + by)
            self.endRemoveRows()
        rest = pages.count - self._count
        if rest > 0:
            self.beginInsertRows(_ROOT, self._count, pages.count - 1)
            self._use_pages(pages, pages.count)
            self.endInsertRows()
        elif rest < 0:
            self.beginRemoveRows(_ROOT, pages.count, self._count - 1)
            self._use_pages(pages, pages.count)
            self.endRemoveRows()
        self._use_pages(pages, pages.count)
        self._touch(range(max(0, visible.start + by), min(visible.stop + by, self._count)))
        return Shift(max(0, by), None if held is None else max(0, visible.start + by))

    def _use_pages(self, pages: Pages, count: int) -> None:
        self._pages, self._count = pages, count
        self._rows = []

    def _touch(self, rows: range) -> None:
        if rows:
            self.dataChanged.emit(self.index(rows.start, 0), self.index(rows.stop - 1, 0))
