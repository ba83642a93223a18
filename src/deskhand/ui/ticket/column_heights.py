"""Heights of a column of entries, most of them estimated: where each begins, and which one lies at a height."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate


class Column:
    """Pixels from the top; entries are separated by a gap, with a margin above the first and below the last."""

    def __init__(self, heights: Sequence[int], *, gap: int, margin: int) -> None:
        self._heights = list(heights)
        self._measured = [False] * len(self._heights)
        self._gap = gap
        self._margin = margin
        self._tops: list[int] | None = None

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> int:
        """The whole height."""
        if not self._heights:
            return 2 * self._margin
        return self.top(len(self) - 1) + self._heights[-1] + self._margin

    def _all_tops(self) -> list[int]:
        if self._tops is None:
            steps = accumulate((height + self._gap for height in self._heights[:-1]), initial=self._margin)
            self._tops = list(steps)
        return self._tops

    def top(self, index: int) -> int:
        """Return where an entry begins."""
        return self._all_tops()[index]

    def height(self, index: int) -> int:
        """Return an entry's height, measured or estimated."""
        return self._heights[index]

    def is_measured(self, index: int) -> bool:
        """Tell whether an entry's height is its real one."""
        return self._measured[index]

    def measure(self, index: int, height: int) -> int:
        """Put in a real height; return by how much it differs from what was thought."""
        difference = height - self._heights[index]
        self._measured[index] = True
        if difference:
            self._heights[index] = height
            self._tops = None
        return difference

    def at(self, y: int) -> int:
        """Return the entry at a height, or the one before the gap there; -1 where there is none at all."""
        return min(max(0, bisect_right(self._all_tops(), y) - 1), len(self) - 1) if self._heights else -1

    def between(self, top: int, bottom: int) -> range:
        """Return the entries that touch a stretch."""
        if not self._heights:
            return range(0)
        return range(self.at(top), self.at(bottom) + 1)
