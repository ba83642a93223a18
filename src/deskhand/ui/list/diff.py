"""How one order of keys becomes another, in the steps that Qt's models know."""

from collections.abc import Hashable, Iterator, Sequence

from deskhand.domain.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Remove:
    """Rows `first` to `last` go."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Insert:
    """Rows `first` to `last` of the new order come."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Move:
    """The row at `source` goes to `target`, an index of the order without it."""

    source: int
    target: int


Step = Remove | Insert | Move


def steps(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Step]:
    """Yield the steps from `old` to `new`, to be done one after the other. Keys are unique within each."""
    staying = set(new)
    now = list(old)
    last = len(now) - 1
    while last >= 0:
        if now[last] in staying:
            last -= 1
            continue
        first = last
        while first > 0 and now[first - 1] not in staying:
            first -= 1
        del now[first : last + 1]
        yield Remove(first, last)
        last = first - 1
    known = set(now)
    place = {key: index for index, key in enumerate(key for key in new if key in known)}
    yield from _moves(now, place)
    at = 0
    while at < len(new):
        if at < len(now) and now[at] == new[at]:
            at += 1
            continue
        end = at
        while end + 1 < len(new) and new[end + 1] not in known:
            end += 1
        now[at:at] = new[at : end + 1]
        yield Insert(at, end)
        at = end + 1


def _moves(now: list[Hashable], place: dict[Hashable, int]) -> Iterator[Move]:
    """Order `now` by `place`; a row that went far is moved once, instead of every row that it passed."""
    at = 0
    while at < len(now):
        key = now[at]
        wanted = place[key]
        if wanted == at:
            at += 1
        elif at + 1 < len(now) and place[now[at + 1]] == at:
            del now[at]
            now.insert(wanted, key)
            yield Move(at, wanted)
        else:
            source = next(i for i in range(at + 1, len(now)) if place[now[i]] == at)
            moved = now.pop(source)
            now.insert(at, moved)
            yield Move(source, at)
            at += 1
