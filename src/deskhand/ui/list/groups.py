"""Groups in the list's model: a head before each group's rows, and none of its rows where it is folded."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence

from typing_extensions import override

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.queries import GroupBy, GroupRows, GroupSpan, PageIndex
from deskhand.domain.tickets import TicketRow
from deskhand.ui.list.pages import Pages, RowSource


@dataclass(frozen=True, slots=True)
class Grouping:
    """How a list is grouped.

    Attributes:
        by_wait: within a group the longest wait stands first.
        folded: the keys of the groups whose rows are not shown.
    """

    group_by: GroupBy = GroupBy.NONE
    by_wait: bool = False
    folded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GroupHead:
    """A row that begins a group.

    Attributes:
        group: the key of the group (`GroupSpan`).
        size: how many tickets it has; None = not counted yet.
        first: its first ticket, as far as it is known.
    """

    group: str
    size: int | None
    is_folded: bool
    first: TicketRow | None = None

    @property
    def key(self) -> TicketKey:
        """What the model knows the row by; no ticket has it."""
        return TicketKey(AccountId(""), f"group/{self.group}")


Entry = TicketRow | GroupHead


def first_entries(groups: Iterable[GroupRows], folded: Collection[str]) -> list[Entry]:
    """Return what is shown before the groups are counted."""
    found: list[Entry] = []
    for key, rows in groups:
        if key:
            found.append(GroupHead(key, None, key in folded, rows[0] if rows else None))
        if key not in folded:
            found.extend(rows)
    return found


class GroupLayout:
    """Which row of the list is which: heads and the tickets of open groups, numbered as they are shown.

    The number of a ticket in the list without heads, all groups open, is its place.
    """

    def __init__(self, groups: Sequence[GroupSpan], folded: Collection[str]) -> None:
        self.groups = groups
        self.heads: list[int] = []
        self._places: list[int] = []
        row = place = 0
        for key, size in groups:
            self.heads.append(row)
            self._places.append(place)
            place += size
            row += 1 if key in folded else 1 + size
        self.count = row
        self._folded = [key in folded for key, _ in groups]

    def is_folded(self, number: int) -> bool:
        """Tell whether a group is folded, by its number."""
        return self._folded[number]

    def first_place(self, number: int) -> int:
        """Return the place of a group's first ticket."""
        return self._places[number]

    def group_at(self, row: int) -> int:
        """Return the number of the group that a row is the head or a ticket of; -1 for none."""
        return bisect_right(self.heads, row) - 1 if 0 <= row < self.count else -1

    def is_head(self, row: int) -> bool:
        """Tell whether a row is a head."""
        number = self.group_at(row)
        return number >= 0 and self.heads[number] == row

    def place(self, row: int) -> int | None:
        """Return the place of the ticket in a row, None for a head and outside the list."""
        number = self.group_at(row)
        if number < 0 or self.heads[number] == row:
            return None
        return self._places[number] + row - self.heads[number] - 1

    def row(self, place: int) -> int | None:
        """Return the row of a ticket, None where its group is folded."""
        number = bisect_right(self._places, place) - 1
        if number < 0 or self._folded[number] or place >= self._places[number] + self.groups[number].size:
            return None
        return self.heads[number] + 1 + place - self._places[number]

    def places(self, rows: range) -> range:
        """Return the places that the rows of a stretch span, those of folded groups between them not counted in."""
        found = [at for row in (rows.start, rows.stop - 1) if (at := self._nearest(row)) is not None]
        return range(min(found), max(found) + 1) if found else range(0)

    def _nearest(self, row: int) -> int | None:
        if not self.groups:
            return None
        row = max(0, min(row, self.count - 1))
        number = self.group_at(row)
        return self._places[number] + max(0, row - self.heads[number] - 1)


class GroupedPages(Pages):
    """The pages of a list with groups; rows are numbered as they are shown."""

    def __init__(self, source: RowSource, outline: PageIndex, folded: Collection[str]) -> None:
        super().__init__(source, outline)
        self.layout = GroupLayout(outline.groups, folded)

    def fold(self, folded: Collection[str]) -> None:
        """Show the rows of all groups but these."""
        self.layout = GroupLayout(self.layout.groups, folded)

    @property
    @override
    def count(self) -> int:
        return self.layout.count

    def head(self, row: int) -> GroupHead | None:
        """Return a head."""
        if not self.layout.is_head(row):
            return None
        number = self.layout.group_at(row)
        key, size = self.layout.groups[number]
        return GroupHead(key, size, self.layout.is_folded(number), super().cached_row(self.layout.first_place(number)))

    @override
    def row(self, index: int) -> TicketRow | None:
        place = self.layout.place(index)
        return None if place is None else super().row(place)

    @override
    def cached_row(self, index: int) -> TicketRow | None:
        place = self.layout.place(index)
        return None if place is None else super().cached_row(place)

    @override
    def find(self, keys: Iterable[TicketKey], rows: range) -> dict[TicketKey, tuple[int, TicketRow]]:
        found = super().find(keys, self.layout.places(rows))
        return {key: (at, row) for key, (place, row) in found.items() if (at := self.layout.row(place)) is not None}

    @override
    def cached_position(self, key: TicketKey) -> int | None:
        place = super().cached_position(key)
        return None if place is None else self.layout.row(place)

    def entries(self) -> list[Entry]:
        """Return every row that is shown; for short lists."""
        tickets, found, at = self.all(), list[Entry](), 0
        for number, (key, size) in enumerate(self.layout.groups):
            rows = tickets[at : at + size]
            at += size
            is_folded = self.layout.is_folded(number)
            found.append(GroupHead(key, size, is_folded, rows[0] if rows else None))
            if not is_folded:
                found.extend(rows)
        return found


def joined(parts: Iterable[range]) -> list[range]:
    """Return ranges of rows from the top, neighbours together."""
    found: list[range] = []
    for part in sorted(parts, key=lambda rows: rows.start):
        if found and found[-1].stop == part.start:
            found[-1] = range(found[-1].start, part.stop)
        else:
            found.append(part)
    return found


def split_at(rows: Sequence[range], heads: Sequence[int]) -> list[range]:
    """Return stretches of rows without the heads among them."""
    found = []
    for part in rows:
        start = part.start
        for head in heads[bisect_left(heads, part.start) : bisect_left(heads, part.stop)]:
            if head > start:
                found.append(range(start, head))
            start = head + 1
        if part.stop > start:
            found.append(range(start, part.stop))
    return found


def counted(entries: Iterable[Entry]) -> Mapping[TicketKey, TicketRow]:
    """Return the tickets among rows by their keys."""
    return {row.key: row for row in entries if isinstance(row, TicketRow)}
